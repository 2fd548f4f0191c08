//! Files of tickets: brought, fetched, taken off. Who may is decided with the ticket.
//!
//! The one thing to know: a stranger's file is never let act as a page of ours. It comes with its own type, is not guessed at,
//! and what a browser shows itself is shut into a sandbox; everything but pictures and PDF is only saved.

use axum::Router;
use axum::body::Body;
use axum::extract::Path;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use futures_util::stream;
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use yingda_app::Once;
use yingda_app::attachments::Upload;
use yingda_app::{AppError, AppResult, Attachment};
use yingda_core::refusal::FieldRefusal;
use yingda_core::{AttachmentId, Refusal, TicketId};

use crate::front::flash::Pending;
use crate::front::{Fault, Fields, PageResult, Posted, UploadedFile, Visit, WebState};
use crate::pages::actions::{Place, done};
use crate::pages::show::failed;
use crate::views::ticket::FileLink;

/// Bytes read from the disk at a time.
const PIECE: usize = 64 * 1024;

async fn fetch(visit: Visit, Path(id): Path<String>) -> PageResult {
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    let served = visit.app.attachment(visit.actor(), id).await?;
    let file = match tokio::fs::File::open(&served.path).await {
        Ok(file) => file,
        Err(error) => return Err(AppError::House(format!("the bytes of {id} cannot be read: {error}")).into()),
    };
    let body = Body::from_stream(stream::unfold(file, async |mut file| {
        let mut piece = Vec::with_capacity(PIECE);
        match (&mut file).take(PIECE as u64).read_to_end(&mut piece).await {
            Ok(0) => None,
            Ok(_) => Some((Ok(piece), file)),
            Err(error) => Some((Err(error), file)),
        }
    }));
    let kind = &served.attachment.media_type;
    let headers = [
        (header::CONTENT_TYPE, text(kind, "application/octet-stream")),
        (header::CONTENT_LENGTH, HeaderValue::from(served.attachment.size)),
        (header::CONTENT_DISPOSITION, text(&disposition(kind, &served.attachment.name), "attachment")),
        (header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox; default-src 'none'")),
        (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ];
    let mut response: Response = (StatusCode::OK, body).into_response();
    response.headers_mut().extend(headers);
    Ok(response)
}

fn text(value: &str, otherwise: &'static str) -> HeaderValue {
    HeaderValue::from_str(value).unwrap_or_else(|_| HeaderValue::from_static(otherwise))
}

/// Pictures that browsers show; SVG is not among them, because it can hold scripts.
const PICTURES: [&str; 5] = ["image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp"];

/// Whether a browser may show it itself.
fn opens(media_type: &str) -> bool {
    PICTURES.contains(&media_type) || media_type == "application/pdf"
}

/// `Content-Disposition` with the name in both of its forms (RFC 6266, RFC 5987).
fn disposition(media_type: &str, name: &str) -> String {
    use std::fmt::Write;
    let way = if opens(media_type) { "inline" } else { "attachment" };
    let plain: String =
        name.chars().map(|c| if c.is_ascii_graphic() && !"\"\\%".contains(c) { c } else { '_' }).collect();
    let mut whole = format!("{way}; filename=\"{plain}\"; filename*=UTF-8''");
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || b"!#$&+-.^_`|~".contains(&byte) {
            whole.push(char::from(byte));
        } else {
            // Writing to a String cannot fail.
            let _ = write!(whole, "%{byte:02X}");
        }
    }
    whole
}

/// What came of uploading the files of a form: those kept, and what is wrong with the field of the first that was not.
#[derive(Debug, Default)]
pub struct Brought {
    /// Field and id of each file kept.
    pub kept: Vec<(String, AttachmentId)>,
    /// What is wrong with the others, by field.
    pub wrong: Vec<FieldRefusal>,
}

/// Keeps the files of a form with a ticket. A file that is refused is a fault of its field; nothing else stops.
///
/// # Errors
/// What is no fault of a file: no access, no such ticket, a house that fails.
pub async fn bring(visit: &Visit, ticket: TicketId, files: &[UploadedFile], key: &str) -> AppResult<Brought> {
    let mut brought = Brought::default();
    for (n, file) in files.iter().enumerate() {
        // A form that is sent twice brings each of its files once.
        let key = (!key.is_empty()).then(|| format!("{key}:{}:{n}", file.field));
        let digest = yingda_app::secret::hex(&Sha256::digest(&file.bytes));
        let once = Once::keyed(key.as_deref(), &[&file.name, &digest]);
        let upload = Upload { name: file.name.clone(), bytes: file.bytes.clone() };
        match visit.app.attach_once(&visit.ctx, visit.actor(), ticket, upload, once).await {
            Ok(id) => brought.kept.push((file.field.clone(), id)),
            Err(AppError::Refused(Refusal::TooLarge { limit })) => {
                let wrong = FieldRefusal::new(&file.field, "file-too-large").with("name", &file.name);
                brought.wrong.push(wrong.with("mb", limit / 1024 / 1024));
            }
            Err(AppError::Refused(Refusal::FileType { found })) => {
                let wrong = FieldRefusal::new(&file.field, "file-type").with("name", &file.name);
                brought.wrong.push(wrong.with("found", found));
            }
            Err(other) => return Err(other),
        }
    }
    Ok(brought)
}

/// A file as a link.
#[must_use]
pub fn link(attachment: &Attachment, removable: bool) -> FileLink {
    FileLink {
        name: attachment.name.clone(),
        href: format!("/attachments/{}", attachment.id),
        size: size_words(attachment.size),
        opens: PICTURES.contains(&attachment.media_type.as_str()),
        removal: removable.then(|| format!("/attachments/{}/removal", attachment.id)),
    }
}

/// A size in the largest unit that leaves a whole number, or one place of it.
fn size_words(bytes: i64) -> String {
    let bytes = bytes.max(0);
    match bytes {
        ..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes / 1024),
        _ => {
            let tenths = bytes * 10 / 1_048_576;
            format!("{}.{} MB", tenths / 10, tenths % 10)
        }
    }
}

