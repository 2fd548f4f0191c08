//! Secrets that are handed out once and kept only as digests: session cookies, API tokens, sign-in links, one-time codes.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};
use yingda_core::Context;

/// Lower-case hexadecimal.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// A new secret for `purpose`, 256 bits from the request's entropy; different purposes and serials give different ones.
#[must_use]
pub fn fresh(ctx: &Context, purpose: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(ctx.entropy);
    hash.update(ctx.ids.next(ctx.now).to_be_bytes());
    hash.update(purpose.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// What is stored of a secret.
#[must_use]
pub fn digest(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// The token that forms carry against forged requests: follows from the session's secret, tells nothing of it.
#[must_use]
pub fn csrf(session_secret: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(b"csrf:");
    hash.update(session_secret.as_bytes());
    URL_SAFE_NO_PAD.encode(hash.finalize())
}

/// Compares without telling by its time how much was right.
#[must_use]
pub fn same(a: &str, b: &str) -> bool {
    subtle::ConstantTimeEq::ct_eq(a.as_bytes(), b.as_bytes()).into()
}
