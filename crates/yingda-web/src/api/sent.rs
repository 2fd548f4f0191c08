//! What came with a request: JSON bodies, queries and ids in paths, each read strictly.
//!
//! A field that we do not know is refused by its name: a program that misspells a filter must not be given everything.

use std::borrow::Cow;

use axum::extract::{FromRequest, FromRequestParts, Path, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;
use yingda_core::Refusal;

use crate::api::problem::Reader;
use crate::front::{Fault, WebState};

/// The longest JSON body, in bytes.
pub const LONGEST_BODY: usize = 2 * 1024 * 1024;

/// A JSON body.
#[derive(Debug, Clone)]
pub struct Body<T> {
    /// What it says.
    pub it: T,
    /// The same in one spelling, whatever the order of fields and the spaces between: what an idempotency key stands for.
    pub canonical: String,
}

impl<T: DeserializeOwned> FromRequest<WebState> for Body<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &WebState) -> Result<Self, Response> {
        let (parts, body) = request.into_parts();
        let reader = Reader::of(&parts, state);
        if !is_json(&parts.headers) {
            return Err(reader.turn_away(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported-media-type"));
        }
        let bytes = axum::body::to_bytes(body, LONGEST_BODY)
            .await
            .map_err(|_| reader.turn_away(StatusCode::PAYLOAD_TOO_LARGE, "body-too-large"))?;
        let value: Value = serde_json::from_slice(&bytes).map_err(|error| reader.malformed(&error.to_string()))?;
        // Read from the text once more and not from the value, which has forgotten fields that stand twice.
        let mut text = serde_json::Deserializer::from_slice(&bytes);
        let it = serde_path_to_error::deserialize(&mut text)
            .map_err(|error| reader.misfit(&error.path().to_string(), &error.inner().to_string()))?;
        Ok(Self { it, canonical: canonical(&value) })
    }
}

fn is_json(headers: &HeaderMap) -> bool {
    let value = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    essence == "application/json" || (essence.starts_with("application/") && essence.ends_with("+json"))
}

/// JSON with its fields in order.
fn canonical(value: &Value) -> String {
    fn sorted(value: &Value) -> Cow<'_, Value> {
        match value {
            Value::Object(fields) => {
                let mut pairs: Vec<(&String, Value)> =
                    fields.iter().map(|(name, value)| (name, sorted(value).into_owned())).collect();
                pairs.sort_by(|a, b| a.0.cmp(b.0));
                Cow::Owned(Value::Object(pairs.into_iter().map(|(name, value)| (name.clone(), value)).collect()))
            }
            Value::Array(items) => {
                Cow::Owned(Value::Array(items.iter().map(|item| sorted(item).into_owned()).collect()))
            }
            other => Cow::Borrowed(other),
        }
    }
    sorted(value).to_string()
}

/// The query of a request.
#[derive(Debug, Clone)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<WebState> for Asked<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        let query = parts.uri.query().unwrap_or_default();
        let query = serde_html_form::Deserializer::from_bytes(query.as_bytes());
        serde_path_to_error::deserialize(query)
            .map(Self)
            .map_err(|error| Reader::of(parts, state).misfit(&error.path().to_string(), &error.inner().to_string()))
    }
}

/// What stands in the path; where it is no id of the right kind, there is no such thing.
#[derive(Debug, Clone)]
pub struct At<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<WebState> for At<T> {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &WebState) -> Result<Self, Response> {
        match Path::<T>::from_request_parts(parts, state).await {
            Ok(Path(it)) => Ok(Self(it)),
            Err(_) => Err(Fault::from(Refusal::NotFound).into_response()),
        }
    }
}

/// For a field that must be there and may be `null`: leaving it out by mistake must not mean "nobody".
///
/// # Errors
/// As the field's own.
pub fn nullable<'de, D, T>(from: D) -> Result<Option<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: serde::Deserialize<'de>,
{
    serde::Deserialize::deserialize(from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_whatever_the_order() {
        let one: Value = serde_json::from_str(r#"{"b": {"y": 1, "x": [2, {"d": 1, "c": 2}]}, "a": null}"#).unwrap();
        let two: Value = serde_json::from_str(r#"{"a":null,"b":{"x":[2,{"c":2,"d":1}],"y":1}}"#).unwrap();
        assert_eq!(canonical(&one), canonical(&two));
        let other: Value = serde_json::from_str(r#"{"a":null,"b":{"x":[{"c":2,"d":1},2],"y":1}}"#).unwrap();
        assert_ne!(canonical(&one), canonical(&other));
    }
}
