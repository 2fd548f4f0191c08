//! Samples of duty: who is there, the roster, leave and swaps, settings.

use super::{Sampled, Scene};
use crate::kit::{Badge, Choice, FieldForm, FieldKind, FieldView, Stale, Tone};
use crate::views::duty::board::{BoardPage, DepartmentNow, HandoverDueLine, TurnCard, TurnLine, TurnStep};
use crate::views::duty::requests::{LeaveLine, LeavesPage, SwapLine, SwapsPage};
use crate::views::duty::roster::{
    Cell, CellTurn, DayHead, DayPerson, Manage, Month, PersonRow, Picked, PickedTurn, RosterPage, RosterPrintPage,
    ShiftKey, Undo,
};
use crate::views::duty::setup::{SetupPage, ShiftPage, ShiftRow, SkillRow};
use crate::views::duty::{Ahead, AheadDay, DutyHead, FindingLine, Sign, Tab};

const PEOPLE: [&str; 5] = ["陈静", "林浩", "周敏", "何雯", "梁博"];

pub(super) fn head(scene: &Scene, path: &'static str) -> DutyHead {
    let t = scene.t();
    let tab = |(page, key): (&str, &str)| Tab { label: t.say(key), href: page.to_owned(), current: page == path };
    DutyHead {
        id: "dep_1".to_owned(),
        name: "客户服务中心".to_owned(),
        departments: vec![Choice::new("dep_1", "客户服务中心"), Choice::new("dep_2", "售后部")],
        path,
        tabs: [
            ("/duty", "duty-today-tab"),
            ("/duty/roster", "duty-roster"),
            ("/duty/handovers", "duty-handovers"),
            ("/duty/swaps", "duty-swaps"),
            ("/duty/leaves", "duty-leaves"),
            ("/duty/setup", "duty-setup"),
        ]
        .map(tab)
        .to_vec(),
    }
}

fn day_sign() -> Sign {
    Sign { letter: "白".to_owned(), tone: 0, name: "白班".to_owned() }
}

fn night_sign() -> Sign {
    Sign { letter: "夜".to_owned(), tone: 1, name: "夜班".to_owned() }
}

/// 2 November 2026 is a Monday.
fn weekday(day: usize) -> usize {
    (day + 5) % 7 + 1
}

pub(super) fn full(scene: &Scene, day: usize) -> String {
    let t = scene.t();
    let date = t.with("duty-date", &[("month", "11".to_owned()), ("mon", t.say("month-11")), ("day", day.to_string())]);
    t.with("duty-day", &[("date", date), ("weekday", t.say(&format!("duty-weekday-{}", weekday(day))))])
}

fn findings(scene: &Scene) -> Vec<FindingLine> {
    let t = scene.t();
    let line = |day: usize, what: String, tone| FindingLine {
        text: t.with("duty-find", &[("day", full(scene, day)), ("what", what)]),
        tone,
        href: "/duty/roster?month=2026-11".to_owned(),
    };
    let few = [("shift", "白班"), ("have", "1"), ("need", "2")];
    let rest = [("person", "林浩"), ("rest", "6 h")];
    let mut all = vec![
        line(4, t.with("duty-find-gap", &[("hours", "20:00–22:00")]), "bad"),
        line(5, t.with("duty-find-too-few", &few), "bad"),
        line(7, t.with("duty-find-untrained", &[("person", "梁博"), ("shift", "夜班"), ("skill", "夜班培训")]), "bad"),
        line(8, t.with("duty-find-short-rest", &rest), "warn"),
    ];
    all.extend((9..18).map(|day| line(day, t.with("duty-find-too-few", &few), "bad")));
    all
}

fn leaves(scene: &Scene) -> Vec<LeaveLine> {
    let t = scene.t();
    let ends = [("from", scene.moment(1440).text), ("to", scene.moment(4320).text)];
    vec![LeaveLine {
        id: "lve_1".to_owned(),
        version: "1".to_owned(),
        who: "周敏".to_owned(),
        when: t.with("duty-from-to", &ends),
        kind: t.say("duty-leave-annual"),
        reason: "回家探亲".to_owned(),
        state: scene.state("duty-asked-open", Tone::Warn),
        turns: vec![format!("{} 白班", full(scene, 5))],
        decide: true,
        withdraw: true,
    }]
}

