//! Anybody does anything: whatever is asked, the desk does it or refuses it, and its tables keep telling the engine's story.

use std::collections::BTreeSet;

use yingda_app::assignment::{Told, Transfer};
use yingda_app::attachments::Upload;
use yingda_app::queue::{Filter, Order, Page};
use yingda_app::sheets::SendSheet;
use yingda_app::steps::CompleteStep;
use yingda_app::talk::Say;
use yingda_app::{AppError, AppResult, MessageKind, Once};
use yingda_core::sheet::SheetState;
use yingda_core::{Actor, DepartmentId, Refusal, Role, TicketId};
use yingda_process::{FieldType, Form, TokenKind};
use yingda_testkit::form::RawForm;
use yingda_testkit::{Desk, Dice, desk::on_both};

use crate::cast::{call, fault, head, member, question, supervisor};

/// Texts that are awkward somewhere.
const TEXTS: &[&str] =
    &["漏水", "", " ", "'; --", "a\0b", "\u{202e}𠮷", "2026-11-02 10:00", "0", "-1", "true", "13800138000"];

struct World {
    desk: Desk,
    dice: Dice,
    people: Vec<Actor>,
    departments: Vec<DepartmentId>,
    tickets: Vec<TicketId>,
    done: usize,
    refused: usize,
}

impl World {
    async fn open(desk: Desk, seed: u64) -> Self {
        desk.install_all().await;
        let mut people = vec![crate::cast::agent(&desk).await, supervisor(&desk).await];
        people.push(desk.person("周敏", "service-center", [Role::Manager]).await);
        people.push(desk.person("管理员", "service-center", [Role::Administrator]).await);
        for (name, department) in
            [("张伟", "after_sales"), ("赵磊", "project"), ("钱工", "engineering"), ("孙所长", "business_office")]
        {
            people.push(head(&desk, name, department).await);
        }
        people.push(member(&desk, "吴工", "waterworks").await);
        let departments = desk.directory().departments.keys().copied().collect();
        Self { desk, dice: Dice::new(seed), people, departments, tickets: Vec::new(), done: 0, refused: 0 }
    }

    fn text(&mut self) -> String {
        (*self.dice.pick(TEXTS)).to_owned()
    }

    fn department(&mut self) -> DepartmentId {
        *self.dice.pick(&self.departments)
    }

    /// Done or refused; anything else is a defect.
    fn judge<T: std::fmt::Debug>(&mut self, what: &str, result: AppResult<T>) {
        match result {
            Ok(_) => self.done += 1,
            Err(AppError::Refused(_)) => self.refused += 1,
            Err(other) => panic!("{what}: {other}"),
        }
    }

    /// Something for every field of a form, mostly sensible.
    fn fill(&mut self, form: &Form) -> RawForm {
        let mut raw = RawForm::new();
        for field in &form.fields {
            let sensible = match field.kind {
                FieldType::YesNo => (*self.dice.pick(&["true", "false"])).to_owned(),
                FieldType::Choice | FieldType::Department if !field.options.is_empty() => {
                    self.dice.pick(&field.options).value.clone()
                }
                FieldType::Department => "after_sales".to_owned(),
                FieldType::Integer | FieldType::Decimal | FieldType::Money => self.dice.below(400).to_string(),
                FieldType::Date => "2026-11-03".to_owned(),
                FieldType::DateTime => "2026-11-03 10:00".to_owned(),
                FieldType::Phone => "020-84556677".to_owned(),
                FieldType::Person => self.dice.pick(&self.people).name.clone(),
                FieldType::Attachment => continue,
                _ => "已处理".to_owned(),
            };
            let text = if self.dice.once_in(40) { self.text() } else { sensible };
            raw.insert(format!("{}.{}", form.id, field.id), vec![text]);
        }
        raw
    }

    async fn receive(&mut self, who: &Actor) {
        let (process, fields) = match self.dice.below(3) {
            0 => ("customer-consultation", question(if self.dice.once_in(2) { "true" } else { "false" })),
            1 => {
                let kind = *self.dice.pick(&["咨询业务", "投诉处理", "报漏处理", "处理结果记录"]);
                ("water-hotline", call(kind))
            }
            _ => {
                let priority = *self.dice.pick(&["紧急", "高", "中", "低"]);
                ("enterprise-support", fault(priority))
            }
        };
        let mut fields = fields;
        if self.dice.once_in(5) {
            let keys: Vec<String> = fields.keys().cloned().collect();
            let key = self.dice.pick(&keys).clone();
            let text = self.text();
            fields.insert(key, vec![text]);
        }
        let result = self.desk.receive(who, process, "phone", fields).await;
        if let Ok(received) = &result {
            self.tickets.push(received.id);
        }
        self.judge("receive", result);
    }

