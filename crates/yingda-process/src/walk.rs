//! How a ticket walks: one event in, as far as it goes without anybody's work.
//!
//! The one thing to know: every circle of a definition passes a task or a contact sheet, so a walk ends; should a
//! stored position not belong to the definition, it is refused and never guessed.

use jiff::Timestamp;
use std::collections::BTreeSet;

use crate::definition::{Definition, SheetTo, Step, StepKind, StepProgress, Task};
use crate::engine::{Effect, Event, Intake, Refusal};
use crate::form::{FieldRef, Form};
use crate::instance::{Ended, FORMAT, Facts, Instance, Round, Token, TokenKind};
use crate::limit::{Limit, LimitRule};
use crate::parse::{FieldFault, WrongValue};
use crate::value::{Value, Values};
use crate::vocabulary::{Channel, Column, Milestone, Priority};

type Walked = Result<(), Refusal>;

pub(crate) fn advance(
    definition: &Definition,
    instance: &Instance,
    event: Event,
    now: Timestamp,
) -> Result<(Instance, Vec<Effect>), Refusal> {
    if instance.format > FORMAT {
        return Err(Refusal::Unfit { what: format!("format {}", instance.format) });
    }
    let mut walk = Walk { definition, instance: instance.clone(), effects: Vec::new(), now };
    match event {
        Event::Start { values, facts, intake } => walk.start(values, facts, intake)?,
        Event::Complete { token, values } => walk.complete(token, values)?,
        Event::SheetAnswered { token, answer } => walk.answered(token, answer)?,
        Event::FactsChanged { facts } => {
            walk.running()?;
            walk.instance.facts = Some(facts);
        }
        Event::Restart { step } => walk.restart(&step)?,
    }
    Ok((walk.instance, walk.effects))
}

struct Walk<'d> {
    definition: &'d Definition,
    instance: Instance,
    effects: Vec<Effect>,
    now: Timestamp,
}

impl<'d> Walk<'d> {
    fn running(&self) -> Walked {
        if self.instance.facts.is_none() {
            return Err(Refusal::NotStarted);
        }
        if self.instance.ended.is_some() {
            return Err(Refusal::AlreadyEnded);
        }
        Ok(())
    }

    fn start(&mut self, values: Values, facts: Facts, intake: Intake) -> Walked {
        if self.instance.facts.is_some() {
            return Err(Refusal::AlreadyStarted);
        }
        // An imported or posted matter has its own way in, which no procedure needs to list.
        let open = self.definition.channels.contains(&facts.channel);
        if !open && !matches!(facts.channel, Channel::Api | Channel::Import) {
            return Err(Refusal::ChannelClosed);
        }
        self.only_intake(&values)?;
        self.instance.facts = Some(facts);
        match intake {
            Intake::Waiting => {
                let faults: Vec<FieldFault> = self
                    .definition
                    .intake_forms()
                    .into_iter()
                    .flat_map(|form| crate::reading::accept_draft(form, &values))
                    .collect();
                if !faults.is_empty() {
                    return Err(Refusal::Fields { faults });
                }
                for form in self.definition.intake_forms() {
                    self.fill(form, &values);
                }
                self.instance.values = values;
                self.arrive(&self.definition.start)
            }
            Intake::Complete => self.intake(&values),
        }
    }

    fn only_intake(&self, values: &Values) -> Walked {
        let forms = self.definition.intake_forms();
        let strange = |key: &str| forms.iter().all(|form| !key.starts_with(&format!("{}.", form.id)));
        let faults: Vec<FieldFault> = values
            .iter()
            .filter(|(key, _)| strange(key))
            .map(|(key, _)| FieldFault { field: key.to_owned(), fault: WrongValue::UnknownField })
            .collect();
        if faults.is_empty() { Ok(()) } else { Err(Refusal::Fields { faults }) }
    }

    /// Completes the steps of the intake screen one after the other.
    fn intake(&mut self, values: &Values) -> Walked {
        let mut faults = Vec::new();
        for form in self.definition.intake_forms() {
            faults.extend(form.accept(&of_form(form, values)).err().unwrap_or_default());
        }
        if !faults.is_empty() {
            return Err(Refusal::Fields { faults });
        }
        self.arrive(&self.definition.start)?;
        for id in &self.definition.intake {
            let form = self.task_form(id)?;
            let own = form.map(|form| of_form(form, values)).unwrap_or_default();
            let waiting = self.instance.tokens.iter().find(|token| &token.step == id).map(|token| token.id);
            let token = waiting.ok_or_else(|| unfit(id))?;
            self.complete(token, own)?;
        }
        Ok(())
    }

