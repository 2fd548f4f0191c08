//! Correcting what was taken down, on the ticket's page.

use axum::http::StatusCode;
use yingda_core::Role;
use yingda_testkit::desk;

use crate::matters::{call, complete, site};

#[test]
fn what_was_misheard_is_corrected_and_both_are_told() {
    desk::on_both(async |desk| {
        let site = site(desk).await;
        let clerk = site.person("王芳", "service-center", Role::Agent).await;
        let other = site.person("张敏", "service-center", Role::Agent).await;
        let member = site.person("李强", "project", Role::Member).await;
        let ticket = call(&clerk, "k", &[("record.has_answer", "no")]).await.location();
        let path = format!("{ticket}/particulars");
        let page = clerk.get(&ticket).await;
        page.shows("更正登记信息").shows("name=\"was-phone\" value=\"13800138000\"");
        let (version, since) = (page.hidden("version"), page.hidden("since"));
        let seen = [
            ("version", version.as_str()),
            ("since", since.as_str()),
            ("was-phone", "13800138000"),
            ("was-contact_name", "李先生"),
            ("was-priority", "中"),
        ];
        let with = |more: &[(&'static str, &'static str)]| [&seen[..], more].concat();

        let wrong = [("phone", "一三九"), ("contact_name", "黎<b>先生"), ("priority", "高")];
        let refused = clerk.post(&path, &with(&wrong)).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        refused.shows("value=\"一三九\"").shows("value=\"黎&#60;b&#62;先生\"").shows("id=\"amend-f-phone-error\"");
        refused.shows("value=\"高\" checked").shows("<details class=\"fold quiet no-print\" open>");

        site.desk.clock.minutes(5);
        let right = [("phone", "13900139000"), ("contact_name", "李先生"), ("priority", "高")];
        let page = clerk.follow(&clerk.post(&path, &with(&right)).await).await;
        page.shows("已更正。").shows("更正了联系方式、优先级");
        page.shows("<li>联系方式：<del>13800138000</del> → <ins>13900139000</ins></li>");
        page.shows("<li>优先级：<del>中</del> → <ins>高</ins></li>");
        assert!(!page.has("更正了联系方式、联系人"));
        // The card of what was taken down says what is true now.
        page.shows("<dd>13900139000</dd>");
        assert!(!page.has("<dd>13800138000</dd>"));
        clerk.post("/account/preferences", &[("locale", "en"), ("theme", "auto")]).await.location();
        let page = clerk.get(&ticket).await;
        page.shows("corrected Phone, Priority").shows("<del>Normal</del> → <ins>High</ins>");

        // Another clerk had the page open: they keep their own word, and do not put the number back.
        let late = [("phone", "13800138000"), ("contact_name", "黎先生"), ("priority", "中")];
        let stale = other.post(&path, &with(&late)).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        stale.shows("王芳已先保存了修改").shows("<del>13800138000</del> → <ins>13900139000</ins>");
        stale.shows("<span class=\"muted\">联系人</span> 黎先生");
        stale.shows("name=\"phone\" type=\"tel\" value=\"13900139000\"").shows("type=\"text\" value=\"黎先生\"");
        let (version, since) = (stale.hidden("version"), stale.hidden("since"));
        let again = [
            ("version", version.as_str()),
            ("since", since.as_str()),
            ("was-phone", "13900139000"),
            ("phone", "13900139000"),
            ("was-contact_name", "李先生"),
            ("contact_name", "黎先生"),
        ];
        let page = other.follow(&other.post(&path, &again).await).await;
        page.shows("<li>联系人：<del>李先生</del> → <ins>黎先生</ins></li>")
            .shows("<dd class=\"tabular\">13900139000</dd>");
        let nothing = other.post(&path, &[("was-phone", "13900139000"), ("phone", "13900139000")]).await;
        other.follow(&nothing).await.shows("没有改动");

        // A department that is asked about it reads it, and corrects nothing.
        let inquiry = [("inquiry.department", "项目部"), ("inquiry.question", "何时？")];
        complete(&clerk, &clerk.get(&ticket).await, &inquiry).await.location();
        assert!(!member.get(&ticket).await.has("/particulars"));
        assert_eq!(member.post(&path, &right).await.status, StatusCode::FORBIDDEN);
        assert_eq!(clerk.post_bare(&path, &right).await.status, StatusCode::FORBIDDEN);
    });
}
