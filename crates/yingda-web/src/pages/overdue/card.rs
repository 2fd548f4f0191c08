//! What stands on a ticket's page: its missed limits with their statements, more time, urgings, the first receiver's place.

use yingda_app::answerable::UrgeSource;
use yingda_app::answerable::lists::{Extendable, Overdue};
use yingda_app::ticket::TicketView;
use yingda_core::Refusal;
use yingda_core::answerable::{StatementState, Urge};
use yingda_process::LimitUnit;

use super::lists::{extension_line, offer_line};
use super::words::{self, statement_badge};
use crate::front::{Fault, Visit, refusal_sentence};
use crate::kit::{Choice, Depends, FieldForm, FieldKind, FieldView};
use crate::pages::actions::{Place, Returned};
use crate::pages::forms::refill;
use crate::pages::show::{Show, channel_word};
use crate::views::overdue::{AnswersCard, OwedView, UrgeView};

/// The card of a ticket; `back` is what was sent from its page and refused.
///
/// # Errors
/// Where the desk fails.
pub async fn card(
    visit: &Visit,
    show: &Show,
    view: &TicketView,
    back: Option<&Returned>,
) -> Result<AnswersCard, Fault> {
    let t = visit.t();
    let id = view.held.ticket.id;
    let all = visit.app.ticket_answers(&visit.ctx, visit.actor(), id).await?;
    let made = Made { visit, show, view, back };
    let needs = back.and_then(|back| match &back.refusal {
        refusal @ Refusal::NeedsStatement { .. } => Some(refusal_sentence(t, refusal)),
        _ => None,
    });
    Ok(AnswersCard {
        owed: all.overdue.iter().map(|one| made.owed(one, needs.is_some())).collect(),
        extensions: all.extensions.iter().map(|line| extension_line(t, show, line, false)).collect(),
        ask: (!all.extendable.is_empty()).then(|| made.ask(&all.extendable)),
        urged: all.urge_count,
        urges: all.urges.iter().map(|urge| made.urged(urge)).collect(),
        urge: all.may_urge.then(|| made.urge()),
        offer: all.offer.as_ref().map(|line| offer_line(t, show, line, false)),
        hand_over: all.may_offer.then(|| made.hand_over()),
        needs,
    })
}

struct Made<'a> {
    visit: &'a Visit,
    show: &'a Show,
    view: &'a TicketView,
    back: Option<&'a Returned>,
}

