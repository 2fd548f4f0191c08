//! Accounts, as a page would show them.

use worktime::{Amount, Calendar, Pause};

use crate::office::{at, in_zone, office, with};

fn chinese(calendar: &Calendar, start: &str, amount: Amount, pauses: &[Pause]) -> Vec<String> {
    calendar.explain_due(at(start), amount, pauses).unwrap().chinese()
}

#[test]
fn a_friday_into_a_make_up_saturday() {
    let told = office().explain_due(at("2026-02-13 16:30"), Amount::working_hours(3), &[]).unwrap();
    assert_eq!(
        told.chinese(),
        [
            "2026年2月13日 周五 16:30 起，时限工作时间 3 小时",
            "2月13日 周五：16:30 至 18:00 计 1 小时 30 分，累计 1 小时 30 分",
            "2月14日 周六 春节调休上班：09:00 至 10:30 计 1 小时 30 分，累计 3 小时",
            "2026年2月14日 周六 10:30 到期",
        ]
    );
    assert_eq!(
        told.english(),
        [
            "From Fri 13 Feb 2026 16:30, limit 3 h of working time",
            "Fri 13 Feb: 16:30 to 18:00 counts 1 h 30 min, so far 1 h 30 min",
            "Sat 14 Feb (make-up workday, Spring Festival): 09:00 to 10:30 counts 1 h 30 min, so far 3 h",
            "Due Sat 14 Feb 2026 10:30",
        ]
    );
}

#[test]
fn through_a_festival_with_a_pause() {
    let calendar = office();
    let pause = Pause::between(at("2024-09-30 10:00"), at("2024-10-08 09:30"));
    assert_eq!(
        chinese(&calendar, "2024-09-30 08:00", Amount::working_hours(2), &[pause]),
        [
            "2024年9月30日 周一 08:00 起，时限工作时间 2 小时",
            "9月30日 周一：09:00 至 10:00 计 1 小时，累计 1 小时",
            "9月30日 周一 10:00 至 10月8日 周二 09:30 暂停，其间 7 小时 不计",
            "10月8日 周二：09:30 至 10:30 计 1 小时，累计 2 小时",
            "2024年10月8日 周二 10:30 到期",
        ]
    );
    assert_eq!(
        chinese(&calendar, "2024-09-30 19:00", Amount::WorkingSeconds(90), &[]),
        [
            "2024年9月30日 周一 19:00 起，时限工作时间 1 分 30 秒",
            "9月30日 周一：当日已下班",
            "10月1日 周二 至 10月7日 周一：国庆节放假，不计",
            "10月8日 周二：09:00 至 09:01:30 计 1 分 30 秒，累计 1 分 30 秒",
            "2024年10月8日 周二 09:01:30 到期",
        ]
    );
}

#[test]
fn own_days_and_nights() {
    let calendar = with(
        r#""hours":{"mon":[["22:00","06:00"]],"thu":[["09:00","24:00"]]},"holidays":["2026-03-04"],
           "overrides":{"2026-03-05":[["10:00","11:00"]],"2026-03-06":[]}"#,
    );
    assert_eq!(
        chinese(&calendar, "2026-03-02 23:00", Amount::working_hours(9), &[]),
        [
            "2026年3月2日 周一 23:00 起，时限工作时间 9 小时",
            "3月2日 周一：23:00 至 次日 06:00 计 7 小时，累计 7 小时",
            "3月3日 周二：休息日，不计",
            "3月4日 周三：放假，不计",
            "3月5日 周四 当日另定工时：10:00 至 11:00 计 1 小时，累计 8 小时",
            "3月6日 周五：当日另定不上班，不计",
            "3月7日 周六 至 3月8日 周日：休息日，不计",
            "3月9日 周一：22:00 至 23:00 计 1 小时，累计 9 小时",
            "2026年3月9日 周一 23:00 到期",
        ]
    );
}

