//! Style sheets, scripts and icons, carried inside the binary and served at addresses that change with their content.
//!
//! Every address is `/assets/<version>/<path>`, where the version is a digest of all assets together: modules may then import
//! one another by relative paths and still be cached for ever. The style sheets are one file to the browser: the files under
//! `assets/css` joined; their order does not matter, because every rule stands in a named cascade layer.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::sync::LazyLock;

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

#[derive(RustEmbed)]
#[folder = "assets/"]
struct Files;

/// The name under which the joined style sheet is served.
pub const STYLE: &str = "app.css";
/// The script every page loads.
pub const SCRIPT: &str = "js/main.js";
/// The icon sprite.
pub const ICONS: &str = "icons.svg";

static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut digest = Sha256::new();
    digest.update(yingda_process::draw::STYLESHEET.as_bytes());
    for name in names() {
        if let Some(file) = Files::get(&name) {
            digest.update(name.as_bytes());
            digest.update([0]);
            digest.update(&file.data);
        }
    }
    digest.finalize().iter().take(6).fold(String::new(), |mut text, byte| {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
        text
    })
});

fn names() -> Vec<String> {
    let mut names: Vec<String> = Files::iter().map(Cow::into_owned).collect();
    names.sort();
    names
}

/// The address of an asset, such as `/assets/1f2e3d4c5b6a/js/main.js`.
#[must_use]
pub fn url(path: &str) -> String {
    format!("/assets/{}/{path}", *VERSION)
}

/// The digest of all assets, as it stands in their addresses.
#[must_use]
pub fn version() -> &'static str {
    &VERSION
}

/// One asset's bytes, or `None` where there is no such file. [`STYLE`] is put together from all style sheets.
#[must_use]
pub fn read(path: &str) -> Option<Cow<'static, [u8]>> {
    if path == STYLE {
        return Some(Cow::Owned(style()));
    }
    Files::get(path).map(|file| file.data)
}

/// Every address below the version that is served: for a dump of the pages and for tests.
#[must_use]
pub fn paths() -> Vec<String> {
    let mut paths: Vec<String> = names().into_iter().filter(|name| !name.ends_with(".css")).collect();
    paths.push(STYLE.to_owned());
    paths
}

fn style() -> Vec<u8> {
    // The statement of the layers' order has to come first; the rest follows by name.
    let mut css = Files::get("css/layers.css").map(|file| file.data.into_owned()).unwrap_or_default();
    for name in names().iter().filter(|name| name.ends_with(".css") && *name != "css/layers.css") {
        if let Some(file) = Files::get(name) {
            css.push(b'\n');
            css.extend_from_slice(&file.data);
        }
    }
    // The charts' own rules come with the drawing; `chart.css` gives them our colours.
    css.extend_from_slice(b"\n@layer components {\n");
    css.extend_from_slice(yingda_process::draw::STYLESHEET.as_bytes());
    css.extend_from_slice(b"}\n");
    css
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("png") => "image/png",
        Some("webmanifest") => "application/manifest+json",
        _ => "application/octet-stream",
    }
}

async fn serve(Path((version, path)): Path<(String, String)>) -> Response {
    let Some(bytes) = read(&path) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    // A page opened before an upgrade asks with the old version: it gets today's file, but must not keep it under that name.
    // In a debug build files are read from disk while they are being written, so nothing is kept either.
    let keep = version == *VERSION && !cfg!(debug_assertions);
    let caching = if keep { "public, max-age=31536000, immutable" } else { "no-cache" };
    (
        [
            (header::CONTENT_TYPE, HeaderValue::from_static(content_type(&path))),
            (header::CACHE_CONTROL, HeaderValue::from_static(caching)),
            (header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
        ],
        bytes.into_owned(),
    )
        .into_response()
}

/// The routes under `/assets`; they need no sign-in.
pub fn router<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new().route("/assets/{version}/{*path}", get(serve))
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::body::Body;
    use axum::http::Request;
    use tower::ServiceExt;

    async fn answer(uri: &str) -> Response {
        let request = Request::get(uri).body(Body::empty()).unwrap();
        router::<()>().oneshot(request).await.unwrap()
    }

    #[tokio::test]
    async fn what_a_page_names_is_served_with_its_type() {
        for (path, kind) in
            [(STYLE, "text/css; charset=utf-8"), (SCRIPT, "text/javascript; charset=utf-8"), (ICONS, "image/svg+xml")]
        {
            let response = answer(&url(path)).await;
            assert_eq!(response.status(), StatusCode::OK, "{path}");
            assert_eq!(response.headers()[header::CONTENT_TYPE], kind);
        }
    }

    #[tokio::test]
    async fn an_old_version_is_never_kept_and_a_stranger_is_not_found() {
        let response = answer("/assets/000000000000/js/main.js").await;
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-cache");
        assert_eq!(answer("/assets/000000000000/../Cargo.toml").await.status(), StatusCode::NOT_FOUND);
        assert_eq!(answer(&url("nothing.js")).await.status(), StatusCode::NOT_FOUND);
    }

    #[test]
    fn the_order_of_layers_is_stated_before_any_rule() {
        let css = String::from_utf8(style()).unwrap();
        let first = css.find("@layer reset, tokens, base, layout, components, utilities;").unwrap();
        assert!(css.find('{').unwrap() > first);
    }

    #[test]
    fn every_style_rule_stands_in_a_layer() {
        for name in names().iter().filter(|name| name.ends_with(".css") && *name != "css/layers.css") {
            let css = String::from_utf8(Files::get(name).unwrap().data.into_owned()).unwrap();
            let without_comment = css.split_once("*/").map_or(css.as_str(), |(_, rest)| rest).trim_start();
            assert!(without_comment.starts_with("@layer "), "{name}");
        }
    }

    #[test]
    fn both_ways_into_the_dark_give_the_same_colours() {
        let css = String::from_utf8(Files::get("css/tokens.css").unwrap().data.into_owned()).unwrap();
        let block = |opening: &str| -> Vec<String> {
            let start = css.find(opening).unwrap() + opening.len();
            let body = &css[start..start + css[start..].find('}').unwrap()];
            body.lines().map(|line| line.trim().to_owned()).filter(|line| !line.is_empty()).collect()
        };
        assert_eq!(block(":root:not([data-theme=\"light\"]) {"), block(":root[data-theme=\"dark\"] {"));
    }
}
