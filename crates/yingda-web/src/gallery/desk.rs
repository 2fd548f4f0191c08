//! Samples of the desk.

use super::{Sampled, Scene};
use crate::shell::{Flash, FlashKind};
use crate::views::desk::{DeskPage, ToTell};

impl Sampled for DeskPage {
    const NAME: &'static str = "desk";

    fn samples(scene: &Scene) -> Vec<(&'static str, Self)> {
        let full = Self {
            shell: scene.agent("/"),
            today: "2026-11-03".to_owned(),
            mine: scene.tickets(),
            mine_more: true,
            due_next: scene.tickets().into_iter().filter(|row| row.due.is_some()).take(3).collect(),
            untaken: scene.untaken(),
            untaken_more: false,
            to_tell: vec![
                ToTell {
                    id: "msg_1".to_owned(),
                    href: "/tickets/tkt_09".to_owned(),
                    customer: "黄女士（锦绣花园）".to_owned(),
                    why: "项目部已答复联系单 LX2026110005，尚未回复客户".to_owned(),
                    since: scene.moment(-47),
                },
                ToTell {
                    id: "msg_1".to_owned(),
                    href: "/tickets/tkt_021".to_owned(),
                    customer: "YY贸易集团".to_owned(),
                    why: "已两天未向客户反馈进展".to_owned(),
                    since: scene.moment(-60 * 48),
                },
            ],
            owned: scene.tickets().into_iter().take(1).collect(),
            sheets: scene.sheets(),
            inbox: None,
            at_desk: true,
        };
        let mut flashed = full.clone();
        flashed.shell.flash = Some(Flash {
            kind: FlashKind::Done,
            text: "工单 CS2026110024 已登记，并分派给营业所。".to_owned(),
        });
        let empty = Self {
            mine: vec![],
            mine_more: false,
            due_next: vec![],
            untaken: vec![],
            owned: vec![],
            to_tell: vec![],
            sheets: vec![],
            ..full.clone()
        };
        let department = Self {
            shell: scene.head("/"),
            owned: vec![],
            to_tell: vec![],
            sheets: vec![],
            inbox: Some(scene.sheets()),
            at_desk: false,
            ..full.clone()
        };
        vec![("full", full), ("flash", flashed), ("empty", empty), ("department", department)]
    }
}
