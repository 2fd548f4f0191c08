//! Lists page by key: a cursor says after which row the next page begins, and nothing else about it is promised.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use utoipa::ToSchema;
use yingda_core::Refusal;
use yingda_core::refusal::FieldRefusal;

/// Most items of one page.
pub const MOST: usize = 100;
/// Items of a page where the request does not say.
pub const USUAL: usize = 50;

/// A page of a list.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct Page<T> {
    /// In the list's order.
    pub items: Vec<T>,
    /// What to send as `cursor` for the page that follows; `null` on the last.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page from one row more than it may show: the row too many says only that there is another page.
    pub(crate) fn of<R>(mut rows: Vec<R>, size: usize, key: impl Fn(&R) -> String, shape: impl Fn(R) -> T) -> Self {
        let more = rows.len() > size;
        rows.truncate(size);
        let next = rows.last().filter(|_| more).map(key);
        Self { items: rows.into_iter().map(shape).collect(), next }
    }
}

/// The size that a request asks for.
///
/// # Errors
/// A field for a size that is none.
pub fn size(limit: Option<u32>) -> Result<usize, Refusal> {
    match limit.map(|limit| limit as usize) {
        None => Ok(USUAL),
        Some(0) => Err(Refusal::Fields(vec![FieldRefusal::new("limit", "too-small").with("min", 1)])),
        Some(limit) if limit > MOST => {
            Err(Refusal::Fields(vec![FieldRefusal::new("limit", "too-large-number").with("max", MOST)]))
        }
        Some(limit) => Ok(limit),
    }
}

/// A cursor of a list.
#[must_use]
pub fn cursor<const N: usize>(list: &str, key: [i64; N]) -> String {
    let numbers = key.map(|number| number.to_string()).join(".");
    URL_SAFE_NO_PAD.encode(format!("{list}.{numbers}"))
}

/// Where a cursor of this list points.
///
/// # Errors
/// A field for a cursor of another list, or none at all.
pub fn read<const N: usize>(list: &str, cursor: Option<&str>) -> Result<Option<[i64; N]>, Refusal> {
    let Some(cursor) = cursor else { return Ok(None) };
    let decoded = || -> Option<[i64; N]> {
        let text = String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()?;
        let numbers = text.strip_prefix(list)?.strip_prefix('.')?;
        let numbers: Vec<i64> = numbers.split('.').map(str::parse).collect::<Result<_, _>>().ok()?;
        numbers.try_into().ok()
    };
    decoded().map(Some).ok_or_else(|| Refusal::field("cursor", "malformed"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_fits_only_its_own_list() {
        let one = cursor("due", [i64::MAX, 7]);
        assert_eq!(read("due", Some(&one)), Ok(Some([i64::MAX, 7])));
        assert_eq!(read::<2>("due", None), Ok(None));
        for (list, text) in [("newest", one.as_str()), ("due", "x"), ("due", ""), ("due", "ZHVlLjE")] {
            assert!(read::<2>(list, Some(text)).is_err(), "{list} {text}");
        }
    }
}