#[test]
fn an_open_pause_holds_the_limit() {
    let pauses = [Pause::since(at("2026-03-03 10:30"))];
    assert_eq!(
        chinese(&office(), "2026-03-03 10:00", Amount::WorkingDays(2), &pauses),
        [
            "2026年3月3日 周二 10:00 起，时限 2 个工作日",
            "3月3日 周二：10:00 至 10:30 计 30 分，累计 30 分",
            "3月3日 周二 10:30 起暂停，尚未恢复",
            "2026年3月3日 周二 10:30 起暂停，恢复后才有到期时间",
        ]
    );
}

#[test]
fn a_year_without_table_is_told() {
    let told = office().explain_due(at("2026-12-31 17:00"), Amount::working_hours(2), &[]).unwrap();
    let chinese = told.chinese();
    assert_eq!(chinese[3], "注意：2027年没有法定节假日安排，按日历自身的工时推算");
    assert_eq!(chinese[4], "注意：2026年12月25日至31日的安排可能因2027年的放假通知而调整");
    assert_eq!(told.english()[3], "Note: no statutory table for 2027, counted by the calendar's own hours");
    assert_eq!(chinese[2], "2027年1月1日 周五：09:00 至 10:00 计 1 小时，累计 2 小时");
}

#[test]
fn a_changed_clock_is_told() {
    let calendar = in_zone("Europe/Berlin", r#""hours":{"sun":[["00:00","24:00"]]}"#);
    let (from, to) = ("2024-03-30T12:00:00Z".parse().unwrap(), "2024-04-01T12:00:00Z".parse().unwrap());
    let told = calendar.explain_elapsed(from, to, &[]).unwrap();
    assert_eq!(
        told.english(),
        [
            "From Sat 30 Mar 2024 13:00",
            "Sat 30 Mar: off, not counted",
            "Sun 31 Mar: 00:00 to 24:00 counts 23 h (the clocks change), so far 23 h",
            "Mon 1 Apr: off, not counted",
            "Until Mon 1 Apr 2024 14:00, in all 23 h",
        ]
    );
}

#[test]
fn calendar_time_and_long_accounts() {
    let pause = Pause::between(at("2026-03-03 12:00"), at("2026-03-03 13:00"));
    assert_eq!(
        chinese(&office(), "2026-03-03 10:00", Amount::calendar_hours(24), &[pause]),
        [
            "2026年3月3日 周二 10:00 起，时限自然时间 24 小时",
            "3月3日 周二 10:00 至 3月3日 周二 12:00 计 2 小时，累计 2 小时",
            "3月3日 周二 12:00 至 3月3日 周二 13:00 暂停，其间 1 小时 不计",
            "3月3日 周二 13:00 至 3月4日 周三 11:00 计 22 小时，累计 24 小时",
            "2026年3月4日 周三 11:00 到期",
        ]
    );
    let long = office().explain_due(at("2024-01-02 10:00"), Amount::working_hours(3_000), &[]).unwrap();
    assert!(long.lines.len() < 130, "{}", long.lines.len());
    assert!(long.chinese().iter().any(|line| line.contains("个工作日，计")));
}

#[test]
fn accounts_are_data() {
    let told = office().explain_due(at("2026-02-14 10:00"), Amount::WorkingSeconds(60), &[]).unwrap();
    assert_eq!(
        serde_json::to_value(&told).unwrap(),
        serde_json::json!({
            "time_zone": "Asia/Shanghai",
            "lines": [
                {"line": "start", "at": "2026-02-14T10:00:00", "amount": {"working_seconds": 60}},
                {"line": "work", "date": "2026-02-14", "from": "2026-02-14T10:00:00", "to": "2026-02-14T10:01:00",
                 "seconds": 60, "total": 60, "reason": "make_up", "festival": "spring"},
                {"line": "due", "at": "2026-02-14T10:01:00", "instant": "2026-02-14T02:01:00Z"},
            ],
            "coverage": {"missing_years": [], "unsettled_year_end": null},
        })
    );
}
