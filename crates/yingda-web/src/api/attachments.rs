//! Files kept with a ticket: up, down, and off.

use axum::body::{Body as Bytes, Bytes as Chunk};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use futures_util::stream;
use serde::Deserialize;
use sha2::Digest;
use tokio::io::AsyncReadExt;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use yingda_app::attachments::Upload;
use yingda_app::{AppError, secret};
use yingda_core::{AttachmentId, Refusal, TicketId};

use crate::api::bearer::{Bearer, Keyed};
use crate::api::sent::{Asked, At};
use crate::api::shapes::talk::AttachmentShape;
use crate::api::upload::Uploaded;
use crate::api::{ApiResult, created, done};
use crate::front::visit::encode;
use crate::front::{Fault, WebState};

/// Bytes read from the disk at a time.
const CHUNK: usize = 64 * 1024;

/// How a file is called.
#[derive(Debug, Clone, Default, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
struct Named {
    /// The file's name, with its ending; where the body is the file alone it must be given.
    name: Option<String>,
}

/// For the document: a form with a file.
#[derive(ToSchema)]
#[expect(dead_code, reason = "describes a body that `Uploaded` reads")]
struct FileForm {
    /// The file.
    #[schema(value_type = String, format = Binary)]
    file: Vec<u8>,
}

/// Keep a file with a ticket
///
/// The body is the file alone (then `name` says what it is called) or a form with a part `file`. What the file is, its content
/// decides.
#[utoipa::path(post, path = "/tickets/{id}/attachments", tag = "tickets",
    params(("id" = String, Path, description = "The ticket's id"), Named, Keyed),
    request_body(content((Vec<u8> = "application/octet-stream"), (FileForm = "multipart/form-data"))),
    responses((status = 201, description = "The attachment", body = AttachmentShape)))]
async fn attach(bearer: Bearer, At(ticket): At<TicketId>, Asked(named): Asked<Named>, uploaded: Uploaded) -> ApiResult {
    let name = named.name.or(uploaded.name).ok_or_else(|| Refusal::field("name", "missing"))?;
    let bytes = uploaded.bytes.ok_or_else(|| Refusal::field("file", "missing"))?;
    let once = bearer.once(&format!("{name}\n{}", secret::hex(&sha2::Sha256::digest(&bytes))));
    let id = bearer.app.attach_once(&bearer.ctx, bearer.actor(), ticket, Upload { name, bytes }, once).await?;
    let kept = bearer.app.attachment(bearer.actor(), id).await?;
    created(&format!("/attachments/{id}"), &AttachmentShape::of(&kept.attachment, &bearer.names()))
}

/// The bytes of an attachment
#[utoipa::path(get, path = "/attachments/{id}", tag = "tickets", params(("id" = String, Path, description = "The attachment's id")),
    responses((status = 200, description = "The file", body = Vec<u8>, content_type = "application/octet-stream")))]
async fn download(bearer: Bearer, At(id): At<AttachmentId>) -> ApiResult {
    let served = bearer.app.attachment(bearer.actor(), id).await?;
    let gone = |e: std::io::Error| Fault(AppError::House(format!("the bytes of {id} cannot be read: {e}")));
    let file = tokio::fs::File::open(&served.path).await.map_err(gone)?;
    let chunks = stream::try_unfold(file, async |mut file| {
        let mut chunk = Vec::with_capacity(CHUNK);
        let read = (&mut file).take(CHUNK as u64).read_to_end(&mut chunk).await?;
        Ok::<_, std::io::Error>((read > 0).then(|| (Chunk::from(chunk), file)))
    });
    let mut response = (StatusCode::OK, Bytes::from_stream(chunks)).into_response();
    let attachment = &served.attachment;
    let disposition = format!("attachment; filename*=UTF-8''{}", encode(&attachment.name).replace('/', "%2F"));
    let said = [
        (header::CONTENT_TYPE, attachment.media_type.clone()),
        (header::CONTENT_LENGTH, attachment.size.to_string()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    for (name, value) in said {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    Ok(response)
}

/// Take a file off a ticket
///
/// Whoever brought it may, and leads of the desk; only while the ticket runs.
#[utoipa::path(delete, path = "/attachments/{id}", tag = "tickets", params(("id" = String, Path, description = "The attachment's id")),
    responses((status = 204, description = "It is off")))]
async fn detach(bearer: Bearer, At(id): At<AttachmentId>) -> ApiResult {
    bearer.app.detach(&bearer.ctx, bearer.actor(), id).await?;
    done()
}

pub(crate) fn routes() -> OpenApiRouter<WebState> {
    OpenApiRouter::default().routes(routes!(attach)).routes(routes!(download, detach))
}
