//! A matter from the call to the archive: intake, steps, contact sheet, words, and what happens when two do the same at once.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::{Desk, desk, form};

use crate::site::{Browser, Page, Site};

const PROCESS: &str = "customer-consultation";

/// A consultation as the intake page sends it.
const CALL: [(&str, &str); 10] = [
    ("process", PROCESS),
    ("channel", "phone"),
    ("record.customer", "锦绣花园业主"),
    ("record.contact", "李先生"),
    ("record.phone", "13800138000"),
    ("record.customer_kind", "已购客户"),
    ("record.subject", "交楼时间"),
    ("record.question", "二期什么时候交楼？"),
    ("record.on_site", "no"),
    ("intent", "register"),
];

pub async fn site(desk: Desk) -> Site {
    desk.install("S01-consultation").await;
    Site::new(desk)
}

pub async fn call(clerk: &Browser<'_>, key: &str, more: &[(&str, &str)]) -> Page {
    let mut fields = CALL.to_vec();
    fields.push(("key", key));
    fields.extend_from_slice(more);
    clerk.post("/intake", &fields).await
}

/// The first step's address and what its form carries.
fn step(page: &Page) -> (String, String, String, String) {
    (page.action("/steps/"), page.hidden("version"), page.hidden("since"), page.hidden("key"))
}

pub async fn complete(person: &Browser<'_>, page: &Page, fields: &[(&str, &str)]) -> Page {
    let (action, version, since, key) = step(page);
    let mut all = vec![("version", version.as_str()), ("since", since.as_str()), ("key", key.as_str())];
    all.extend_from_slice(fields);
    person.post(&action, &all).await
}

#[test]
fn a_consultation_goes_through_four_hands() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let member = site.person("李强", "project", Role::Member).await;
        let head = site.person("周敏", "project", Role::Head).await;
        let supervisor = site.person("陈主管", "service-center", Role::Supervisor).await;

        // The clerk takes the call: there is no standard answer.
        let intake = clerk.get("/intake").await;
        intake
            .shows("您好，这里是客户服务中心")
            .shows("record.phone")
            .shows("/fragments/caller?process=customer-consultation");
        let key = intake.hidden("key");
        let taken = call(&clerk, &key, &[("record.has_answer", "no")]).await;
        let ticket = taken.location();
        let page = clerk.follow(&taken).await;
        page.shows("工单 ZX2026110001 已登记。").shows("data-draft-done=\"intake-customer-consultation\"");
        page.shows("下一步：填写工作联系单").shows("受理来自电话的事项，登记工单").shows("class=\"flowchart");

        // She asks the project department by a contact sheet.
        let inquiry = [("inquiry.department", "项目部"), ("inquiry.question", "二期 3 栋何时交楼？请给统一口径。")];
        let sent = complete(&clerk, &page, &inquiry).await;
        let page = clerk.follow(&sent).await;
        page.shows("已完成“填写工作联系单”。").shows("等待项目部答复联系单 GL2026110001。").shows("等待部门答复");
        assert!(!page.has("/steps/"), "nobody at the desk can do the department's part");

        // A member of the department signs for it and answers.
        let inbox = member.get("/inbox").await;
        inbox.shows("二期 3 栋何时交楼？").shows("ZX2026110001");
        let sheet = inbox.link("/sheets/");
        let received = member.post(&format!("{sheet}/receipt"), &[]).await;
        let page = member.follow(&received).await;
        page.shows("已签收 GL2026110001").shows("还剩");
        let empty = member.post(&format!("{sheet}/answer"), &[("version", "2"), ("answer", " ")]).await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        let version = page.hidden("version");
        let answered = member
            .post(&format!("{sheet}/answer"), &[("version", &version), ("answer", "12月31日前交楼，没有延期。")])
            .await;
        member.follow(&answered).await.shows("已答复 GL2026110001").shows("12月31日前交楼");
        let too_much = member.post(&format!("{sheet}/countersignature"), &[]).await;
        assert_eq!(too_much.status, StatusCode::FORBIDDEN);

        // The head countersigns; the print says who.
        head.get(&sheet).await.shows("会签答复");
        let signed = head.post(&format!("{sheet}/countersignature"), &[]).await;
        head.follow(&signed).await.shows("已会签 GL2026110001");
        head.get(&format!("{sheet}/print")).await.shows("周敏").shows("李强").shows("打印时间");
        head.get("/inbox?state=countersigned").await.shows("GL2026110001");

        // The clerk tells the customer, and the customer is content.
        let page = clerk.get(&ticket).await;
        page.shows("下一步：回复").shows("答复了工作联系单 GL2026110001").shows("会签了工作联系单 GL2026110001");
        let reply = [("reply.answer", "二期 3 栋 12 月 31 日前交楼。"), ("reply.publish", "yes")];
        let page = clerk.follow(&complete(&clerk, &page, &reply).await).await;
        page.shows("二期 3 栋 12 月 31 日前交楼。").shows("entry-out");
        let content = [("confirmation.understood", "yes"), ("confirmation.satisfaction", "满意")];
        let page = clerk.follow(&complete(&clerk, &page, &content).await).await;
        page.shows("工单办结：已回复-客户确认").shows("客户评价：满意").shows("接听下一个来电").shows("已关闭");

        // The supervisor makes it a standard answer, and files the ticket away.
        let page = supervisor.get(&sheet).await;
        page.shows("发布标准答案").shows("12月31日前交楼，没有延期。");
        let words = [
            ("question", "二期什么时候交楼？"),
            ("answer", "12月31日前交楼。"),
            ("keywords", "收楼"),
            ("state", "published"),
        ];
        let published = supervisor.post(&format!("{sheet}/publication"), &words).await;
        supervisor.follow(&published).await.shows("标准答案已发布。").shows("已转为标准答案");
        let twice = supervisor.post(&format!("{sheet}/publication"), &words).await;
        assert_eq!(twice.status, StatusCode::CONFLICT);
        let archived = supervisor.post(&format!("{ticket}/archive"), &[]).await;
        supervisor.follow(&archived).await.shows("工单已归档").shows("已归档");

        // The next caller with that question is answered at once, with the same words.
        let found = clerk.get("/fragments/answers?pick=answer&q=二期什么时候交楼").await;
        found.shows("12月31日前交楼。").shows("type=\"radio\" name=\"answer\"");
        let picked = found.body.split("name=\"answer\" value=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
        let taken = call(&clerk, "second", &[("record.has_answer", "yes"), ("answer", &picked)]).await;
        assert!(taken.location().ends_with(&format!("?answer={picked}")));
        let page = clerk.follow(&taken).await;
        page.shows("下一步：当场解答").shows("12月31日前交楼。</textarea>");
        let done = complete(&clerk, &page, &[("instant_answer.answer", "12月31日前交楼。"), ("answer", &picked)]).await;
        clerk.follow(&done).await.shows("工单办结：已当场解答");
        let (answer, _) = site.desk.answer(&clerk.actor, picked.parse().unwrap()).await.unwrap();
        assert_eq!(answer.uses, 1);
    });
}

