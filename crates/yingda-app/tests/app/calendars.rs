//! Calendars: the office's is always there, each is read before it is kept, nobody overwrites what they have not seen.

use jiff::civil::{Weekday, date};
use yingda_app::calendars::change::{CalendarChange, CalendarText, DayChange};
use yingda_app::calendars::{ALWAYS, Amount, CalendarFile, OFFICE, Reason, StatutoryYear};
use yingda_core::{Actor, Refusal, Role};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

use crate::cast::{agent, assigned, at, faults, head, refusal, supervisor};

fn file(json: &str) -> CalendarFile {
    serde_json::from_str(json).unwrap()
}

/// 08:00–22:00 on every day, in Shanghai.
fn duty() -> CalendarText {
    let day = r#"[["08:00","22:00"]]"#;
    let days: Vec<String> =
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].iter().map(|name| format!("\"{name}\":{day}")).collect();
    let json = format!(r#"{{"time_zone":"Asia/Shanghai","hours":{{{}}}}}"#, days.join(","));
    CalendarText { name: "值班".to_owned(), file: file(&json) }
}

/// The office's calendar with something else about it.
fn office(desk: &Desk, change: impl FnOnce(&mut CalendarFile)) -> CalendarText {
    let mut file = desk.calendar(OFFICE).file().clone();
    change(&mut file);
    CalendarText { name: "办公时间".to_owned(), file }
}

/// What is wrong with the office's calendar after a change.
async fn wrong(desk: &Desk, lead: &Actor, change: impl FnOnce(&mut CalendarFile)) -> Vec<String> {
    let text = office(desk, change);
    let kept = desk.save_calendar(&desk.ctx(), lead, OFFICE, text.clone(), 0, "试").await;
    let shown = desk.propose_calendar(&desk.ctx(), lead, OFFICE, CalendarChange::Whole(text)).await;
    let kept = faults(kept);
    assert_eq!(kept, faults(shown), "shown and kept by one rule");
    kept
}

fn pairs(text: &str) -> Vec<[String; 2]> {
    text.split_whitespace()
        .map(|piece| {
            let (from, to) = piece.split_once('-').unwrap();
            [from.to_owned(), to.to_owned()]
        })
        .collect()
}

#[test]
fn the_office_and_around_the_clock_are_always_there() {
    on_both(async |desk| {
        let codes: Vec<String> = desk.calendar_names().into_iter().map(|(code, _)| code).collect();
        assert_eq!(codes, [OFFICE, ALWAYS]);
        // 2026-02-14 is a make-up workday, 2026-02-16 within the holidays.
        let office = desk.calendar(OFFICE);
        assert!(matches!(office.day(date(2026, 2, 14)).reason, Reason::MakeUp { festival: Some(_) }));
        assert!(office.day(date(2026, 2, 16)).shifts.is_empty());
        assert_eq!(desk.calendar("no such"), office, "whoever names none that is there goes by the office's");
        let lead = supervisor(&desk).await;
        let always = CalendarText { name: "全天".to_owned(), file: desk.calendar(ALWAYS).file().clone() };
        let refused = desk.save_calendar(&desk.ctx(), &lead, ALWAYS, always, 0, "试").await;
        assert_eq!(refusal(refused), Refusal::NotAllowed);
        let gone = desk.remove_calendar(&desk.ctx(), &lead, OFFICE, 0, "试").await;
        assert_eq!(refusal(gone), Refusal::NotAllowed);
    });
}

