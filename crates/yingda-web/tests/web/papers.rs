//! What the desk works by: standard answers and processes.

use axum::http::{StatusCode, header};
use yingda_core::Role;
use yingda_testkit::desk::{on_both, shipped};

use crate::site::Site;

#[test]
fn an_answer_is_drafted_published_edited_and_retired() {
    on_both(async |desk| {
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let lead = site.person("陈主管", "service-center", Role::Supervisor).await;
        let member = site.person("李强", "project", Role::Member).await;
        let key = clerk.get("/answers/new").await.hidden("key");
        let faulty = clerk.post("/answers", &[("question", "几年保修？"), ("answer", " "), ("key", &key)]).await;
        assert_eq!(faulty.status, StatusCode::UNPROCESSABLE_ENTITY);
        faulty.shows("几年保修？").shows("请填写此项。");
        let fields = [
            ("question", "几年保修？"),
            ("answer", "两年。\n\n自交付之日起。"),
            ("key", key.as_str()),
            ("state", "draft"),
        ];
        let made = clerk.post("/answers", &fields).await;
        let page = made.location();
        assert_eq!(clerk.post("/answers", &fields).await.location(), page, "a double click makes one answer");
        let other = [("question", "别的"), ("answer", "别的"), ("key", key.as_str())];
        assert_eq!(clerk.post("/answers", &other).await.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(member.get(&page).await.status, StatusCode::NOT_FOUND, "a draft is the desk's");
        clerk.get("/answers?state=draft").await.shows("几年保修？");
        assert!(!clerk.get("/answers").await.has("几年保修？"));
        let no = clerk.post(&format!("{page}/publication"), &[("version", "1")]).await;
        assert_eq!(no.status, StatusCode::FORBIDDEN);
        let published = lead.post(&format!("{page}/publication"), &[("version", "1")]).await;
        lead.follow(&published).await.shows("标准答案已发布");
        member.get("/answers?q=保修").await.shows("<mark>保修</mark>");
        assert_eq!(clerk.get(&format!("{page}/edit")).await.status, StatusCode::FORBIDDEN);
        let edit = |answer: &'static str, version: &'static str| {
            let (page, lead) = (page.clone(), &lead);
            async move {
                lead.post(&page, &[("question", "几年保修？"), ("answer", answer), ("version", version)]).await
            }
        };
        assert_eq!(edit("三年。", "2").await.location(), page);
        let stale = edit("五年。", "2").await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("三年。").shows("五年。").shows("他人已先保存了修改");
        assert_eq!(stale.hidden("version"), "3");
        let history = lead.get(&page).await;
        history.shows("第 3 版").shows("第 1 版").shows("<p>自交付之日起。</p>");
        let retired = lead.post(&format!("{page}/retirement"), &[("version", "3")]).await;
        lead.follow(&retired).await.shows("已停用");
        assert_eq!(member.get(&page).await.status, StatusCode::NOT_FOUND);
        assert!(!member.get("/answers?q=保修").await.has("三年"));
    });
}

#[test]
fn a_process_is_shown_whole_with_what_is_ours_marked() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        clerk.get("/processes").await.shows("客服热线工作流程").shows("/tickets?process=water-hotline");
        assert!(!admin.get("/processes").await.has("/tickets?process="), "an administrator sees no customers' matters");
        let page = clerk.get("/processes/enterprise-support").await;
        page.shows("class=\"flowchart")
            .shows("R-066")
            .shows("原件要求按优先级设定解决时限，没有给出数字；这是我们的默认值。");
        page.shows("默认值").shows("企业客户服务支持流程模板").shows("话术：请客户评价").shows("紧急/高 2小时");
        page.shows("进行中的工单始终沿用受理时的版本");
        assert!(!page.has("⟦") && !page.has("/processes/new"));
        let file = clerk.get(&page.link("/processes/enterprise-support/file")).await;
        assert_eq!(file.body, shipped("S03-enterprise-support"));
        assert!(file.headers[header::CONTENT_DISPOSITION].to_str().unwrap().contains("enterprise-support.yaml"));
        assert_eq!(clerk.get("/processes/nothing").await.status, StatusCode::NOT_FOUND);
        assert_eq!(clerk.get("/processes/water-hotline?version=def_0000000000001").await.status, StatusCode::NOT_FOUND);
        admin.post("/account/preferences", &[("locale", "en"), ("theme", "auto")]).await;
        for name in ["customer-consultation", "water-hotline", "enterprise-support"] {
            let page = admin.get(&format!("/processes/{name}")).await;
            assert!(!page.has("⟦"), "{name} lacks a sentence in English");
        }
    });
}

#[test]
fn a_process_file_comes_in_without_faults_or_not_at_all() {
    on_both(async |desk| {
        desk.install_all().await;
        let site = Site::new(desk);
        let admin = site.person("管理", "service-center", Role::Administrator).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let good = shipped("S02-hotline");
        let faulty =
            good.replacen("lane: desk", "lane: dsek", 1).replacen("requester: anyone", "requester: anybody", 1);
        let refused = admin.upload("/processes", &[("text", &faulty)], &[]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let line = faulty.lines().position(|line| line.starts_with("requester")).unwrap() + 1;
        refused.shows(&format!("{line}:")).shows("dsek").shows("anybody").shows("未作任何更改").shows("lane: dsek");
        assert!(refused.body.matches("badge badge-bad").count() >= 2, "all faults at once");
        let file: &[u8] = faulty.as_bytes();
        let same = admin.upload("/processes", &[("text", "")], &[("file", "客服热线.yaml", file)]).await;
        same.shows("dsek");
        let nothing = admin.upload("/processes", &[("text", " ")], &[]).await;
        nothing.shows("请选择文件或填写文本。");
        let binary = admin.upload("/processes", &[("text", "")], &[("file", "x.yaml", &[0xff, 0xfe, 0])]).await;
        binary.shows("文件不是 UTF-8 编码的文本。");
        assert_eq!(clerk.upload("/processes", &[("text", &good)], &[]).await.status, StatusCode::FORBIDDEN);
        let new = good.replacen("name: 客服热线工作流程", "name: 供水热线流程", 1);
        let taken = admin.upload("/processes", &[("text", &new)], &[]).await;
        assert_eq!(taken.location(), "/processes/water-hotline");
        let page = admin.follow(&taken).await;
        page.shows("“供水热线流程”已启用").shows("已被替代");
        let versions = page.body.matches("/processes/water-hotline?version=def_").count();
        assert_eq!(versions, 2);
        admin.get("/processes/new?process=water-hotline").await.shows("供水热线流程");
        admin.post("/account/preferences", &[("locale", "en"), ("theme", "auto")]).await;
        admin.upload("/processes", &[("text", &faulty)], &[]).await.shows("nothing was changed").shows("dsek");
    });
}