#[test]
fn an_incomplete_call_comes_back_with_everything_typed() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let fields = [
            ("process", PROCESS),
            ("channel", "phone"),
            ("key", "k"),
            ("record.phone", "一三八"),
            ("record.question", "二期<b>什么时候交楼？"),
            ("record.has_answer", "no"),
            ("intent", "register"),
        ];
        let page = clerk.post("/intake", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        page.shows("二期&#60;b&#62;什么时候交楼？</textarea>").shows("value=\"一三八\"").shows("data-kept");
        page.shows("请填写此项。").shows("电话号码不正确。").shows("href=\"#f-record.contact\"");
        assert!(!page.has("<b>什么"));
        let lost = clerk.post("/intake", &[("process", PROCESS), ("channel", "pigeon")]).await;
        assert_eq!(lost.status, StatusCode::UNPROCESSABLE_ENTITY);
        let stranger =
            clerk.post("/intake", &[("process", "nothing"), ("channel", "phone"), ("record.contact", "李")]).await;
        assert_eq!(stranger.status, StatusCode::UNPROCESSABLE_ENTITY);
        stranger.shows("流程不可用");
    });
}

#[test]
fn two_clicks_are_one_ticket() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let first = call(&clerk, "one-call", &[("record.has_answer", "no")]).await;
        let second = call(&clerk, "one-call", &[("record.has_answer", "no")]).await;
        assert_eq!(first.location(), second.location());
        let other = call(&clerk, "one-call", &[("record.has_answer", "yes")]).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        other.shows("同一个提交凭证").shows("二期什么时候交楼？</textarea>");
        let third = call(&clerk, "another-call", &[("record.has_answer", "no")]).await;
        clerk.follow(&third).await.shows("ZX2026110002");

        // The same of a step, and of a note.
        let page = clerk.get(&first.location()).await;
        let inquiry = [("inquiry.department", "项目部"), ("inquiry.question", "何时？")];
        let once = complete(&clerk, &page, &inquiry).await;
        let again = complete(&clerk, &page, &inquiry).await;
        assert_eq!((once.status, again.status), (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER));
        for _ in 0..2 {
            let note = [("key", "n"), ("text", "客户很急")];
            assert_eq!(clerk.post(&format!("{}/notes", first.location()), &note).await.status, StatusCode::SEE_OTHER);
        }
        let page = clerk.get(&first.location()).await;
        assert_eq!(page.body.matches("客户很急").count(), 1);
        assert_eq!(page.body.matches("GL2026110001").count(), page.body.matches("GL20261100").count());
    });
}