#[test]
fn a_change_is_seen_at_once_and_by_others_once_they_look() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        let other = desk.another().await;
        let text = office(&desk, |file| file.workday_hours = Some(pairs("10:00-15:00")));
        assert_eq!(desk.save_calendar(&desk.ctx(), &lead, OFFICE, text.clone(), 0, "春节安排").await.unwrap(), 1);
        let saturday = date(2026, 2, 14);
        assert_eq!(desk.calendar(OFFICE).day(saturday).shifts.len(), 1);
        assert_eq!(other.calendar(OFFICE).day(saturday).shifts.len(), 2, "it has not looked");
        other.refresh_calendars().await.unwrap();
        assert_eq!(other.calendar(OFFICE).day(saturday).shifts.len(), 1);
        assert_eq!(desk.another().await.calendar(OFFICE).day(saturday).shifts.len(), 1);

        // The history holds what was shipped, who changed it, and why.
        let shown = desk.calendar_view(&desk.ctx(), &lead, OFFICE, None).await.unwrap();
        let told: Vec<_> = shown.versions.iter().map(|v| (v.calendar.version, v.reason.as_str())).collect();
        assert_eq!(told, [(1, "春节安排"), (0, "")]);
        assert_eq!(shown.versions[0].calendar.updated_by, Some(lead.person));
        assert_eq!(shown.versions[1].calendar.updated_by, None);

        // The same once more is the same; another on top of what it has not seen is refused.
        assert_eq!(desk.save_calendar(&desk.ctx(), &lead, OFFICE, text, 0, "春节安排").await.unwrap(), 1);
        let late = office(&desk, |file| file.workday_hours = Some(pairs("09:00-10:00")));
        let late = other.save_calendar(&desk.ctx(), &lead, OFFICE, late, 0, "晚了").await;
        assert_eq!(refusal(late), Refusal::Stale { current: 1 });
        assert_eq!(desk.calendar(OFFICE).day(saturday).shifts[0].minutes(), 300);
        assert_eq!(desk.run_jobs().await, 1, "what runs is computed afresh, once");
    });
}

