//! The sample company: people, customers, tickets, sheets, as pages show them.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::Scene;
use crate::i18n::Tr;
use crate::kit::{Badge, Due, DueState, Moment, Priority, SheetRow, TicketRow, Tone};
use crate::shell::{Door, Me, NavItem, Shell};

/// The moment at which all samples are taken: 2026-11-03 10:30 in Shanghai.
pub const NOW: Timestamp = Timestamp::constant(1_793_673_000, 0);

impl Scene {
    /// The language handle.
    pub(super) const fn t(&self) -> Tr {
        Tr::new(self.locale)
    }

    /// A moment `minutes` after (negative: before) the sample's now.
    pub(super) fn moment(&self, minutes: i64) -> Moment {
        Moment::at(NOW + SignedDuration::from_mins(minutes), NOW, &zone(), self.t())
    }

    /// A limit `minutes` away, with half an hour of warning.
    pub(super) fn due(&self, name: &str, minutes: i64) -> Due {
        Due::running(name, NOW + SignedDuration::from_mins(minutes), NOW, 30 * 60_000, &zone(), self.t())
    }

    /// A limit that stands.
    pub(super) fn standing(&self, name: &str, state: DueState) -> Due {
        Due::standing(name, self.moment(-600), state, self.t())
    }

    /// A state badge by key.
    pub(super) fn state(&self, key: &str, tone: Tone) -> Badge {
        Badge::new(self.t().say(key), tone)
    }

    /// The shell of an agent at `path`.
    pub(super) fn agent(&self, path: &str) -> Shell {
        let doors = [
            (Door::Desk, Some("7")),
            (Door::Day, None),
            (Door::Intake, None),
            (Door::Queue, Some("99+")),
            (Door::Inbox, Some("3")),
            (Door::Overdue, Some("2")),
            (Door::Answers, None),
            (Door::Processes, None),
            (Door::Figures, None),
        ];
        self.shell(path, "李晓梅", "客户服务中心", &[self.t().say("role-agent")], &doors)
    }

    /// The shell of an administrator at `path`.
    pub(super) fn administrator(&self, path: &str) -> Shell {
        let doors: Vec<(Door, Option<&str>)> = Door::ALL.iter().map(|door| (*door, None)).collect();
        let roles = [self.t().say("role-administrator"), self.t().say("role-manager")];
        self.shell(path, "陈志远", "客户服务中心", &roles, &doors)
    }

    /// The shell of a department's head at `path`.
    pub(super) fn head(&self, path: &str) -> Shell {
        let doors = [
            (Door::Desk, None),
            (Door::Day, None),
            (Door::Inbox, Some("3")),
            (Door::Answers, None),
            (Door::Processes, None),
        ];
        self.shell(path, "王建国", "项目部", &[self.t().say("role-head")], &doors)
    }

    fn shell(
        &self,
        path: &str,
        name: &str,
        department: &str,
        roles: &[String],
        doors: &[(Door, Option<&str>)],
    ) -> Shell {
        Shell {
            me: Some(Me {
                id: "per_0sample".to_owned(),
                name: name.to_owned(),
                department: department.to_owned(),
                roles: roles.to_vec(),
            }),
            nav: doors.iter().map(|(door, count)| NavItem { door: *door, count: count.map(str::to_owned) }).collect(),
            notices: Some("2".to_owned()),
            path: path.to_owned(),
            now_ms: NOW.as_millisecond(),
            company: "岭南置业集团".to_owned(),
            ..self.bare()
        }
    }

    /// Open tickets of every kind.
    pub(super) fn tickets(&self) -> Vec<TicketRow> {
        let base = |n: u32, title: &str, customer: &str, kind: &str| TicketRow {
            id: format!("tkt_0{n}"),
            number: format!("CS202611{n:04}"),
            title: title.to_owned(),
            customer: customer.to_owned(),
            kind: kind.to_owned(),
            priority: Some(Priority::Normal),
            state: self.state("state-working", Tone::Active),
            department: "售后部".to_owned(),
            assignee: "李晓梅".to_owned(),
            channel: self.t().say("channel-phone"),
            due: Some(self.due("", 125)),
            received: self.moment(-90),
            urged: 0,
            updated: self.moment(-12),
            version: "3".to_owned(),
        };
        vec![
            TicketRow {
                priority: Some(Priority::Urgent),
                due: Some(self.due("", -18)),
                urged: 2,
                ..base(17, "设备运行中频繁报错，影响生产", "科技有限公司", "技术故障")
            },
            TicketRow {
                priority: Some(Priority::High),
                due: Some(self.due("", 22)),
                department: "销售部".to_owned(),
                state: self.state("state-waiting-department", Tone::Neutral),
                ..base(21, "询价定制产品，需3天内提供方案", "YY贸易集团", "售前咨询")
            },
            TicketRow {
                customer: String::new(),
                department: "营业所".to_owned(),
                channel: self.t().say("channel-phone"),
                ..base(24, "中山大道与科韵路交叉口西北侧路面渗水，疑为DN150管网漏水", "", "报漏")
            },
            TicketRow {
                priority: Some(Priority::Low),
                due: Some(self.standing("", DueState::Paused)),
                state: self.state("state-waiting-customer", Tone::Warn),
                channel: self.t().say("channel-mail"),
                updated: self.moment(-60 * 26),
                ..base(9, "二期 3 栋交楼时间及所需资料", "黄女士（锦绣花园）", "售后咨询")
            },
            TicketRow {
                due: None,
                state: self.state("state-solved", Tone::Good),
                updated: self.moment(-60 * 24 * 40),
                ..base(2, "发票抬头变更后重开", "广州市越秀区华兴五金建材经营部", "售后保障")
            },
        ]
    }

    /// Tickets nobody has taken.
    pub(super) fn untaken(&self) -> Vec<TicketRow> {
        self.tickets()
            .into_iter()
            .take(3)
            .map(|row| TicketRow { assignee: String::new(), state: self.state("state-new", Tone::Warn), ..row })
            .collect()
    }

    /// Contact sheets in every state.
    pub(super) fn sheets(&self) -> Vec<SheetRow> {
        let base = |n: u32, question: &str| SheetRow {
            id: format!("sht_0{n}"),
            number: format!("LX202611{n:04}"),
            question: question.to_owned(),
            from: "客户服务中心".to_owned(),
            to: "项目部".to_owned(),
            ticket: format!("CS202611{n:04}"),
            state: self.state("sheet-state-new", Tone::Warn),
            sent: self.moment(-200),
            due: None,
            version: "1".to_owned(),
            receivable: true,
        };
        vec![
            base(12, "二期 3 栋交楼时间是否仍为 12 月 31 日？客户需安排搬家。"),
            SheetRow {
                state: self.state("sheet-state-received", Tone::Active),
                due: Some(self.due("", 60 * 27)),
                receivable: false,
                ..base(8, "地下车库产权与使用年限的统一答复口径")
            },
            SheetRow {
                state: self.state("sheet-state-answered", Tone::Good),
                due: Some(self.standing("", DueState::Met)),
                receivable: false,
                ..base(5, "样板间同款橱柜的品牌、型号")
            },
        ]
    }
}

/// The desk's zone.
pub fn zone() -> TimeZone {
    TimeZone::fixed(jiff::tz::offset(8))
}