#[test]
fn a_number_brings_the_customer_also_without_scripts() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let member = site.person("李强", "project", Role::Member).await;
        let taken = call(&clerk, "k", &[("record.has_answer", "no")]).await;
        let typed = [
            ("process", PROCESS),
            ("channel", "visit"),
            ("record.phone", "138-0013-8000"),
            ("record.subject", "第二次来电"),
            ("intent", "lookup"),
        ];
        let page = clerk.post("/intake", &typed).await;
        assert_eq!(page.status, StatusCode::OK);
        page.shows("锦绣花园业主").shows("未完成工单").shows(&taken.location()).shows("value=\"第二次来电\"");
        page.shows("<option value=\"visit\" selected>");
        let contact = page.body.split("name=\"intent\" value=\"contact:").nth(1).unwrap().split('"').next().unwrap();
        let intent = format!("contact:{contact}");
        let mut fields = typed.to_vec();
        fields[4] = ("intent", &intent);
        let page = clerk.post("/intake", &fields).await;
        page.shows("name=\"record.contact\" type=\"text\" value=\"李先生\"").shows("value=\"第二次来电\"");
        let panel = clerk.get("/fragments/caller?phone=13800138000&process=customer-consultation").await;
        panel.shows("f-record.contact").shows("李先生");
        clerk.get("/fragments/caller?phone=13911112222").await.shows("没有此号码的客户档案");
        assert_eq!(member.get("/fragments/caller?phone=13800138000").await.status, StatusCode::FORBIDDEN);
        assert_eq!(member.get("/intake").await.status, StatusCode::FORBIDDEN);
    });
}

#[test]
fn whoever_saves_late_sees_both_sides() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("张敏", "service-center", Role::Agent).await;
        let ticket = call(&clerk, "k", &[("record.has_answer", "no")]).await.location();
        let page = clerk.get(&ticket).await;
        site.desk.clock.minutes(5);
        let department = site.desk.department("sales").await.to_string();
        let theirs = other.post(&format!("{ticket}/copies"), &[("department", &department)]).await;
        assert_eq!(theirs.status, StatusCode::SEE_OTHER);
        other.post(&format!("{ticket}/progress"), &[("label", "已转部门")]).await;
        let typed = [("inquiry.department", "项目部"), ("inquiry.question", "请给统一口径")];
        let stale = complete(&clerk, &page, &typed).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("张敏已先保存了修改").shows("更新进度为“已转部门”").shows("请给统一口径</textarea>");
        // Having read it, the clerk sends again.
        let done = complete(&clerk, &stale, &typed).await;
        clerk.follow(&done).await.shows("已完成“填写工作联系单”。");
        // Somebody else still has the old page: the step is gone, what they wrote is not.
        let gone =
            complete(&other, &page, &[("inquiry.department", "总公司"), ("inquiry.question", "我写了很久的问题")])
                .await;
        assert_eq!(gone.status, StatusCode::CONFLICT);
        gone.shows("我写了很久的问题").shows("这一步已由他人完成");
    });
}

