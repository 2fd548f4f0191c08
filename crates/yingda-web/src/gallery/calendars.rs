//! Samples of the calendars: the list, a year, a day that is open, faults, a change before it is made.

use jiff::civil::{Date, date};
use yingda_app::calendars::{Calendar, CalendarFile};

use super::{Sampled, Scene};
use crate::i18n::Tr;
use crate::kit::{FieldForm, FieldKind, FieldView, Stale};
use crate::pages::calendars::{WEEK, year};
use crate::views::calendars::{
    CalendarChangePage, CalendarNewPage, CalendarPage, CalendarRow, CalendarsPage, DayLook, DayPanel, MoveRow,
    MovesView, Reckoner, RemovalPanel, RulesPanel, TablePanel, VersionLine,
};

/// The office's hours with some dates of its own.
const OFFICE: &str = r#"{"time_zone":"Asia/Shanghai","statutory":"cn","hours":{
  "mon":[["09:00","12:00"],["13:30","18:00"]],"tue":[["09:00","12:00"],["13:30","18:00"]],
  "wed":[["09:00","12:00"],["13:30","18:00"]],"thu":[["09:00","12:00"],["13:30","18:00"]],
  "fri":[["09:00","12:00"],["13:30","18:00"]]},
  "overrides":{"2026-06-05":[],"2026-12-31":[["09:00","12:00"]],"2026-11-14":[["09:00","12:00"],["13:30","18:00"]]}}"#;

fn days(of: i16) -> Vec<yingda_app::calendars::Day> {
    let file: Option<CalendarFile> = serde_json::from_str(OFFICE).ok();
    let calendar = file.and_then(|file| Calendar::new(file).ok());
    calendar.map_or_else(Vec::new, |calendar| year::days_of(&calendar, of))
}

fn text(t: Tr, name: &str, key: &str, value: &str) -> FieldView {
    FieldView::new(FieldKind::Text, name, t.say(key)).within("sample").value(value)
}

fn week_form(t: Tr) -> FieldForm {
    let mut fields = vec![
        text(t, "name", "calendar-name", "办公时间").required(),
        text(t, "time_zone", "calendar-zone", "Asia/Shanghai").required().hint(t.say("calendar-zone-hint")),
    ];
    fields.extend(WEEK.iter().zip(1..).map(|(_, n)| {
        let hours = if n < 6 { "09:00-12:00 13:30-18:00" } else { "" };
        text(t, &format!("hours.{n}"), &format!("weekday-{n}"), hours)
    }));
    fields.push(text(t, "reason", "calendar-reason", "").required());
    FieldForm::new(fields)
}

fn year_page(scene: &Scene, of: i16, chosen: Option<Date>) -> CalendarPage {
    let t = scene.t();
    let today = date(2026, 11, 3);
    let days = days(of);
    CalendarPage {
        shell: scene.administrator("/calendars/office"),
        code: "office".to_owned(),
        name: t.say("calendar-name-office"),
        sub: vec!["Asia/Shanghai".to_owned(), "09:00-12:00 13:30-18:00".to_owned()],
        year: of.to_string(),
        prev: Some(format!("/calendars/office?year={}", of - 1)),
        next: Some(format!("/calendars/office?year={}", of + 1)),
        current: (of != 2026).then(|| "/calendars/office".to_owned()),
        warnings: vec![],
        weekdays: WEEK
            .iter()
            .zip(1..)
            .map(|(_, n)| (t.say(&format!("calendar-weekday-{n}")), t.say(&format!("weekday-{n}"))))
            .collect(),
        months: year::months(t, "office", &days, today, chosen),
        legend: DayLook::ALL.map(|look| (look, t.say(&format!("calendar-look-{}", look.name())))).to_vec(),
        day: None,
        festivals: year::festivals(t, &days),
        exceptions: year::exceptions(t, "office", &days),
        rules: vec![
            (t.say("calendar-zone"), "Asia/Shanghai".to_owned()),
            (t.say("calendar-hours"), "09:00-12:00 13:30-18:00".to_owned()),
            (t.say("calendar-years"), "2018–2026".to_owned()),
        ],
        edit: Some(RulesPanel { form: week_form(t), version: "3".to_owned(), open: false, stale: None }),
        table: Some(TablePanel {
            form: FieldForm::new([FieldView::new(FieldKind::Attachment, "file", t.say("calendar-table-file"))
                .within("table")
                .required()]),
            faults: vec![],
        }),
        exports: vec![(t.say("calendar-export"), "/calendars/office/file".to_owned())],
        reckoner: Reckoner { form: reckon_form(t), due: None, lines: vec![] },
        versions: vec![],
        removal: None,
    }
}

fn reckon_form(t: Tr) -> FieldForm {
    FieldForm::new([
        FieldView::new(FieldKind::Datetime, "from", t.say("calendar-reckon-from")).within("due").required(),
        FieldView::new(FieldKind::Integer, "amount", t.say("calendar-reckon-amount")).within("due").required(),
    ])
}

