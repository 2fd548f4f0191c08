//! Samples of clocks: on a ticket, and the account of one.

use super::{Sampled, Scene};
use crate::kit::{Badge, Choice, Tone};
use crate::pages::clocks::section::{limit_fields, pause_form, resume_form};
use crate::views::clocks::{ClockLine, ClockPage, HeldLine, PauseRow, SegmentRow, TicketClocks};

const ACCOUNT: [&str; 4] = [
    "11月3日（周二）09:00 起，共 8 小时工作时间",
    "11月3日（周二）09:00 至 12:00 计 3 小时，累计 3 小时",
    "11月3日（周二）13:30 至 18:00 计 4 小时 30 分，累计 7 小时 30 分",
    "11月4日（周三）09:00 至 09:30 计 30 分，累计 8 小时，到期",
];

fn running(scene: &Scene) -> ClockLine {
    let t = scene.t();
    ClockLine {
        id: "clk_1".to_owned(),
        href: "/tickets/tkt_017/clocks/clk_1".to_owned(),
        label: "解决".to_owned(),
        state: Badge::new(t.say("clock-running"), Tone::Active),
        due: Some(scene.due("", 260)),
        at: Some(scene.moment(260)),
        limit: t.with("limit-working-days", &[("n", 2)]),
        used: t.with(
            "clock-used-of",
            &[("used", t.with("span-hours", &[("n", 9)])), ("whole", t.with("span-hours", &[("n", 15)]))],
        ),
        share: Some(60),
        calendar: t.say("calendar-name-office"),
        extra: vec![t.with("clock-extra", &[("limit", t.with("limit-working-days", &[("n", 1)]))])],
        account: ACCOUNT.map(str::to_owned).to_vec(),
        ..ClockLine::default()
    }
}

fn over(scene: &Scene) -> ClockLine {
    let t = scene.t();
    ClockLine {
        id: "clk_2".to_owned(),
        href: "/tickets/tkt_017/clocks/clk_2".to_owned(),
        label: "制定解决方案".to_owned(),
        round: t.with("clock-round", &[("n", 2)]),
        state: Badge::new(t.say("clock-over"), Tone::Bad),
        due: Some(scene.due("", -18)),
        at: Some(scene.moment(-18)),
        limit: t.with("limit-hours", &[("n", 2)]),
        share: Some(100),
        over: true,
        calendar: t.say("calendar-name-always"),
        own: Some(("陈志远".to_owned(), "客户要求当天答复".to_owned())),
        warnings: vec![t.with("clock-missing-year", &[("year", "2027")])],
        ..running(scene)
    }
}

fn held(scene: &Scene) -> ClockLine {
    let t = scene.t();
    ClockLine {
        id: "clk_3".to_owned(),
        href: "/tickets/tkt_017/clocks/clk_3".to_owned(),
        label: "预约上门".to_owned(),
        state: Badge::new(t.say("clock-paused"), Tone::Warn),
        due: None,
        at: None,
        share: None,
        held: Some(HeldLine {
            reason: "等待客户补充信息".to_owned(),
            since: scene.moment(-45),
            who: "李晓梅".to_owned(),
            note: "等客户补发设备编号".to_owned(),
        }),
        extra: vec![],
        ..running(scene)
    }
}

fn past(scene: &Scene) -> Vec<ClockLine> {
    let t = scene.t();
    [("clk_4", "clock-met", Tone::Good), ("clk_5", "clock-broken", Tone::Bad), ("clk_6", "clock-void", Tone::Neutral)]
        .map(|(id, key, tone)| ClockLine {
            id: id.to_owned(),
            href: format!("/tickets/tkt_017/clocks/{id}"),
            label: "首次响应".to_owned(),
            state: Badge::new(t.say(key), tone),
            used: t.with("clock-used", &[("used", t.with("span-minutes", &[("n", 42)]))]),
            ..ClockLine::default()
        })
        .to_vec()
}

/// The clocks of the sample ticket.
pub(super) fn on_ticket(scene: &Scene) -> TicketClocks {
    let t = scene.t();
    let reasons =
        [Choice::new("waiting_customer", "等待客户补充信息"), Choice::new("customer_postponed", "客户要求推迟")];
    TicketClocks {
        going: vec![over(scene), running(scene), held(scene)],
        past: past(scene),
        pause: Some(pause_form(t, reasons.to_vec())),
        resume: Some(resume_form(t)),
        limit: Some(limit_fields(t, vec![Choice::new("clk_1", "解决"), Choice::new("clk_2", "制定解决方案")])),
    }
}

impl Sampled for ClockPage {
    const NAME: &'static str = "clock";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let t = scene.t();
        let page = |line: ClockLine| Self {
            shell: scene.agent("/tickets/tkt_017/clocks/clk_1"),
            ticket: "/tickets/tkt_017".to_owned(),
            number: "CS2026110017".to_owned(),
            subject: "设备运行中频繁报错，影响生产".to_owned(),
            facts: vec![
                (t.say("clock-limit"), line.limit.clone()),
                (t.say("clock-calendar"), line.calendar.clone()),
                (t.say("clock-started"), scene.moment(-600).full),
                (t.say("clock-answerable"), "赵强".to_owned()),
            ],
            accounts: vec![(
                t.with("clock-account-of", &[("limit", line.limit.as_str())]),
                ACCOUNT.map(str::to_owned).to_vec(),
            )],
            pauses: vec![],
            segments: vec![SegmentRow { from: scene.moment(-600), to: None, long: t.with("span-hours", &[("n", 9)]) }],
            line,
        };
        let pause = |to: Option<i64>| PauseRow {
            reason: "等待客户补充信息".to_owned(),
            note: "等客户补发设备编号".to_owned(),
            from: scene.moment(-120),
            to: to.map(|to| scene.moment(to)),
            by: "李晓梅".to_owned(),
            ended_by: to.map(|_| "赵强".to_owned()).unwrap_or_default(),
        };
        let paused = Self {
            pauses: vec![pause(Some(-60)), pause(None)],
            accounts: vec![],
            segments: vec![],
            ..page(held(scene))
        };
        vec![("running", page(running(scene))), ("over", page(over(scene))), ("paused", paused)]
    }
}
