//! The shipped procedures: they load, say where they come from, and every branch leads where the documents say.

use crate::desk::{Desk, SHIPPED, facts, raw, shipped, zone};
use yingda_process::limit::LimitUnit;
use yingda_process::{
    Channel, Column, Effect, Event, FieldFault, Intake, Limit, Milestone, Outcome, Priority, Refusal, Requester, Value,
    WrongValue, load,
};

fn limit(amount: u32, unit: LimitUnit) -> Option<Limit> {
    Some(Limit { amount, unit })
}

/// The limit of the step just entered.
fn entered(desk: &Desk) -> Option<Limit> {
    let entered = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Entered { limit, .. } => Some(*limit),
        _ => None,
    });
    entered.expect("something was entered")
}

fn labels(desk: &Desk) -> Vec<&str> {
    desk.effects
        .iter()
        .filter_map(|effect| match effect {
            Effect::Progressed { label } => Some(label.as_str()),
            _ => None,
        })
        .collect()
}

#[test]
fn every_shipped_file_loads_without_a_fault() {
    for (file, source) in SHIPPED {
        if let Err(faults) = load(source, file) {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", faults.join("\n"));
        }
    }
}

#[test]
fn every_limit_that_no_document_gives_says_so() {
    for (file, _) in SHIPPED {
        let definition = shipped(&file[..3]);
        assert_eq!(definition.source.as_deref(), Some(&file[..3]));
        for step in &definition.steps {
            let Some(limit) = step.limit() else { continue };
            let from_document =
                limit.trace.requirements.iter().any(|number| number.starts_with('R') || number.starts_with('T'));
            let ours = limit.trace.origin == yingda_process::vocabulary::Origin::Default && limit.trace.note.is_some();
            assert!(from_document || ours, "{file}: {}", step.id);
        }
    }
}

// S01

const QUESTION: &[(&str, &str)] = &[
    ("contact", "张先生"),
    ("phone", "139-0000-1111"),
    ("customer_kind", "准备购买的客户"),
    ("subject", "产品保修"),
    ("question", "保修几年"),
    ("on_site", "否"),
];

fn question(has_answer: &'static str) -> Vec<(&'static str, &'static str)> {
    QUESTION.iter().copied().chain([("has_answer", has_answer)]).collect()
}

#[test]
fn a_question_with_a_standard_answer_is_answered_at_once() {
    let mut desk = Desk::open("S01");
    assert_eq!(desk.definition.requester, Requester::Anyone);
    desk.receive(&question("是"));
    assert_eq!(desk.at(), "answer_at_once");
    desk.complete("answer_at_once", &[("answer", "保修三年")]);
    assert_eq!(desk.at(), "answered");
    assert!(desk.effects.contains(&Effect::ToldCustomer { text: "保修三年".to_owned() }));
    assert!(desk.effects.contains(&Effect::Marked { milestone: Milestone::Solved }));
    let ended = desk.instance.ended.unwrap();
    assert_eq!((ended.outcome, ended.event_record), (Outcome::Answered, false));
}

#[test]
fn a_question_without_one_goes_to_the_department_that_knows() {
    for (chosen, step, department) in [
        ("项目部", "project_answer", "project"),
        ("销售公司", "sales_answer", "sales"),
        ("总公司", "head_office_answer", "head_office"),
    ] {
        let mut desk = Desk::open("S01");
        desk.receive(&question("否"));
        desk.complete("inquire", &[("department", chosen), ("question", "请答复保修年限")]);
        assert_eq!(desk.at(), step);
        let requested = desk.effects.iter().find_map(|effect| match effect {
            Effect::SheetRequested { to, question, customer_matter, limit, .. } => {
                Some((to.as_str(), question.as_str(), customer_matter.as_deref(), *limit))
            }
            _ => None,
        });
        // two working days.
        let two_days = limit(2, LimitUnit::WorkingDays);
        assert_eq!(requested, Some((department, "请答复保修年限", Some("保修几年"), two_days)));
        let lane = desk.definition.active(&desk.instance)[0].lane;
        assert_eq!(lane.department(&desk.definition, &desk.instance).as_deref(), Some(department));

        desk.answer(step, "保修三年");
        assert_eq!(desk.instance.answers[step], "保修三年");
        desk.complete("reply", &[("answer", "您好,保修三年"), ("publish", "是")]);
        desk.complete("confirm", &[("understood", "是"), ("satisfaction", "满意")]);
        let rated = Effect::Rated { value: "满意".to_owned(), satisfied: true, reason: None };
        assert!(desk.effects.contains(&rated));
        assert_eq!(desk.at(), "closed");
        assert!(desk.instance.marks.contains(&Milestone::Confirmed));
    }
}