#[test]
fn every_fault_is_told_by_its_field() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        let lead = &lead;
        let week = |day: &str, hours: &str| {
            let json = format!(r#"{{"time_zone":"Asia/Shanghai","hours":{{"{day}":{hours}}}}}"#);
            move |file: &mut CalendarFile| *file = serde_json::from_str(&json).unwrap()
        };
        let overlap = week("mon", r#"[["09:00","12:00"],["11:00","18:00"]]"#);
        assert_eq!(wrong(&desk, lead, overlap).await, ["hours.mon: calendar-overlap"]);
        let empty = week("tue", r#"[["09:00","09:00"]]"#);
        assert_eq!(wrong(&desk, lead, empty).await, ["hours.tue: calendar-empty"]);
        let late = week("wed", r#"[["09:00","25:00"]]"#);
        assert_eq!(wrong(&desk, lead, late).await, ["hours.wed: calendar-time"]);
        assert_eq!(wrong(&desk, lead, week("mon", "[]")).await, ["hours: calendar-no-work"]);
        assert_eq!(wrong(&desk, lead, |f| f.time_zone = "Mars/Olympus".into()).await, ["time_zone: calendar-zone"]);
        assert_eq!(wrong(&desk, lead, |f| f.holidays.push("2026-02-30".into())).await, ["holidays: calendar-date"]);
        assert_eq!(wrong(&desk, lead, |f| f.workdays.push("tomorrow".into())).await, ["workdays: calendar-date"]);
        assert_eq!(wrong(&desk, lead, |f| f.statutory = Some("fr".into())).await, ["statutory: calendar-statutory"]);
        let alone = |f: &mut CalendarFile| {
            f.statutory = None;
            f.statutory_years = vec![2027];
        };
        assert_eq!(wrong(&desk, lead, alone).await, ["statutory_years: calendar-years-alone"]);
        let short = |f: &mut CalendarFile| drop(f.overrides.insert("2026-12-24".into(), pairs("12:00-09:99")));
        assert_eq!(wrong(&desk, lead, short).await, ["overrides.2026-12-24: calendar-time"]);
        // All at once, with the name.
        let text = office(&desk, |f| f.time_zone = String::new());
        let nameless = CalendarText { name: "名".repeat(41), ..text };
        let refused = faults(desk.save_calendar(&desk.ctx(), lead, OFFICE, nameless, 0, "试").await);
        assert_eq!(refused, ["name: too-long", "time_zone: calendar-zone"]);
        let text = office(&desk, |f| f.holidays.push("2026-12-24".into()));
        let without = desk.save_calendar(&desk.ctx(), lead, OFFICE, text, 0, "  ").await;
        assert_eq!(faults(without), ["reason: missing"]);
        assert_eq!(desk.calendar_view(&desk.ctx(), lead, OFFICE, None).await.unwrap().calendar.version, 0);
    });
}

#[test]
fn a_date_is_set_and_given_back() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        let set = async |day, change| desk.set_day(&desk.ctx(), &lead, OFFICE, day, change, "安排").await;
        let (monday, sunday, holiday) = (date(2026, 11, 30), date(2026, 11, 29), date(2026, 10, 1));
        let shifts = |day| desk.calendar(OFFICE).day(day).shifts;
        assert_eq!(set(monday, DayChange::Free).await.unwrap(), 1);
        assert!(shifts(monday).is_empty());
        assert_eq!(set(sunday, DayChange::WorkAs(Weekday::Friday)).await.unwrap(), 2);
        assert_eq!(shifts(sunday).len(), 2);
        set(holiday, DayChange::Hours(pairs("09:00-12:00"))).await.unwrap();
        assert_eq!(shifts(holiday)[0].minutes(), 180, "above the statutory day");
        for day in [monday, sunday, holiday] {
            set(day, DayChange::ByRule).await.unwrap();
        }
        assert_eq!(shifts(monday).len(), 2);
        assert!(shifts(sunday).is_empty() && shifts(holiday).is_empty());
        assert!(desk.calendar(OFFICE).file().overrides.is_empty());

        assert_eq!(faults(set(sunday, DayChange::WorkAs(Weekday::Sunday)).await), ["weekday: calendar-free-weekday"]);
        assert_eq!(faults(set(sunday, DayChange::Hours(vec![])).await), ["hours: missing"]);
        let overlap = DayChange::Hours(pairs("09:00-12:00 11:00-13:00"));
        assert_eq!(faults(set(sunday, overlap).await), ["overrides.2026-11-29: calendar-overlap"]);

        // Several in a row: shown first, then kept.
        let week = |from, to| CalendarChange::Days { from, to, change: DayChange::Free };
        let (from, to) = (date(2027, 2, 1), date(2027, 2, 5));
        let shown = desk.propose_calendar(&desk.ctx(), &lead, OFFICE, week(from, to)).await.unwrap();
        let days: Vec<String> = shown.days.iter().map(|day| day.before.date.to_string()).collect();
        assert_eq!(days, ["2027-02-01", "2027-02-02", "2027-02-03", "2027-02-04", "2027-02-05"]);
        assert_eq!(shifts(from).len(), 2, "only shown");
        let seen = shown.before.version;
        desk.change_calendar(&desk.ctx(), &lead, OFFICE, week(from, to), seen, "春节").await.unwrap();
        assert!(shifts(from).is_empty() && shifts(to).is_empty());
        let backwards = desk.propose_calendar(&desk.ctx(), &lead, OFFICE, week(to, from)).await;
        assert_eq!(faults(backwards), ["until: calendar-until"]);
        let years = desk.propose_calendar(&desk.ctx(), &lead, OFFICE, week(from, date(2030, 1, 1))).await;
        assert_eq!(faults(years), ["until: calendar-too-many-days"]);
        desk.run_jobs().await;
    });
}

