//! 流程: the list, a process as a document, its file, and letting a new version in. What a page of a process says is `process_doc`.

use axum::Router;
use axum::extract::{Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use axum::routing::get;
use serde::Deserialize;
use std::sync::Arc;
use yingda_app::Process;
use yingda_app::processes::Installed;
use yingda_app::queue::Filter;
use yingda_core::{Action, DefinitionId, Refusal, Subject, can};
use yingda_process::draw::{Picture, Style, Words, svg};
use yingda_process::{Fault as ProcessFault, Locale as ProcessLocale};

use crate::front::flash::Pending;
use crate::front::visit::encode;
use crate::front::{Fault, PageResult, Posted, Visit, WebState};
use crate::i18n::{Locale, Tr};
use crate::kit::{Badge, FieldForm, FieldKind, FieldView, Markup, Tone};
use crate::pages::process_doc::Doc;
use crate::pages::show::Show;
use crate::shell::capped;
use crate::views::processes::{FaultRow, InstalledRow, ProcessPage, ProcessRow, ProcessUploadPage, ProcessesPage};

/// Counts stop here.
const CAP: i64 = 100;

fn state(t: Tr, process: &Process) -> Badge {
    if process.stored.current {
        Badge::new(t.say("process-in-force"), Tone::Good)
    } else {
        Badge::new(t.say("process-superseded"), Tone::Neutral)
    }
}

fn number(t: Tr, process: &Process) -> String {
    if process.stored.number.is_empty() { t.say("process-no-number") } else { process.stored.number.clone() }
}

async fn list(visit: Visit) -> PageResult {
    let t = visit.t();
    let mut rows = Vec::new();
    for process in visit.app.processes().all_current() {
        let def = &process.definition;
        let filter = Filter { process: Some(def.id.clone()), ..Filter::default() };
        let open = match visit.app.queue_count(visit.actor(), &filter, CAP).await {
            Ok(count) => {
                let count = capped(count.unsigned_abs()).unwrap_or_else(|| "0".to_owned());
                Some((count, format!("/tickets?process={}", encode(&def.id))))
            }
            // Whoever sees no tickets may still read how they are worked on.
            Err(yingda_app::AppError::Refused(Refusal::NotAllowed)) => None,
            Err(other) => return Err(other.into()),
        };
        rows.push(ProcessRow {
            href: format!("/processes/{}", def.id),
            title: def.name.clone(),
            trigger: def.trigger.clone().unwrap_or_default(),
            version: number(t, &process),
            source: def.source.clone().unwrap_or_default(),
            open,
            state: state(t, &process),
        });
    }
    let page = ProcessesPage { shell: visit.shell().await?, rows, may_upload: visit.may(Action::Administer) };
    visit.page(StatusCode::OK, &page)
}

#[derive(Debug, Deserialize, Default)]
struct Which {
    #[serde(default)]
    version: String,
}

/// The version that is asked for: the one in force, or one that running tickets may still be on.
fn find(visit: &Visit, name: &str, which: &Which) -> Result<Arc<Process>, Refusal> {
    let processes = visit.app.processes();
    if which.version.is_empty() {
        return processes.current(name).ok_or(Refusal::NotFound);
    }
    let id: DefinitionId = which.version.parse().map_err(|_| Refusal::NotFound)?;
    processes.get(id).filter(|process| process.stored.process == name).ok_or(Refusal::NotFound)
}

async fn show(visit: Visit, Path(name): Path<String>, Query(which): Query<Which>) -> PageResult {
    let t = visit.t();
    let process = find(&visit, &name, &which)?;
    let eyes = Show::new(&visit);
    let def = &process.definition;
    let doc = Doc::new(def, t);
    let words = if visit.locale() == Locale::En { Words::english() } else { Words::default() };
    let picture =
        Picture { title: def.name.clone(), id: "chart".to_owned(), style: Style::Classes, words, ..Picture::default() };
    let installed = visit.app.processes().versions(&name);
    let page = ProcessPage {
        name: name.clone(),
        title: def.name.clone(),
        state: state(t, &process),
        purpose: doc.purpose(),
        control_points: def.control_points.clone(),
        success: def.success.clone(),
        control: doc.control(&process.stored.digest),
        control_origin: doc.control_origin(),
        versions: doc.versions(),
        lanes: doc.lanes(),
        steps: doc.steps(),
        forms: doc.forms(),
        scripts: doc.scripts(),
        limits: doc.limits(),
        measures: doc.measures(),
        gaps: doc.gaps(),
        chart: Some(Markup::vouched(svg(&def.graph(), &picture))),
        file_href: format!("/processes/{name}/file?version={}", process.id),
        installed: installed
            .iter()
            .map(|one| InstalledRow {
                href: format!("/processes/{name}?version={}", one.id),
                number: number(t, one),
                at: eyes.moment(one.stored.created),
                state: state(t, one),
            })
            .collect(),
        may_upload: visit.may(Action::Administer),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

async fn file(visit: Visit, Path(name): Path<String>, Query(which): Query<Which>) -> PageResult {
    let process = find(&visit, &name, &which)?;
    let disposition =
        HeaderValue::from_str(&format!("attachment; filename=\"{name}.yaml\"")).map_err(|_| Refusal::NotFound)?;
    let kind = HeaderValue::from_static("text/plain; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, disposition)], process.stored.source.clone())
        .into_response())
}

#[derive(Debug, Deserialize, Default)]
struct From {
    #[serde(default)]
    process: String,
}

async fn fresh(visit: Visit, Query(from): Query<From>) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let text =
        visit.app.processes().current(&from.process).map(|process| process.stored.source.clone()).unwrap_or_default();
    let page = upload_page(&visit, &text, None, &[]).await?;
    visit.page(StatusCode::OK, &page)
}

async fn upload_page(
    visit: &Visit,
    text: &str,
    error: Option<&str>,
    faults: &[ProcessFault],
) -> Result<ProcessUploadPage, Fault> {
    let t = visit.t();
    let locale = if visit.locale() == Locale::En { ProcessLocale::En } else { ProcessLocale::ZhCn };
    let mut file = FieldView::new(FieldKind::Attachment, "file", t.say("process-file"));
    file.accept = Some(".yaml,.yml".to_owned());
    file.error = error.map(|key| t.say(key));
    let lines: Vec<&str> = text.lines().collect();
    let row = |fault: &ProcessFault| FaultRow {
        place: format!("{}:{}", fault.line, fault.column),
        line: lines
            .get(usize::try_from(fault.line).unwrap_or_default().saturating_sub(1))
            .map(|line| line.chars().take(160).collect())
            .unwrap_or_default(),
        sentence: fault.sentence(locale),
    };
    let form = FieldForm::new([
        file,
        FieldView::new(FieldKind::Multiline, "text", t.say("process-text"))
            .tall(24)
            .hint(t.say("process-text-hint"))
            .value(text),
    ]);
    Ok(ProcessUploadPage { shell: visit.shell().await?, form, faults: faults.iter().map(row).collect() })
}

async fn let_in(visit: Visit, Posted(fields): Posted) -> PageResult {
    can(visit.actor(), Action::Administer, Subject::Desk)?;
    let typed = fields.get("text").replace("\r\n", "\n");
    let sent = fields.files.iter().find(|file| file.field == "file");
    let (text, name) = match sent {
        Some(file) => match String::from_utf8(file.bytes.clone()) {
            Ok(text) => (text.trim_start_matches('\u{feff}').to_owned(), file.name.clone()),
            Err(_) => {
                let page = upload_page(&visit, &typed, Some("process-not-text"), &[]).await?;
                return visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
            }
        },
        None => (typed, "process.yaml".to_owned()),
    };
    if text.trim().is_empty() {
        let page = upload_page(&visit, &text, Some("process-file-missing"), &[]).await?;
        return visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    match visit.app.install_process(&visit.ctx, Some(visit.actor()), &text, &name).await? {
        Installed::In(id) => {
            let process = visit.app.processes().get(id).ok_or(Refusal::NotFound)?;
            visit.app.make_routine_work(&visit.ctx).await?;
            let say = Pending::done("process-in").with("name", &process.definition.name);
            Ok(visit.go(&format!("/processes/{}", process.definition.id), &say))
        }
        Installed::Faulty(faults) => {
            let page = upload_page(&visit, &text, None, &faults).await?;
            visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/processes", get(list).post(let_in))
        .route("/processes/new", get(fresh))
        .route("/processes/{name}", get(show))
        .route("/processes/{name}/file", get(file))
}
