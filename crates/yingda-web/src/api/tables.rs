//! Tables of tickets: taken in after every row was checked, given out in the document's columns.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use jiff::Timestamp;
use serde::Deserialize;
use sha2::Digest;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::export::ExportFormat;

use yingda_app::import::{Apply, ImportFile, Unreadable};
use yingda_app::{FormFields, secret};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{DepartmentId, Refusal};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::sent::Asked;
use crate::api::shapes::table::ImportShape;
use crate::api::shapes::words::PriorityWord;
use crate::api::tickets::{StateWanted, Wanted};
use crate::api::upload::Uploaded;
use crate::api::{ApiResult, json};
use crate::front::WebState;

/// The parts of an import that are no file.
const PARTS: [&str; 4] = ["process", "sheet", "mapping", "apply"];

/// For the document: a form with a table.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a body that `Uploaded` reads")]
struct TableForm {
    /// An xlsx workbook or a CSV file in UTF-8, UTF-16 or GBK.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
    /// The process that the rows come to.
    #[schema(example = "enterprise-support")]
    process: String,
    /// Which sheet of a workbook; the first visible one if not given.
    sheet: Option<String>,
    /// Which header fills which field, as JSON; guessed from the headers if not given.
    mapping: Option<String>,
    /// `true` takes the table in, all of it or nothing; else it is only looked at.
    apply: Option<bool>,
}

fn unreadable(field: &str, why: &dyn std::fmt::Display) -> Refusal {
    Refusal::Fields(vec![FieldRefusal::new(field, "unreadable").with("why", why)])
}

/// Take a table in
///
/// Without `apply=true` nothing is changed: the report lists every fault. With it, a table that has a fault is refused whole
/// (`import`), and one that has none is taken in whole.
#[utoipa::path(post, path = "/imports", tag = "tables", params(Keyed), request_body(content = TableForm, content_type = "multipart/form-data"),
    responses((status = 200, description = "What came of it", body = ImportShape)))]
async fn import(bearer: Bearer, uploaded: Uploaded) -> ApiResult {
    let Uploaded { name, bytes, mut fields } = uploaded;
    if let Some(unknown) = fields.keys().find(|field| !PARTS.contains(&field.as_str())) {
        return Err(Refusal::field(unknown, "unknown-field").into());
    }
    let apply = match fields.get("apply").map(|text| text.trim()) {
        None | Some("" | "false") => Apply::DryRun,
        Some("true") => Apply::AllOrNothing,
        Some(_) => return Err(Refusal::field("apply", "bad-yes-no").into()),
    };
    let bytes = bytes.ok_or_else(|| Refusal::field("file", "missing"))?;
    let process = fields.remove("process").ok_or_else(|| Refusal::field("process", "missing"))?;
    let (sheet, mapping) = (fields.remove("sheet"), fields.remove("mapping"));
    let said =
        [process.as_str(), sheet.as_deref().unwrap_or_default(), mapping.as_deref().unwrap_or_default()].join("\n");
    let once = bearer.once(&format!("{}\n{said}", secret::hex(&sha2::Sha256::digest(&bytes))));
    let file = ImportFile { process, name: name.unwrap_or_default(), bytes, sheet, mapping, once };
    let report = match bearer.app.import(&bearer.ctx, bearer.actor(), file, apply).await? {
        Ok(report) => report,
        Err(Unreadable::Table(fault)) => return Err(unreadable("file", &fault).into()),
        Err(Unreadable::Mapping(fault)) => return Err(unreadable("mapping", &fault).into()),
    };
    if apply == Apply::AllOrNothing && report.imported.is_none() {
        return Err(Refusal::Import { faults: report.faults.len() }.into());
    }
    json(StatusCode::OK, &ImportShape::from(report.as_ref()))
}

/// What kind of file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum FormatWanted {
    /// A workbook.
    #[default]
    Xlsx,
    /// UTF-8 with a mark that Excel recognises.
    Csv,
    /// GBK.
    CsvGbk,
}

/// Which columns.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum ColumnsWanted {
    /// The document's 15.
    #[default]
    Form,
    /// These and six more.
    All,
}

/// Which tickets, and how.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Export {
    /// Which states; `running` if not given.
    #[param(inline)]
    state: Option<StateWanted>,
    /// A process's id.
    process: Option<String>,
    /// 问题类型
    kind: Option<String>,
    /// 优先级
    #[param(inline)]
    priority: Option<PriorityWord>,
    /// 处理部门
    #[param(value_type = Option<String>, example = "dep_0c8x4m2p00400")]
    department: Option<DepartmentId>,
    /// 处理人: a person's id, `me`, or `none`.
    assignee: Option<String>,
    /// How it came in.
    channel: Option<String>,
    /// Accepted at or after.
    #[param(value_type = Option<String>, format = DateTime)]
    from: Option<Timestamp>,
    /// Accepted before.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// What kind of file; `xlsx` if not given.
    #[param(inline)]
    format: Option<FormatWanted>,
    /// Which columns; `form` if not given.
    #[param(inline)]
    columns: Option<ColumnsWanted>,
}

/// Give a table out
///
/// The tickets of a filter, oldest first. `X-Rows` says how many; `X-Replaced` how many characters GBK does not have.
#[utoipa::path(get, path = "/tickets/export", tag = "tables", params(Export),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn export(bearer: Bearer, Asked(asked): Asked<Export>) -> ApiResult {
    let Export { state, process, kind, priority, department, assignee, channel, from, until, format, columns } = asked;
    let filter =
        Wanted { state, process, kind, priority, department, assignee, channel, from, until }.filter(&bearer)?;
    let format = match format.unwrap_or_default() {
        FormatWanted::Xlsx => ExportFormat::Xlsx,
        FormatWanted::Csv => ExportFormat::Csv,
        FormatWanted::CsvGbk => ExportFormat::CsvGbk,
    };
    let columns = match columns.unwrap_or_default() {
        ColumnsWanted::Form => FormFields::Form,
        ColumnsWanted::All => FormFields::FormAndExtra,
    };
    let file = bearer.app.export(&bearer.ctx, bearer.actor(), &filter, columns, format).await?;
    let disposition = format!("attachment; filename=tickets.{}", format.extension());
    let mut response = (StatusCode::OK, file.bytes).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(format.media_type()));
    headers.insert("x-rows", HeaderValue::from(file.rows));
    headers.insert("x-replaced", HeaderValue::from(file.replaced));
    if let Ok(value) = HeaderValue::from_str(&disposition) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(import)).routes(routes!(export))
}
