//! S02's later forms filled in: the leak's way, the complaint's, the question's.

use yingda_process::RawForm;

use super::course::Course;
use super::fill::{form, reason, yes};
use super::matter::{Body, Matter, Moment};
use super::water;

/// What is typed at a step of S02.
pub fn step(matter: &mut Matter, step: &str, course: &Course, moment: &Moment<'_>) -> RawForm {
    let topic = matter.topic();
    let ask = topic.map_or("请派人到现场处理。", |topic| topic.asks);
    match step {
        "judge_question" | "judge_complaint" => form([("triage.at_once", yes(course.at_once))]),
        "reply_at_once" | "explain" => form([("instant.answer", matter.answer())]),
        "reply_invalid" => {
            let answer = matter.words.any(&[
                "经核实属小区内部管道，不在供水服务范围，已解释并告知物业电话。",
                "计费符合现行价格文件，已逐项解释，用户表示理解。",
            ]);
            form([("instant.answer", answer)])
        }
        "consult" | "pass_on" => form([
            ("transfer.department", matter.department().to_owned()),
            ("transfer.request", matter.words.fill(ask)),
        ]),
        "record_complaint" => {
            let facts = topic.map(|topic| matter.words.any(topic.says)).unwrap_or_default();
            let why = if course.valid {
                String::new()
            } else {
                matter.words.any(&["漏点在用户表后。", "属物业二次供水管理范围。", "与现行规定不符的要求。"])
            };
            form([
                ("complaint.happened_at", moment.clock(-180)),
                ("complaint.facts", facts),
                ("complaint.valid", yes(course.valid)),
                ("complaint.invalid_reason", why),
            ])
        }
        "leak" => {
            let pipe = match matter.body {
                Body::Leak(pipe) => pipe,
                Body::Property(_) | Body::Hotline(_) | Body::Result | Body::Enterprise(_) => "100",
            };
            form([
                ("leak.place", matter.words.fill("{road}{number}号{spot}")),
                ("leak.pipe_dn", pipe.to_owned()),
                ("leak.scene", matter.words.fill("{leak}")),
            ])
        }
        "repair_office" | "repair_engineering" => form([
            ("leak_progress.affected_area", matter.words.fill("{area}")),
            ("leak_progress.estimated_finish", moment.clock(60 * matter.words.word("hours").parse().unwrap_or(6))),
            ("leak_progress.crew", moment.hand.to_owned()),
        ]),
        "finish_office" | "finish_engineering" => form([
            ("leak_result.result", matter.words.any(water::LEAK_RESULTS)),
            ("leak_result.finished_at", moment.clock(-15)),
        ]),
        "handle" => form([("handling.result", matter.answer())]),
        "reply" if course.missed_call && moment.pass == 0 => {
            let attempt = matter.words.any(&[
                "电话无人接听，两小时后再打。",
                "来电人正在开会，约下午再联系。",
                "关机，已发短信。",
            ]);
            form([("reply.reached", yes(false)), ("reply.attempt", attempt)])
        }
        "reply" => {
            let answer = if topic.is_some() { matter.answer() } else { matter.words.any(water::LEAK_REPLIES) };
            form([("reply.reached", yes(true)), ("reply.answer", answer)])
        }
        "event_record" => form([
            ("event_record.course", course_of(matter)),
            ("event_record.call_back", yes(course.rating == "不满意")),
            ("event_record.satisfaction", course.rating.to_owned()),
            ("event_record.reason", reason(course.rating, matter)),
        ]),
        "record_result" => form([("result_record.result", matter.words.fill("{cause}，已修复，{area}供水正常。"))]),
        _ => RawForm::new(),
    }
}

fn course_of(matter: &mut Matter) -> String {
    match matter.body {
        Body::Leak(_) => matter.words.any(&[
            "接报后即派单，{hours}小时内止水，修复后回访，{area}供水恢复正常。",
            "接报、派单、到场、关阀、修复、冲洗、回复，全程有记录，现场照片由抢修班组留存。",
        ]),
        Body::Property(_) | Body::Hotline(_) | Body::Result | Body::Enterprise(_) => matter.words.any(&[
            "已转达职能部门核实，答复内容与来电人确认无误。",
            "部门核实后由热线回复，来电人没有新的问题。",
            "中途来电催问一次，已告知进展，最终结果来电人认可。",
        ]),
    }
}
