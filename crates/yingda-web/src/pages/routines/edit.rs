//! The form of a routine: new, from the catalogue, changed.
//!
//! The one thing to know: it is sent and comes back as `RoutineText`, so nothing that was typed is lost, whatever is wrong with it.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use serde::Deserialize;
use yingda_app::routines::RoutineText;
use yingda_app::{AppError, Once, secret};
use yingda_core::{Action, Refusal, Role, RoutineId, Subject};
use yingda_process::LimitUnit;
use yingda_process::routine::{FreeDay, Share, WEEKDAYS};

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, Visit, field_sentence, refusal_sentence};
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView, Stale};
use crate::pages::forms::{departments, people};
use crate::pages::routines::words;
use crate::pages::show::Show;
use crate::views::routines::RoutineEditPage;

/// What was typed.
fn text_of(fields: &Fields) -> RoutineText {
    let at = match fields.get("at_kind") {
        "clock" => fields.get("at").trim().to_owned(),
        other => other.to_owned(),
    };
    RoutineText {
        label: fields.get("label").to_owned(),
        person: fields.parse("person"),
        role: fields.parse("role"),
        department: fields.parse("department"),
        share: fields.get("share").to_owned(),
        every: fields.get("every").to_owned(),
        weekdays: fields.all("weekdays").map(str::to_owned).collect(),
        month_day: fields.get("month_day").to_owned(),
        year_day: fields.get("year_day").to_owned(),
        // A clock time that was left empty is not opening time.
        at: if fields.get("at_kind") == "clock" && at.is_empty() { "?".to_owned() } else { at },
        free_day: fields.get("free_day").to_owned(),
        limit: fields.get("limit").to_owned(),
        unit: fields.get("unit").to_owned(),
        fields: fields.get("fields").lines().map(str::to_owned).collect(),
        tickets: fields.get("tickets") == "yes",
        exempt: fields.get("exempt") == "yes",
        reader_person: fields.parse("reader_person"),
        reader_role: fields.parse("reader_role"),
        reader_department: fields.parse("reader_department"),
        note: fields.get("note").to_owned(),
    }
}

/// The page with a text in its fields.
struct Edit<'a> {
    visit: &'a Visit,
    text: &'a RoutineText,
    refusal: Option<&'a Refusal>,
}