#[test]
fn a_customer_who_is_not_yet_answered_is_asked_about_again() {
    let mut desk = Desk::open("S01");
    desk.receive(&question("否"));
    desk.complete("inquire", &[("department", "项目部"), ("question", "甲")]);
    desk.answer("project_answer", "乙");
    desk.complete("reply", &[("answer", "乙"), ("publish", "否")]);
    desk.complete("confirm", &[("understood", "否"), ("follow_up_question", "那么丙呢")]);
    assert_eq!(desk.at(), "inquire");
    assert!(desk.effects.contains(&Effect::Reopened));
    assert!(!desk.instance.marks.contains(&Milestone::Solved));
    desk.complete("inquire", &[("department", "销售公司"), ("question", "丙")]);
    assert_eq!(desk.instance.passes["inquire"], 2);
    assert_eq!(desk.instance.rounds[0].values.get("inquiry.question"), Some(&Value::Text("甲".to_owned())));
    desk.answer("sales_answer", "丁");
    desk.complete("reply", &[("answer", "丁"), ("publish", "否")]);
    assert!(desk.effects.contains(&Effect::Marked { milestone: Milestone::Solved }));
}

// S02

fn call(kind: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![("kind", kind), ("phone", "020-88886666"), ("subject", "来电"), ("content", "内容")]
}

#[test]
fn an_instant_answer_closes_without_an_event_record() {
    for kind in ["咨询业务", "查询业务"] {
        let mut desk = Desk::open("S02");
        desk.receive(&call(kind));
        desk.complete("judge_question", &[("at_once", "是")]);
        desk.complete("reply_at_once", &[("answer", "水价见公告")]);
        //
        let ended = desk.instance.ended.clone().unwrap();
        assert_eq!((desk.at().as_str(), ended.outcome, ended.event_record), ("answered", Outcome::Answered, false));
    }
}

#[test]
fn a_pipe_of_150_goes_to_the_business_office_and_151_to_engineering() {
    // R-055, J29: DN150(含)以下.
    for (dn, step, department) in [
        ("20", "repair_office", "business_office"),
        ("149", "repair_office", "business_office"),
        ("150", "repair_office", "business_office"),
        ("151", "repair_engineering", "engineering"),
        ("600", "repair_engineering", "engineering"),
    ] {
        let mut desk = Desk::open("S02");
        desk.receive(&call("报漏处理"));
        desk.complete("leak", &[("place", "港前大道12号门口"), ("pipe_dn", dn)]);
        assert_eq!(desk.at(), step, "DN{dn}");
        let lane = desk.definition.active(&desk.instance)[0].lane;
        assert_eq!(lane.department(&desk.definition, &desk.instance).as_deref(), Some(department));
        let progress = [("affected_area", "港前大道"), ("estimated_finish", "2026-11-21 18:00")];
        desk.complete(step, &progress);
        let finish = if department == "engineering" { "finish_engineering" } else { "finish_office" };
        desk.complete(finish, &[("result", "已换管"), ("finished_at", "2026-11-21 17:30")]);
        desk.complete("reply", &[("reached", "是"), ("answer", "已修好")]);
        assert!(desk.effects.contains(&Effect::ToldCustomer { text: "已修好".to_owned() }));
        desk.complete("event_record", &[("course", "全过程"), ("satisfaction", "满意")]);
        assert!(desk.instance.ended.as_ref().unwrap().event_record);
    }
}

#[test]
fn a_leak_needs_the_callers_phone_and_the_place() {
    //
    let definition = shipped("S02");
    let typed = raw(&[("kind", "报漏处理"), ("caller_kind", "群众"), ("subject", "漏水"), ("content", "路面冒水")]);
    let faults = definition.form("call").unwrap().parse(&typed, &zone()).unwrap_err();
    assert_eq!(faults, [FieldFault { field: "call.phone".to_owned(), fault: WrongValue::Missing }]);
    let faults = definition.form("leak").unwrap().parse(&raw(&[("pipe_dn", "100")]), &zone()).unwrap_err();
    assert_eq!(faults, [FieldFault { field: "leak.place".to_owned(), fault: WrongValue::Missing }]);
    // A plain question needs no phone (J47).
    let typed = raw(&[("kind", "咨询业务"), ("subject", "水价"), ("content", "水价多少")]);
    assert!(definition.form("call").unwrap().parse(&typed, &zone()).is_ok());
}

