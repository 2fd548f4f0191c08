//! Which tickets the demonstration has: three months of ordinary ones by the dice, and show-pieces for every state.

use jiff::{SignedDuration, Timestamp};

use super::calendar::Days;
use super::callers::Callers;
use super::course::{Course, Extra, Halt, Mood, Pace};
use super::dice::Dice;
use super::matter::{Body, Matter};

/// How far back the first ticket lies, in days.
pub const DAYS_BACK: i64 = 91;

/// A ticket to be played.
#[derive(Debug, Clone)]
pub struct Plan {
    /// What it is about.
    pub matter: Matter,
    /// How it goes.
    pub course: Course,
    /// Dice for its waits.
    pub dice: Dice,
}

/// About `count` tickets, in the order in which they come in; never fewer than the show-pieces.
#[must_use]
pub fn plans(dice: &Dice, count: usize, now: Timestamp, days: &Days) -> Vec<Plan> {
    let callers = Callers::new(dice.apart(1));
    let mut plans = show_pieces(&callers, &dice.apart(2), now);
    let ordinary = count.saturating_sub(plans.len());
    for n in 0..ordinary {
        plans.push(one(&callers, dice.apart(100 + n as u64), now, days));
    }
    plans.sort_by_key(|plan| plan.course.accepted);
    plans
}

fn one(callers: &Callers, mut dice: Dice, now: Timestamp, days: &Days) -> Plan {
    let place = dice.weighted(&[29, 43, 28]);
    let accepted = accepted(&mut dice, now, days, place == 1);
    let matter = match place {
        0 => Matter::property(callers, &mut dice),
        1 => Matter::water(callers, &mut dice),
        _ => Matter::enterprise(callers, &mut dice),
    };
    let mut course = Course::plain(accepted);
    course.priority = ["紧急", "高", "中", "低"][dice.weighted(&urgency(&matter.body))];
    course.pace = [Pace::Quick, Pace::Usual, Pace::Slow][dice.weighted(&[15, 73, 12])];
    course.at_once = dice.chance(if place == 1 { 45 } else { 40 });
    course.valid = dice.chance(88);
    course.mood = [Mood::Content, Mood::OnceMore, Mood::BadRating][dice.weighted(&[90, 7, 3])];
    course.rating = rating(place, &mut dice);
    course.on_site = matches!(matter.body, Body::Enterprise(t) if t.kind == "技术故障类") && dice.chance(35);
    course.complex = dice.chance(15);
    course.cross = dice.chance(12);
    course.missed_call = dice.chance(12);
    course.countersigned = dice.chance(75);
    course.escalated = dice.chance(40);
    course.extras = extras(&mut dice);
    let age = now.duration_since(accepted).as_hours();
    if (age > 24 * 9 && dice.chance(2)) || (age < 24 * 6 && dice.chance(22)) {
        course.halt = Some(halt(&matter.body, &mut dice));
    }
    Plan { matter, course, dice }
}

fn urgency(body: &Body) -> [i64; 4] {
    match body {
        Body::Leak(_) => [18, 42, 36, 4],
        Body::Enterprise(topic) if topic.kind == "技术故障类" => [20, 38, 36, 6],
        Body::Enterprise(_) => [4, 26, 52, 18],
        Body::Property(_) | Body::Hotline(_) | Body::Result => [1, 12, 70, 17],
    }
}

fn rating(place: usize, dice: &mut Dice) -> &'static str {
    if place == 2 {
        ["非常满意", "满意", "一般"][dice.weighted(&[30, 55, 15])]
    } else {
        ["满意", "一般", "不满意", ""][dice.weighted(&[68, 9, 3, 20])]
    }
}

