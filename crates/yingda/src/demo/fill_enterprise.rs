//! S03's later forms filled in.

use yingda_process::RawForm;

use super::course::{Course, Mood};
use super::fill::{form, reason, yes};
use super::matter::{Matter, Moment};
use super::topic::Topic;

/// What is typed at a step of S03.
pub fn step(matter: &mut Matter, topic: &Topic, step: &str, course: &Course, moment: &Moment<'_>) -> RawForm {
    let words = &mut matter.words;
    match step {
        "confer" => form([
            ("confer.team", words.any(&["技术团队", "售后团队", "技术和售后团队"])),
            (
                "confer.opinion",
                words.any(&[
                    "可以远程处理，先收集日志。",
                    "以前有过同类情况，按同样办法处理。",
                    "需要现场确认，先准备备件。",
                ]),
            ),
        ]),
        "assign" => form([
            ("assign.department", topic.department.to_owned()),
            (
                "assign.instruction",
                words.any(&["", "请先致电客户说明安排。", "客户是老客户，注意时限。", "资料见描述，缺的向专员要。"]),
            ),
        ]),
        "notify" => form([
            ("notice.person", moment.hand.to_owned()),
            ("notice.called_at", moment.clock(0)),
            ("notice.confirmed", yes(true)),
        ]),
        "respond" => form([
            ("response.plan", words.fill(topic.asks)),
            ("response.on_site", yes(course.on_site)),
            ("response.expected_at", moment.clock(60 * 24)),
        ]),
        "appoint" => form([
            ("appointment.visit_at", moment.clock(60 * 20)),
            ("appointment.engineer", moment.hand.to_owned()),
            ("appointment.remote", yes(false)),
            ("appointment.record", words.any(&["邮件", "企业微信"])),
        ]),
        "handle" => {
            let again = if moment.pass > 0 { "按客户意见重新处理：" } else { "" };
            let result = format!("{again}{}", words.any(topic.answers));
            form([
                ("handling.obstacle", words.any(&["", "", "", "客户信息不全，补充后继续。", "等待备件到货一天。"])),
                ("handling.result", result),
            ])
        }
        "confirm" => {
            let content = Matter::content(course, moment);
            form([
                ("confirmation.solved", yes(content)),
                ("confirmation.fits", yes(content)),
                ("confirmation.told", words.any(topic.answers)),
            ])
        }
        "opinion" => form([
            (
                "opinion.opinion",
                words.any(&[
                    "客户认为只解决了表面问题，要求找出原因。",
                    "客户要求写明以后怎样避免再发生。",
                    "客户说晚班又出现一次，请彻底检查。",
                    "方案缺少费用明细，请补充。",
                ]),
            ),
            ("opinion.escalate", yes(course.escalated)),
        ]),
        "coordinate" => form([(
            "coordination.decision",
            words.any(&[
                "由技术部和售后部共同派人，明天到现场，我每天向客户通报。",
                "同意免费更换，三天内完成，售后部负责。",
            ]),
        )]),
        "rate" => {
            let rating = match course.mood {
                Mood::BadRating if moment.pass == 0 => "不满意",
                Mood::Content | Mood::OnceMore | Mood::BadRating => course.rating,
            };
            let mut why = reason(rating, matter);
            if why.is_empty() && matches!(rating, "一般" | "不满意") {
                why = "没有说明理由。".to_owned();
            }
            form([("evaluation.satisfaction", rating.to_owned()), ("evaluation.reason", why)])
        }
        "close" => form([
            ("closing.complete", yes(true)),
            ("closing.remark", words.any(&["", "", "客户要求后续加强操作培训。", "一个月后回访。"])),
        ]),
        _ => RawForm::new(),
    }
}