impl Edit<'_> {
    fn select(&self, name: &str, key: &str, options: Vec<Choice>, value: String) -> FieldView {
        let t = self.visit.t();
        let kind = FieldKind::Choice;
        FieldView::new(kind, name, t.say(key)).options(options).as_list(t.say("routine-anybody")).value(value)
    }

    fn depends(&self, name: &str, value: &str, key: &str) -> Depends {
        Depends { name: name.to_owned(), values: vec![value.to_owned()], sentence: self.visit.t().say(key) }
    }

    fn roles(&self) -> Vec<Choice> {
        let t = self.visit.t();
        Role::ALL.map(|role| Choice::new(role.as_str(), t.say(&format!("role-{}", role.as_str())))).to_vec()
    }

    fn what(&self) -> FieldForm {
        let (t, text) = (self.visit.t(), self.text);
        let directory = self.visit.app.directory();
        let id = |id: Option<String>| id.unwrap_or_default();
        FieldForm::new([
            FieldView::new(FieldKind::Text, "label", t.say("routine-label")).required().value(&text.label),
            self.select("role", "routine-role", self.roles(), id(text.role.map(|r| r.as_str().to_owned())))
                .hint(t.say("routine-who-hint")),
            self.select(
                "department",
                "routine-department",
                departments(&directory),
                id(text.department.map(|d| d.to_string())),
            ),
            self.select("person", "routine-person", people(&directory), id(text.person.map(|p| p.to_string())))
                .hint(t.say("routine-person-hint")),
            FieldView::new(FieldKind::Choice, "share", t.say("routine-share"))
                .required()
                .options(Share::IDS.iter().map(|word| Choice::new(*word, t.say(&format!("routine-share-{word}")))))
                .value(if text.share.is_empty() { "each" } else { &text.share }),
        ])
    }

    fn every(&self) -> FieldView {
        let t = self.visit.t();
        FieldView::new(FieldKind::Choice, "every", t.say("routine-every"))
            .required()
            .options(
                ["day", "week", "month", "year"].map(|word| Choice::new(word, t.say(&format!("routine-by-{word}")))),
            )
            .value(if self.text.every.is_empty() { "day" } else { &self.text.every })
    }

    fn when(&self) -> FieldForm {
        let (t, text) = (self.visit.t(), self.text);
        let mut days: Vec<Choice> = (1..=31).map(|day: u8| Choice::same(&day.to_string())).collect();
        days.push(Choice::new("last", t.say("routine-last-day")));
        let (at_kind, at) = match text.at.as_str() {
            "" | "opening" => ("opening", ""),
            "closing" => ("closing", ""),
            "?" => ("clock", ""),
            time => ("clock", time),
        };
        let units = LimitUnit::IDS.iter().map(|unit| Choice::new(*unit, t.say(&format!("routine-limit-{unit}"))));
        FieldForm::new([
            FieldView::new(FieldKind::Choice, "month_day", t.say("routine-month-day"))
                .options(days)
                .as_list(t.say("choice-pick"))
                .value(&text.month_day)
                .hint(t.say("routine-month-day-hint"))
                .depends(self.depends("every", "month", "routine-when-month")),
            FieldView::new(FieldKind::Text, "year_day", t.say("routine-year-day"))
                .example("11-30")
                .value(&text.year_day)
                .depends(self.depends("every", "year", "routine-when-year")),
            FieldView::new(FieldKind::Choice, "at_kind", t.say("routine-at"))
                .required()
                .options(["opening", "closing", "clock"].map(|w| Choice::new(w, t.say(&format!("routine-at-{w}")))))
                .value(at_kind),
            FieldView::new(FieldKind::Text, "at", t.say("routine-at-time"))
                .example("17:00")
                .value(at)
                .depends(self.depends("at_kind", "clock", "routine-when-clock")),
            FieldView::new(FieldKind::Choice, "free_day", t.say("routine-free-day"))
                .required()
                .options(FreeDay::IDS.iter().map(|word| Choice::new(*word, t.say(&format!("routine-free-{word}")))))
                .as_list(t.say("choice-pick"))
                .value(if text.free_day.is_empty() { "skip" } else { &text.free_day }),
            FieldView::new(FieldKind::Integer, "limit", t.say("routine-limit"))
                .value(&text.limit)
                .hint(t.say("routine-limit-hint")),
            FieldView::new(FieldKind::Choice, "unit", t.say("routine-unit"))
                .options(units)
                .as_list(t.say("choice-pick"))
                .value(&text.unit),
        ])
    }

    fn record(&self) -> FieldForm {
        let (t, text) = (self.visit.t(), self.text);
        let directory = self.visit.app.directory();
        let yes = |flag: bool| if flag { "yes" } else { "no" };
        let role = text.reader_role.map(|role| role.as_str().to_owned()).unwrap_or_default();
        let department = text.reader_department.map(|id| id.to_string()).unwrap_or_default();
        FieldForm::new([
            FieldView::new(FieldKind::Multiline, "fields", t.say("routine-fields"))
                .tall(4)
                .value(text.fields.join("\n"))
                .hint(t.say("routine-fields-hint")),
            FieldView::new(FieldKind::YesNo, "tickets", t.say("routine-tickets"))
                .value(yes(text.tickets))
                .hint(t.say("routine-tickets-hint")),
            FieldView::new(FieldKind::YesNo, "exempt", t.say("routine-exempt"))
                .value(yes(text.exempt))
                .hint(t.say("routine-exempt-hint")),
            self.select("reader_role", "routine-reader-role", self.roles(), role).hint(t.say("routine-reader-hint")),
            self.select("reader_department", "routine-reader-department", departments(&directory), department),
            FieldView::new(FieldKind::Multiline, "note", t.say("routine-note")).tall(2).value(&text.note),
        ])
    }

    async fn page(&self) -> Result<RoutineEditPage, Fault> {
        let t = self.visit.t();
        let ticked = |word: &str| self.text.weekdays.iter().any(|day| day == word);
        let day =
            |(at, word): (usize, &&str)| ((*word).to_owned(), t.say(&format!("weekday-{}", at + 1)), ticked(word));
        let mut page = RoutineEditPage {
            shell: self.visit.shell().await?,
            id: None,
            from: String::new(),
            version: String::new(),
            key: String::new(),
            what: self.what(),
            every: self.every(),
            weekdays: WEEKDAYS.iter().enumerate().map(day).collect(),
            weekdays_error: None,
            when: self.when(),
            record: self.record(),
            faults: Vec::new(),
            stale: None,
        };
        self.fill(&mut page);
        Ok(page)
    }

    /// Puts every fault beside its field and into the summary.
    fn fill(&self, page: &mut RoutineEditPage) {
        let t = self.visit.t();
        match self.refusal {
            Some(Refusal::Fields(wrong)) => {
                for fault in wrong {
                    let sentence = field_sentence(t, fault);
                    if fault.field == "weekdays" {
                        page.faults.push(("f-weekdays".to_owned(), sentence.clone()));
                        page.weekdays_error = Some(sentence);
                        continue;
                    }
                    let forms = page.what.fields.iter_mut().chain(std::iter::once(&mut page.every));
                    let forms = forms.chain(&mut page.when.fields).chain(&mut page.record.fields);
                    let mut id = String::new();
                    for field in forms.filter(|field| field.name == fault.field) {
                        field.error = Some(sentence.clone());
                        id.clone_from(&field.id);
                    }
                    page.faults.push((id, sentence));
                }
            }
            Some(Refusal::Stale { .. }) | None => {}
            Some(other) => page.faults.push(("f-label".to_owned(), refusal_sentence(t, other))),
        }
    }
}