#[test]
fn words_assignment_transfer_and_a_sheet_by_hand() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("张敏", "service-center", Role::Agent).await;
        let member = site.person("李强", "project", Role::Member).await;
        let ticket = call(&clerk, "k", &[("record.has_answer", "no")]).await.location();

        let later = [("key", "m1"), ("how", "later"), ("text", "明天再告知"), ("channel", "phone")];
        let page = clerk.follow(&clerk.post(&format!("{ticket}/messages"), &later).await).await;
        page.shows("待告知客户").shows("明天再告知");
        let told = clerk.post(&page.action("/told"), &[]).await;
        assert!(!clerk.follow(&told).await.has("待告知客户"));
        let from = [("key", "m2"), ("how", "from"), ("text", "客户又来电催问"), ("channel", "phone")];
        clerk
            .follow(&clerk.post(&format!("{ticket}/messages"), &from).await)
            .await
            .shows("entry-in")
            .shows("客户又来电催问");
        let nothing = clerk.post(&format!("{ticket}/messages"), &[("key", "m3"), ("how", "now"), ("text", "")]).await;
        assert_eq!(nothing.status, StatusCode::UNPROCESSABLE_ENTITY);
        nothing.shows("id=\"message-f-text-error\"");

        let taken = other.post(&format!("{ticket}/assignment"), &[("to", "me")]).await;
        other.follow(&taken).await.shows("<dd>张敏</dd>");
        other.get(&format!("{ticket}?tab=history")).await.shows("认领了工单").shows("李先生");
        let person = clerk.actor.person.to_string();
        clerk.post(&format!("{ticket}/assignment"), &[("person", &person)]).await.location();
        let wrong = member.actor.person.to_string();
        let refused = clerk.post(&format!("{ticket}/assignment"), &[("person", &wrong)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("这位同事不属于该部门。");

        let project = site.desk.department("project").await.to_string();
        let question = [("key", "s1"), ("department", project.as_str()), ("question", "另有一问")];
        let page = clerk.follow(&clerk.post(&format!("{ticket}/contact-sheets"), &question).await).await;
        page.shows("联系单已发出。").shows("另有一问");
        let sheet = page.link("/sheets/");
        let withdrawn = clerk.post(&format!("{sheet}/withdrawal"), &[("reason", "问错了部门")]).await;
        clerk.follow(&withdrawn).await.shows("已撤回");
        assert_eq!(member.post(&format!("{sheet}/receipt"), &[]).await.location(), sheet);

        let no_reason = [("key", "t0"), ("department", project.as_str()), ("tell", "已转项目部"), ("told", "now")];
        let refused = clerk.post(&format!("{ticket}/transfer"), &no_reason).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("已转项目部</textarea>").shows("id=\"transfer-f-reason-error\"");
        let mut fields = no_reason.to_vec();
        fields[0] = ("key", "t1");
        fields.push(("reason", "需现场核实"));
        let page = clerk.follow(&clerk.post(&format!("{ticket}/transfer"), &fields).await).await;
        page.shows("已移交。").shows("把工单移交给项目部").shows("需现场核实").shows("已转项目部");
        member.get(&ticket).await.shows("<dd>王芳</dd>").shows("下一步：填写工作联系单");
    });
}

#[test]
fn a_foreign_department_finds_nothing_and_a_forged_form_does_nothing() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let project = site.person("李强", "project", Role::Member).await;
        let sales = site.person("赵强", "sales", Role::Head).await;
        let ticket = call(&clerk, "k", &[("record.has_answer", "no")]).await.location();
        let page = clerk.get(&ticket).await;
        let inquiry = [("inquiry.department", "项目部"), ("inquiry.question", "何时？")];
        let page = clerk.follow(&complete(&clerk, &page, &inquiry).await).await;
        let sheet = page.link("/sheets/");
        let kept =
            clerk.upload(&format!("{ticket}/attachments"), &[], &[("file", "记录.txt", "通话记录".as_bytes())]).await;
        let file = clerk.follow(&kept).await.link("/attachments/");
        for path in [&ticket, &sheet, &file, &format!("{sheet}/print"), &"/tickets/tkt_nothing".to_owned()] {
            assert_eq!(sales.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
        }
        for path in [
            format!("{ticket}/notes"),
            format!("{sheet}/receipt"),
            format!("{sheet}/answer"),
            format!("{ticket}/archive"),
        ] {
            let answer = sales.post(&path, &[("text", "看看"), ("answer", "代答")]).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        }
        assert!(!sales.get("/inbox").await.has("何时？"));
        assert_eq!(project.get(&ticket).await.status, StatusCode::OK);
        let forged = clerk.post_bare(&format!("{ticket}/notes"), &[("text", "假的")]).await;
        assert_eq!(forged.status, StatusCode::FORBIDDEN);
        assert!(!clerk.get(&ticket).await.has("假的"));
    });
}