    /// Completes whatever waits, as the person asked or, half the time, as whoever may.
    async fn step(&mut self, who: &Actor, id: TicketId) {
        let view = self.desk.ticket(&self.people[0], id).await.unwrap();
        let waiting = view.process.definition.active(&view.instance);
        let Some(step) = waiting.first().filter(|step| step.kind == TokenKind::Person) else { return };
        let token = if self.dice.once_in(20) { 99 } else { i64::from(step.token) };
        let mut actor = who.clone();
        if !self.dice.once_in(3) {
            for person in self.people.clone() {
                if self.desk.ticket(&person, id).await.is_ok_and(|view| view.mine.contains(&token)) {
                    actor = person;
                }
            }
        }
        let mut fields = step.form.map(|form| self.fill(form)).unwrap_or_default();
        // A page hides what is not asked; here it is learnt from the refusal.
        for _ in 0..4 {
            let done = CompleteStep { token, fields: fields.clone(), ..CompleteStep::default() };
            let result = self.desk.complete_step(&self.desk.ctx(), &actor, id, done).await;
            let hidden: Vec<String> = match &result {
                Err(AppError::Refused(Refusal::Fields(faults))) => {
                    faults.iter().filter(|f| f.code == "not-visible").map(|f| f.field.clone()).collect()
                }
                _ => Vec::new(),
            };
            self.judge("complete", result);
            if hidden.is_empty() {
                return;
            }
            fields.retain(|key, _| !hidden.contains(key));
        }
    }

    async fn sheet(&mut self, who: &Actor, id: TicketId) {
        let sheets = self.desk.ticket(&self.people[0], id).await.unwrap().sheets;
        if sheets.is_empty() {
            return;
        }
        let sheet = self.dice.pick(&sheets).clone();
        let owner = self.people.iter().find(|person| person.department == sheet.to_department).cloned();
        let who = if self.dice.once_in(3) { who.clone() } else { owner.unwrap_or_else(|| who.clone()) };
        let (ctx, text) = (self.desk.ctx(), self.text());
        let result = match self.dice.below(6) {
            0..=1 => self.desk.receive_sheet(&ctx, &who, sheet.id).await,
            2..=3 => self.desk.answer_sheet(&ctx, &who, sheet.id, &text, None).await,
            4 => self.desk.countersign_sheet(&ctx, &who, sheet.id).await,
            _ => self.desk.withdraw_sheet(&ctx, &who, sheet.id, &text).await,
        };
        self.judge("sheet", result);
    }

    async fn handing(&mut self, who: &Actor, id: TicketId) {
        let person = self.dice.pick(&self.people).person;
        let (department, reason, tell, ctx) = (self.department(), self.text(), self.text(), self.desk.ctx());
        match self.dice.below(3) {
            0 => {
                let to = (!self.dice.once_in(3)).then_some(person);
                let result = self.desk.assign(&ctx, who, id, to, None, None).await;
                self.judge("assign", result);
            }
            1 => {
                let person = self.dice.once_in(3).then_some(person);
                let transfer = Transfer {
                    department,
                    person,
                    reason,
                    tell,
                    told: Told::Later,
                    phone: None,
                    seen: None,
                    once: Once::unkeyed(),
                };
                let result = self.desk.transfer(&ctx, who, id, transfer).await;
                self.judge("transfer", result);
            }
            _ => {
                let result = self.desk.copy_in(&ctx, who, id, department).await;
                self.judge("copy in", result);
            }
        }
    }

