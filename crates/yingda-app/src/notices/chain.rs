//! Who of a chain is told: the first who is there, those who are told in any case, and when each of them is.
//!
//! Pure. Being off duty is not being away: a notice that can wait is delivered when the duty begins. One that cannot wait goes to
//! the first of the chain who is on duty, and only where nobody is, to the first who is not on leave, whatever the hour. Nothing
//! is ever lost: a chain of which nobody is there reaches its last one all the same, and a chain of nobody the desk's leads.

use jiff::Timestamp;
use yingda_core::PersonId;
use yingda_core::notice::{Chosen, PassedOver, Tried, Urgency};

/// Whether somebody can be told now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum There {
    OnDuty,
    /// Until then, where that is known.
    OffDuty(Option<Timestamp>),
    OnLeave(Option<Timestamp>),
    Inactive,
    /// It is they who say it.
    Speaks,
}

/// A place of a chain, and who stands there.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub word: String,
    pub people: Vec<(PersonId, There)>,
}

/// Somebody who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Reached {
    pub person: PersonId,
    pub chosen: Chosen,
    pub deliver: Timestamp,
}

/// Who is told, and how it came to that.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Choice {
    pub told: Vec<Reached>,
    pub tried: Vec<Tried>,
}

/// When somebody is told.
pub(crate) fn delivery(now: Timestamp, urgency: Urgency, there: There) -> Timestamp {
    match (urgency, there) {
        (Urgency::Normal, There::OffDuty(until) | There::OnLeave(until)) => until.unwrap_or(now).max(now),
        _ => now,
    }
}

/// How little somebody has to be there to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Least {
    OnDuty,
    OffDuty,
    OnLeave,
    /// Only where nobody else is left: they know it already.
    Speaks,
}

impl Least {
    fn takes(self, there: There) -> bool {
        match self {
            Self::OnDuty => there == There::OnDuty,
            Self::OffDuty => matches!(there, There::OffDuty(_)),
            Self::OnLeave => matches!(there, There::OnLeave(_)),
            Self::Speaks => there == There::Speaks,
        }
    }
}

impl Place {
    /// Those on duty; where none is, those off duty; and so on down to `least`.
    fn take(&self, least: Least) -> Vec<(PersonId, There)> {
        for level in [Least::OnDuty, Least::OffDuty, Least::OnLeave, Least::Speaks] {
            let found: Vec<_> = self.people.iter().copied().filter(|(_, there)| level.takes(*there)).collect();
            if !found.is_empty() || level == least {
                return found;
            }
        }
        Vec::new()
    }

    fn tried(&self, told: &[(PersonId, There)], tried: &mut Vec<Tried>) {
        if self.people.is_empty() {
            tried.push(Tried { place: self.word.clone(), person: None, passed: Some(PassedOver::Nobody) });
        }
        for (person, there) in &self.people {
            let passed = match there {
                _ if told.iter().any(|(one, _)| one == person) => None,
                There::OnDuty => None,
                There::OffDuty(_) => Some(PassedOver::OffDuty),
                There::OnLeave(_) => Some(PassedOver::OnLeave),
                There::Inactive => Some(PassedOver::Inactive),
                There::Speaks => Some(PassedOver::Speaks),
            };
            tried.push(Tried { place: self.word.clone(), person: Some(*person), passed });
        }
    }
}