#[test]
fn complaints_are_explained_passed_on_or_found_not_valid() {
    let complaint = || {
        let mut desk = Desk::open("S02");
        desk.receive(&call("投诉处理"));
        desk
    };
    let mut desk = complaint();
    desk.complete("judge_complaint", &[("at_once", "是")]).complete("explain", &[("answer", "原因是停水检修")]);
    assert_eq!(desk.at(), "explained");
    assert!(!desk.instance.ended.as_ref().unwrap().event_record);

    let mut desk = complaint();
    desk.complete("judge_complaint", &[("at_once", "否")]);
    desk.complete("record_complaint", &[("facts", "与供水无关"), ("valid", "否"), ("invalid_reason", "不属供水服务")]);
    desk.complete("reply_invalid", &[("answer", "已说明")]);
    let ended = desk.instance.ended.clone().unwrap();
    assert_eq!((ended.outcome, ended.event_record), (Outcome::Invalid, false));

    let mut desk = complaint();
    desk.complete("judge_complaint", &[("at_once", "否")]);
    desk.complete("record_complaint", &[("facts", "多次停水未通知"), ("valid", "是")]);
    desk.complete("pass_on", &[("department", "生产技术部"), ("request", "请查明")]);
    let active = &desk.definition.active(&desk.instance)[0];
    assert_eq!(active.lane.department(&desk.definition, &desk.instance).as_deref(), Some("production"));
    desk.complete("handle", &[("result", "已整改")]);
    desk.complete("reply", &[("reached", "否"), ("attempt", "无人接听")]);
    assert_eq!(desk.at(), "reply");
    desk.complete("reply", &[("reached", "否"), ("attempt", "无人接听")]);
    desk.complete("reply", &[("reached", "否"), ("attempt", "停机")]);
    desk.complete("event_record", &[("course", "三次未联系上")]);
    assert!(desk.instance.ended.as_ref().unwrap().event_record);
}

#[test]
fn results_are_recorded_and_open_questions_go_to_a_department() {
    let mut desk = Desk::open("S02");
    desk.receive(&call("处理结果记录")).complete("record_result", &[("result", "水表已换")]);
    assert_eq!(desk.at(), "recorded");
    let mut desk = Desk::open("S02");
    desk.receive(&call("查询业务")).complete("judge_question", &[("at_once", "否")]);
    desk.complete("consult", &[("department", "waterworks"), ("request", "请查水质报告")]);
    assert_eq!(desk.at(), "handle");
    assert_eq!(desk.instance.facts.as_ref().unwrap().department.as_deref(), Some("waterworks"));
}

// S03

fn matter(priority: &'static str) -> Vec<(&'static str, &'static str)> {
    vec![
        ("customer", "科技有限公司"),
        ("contact", "张*"),
        ("phone", "5678"),
        ("judgement", "售后报修"),
        ("subject", "设备报错"),
        ("description", "设备运行中频繁报错"),
        ("occurred_at", "2024-10-0109:30"),
        ("impact", "影响生产"),
        ("scenario", "售后保障"),
        ("class", "技术故障类"),
        ("priority", priority),
    ]
}

/// To the confirmation call.
fn handled(priority: &'static str) -> Desk {
    let mut desk = Desk::open("S03");
    desk.receive(&matter(priority));
    desk.complete("assign", &[("department", "售后部"), ("handler", "李*")]);
    if priority == "紧急" {
        desk.complete("notify", &[("person", "李*"), ("called_at", "2026-11-21 09:10"), ("confirmed", "是")]);
    }
    desk.complete("respond", &[("plan", "先换模块")]);
    desk.complete("handle", &[("result", "更换故障模块")]);
    desk
}

