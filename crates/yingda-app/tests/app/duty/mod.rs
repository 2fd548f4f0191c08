//! Duty: rosters, leave, swaps, signing in, work that comes to those on duty, and hand-overs.

mod handover;
mod requests;
mod roster;
mod signing;
mod work;

use jiff::civil::Date;
use yingda_app::duty::planning::Place;
use yingda_app::duty::setup::{RuleText, ShiftText};
use yingda_core::{Actor, DepartmentId, PersonId, ShiftId, TurnId};
use yingda_testkit::Desk;

use crate::cast::{head, member};

/// 售后部: its head and three who work there.
pub struct Crew {
    pub chief: Actor,
    pub one: Actor,
    pub two: Actor,
    pub three: Actor,
}

pub async fn crew(desk: &Desk) -> Crew {
    Crew {
        chief: head(desk, "刘洋", "after_sales").await,
        one: member(desk, "张伟", "after_sales").await,
        two: member(desk, "孙丽", "after_sales").await,
        three: member(desk, "何平", "after_sales").await,
    }
}

impl Crew {
    pub fn department(&self) -> DepartmentId {
        self.chief.department
    }
}

pub fn day(day: i8) -> Date {
    jiff::civil::date(2026, 11, day)
}

pub fn shift_text(code: &str, from: &str, to: &str) -> ShiftText {
    ShiftText {
        code: code.to_owned(),
        name: code.to_owned(),
        from: from.to_owned(),
        to: to.to_owned(),
        least: "1".to_owned(),
        active: true,
        ..ShiftText::default()
    }
}

pub async fn shift(desk: &Desk, crew: &Crew, text: ShiftText) -> ShiftId {
    desk.add_shift(&desk.ctx(), &crew.chief, crew.department(), text).await.unwrap()
}

pub async fn put(desk: &Desk, crew: &Crew, shift: ShiftId, on: i8, person: &Actor) -> TurnId {
    let place = Place { shift, day: day(on), person: person.person };
    desk.plan_turn(&desk.ctx(), &crew.chief, place).await.unwrap()
}

pub async fn publish(desk: &Desk, crew: &Crew) -> usize {
    desk.publish_roster(&desk.ctx(), &crew.chief, crew.department(), day(1)).await.unwrap()
}

pub async fn rule(desk: &Desk, crew: &Crew, text: RuleText) {
    let seen = desk.duty_setup(&crew.chief, crew.department()).await.unwrap().rule.version;
    desk.set_duty_rule(&desk.ctx(), &crew.chief, crew.department(), text, seen).await.unwrap();
}

pub fn assigning(word: &str) -> RuleText {
    RuleText { assigning: word.to_owned(), after_hours: "wait".to_owned(), ..RuleText::default() }
}

pub async fn version_of(desk: &Desk, crew: &Crew, turn: TurnId) -> i64 {
    let roster = desk.roster(&crew.chief, crew.department(), day(1)).await.unwrap();
    roster.turns.iter().find(|one| one.id == turn).unwrap().version
}

/// The day shift with two on it from the 2nd to the 3rd, and a night shift; published.
pub async fn published(desk: &Desk, crew: &Crew) -> (ShiftId, ShiftId) {
    let days = shift(desk, crew, shift_text("day", "08:00", "22:00")).await;
    let nights = shift(desk, crew, ShiftText { night: true, ..shift_text("night", "22:00", "8:00") }).await;
    put(desk, crew, days, 2, &crew.one).await;
    put(desk, crew, days, 3, &crew.two).await;
    put(desk, crew, nights, 2, &crew.three).await;
    assert_eq!(publish(desk, crew).await, 3);
    (days, nights)
}

pub async fn on_duty(desk: &Desk, crew: &Crew) -> Vec<PersonId> {
    let now = desk.duty_now(&desk.ctx(), &crew.chief, crew.department()).await.unwrap();
    now.people.into_iter().map(|one| one.person).collect()
}
