//! A definition as the document that its page shows: every rule with its requirement numbers, its remark, and whether it is ours.
//!
//! The one thing to know: nothing is left out. Whatever in a file has an `origin: default` also stands in the list of what the
//! source left open, so that nobody takes our default for the document's rule.

use yingda_process::clock::ClockRule;
use yingda_process::definition::{Countersign, SheetTo, StepProgress, Trace};
use yingda_process::vocabulary::Origin as From;
use yingda_process::{Definition, Field, FieldRef, FieldType, Form, LaneHolder, LimitRule, Milestone, Step, StepKind};

use crate::i18n::Tr;
use crate::kit::Markup;
use crate::pages::clocks::words::measures;
use crate::pages::show::channel_word;
use crate::views::processes::{FieldDoc, FormDoc, Gap, LaneRow, LimitRow, MeasureRow, Origin, ScriptDoc, StepRow};

/// A definition in the reader's language.
#[derive(Debug)]
pub struct Doc<'a> {
    def: &'a Definition,
    t: Tr,
}

fn origin(trace: &Trace) -> Origin {
    Origin {
        requirements: trace.requirements.join(" "),
        default: trace.origin == From::Default,
        note: trace.note.clone().unwrap_or_default(),
    }
}

impl<'a> Doc<'a> {
    /// Of a definition.
    #[must_use]
    pub const fn new(def: &'a Definition, t: Tr) -> Self {
        Self { def, t }
    }

    /// Purpose, scope and trigger, where the file has them.
    #[must_use]
    pub fn purpose(&self) -> Vec<(String, Markup)> {
        let parts = [
            ("process-goal", &self.def.purpose),
            ("process-scope", &self.def.scope),
            ("process-trigger", &self.def.trigger),
        ];
        let part =
            |(key, text): (&str, &Option<String>)| text.as_ref().map(|text| (self.t.say(key), Markup::prose(text)));
        parts.into_iter().filter_map(part).collect()
    }

    /// The document control table; what the document leaves empty is a dash.
    #[must_use]
    pub fn control(&self, digest: &str) -> Vec<(String, String)> {
        let (def, t) = (self.def, self.t);
        let document = &def.document;
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
        let channels: Vec<String> = def.channels.iter().map(|channel| channel_word(t, channel.id())).collect();
        let types =
            if def.attachments.types.is_empty() { t.say("process-any-type") } else { def.attachments.types.join(" ") };
        let rows = [
            ("process-source", or_dash(&def.source)),
            ("process-doc-name", or_dash(&document.name)),
            ("process-doc-number", or_dash(&document.number)),
            ("process-doc-revision", or_dash(&document.revision)),
            ("process-doc-pages", or_dash(&document.pages)),
            ("process-doc-owner", or_dash(&document.owner)),
            ("process-channels", channels.join(&t.say("list-comma"))),
            ("process-requester", t.say(&format!("process-requester-{}", def.requester.id()))),
            ("process-numbering", t.with("process-numbering-text", &[("prefix", def.number.prefix.as_str())])),
            ("process-retention", t.with("process-retention-text", &[("n", def.retention_years)])),
            (
                "process-attachments",
                t.with("process-attachments-text", &[("mb", def.attachments.max_mb.to_string()), ("types", types)]),
            ),
            ("process-digest", digest.chars().take(12).collect()),
        ];
        rows.into_iter().map(|(key, value)| (t.say(key), value)).collect()
    }

    /// Where the control table comes from.
    #[must_use]
    pub fn control_origin(&self) -> Origin {
        origin(&self.def.document.trace)
    }