fn swaps(scene: &Scene) -> Vec<SwapLine> {
    let t = scene.t();
    let turn = |day: usize| {
        let words = [("day", full(scene, day)), ("shift", "白班".to_owned()), ("hours", "08:00–22:00".to_owned())];
        t.with("duty-turn", &words)
    };
    let words = [("from", "陈静".to_owned()), ("to", "林浩".to_owned()), ("turn", turn(5)), ("other", turn(7))];
    let line = SwapLine {
        id: "swp_1".to_owned(),
        version: "1".to_owned(),
        text: t.with("duty-swap-exchange", &words),
        reason: "当天孩子学校开家长会".to_owned(),
        state: scene.state("duty-asked-open", Tone::Warn),
        asked: scene.moment(-90),
        answer: true,
        decide: false,
        agreed: false,
        withdraw: false,
    };
    let agreed = SwapLine {
        id: "swp_2".to_owned(),
        state: scene.state("duty-asked-agreed", Tone::Active),
        answer: false,
        decide: true,
        agreed: true,
        withdraw: true,
        ..line.clone()
    };
    vec![line, agreed]
}

pub(super) fn due(scene: &Scene) -> Vec<HandoverDueLine> {
    let line = |night, href: Option<&str>, minutes| HandoverDueLine {
        title: scene.t().with(
            "duty-shift-of",
            &[("day", full(scene, 2)), ("shift", if night { "夜班" } else { "白班" }.to_owned())],
        ),
        ends: scene.moment(minutes),
        night,
        href: href.map(str::to_owned),
        draw: ("shf_1".to_owned(), "2026-11-02".to_owned()),
    };
    vec![line(true, Some("/duty/handovers/hnd_1"), -150), line(false, None, 90)]
}

impl Sampled for BoardPage {
    const NAME: &'static str = "duty";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let card = |id: &str, state: Badge, step, note: String| TurnCard {
            id: id.to_owned(),
            sign: day_sign(),
            when: t.with("duty-when", &[("day", full(scene, 3)), ("hours", "08:00–22:00".to_owned())]),
            state,
            step,
            note,
        };
        let coming = [5, 6, 9].map(|day| TurnLine {
            sign: if day == 6 { night_sign() } else { day_sign() },
            day: full(scene, day),
            hours: "08:00–22:00".to_owned(),
            swap: "/duty/swaps?turn=turn_1".to_owned(),
        });
        let until = t.with("duty-until", &[("when", scene.moment(690).text)]);
        let there = |name: &str| (name.to_owned(), Some(day_sign()), until.clone());
        let rostered = vec![
            DepartmentNow {
                name: "客户服务中心".to_owned(),
                href: "/duty/roster".to_owned(),
                own: true,
                people: vec![there("陈静"), there("林浩")],
                nobody: String::new(),
            },
            DepartmentNow {
                name: "售后部".to_owned(),
                href: "/duty/roster?department=dep_2".to_owned(),
                nobody: t.with("duty-nobody-until", &[("when", scene.moment(120).text)]),
                ..DepartmentNow::default()
            },
        ];
        let office = vec![DepartmentNow {
            name: "项目部".to_owned(),
            href: "/duty/roster?department=dep_3".to_owned(),
            nobody: t.say("duty-office-open"),
            ..DepartmentNow::default()
        }];
        let days = (3..17).map(|day| AheadDay {
            date: format!("11-{day}"),
            weekday: t.say(&format!("duty-weekday-{}", weekday(day))),
            mark: if weekday(day) > 5 { "off" } else { "" },
            faults: usize::from(day > 3 && day < 8),
            gap: day == 4,
            href: "/duty/roster".to_owned(),
        });
        let full = Self {
            shell: scene.agent("/duty"),
            head: head(scene, "/duty"),
            today: full(scene, 3),
            presence: t.say("duty-presence-on"),
            now: vec![
                card(
                    "turn_1",
                    scene.state("duty-state-late", Tone::Bad),
                    TurnStep::SignIn,
                    t.with("duty-late-now", &[("time", "12 min")]),
                ),
                card("turn_2", scene.state("duty-state-waiting", Tone::Active), TurnStep::SignOut, String::new()),
                card("turn_3", scene.state("duty-state-absent", Tone::Bad), TurnStep::Done, String::new()),
            ],
            coming: coming.to_vec(),
            handovers: due(scene),
            logs: vec![("夜班".to_owned(), "/duty/handovers/hnd_1".to_owned())],
            swaps: swaps(scene),
            leaves: leaves(scene),
            rostered,
            office,
            ahead: Some(Ahead { days: days.collect(), findings: findings(scene) }),
        };
        let empty = Self {
            now: vec![],
            coming: vec![],
            handovers: vec![],
            logs: vec![],
            swaps: vec![],
            leaves: vec![],
            rostered: vec![],
            office: vec![],
            ahead: None,
            presence: t.say("duty-presence-off"),
            ..full.clone()
        };
        vec![("full", full), ("empty", empty)]
    }
}

