//! 导入 through the router: look, match columns, take in; what comes back where something is wrong.

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use jiff::SignedDuration;
use tower::ServiceExt;
use yingda_app::accounts::Origin;
use yingda_app::queue::{Filter, StateFilter};
use yingda_app::secret;
use yingda_core::{Actor, Role};
use yingda_testkit::Desk;
use yingda_testkit::desk::{PASSWORD, on_both};
use yingda_web::WebState;

const TABLE: &str = "\
工单编号,客户名称,联系人,联系方式,问题类型,问题描述(含时间/影响范围),优先级,处理部门,责任人,受理时间,响应时间,解决时间,处理结果摘要,客户评价,备注
CS2024901,科技有限公司,张*,5678,技术故障,\"设备运行中频繁报错,影响生产\",紧急,售后部,,2024-10-0109:30,2024-10-0110:00,2024-10-0115:00,\"更换故障模块,设备正常运行\",满意,客户要求后续加强操作培训
CS2024902,YY贸易集团,王*,139,售前咨询,\"询价定制产品,需3天内提供方案\",高,销售部,,2024-10-0114:20,2024-10-0115:00,2024-10-0210:00,\"已发送定制方案及报价单,待客户确认\",一般,客户希望增加功能细节说明
";

/// Somebody at a browser without scripts.
struct Caller {
    router: Router,
    cookie: String,
    csrf: String,
}

struct Page {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Page {
    /// The value of the first hidden field of that name.
    fn hidden(&self, name: &str) -> String {
        let mark = format!("type=\"hidden\" name=\"{name}\" value=\"");
        let Some((_, rest)) = self.text.split_once(&mark) else { panic!("no hidden {name} in {}", self.text) };
        let value = rest.split('"').next().unwrap_or_default();
        value
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
    }

    fn has(&self, text: &str) {
        assert!(self.text.contains(text), "no {text:?} in {}: {}", self.status, self.text);
    }

    fn location(&self) -> &str {
        self.headers.get(header::LOCATION).map_or("", |value| value.to_str().unwrap())
    }
}

impl Caller {
    async fn new(desk: &Desk, login: &str) -> Self {
        let edge = desk.edge.clone();
        let router = yingda_web::router(WebState::new(desk.app.clone(), std::sync::Arc::new(move || edge.ctx())));
        let secret = desk.sign_in(&desk.ctx(), login, PASSWORD, Origin::default()).await.unwrap();
        Self { router, cookie: format!("yd_session={secret}"), csrf: secret::csrf(&secret) }
    }