#[test]
fn files_are_checked_kept_and_served_as_files() {
    desk::on_both(async |desk| {
        desk.install("S03-enterprise-support").await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service", Role::Agent).await;
        let engineer = site.person("赵强", "after_sales", Role::Member).await;
        let call = form! {
            "accept.customer" => "科技有限公司", "accept.contact" => "张工", "accept.phone" => "13800138000",
            "accept.judgement" => "售后报修", "accept.subject" => "设备报错", "accept.description" => "设备频繁报错",
            "accept.occurred_at" => "2026-11-02 08:00", "accept.impact" => "停产", "accept.complex" => "no",
            "register.scenario" => "售后保障", "register.class" => "技术故障类", "register.priority" => "高",
            "register.cross" => "no", "register.safety_risk" => "no", "register.to_superior" => "no",
        };
        let id = site.desk.receive(&clerk.actor, "enterprise-support", "phone", call).await.unwrap().id;
        site.desk.complete(&clerk.actor, id, "assign", form! { "assign.department" => "after_sales" }).await.unwrap();
        let plan = form! { "response.plan" => "更换模块", "response.on_site" => "no" };
        site.desk.complete(&engineer.actor, id, "respond", plan).await.unwrap();
        let ticket = format!("/tickets/{id}");

        let page = engineer.get(&ticket).await;
        page.shows("下一步：处理").shows("type=\"file\"");
        let (action, version, since, key) = step(&page);
        let head = [("version", version.as_str()), ("since", since.as_str()), ("key", key.as_str())];
        // A program under the name of a picture: the other file and the words stay.
        let png: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR";
        let files: [(&str, &str, &[u8]); 2] =
            [("handling.documents", "现场.png", png), ("handling.documents", "图.png", b"MZ\x90\0program")];
        let mut fields = head.to_vec();
        fields.push(("handling.result", "已更换故障模块"));
        let refused = engineer.upload(&action, &fields, &files).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("不能上传“图.png”").shows("已更换故障模块</textarea>").shows("kept-files").shows("现场.png");
        let kept = refused.hidden("handling.documents");
        // Sent again without the bad one; an id from elsewhere is not taken.
        let (version, key) = (refused.hidden("version"), refused.hidden("key"));
        let again = [
            ("version", version.as_str()),
            ("key", key.as_str()),
            ("handling.result", "已更换故障模块"),
            ("handling.documents", kept.as_str()),
            ("handling.documents", "att_0000000000001"),
        ];
        let done = engineer.upload(&action, &again, &[]).await;
        engineer.follow(&done).await.shows("已完成“处理”。").shows("现场.png");
        let view = site.desk.ticket(&clerk.actor, id).await.unwrap();
        let value = view.instance.values.get("handling.documents").unwrap();
        assert_eq!(*value, yingda_process::Value::Attachment(vec![kept.clone()]));

        let served = clerk.get(&format!("/attachments/{kept}")).await;
        assert_eq!((served.status, served.bytes.as_slice()), (StatusCode::OK, png));
        let header = |name: &str| served.headers[name].to_str().unwrap().to_owned();
        assert_eq!(header("content-type"), "image/png");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'");
        assert_eq!(
            header("content-disposition"),
            "inline; filename=\"__.png\"; filename*=UTF-8''%E7%8E%B0%E5%9C%BA.png"
        );

        let large = vec![b'a'; 21 * 1024 * 1024];
        let refused =
            clerk.upload(&format!("{ticket}/attachments"), &[], &[("file", "大.txt", large.as_slice())]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("太大，单个文件最大 20 MB");
        let text =
            clerk.upload(&format!("{ticket}/attachments"), &[], &[("file", "记录.txt", "你好".as_bytes())]).await;
        let page = clerk.follow(&text).await;
        let removal = page.action("/removal");
        let attached = removal.trim_end_matches("/removal").to_owned();
        let served = clerk.get(&attached).await;
        assert!(served.headers["content-disposition"].to_str().unwrap().starts_with("attachment; "));
        assert_eq!(engineer.post(&removal, &[]).await.status, StatusCode::FORBIDDEN);
        let page = clerk.follow(&clerk.post(&removal, &[]).await).await;
        assert!(!page.has(&attached));
        assert_eq!(clerk.get(&attached).await.status, StatusCode::NOT_FOUND);
        site.desk.run_jobs().await;
    });
}
