//! Forms filled in: those of S01, and the first forms of S02 and S03.

use yingda_process::RawForm;

use super::course::Course;
use super::matter::{Body, Matter, Moment};
use super::topic::Topic;
use super::{enterprise, water};

/// A form from pairs; what is empty is left out, as a browser's form reader does.
pub fn form<const N: usize>(pairs: [(&str, String); N]) -> RawForm {
    pairs.into_iter().filter(|(_, value)| !value.is_empty()).map(|(key, value)| (key.to_owned(), vec![value])).collect()
}

/// A yes or a no, as forms send it.
pub fn yes(is: bool) -> String {
    is.to_string()
}

/// Why somebody rates as they do.
pub fn reason(rating: &str, matter: &mut Matter) -> String {
    match rating {
        "非常满意" => {
            matter.words.any(&["反应快，讲得清楚。", "比说好的时间还早，谢谢。", "服务专业，会推荐给同行。"])
        }
        "满意" => matter.words.any(&["", "", "问题解决了。", "态度好。"]),
        "一般" => matter.words.any(&[
            "处理得慢了一点。",
            "希望下次能主动告知进展。",
            "解决了，但打了两次电话。",
            "希望增加细节说明。",
        ]),
        "不满意" => matter.words.any(&["等了太久，中间没有人联系。", "说法前后不一致。", "问题只解决了一半。"]),
        _ => String::new(),
    }
}

/// S01, 咨询记录.
pub fn property_intake(matter: &mut Matter, topic: &Topic, course: &Course) -> RawForm {
    let question = matter.words.any(topic.says);
    let bought = question.contains("业主") || question.contains("购买了");
    let owner = if bought { matter.words.fill("{estate}{unit}业主") } else { String::new() };
    form([
        ("record.customer", owner),
        ("record.contact", matter.caller.contact.clone()),
        ("record.phone", matter.caller.phone.clone()),
        ("record.customer_kind", if bought { "已购客户" } else { "准备购买的客户" }.to_owned()),
        ("record.subject", matter.words.fill(topic.subject)),
        ("record.question", question),
        ("record.priority", course.priority.to_owned()),
        ("record.on_site", yes(matter.channel == "onsite")),
        ("record.has_answer", yes(course.at_once)),
    ])
}

/// S01, every later form.
pub fn property_step(matter: &mut Matter, topic: &Topic, step: &str, course: &Course, moment: &Moment<'_>) -> RawForm {
    match step {
        "answer_at_once" => form([("instant_answer.answer", matter.answer())]),
        "inquire" => {
            let department = match topic.department {
                "project" => "项目部",
                "sales" => "销售公司",
                _ => "总公司",
            };
            let ask = matter.words.fill(topic.asks);
            let question =
                if moment.pass > 0 { format!("客户对上次答复有疑问，请补充说明：{ask}") } else { ask };
            form([("inquiry.department", department.to_owned()), ("inquiry.question", question)])
        }
        "reply" => form([
            ("reply.answer", matter.answer()),
            ("reply.publish", yes(course.countersigned && matter.words.word("days").len() == 1)),
        ]),
        "confirm" => {
            let content = Matter::content(course, moment);
            let rating = if content { course.rating } else { "" };
            let more = if content {
                String::new()
            } else {
                matter.words.any(&[
                    "答复里没有说具体日期，请再确认。",
                    "客户要求写明依据的条款。",
                    "客户问费用由谁承担。",
                ])
            };
            form([
                ("confirmation.understood", yes(content)),
                ("confirmation.follow_up_question", more),
                ("confirmation.satisfaction", rating.to_owned()),
                ("confirmation.reason", reason(rating, matter)),
            ])
        }
        _ => RawForm::new(),
    }
}

/// S02, 来电记录.
pub fn water_intake(matter: &mut Matter, course: &Course) -> RawForm {
    let (kind, subject, content) = match matter.body {
        Body::Leak(_) => ("报漏处理", matter.words.fill("{road}{spot}报漏"), matter.words.any(water::LEAK_SAYS)),
        Body::Hotline(topic) => (topic.kind, matter.words.fill(topic.subject), matter.words.any(topic.says)),
        Body::Property(_) | Body::Enterprise(_) | Body::Result => (
            "处理结果记录",
            matter.words.fill("{road}抢修结果"),
            matter.words.fill("班组来电：{road}{spot}的漏点已处理，{cause}，{area}供水正常。"),
        ),
    };
    let passer_by = content.contains("群众");
    let account = if passer_by || content.contains("班组") {
        String::new()
    } else {
        matter.words.fill(&format!("{}(户号{{account}})", matter.caller.contact))
    };
    form([
        ("call.kind", kind.to_owned()),
        ("call.caller_kind", if passer_by { "群众" } else { "用户" }.to_owned()),
        ("call.customer", account),
        ("call.contact", matter.caller.contact.clone()),
        ("call.phone", matter.caller.phone.clone()),
        ("call.subject", subject),
        ("call.content", content),
        ("call.priority", course.priority.to_owned()),
    ])
}

/// S03, 受理 and 登记.
pub fn enterprise_intake(matter: &mut Matter, topic: &Topic, course: &Course, moment: &Moment<'_>) -> RawForm {
    let (scenario, judgement) = enterprise::scenario(topic.kind);
    let happened = if judgement == "技术咨询" { String::new() } else { moment.clock(-course_minutes(course)) };
    let impact = if judgement == "技术咨询" { String::new() } else { matter.words.fill("{impact}") };
    let wanted = matter.words.any(&["", "", "需3天内提供方案", "今天内恢复", "本周五前", "下周一上班前", "越快越好"]);
    form([
        ("accept.customer", matter.caller.company.clone()),
        ("accept.contact", matter.caller.contact.clone()),
        ("accept.phone", matter.caller.phone.clone()),
        ("accept.email", matter.caller.mail.clone()),
        ("accept.industry", matter.caller.industry.clone()),
        ("accept.judgement", judgement.to_owned()),
        ("accept.subject", matter.words.fill(topic.subject)),
        ("accept.description", matter.words.any(topic.says)),
        ("accept.occurred_at", happened),
        ("accept.impact", impact),
        ("accept.wanted_by", wanted),
        ("accept.complex", yes(course.complex)),
        ("register.scenario", scenario.to_owned()),
        ("register.class", topic.kind.to_owned()),
        ("register.priority", course.priority.to_owned()),
        ("register.cross", yes(course.cross)),
        ("register.cc", if course.cross { "技术部、客户服务部".to_owned() } else { String::new() }),
        ("register.safety_risk", yes(course.priority == "紧急" && course.on_site)),
        ("register.to_superior", yes(false)),
        ("register.remark", String::new()),
    ])
}

/// How long before the call it happened, in minutes: the more urgent, the sooner they call.
fn course_minutes(course: &Course) -> i64 {
    match course.priority {
        "紧急" => 25,
        "高" => 95,
        "中" => 410,
        _ => 1650,
    }
}
