//! Work goes to whoever is on duty: by the department's rule when a ticket comes to it with nobody named.
//!
//! The one thing to know: [`choose`] decides and changes the ticket in memory; [`tell`] writes the line of history that says why,
//! after the line of what brought the ticket here. Where nobody is on duty the after-hours rule says what happens, and what
//! waits is given out when somebody comes ([`hand_out`]: at signing in, at publishing, and by a job at opening time).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use yingda_core::duty::choose::{Candidate, Why, pick};
use yingda_core::duty::{AfterHours, Assigning, DutyRule};
use yingda_core::ticket::{Priority, Ticket};
use yingda_core::{Context, DepartmentId, JobId, PersonId, Role, TicketId};
use yingda_process::clock::Recipient;
use yingda_store::duty::{handovers, setup, turns};
use yingda_store::tickets::{self, Involvement, WorkItem};
use yingda_store::{Tx, jobs};

use super::now::{on_duty, opens, presence, staff};
use crate::apply;
use crate::notices::{self, Kind, Raise, Urgency};
use crate::{App, AppError, AppResult};

/// The kind of the job that gives out what waited for opening time.
pub(crate) const OPENING: &str = "duty-opening";
/// Tickets looked up in one go.
const BATCH: i64 = 200;

/// Somebody who was considered.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Considered {
    person: PersonId,
    /// How many open tickets they had.
    load: i64,
    skilled: bool,
}

/// What the rule did, for the line of history that says why.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Chosen {
    /// Who has it now; nobody where it waits.
    to: Option<PersonId>,
    /// The department's rule.
    rule: Assigning,
    /// What decided; nothing where it waits.
    why: Option<Why>,
    /// Everybody who was on duty.
    considered: Vec<Considered>,
    /// What happened because nobody of the department was on duty.
    #[serde(skip_serializing_if = "Option::is_none")]
    after_hours: Option<&'static str>,
    /// The department to which it went out of hours.
    #[serde(skip_serializing_if = "Option::is_none")]
    department: Option<DepartmentId>,
    /// Until when it waits, where that is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    opens: Option<Timestamp>,
}

/// Gives a ticket that nobody has to somebody on duty, if the rule of the department that has it says so. `lane` is whose step it
/// waits at: only a department's lane or the agents' own is anybody's to give by itself.
pub(crate) async fn choose(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    ticket: &mut Ticket,
    lane: (Option<Role>, Option<DepartmentId>),
) -> AppResult<Option<Chosen>> {
    // Whoever gives a 紧急 matter calls the person who gets it: nobody gets one by itself.
    if ticket.priority == Priority::Urgent {
        return Ok(None);
    }
    let directory = app.directory();
    let named = ticket.assignee.and_then(|person| directory.people.get(&person)).is_some_and(|person| person.active);
    let (true, Some(department)) = (!named && anybodys(lane), ticket.department) else {
        return Ok(None);
    };
    let rule = setup::rule(tx, department).await?;
    if rule.version == 0 {
        return Ok(None);
    }
    let there = on_duty(app, tx, department, ctx.now).await?;
    if !there.is_empty() {
        return among(app, tx, ctx, ticket, &rule, rule.assigning, &there).await;
    }
    match rule.after_hours {
        AfterHours::Department(other) if lane.1.is_some() => {
            let there = on_duty(app, tx, other, ctx.now).await?;
            let theirs = setup::rule(tx, other).await?;
            let assigning =
                if theirs.assigning == Assigning::Manual { Assigning::LeastLoaded } else { theirs.assigning };
            if let Some(mut chosen) = among(app, tx, ctx, ticket, &theirs, assigning, &there).await? {
                (chosen.after_hours, chosen.department) = (Some("department"), Some(other));
                move_to(tx, ticket, department, other).await?;
                return Ok(Some(chosen));
            }
        }
        AfterHours::Head => {
            let mut heads = Vec::new();
            for person in directory.members(department).filter(|p| p.roles.has(Role::Head) || p.roles.leads_desk()) {
                let at = presence(app, tx, person.id, ctx.now).await?;
                if !matches!(at, yingda_core::duty::Presence::OnLeave { .. }) {
                    heads.push(person.id);
                }
            }
            if let Some(mut chosen) = among(app, tx, ctx, ticket, &rule, Assigning::LeastLoaded, &heads).await? {
                chosen.after_hours = Some("head");
                return Ok(Some(chosen));
            }
        }
        AfterHours::Department(_) | AfterHours::Wait => {}
    }
    wait(app, tx, ctx, &rule).await
}

fn anybodys((role, department): (Option<Role>, Option<DepartmentId>)) -> bool {
    department.is_some() || matches!(role, None | Some(Role::Agent))
}