    fn task_form(&self, step: &str) -> Result<Option<&'d Form>, Refusal> {
        match self.definition.step(step).map(|step| &step.kind) {
            Some(StepKind::Task(task)) => self.form_of(task),
            _ => Err(unfit(step)),
        }
    }

    fn form_of(&self, task: &Task) -> Result<Option<&'d Form>, Refusal> {
        let Some(id) = &task.form else {
            return Ok(None);
        };
        self.definition.form(id).map(Some).ok_or_else(|| unfit(id))
    }

    fn waiting(&self, token: u32, kind: TokenKind) -> Result<(Token, &'d Step), Refusal> {
        self.running()?;
        let token = self.instance.token(token).cloned().ok_or(Refusal::NoSuchToken { token })?;
        if token.kind != kind {
            return Err(Refusal::WrongKind { token: token.id });
        }
        let step = self.definition.step(&token.step).ok_or_else(|| unfit(&token.step))?;
        Ok((token, step))
    }

    fn complete(&mut self, token: u32, values: Values) -> Walked {
        let (token, step) = self.waiting(token, TokenKind::Person)?;
        let StepKind::Task(task) = &step.kind else {
            return Err(unfit(&step.id));
        };
        let form = self.form_of(task)?;
        match form {
            Some(form) => form.accept(&values).map_err(|faults| Refusal::Fields { faults })?,
            None => {
                let strange =
                    |(key, _): (&str, &Value)| FieldFault { field: key.to_owned(), fault: WrongValue::UnknownField };
                let faults: Vec<FieldFault> = values.iter().map(strange).collect();
                if !faults.is_empty() {
                    return Err(Refusal::Fields { faults });
                }
            }
        }
        self.leave(&token);
        if let Some(form) = form {
            self.take(form, &step.id, values);
        }
        self.passed(step, &task.marks, &task.progress);
        self.arrive(&task.next)
    }

    fn answered(&mut self, token: u32, answer: String) -> Walked {
        let (token, step) = self.waiting(token, TokenKind::Sheet)?;
        let StepKind::ContactSheet(sheet) = &step.kind else {
            return Err(unfit(&step.id));
        };
        if answer.trim().is_empty() {
            return Err(Refusal::EmptyAnswer);
        }
        self.leave(&token);
        self.instance.answers.insert(step.id.clone(), answer);
        self.passed(step, &sheet.marks, &sheet.progress);
        self.arrive(&sheet.next)
    }

    fn restart(&mut self, id: &str) -> Walked {
        if self.instance.facts.is_none() {
            return Err(Refusal::NotStarted);
        }
        let step = self.definition.step(id).ok_or_else(|| Refusal::NeverThere { step: id.to_owned() })?;
        if !self.instance.entered.contains_key(id) {
            return Err(Refusal::NeverThere { step: id.to_owned() });
        }
        // A later round may have emptied what was filled when the ticket came here the first time.
        let held = |name: &&String| {
            let answer = name.strip_suffix(".answer").is_some_and(|step| self.instance.answers.contains_key(step));
            answer || self.instance.values.get(name).is_some()
        };
        let missing: Vec<String> = step.certain.iter().filter(|name| !held(name)).cloned().collect();
        if !missing.is_empty() {
            return Err(Refusal::Lacks { step: id.to_owned(), missing });
        }
        for token in self.instance.tokens.clone() {
            self.leave(&token);
        }
        self.instance.ended = None;
        self.arrive(id)
    }

    fn leave(&mut self, token: &Token) {
        self.instance.tokens.retain(|other| other.id != token.id);
        self.effects.push(Effect::Left { token: token.id, step: token.step.clone() });
    }

    /// Takes a form's values in, and says what changed.
    fn take(&mut self, form: &Form, step: &str, values: Values) {
        let before = of_form(form, &self.instance.values);
        let repeated = self.instance.passes.contains_key(step);
        if repeated && !before.is_empty() {
            let round = Round { step: step.to_owned(), replaced_at: self.now, values: before.clone() };
            self.instance.rounds.push(round);
        }
        for field in &form.fields {
            let key = form.key(&field.id);
            self.instance.values.0.remove(&key);
            if let (Some(column), Some(_), None) = (field.fills, before.get(&key), values.get(&key)) {
                self.effects.push(Effect::Filled { column, value: None });
            }
        }
        self.fill(form, &values);
        for field in form.fields.iter().filter(|field| field.tells_customer) {
            if let Some(value) = values.get(&form.key(&field.id)) {
                self.effects.push(Effect::ToldCustomer { text: value.text() });
            }
        }
        self.rate(form, &values);
        self.instance.values.extend(values);
    }

    fn fill(&mut self, form: &Form, values: &Values) {
        for field in &form.fields {
            let (Some(column), Some(value)) = (field.fills, values.get(&form.key(&field.id))) else {
                continue;
            };
            let option = match value {
                Value::Choice(chosen) => field.options.iter().find(|option| &option.value == chosen),
                _ => None,
            };
            let routed = option.and_then(|option| option.department.clone());
            let own_department = |other: &crate::form::Field| {
                other.fills == Some(Column::Department) && values.get(&form.key(&other.id)).is_some()
            };
            match (column, routed) {
                (Column::Department, Some(id)) => self.set_department(id),
                (Column::Department, None) => self.set_department(value.text()),
                (Column::Kind, Some(id)) if !form.fields.iter().any(own_department) => {
                    self.effects.push(Effect::Filled { column, value: Some(value.clone()) });
                    self.set_department(id);
                }
                _ => self.effects.push(Effect::Filled { column, value: Some(value.clone()) }),
            }
            if let (Column::Priority, Some(priority), Some(facts)) =
                (column, Priority::from_id(&value.text()), self.instance.facts.as_mut())
            {
                facts.priority = priority;
            }
        }
    }

    fn set_department(&mut self, id: String) {
        if let Some(facts) = self.instance.facts.as_mut() {
            facts.department = Some(id.clone());
        }
        let value = Some(Value::Department(id));
        self.effects.push(Effect::Filled { column: Column::Department, value });
    }

    fn rate(&mut self, form: &Form, values: &Values) {
        let Some(rating) = self.definition.rating.as_ref().filter(|rating| rating.field.form == form.id) else {
            return;
        };
        let Some(value) = values.get(&rating.field.to_string()).map(Value::text) else {
            return;
        };
        let satisfied = rating.scale.iter().any(|known| known.value == value && known.satisfied);
        let text = |field: &FieldRef| {
            // The reason may stand in a form that is filled in before.
            let key = field.to_string();
            values.get(&key).or_else(|| self.instance.values.get(&key)).map(Value::text)
        };
        let reason = rating.reason.as_ref().and_then(text);
        self.effects.push(Effect::Rated { value, satisfied, reason });
    }

    /// What completing a step brings about.
    fn passed(&mut self, step: &Step, marks: &[Milestone], progress: &StepProgress) {
        self.count(&step.id);
        let solved = self.instance.marks.contains(&Milestone::Solved);
        if !solved && !self.instance.solved_trail.contains(&step.id) {
            self.instance.solved_trail.push(step.id.clone());
        }
        self.mark(marks);
        if let Some(label) = &progress.on_completion {
            self.effects.push(Effect::Progressed { label: label.clone() });
        }
    }

    fn count(&mut self, step: &str) {
        let passes = self.instance.passes.entry(step.to_owned()).or_default();
        *passes = passes.saturating_add(1);
    }

    fn mark(&mut self, marks: &[Milestone]) {
        for milestone in marks.iter().copied() {
            if !self.instance.marks.contains(&milestone) {
                self.instance.marks.push(milestone);
                self.effects.push(Effect::Marked { milestone });
            }
        }
    }

    /// Enters a step, and goes on until somebody has to work or the procedure ends.
    fn arrive(&mut self, id: &str) -> Walked {
        let mut at = id.to_owned();
        let mut passed: BTreeSet<String> = BTreeSet::new();
        loop {
            let step = self.definition.step(&at).ok_or_else(|| unfit(&at))?;
            let idle = matches!(step.kind, StepKind::Gateway(_) | StepKind::Message(_));
            if idle && !passed.insert(at.clone()) {
                return Err(unfit(&at));
            }
            match &step.kind {
                StepKind::Gateway(gateway) => {
                    self.count(&at);
                    let mut to = &gateway.otherwise;
                    for case in &gateway.cases {
                        let holds = case.when.holds(&self.instance, self.definition.rating.as_ref());
                        if holds.ok_or_else(|| unfit(&case.when.source))? {
                            to = &case.to;
                            break;
                        }
                    }
                    at.clone_from(to);
                }
                StepKind::Message(message) => {
                    self.count(&at);
                    self.effects.push(Effect::MessageCustomer { text: message.text.fill(&self.instance) });
                    at.clone_from(&message.next);
                }
                StepKind::Task(task) => {
                    return self.enter(step, TokenKind::Person, &task.progress).map(|_| ());
                }
                StepKind::ContactSheet(_) => return self.request(step),
                StepKind::End(end) => {
                    self.count(&at);
                    self.mark(&end.marks);
                    self.instance.ended = Some(Ended {
                        step: at,
                        label: end.label.clone(),
                        outcome: end.outcome,
                        event_record: end.event_record,
                        at: self.now,
                    });
                    self.effects.push(Effect::Ended {
                        label: end.label.clone(),
                        outcome: end.outcome,
                        event_record: end.event_record,
                    });
                    return Ok(());
                }
            }
        }
    }

    fn limit(&self, rule: Option<&LimitRule>) -> Option<Limit> {
        rule?.of(self.instance.facts.as_ref()?)
    }

    fn enter(&mut self, step: &Step, kind: TokenKind, progress: &StepProgress) -> Result<u32, Refusal> {
        let solved = self.instance.marks.contains(&Milestone::Solved);
        if solved && self.instance.solved_trail.contains(&step.id) {
            self.instance.marks.retain(|mark| !matches!(mark, Milestone::Solved | Milestone::Confirmed));
            self.effects.push(Effect::Reopened);
        }
        let token = self.instance.next_token.max(1);
        self.instance.next_token =
            token.checked_add(1).ok_or_else(|| Refusal::Unfit { what: "next_token".to_owned() })?;
        let entered = self.instance.entered.entry(step.id.clone()).or_default();
        *entered = entered.saturating_add(1);
        self.instance.tokens.push(Token {
            id: token,
            step: step.id.clone(),
            since: self.now,
            lane: step.lane.clone(),
            kind,
        });
        let limit = self.limit(step.limit());
        self.effects.push(Effect::Entered { token, step: step.id.clone(), lane: step.lane.clone(), limit });
        if let Some(label) = &progress.on_entry {
            self.effects.push(Effect::Progressed { label: label.clone() });
        }
        Ok(token)
    }

    fn request(&mut self, step: &Step) -> Walked {
        let StepKind::ContactSheet(sheet) = &step.kind else {
            return Err(unfit(&step.id));
        };
        let text = |field: &FieldRef| self.instance.values.get(&field.to_string()).map(Value::text);
        let to = match &sheet.to {
            SheetTo::Department(id) => Some(id.clone()),
            SheetTo::Field(field) => self.definition.department_from(field, &self.instance),
        };
        let to = to.ok_or_else(|| unfit(&step.id))?;
        let question = text(&sheet.question).ok_or_else(|| unfit(&sheet.question.to_string()))?;
        let customer_matter = sheet.customer_matter.as_ref().and_then(text);
        let limit = self.limit(sheet.limit.as_ref());
        let token = self.enter(step, TokenKind::Sheet, &sheet.progress)?;
        let countersign = sheet.countersign;
        let step = step.id.clone();
        self.effects.push(Effect::SheetRequested { token, step, to, question, customer_matter, limit, countersign });
        Ok(())
    }
}

fn of_form(form: &Form, values: &Values) -> Values {
    let prefix = format!("{}.", form.id);
    Values(
        values
            .0
            .iter()
            .filter(|(key, _)| key.starts_with(&prefix))
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect(),
    )
}

fn unfit(what: &str) -> Refusal {
    Refusal::Unfit { what: what.to_owned() }
}