impl Sampled for CalendarsPage {
    const NAME: &'static str = "calendars";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let row = |code: &str, name: &str, hours: &str, years: String| CalendarRow {
            href: format!("/calendars/{code}"),
            name: name.to_owned(),
            code: code.to_owned(),
            zone: "Asia/Shanghai".to_owned(),
            hours: vec![hours.to_owned()],
            years,
            warnings: vec![],
            processes: String::new(),
        };
        let warned = CalendarRow {
            warnings: vec![t.with("calendar-missing", &[("year", "2027")])],
            processes: "企业客户服务支持流程、客服热线".to_owned(),
            ..row("office", &t.say("calendar-name-office"), "09:00-12:00 13:30-18:00", "2018–2026".to_owned())
        };
        let always = t.say("calendar-hours-always");
        let all = row("always", &t.say("calendar-name-always"), &always, t.say("calendar-years-none"));
        let full = Self { shell: scene.administrator("/calendars"), rows: vec![warned, all], may_add: true };
        let seen = Self { shell: scene.agent("/calendars"), may_add: false, ..full.clone() };
        vec![("full", full), ("agent", seen)]
    }
}

impl Sampled for CalendarNewPage {
    const NAME: &'static str = "calendar-new";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let page = |form: FieldForm| Self { shell: scene.administrator("/calendars/new"), form };
        let mut faulty = week_form(t);
        if let Some(field) = faulty.fields.get_mut(2) {
            field.error =
                Some(t.with("field-calendar-overlap", &[("first", "09:00–12:00"), ("second", "11:00–18:00")]));
        }
        vec![("empty", page(week_form(t))), ("faulty", page(faulty))]
    }
}

impl Sampled for CalendarPage {
    const NAME: &'static str = "calendar";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let plain = year_page(scene, 2026, None);
        let chosen = Self {
            day: Some(DayPanel {
                title: "2026-02-14".to_owned(),
                look: DayLook::MakeUp,
                what: t.say("calendar-look-makeup"),
                why: t.say("calendar-why-weekly"),
                hours: "09:00–12:00 13:30–18:00".to_owned(),
                date: "2026-02-14".to_owned(),
                form: Some(FieldForm::new([text(t, "hours", "calendar-day-hours", "09:00-12:00").within("day")])),
                close: "/calendars/office?year=2026".to_owned(),
            }),
            versions: vec![VersionLine {
                version: "3".to_owned(),
                when: Some(scene.moment(-600)),
                who: "陈志远".to_owned(),
                reason: "年会".to_owned(),
            }],
            removal: Some(RemovalPanel {
                form: FieldForm::new([text(t, "reason", "calendar-reason", "").within("removal").required()]),
                version: "3".to_owned(),
                open: false,
            }),
            ..year_page(scene, 2026, Some(date(2026, 2, 14)))
        };
        let mut reckoned = plain.clone();
        reckoned.reckoner.due = Some(t.with("calendar-reckon-due", &[("when", "2026-11-30 17:00")]));
        reckoned.reckoner.lines = vec!["16:30".to_owned(), "17:00".to_owned()];
        reckoned.edit = None;
        reckoned.table = None;
        let mut missing = year_page(scene, 2027, None);
        missing.warnings = vec![t.with("calendar-no-table-next", &[("year", "2027")])];
        if let Some(table) = &mut missing.table {
            table.faults = vec![t.with("calendar-table-line", &[("line", "7"), ("what", "2027-02-30")])];
        }
        let mut stale = plain.clone();
        stale.edit = Some(RulesPanel {
            form: week_form(t),
            version: "4".to_owned(),
            open: true,
            stale: Some(Stale::of([[t.say("weekday-1"), "09:00-17:00".to_owned(), "09:00-18:00".to_owned()]])),
        });
        vec![("plain", plain), ("day", chosen), ("reckoned", reckoned), ("missing", missing), ("stale", stale)]
    }
}

impl Sampled for CalendarChangePage {
    const NAME: &'static str = "calendar-change";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let line = |a: &str, b: &str, c: &str| [a.to_owned(), b.to_owned(), c.to_owned()];
        let row = MoveRow {
            href: "/tickets/tkt_1".to_owned(),
            number: "CS2026110001".to_owned(),
            subject: "设备运行中频繁报错,影响生产".to_owned(),
            limit: "响应".to_owned(),
            before: Some(scene.moment(240)),
            after: Some(scene.moment(60 * 24)),
        };
        let full = Self {
            shell: scene.administrator("/calendars/office"),
            name: t.say("calendar-name-office"),
            back: "/calendars/office".to_owned(),
            action: "/calendars/office/rules".to_owned(),
            hidden: vec![("version".to_owned(), "3".to_owned())],
            notes: vec![t.with("calendar-table-left-out", &[("line", "12"), ("name", "妇女节")])],
            rules: vec![line(&t.say("weekday-5"), "09:00-12:00 13:30-18:00", "09:00-12:00 13:30-17:00")],
            days: vec![line("2026-11-06", "09:00–12:00 13:30–18:00", "09:00–12:00 13:30–17:00")],
            day_count: 153,
            moves: Some(MovesView { total: 73, over: 2, saved: 1, at_least: true, rows: vec![row] }),
            reason: "冬季作息".to_owned(),
        };
        let calm = Self {
            notes: vec![],
            rules: vec![],
            days: vec![],
            day_count: 0,
            moves: Some(MovesView::default()),
            ..full.clone()
        };
        vec![("full", full), ("calm", calm)]
    }
}
