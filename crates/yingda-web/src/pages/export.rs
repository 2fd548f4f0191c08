//! A list of tickets as a file: the queue's own filter, S03's columns, as a workbook or CSV.

use axum::Router;
use axum::extract::RawQuery;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use yingda_app::export::{ExportFormat, FormFields};
use yingda_core::Refusal;

use crate::front::{PageResult, Visit, WebState};
use crate::pages::filters::Reader;
use crate::pages::show::Show;

async fn xlsx(visit: Visit, RawQuery(query): RawQuery) -> PageResult {
    export(&visit, &query.unwrap_or_default(), ExportFormat::Xlsx).await
}

async fn csv(visit: Visit, RawQuery(query): RawQuery) -> PageResult {
    let query = query.unwrap_or_default();
    let gbk = query.split('&').any(|pair| pair == "encoding=gbk");
    export(&visit, &query, if gbk { ExportFormat::CsvGbk } else { ExportFormat::Csv }).await
}

async fn export(visit: &Visit, query: &str, format: ExportFormat) -> PageResult {
    let asked = Reader::new(visit, Show::new(visit).directory()).read(query);
    // A condition that is not understood would give more than was asked for, and nobody sees that in a file.
    if !asked.wrong.is_empty() {
        let wrong =
            asked.wrong.iter().map(|name| yingda_core::refusal::FieldRefusal::new(name, "not-an-option")).collect();
        return Err(Refusal::Fields(wrong).into());
    }
    let file = visit.app.export(&visit.ctx, visit.actor(), &asked.filter, FormFields::Form, format).await?;
    let day = visit.now().to_zoned(visit.zone()).date();
    let name = format!("attachment; filename=\"tickets-{day}.{}\"", format.extension());
    let name = HeaderValue::from_str(&name).unwrap_or(HeaderValue::from_static("attachment"));
    let kind = HeaderValue::from_static(format.media_type());
    Ok(([(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, name)], file.bytes).into_response())
}

/// Its routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/tickets/export.xlsx", get(xlsx)).route("/tickets/export.csv", get(csv))
}