#[test]
fn a_year_without_a_table_says_so_until_it_has_one() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        // It is November: the next year's table ought to be there.
        desk.clock.set_to(at("02 09:00"));
        let line = desk.calendars(&desk.ctx(), &lead).await.unwrap().remove(0);
        assert_eq!((line.tables.known, line.tables.missing), (vec![(2018, 2026)], vec![2027]));
        let shown = desk.calendar_view(&desk.ctx(), &lead, OFFICE, Some(2027)).await.unwrap();
        assert!(shown.without_table && shown.days.len() == 365);
        let json = r#"{"year": 2027, "papers": [], "days": [
            {"name": "元旦", "date": "2027-01-01", "isOffDay": true}, {"name": "元旦", "date": "2027-01-09", "isOffDay": false}]}"#;
        let table = StatutoryYear::from_json(json).unwrap();
        let change = CalendarChange::Tables(vec![table.clone()]);
        let proposal = desk.propose_calendar(&desk.ctx(), &lead, OFFICE, change.clone()).await.unwrap();
        assert_eq!(proposal.days.len(), 2);
        desk.change_calendar(&desk.ctx(), &lead, OFFICE, change, 0, "国办发明电").await.unwrap();
        let shown = desk.calendar_view(&desk.ctx(), &lead, OFFICE, Some(2027)).await.unwrap();
        assert!(!shown.without_table && shown.tables.missing.is_empty());
        assert_eq!(shown.tables.known, [(2018, 2027)]);
        assert!(matches!(shown.days[0].reason, Reason::Holiday { festival: Some(_) }));
        assert_eq!(desk.statutory_table(&desk.ctx(), &lead, OFFICE, 2027).await.unwrap(), table);
        assert_eq!(desk.statutory_table(&desk.ctx(), &lead, OFFICE, 2026).await.unwrap().days().len(), 39);
        let unknown = desk.statutory_table(&desk.ctx(), &lead, OFFICE, 2028).await;
        assert_eq!(refusal(unknown), Refusal::NotFound);
        // Around the clock follows none, and misses none.
        let always = desk.calendar_view(&desk.ctx(), &lead, ALWAYS, Some(2027)).await.unwrap();
        assert!(!always.without_table && !always.editable);
        desk.run_jobs().await;
    });
}

#[test]
fn a_calendar_is_added_named_once_and_removed_when_nothing_goes_by_it() {
    on_both(async |desk| {
        let lead = supervisor(&desk).await;
        let agent = agent(&desk).await;
        let ctx = desk.ctx();
        desk.add_calendar(&ctx, &lead, "duty", duty(), "").await.unwrap();
        desk.add_calendar(&ctx, &lead, "duty", duty(), "").await.expect("sent twice");
        assert_eq!(desk.calendar_names().len(), 3);
        assert_eq!(desk.calendar("duty").day(date(2026, 10, 1)).shifts[0].minutes(), 14 * 60);
        let other = CalendarText { name: "别的".to_owned(), ..duty() };
        let again = desk.add_calendar(&ctx, &lead, "duty", other.clone(), "").await;
        assert_eq!(refusal(again), Refusal::Taken { field: "calendar-code".to_owned() });
        let same_name = desk.add_calendar(&ctx, &lead, "night", duty(), "").await;
        assert_eq!(refusal(same_name), Refusal::Taken { field: "name".to_owned() });
        for (code, fault) in [("", "missing"), ("Duty 2", "bad-code-word"), ("new", "bad-code-word")] {
            let refused = desk.add_calendar(&ctx, &lead, code, other.clone(), "").await;
            assert_eq!(faults(refused), [format!("code: {fault}")]);
        }
        let refused = desk.add_calendar(&ctx, &agent, "night", other.clone(), "").await;
        assert_eq!(refusal(refused), Refusal::NotAllowed);

        // As long as a process goes by it, it stays.
        let early = desk.remove_calendar(&ctx, &lead, "duty", 7, "合并").await;
        assert_eq!(refusal(early), Refusal::Stale { current: 1 });
        desk.remove_calendar(&ctx, &lead, "duty", 1, "合并").await.unwrap();
        assert_eq!(desk.calendar("duty"), desk.calendar(OFFICE));
        let view = desk.calendar_view(&ctx, &lead, "duty", None).await;
        assert_eq!(refusal(view), Refusal::NotFound);
        // A new one of the same code does not begin at the first version again.
        desk.add_calendar(&ctx, &lead, "duty", duty(), "又要了").await.unwrap();
        let shown = desk.calendar_view(&ctx, &lead, "duty", None).await.unwrap();
        assert_eq!(shown.calendar.version, 3);
        let told: Vec<_> = shown.versions.iter().map(|v| (v.calendar.version, v.removed)).collect();
        assert_eq!(told, [(3, false), (2, true), (1, false)]);
        desk.run_jobs().await;
    });
}

