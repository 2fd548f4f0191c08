//! What was sent with a form, urlencoded or with files; taken only with the right token and from our own pages.

use std::collections::BTreeMap;

use axum::extract::{FromRequest, Multipart, Request};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use yingda_app::attachments::LARGEST;
use yingda_app::secret;
use yingda_core::Refusal;

use crate::front::cookies;
use crate::front::reply::Fault;
use crate::front::state::WebState;

/// Most fields of one form.
const MOST_FIELDS: usize = 2_000;

/// A file that came with a form.
#[derive(Debug, Clone)]
pub struct UploadedFile {
    /// The field's name.
    pub field: String,
    /// The file's name as the browser says it.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

/// The fields of a form, in order.
#[derive(Debug, Clone, Default)]
pub struct Fields {
    /// Name and value.
    pub pairs: Vec<(String, String)>,
    /// Files.
    pub files: Vec<UploadedFile>,
}

impl Fields {
    /// The first value of a field; empty where it was not sent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.as_str())
    }

    /// The value, where something was typed.
    #[must_use]
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|value| !value.trim().is_empty())
    }

    /// All values of a field.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Whether a field was sent.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.pairs.iter().any(|(key, _)| key == name)
    }

    /// A field parsed; `None` where it is empty or does not parse.
    #[must_use]
    pub fn parse<T: std::str::FromStr>(&self, name: &str) -> Option<T> {
        self.get(name).trim().parse().ok()
    }

    /// The fields of process forms: those with a dot in their name.
    #[must_use]
    pub fn of_process(&self) -> BTreeMap<String, Vec<String>> {
        let mut raw: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (name, value) in self.pairs.iter().filter(|(name, _)| name.contains('.')) {
            raw.entry(name.clone()).or_default().push(value.clone());
        }
        raw
    }
}

/// A form that carried the right token.
#[derive(Debug, Clone)]
pub struct Posted(pub Fields);

impl FromRequest<WebState> for Posted {
    type Rejection = Response;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Response> {
        let headers = request.headers().clone();
        if !from_our_pages(&headers) {
            return Err(refused(Refusal::NotAllowed));
        }
        let content_type = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let fields = if content_type.starts_with("multipart/form-data") {
            multipart(request, state).await?
        } else {
            let limit = 2 * 1024 * 1024;
            let body = axum::body::to_bytes(request.into_body(), limit)
                .await
                .map_err(|_| refused(Refusal::TooLarge { limit: limit as u64 }))?;
            urlencoded(&body).map_err(IntoResponse::into_response)?
        };
        let session = cookies::read(&headers, cookies::SESSION);
        let visitor = cookies::read(&headers, cookies::VISITOR);
        let token = fields.get("csrf");
        let right = [session, visitor].into_iter().flatten().any(|secret| secret::same(&secret::csrf(&secret), token));
        if right { Ok(Self(fields)) } else { Err(refused(Refusal::NotAllowed)) }
    }
}

fn refused(refusal: Refusal) -> Response {
    Fault::from(refusal).into_response()
}

/// Browsers say where a post comes from; one that comes from elsewhere is not ours. Older ones say nothing: there the token decides.
fn from_our_pages(headers: &HeaderMap) -> bool {
    let site = headers.get("sec-fetch-site").and_then(|v| v.to_str().ok());
    !matches!(site, Some("cross-site" | "same-site"))
}

fn urlencoded(body: &[u8]) -> Result<Fields, Fault> {
    let malformed = || Fault::from(Refusal::field("form", "malformed"));
    let pairs: Vec<(String, String)> = serde_html_form::from_bytes(body).map_err(|_| malformed())?;
    if pairs.len() > MOST_FIELDS {
        return Err(malformed());
    }
    Ok(Fields { pairs, files: Vec::new() })
}

async fn multipart(request: Request, state: &WebState) -> Result<Fields, Response> {
    let malformed = || refused(Refusal::field("form", "malformed"));
    let mut parts = Multipart::from_request(request, state).await.map_err(|_| malformed())?;
    let mut fields = Fields::default();
    loop {
        let part = parts.next_field().await.map_err(|e| {
            if e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                refused(Refusal::TooLarge { limit: LARGEST })
            } else {
                malformed()
            }
        })?;
        let Some(part) = part else { break };
        if fields.pairs.len() + fields.files.len() > MOST_FIELDS {
            return Err(malformed());
        }
        let field = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().map(str::to_owned);
        let bytes = part.bytes().await.map_err(|e| {
            if e.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE {
                refused(Refusal::TooLarge { limit: LARGEST })
            } else {
                malformed()
            }
        })?;
        match file {
            Some(name) if !name.is_empty() => fields.files.push(UploadedFile { field, name, bytes: bytes.to_vec() }),
            // A file input that was left empty comes as a part without a name.
            Some(_) => {}
            None => fields.pairs.push((field, String::from_utf8(bytes.to_vec()).map_err(|_| malformed())?)),
        }
    }
    Ok(fields)
}
