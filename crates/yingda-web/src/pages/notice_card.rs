//! A notice as pages show it: its kind in a colour, its five facts, and why the chain went as it did.

use jiff::Timestamp;
use yingda_app::notices::triggers::REPORT;
use yingda_app::notices::{Kind, Line, Told};
use yingda_core::notice::{Chosen, Delivery, PassedOver, Settled, Tried};
use yingda_core::ticket::Ticket;
use yingda_core::{PersonId, Role};

use crate::front::Visit;
use crate::i18n::Tr;
use crate::kit::{Badge, Markup, Tone};
use crate::pages::show::Show;
use crate::views::notices::{NoticeCard, Outcome, Reached};

/// What those who answer for limits are told: words of the notices that `yingda_app::answerable` gives.
const ANSWERABLE: [&str; 7] = [
    "statement",
    "statement-returned",
    "extension-granted",
    "extension-refused",
    "owner-offer",
    "owner-accepted",
    "owner-declined",
];

/// A kind in words.
#[must_use]
pub fn kind_word(t: Tr, kind: &Kind) -> String {
    match kind {
        Kind::Level(level) => t.with("notice-kind-level", &[("n", *level)]),
        Kind::Other(word) if ANSWERABLE.contains(&word.as_str()) => t.say(&format!("notice-kind-{word}")),
        Kind::Other(word) => word.clone(),
        known => t.say(&format!("notice-kind-{}", known.as_str())),
    }
}

/// A kind as lines of history keep it: `level.2`.
#[must_use]
pub fn kind_of_line(text: &str) -> Kind {
    let (word, level) = text.split_once('.').unwrap_or((text, "0"));
    Kind::read(word, level.parse().unwrap_or_default())
}

/// What a notice is called; empty where its kind says everything.
#[must_use]
pub fn label(t: Tr, label: &str, trigger: &str) -> String {
    if label.is_empty() && trigger == REPORT { t.say("notice-report") } else { label.to_owned() }
}

const fn tone(kind: &Kind) -> Tone {
    match kind {
        Kind::Breach | Kind::Level(_) | Kind::Trigger => Tone::Bad,
        Kind::Warning | Kind::Urge | Kind::Review => Tone::Warn,
        Kind::Assignment | Kind::Handover | Kind::Swap | Kind::Other(_) => Tone::Active,
    }
}

/// Cards for one reader.
#[derive(Debug)]
pub struct Cards<'a> {
    show: &'a Show,
    t: Tr,
    now: Timestamp,
    me: PersonId,
}

impl<'a> Cards<'a> {
    /// For whoever asks.
    #[must_use]
    pub fn new(visit: &Visit, show: &'a Show) -> Self {
        Self { show, t: visit.t(), now: visit.now(), me: visit.actor().person }
    }

    /// The card of a line of a list.
    #[must_use]
    pub fn line(&self, line: &Line) -> NoticeCard {
        self.card(&line.told, line.ticket.as_ref(), line.may_settle)
    }

    /// The card of a notice; `ticket` where the reader may see it.
    #[must_use]
    pub fn card(&self, told: &Told, ticket: Option<&Ticket>, may_settle: bool) -> NoticeCard {
        let (t, notice) = (self.t, &told.notice);
        let unread = told.deliveries.iter().any(|d| d.person == self.me && d.read.is_none() && d.deliver <= self.now);
        NoticeCard {
            id: notice.id.to_string(),
            kind: Badge::new(kind_word(t, &notice.kind), tone(&notice.kind)),
            label: label(t, &notice.label, &notice.trigger),
            ticket: ticket.map(|ticket| {
                let row = self.show.ticket(ticket);
                let href = row.href();
                (row.number, row.title, href)
            }),
            at: self.show.moment(notice.at),
            by: notice.by.map(|by| self.show.directory().person_name(by)).unwrap_or_default(),
            note: Markup::prose(&notice.note),
            proposal: Markup::prose(&notice.proposal),
            recipients: told.deliveries.iter().map(|delivery| self.reached(delivery)).collect(),
            passed: notice.tried.iter().filter_map(|tried| self.passed(tried)).collect(),
            outcome: notice.outcome.as_ref().map(|outcome| Outcome {
                text: match outcome.how {
                    Settled::Said => outcome.text.clone(),
                    Settled::Stopped => t.say("notice-outcome-stopped"),
                    Settled::Ended => t.with("notice-outcome-ended", &[("label", outcome.text.as_str())]),
                },
                by: self.show.person(outcome.by),
                at: self.show.moment(outcome.at),
            }),
            awaits: notice.awaits_outcome(),
            unread,
            may_settle,
        }
    }

    fn reached(&self, delivery: &Delivery) -> Reached {
        let t = self.t;
        let (key, tone, at) = match delivery.read {
            Some(read) => ("notice-read", Tone::Good, Some(read)),
            None if delivery.deliver > self.now => ("notice-later", Tone::Neutral, Some(delivery.deliver)),
            None => ("notice-unread", Tone::Warn, None),
        };
        Reached {
            name: self.show.directory().person_name(delivery.person),
            how: match delivery.chosen {
                Chosen::Last => t.say("notice-chosen-last"),
                Chosen::Leads => t.say("notice-chosen-leads"),
                Chosen::First | Chosen::Also | Chosen::Named => String::new(),
            },
            state: Badge::new(t.say(key), tone),
            at: at.map(|at| self.show.moment(at)),
        }
    }

    fn passed(&self, tried: &Tried) -> Option<String> {
        let why = match tried.passed? {
            PassedOver::Nobody => "notice-passed-nobody",
            PassedOver::Inactive => "notice-passed-inactive",
            PassedOver::OnLeave => "notice-passed-leave",
            PassedOver::OffDuty => "notice-passed-off",
            PassedOver::Speaks => "notice-passed-speaks",
        };
        let place = self.place(&tried.place);
        let who = match tried.person {
            Some(person) => [place, self.show.directory().person_name(person)].join(" "),
            None => place,
        };
        Some(self.t.with("notice-passed-line", &[("who", who), ("why", self.t.say(why))]))
    }

    /// A place of a chain in words.
    fn place(&self, word: &str) -> String {
        let t = self.t;
        if let Some(code) = word.strip_prefix("head.") {
            let directory = self.show.directory();
            let name = directory.department(code).map_or_else(|| code.to_owned(), |d| d.name.clone());
            return t.with("notice-place-head-of", &[("department", name)]);
        }
        match word {
            "handler" => t.say("ticket-assignee"),
            "owner" => t.say("ticket-owner"),
            "head" => t.say("role-head"),
            role if role.parse::<Role>().is_ok() => t.say(&format!("role-{role}")),
            other => other.to_owned(),
        }
    }
}