fn extras(dice: &mut Dice) -> Vec<(u32, Extra)> {
    let mut extras = Vec::new();
    for (extra, percent) in [
        (Extra::Note, 24),
        (Extra::Urge, 9),
        (Extra::Tell, 7),
        (Extra::TellLater, 3),
        (Extra::Transfer, 5),
        (Extra::Sheet, 3),
    ] {
        if dice.chance(percent) {
            extras.push((u32::try_from(dice.between(1, 4)).unwrap_or(1), extra));
        }
    }
    extras
}

/// Where a ticket of this kind may be left lying.
fn halt(body: &Body, dice: &mut Dice) -> Halt {
    let places: &[Halt] = match body {
        Body::Property(_) => &[
            Halt::SheetSent,
            Halt::SheetReceived,
            Halt::SheetAnswered,
            Halt::Step("reply", 1),
            Halt::Step("confirm", 1),
            Halt::Step("inquire", 1),
        ],
        // Nobody lets a burst main lie for days; what is left lying is the repair's end and the paperwork.
        Body::Leak(_) => &[
            Halt::Step("finish_office", 1),
            Halt::Step("finish_engineering", 1),
            Halt::Step("reply", 1),
            Halt::Step("event_record", 1),
        ],
        Body::Hotline(_) | Body::Result => {
            &[Halt::Step("handle", 1), Halt::Step("reply", 1), Halt::Step("event_record", 1)]
        }
        Body::Enterprise(_) => &[
            Halt::Step("assign", 1),
            Halt::Step("respond", 1),
            Halt::Step("handle", 1),
            Halt::Step("handle", 1),
            Halt::Step("confirm", 1),
            Halt::Step("rate", 1),
            Halt::Step("close", 1),
        ],
    };
    places[dice.index(places.len())]
}

/// When a call comes in: on working days and in working hours mostly, the hotline's at any hour.
fn accepted(dice: &mut Dice, now: Timestamp, days: &Days, hotline: bool) -> Timestamp {
    const BY_HOUR: [i64; 24] = [0, 0, 0, 0, 0, 0, 0, 1, 4, 14, 17, 11, 2, 4, 13, 15, 11, 6, 2, 1, 1, 1, 0, 0];
    const BY_HOUR_HOTLINE: [i64; 24] = [1, 1, 1, 1, 1, 1, 2, 4, 9, 13, 13, 10, 6, 6, 9, 10, 9, 8, 7, 6, 5, 3, 2, 1];
    let hours = if hotline { &BY_HOUR_HOTLINE } else { &BY_HOUR };
    // A few more of the last days, so that today's desk is not empty.
    let back = if dice.chance(13) { dice.between(0, 5) } else { dice.between(1, DAYS_BACK - 1) };
    let mut day = now - SignedDuration::from_hours(24 * back);
    for _ in 0..12 {
        if days.working_day(day) || dice.chance(if hotline { 45 } else { 8 }) {
            break;
        }
        day -= SignedDuration::from_hours(24);
    }
    let hour = i64::try_from(dice.weighted(hours)).unwrap_or(9);
    let minutes = hour * 60 + dice.between(0, 59);
    let zoned = day.to_zoned(days.zone().clone());
    let midnight = zoned.start_of_day().map_or(day, |start| start.timestamp());
    let at = midnight + SignedDuration::from_secs(minutes * 60 + dice.between(0, 59));
    if at < now - SignedDuration::from_mins(4) { at } else { at - SignedDuration::from_hours(24) }
}

