//! 导入: a table is looked at as often as needed, and then taken in whole or not at all.
//!
//! The one thing to know: what a form sends again is the kept file's name and the mapping that was checked, so that what is taken
//! in is what was looked at. Clerks choose columns in lists; a mapping as JSON does the rest. Both end as JSON here.

use std::collections::BTreeMap;

use axum::Router;
use axum::extract::Query;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::Deserialize;
use yingda_app::import::{
    Apply, ColumnRule, DateStyle, ImportColumn, ImportFile, ImportReport, Mapping, Origin, RowFault, TableSource,
    Unreadable, cell, list_csv,
};
use yingda_app::kept::KeptTable;
use yingda_app::{AppError, Once, secret};
use yingda_core::{Action, Refusal, Subject, can};

use crate::front::table_faults::{row_fault_sentence, source_sentence, unreadable_sentence};
use crate::front::{Fields, PageResult, Posted, Visit, WebState, refusal_sentence, see_other};
use crate::kit::{Choice, FieldForm, FieldKind, FieldView};
use crate::views::import::{Fault, ImportPage, ImportStage, Look};

/// Faults on the page; the file to download has them all.
const SHOWN: usize = 500;
/// Notes on the page.
const NOTED: usize = 100;

#[derive(Debug, Deserialize, Default)]
struct Asked {
    /// Tickets that were just made.
    done: Option<usize>,
    #[serde(default)]
    process: String,
}

/// The table that a form is about.
struct Held {
    kept: KeptTable,
    name: String,
    process: String,
    sheet: String,
    bytes: Vec<u8>,
}

