//! The OpenAPI document: what the whole API has in common. Paths and shapes come from the code that serves them.

use utoipa::OpenApi;
use utoipa::openapi::path::Operation;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme};
use utoipa::openapi::{ContentBuilder, OpenApi as Document, Ref, RefOr, Response, ResponseBuilder};
use utoipa_axum::router::OpenApiRouter;

use crate::api::problem::{FieldProblem, Problem};
use crate::front::WebState;

/// Where the document lies, under the API's root.
pub const PATH: &str = "/openapi.json";
const TOKEN: &str = "token";
const PROBLEM: &str = "Problem";

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Yingda 应答",
        version = "1",
        description = "The customer-service desk for programs: the same intentions as its pages, by the same rules. Ids are texts with \
            a prefix (`tkt_…`), instants RFC 3339 in UTC. Lists page by `cursor`. Everything that goes wrong is a problem document \
            (RFC 9457) whose `code` a program can rely on. Creations take an `Idempotency-Key`.",
        license(name = "Apache-2.0 OR MIT")
    ),
    servers((url = "/api/v1")),
    components(schemas(Problem, FieldProblem)),
    tags(
        (name = "tickets", description = "Tickets (工单) and everything that is done to one"),
        (name = "sheets", description = "Work contact sheets (工作联系单)"),
        (name = "answers", description = "Standard answers (标准答案)"),
        (name = "notices", description = "Notices and escalations (通知与升级)"),
        (name = "answerability", description = "Overdue statements (超时说明), extensions (延期), urging (催单), first receivers (首接负责)"),
        (name = "lookups", description = "Callers, search, figures, processes"),
        (name = "clocks", description = "Limits of tickets, with the account of each due time"),
        (name = "policies", description = "The company's own limits"),
        (name = "calendars", description = "Working calendars (工作日历), by which limits are counted"),
        (name = "duty", description = "Duty (值班): rosters, leave, swaps, signing in, hand-overs"),
        (name = "people", description = "People, departments, and whose token this is"),
        (name = "routines", description = "Recurring work (周期性工作) and the day"),
        (name = "tables", description = "Tables of tickets, in and out")
    )
)]
struct Base;

/// The document before any route is in it.
pub(crate) fn base() -> Document {
    Base::openapi()
}

/// This document
#[utoipa::path(
    get,
    path = "/openapi.json",
    tag = "lookups",
    security(()),
    responses((status = 200, description = "The API in OpenAPI 3.1", body = Object))
)]
#[expect(dead_code, reason = "describes the route that `api::routes` adds, which needs the finished document")]
async fn document() {}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    let mut described = OpenApiRouter::default();
    let (path, types, mut operation) = (
        <__path_document as utoipa::Path>::path(),
        <__path_document as utoipa::Path>::methods(),
        <__path_document as utoipa::Path>::operation(),
    );
    operation.tags = Some(vec!["lookups".to_owned()]);
    described.get_openapi_mut().paths.add_path_operation(path, types, operation);
    described
}

/// What holds for every operation: the token, and problems where something goes wrong.
pub(crate) fn finished(mut document: Document) -> Document {
    let components = document.components.get_or_insert_default();
    let bearer = HttpBuilder::new()
        .scheme(HttpAuthScheme::Bearer)
        .description(Some("An API token, made on one's own page 我的账户: `yd_…`"));
    components.add_security_scheme(TOKEN, SecurityScheme::Http(bearer.build()));
    components.responses.insert(PROBLEM.to_owned(), problem().into());
    document.security = Some(vec![SecurityRequirement::new(TOKEN, Vec::<String>::new())]);
    for (path, item) in &mut document.paths.paths {
        let methods =
            [("get", &mut item.get), ("post", &mut item.post), ("put", &mut item.put), ("delete", &mut item.delete)];
        for (method, operation) in methods {
            if let Some(operation) = operation {
                operation.operation_id = Some(name(method, path));
            }
        }
        let writing = [&mut item.post, &mut item.put, &mut item.delete];
        for operation in writing.into_iter().flatten() {
            refuse(operation, path, &["409", "422"]);
        }
        if let Some(operation) = &mut item.get {
            refuse(operation, path, &[]);
        }
    }
    document
}

/// A name that no other operation has, whatever its function is called: `post_tickets_id_messages`.
fn name(method: &str, path: &str) -> String {
    let word = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
    let path: String = path.chars().filter(|c| !"{}".contains(*c)).map(word).collect();
    format!("{method}{path}")
}

fn refuse(operation: &mut Operation, path: &str, also: &[&str]) {
    let of_one = path.contains('{').then_some("404");
    for status in ["default", "401", "403"].into_iter().chain(of_one).chain(also.iter().copied()) {
        let problem = RefOr::Ref(Ref::from_response_name(PROBLEM));
        operation.responses.responses.entry(status.to_owned()).or_insert(problem);
    }
}

fn problem() -> Response {
    let schema = Ref::from_schema_name(PROBLEM);
    let content = ContentBuilder::new().schema(Some(schema)).build();
    ResponseBuilder::new().description("What went wrong").content("application/problem+json", content).build()
}