fn month(scene: &Scene, editable: bool) -> Month {
    let t = scene.t();
    let href = |day: usize| if editable { format!("/duty/roster?day=2026-11-{day:02}") } else { String::new() };
    let mark = |day: usize| if weekday(day) > 5 { "off" } else { "" };
    let turn = |person: usize, day: usize| {
        let sign = match (person + day) % 5 {
            0 | 1 => day_sign(),
            2 => night_sign(),
            _ => return vec![],
        };
        vec![CellTurn {
            id: format!("turn_{person}_{day}"),
            version: "1".to_owned(),
            shift: "shf_1".to_owned(),
            sign,
            planned: day > 20,
            absent: person == 1 && day == 4,
            movable: editable,
        }]
    };
    let day = |day: usize| DayHead {
        date: format!("2026-11-{day:02}"),
        number: day.to_string(),
        weekday: t.say(&format!("duty-weekday-short-{}", weekday(day))),
        full: full(scene, day),
        mark: mark(day),
        sign: String::new(),
        today: day == 3,
        fault: if editable && day == 4 {
            t.with("duty-find-gap", &[("hours", "20:00–22:00")])
        } else {
            String::new()
        },
        shifts: if day == 29 {
            vec![]
        } else {
            let person = |name: &str, me| DayPerson {
                name: name.to_owned(),
                me,
                planned: day > 20,
                fault: String::new(),
                href: href(day),
            };
            vec![
                (day_sign(), vec![person("陈静", true), person("林浩", false)]),
                (night_sign(), vec![person("周敏", false)]),
            ]
        },
        href: href(day),
    };
    let row = |(at, name): (usize, &str)| PersonRow {
        id: format!("usr_{at}"),
        name: name.to_owned(),
        me: at == 0,
        total: 18,
        cells: (1..=30)
            .map(|day| Cell {
                date: format!("2026-11-{day:02}"),
                mark: mark(day),
                label: format!("{name} {}", full(scene, day)),
                turns: turn(at, day),
                leave: if at == 2 && day == 12 { t.say("duty-leave-sign") } else { String::new() },
                fault: editable && at == 4 && day == 8,
                picked: editable && at == 1 && day == 4,
                href: href(day),
            })
            .collect(),
    };
    let key = |sign: Sign, id: &str, key: &str, hours: String| ShiftKey {
        id: id.to_owned(),
        sign,
        key: key.to_owned(),
        hours,
        more: t.with("duty-least", &[("n", 2)]),
    };
    let words = [("year", "2026".to_owned()), ("month", "11".to_owned()), ("mon", t.say("month-11"))];
    Month {
        title: t.with("duty-month-of", &words),
        value: "2026-11".to_owned(),
        prev: "/duty/roster?month=2026-10".to_owned(),
        next: "/duty/roster?month=2026-12".to_owned(),
        print: "/duty/roster/print?month=2026-11".to_owned(),
        shifts: vec![
            key(day_sign(), "shf_1", "d", "08:00–22:00".to_owned()),
            key(night_sign(), "shf_2", "n", t.with("duty-hours-next", &[("from", "22:00"), ("to", "08:00")])),
        ],
        days: (1..=30).map(day).collect(),
        rows: PEOPLE.into_iter().enumerate().map(row).collect(),
    }
}