async fn add(visit: Visit, Path(id): Path<String>, Posted(fields): Posted) -> PageResult {
    let id: TicketId = id.parse().map_err(|_| Refusal::NotFound)?;
    let brought = bring(&visit, id, &fields.files, fields.get("key")).await?;
    let result = if fields.files.is_empty() {
        Err(Refusal::field("file", "missing").into())
    } else if brought.wrong.is_empty() {
        Ok(())
    } else {
        Err(Refusal::Fields(brought.wrong).into())
    };
    let typed = Fields { pairs: fields.pairs, files: Vec::new() };
    done(&visit, id, Place::Files, typed, result, Pending::done("ticket-done-file")).await
}

async fn remove(visit: Visit, Path(id): Path<String>, Posted(_): Posted) -> PageResult {
    let id: AttachmentId = id.parse().map_err(|_| Refusal::NotFound)?;
    let ticket = visit.app.attachment(visit.actor(), id).await?.attachment.ticket.ok_or(Refusal::NotFound)?;
    let page = format!("/tickets/{ticket}");
    match visit.app.detach(&visit.ctx, visit.actor(), id).await {
        Ok(_) => Ok(visit.go(&page, &Pending::done("ticket-done-unfiled"))),
        Err(AppError::Refused(refusal @ (Refusal::NotFound | Refusal::NotAllowed))) => Err(refusal.into()),
        Err(AppError::Refused(refusal)) => Ok(visit.go(&page, &failed(visit.t(), &refusal))),
        Err(other) => Err(Fault(other)),
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new()
        .route("/tickets/{id}/attachments", post(add))
        .route("/attachments/{id}", get(fetch))
        .route("/attachments/{id}/removal", post(remove))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_survives_its_header() {
        assert_eq!(
            disposition("image/png", "报错 \"1\".png"),
            "inline; filename=\"____1_.png\"; filename*=UTF-8''%E6%8A%A5%E9%94%99%20%221%22.png"
        );
        assert!(disposition("text/html", "a.html").starts_with("attachment; "));
        assert!(disposition("image/svg+xml", "a\r\nSet-Cookie: x").find(['\r', '\n']).is_none());
    }

    #[test]
    fn sizes_are_short() {
        assert_eq!(size_words(900), "900 B");
        assert_eq!(size_words(245_760), "240 KB");
        assert_eq!(size_words(1_258_292), "1.2 MB");
    }
}