impl Made<'_> {
    /// A form with what was typed into it, if it is the one that comes back.
    fn returned(&self, place: Place, form: FieldForm) -> FieldForm {
        match self.back.filter(|back| back.place == place) {
            Some(back) => refill(self.visit.t(), form, &back.typed, back.wrong()),
            None => form,
        }
    }

    fn owed(&self, one: &Overdue, wanted: bool) -> OwedView {
        let t = self.visit.t();
        let statement = one.statement.as_ref();
        let place = Place::Statement(one.clock.get());
        let back = self.back.is_some_and(|back| back.place == place);
        let mut said = statement.map_or_else(Vec::new, |s| words::said(t, &s.cause, &s.account, &s.improvement));
        if let Some(s) = statement.filter(|s| !s.note.is_empty()) {
            said.push((t.say("statement-note"), s.note.clone()));
        }
        let within = format!("owed-{}", one.clock);
        OwedView {
            clock: one.clock.to_string(),
            label: one.label.clone(),
            state: statement_badge(t, statement.map_or(StatementState::Due, |s| s.state)),
            at: self.show.moment(one.breached),
            href: statement.map(|s| format!("/statements/{}", s.id)),
            said,
            version: statement.map(|s| s.version.to_string()).unwrap_or_default(),
            form: one.may_write.then(|| self.returned(place, words::statement_form(t, statement, &within))),
            open: back || (wanted && one.may_write),
            review: !one.verdicts.is_empty() && statement.is_some_and(|s| s.state == StatementState::Submitted),
        }
    }

    fn ask(&self, all: &[Extendable]) -> FieldForm {
        let t = self.visit.t();
        let clocks = all.iter().map(|one| {
            let due = one.due.map_or_else(|| t.say("due-none"), |due| self.show.moment(due).text);
            Choice::new(
                one.clock.to_string(),
                t.with("extension-clock-due", &[("label", one.label.as_str()), ("due", &due)]),
            )
        });
        let only = if let [one] = all { one.clock.to_string() } else { String::new() };
        let units = LimitUnit::IDS.iter().map(|unit| Choice::new(*unit, t.say(&format!("unit-{unit}"))));
        let unit = all.first().and_then(|one| one.unit).unwrap_or(LimitUnit::WorkingHours);
        let mut fields = vec![
            FieldView::new(FieldKind::Choice, "clock", t.say("extension-clock"))
                .options(clocks)
                .as_list(t.say("choice-pick"))
                .required()
                .value(only),
        ];
        let remote: Vec<String> = all.iter().filter(|one| one.remote).map(|one| one.clock.to_string()).collect();
        if !remote.is_empty() {
            let kinds = ["normal", "remote"].map(|kind| Choice::new(kind, t.say(&format!("extension-kind-{kind}"))));
            fields.push(
                FieldView::new(FieldKind::Choice, "kind", t.say("extension-kind"))
                    .options(kinds)
                    .required()
                    .value("normal")
                    .depends(Depends {
                        name: "clock".to_owned(),
                        values: remote,
                        sentence: t.say("extension-kind-when"),
                    }),
            );
        }
        fields.extend([
            FieldView::new(FieldKind::Integer, "amount", t.say("extension-amount")).required(),
            FieldView::new(FieldKind::Choice, "unit", t.say("extension-unit"))
                .options(units)
                .as_list(t.say("choice-pick"))
                .required()
                .value(unit.id()),
            FieldView::new(FieldKind::Multiline, "reason", t.say("extension-reason")).required(),
        ]);
        let fields = fields.into_iter().map(|field| field.within("extension"));
        self.returned(Place::Extension, FieldForm::new(fields))
    }

    fn urged(&self, urge: &Urge) -> UrgeView {
        let t = self.visit.t();
        let mut who = vec![t.say(&format!("urge-{}", urge.source.as_str()))];
        if !urge.channel.is_empty() {
            who.push(channel_word(t, &urge.channel));
        }
        who.push(self.show.directory().person_name(urge.by));
        UrgeView { who: who.join(" · "), words: urge.words.clone(), at: self.show.moment(urge.at) }
    }

    fn urge(&self) -> FieldForm {
        let t = self.visit.t();
        let sources = UrgeSource::ALL
            .iter()
            .map(|source| Choice::new(source.as_str(), t.say(&format!("urge-{}", source.as_str()))));
        let ticket = &self.view.held.ticket;
        let mut channels: Vec<Choice> = self
            .view
            .process
            .definition
            .channels
            .iter()
            .map(|channel| Choice::new(channel.id(), channel_word(t, channel.id())))
            .collect();
        if channels.iter().all(|choice| choice.value != ticket.channel) {
            channels.insert(0, Choice::new(&ticket.channel, channel_word(t, &ticket.channel)));
        }
        let of_customer = Depends {
            name: "source".to_owned(),
            values: vec!["customer".to_owned()],
            sentence: t.say("urge-channel-when"),
        };
        let source = if self.visit.actor().roles.at_desk() { "customer" } else { "colleague" };
        let fields = [
            FieldView::new(FieldKind::Choice, "source", t.say("urge-source")).options(sources).required().value(source),
            FieldView::new(FieldKind::Choice, "channel", t.say("ticket-channel"))
                .options(channels)
                .as_list(t.say("choice-pick"))
                .value(&ticket.channel)
                .depends(of_customer),
            FieldView::new(FieldKind::Multiline, "words", t.say("urge-words")).hint(t.say("urge-words-hint")),
        ];
        self.returned(Place::Urge, FieldForm::new(fields.map(|field| field.within("urge"))))
    }

    fn hand_over(&self) -> FieldForm {
        let t = self.visit.t();
        let options = super::lists::desk_people(self.show.directory(), Some(self.view.held.ticket.owner));
        let fields = [
            FieldView::new(FieldKind::Person, "to", t.say("owner-to")).options(options).required(),
            FieldView::new(FieldKind::Multiline, "reason", t.say("owner-reason")).required(),
        ];
        self.returned(Place::Owner, FieldForm::new(fields.map(|field| field.within("owner"))))
    }
}