fn manage(scene: &Scene) -> Manage {
    let t = scene.t();
    let put = FieldForm::new([
        FieldView::new(FieldKind::Person, "person", t.say("duty-person"))
            .required()
            .options(PEOPLE.map(Choice::same))
            .value("林浩"),
        FieldView::new(FieldKind::Choice, "day", t.say("duty-day-label"))
            .required()
            .options([Choice::same("2026-11-04")])
            .as_list(t.say("choice-pick"))
            .value("2026-11-04"),
        FieldView::new(FieldKind::Choice, "shift", t.say("duty-shift"))
            .required()
            .options(["白班", "夜班"].map(Choice::same))
            .as_list(t.say("choice-pick")),
    ]);
    let absence = FieldForm::new([
        FieldView::new(FieldKind::Choice, "replacement", t.say("duty-absent-replacement"))
            .options(PEOPLE.map(Choice::same))
            .as_list(t.say("duty-absent-nobody")),
        FieldView::new(FieldKind::Text, "reason", t.say("duty-reason")).within("absent"),
    ]);
    let ticks = |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), (*name).to_owned(), true)).collect();
    Manage {
        put,
        picked: Some(Picked {
            title: t.with("duty-cell", &[("who", "林浩".to_owned()), ("day", full(scene, 4))]),
            turns: vec![PickedTurn {
                id: "turn_1_4".to_owned(),
                version: "1".to_owned(),
                sign: day_sign(),
                text: "08:00–22:00".to_owned(),
                removable: true,
                absence: Some(absence),
            }],
        }),
        planned: 24,
        undo: Some(Undo { action: "/duty/turns/turn_1/removal".to_owned(), fields: vec![("version", "1".to_owned())] }),
        shifts: ticks(&["白班", "夜班"]),
        people: ticks(&PEOPLE),
        weekly: false,
        open: false,
        error: None,
        history: vec![(
            scene.moment(-60),
            "何雯".to_owned(),
            t.with("duty-log-turn-planned", &[("about", "林浩"), ("day", "11-04"), ("shift", "白班")]),
        )],
    }
}

impl Sampled for RosterPage {
    const NAME: &'static str = "duty-roster";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let managed = Self {
            shell: scene.agent("/duty/roster"),
            head: head(scene, "/duty/roster"),
            month: month(scene, true),
            findings: findings(scene),
            serious: 12,
            manage: Some(manage(scene)),
        };
        let mut refused = managed.clone();
        let words = [("person", "林浩"), ("day", "2026-11-04"), ("shift", "夜班")];
        if let Some(manage) = &mut refused.manage {
            manage.put.error = Some(t.with("refusal-turns-overlap", &words));
            manage.open = true;
            manage.error = Some(t.say("field-nobody-ticked"));
            manage.planned = 0;
            manage.picked = None;
        }
        refused.findings = vec![];
        refused.serious = 0;
        let seen = Self { month: month(scene, false), findings: vec![], serious: 0, manage: None, ..managed.clone() };
        let mut bare = managed.clone();
        bare.month = Month { shifts: vec![], days: vec![], rows: vec![], ..bare.month };
        let mut empty = managed.clone();
        for row in &mut empty.month.rows {
            for cell in &mut row.cells {
                cell.turns.clear();
            }
        }
        vec![("manage", managed), ("refused", refused), ("read", seen), ("bare", bare), ("empty", empty)]
    }
}

impl Sampled for RosterPrintPage {
    const NAME: &'static str = "duty-roster-print";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let page = Self {
            shell: scene.agent("/duty/roster/print"),
            department: "客户服务中心".to_owned(),
            month: month(scene, false),
            back: "/duty/roster".to_owned(),
            printed: scene.moment(0),
        };
        vec![("full", page)]
    }
}