#[derive(Debug, Deserialize, Default)]
pub(super) struct Asked {
    #[serde(default)]
    from: String,
}

pub(super) async fn fresh(visit: Visit, Query(asked): Query<Asked>) -> PageResult {
    yingda_core::can(visit.actor(), Action::KeepRoutines, Subject::Desk)?;
    let text = if asked.from.is_empty() {
        RoutineText::default()
    } else {
        RoutineText::of(&visit.app.catalogue_rule(visit.actor(), &asked.from)?, &visit.app)
    };
    let mut page = Edit { visit: &visit, text: &text, refusal: None }.page().await?;
    page.from = asked.from;
    page.key = secret::fresh(&visit.ctx, "form");
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn add(visit: Visit, Posted(fields): Posted) -> PageResult {
    let text = text_of(&fields);
    let from = fields.some("from");
    let typed: Vec<String> = fields
        .pairs
        .iter()
        .filter(|(name, _)| name != "csrf" && name != "key")
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let parts: Vec<&str> = typed.iter().map(String::as_str).collect();
    let once = Once::keyed(Some(fields.get("key")), &parts);
    let refusal = match visit.app.add_routine(&visit.ctx, visit.actor(), &text, from, once).await {
        Ok(id) => {
            let draft = format!("routine-{}", fields.get("key"));
            return Ok(visit.go(&format!("/routines/{id}"), &Pending::done("routine-saved").forgetting(draft)));
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Taken { .. } | Refusal::KeyReused))) => refusal,
        Err(other) => return Err(other.into()),
    };
    let mut page = Edit { visit: &visit, text: &text, refusal: Some(&refusal) }.page().await?;
    from.unwrap_or_default().clone_into(&mut page.from);
    page.key = secret::fresh(&visit.ctx, "form");
    visit.page(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

pub(super) async fn edit(visit: Visit, Path(id): Path<String>) -> PageResult {
    let id: RoutineId = id.parse().map_err(|_| Refusal::NotFound)?;
    let routine = visit.app.routine(visit.actor(), id).await?;
    if !routine.is_ours() {
        return Err(Refusal::NotAllowed.into());
    }
    let text = RoutineText::of(&routine.rule, &visit.app);
    let mut page = Edit { visit: &visit, text: &text, refusal: None }.page().await?;
    page.id = Some(id.to_string());
    page.version = routine.version.to_string();
    visit.page(StatusCode::OK, &page)
}

pub(super) async fn save(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: RoutineId = id.parse().map_err(|_| Refusal::NotFound)?;
    let text = text_of(&fields);
    let seen = fields.parse("version").unwrap_or_default();
    let refusal = match visit.app.edit_routine(&visit.ctx, visit.actor(), id, &text, seen).await {
        Ok(()) => {
            let say = Pending::done("routine-saved").forgetting(format!("routine-{seen}"));
            return Ok(visit.go(&format!("/routines/{id}"), &say));
        }
        Err(AppError::Refused(refusal @ (Refusal::Fields(_) | Refusal::Stale { .. }))) => refusal,
        Err(other) => return Err(other.into()),
    };
    let mut page = Edit { visit: &visit, text: &text, refusal: Some(&refusal) }.page().await?;
    page.id = Some(id.to_string());
    page.version = seen.to_string();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if let Refusal::Stale { .. } = refusal {
        status = StatusCode::CONFLICT;
        let t = visit.t();
        let now = visit.app.routine(visit.actor(), id).await?;
        let theirs = RoutineText::of(&now.rule, &visit.app);
        page.version = now.version.to_string();
        let show = Show::new(&visit);
        page.stale = Some(Stale::of([
            [t.say("routine-label"), theirs.label.clone(), text.label.clone()],
            [t.say("routine-when"), words::recurs(t, &now.rule), String::new()],
            [t.say("routine-who"), words::who(t, show.directory(), &now.rule), String::new()],
            [t.say("routine-fields"), theirs.fields.join("\n"), text.fields.join("\n")],
        ]));
    }
    visit.page(status, &page)
}