    /// The document's own table of versions.
    #[must_use]
    pub fn versions(&self) -> Vec<[String; 5]> {
        let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "—".to_owned());
        let row = |v: &yingda_process::definition::DocumentVersion| {
            let signed = [&v.prepared, &v.reviewed, &v.approved].map(or_dash).join(" / ");
            [v.number.clone(), or_dash(&v.date), or_dash(&v.reason), or_dash(&v.key_points), signed]
        };
        self.def.document.versions.iter().map(row).collect()
    }

    /// Who acts.
    #[must_use]
    pub fn lanes(&self) -> Vec<LaneRow> {
        let t = self.t;
        let holder = |holder: &LaneHolder| match holder {
            LaneHolder::External => t.say("process-holder-external"),
            LaneHolder::Role(role) => t.say(&format!("role-{}", role.id())),
            LaneHolder::Department(id) => t.with("process-holder-department", &[("name", self.department(id))]),
            LaneHolder::DepartmentFrom(field) => t.with("process-holder-field", &[("field", self.field(field))]),
        };
        let row = |lane: &yingda_process::Lane| LaneRow {
            name: lane.name.clone(),
            holder: holder(&lane.holder),
            origin: origin(&lane.trace),
        };
        self.def.lanes.iter().map(row).collect()
    }

    /// The steps in the order of the file.
    #[must_use]
    pub fn steps(&self) -> Vec<StepRow> {
        let row = |step: &Step| StepRow {
            name: self.step_name(step),
            lane: self.def.lane(&step.lane).map_or_else(|| step.lane.clone(), |lane| lane.name.clone()),
            what: self.does(step),
            next: self.leads(step),
            origin: origin(&step.trace),
        };
        self.def.steps.iter().map(row).collect()
    }

    fn step_name(&self, step: &Step) -> String {
        if step.label().is_empty() { step.id.clone() } else { step.label().to_owned() }
    }

    fn department(&self, id: &str) -> String {
        self.def.department(id).map_or_else(|| id.to_owned(), |department| department.name.clone())
    }

    fn field(&self, field: &FieldRef) -> String {
        let found = self.def.form(&field.form).and_then(|form| form.field(&field.field));
        found.map_or_else(|| field.to_string(), |found| found.label.clone())
    }

    fn marks(&self, marks: &[Milestone], progress: &StepProgress) -> Vec<String> {
        let t = self.t;
        let reached = marks
            .iter()
            .map(|mark| t.with("process-does-mark", &[("mark", t.say(&format!("process-mark-{}", mark.id())))]));
        let labels = [&progress.on_entry, &progress.on_completion].into_iter().flatten();
        reached.chain(labels.map(|label| t.with("process-does-progress", &[("progress", label)]))).collect()
    }

    fn limit(&self, limit: Option<&LimitRule>) -> Option<String> {
        limit.map(|limit| self.t.with("process-does-limit", &[("limit", limit.short())]))
    }

    /// What is done at a step.
    fn does(&self, step: &Step) -> Vec<String> {
        let t = self.t;
        match &step.kind {
            StepKind::Task(task) => {
                let form = task.form.as_deref().and_then(|id| self.def.form(id));
                let script = task.script.as_deref().and_then(|id| self.def.script(id));
                let mut does: Vec<String> =
                    form.map(|form| t.with("process-does-form", &[("form", &form.title)])).into_iter().collect();
                does.extend(script.map(|script| t.with("process-does-script", &[("script", &script.title)])));
                does.extend(self.limit(task.limit.as_ref()));
                does.extend(self.marks(&task.marks, &task.progress));
                does
            }
            StepKind::Gateway(gateway) => {
                let mut does = vec![t.say("process-does-choose")];
                does.extend(gateway.cases.iter().map(|case| {
                    let label = case.label.clone().unwrap_or_else(|| self.step_label(&case.to));
                    t.with("process-does-case", &[("label", label), ("when", case.when.source.clone())])
                }));
                does
            }
            StepKind::ContactSheet(sheet) => {
                let to = match &sheet.to {
                    SheetTo::Department(id) => self.department(id),
                    SheetTo::Field(field) => t.with("process-holder-field", &[("field", self.field(field))]),
                };
                let mut does = vec![t.with("process-does-sheet", &[("to", to)])];
                if sheet.countersign == Countersign::Required {
                    does.push(t.say("process-does-countersign"));
                }
                does.extend(self.limit(sheet.limit.as_ref()));
                does.extend(self.marks(&sheet.marks, &sheet.progress));
                does
            }
            StepKind::Message(message) => vec![t.with("process-does-message", &[("text", &message.text.source)])],
            StepKind::End(end) => {
                let outcome = t.say(&format!("process-outcome-{}", end.outcome.id()));
                let mut does = vec![t.with("process-does-end", &[("outcome", outcome)])];
                if !end.event_record {
                    does.push(t.say("process-does-no-record"));
                }
                does.extend(self.marks(&end.marks, &StepProgress::default()));
                does
            }
        }
    }

    fn step_label(&self, id: &str) -> String {
        self.def.step(id).map_or_else(|| id.to_owned(), |step| self.step_name(step))
    }

    /// Where a step leads, with the words on the way.
    fn leads(&self, step: &Step) -> Vec<String> {
        let t = self.t;
        let ways = step.successors();
        if ways.is_empty() {
            return vec![t.say("process-ends")];
        }
        let gateway = matches!(step.kind, StepKind::Gateway(_));
        let last = ways.len() - 1;
        let way = |(n, (to, label)): (usize, (&str, Option<&str>))| {
            let to = self.step_label(to);
            let label = label.map(str::to_owned).or_else(|| (gateway && n == last).then(|| t.say("process-otherwise")));
            label.map_or(to.clone(), |label| t.with("process-way", &[("label", label), ("to", to)]))
        };
        ways.into_iter().enumerate().map(way).collect()
    }

    /// The forms with their fields.
    #[must_use]
    pub fn forms(&self) -> Vec<FormDoc> {
        let row = |form: &Form| FormDoc {
            title: form.title.clone(),
            origin: origin(&form.trace),
            fields: form.fields.iter().map(|field| self.field_doc(field)).collect(),
        };
        self.def.forms.iter().map(row).collect()
    }

    fn field_doc(&self, field: &Field) -> FieldDoc {
        let t = self.t;
        let mut kind = t.say(&format!("process-type-{}", field.kind.id()));
        let bounds = match (&field.min, &field.max) {
            (Some(min), Some(max)) => Some(format!("{min}–{max}")),
            (Some(min), None) => Some(format!("≥ {min}")),
            (None, Some(max)) => Some(format!("≤ {max}")),
            (None, None) => None,
        };
        let details: Vec<String> = [field.unit.clone(), bounds].into_iter().flatten().collect();
        if !details.is_empty() {
            kind.push_str(&format!(" ({})", details.join(" ")));
        }
        // The departments of a department field are those of the process; only a choice has words of its own.
        if field.kind == FieldType::Choice && !field.options.is_empty() {
            let words: Vec<&str> = field.options.iter().map(|option| option.label.as_str()).collect();
            kind.push_str(": ");
            kind.push_str(&words.join(&t.say("list-comma")));
        }
        let mut required = Vec::new();
        if field.required {
            required.push(t.say("field-required"));
        }
        if let Some(when) = &field.required_when {
            required.push(t.with("process-required-when", &[("when", &when.source)]));
        }
        if let Some(when) = &field.visible_when {
            required.push(t.with("process-visible-when", &[("when", &when.source)]));
        }
        FieldDoc { label: field.label.clone(), kind, required: required.join(" "), origin: origin(&field.trace) }
    }

    /// What is said.
    #[must_use]
    pub fn scripts(&self) -> Vec<ScriptDoc> {
        let row = |script: &yingda_process::definition::Script| ScriptDoc {
            title: script.title.clone(),
            text: Markup::prose(&script.text),
            origin: origin(&script.trace),
        };
        self.def.scripts.iter().map(row).collect()
    }

    /// Every limit: those of the steps, then the others with what they measure.
    #[must_use]
    pub fn limits(&self) -> Vec<LimitRow> {
        let row = |clock: &ClockRule| {
            let short = clock.target.as_ref().map(LimitRule::short).unwrap_or_default();
            let target = match clock.id.strip_prefix("step.") {
                Some(_) => short,
                None => format!("{short} {}", measures(self.t, self.def, clock)).trim().to_owned(),
            };
            let trace = clock.target.as_ref().map_or(&clock.trace, |target| &target.trace);
            LimitRow { name: self.clock_name(clock), target, origin: origin(trace) }
        };
        self.def.clocks.iter().map(row).collect()
    }

    fn clock_name(&self, clock: &ClockRule) -> String {
        let step = clock.id.strip_prefix("step.").and_then(|id| self.def.step(id));
        step.map_or_else(|| clock.label.clone(), |step| self.step_name(step))
    }

    /// The figures that the document wants.
    #[must_use]
    pub fn measures(&self) -> Vec<MeasureRow> {
        let t = self.t;
        let row = |measure: &yingda_process::definition::Measure| MeasureRow {
            name: measure.label.clone(),
            target: measure.at_least_percent.map(|n| t.with("process-at-least", &[("n", n)])).unwrap_or_default(),
            what: t.say(&format!("process-measure-{}", measure.of.id())),
            origin: origin(&measure.trace),
        };
        self.def.measures.iter().map(row).collect()
    }

    /// Whatever in the file is ours and not the document's, and the file's own remarks.
    #[must_use]
    pub fn gaps(&self) -> Vec<Gap> {
        let (def, t) = (self.def, self.t);
        let named = |key: &str, name: &str| t.with(key, &[("name", name)]);
        let mut all: Vec<(String, &Trace)> = Vec::new();
        all.push((t.say("process-control"), &def.document.trace));
        all.push((t.say("process-numbering"), &def.number.trace));
        all.extend(def.departments.iter().map(|d| (named("process-gap-department", &d.name), &d.trace)));
        all.extend(def.lanes.iter().map(|lane| (named("process-gap-lane", &lane.name), &lane.trace)));
        all.extend(def.scripts.iter().map(|script| (named("process-gap-script", &script.title), &script.trace)));
        for form in &def.forms {
            all.push((named("process-gap-form", &form.title), &form.trace));
            for field in &form.fields {
                let place = t.with("process-gap-field", &[("form", &form.title), ("name", &field.label)]);
                all.push((place, &field.trace));
                all.extend(field.options.iter().map(|option| {
                    (t.with("process-gap-option", &[("field", &field.label), ("name", &option.label)]), &option.trace)
                }));
            }
        }
        for step in &def.steps {
            all.push((named("process-gap-step", &self.step_name(step)), &step.trace));
        }
        for clock in &def.clocks {
            let place = named("process-gap-limit", &self.clock_name(clock));
            if !clock.id.starts_with("step.") {
                all.push((place.clone(), &clock.trace));
            }
            all.extend(clock.target.iter().map(|target| (place.clone(), &target.trace)));
            let rungs = clock.ladder.iter().flatten();
            all.extend(rungs.map(|rung| (named("process-gap-ladder-of", &self.clock_name(clock)), &rung.trace)));
        }
        all.extend(def.ladder.iter().flatten().map(|rung| (t.say("process-gap-ladder"), &rung.trace)));
        all.extend(def.triggers.iter().map(|one| (named("process-gap-trigger", &one.label), &one.trace)));
        all.extend(def.pauses.iter().map(|one| (named("process-gap-pause", &one.label), &one.trace)));
        all.extend(def.routines.iter().map(|one| (named("process-gap-routine", &one.label), &one.trace)));
        all.extend(def.rating.iter().map(|rating| (t.say("process-gap-rating"), &rating.trace)));
        all.extend(def.measures.iter().map(|measure| (named("process-gap-measure", &measure.label), &measure.trace)));
        all.push((t.say("process-attachments"), &def.attachments.trace));
        let gap = |(place, trace): (String, &Trace)| Gap { place, origin: origin(trace) };
        let mut gaps: Vec<Gap> = all.into_iter().filter(|(_, trace)| trace.origin == From::Default).map(gap).collect();
        gaps.extend(def.notes.iter().map(|note| {
            let mut origin = origin(&note.trace);
            origin.note = [note.text.as_str(), origin.note.as_str()].join(" ").trim().to_owned();
            Gap { place: t.say("process-gap-note"), origin }
        }));
        gaps
    }
}