/// Picks one of those who are there.
async fn among(
    app: &App,
    tx: &mut Tx,
    ctx: &Context,
    ticket: &mut Ticket,
    rule: &DutyRule,
    assigning: Assigning,
    there: &[PersonId],
) -> AppResult<Option<Chosen>> {
    let directory = app.directory();
    let works = |person: &PersonId| {
        directory.people.get(person).is_some_and(|p| p.roles.has(Role::Member) || p.roles.has(Role::Agent))
    };
    // Heads and leads get what nobody else is there for.
    let mut workers: Vec<PersonId> = there.iter().copied().filter(works).collect();
    if workers.is_empty() {
        workers.extend_from_slice(there);
    }
    let loads = turns::loads(tx, &workers).await?;
    let skills = setup::skills(tx, &workers).await?;
    let today = app.today(ctx.now);
    let candidates: Vec<Candidate> = workers
        .into_iter()
        .map(|person| Candidate {
            person,
            load: loads.iter().find(|(who, _)| *who == person).map_or(0, |(_, load)| *load),
            skilled: skills.iter().any(|s| s.person == person && s.word == ticket.kind && s.counts_on(today)),
        })
        .collect();
    let Some((to, why)) = pick(assigning, rule.last, &candidates) else { return Ok(None) };
    if why == Why::Turn {
        setup::remember_last(tx, rule.department, to).await?;
    }
    ticket.assignee = Some(to);
    let considered = candidates
        .into_iter()
        .map(|Candidate { person, load, skilled }| Considered { person, load, skilled })
        .collect();
    Ok(Some(Chosen {
        to: Some(to),
        rule: assigning,
        why: Some(why),
        considered,
        after_hours: None,
        department: None,
        opens: None,
    }))
}

/// The work that waits in a department waits in another from now on.
async fn move_to(tx: &mut Tx, ticket: &mut Ticket, from: DepartmentId, to: DepartmentId) -> AppResult<()> {
    ticket.department = Some(to);
    for mut item in tickets::work(tx, ticket.id).await? {
        if item.kind == "person" && item.department == Some(from) {
            item.department = Some(to);
            tickets::update_work(tx, &item).await?;
        }
    }
    Ok(tickets::involve(tx, ticket.id, to, Involvement::Working).await?)
}

/// It stays in the department; at opening time it is looked at again.
async fn wait(app: &App, tx: &mut Tx, ctx: &Context, rule: &DutyRule) -> AppResult<Option<Chosen>> {
    if rule.assigning == Assigning::Manual {
        return Ok(None);
    }
    let opens = opens(app, tx, rule.department, ctx.now).await?;
    if let Some(at) = opens {
        let payload = serde_json::to_string(&Opening { department: rule.department })
            .map_err(|e| AppError::House(format!("a job's payload: {e}")))?;
        let key = format!("{OPENING} {} {}", rule.department, at.as_microsecond());
        jobs::add(tx, ctx.id(JobId), OPENING, &key, &payload, at).await?;
    }
    Ok(Some(Chosen {
        to: None,
        rule: rule.assigning,
        why: None,
        considered: Vec::new(),
        after_hours: Some("wait"),
        department: None,
        opens,
    }))
}

#[derive(Serialize, Deserialize)]
struct Opening {
    department: DepartmentId,
}

/// Adds the line of history that says why, and tells whoever was given the ticket.
pub(crate) async fn tell(app: &App, tx: &mut Tx, ctx: &Context, ticket: &Ticket, chosen: &[Chosen]) -> AppResult<()> {
    for one in chosen {
        let kind = if one.to.is_some() { "auto-assigned" } else { "waits-for-duty" };
        apply::record(tx, ctx, None, ticket.id, kind, one).await?;
        if one.to.is_some() && one.to == ticket.assignee {
            let raise = Raise {
                key: format!("assignment:{}:{}", ticket.id, ticket.version),
                kind: Kind::Assignment,
                ticket,
                clock: None,
                trigger: String::new(),
                label: String::new(),
                to: vec![Recipient::Handler],
                also: Vec::new(),
                urgency: Urgency::Normal,
                proposal: None,
                by: None,
            };
            notices::raise(app, tx, ctx, raise).await?;
        }
    }
    Ok(())
}

/// Gives out what waits in a department, now that somebody may be there.
pub(crate) async fn hand_out(app: &App, tx: &mut Tx, ctx: &Context, department: DepartmentId) -> AppResult<()> {
    let rule = setup::rule(tx, department).await?;
    if rule.version == 0 || rule.assigning == Assigning::Manual {
        return Ok(());
    }
    let mut waiting = handovers::waiting(tx, department, TicketId(0), BATCH).await?;
    if waiting.is_empty() {
        return Ok(());
    }
    if on_duty(app, tx, department, ctx.now).await?.is_empty() {
        // The roster has changed since the job was made: looked at again when somebody is there.
        return wait(app, tx, ctx, &rule).await.map(drop);
    }
    while let Some(last) = waiting.last().copied() {
        for id in waiting {
            let Some(mut ticket) = tickets::get(tx, id).await? else { continue };
            let work = tickets::work(tx, id).await?;
            let lane = |item: &&WorkItem| item.kind == "person" && anybodys((item.role, item.department));
            let Some(item) = work.iter().find(lane) else { continue };
            if let Some(chosen) = choose(app, tx, ctx, &mut ticket, (item.role, item.department)).await? {
                ticket.updated = ctx.now;
                apply::save(tx, &mut ticket).await?;
                tell(app, tx, ctx, &ticket, &[chosen]).await?;
            }
        }
        waiting = handovers::waiting(tx, department, last, BATCH).await?;
    }
    Ok(())
}

impl App {
    /// The job of opening time.
    pub(crate) async fn run_opening(&self, ctx: &Context, payload: &str) -> AppResult<()> {
        let Opening { department } =
            serde_json::from_str(payload).map_err(|e| AppError::House(format!("a job's payload: {e}")))?;
        let (app, ctx) = (self.clone(), ctx.clone());
        self.store().write(move |tx| Box::pin(async move { hand_out(&app, tx, &ctx, department).await })).await
    }

    /// Whether somebody can be rostered in a department: for choosing whom to ask.
    #[must_use]
    pub fn can_be_rostered(&self, department: DepartmentId) -> Vec<PersonId> {
        staff(&self.directory(), department)
    }
}
