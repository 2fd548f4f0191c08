//! Whether an event is a day off or a make-up workday, and what it is called.
//!
//! The one thing to know: public calendars write this into the summary in many ways: `春节（休）`, `春节 假期 第1天/共9天`, `国庆节 补班`.
//! 班 decides before 休 (调休上班 is work), but 不上班 is free. Not here: dates.

use super::lines::Property;
use crate::statutory::StatutoryKind;

/// What an event says of its days.
pub(super) struct Mark {
    pub(super) kind: StatutoryKind,
    pub(super) name: String,
}

/// Words around an occasion's name that are not part of it, longest first.
const WORDS: [&str; 13] = [
    "法定节假日",
    "调休上班",
    "调休放假",
    "节假日",
    "不上班",
    "补班",
    "上班",
    "放假",
    "假期",
    "休假",
    "调休",
    "休",
    "班",
];

impl Mark {
    /// What the words of a summary say, or Apple's property where they say nothing.
    pub(super) fn of(summary: &str, special: &str) -> Option<Self> {
        let said = if summary.contains("不上班") {
            Some(StatutoryKind::Off)
        } else if summary.contains('班') {
            Some(StatutoryKind::MakeUp)
        } else if summary.contains(['休', '假']) {
            Some(StatutoryKind::Off)
        } else {
            None
        };
        let kind = match special.trim().to_ascii_uppercase().as_str() {
            "WORK-HOLIDAY" => StatutoryKind::Off,
            "ALTERNATE-WORKDAY" => StatutoryKind::MakeUp,
            _ => said?,
        };
        Some(Self { kind, name: name_in(summary) })
    }
}

/// The year, kind and name that our own files carry beside the summary.
pub(super) fn own_mark(property: &Property) -> Option<(i16, Mark)> {
    let kind = match property.parameter("KIND")? {
        "OFF" => StatutoryKind::Off,
        "MAKE-UP" => StatutoryKind::MakeUp,
        _ => return None,
    };
    Some((property.parameter("YEAR")?.parse().ok()?, Mark { kind, name: property.text() }))
}

/// The occasion: the first word of the summary, without what stands in brackets and without the marks.
fn name_in(summary: &str) -> String {
    let mut depth = 0_u32;
    let mut outside = String::new();
    for character in summary.chars() {
        match character {
            '(' | '（' | '[' | '【' => depth += 1,
            ')' | '）' | ']' | '】' => depth = depth.saturating_sub(1),
            other if depth == 0 => outside.push(other),
            _ => {}
        }
    }
    let bare = |word: &str| {
        let mut word = word.trim_matches(['-', '·', ':', '：', ',', '，']);
        while let Some(shorter) = WORDS.iter().find_map(|mark| word.strip_suffix(mark)) {
            word = shorter;
        }
        word.to_owned()
    };
    let mut names = outside.split_whitespace().map(bare).filter(|name| !name.is_empty());
    names.next().unwrap_or_else(|| "节假日".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_of_public_calendars() {
        let read = |summary: &str, special: &str| Mark::of(summary, special).map(|mark| (mark.kind, mark.name));
        let off = |name: &str| Some((StatutoryKind::Off, name.to_owned()));
        let work = |name: &str| Some((StatutoryKind::MakeUp, name.to_owned()));
        assert_eq!(read("春节 休", ""), off("春节"));
        assert_eq!(read("春节 班", ""), work("春节"));
        assert_eq!(read("春节（休）", ""), off("春节"));
        assert_eq!(read("（班）国庆节", ""), work("国庆节"));
        assert_eq!(read("国庆节 补班 第1天/共2天", ""), work("国庆节"));
        assert_eq!(read("国庆节、中秋节 假期 第2天/共8天", ""), off("国庆节、中秋节"));
        assert_eq!(read("劳动节调休上班", ""), work("劳动节"));
        assert_eq!(read("元旦不上班", ""), off("元旦"));
        assert_eq!(read("清明节", "WORK-HOLIDAY"), off("清明节"));
        assert_eq!(read("清明节", "ALTERNATE-WORKDAY"), work("清明节"));
        assert_eq!(read("放假", ""), off("节假日"));
        assert_eq!(read("妇女节", ""), None);
    }
}