/// One ticket for each thing that somebody who looks around should find, whatever the seed.
fn show_pieces(callers: &Callers, dice: &Dice, now: Timestamp) -> Vec<Plan> {
    let mut plans = Vec::new();
    let mut piece = |kind: Kind, hours: i64, with: &dyn Fn(&mut Course)| {
        let mut dice = dice.apart(plans.len() as u64);
        let matter = match kind {
            Kind::Property => Matter::property(callers, &mut dice),
            Kind::Leak(pipe) => Matter::leak(callers, &mut dice, pipe),
            Kind::Complaint => Matter::complaint(callers, &mut dice),
            Kind::Enterprise => Matter::enterprise(callers, &mut dice),
        };
        let mut course = Course::plain(now - SignedDuration::from_mins(hours * 60 + dice.between(0, 40)));
        course.pace = Pace::Quick;
        with(&mut course);
        plans.push(Plan { matter, course, dice });
    };
    let old = 24 * 13;
    piece(Kind::Property, 2, &|c| c.halt = Some(Halt::Step("inquire", 1)));
    piece(Kind::Property, 5, &|c| c.halt = Some(Halt::SheetSent));
    piece(Kind::Property, old, &|c| c.halt = Some(Halt::SheetReceived));
    piece(Kind::Property, old, &|c| {
        c.halt = Some(Halt::SheetAnswered);
        c.countersigned = false;
    });
    piece(Kind::Property, old, &|c| c.halt = Some(Halt::Step("reply", 1)));
    piece(Kind::Property, old, &|c| c.halt = Some(Halt::Step("confirm", 1)));
    piece(Kind::Property, old, &|c| c.mood = Mood::OnceMore);
    piece(Kind::Leak("150"), 1, &|c| {
        c.priority = "高";
        c.halt = Some(Halt::Step("repair_office", 1));
    });
    piece(Kind::Leak("300"), 6, &|c| {
        c.priority = "紧急";
        c.halt = Some(Halt::Step("repair_engineering", 1));
    });
    piece(Kind::Leak("200"), 20, &|c| c.halt = Some(Halt::Step("finish_engineering", 1)));
    piece(Kind::Leak("50"), old, &|c| c.rating = "不满意");
    piece(Kind::Complaint, old, &|c| c.halt = Some(Halt::Step("handle", 1)));
    piece(Kind::Complaint, old, &|c| c.extras = vec![(4, Extra::Transfer)]);
    piece(Kind::Complaint, old, &|c| c.halt = Some(Halt::Step("event_record", 1)));
    piece(Kind::Enterprise, 1, &|c| c.halt = Some(Halt::Step("assign", 1)));
    piece(Kind::Enterprise, 3, &|c| {
        c.priority = "紧急";
        c.halt = Some(Halt::Step("notify", 1));
    });
    piece(Kind::Enterprise, 30, &|c| {
        c.priority = "高";
        c.halt = Some(Halt::Step("respond", 1));
        c.extras = vec![(1, Extra::TellLater), (1, Extra::Urge)];
    });
    piece(Kind::Enterprise, old, &|c| {
        c.on_site = true;
        c.halt = Some(Halt::Step("appoint", 1));
    });
    piece(Kind::Enterprise, old, &|c| {
        c.extras = vec![(2, Extra::Note), (3, Extra::Sheet)];
        c.halt = Some(Halt::Step("handle", 1));
    });
    piece(Kind::Enterprise, old, &|c| {
        c.cross = true;
        c.halt = Some(Halt::Step("confirm", 1));
        c.extras = vec![(3, Extra::TellLater)];
    });
    piece(Kind::Enterprise, old, &|c| c.halt = Some(Halt::Step("rate", 1)));
    piece(Kind::Enterprise, old, &|c| c.halt = Some(Halt::Step("close", 1)));
    piece(Kind::Enterprise, old, &|c| {
        c.mood = Mood::OnceMore;
        c.halt = Some(Halt::Step("handle", 2));
    });
    piece(Kind::Enterprise, old, &|c| {
        c.mood = Mood::OnceMore;
        c.escalated = true;
        c.halt = Some(Halt::Step("coordinate", 1));
    });
    piece(Kind::Enterprise, 24 * 30, &|c| c.mood = Mood::BadRating);
    piece(Kind::Enterprise, 24 * 40, &|c| c.rating = "非常满意");
    plans
}

#[derive(Clone, Copy)]
enum Kind {
    Property,
    Leak(&'static str),
    Complaint,
    Enterprise,
}
