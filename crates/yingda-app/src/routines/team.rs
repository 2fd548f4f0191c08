//! The team's day, for leads: who has said a word on their tickets, who has done which work, where nobody is, what stands in the way.

use std::collections::BTreeMap;

use jiff::civil::Date;
use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, PersonId, Role, Subject, can};
use yingda_store::tracked::Tracked;
use yingda_store::{routines, tickets, tracked};

use super::day::{CATCH_UP, Task};
use super::{Held, Routine, all};
use crate::{App, AppResult};

/// Obstacles on the page.
const MOST_OBSTACLES: i64 = 50;
/// Submissions to be read on the page, for each routine.
const UNREAD: i64 = 50;

/// One person's day.
#[derive(Debug, Clone)]
pub struct TeamLine {
    /// Who.
    pub person: PersonId,
    /// Running tickets of theirs.
    pub open: i64,
    /// How many of them have a word of today.
    pub tracked: i64,
    /// Their own recurring work of today, and what is still missing.
    pub tasks: Vec<Task>,
}

/// Everybody's day.
#[derive(Debug, Clone)]
pub struct Team {
    /// Which, where the desk is.
    pub date: Date,
    /// Everybody who has tickets or work; whoever has most left comes first.
    pub lines: Vec<TeamLine>,
    /// Work that one does for all.
    pub shared: Vec<Task>,
    /// What was submitted and waits for a reader.
    pub to_read: Vec<Task>,
    /// What stands in the way today, with the ticket.
    pub obstacles: Vec<(Tracked, Ticket)>,
    /// Routines that run and that nobody is there to do.
    pub nobody: Vec<Routine>,
}

impl TeamLine {
    /// What is still to be done, tickets and work together.
    #[must_use]
    pub fn left(&self) -> i64 {
        let open = self.tasks.iter().filter(|task| task.work.may_exempt().is_ok()).count();
        (self.open - self.tracked).max(0) + i64::try_from(open).unwrap_or_default()
    }
}

impl App {
    /// The team's day; for leads of the desk.
    ///
    /// # Errors
    /// [`yingda_core::Refusal::NotAllowed`].
    pub async fn team_day(&self, ctx: &Context, actor: &Actor) -> AppResult<Team> {
        can(actor, Action::KeepRoutines, Subject::Desk)?;
        let directory = self.directory();
        let date = self.day_of(ctx.now);
        let mut read = self.store().read().await?;
        let mut lines: BTreeMap<PersonId, TeamLine> = BTreeMap::new();
        let line = |person| TeamLine { person, open: 0, tracked: 0, tasks: Vec::new() };
        for person in directory.people.values().filter(|p| p.active && p.roles.has(Role::Agent)) {
            lines.insert(person.id, line(person.id));
        }
        let counts = tracked::by_person(&mut read, date).await?;
        let all = all(&mut read).await?;
        let mut team = Team {
            date,
            lines: Vec::new(),
            shared: Vec::new(),
            to_read: Vec::new(),
            obstacles: Vec::new(),
            nobody: Vec::new(),
        };
        for work in routines::opening(&mut read, ctx.now - CATCH_UP, ctx.now).await? {
            let Some(routine) = all.iter().find(|routine| routine.id == work.routine) else { continue };
            if work.may_exempt().is_err() && self.day_of(work.due) < date {
                continue;
            }
            let task = self.task(actor, Held::new(work, routine.clone(), &directory));
            match task.work.person {
                Some(person) => lines.entry(person).or_insert_with(|| line(person)).tasks.push(task),
                None => team.shared.push(task),
            }
        }
        for routine in &all {
            for work in routines::unread(&mut read, routine.id, UNREAD).await? {
                if routine.rule.read_by.is_some() {
                    team.to_read.push(self.task(actor, Held::new(work, routine.clone(), &directory)));
                }
            }
        }
        // Whoever has tickets but neither is an agent nor has work of this kind owes no daily word.
        for (person, open, tracked) in counts {
            if let Some(line) = lines.get_mut(&person) {
                (line.open, line.tracked) = (open, tracked);
            }
        }
        let people: Vec<PersonId> = lines.keys().copied().collect();
        for word in tracked::obstacles(&mut read, date, &people, MOST_OBSTACLES).await? {
            if let Some(ticket) = tickets::get(&mut read, word.ticket).await? {
                team.obstacles.push((word, ticket));
            }
        }
        team.nobody = all.into_iter().filter(|r| r.runs() && r.rule.who.people(&directory).is_empty()).collect();
        team.lines = lines.into_values().collect();
        team.lines.sort_by_key(|line| (std::cmp::Reverse(line.left()), line.person));
        Ok(team)
    }
}
