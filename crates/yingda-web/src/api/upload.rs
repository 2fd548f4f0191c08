//! Bodies with a file: the bytes alone, or `multipart/form-data` with the file as part `file`.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{StatusCode, header};
use axum::response::Response;
use yingda_app::attachments::LARGEST;

use crate::api::problem::Reader;
use crate::front::WebState;

/// A file and what came beside it.
#[derive(Debug, Clone, Default)]
pub struct Uploaded {
    /// The file's name, where the body says one.
    pub name: Option<String>,
    /// Its content; `None` where the body had no part `file`.
    pub bytes: Option<Vec<u8>>,
    /// The other parts, as text.
    pub fields: BTreeMap<String, String>,
}

impl FromRequest<WebState> for Uploaded {
    type Rejection = Response;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Response> {
        let kind =
            request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let several = kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data");
        let (parts, body) = request.into_parts();
        let reader = Reader::of(&parts, state);
        let too_large = |reader: &Reader| reader.turn_away(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large");
        if several {
            return parts_of(Request::from_parts(parts, body), state, &reader).await;
        }
        let most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
        let bytes = axum::body::to_bytes(body, most).await.map_err(|_| too_large(&reader))?;
        Ok(Self { bytes: Some(bytes.to_vec()), ..Self::default() })
    }
}

async fn parts_of(request: Request, state: &WebState, reader: &Reader) -> Result<Uploaded, Response> {
    let wrong = |error: &axum::extract::multipart::MultipartError| {
        let large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
        if large {
            reader.turn_away(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large")
        } else {
            reader.turn_away(StatusCode::BAD_REQUEST, "malformed")
        }
    };
    let mut multipart = Multipart::from_request(request, state)
        .await
        .map_err(|_| reader.turn_away(StatusCode::BAD_REQUEST, "malformed"))?;
    let mut uploaded = Uploaded::default();
    while let Some(part) = multipart.next_field().await.map_err(|error| wrong(&error))? {
        let field = part.name().unwrap_or_default().to_owned();
        let name = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|error| wrong(&error))?;
        if field == "file" {
            uploaded.name = name;
            uploaded.bytes = Some(bytes.to_vec());
        } else {
            let text = String::from_utf8(bytes.to_vec()).map_err(|_| reader.misfit(&field, "not text"))?;
            uploaded.fields.insert(field, text);
        }
    }
    Ok(uploaded)
}
