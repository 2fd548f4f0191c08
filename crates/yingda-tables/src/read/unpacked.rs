//! Looking into a workbook's archive before the spreadsheet reader does.
//!
//! The one thing to know: sizes that an archive states about itself may be lies, so every part is unpacked once into nothing
//! and counted. The strings' part is looked at more closely, because the spreadsheet reader reserves memory for as many
//! strings as that part *claims* to have, and a claim of a million million would end the process.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::TableFault;

/// More parts than any workbook within our limits has.
const MOST_PARTS: usize = 10_000;
const HEAD: usize = 64 << 10;

/// # Errors
/// If the archive is damaged, is no workbook, unpacks to more than `limit` bytes, or makes impossible claims.
pub fn check(bytes: &[u8], limit: u64) -> Result<(), TableFault> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > MOST_PARTS {
        return Err(TableFault::UnpacksTooLarge { limit });
    }
    let mut left = limit;
    let mut is_workbook = false;
    let mut buffer = vec![0; HEAD];
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).map_err(broken)?;
        let name = part.name().map_err(broken)?.replace('\\', "/").to_lowercase();
        is_workbook |= name == "xl/workbook.xml";
        let mut head = Vec::new();
        let mut size = 0_u64;
        loop {
            let count = part.read(&mut buffer).map_err(broken)?;
            if count == 0 {
                break;
            }
            let chunk = buffer.get(..count).unwrap_or_default();
            head.extend(chunk.iter().take(HEAD - head.len()));
            size += count as u64;
            if size > left {
                return Err(TableFault::UnpacksTooLarge { limit });
            }
        }
        left -= size;
        if name.ends_with("sharedstrings.xml") {
            claims_are_possible(&head, size)?;
        }
    }
    if is_workbook { Ok(()) } else { Err(TableFault::NotAWorkbook) }
}

/// Every number behind `uniqueCount` must be one that a part of this size can hold: a string takes at least `<si/>`.
fn claims_are_possible(head: &[u8], size: u64) -> Result<(), TableFault> {
    let impossible = || TableFault::Broken { detail: "the table of strings makes an impossible claim".to_owned() };
    // A part in UTF-16 would hide its claim from the search below; no spreadsheet writes one.
    if head.contains(&0) || head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(impossible());
    }
    let text = String::from_utf8_lossy(head);
    if !text.contains("sst") {
        return Err(impossible());
    }
    for claim in text.split("uniqueCount").skip(1) {
        let digits: String =
            claim.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
        if digits.parse::<u64>().is_ok_and(|count| count <= size / 5 + 1) || digits.is_empty() {
            continue;
        }
        return Err(impossible());
    }
    Ok(())
}

fn broken(error: impl std::fmt::Display) -> TableFault {
    TableFault::Broken { detail: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::claims_are_possible;

    #[test]
    fn impossible_claims_are_refused() {
        let size = 1000;
        assert!(claims_are_possible(br#"<sst count="9" uniqueCount="9"><si/>"#, size).is_ok());
        assert!(claims_are_possible(br#"<sst count="9"><si/>"#, size).is_ok());
        assert!(claims_are_possible(br#"<sst uniqueCount="99999999999">"#, size).is_err());
        assert!(claims_are_possible(br#"<sst uniqueCount = '999999999999999999999999'>"#, size).is_err());
        assert!(claims_are_possible(b"<\0s\0s\0t\0", size).is_err());
        assert!(claims_are_possible(b"<x/>", size).is_err());
    }
}
