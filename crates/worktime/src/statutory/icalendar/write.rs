//! Statutory tables as an iCalendar file that any calendar program can subscribe to.
//!
//! The one thing to know: days side by side of one kind and occasion are one event; lines end with CR LF and are folded at 75
//! octets, never inside a character. There is no clock here, so `DTSTAMP` is the event's own first day. Not here: reading.

use jiff::civil::Date;

use super::{OWN, PAPER};
use crate::statutory::year::{StatutoryDay, StatutoryKind, StatutoryYear};

const WIDTH: usize = 75;

impl StatutoryYear {
    /// One calendar of several years.
    pub fn to_icalendar(years: &[Self]) -> String {
        let mut file = File::default();
        for line in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//worktime//statutory days//ZH", "CALSCALE:GREGORIAN"] {
            file.line(line);
        }
        for year in years {
            for paper in year.papers() {
                file.line(&format!("{PAPER};YEAR={}:{}", year.year(), escaped(paper)));
            }
        }
        for year in years {
            for run in year.days().chunk_by(|a, b| a.kind == b.kind && a.festival == b.festival && follows(a, b)) {
                if let (Some(first), Some(last)) = (run.first(), run.last()) {
                    file.event(year.year(), first, last.date);
                }
            }
        }
        file.line("END:VCALENDAR");
        file.0
    }
}

fn follows(a: &StatutoryDay, b: &StatutoryDay) -> bool {
    a.date.tomorrow().ok() == Some(b.date)
}

#[derive(Default)]
struct File(String);

impl File {
    fn event(&mut self, year: i16, first: &StatutoryDay, last: Date) {
        let begin = first.date.strftime("%Y%m%d").to_string();
        let end = last.tomorrow().unwrap_or(last).strftime("%Y%m%d").to_string();
        let name = escaped(first.festival.chinese());
        let (kind, mark) = match first.kind {
            StatutoryKind::Off => ("OFF", "休"),
            StatutoryKind::MakeUp => ("MAKE-UP", "班"),
        };
        for line in [
            "BEGIN:VEVENT".to_owned(),
            format!("UID:{begin}-{}@worktime", kind.to_ascii_lowercase()),
            format!("DTSTAMP:{begin}T000000Z"),
            format!("DTSTART;VALUE=DATE:{begin}"),
            format!("DTEND;VALUE=DATE:{end}"),
            format!("SUMMARY:{name} {mark}"),
            format!("{OWN};YEAR={year};KIND={kind}:{name}"),
            "TRANSP:TRANSPARENT".to_owned(),
            "END:VEVENT".to_owned(),
        ] {
            self.line(&line);
        }
    }

    fn line(&mut self, line: &str) {
        let mut room = WIDTH;
        for character in line.chars() {
            if character.len_utf8() > room {
                self.0.push_str("\r\n ");
                room = WIDTH - 1;
            }
            room -= character.len_utf8();
            self.0.push(character);
        }
        self.0.push_str("\r\n");
    }
}

fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\\' | ';' | ',' => written.extend(['\\', character]),
            '\n' => written.push_str("\\n"),
            '\r' => {}
            other => written.push(other),
        }
    }
    written
}
