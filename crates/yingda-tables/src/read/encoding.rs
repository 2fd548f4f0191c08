//! Bytes to text: UTF-8, GB18030 (which contains GBK and GB2312), UTF-16 with its mark.
//!
//! The one thing to know: what is valid UTF-8 is UTF-8. Chinese text in GBK is practically never valid UTF-8 by accident, so
//! nothing is guessed from letter frequencies.

use std::borrow::Cow;

use encoding_rs::{GB18030, UTF_16BE, UTF_16LE};

use super::TableFault;
use crate::table::TextEncoding;

pub fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, TextEncoding), TableFault> {
    for (mark, encoding) in [([0xff, 0xfe], UTF_16LE), ([0xfe, 0xff], UTF_16BE)] {
        if let Some(rest) = bytes.strip_prefix(&mark) {
            let (text, malformed) = encoding.decode_without_bom_handling(rest);
            return finish(text, malformed, TextEncoding::Utf16);
        }
    }
    if bytes.contains(&0) {
        return Err(TableFault::NotText);
    }
    let (rest, encoding) = match bytes.strip_prefix(b"\xef\xbb\xbf") {
        Some(rest) => (rest, TextEncoding::Utf8Bom),
        None => (bytes, TextEncoding::Utf8),
    };
    if let Ok(text) = std::str::from_utf8(rest) {
        return finish(Cow::Borrowed(text), false, encoding);
    }
    let (text, malformed) = GB18030.decode_without_bom_handling(bytes);
    finish(text, malformed, TextEncoding::Gb18030)
}

fn finish(
    text: Cow<'_, str>,
    malformed: bool,
    encoding: TextEncoding,
) -> Result<(Cow<'_, str>, TextEncoding), TableFault> {
    if malformed {
        let before = text.split('\u{fffd}').next().unwrap_or("");
        return Err(TableFault::UnknownEncoding { line: before.matches('\n').count() + 1 });
    }
    if text.contains('\0') {
        return Err(TableFault::NotText);
    }
    let begin: String = text.trim_start().chars().take(15).collect::<String>().to_lowercase();
    if ["<!doctype html", "<html", "<table", "<?xml"].iter().any(|mark| begin.starts_with(mark)) {
        return Err(TableFault::WebPage);
    }
    Ok((text, encoding))
}