    async fn send(&self, request: Request<Body>) -> Page {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
        Page { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
    }

    async fn get(&self, path: &str) -> Page {
        self.send(Request::get(path).header(header::COOKIE, &self.cookie).body(Body::empty()).unwrap()).await
    }

    async fn post(&self, path: &str, fields: &[(&str, &str)], file: Option<&[u8]>) -> Page {
        let mut body = Vec::new();
        for (name, value) in fields.iter().chain(&[("csrf", self.csrf.as_str())]) {
            body.extend_from_slice(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        if let Some(file) = file {
            body.extend_from_slice(
                b"--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"t.csv\"\r\n\r\n",
            );
            body.extend_from_slice(file);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let request = Request::post(path)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=edge")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    async fn look(&self, table: &[u8]) -> Page {
        self.post("/imports", &[("process", "enterprise-support"), ("sheet", ""), ("apply", "no")], Some(table)).await
    }

    /// Sends one of the page's forms: what it holds, and what is chosen besides.
    async fn again(&self, page: &Page, path: &str, besides: &[(&str, &str)]) -> Page {
        let held: Vec<(&str, String)> =
            ["kept", "name", "process", "sheet"].map(|name| (name, page.hidden(name))).to_vec();
        let fields: Vec<(&str, &str)> =
            held.iter().map(|(n, v)| (*n, v.as_str())).chain(besides.iter().copied()).collect();
        self.post(path, &fields, None).await
    }
}

async fn ready(desk: &Desk) -> (Actor, Caller) {
    desk.install_all().await;
    let lead = desk.person("supervisor", "service", [Role::Supervisor]).await;
    let caller = Caller::new(desk, "supervisor").await;
    (lead, caller)
}

async fn count(desk: &Desk, actor: &Actor) -> i64 {
    desk.queue_count(actor, &Filter { state: StateFilter::Any, ..Filter::default() }, 100).await.unwrap()
}

#[test]
fn a_table_is_looked_at_and_taken_in_without_a_second_upload() {
    on_both(async |desk| {
        let (lead, caller) = ready(&desk).await;
        let page = caller.get("/imports").await;
        assert_eq!(page.status, StatusCode::OK);
        page.has("企业客户服务支持流程");
        assert!(!page.text.contains("value=\"water"), "only processes that take tables");

        let look = caller.look(TABLE.as_bytes()).await;
        assert_eq!(look.status, StatusCode::OK, "{}", look.text);
        for words in ["2 行可导入", "UTF-8", "以逗号分隔", "科技有限公司", "2024-10-01 09:30", "导入 2 行"]
        {
            look.has(words);
        }
        assert_eq!(count(&desk, &lead).await, 0);

        let (mapping, key) = (look.hidden("mapping"), look.hidden("key"));
        let fields = [("mapping", mapping.as_str()), ("key", key.as_str()), ("apply", "yes")];
        for _ in 0..2 {
            let done = caller.again(&look, "/imports", &fields).await;
            assert_eq!(
                (done.status, done.location()),
                (StatusCode::SEE_OTHER, "/imports?done=2&process=enterprise-support")
            );
            assert_eq!(count(&desk, &lead).await, 2, "a second click takes nothing in twice");
        }
        let page = caller.get("/imports?done=2&process=enterprise-support").await;
        page.has("已导入 2 条工单");
        page.has("/tickets?state=any&#38;process=enterprise-support");
    });
}

#[test]
fn every_fault_is_shown_and_downloaded_and_columns_can_be_matched_anew() {
    on_both(async |desk| {
        let (lead, caller) = ready(&desk).await;
        let table = TABLE.replacen("优先级", "轻重", 1).replacen("2024-10-0109:30", "2024-13-0109:30", 1).replacen(
            "销售部",
            "销售",
            1,
        );
        let (gbk, _, lost) = encoding_rs::GBK.encode(&table);
        assert!(!lost);
        let look = caller.look(&gbk).await;
        assert_eq!(look.status, StatusCode::UNPROCESSABLE_ENTITY);
        for words in [
            "GBK",
            "J 受理时间",
            "2024-13-0109:30",
            "没有这样的日期或时间",
            "H 处理部门",
            "没有这个部门",
            "此项必填，但没有对应的列",
            "未使用的列：轻重",
        ] {
            look.has(words);
        }
        assert!(!look.text.contains("value=\"yes\""), "nothing to take in");

        let mapping = look.hidden("mapping");
        let list = caller.again(&look, "/imports/faults", &[("mapping", &mapping)]).await;
        assert_eq!(
            (list.status, &list.headers[header::CONTENT_TYPE].to_str().unwrap()[..8]),
            (StatusCode::OK, "text/csv")
        );
        list.has("2,J 受理时间,2024-13-0109:30,");

        // The clerk chooses the column; the other faults stay.
        let fields =
            [("mapping", mapping.as_str()), ("column-priority", "h:轻重"), ("dates", "standard"), ("apply", "no")];
        let matched = caller.again(&look, "/imports", &fields).await;
        assert!(!matched.text.contains("没有对应的列"));
        matched.has("2024-13-0109:30");
        matched.has("<option value=\"h:轻重\" selected>");

        // Even when asked to: all or nothing.
        let mapping = matched.hidden("mapping");
        let refused = caller.again(&matched, "/imports", &[("mapping", &mapping), ("apply", "yes")]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(count(&desk, &lead).await, 0);
    });
}

#[test]
fn what_cannot_be_read_keeps_what_was_chosen() {
    on_both(async |desk| {
        let (_, caller) = ready(&desk).await;
        let none = caller
            .post("/imports", &[("process", "enterprise-support"), ("sheet", "表二"), ("apply", "no")], None)
            .await;
        assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
        none.has("请选择一个文件");
        none.has("value=\"表二\"");
        let empty = caller.look(b"\n\n").await;
        assert_eq!(empty.status, StatusCode::UNPROCESSABLE_ENTITY);
        empty.has("找不到列名所在的行");

        let look = caller.look(TABLE.as_bytes()).await;
        let broken = caller.again(&look, "/imports", &[("mapping", "{ \"columns\": "), ("apply", "no")]).await;
        assert_eq!(broken.status, StatusCode::UNPROCESSABLE_ENTITY);
        broken.has("不是 JSON");
        broken.has("{ &#34;columns&#34;: ");

        desk.clock.advance(SignedDuration::from_mins(61));
        let gone = caller.again(&look, "/imports", &[("mapping", &look.hidden("mapping")), ("apply", "yes")]).await;
        assert_eq!(gone.status, StatusCode::UNPROCESSABLE_ENTITY);
        gone.has("文件只保留一小时");
        assert_eq!(gone.hidden("mapping"), look.hidden("mapping"), "the rules wait for the next file");

        let other = caller.post("/imports", &[("process", "nothing"), ("apply", "no")], Some(TABLE.as_bytes())).await;
        assert_eq!(other.status, StatusCode::UNPROCESSABLE_ENTITY);
        other.has("这个流程不接受整表导入");
    });
}

#[test]
fn only_a_lead_of_the_desk_takes_tables_in_and_only_with_the_token() {
    on_both(async |desk| {
        let (_, mut caller) = ready(&desk).await;
        desk.person("agent", "service", [Role::Agent]).await;
        desk.person("member", "after_sales", [Role::Member]).await;
        for login in ["agent", "member"] {
            let other = Caller::new(&desk, login).await;
            assert_eq!(other.get("/imports").await.status, StatusCode::FORBIDDEN, "{login}");
            assert_eq!(other.look(TABLE.as_bytes()).await.status, StatusCode::FORBIDDEN, "{login}");
        }
        caller.csrf = "guessed".to_owned();
        assert_eq!(caller.look(TABLE.as_bytes()).await.status, StatusCode::FORBIDDEN);
    });
}