#[test]
fn intake_fills_the_ticket_and_the_class_names_the_department() {
    let mut desk = Desk::open("S03");
    desk.receive(&matter("高"));
    assert_eq!(desk.at(), "assign");
    let facts = desk.instance.facts.clone().unwrap();
    assert_eq!((facts.priority, facts.department.as_deref()), (Priority::High, Some("after_sales")));
    let filled = |column| {
        desk.effects
            .iter()
            .any(|effect| matches!(effect, Effect::Filled { column: found, value: Some(_) } if *found == column))
    };
    // One event completes both intake steps, so its effects are those of both.
    for column in [Column::CustomerName, Column::Phone, Column::Kind, Column::Priority, Column::Department] {
        assert!(filled(column), "{column:?}");
    }
    //
    assert_eq!(entered(&desk), limit(1, LimitUnit::WorkingHours));
}

#[test]
fn urgent_and_high_must_be_answered_within_two_hours_and_others_have_no_limit() {
    for (priority, expected) in
        [("紧急", limit(2, LimitUnit::Hours)), ("高", limit(2, LimitUnit::Hours)), ("中", None), ("低", None)]
    {
        let mut desk = Desk::open("S03");
        desk.receive(&matter(priority)).complete("assign", &[("department", "after_sales")]);
        if priority == "紧急" {
            //
            assert_eq!(desk.at(), "notify");
            desk.complete("notify", &[("person", "李*"), ("called_at", "2026-11-21 09:10"), ("confirmed", "是")]);
        }
        assert_eq!((desk.at().as_str(), entered(&desk)), ("respond", expected), "{priority}");
    }
}

#[test]
fn a_complex_matter_is_conferred_on_and_work_on_site_is_appointed() {
    let mut desk = Desk::open("S03");
    let typed: Vec<(&str, &str)> = matter("中").into_iter().chain([("complex", "是")]).collect();
    desk.receive(&typed);
    desk.complete("confer", &[("team", "技术团队"), ("opinion", "需现场检查")]);
    desk.complete("assign", &[("department", "technology")]);
    desk.complete("respond", &[("plan", "上门检查"), ("on_site", "是")]);
    assert_eq!(labels(&desk), ["已联系客户"]);
    //
    assert_eq!((desk.at().as_str(), entered(&desk)), ("appoint", limit(24, LimitUnit::Hours)));
    let visit = [("visit_at", "2026-11-22 10:00"), ("engineer", "赵*"), ("record", "邮件")];
    desk.complete("appoint", &visit);
    assert_eq!(labels(&desk), ["已联系客户", "方案制定中"]);
}

#[test]
fn the_customer_is_called_within_one_working_hour_and_rates() {
    let mut desk = handled("高");
    assert_eq!(labels(&desk), ["已完成处理"]);
    assert!(desk.effects.contains(&Effect::Marked { milestone: Milestone::Solved }));
    //
    assert_eq!((desk.at().as_str(), entered(&desk)), ("confirm", limit(1, LimitUnit::WorkingHours)));
    desk.complete("confirm", &[("solved", "是"), ("fits", "是")]);
    desk.complete("rate", &[("satisfaction", "非常满意")]);
    assert!(desk.effects.contains(&Effect::Marked { milestone: Milestone::Confirmed }));
    desk.complete("close", &[("complete", "是")]);
    //
    assert_eq!(desk.instance.ended.as_ref().unwrap().label, "已解决-客户确认");
}

#[test]
fn a_customer_who_is_not_satisfied_restarts_the_handling() {
    //
    let mut desk = handled("紧急");
    desk.complete("confirm", &[("solved", "否"), ("fits", "否")]);
    desk.complete("opinion", &[("opinion", "仍然报错"), ("escalate", "是")]);
    desk.complete("coordinate", &[("decision", "换整机")]);
    assert_eq!(desk.at(), "handle");
    assert!(desk.effects.contains(&Effect::Reopened));
    desk.complete("handle", &[("result", "已换整机")]);
    assert_eq!(desk.instance.passes["handle"], 2);
    assert!(desk.effects.contains(&Effect::Marked { milestone: Milestone::Solved }));
    assert_eq!(desk.instance.rounds.len(), 1);
    desk.complete("confirm", &[("solved", "是"), ("fits", "是")]);
    desk.complete("rate", &[("satisfaction", "不满意"), ("reason", "太慢")]);
    let rated = Effect::Rated { value: "不满意".to_owned(), satisfied: false, reason: Some("太慢".to_owned()) };
    assert!(desk.effects.contains(&rated));
    desk.complete("opinion", &[("opinion", "要求说明"), ("escalate", "否")]);
    assert_eq!(desk.at(), "handle");
    assert!(desk.effects.contains(&Effect::Reopened));
}