impl Sampled for LeavesPage {
    const NAME: &'static str = "duty-leaves";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let form = |error: bool| {
            let mut to = FieldView::new(FieldKind::Text, "to", t.say("duty-leave-to")).required();
            if error {
                to = to.value("2026-11-01").error(t.say("field-ends-before-it-begins"));
            }
            FieldForm::new([
                FieldView::new(FieldKind::Text, "from", t.say("duty-leave-from"))
                    .required()
                    .hint(t.say("duty-leave-from-hint")),
                to,
                FieldView::new(FieldKind::Multiline, "reason", t.say("duty-reason")).tall(2),
            ])
        };
        let full = Self {
            shell: scene.agent("/duty/leaves"),
            head: head(scene, "/duty/leaves"),
            form: Some(form(false)),
            manage: true,
            key: "k".to_owned(),
            lines: leaves(scene),
        };
        let faulty = Self { form: Some(form(true)), lines: vec![], manage: false, ..full.clone() };
        vec![("full", full), ("faulty", faulty)]
    }
}

impl Sampled for SwapsPage {
    const NAME: &'static str = "duty-swaps";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let form = FieldForm::new([
            FieldView::new(FieldKind::Choice, "turn", t.say("duty-swap-turn"))
                .required()
                .options([Choice::new("turn_1", full(scene, 5))])
                .as_list(t.say("choice-pick")),
            FieldView::new(FieldKind::Person, "to", t.say("duty-swap-to")).required().options(PEOPLE.map(Choice::same)),
        ]);
        let full = Self {
            shell: scene.agent("/duty/swaps"),
            head: head(scene, "/duty/swaps"),
            form: Some(form),
            key: "k".to_owned(),
            lines: swaps(scene),
        };
        let empty = Self { form: None, lines: vec![], ..full.clone() };
        vec![("full", full), ("empty", empty)]
    }
}

impl Sampled for SetupPage {
    const NAME: &'static str = "duty-setup";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let row = |sign: Sign, code: &str, night| ShiftRow {
            href: "/duty/shifts/shf_1".to_owned(),
            sign,
            code: code.to_owned(),
            hours: "08:00–22:00".to_owned(),
            least: "2".to_owned(),
            skill: t.say("duty-none"),
            held: t.say("duty-held-daily"),
            night,
            state: scene.state("duty-shift-active", Tone::Good),
        };
        let rule = FieldForm::new([FieldView::new(FieldKind::Text, "cover_from", t.say("duty-cover-from"))
            .hint(t.say("duty-cover-hint"))
            .value("08:00")]);
        let skill = FieldForm::new([FieldView::new(FieldKind::Text, "word", t.say("duty-skill")).required()]);
        let full = Self {
            shell: scene.agent("/duty/setup"),
            head: head(scene, "/duty/setup"),
            shifts: vec![row(day_sign(), "day", false), row(night_sign(), "night", true)],
            rule: Some(rule),
            rule_version: "1".to_owned(),
            stale: None,
            rules: vec![],
            skills: vec![SkillRow {
                person: "usr_1".to_owned(),
                name: "陈静".to_owned(),
                word: "夜班培训".to_owned(),
                when: t.with("duty-since", &[("from", "2026-11-01")]),
                note: "何雯带教".to_owned(),
                state: scene.state("duty-skill-counts", Tone::Good),
            }],
            skill: Some(skill),
        };
        let stale = Self {
            stale: Some(Stale::of([[t.say("duty-cover-from"), "08:00".to_owned(), "09:00".to_owned()]])),
            ..full.clone()
        };
        let read = Self {
            rule: None,
            skill: None,
            shifts: vec![],
            skills: vec![],
            rules: vec![(t.say("duty-assigning"), t.say("duty-assigning-manual"))],
            ..full.clone()
        };
        vec![("full", full), ("stale", stale), ("read", read)]
    }
}

impl Sampled for ShiftPage {
    const NAME: &'static str = "duty-shift";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let field = |error: bool| {
            let field = FieldView::new(FieldKind::Text, "from", t.say("duty-shift-from")).required().example("08:00");
            if error { field.value("25:00").error(t.say("field-bad-time")) } else { field }
        };
        let page = |id: Option<&str>, error| Self {
            shell: scene.agent("/duty/shifts/new"),
            head: head(scene, "/duty/setup"),
            id: id.map(str::to_owned),
            version: "1".to_owned(),
            form: FieldForm::new([field(error)]),
            stale: None,
        };
        vec![("new", page(None, false)), ("faulty", page(Some("shf_1"), true))]
    }
}