#[test]
fn the_desk_looks_and_its_leads_change() {
    on_both(async |desk| {
        let agent = agent(&desk).await;
        let head = head(&desk, "赵部长", "project").await;
        let admin = desk.person("管理员", "service-center", [Role::Administrator]).await;
        assert_eq!(desk.calendars(&desk.ctx(), &agent).await.unwrap().len(), 2);
        let shown = desk.calendar_view(&desk.ctx(), &agent, OFFICE, None).await.unwrap();
        assert!(!shown.editable);
        assert_eq!(refusal(desk.calendars(&desk.ctx(), &head).await), Refusal::NotAllowed);
        let day = date(2026, 12, 25);
        for actor in [&agent, &head] {
            let refused = desk.set_day(&desk.ctx(), actor, OFFICE, day, DayChange::Free, "想休息").await;
            assert_eq!(refusal(refused), Refusal::NotAllowed);
        }
        desk.set_day(&desk.ctx(), &admin, OFFICE, day, DayChange::Free, "年会").await.unwrap();
        assert!(desk.calendar(OFFICE).day(day).shifts.is_empty());

        // Friday 16:30, eight working hours: over the weekend, to Monday.
        let from = "2026-11-27T16:30:00+08:00".parse().unwrap();
        let found = desk.reckon(&agent, OFFICE, from, Amount::working_hours(8)).unwrap();
        assert_eq!(found.due.at(), Some("2026-11-30T17:00:00+08:00".parse().unwrap()));
        assert!(found.account.chinese().len() >= 3);
        let beyond = desk.reckon(&agent, OFFICE, from, Amount::WorkingDays(4_000_000));
        assert_eq!(faults(beyond), ["amount: calendar-beyond"]);
        desk.run_jobs().await;
    });
}

#[test]
fn what_would_move_is_what_moves() {
    on_both(async |desk| {
        desk.install_all().await;
        desk.clock.set_to(at("02 09:00"));
        let (lead, agent) = (supervisor(&desk).await, agent(&desk).await);
        let ticket = assigned(&desk, &agent, "中").await;
        // The next days are free: whatever is due after today moves.
        let free = CalendarChange::Days { from: date(2026, 11, 2), to: date(2026, 11, 6), change: DayChange::Free };
        let shown = desk.propose_calendar(&desk.ctx(), &lead, OFFICE, free.clone()).await.unwrap().moves.unwrap();
        assert!(shown.total > 0 && shown.sample.iter().all(|moved| moved.ticket == ticket), "{shown:?}");
        let running = async || {
            let mut read = desk.store().read().await.unwrap();
            let clocks = yingda_store::clocks::of_ticket(&mut read, ticket).await.unwrap();
            clocks.into_iter().filter(|clock| clock.stopped.is_none()).map(|clock| clock.due).collect::<Vec<_>>()
        };
        let before = running().await;
        for moved in &shown.sample {
            assert!(before.contains(&moved.before) && moved.after > moved.before, "{moved:?}");
        }
        desk.change_calendar(&desk.ctx(), &lead, OFFICE, free, 0, "停电").await.unwrap();
        assert_eq!(running().await, before, "until the job has run");
        desk.run_jobs().await;
        let after = running().await;
        assert!(shown.sample.iter().all(|moved| after.contains(&moved.after)), "{shown:?} {after:?}");
    });
}