    async fn words(&mut self, who: &Actor, id: TicketId) {
        let (text, ctx, to) = (self.text(), self.desk.ctx(), self.department());
        match self.dice.below(5) {
            0 => {
                let kind = *self.dice.pick(&[MessageKind::Note, MessageKind::ToCustomer, MessageKind::FromCustomer]);
                let say =
                    Say { kind, text, channel: String::new(), told: Told::Later, answer: None, once: Once::unkeyed() };
                let result = self.desk.say(&ctx, who, id, say).await;
                self.judge("say", result);
            }
            1 => {
                let result = self.desk.set_progress(&ctx, who, id, "已处理", &text).await;
                self.judge("progress", result);
            }
            2 => {
                let send = SendSheet { to, question: text, customer_matter: String::new(), once: Once::unkeyed() };
                let result = self.desk.send_sheet(&ctx, who, id, send).await;
                self.judge("send sheet", result);
            }
            3 => {
                let result = self.desk.archive(&ctx, who, id).await;
                self.judge("archive", result);
            }
            _ => {
                let upload = Upload { name: format!("{text}.txt"), bytes: text.clone().into_bytes() };
                let result = self.desk.attach(&ctx, who, id, upload).await;
                let kept = result.as_ref().ok().copied();
                self.judge("attach", result);
                if let Some(attachment) = kept.filter(|_| self.dice.once_in(2)) {
                    let result = self.desk.detach(&ctx, who, attachment).await;
                    self.judge("detach", result);
                }
            }
        }
    }

    async fn look(&mut self, who: &Actor) {
        let text = self.text();
        let order = if self.dice.once_in(2) { Order::Due } else { Order::Newest };
        let result = self.desk.queue(who, &Filter::default(), order, Page::First, 5).await;
        self.judge("queue", result);
        let result = self.desk.search(who, &text, None, None, 5).await;
        self.judge("search", result);
        let result = self.desk.desk(who).await;
        self.judge("desk", result);
        let result = self.desk.inbox(who, SheetState::Sent, None, 5).await;
        self.judge("inbox", result);
        let result = self.desk.caller(who, &text).await;
        self.judge("caller", result);
        let result = self.desk.figures(&self.desk.ctx(), who, "2026-11-01".parse().unwrap()).await;
        self.judge("figures", result);
    }

    /// What the tables say of a ticket is what the engine says of it.
    async fn agree(&self, id: TicketId) {
        let view = self.desk.ticket(&self.people[0], id).await.unwrap();
        let ticket = &view.held.ticket;
        let engine: BTreeSet<(i64, &str, &str)> = view
            .instance
            .tokens
            .iter()
            .map(|t| (i64::from(t.id), t.step.as_str(), if t.kind == TokenKind::Sheet { "sheet" } else { "person" }))
            .collect();
        let table: BTreeSet<(i64, &str, &str)> =
            view.held.work.iter().map(|w| (w.token, w.step.as_str(), w.kind.as_str())).collect();
        assert_eq!(table, engine, "{}", ticket.number);
        assert_eq!(ticket.state, ticket.times.state());
        assert_eq!(ticket.state.is_running(), view.instance.ended.is_none());
        crate::clocks::agrees(&self.desk, &self.people[0], id).await;
        assert_eq!(ticket.step.is_empty(), view.held.work.is_empty());
        // What the process waits for by sheet has a sheet that can still move it.
        for item in view.held.work.iter().filter(|w| w.kind == "sheet") {
            assert!(
                view.sheets.iter().any(|s| s.token == Some(item.token) && !s.lets_process_go_on()),
                "{}",
                ticket.number
            );
        }
    }
}

fn run(seed: u64) {
    on_both(async |desk| {
        let mut world = World::open(desk, seed).await;
        for turn in 0..220 {
            world.desk.clock.minutes(7);
            let who = world.dice.pick(&world.people.clone()).clone();
            let known = world.tickets.clone();
            if known.is_empty() || world.dice.once_in(8) {
                let clerk = if world.dice.once_in(4) { who.clone() } else { world.people[0].clone() };
                world.receive(&clerk).await;
                continue;
            }
            let id = *world.dice.pick(&known);
            match world.dice.below(12) {
                0..=5 => world.step(&who, id).await,
                6..=7 => world.sheet(&who, id).await,
                8 => world.handing(&who, id).await,
                9..=10 => world.words(&who, id).await,
                _ => world.look(&who).await,
            }
            world.agree(id).await;
            if turn % 40 == 0 {
                world.desk.run_jobs().await;
            }
        }
        world.desk.run_jobs().await;
        for id in world.tickets.clone() {
            world.agree(id).await;
        }
        // A test in which nothing happens shows nothing.
        assert!(world.done > 100 && world.refused > 30, "{} done, {} refused", world.done, world.refused);
        let ended = world
            .desk
            .figures(&world.desk.ctx(), &world.people[0], "2026-11-01".parse().unwrap())
            .await
            .unwrap()
            .handled;
        assert!(ended.part > 3, "{ended:?}");
    });
}

#[test]
fn anybody_does_anything_and_the_desk_holds() {
    run(1);
}

#[test]
fn anybody_does_anything_else_and_the_desk_holds() {
    run(20_261_102);
}
