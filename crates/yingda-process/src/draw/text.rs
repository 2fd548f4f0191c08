//! Measuring and breaking text without a font.
//!
//! The one thing to know: a full-width character is one em, everything else about half of one; that is exact for
//! Chinese and near enough for Latin. Shaping, hyphenation and right-to-left text are deliberately not here.

/// Width of `text` in pixels at a font size of `size` pixels.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Text broken into lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Lines {
    pub lines: Vec<String>,
    /// The text did not fit and the last line ends in an ellipsis.
    pub cut: bool,
}

/// Breaks `text` into at most `most` lines that are at most `room` pixels wide, as even as possible.
pub fn wrap(text: &str, size: f64, room: f64, most: usize) -> Lines {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let units = units(&text);
    let greedy = fill(&units, size, room);
    if greedy.len() > most {
        return Lines { lines: ellipsis(&greedy, size, room, most), cut: true };
    }
    Lines { lines: even(&units, size, room, greedy), cut: false }
}

/// The same number of lines, but of like width; a break after punctuation may be up to four ems less even.
fn even(units: &[String], size: f64, room: f64, greedy: Vec<String>) -> Vec<String> {
    if greedy.len() == 2 {
        let mut best: Option<(f64, Vec<String>)> = None;
        for at in 1..units.len() {
            let lines = vec![units[..at].concat().trim().to_owned(), units[at..].concat().trim().to_owned()];
            let [first, second] = [width(&lines[0], size), width(&lines[1], size)];
            let pause = lines[0].ends_with(closes);
            let unlike = (first - second).abs() - if pause { 4.0 * size } else { 0.0 };
            if first.max(second) <= room && best.as_ref().is_none_or(|(least, _)| unlike <= *least) {
                best = Some((unlike, lines));
            }
        }
        return best.map_or(greedy, |(_, lines)| lines);
    }
    let widest_unit = units.iter().map(|unit| width(unit.trim(), size)).fold(0.0, f64::max);
    let mut best = greedy;
    let mut narrower = room - size / 2.0;
    while narrower >= widest_unit.max(size) {
        let lines = fill(units, size, narrower);
        if lines.len() > best.len() {
            break;
        }
        best = lines;
        narrower -= size / 2.0;
    }
    best
}

fn em(c: char) -> f64 {
    match c as u32 {
        0x0300..=0x036f | 0x200b..=0x200f | 0xfe00..=0xfe0f => 0.0,
        // Curly quotes, dash, ellipsis and middle dot are full-width in Chinese fonts.
        0x00b7 | 0x2014 | 0x2018..=0x201d | 0x2026 | 0x2103 | 0x2190..=0x21ff | 0x2460..=0x24ff => 1.0,
        0x1100..=0x115f | 0x2e80..=0xa4cf | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe30..=0xfe4f => 1.0,
        0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x1f300..=0x1faff | 0x20000..=0x3fffd => 1.0,
        _ if c.is_uppercase() || c == '@' || c == '%' => 0.72,
        _ => 0.55,
    }
}

/// The pieces between which a line may break: single ideographs, whole Latin words; closing punctuation stays with
/// what precedes it, opening punctuation with what follows.
fn units(text: &str) -> Vec<String> {
    let mut units: Vec<String> = Vec::new();
    let mut joined = false;
    for c in text.chars() {
        let glued = joined
            || closes(c)
            || units.last().and_then(|unit| unit.chars().last()).is_some_and(|last| word(last) && word(c));
        match units.last_mut() {
            Some(unit) if glued => unit.push(c),
            _ => units.push(c.to_string()),
        }
        joined = "《（「『【“‘([<".contains(c);
    }
    units
}

fn closes(c: char) -> bool {
    c == ' ' || "、。，；：？！）》」』】”’…,.;:?!)]>%/".contains(c)
}

fn word(c: char) -> bool {
    em(c) < 1.0 && c != ' ' && c != '/'
}

fn fill(units: &[String], size: f64, room: f64) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = String::new();
    for unit in units {
        if fits(&line, unit, size, room) {
            line.push_str(unit);
            continue;
        }
        if !line.trim().is_empty() {
            lines.push(line.trim().to_owned());
        }
        line = String::new();
        // A word longer than a whole line is the only thing that is broken inside.
        for c in unit.chars() {
            if !line.is_empty() && width(&line, size) + em(c) * size > room && c != ' ' {
                lines.push(std::mem::take(&mut line));
            }
            line.push(c);
        }
    }
    if !line.trim().is_empty() {
        lines.push(line.trim().to_owned());
    }
    lines
}

fn fits(line: &str, unit: &str, size: f64, room: f64) -> bool {
    width(&format!("{line}{}", unit.trim_end()), size) <= room
}

fn ellipsis(lines: &[String], size: f64, room: f64, most: usize) -> Vec<String> {
    let keep = most.max(1) - 1;
    let mut kept: Vec<String> = lines.iter().take(keep).cloned().collect();
    let rest = lines.iter().skip(keep).cloned().collect::<String>();
    let mut last = String::new();
    for c in rest.chars() {
        if width(&last, size) + (em(c) + 1.0) * size > room {
            break;
        }
        last.push(c);
    }
    last.push('…');
    kept.push(last);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ideographs_are_one_em_and_latin_about_half() {
        assert_eq!(width("客户", 14.0), 28.0);
        assert!((width("ab", 10.0) - 11.0).abs() < 1e-9);
    }

    #[test]
    fn lines_are_even() {
        assert_eq!(wrap("客户投诉内容登记与分类", 10.0, 100.0, 3).lines, ["客户投诉内容", "登记与分类"]);
    }

    #[test]
    fn punctuation_does_not_begin_a_line() {
        assert_eq!(wrap("客户已满意？", 10.0, 50.0, 3).lines, ["客户已", "满意？"]);
    }

    #[test]
    fn a_pause_is_a_good_place_to_break() {
        assert_eq!(wrap("工作联系单：项目部", 10.0, 80.0, 3).lines, ["工作联系单：", "项目部"]);
    }

    #[test]
    fn words_stay_whole() {
        assert_eq!(wrap("Contact the customer", 10.0, 70.0, 3).lines, ["Contact the", "customer"]);
    }

    #[test]
    fn what_does_not_fit_is_cut_with_an_ellipsis() {
        let lines = wrap("一二三四五六七八九十", 10.0, 40.0, 2);
        assert_eq!(lines.lines, ["一二三四", "五六七…"]);
        assert!(lines.cut);
    }

    #[test]
    fn no_line_is_wider_than_the_room() {
        for text in [
            "超时未解决的工单及时提醒处理人",
            "SUPERCALIFRAGILISTIC",
            "紧急/高 2小时内",
            "《超时说明》",
            "a b c d e f g h",
        ] {
            for room in [30.0, 44.0, 80.0] {
                for line in wrap(text, 10.0, room, 3).lines {
                    assert!(width(&line, 10.0) <= room + 1e-9, "{line} in {room}");
                }
            }
        }
    }
}