/// Why there is none: what to say beside the file.
struct NoFile(&'static str);

async fn show(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    can(visit.actor(), Action::Import, Subject::Desk)?;
    let stage = match asked.done {
        Some(count) => ImportStage::Done { count, href: done_href(&asked.process) },
        None => upload(&visit, &Fields::default(), |_| None),
    };
    let page = ImportPage { shell: visit.shell().await?, stage };
    visit.page(StatusCode::OK, &page)
}

fn done_href(process: &str) -> String {
    let known = !process.is_empty() && process.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if known { format!("/tickets?state=any&process={process}") } else { "/tickets?state=any".to_owned() }
}

/// The first stage, with what was chosen still chosen; the mapping stays for the next file.
fn upload(visit: &Visit, fields: &Fields, error: impl Fn(&str) -> Option<String>) -> ImportStage {
    let t = visit.t();
    let mut processes: Vec<Choice> = visit
        .app
        .processes()
        .all_current()
        .iter()
        .filter(|process| process.definition.import.is_some())
        .map(|process| Choice::new(process.definition.id.clone(), process.definition.name.clone()))
        .collect();
    processes.sort_by(|a, b| a.value.cmp(&b.value));
    let only = match processes.as_slice() {
        [only] => only.value.clone(),
        _ => String::new(),
    };
    let none = processes.is_empty().then(|| t.say("import-process-none"));
    let mut process = FieldView::new(FieldKind::Choice, "process", t.say("import-process"))
        .options(processes)
        .required()
        .value(fields.some("process").map_or(only, str::to_owned));
    process.error = error("process").or(none);
    let mut file =
        FieldView::new(FieldKind::Attachment, "file", t.say("import-file")).required().hint(t.say("import-file-hint"));
    file.accept = Some(".xlsx,.xlsm,.csv,.txt,.tsv".to_owned());
    file.error = error("file");
    let mut sheet = FieldView::new(FieldKind::Text, "sheet", t.say("import-sheet"))
        .hint(t.say("import-sheet-hint"))
        .value(fields.get("sheet"));
    sheet.error = error("sheet");
    ImportStage::Upload { form: FieldForm::new([process, file, sheet]), mapping: fields.get("mapping").to_owned() }
}

async fn upload_again(visit: &Visit, fields: &Fields, field: &str, sentence: String) -> PageResult {
    let stage = upload(visit, fields, |name| (name == field).then(|| sentence.clone()));
    let page = ImportPage { shell: visit.shell().await?, stage };
    visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The uploaded file, now kept, or the one that was kept before.
async fn held(visit: &Visit, fields: &mut Fields) -> Result<Result<Held, NoFile>, AppError> {
    let text = |fields: &Fields, name: &str| fields.get(name).trim().to_owned();
    let (process, sheet) = (text(fields, "process"), text(fields, "sheet"));
    if let Some(at) = fields.files.iter().position(|file| file.field == "file") {
        let file = fields.files.swap_remove(at);
        let kept = visit.app.keep_table(&visit.ctx, visit.actor(), &file.bytes).await?;
        return Ok(Ok(Held { kept, name: file.name, process, sheet, bytes: file.bytes }));
    }
    let Some(name) = fields.some("kept") else { return Ok(Err(NoFile("import-file-missing"))) };
    let Some(kept) = KeptTable::parse(name) else { return Ok(Err(NoFile("import-file-gone"))) };
    match visit.app.kept_table(&visit.ctx, visit.actor(), &kept).await? {
        Some(bytes) => Ok(Ok(Held { kept, name: text(fields, "name"), process, sheet, bytes })),
        None => Ok(Err(NoFile("import-file-gone"))),
    }
}

fn file(held: &mut Held, mapping: &str, once: Once) -> ImportFile {
    ImportFile {
        process: held.process.clone(),
        name: held.name.clone(),
        bytes: std::mem::take(&mut held.bytes),
        sheet: Some(held.sheet.clone()).filter(|sheet| !sheet.is_empty()),
        mapping: Some(mapping.to_owned()).filter(|mapping| !mapping.trim().is_empty()),
        once,
    }
}

async fn import(visit: Visit, Posted(mut fields): Posted) -> PageResult {
    let t = visit.t();
    let size = |held: &Held| size_words(held.bytes.len());
    let mut table = match held(&visit, &mut fields).await? {
        Ok(held) => held,
        Err(NoFile(key)) => return upload_again(&visit, &fields, "file", t.say(key)).await,
    };
    let file_words = format!("{} · {}", table.name, size(&table));
    let mapping = chosen(&fields);
    let apply = if fields.get("apply") == "yes" { Apply::AllOrNothing } else { Apply::DryRun };
    let once = Once::keyed(fields.some("key"), &[&table.process, table.kept.digest(), &table.sheet, &mapping]);
    let asked = file(&mut table, &mapping, once);
    match visit.app.import(&visit.ctx, visit.actor(), asked, apply).await {
        Ok(Ok(report)) => {
            if let Some(count) = report.imported {
                return Ok(see_other(&format!(
                    "/imports?done={count}&process={}",
                    crate::front::visit::encode(&table.process)
                )));
            }
            let refused = apply == Apply::AllOrNothing || report.fault_count > 0;
            let look = Look {
                file: format!("{file_words} · {}", source_sentence(t, &report.source)),
                ..look(&visit, &table, &report)
            };
            answer(&visit, look, if refused { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }).await
        }
        Ok(Err(why @ Unreadable::Mapping(_))) => {
            let mut look = Look { file: file_words, ..bare(&visit, &table, &mapping) };
            if let Some(field) = look.rules.fields.first_mut() {
                field.error = Some(unreadable_sentence(t, &why));
            }
            answer(&visit, look, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Ok(Err(why @ Unreadable::Table(_))) => {
            let field = match &why {
                Unreadable::Table(fault) if fault.code() == "no_such_sheet" => "sheet",
                _ => "file",
            };
            upload_again(&visit, &fields, field, unreadable_sentence(t, &why)).await
        }
        Err(AppError::Refused(Refusal::Process { .. })) => {
            upload_again(&visit, &fields, "process", t.say("import-process-gone")).await
        }
        Err(AppError::Refused(refusal @ (Refusal::KeyReused | Refusal::Taken { .. }))) => {
            let error = Some(refusal_sentence(t, &refusal));
            let look = Look { file: file_words, error, ..bare(&visit, &table, &mapping) };
            answer(&visit, look, crate::front::reply::status(&AppError::Refused(refusal))).await
        }
        Err(other) => Err(other.into()),
    }
}

/// Every fault as a CSV file: the same look, given out as a list.
async fn faults(visit: Visit, Posted(mut fields): Posted) -> PageResult {
    let t = visit.t();
    let mut table = match held(&visit, &mut fields).await? {
        Ok(held) => held,
        Err(NoFile(key)) => return upload_again(&visit, &fields, "file", t.say(key)).await,
    };
    let asked = file(&mut table, &chosen(&fields), Once::unkeyed());
    let report = match visit.app.import(&visit.ctx, visit.actor(), asked, Apply::DryRun).await? {
        Ok(report) => report,
        Err(why) => return upload_again(&visit, &fields, "file", unreadable_sentence(t, &why)).await,
    };
    let headers = ["import-row", "import-column", "import-value", "import-fault"].map(|key| t.say(key)).to_vec();
    let rows = report
        .faults
        .iter()
        .map(|fault| fault_view(&visit, fault))
        .map(|f| vec![f.row.to_string(), f.column, f.value, f.what]);
    let bytes = list_csv(headers, rows.collect(), visit.now())?;
    let mut response: Response = bytes.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment; filename=\"import-faults.csv\""));
    Ok(response)
}

async fn answer(visit: &Visit, look: Look, status: StatusCode) -> PageResult {
    let page = ImportPage { shell: visit.shell().await?, stage: ImportStage::Look(Box::new(look)) };
    visit.page(status, &page)
}

/// What of the page needs no report.
fn bare(visit: &Visit, table: &Held, mapping: &str) -> Look {
    let t = visit.t();
    let process = visit.app.processes().current(&table.process).map(|p| p.definition.name.clone()).unwrap_or_default();
    let held = [
        ("kept", table.kept.to_string()),
        ("name", table.name.clone()),
        ("process", table.process.clone()),
        ("sheet", table.sheet.clone()),
    ];
    let rules = FieldView::new(FieldKind::Multiline, "mapping", t.say("import-rules-label"))
        .value(mapping)
        .hint(t.say("import-rules-hint"))
        .tall(14);
    Look {
        process,
        held: held.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
        key: secret::fresh(&visit.ctx, "form"),
        mapping: mapping.to_owned(),
        rules: FieldForm::new([rules]),
        ..Look::default()
    }
}

fn look(visit: &Visit, table: &Held, report: &ImportReport) -> Look {
    let t = visit.t();
    let (heads, preview) = preview(visit, report);
    // A sheet once read is named, so that the same one is taken in.
    let mut look = bare(visit, table, &report.mapping);
    if let (TableSource::Xlsx { sheet, .. }, Some((_, value))) =
        (&report.source, look.held.iter_mut().find(|(name, _)| name == "sheet"))
    {
        value.clone_from(sheet);
    }
    Look {
        good: report.rows.saturating_sub(report.faulty_rows),
        bad: report.faulty_rows,
        fault_count: report.fault_count,
        faults: report.faults.iter().take(SHOWN).map(|fault| fault_view(visit, fault)).collect(),
        warnings: report.warnings.iter().take(NOTED).map(|fault| fault_view(visit, fault)).collect(),
        more_warnings: report.warning_count.saturating_sub(NOTED),
        heads,
        preview,
        unused: report.unused.join(&t.say("list-mark")),
        columns: Some(columns(visit, report)),
        ..look
    }
}

fn fault_view(visit: &Visit, fault: &RowFault) -> Fault {
    let column = match &fault.column {
        Some((letter, header)) => format!("{letter} {header}"),
        None => fault.field.clone(),
    };
    Fault { row: fault.row, column, value: fault.value.clone(), what: row_fault_sentence(visit.t(), fault) }
}

/// The first rows, without the fields that none of them has.
fn preview(visit: &Visit, report: &ImportReport) -> (Vec<String>, Vec<Vec<String>>) {
    let zone = visit.zone();
    let text = |row, column: ImportColumn| {
        let text = cell(row, column, &zone).unwrap_or_default();
        if column.is_time() { text.strip_suffix(":00").map(str::to_owned).unwrap_or(text) } else { text }
    };
    let used: Vec<ImportColumn> =
        ImportColumn::all().filter(|column| report.preview.iter().any(|row| !text(row, *column).is_empty())).collect();
    let rows = report.preview.iter().map(|row| used.iter().map(|column| text(row, *column)).collect()).collect();
    (used.iter().map(|column| column.label().to_owned()).collect(), rows)
}

/// The lists: a column of the file is `h:<header>`, the same value for all rows `c:<value>`, what only the JSON can say `r`.
fn columns(visit: &Visit, report: &ImportReport) -> FieldForm {
    let t = visit.t();
    let mapping = Mapping::from_json(&report.mapping).unwrap_or_default();
    let headers: Vec<Choice> = report
        .headers
        .iter()
        .filter(|h| !h.is_empty())
        .map(|header| Choice::new(format!("h:{header}"), header.clone()))
        .collect();
    let directory = visit.app.directory();
    let fixed = |value: &str| Choice::new(format!("c:{value}"), t.with("import-fixed", &[("value", value)]));
    let mut fields: Vec<FieldView> = ImportColumn::all()
        .map(|column| {
            let mut options = headers.clone();
            match column {
                ImportColumn::Priority => options.extend(["紧急", "高", "中", "低"].map(fixed)),
                ImportColumn::Department => {
                    options.extend(directory.departments.values().filter(|d| d.active).map(|d| fixed(&d.name)));
                }
                _ => {}
            }
            let value = match mapping.columns.get(&column) {
                None => String::new(),
                Some(rule) => choice_of(t, rule, &mut options),
            };
            let faults: Vec<&RowFault> = report
                .faults
                .iter()
                .filter(|f| {
                    f.field == column.label()
                        && matches!(f.code.as_str(), "table-column-missing" | "table-header-missing")
                })
                .collect();
            let mut field = FieldView::new(FieldKind::Choice, format!("column-{}", column.key()), column.label())
                .options(options)
                .as_list(t.say("import-leave-out"))
                .value(value);
            field.error = faults.first().map(|fault| row_fault_sentence(t, fault));
            field
        })
        .collect();
    let dates = [("standard", "import-dates-standard"), ("us", "import-dates-us")];
    fields.push(
        FieldView::new(FieldKind::Choice, "dates", t.say("import-dates"))
            .options(dates.map(|(value, key)| Choice::new(value, t.say(key))))
            .required()
            .value(if mapping.dates == DateStyle::Us { "us" } else { "standard" }),
    );
    FieldForm::new(fields)
}

/// The choice that stands for a rule; one that no list has is added to it.
fn choice_of(t: crate::i18n::Tr, rule: &ColumnRule, options: &mut Vec<Choice>) -> String {
    let plain = rule.values.is_empty() && rule.default.is_none() && rule.otherwise.is_none();
    let (value, words) = match &rule.origin {
        Origin::Header(header) if plain => (format!("h:{header}"), header.clone()),
        Origin::Constant(value) if plain => (format!("c:{value}"), t.with("import-fixed", &[("value", value)])),
        Origin::Header(header) => ("r".to_owned(), t.with("import-by-rule", &[("rule", header)])),
        Origin::Joined { headers, .. } => ("r".to_owned(), t.with("import-by-rule", &[("rule", headers.join(" + "))])),
        Origin::Constant(value) => ("r".to_owned(), t.with("import-by-rule", &[("rule", value)])),
    };
    if !options.iter().any(|option| option.value == value) {
        options.insert(0, Choice::new(value.clone(), words));
    }
    value
}

/// The mapping that a form asks for: its JSON, changed by what its lists say. JSON that cannot be read stays as it is, to be told.
fn chosen(fields: &Fields) -> String {
    let text = fields.get("mapping");
    let lists: BTreeMap<ImportColumn, &str> = fields
        .pairs
        .iter()
        .filter_map(|(name, value)| Some((ImportColumn::named(name.strip_prefix("column-")?)?, value.as_str())))
        .collect();
    if lists.is_empty() {
        return text.to_owned();
    }
    let mut mapping = match Mapping::from_json(text) {
        Ok(mapping) => mapping,
        // Where nothing was mapped before, the lists are all there is.
        Err(_) if text.trim().is_empty() => Mapping::default(),
        Err(_) => return text.to_owned(),
    };
    for (column, choice) in lists {
        let origin = match choice.split_once(':') {
            Some(("h", header)) => Origin::Header(header.to_owned()),
            Some(("c", value)) => Origin::Constant(value.to_owned()),
            _ if choice == "r" => continue,
            _ => {
                mapping.columns.remove(&column);
                continue;
            }
        };
        mapping.columns.insert(column, ColumnRule::new(origin));
    }
    mapping.dates = if fields.get("dates") == "us" { DateStyle::Us } else { DateStyle::Standard };
    mapping.to_json()
}

fn size_words(bytes: usize) -> String {
    if bytes < 1024 * 1024 {
        format!("{} KB", bytes.div_ceil(1024))
    } else {
        format!("{} MB", bytes.div_ceil(1024 * 1024))
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/imports", get(show).post(import)).route("/imports/faults", post(faults))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fields(pairs: &[(&str, &str)]) -> Fields {
        Fields {
            pairs: pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
            files: Vec::new(),
        }
    }

    #[test]
    fn lists_change_the_rules_that_they_name_and_no_others() {
        let before =
            r#"{"columns": {"number": "编号", "kind": {"headers": ["甲", "乙"], "join": "·"}, "remark": "备注"}}"#;
        let text = chosen(&fields(&[
            ("mapping", before),
            ("column-number", "h:单号"),
            ("column-kind", "r"),
            ("column-remark", ""),
            ("column-priority", "c:中"),
            ("dates", "us"),
        ]));
        let mapping = Mapping::from_json(&text).unwrap();
        assert_eq!(mapping.dates, DateStyle::Us);
        let origin = |column| mapping.columns.get(&column).map(|rule| rule.origin.clone());
        assert_eq!(origin(ImportColumn::Number), Some(Origin::Header("单号".to_owned())));
        assert!(matches!(origin(ImportColumn::Kind), Some(Origin::Joined { .. })));
        assert_eq!(origin(ImportColumn::Remark), None);
        assert_eq!(origin(ImportColumn::Priority), Some(Origin::Constant("中".to_owned())));
    }

    #[test]
    fn rules_written_by_hand_stay_as_they_are_written() {
        assert_eq!(chosen(&fields(&[("mapping", "{ not json")])), "{ not json");
        assert_eq!(chosen(&fields(&[("mapping", "{ not json"), ("column-kind", "h:甲")])), "{ not json");
        assert_eq!(chosen(&fields(&[])), "");
    }

    #[test]
    fn the_way_to_the_queue_takes_nothing_but_a_process() {
        assert_eq!(done_href("enterprise-support"), "/tickets?state=any&process=enterprise-support");
        assert_eq!(done_href("x&y=\"><"), "/tickets?state=any");
    }
}