#[test]
fn an_average_rating_does_not_reopen_unless_the_file_says_so() {
    // J07
    let rate = |desk: &mut Desk| {
        desk.complete("confirm", &[("solved", "是"), ("fits", "是")]);
        desk.complete("rate", &[("satisfaction", "一般"), ("reason", "希望增加说明")]);
        desk.at()
    };
    let mut desk = handled("中");
    assert_eq!(rate(&mut desk), "close");
    let (file, source) = SHIPPED[2];
    let stricter = load(&source.replace("reopen_on: [不满意]", "reopen_on: [不满意, 一般]"), file).unwrap();
    let mut desk = Desk { definition: stricter, ..handled("中") };
    assert_eq!(rate(&mut desk), "opinion");
}

#[test]
fn the_table_of_the_document_has_its_fifteen_columns_and_takes_its_two_rows() {
    //
    let definition = shipped("S03");
    let table = definition.form("table").unwrap();
    let labels: Vec<&str> = table.fields.iter().map(|field| field.label.as_str()).collect();
    let document = [
        "工单编号",
        "客户名称",
        "联系人",
        "联系方式",
        "问题类型",
        "问题描述(含时间/影响范围)",
        "优先级",
        "处理部门",
        "责任人",
        "受理时间",
        "响应时间",
        "解决时间",
        "处理结果摘要",
        "客户评价",
        "备注",
    ];
    assert_eq!(labels, document);
    let rows = [
        [
            "CS2024901",
            "科技有限公司",
            "张*",
            "5678",
            "技术故障",
            "设备运行中频繁报错,影响生产",
            "紧急",
            "售后部",
            "李*",
            "2024-10-0109:30",
            "2024-10-0110:00",
            "2024-10-0115:00",
            "更换故障模块,设备正常运行",
            "满意",
            "客户要求后续加强操作培训",
        ],
        [
            "CS2024902",
            "YY贸易集团",
            "王*",
            "139",
            "售前咨询",
            "询价定制产品,需3天内提供方案",
            "高",
            "销售部",
            "赵*",
            "2024-10-0114:20",
            "2024-10-0115:00",
            "2024-10-0210:00",
            "已发送定制方案及报价单,待客户确认",
            "一般",
            "客户希望增加功能细节说明",
        ],
    ];
    for row in rows {
        let typed: Vec<(&str, &str)> = table.fields.iter().map(|field| field.id.as_str()).zip(row).collect();
        let values = table.parse(&raw(&typed), &zone()).unwrap();
        assert_eq!(values.0.len(), 15);
    }
    let typed = raw(&[("customer", "科技有限公司"), ("description", "甲"), ("accepted_at", "2024-10-0109:30")]);
    let values = table.parse(&typed, &zone()).unwrap();
    assert_eq!(values.get("table.accepted_at").unwrap().text(), "2024-10-01T01:30:00Z");
}

#[test]
fn a_mail_waits_at_the_first_step_with_what_is_known() {
    let mut desk = Desk::open("S03");
    let mut values = yingda_process::Values::default();
    values.insert("accept.description", Value::Text("附件打不开".to_owned()));
    desk.event(Event::Start { values, facts: facts(Channel::Mail), intake: Intake::Waiting }).unwrap();
    assert_eq!(desk.at(), "accept");
    assert!(desk.instance.values.get("accept.description").is_some());
    assert!(desk.effects.iter().any(|effect| matches!(effect, Effect::Filled { column: Column::Description, .. })));
    desk.complete("accept", &matter("低"));
    assert_eq!(desk.at(), "register");
    desk.complete("register", &matter("低"));
    assert_eq!(desk.at(), "assign");
}

#[test]
fn a_closed_channel_and_an_incomplete_intake_are_refused() {
    let mut desk = Desk::open("S03");
    let start = |channel| Event::Start {
        values: yingda_process::Values::default(),
        facts: facts(channel),
        intake: Intake::Complete,
    };
    assert_eq!(desk.event(start(Channel::Fax)), Err(Refusal::ChannelClosed));
    let Err(Refusal::Fields { faults }) = desk.event(start(Channel::Phone)) else { panic!("taken") };
    assert!(faults.contains(&FieldFault { field: "accept.customer".to_owned(), fault: WrongValue::Missing }));
    assert!(faults.contains(&FieldFault { field: "register.priority".to_owned(), fault: WrongValue::Missing }));
    assert_eq!(desk.instance, yingda_process::Instance::new());
}
