//! Who of those on duty gets a piece of work: in turn, the least loaded, or whoever has the skill (S20).
//!
//! The one thing to know: the answer carries its reason and who was considered, because every automatic assignment leaves a
//! line of history that says why.

use serde::Serialize;

use super::Assigning;
use crate::id::PersonId;

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Who.
    pub person: PersonId,
    /// How many open tickets they have.
    pub load: i64,
    /// Whether they have the skill that the ticket's kind names.
    pub skilled: bool,
}

/// What decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// It was their turn.
    Turn,
    /// They had least open.
    Load,
    /// They have the skill, and of those least open.
    Skill,
    /// Nobody on duty has the skill; they had least open.
    NoSkill,
}

/// Picks one; `None` where the rule gives nothing by itself, or nobody is there. `last` is to whom work came last by turns.
/// Equals are told apart by their ids, so that the same case always ends the same.
#[must_use]
pub fn pick(rule: Assigning, last: Option<PersonId>, candidates: &[Candidate]) -> Option<(PersonId, Why)> {
    let least = |of: &mut dyn Iterator<Item = &Candidate>| of.min_by_key(|c| (c.load, c.person)).map(|c| c.person);
    match rule {
        Assigning::Manual => None,
        Assigning::RoundRobin => {
            let next = candidates.iter().map(|c| c.person).filter(|p| last.is_none_or(|last| *p > last)).min();
            next.or_else(|| candidates.iter().map(|c| c.person).min()).map(|person| (person, Why::Turn))
        }
        Assigning::LeastLoaded => least(&mut candidates.iter()).map(|person| (person, Why::Load)),
        Assigning::Skill => match least(&mut candidates.iter().filter(|c| c.skilled)) {
            Some(person) => Some((person, Why::Skill)),
            None => least(&mut candidates.iter()).map(|person| (person, Why::NoSkill)),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(person: i64, load: i64, skilled: bool) -> Candidate {
        Candidate { person: PersonId(person), load, skilled }
    }

    #[test]
    fn each_rule_has_its_own_reason() {
        let all = [candidate(1, 5, true), candidate(2, 1, false), candidate(3, 1, false), candidate(4, 7, true)];
        let picked = |rule, last: Option<i64>| pick(rule, last.map(PersonId), &all).map(|(p, why)| (p.get(), why));
        assert_eq!(picked(Assigning::Manual, None), None);
        assert_eq!(picked(Assigning::RoundRobin, None), Some((1, Why::Turn)));
        assert_eq!(picked(Assigning::RoundRobin, Some(2)), Some((3, Why::Turn)));
        assert_eq!(picked(Assigning::RoundRobin, Some(4)), Some((1, Why::Turn)));
        assert_eq!(picked(Assigning::LeastLoaded, None), Some((2, Why::Load)));
        assert_eq!(picked(Assigning::Skill, None), Some((1, Why::Skill)));
        assert_eq!(pick(Assigning::Skill, None, &all[1..3]), Some((PersonId(2), Why::NoSkill)));
        assert_eq!(pick(Assigning::LeastLoaded, None, &[]), None);
    }

    proptest::proptest! {
        #[test]
        fn turns_come_round_to_everybody_once(people in proptest::collection::btree_set(1i64..500, 1..12), start in 0i64..600) {
            let all: Vec<Candidate> = people.iter().map(|id| candidate(*id, 0, false)).collect();
            let mut last = Some(PersonId(start));
            let mut seen = std::collections::BTreeSet::new();
            for _ in 0..all.len() {
                let (person, _) = pick(Assigning::RoundRobin, last, &all).unwrap();
                seen.insert(person.get());
                last = Some(person);
            }
            proptest::prop_assert_eq!(seen, people);
        }
    }
}