/// Chooses. `leads` stand in where the chain names nobody at all.
pub(crate) fn choose(now: Timestamp, urgency: Urgency, to: &[Place], also: &[Place], leads: &[Place]) -> Choice {
    let found = |least: Least| to.iter().position(|place| !place.take(least).is_empty());
    let first = match urgency {
        Urgency::Urgent => found(Least::OnDuty).or_else(|| found(Least::OffDuty)),
        Urgency::Normal => found(Least::OffDuty),
    };
    let mut told = Vec::new();
    let mut tried = Vec::new();
    let mut reach = |people: &[(PersonId, There)], chosen: Chosen| {
        for (person, there) in people {
            if told.iter().all(|one: &Reached| one.person != *person) {
                told.push(Reached { person: *person, chosen, deliver: delivery(now, urgency, *there) });
            }
        }
    };
    if let Some(index) = first {
        let people = to[index].take(Least::OffDuty);
        to[..=index].iter().for_each(|place| place.tried(&people, &mut tried));
        reach(&people, Chosen::First);
    } else {
        let last = |least: Least| to.iter().rev().map(|place| place.take(least)).find(|people| !people.is_empty());
        let people = last(Least::OnLeave).or_else(|| last(Least::Speaks)).unwrap_or_default();
        // Those are told although they are away, and the account says both.
        to.iter().for_each(|place| place.tried(&[], &mut tried));
        reach(&people, Chosen::Last);
        if people.is_empty() && !to.is_empty() {
            leads.iter().for_each(|place| reach(&place.take(Least::OnLeave), Chosen::Leads));
        }
    }
    also.iter().for_each(|place| reach(&place.take(Least::OnLeave), Chosen::Also));
    Choice { told, tried }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn later(hours: i64) -> Timestamp {
        NOW + jiff::SignedDuration::from_hours(hours)
    }

    fn place(word: &str, people: &[(i64, There)]) -> Place {
        Place { word: word.to_owned(), people: people.iter().map(|(id, there)| (PersonId(*id), *there)).collect() }
    }

    fn told(choice: &Choice) -> Vec<(i64, Chosen, Timestamp)> {
        choice.told.iter().map(|t| (t.person.get(), t.chosen, t.deliver)).collect()
    }

    fn passed(choice: &Choice) -> Vec<(&str, Option<PassedOver>)> {
        choice.tried.iter().map(|t| (t.place.as_str(), t.passed)).collect()
    }

    #[test]
    fn the_first_who_is_there_is_told_and_the_account_says_why_not_those_before() {
        let to = [
            place("handler", &[(1, There::OnLeave(None))]),
            place("head", &[]),
            place("supervisor", &[(2, There::Inactive), (3, There::OnDuty)]),
            place("manager", &[(4, There::OnDuty)]),
        ];
        let choice = choose(NOW, Urgency::Normal, &to, &[], &[]);
        assert_eq!(told(&choice), [(3, Chosen::First, NOW)]);
        let expected = [
            ("handler", Some(PassedOver::OnLeave)),
            ("head", Some(PassedOver::Nobody)),
            ("supervisor", Some(PassedOver::Inactive)),
            ("supervisor", None),
        ];
        assert_eq!(passed(&choice), expected);
    }

    #[test]
    fn what_can_wait_waits_for_the_duty_and_what_cannot_goes_on_to_whoever_is_on_duty() {
        let to =
            [place("handler", &[(1, There::OffDuty(Some(later(10))))]), place("supervisor", &[(2, There::OnDuty)])];
        assert_eq!(told(&choose(NOW, Urgency::Normal, &to, &[], &[])), [(1, Chosen::First, later(10))]);
        assert_eq!(told(&choose(NOW, Urgency::Urgent, &to, &[], &[])), [(2, Chosen::First, NOW)]);
        let night = &to[..1];
        assert_eq!(told(&choose(NOW, Urgency::Urgent, night, &[], &[])), [(1, Chosen::First, NOW)]);
    }

    #[test]
    fn several_of_a_role_are_those_on_duty_and_where_none_is_all() {
        let some = [place("agent", &[(1, There::OnDuty), (2, There::OffDuty(None)), (3, There::OnDuty)])];
        let told_to = |to: &[Place]| {
            told(&choose(NOW, Urgency::Normal, to, &[], &[])).into_iter().map(|(p, _, _)| p).collect::<Vec<_>>()
        };
        assert_eq!(told_to(&some), [1, 3]);
        let none = [place("agent", &[(1, There::OffDuty(None)), (2, There::OffDuty(None)), (3, There::OnLeave(None))])];
        assert_eq!(told_to(&none), [1, 2]);
    }

    #[test]
    fn a_chain_without_anybody_there_reaches_its_last_one_and_one_without_people_the_leads() {
        let away = There::OnLeave(Some(later(48)));
        let to = [place("handler", &[(1, away)]), place("supervisor", &[(2, away)]), place("head", &[])];
        let leads = [place("manager", &[(9, There::OnDuty)])];
        let choice = choose(NOW, Urgency::Normal, &to, &[], &leads);
        assert_eq!(told(&choice), [(2, Chosen::Last, later(48))]);
        assert!(passed(&choice).iter().all(|(_, why)| why.is_some()));
        assert_eq!(told(&choose(NOW, Urgency::Urgent, &to, &[], &leads)), [(2, Chosen::Last, NOW)]);
        let nobody = [place("head", &[(7, There::Inactive)])];
        assert_eq!(told(&choose(NOW, Urgency::Normal, &nobody, &[], &leads)), [(9, Chosen::Leads, NOW)]);
    }

    #[test]
    fn nobody_is_told_twice_nor_what_they_say_themselves() {
        let to = [place("supervisor", &[(1, There::Speaks)]), place("manager", &[(2, There::OnDuty)])];
        let also = [place("manager", &[(2, There::OnDuty)]), place("owner", &[(3, There::OffDuty(Some(later(1))))])];
        let choice = choose(NOW, Urgency::Normal, &to, &also, &[]);
        assert_eq!(told(&choice), [(2, Chosen::First, NOW), (3, Chosen::Also, later(1))]);
        let speaker = [place("owner", &[(1, There::Speaks)])];
        assert_eq!(told(&choose(NOW, Urgency::Normal, &to, &speaker, &[])), [(2, Chosen::First, NOW)]);
        assert_eq!(passed(&choice)[0], ("supervisor", Some(PassedOver::Speaks)));
        let alone = choose(NOW, Urgency::Normal, &to[..1], &[], &[]);
        assert_eq!(told(&alone), [(1, Chosen::Last, NOW)]);
    }
}
