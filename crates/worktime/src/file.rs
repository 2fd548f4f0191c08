//! The calendar as it is written down: JSON or YAML, plain strings, unknown keys refused.
//!
//! The one thing to know: this is only the shape. A [`CalendarFile`] can hold nonsense such as `25:00`;
//! [`Calendar::new`](crate::Calendar::new) reads it and lists every fault. Not here: any meaning of the strings.

use std::collections::BTreeMap;
use std::fmt;

use serde::de::{Error as _, MapAccess, Visitor, value::MapAccessDeserializer};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::statutory::StatutoryFile;

/// One interval as written: `["09:00", "12:00"]`. `24:00` ends a day; an end at or before the start lies on the next day.
pub type IntervalFile = [String; 2];

/// A calendar as written in a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CalendarFile {
    /// IANA name, such as `Asia/Shanghai`.
    pub time_zone: String,
    /// `"24x7"`, or the intervals of each weekday.
    pub hours: HoursFile,
    /// Days off, `YYYY-MM-DD`, in addition to the statutory ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<String>,
    /// Make-up workdays (调休上班), `YYYY-MM-DD`, in addition to the statutory ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub workdays: Vec<String>,
    /// Hours of make-up workdays. Without it: a Monday-to-Friday date keeps its own weekly hours, and any other date
    /// works the hours of Monday (of the first weekday that has hours, if Monday has none).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workday_hours: Option<Vec<IntervalFile>>,
    /// Dates with hours of their own, above every other rule; an empty list closes the date.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty", deserialize_with = "each_date_once")]
    pub overrides: BTreeMap<String, Vec<IntervalFile>>,
    /// The statutory table to apply: `"cn"`, or nothing.
    #[serde(default)]
    pub statutory: Option<String>,
    /// Years without a built-in table whose statutory days this file itself states, completely, in `holidays` and
    /// `workdays`: those years count as covered.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statutory_years: Vec<i16>,
    /// Tables of years that are not built in, or that take the place of built-in ones: those years count as covered, and
    /// their days rank as the built-in ones do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statutory_tables: Vec<StatutoryFile>,
}

/// Weekly hours as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum HoursFile {
    /// A shorthand; the only one known is `24x7`.
    Shorthand(String),
    /// Intervals by weekday.
    Week(Box<WeekFile>),
}

/// Intervals of each weekday; a weekday left out is free.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
#[expect(missing_docs, reason = "the weekdays name themselves")]
pub struct WeekFile {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub mon: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub tue: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub wed: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub thu: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fri: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sat: Vec<IntervalFile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sun: Vec<IntervalFile>,
}

impl WeekFile {
    /// The seven lists, Monday first.
    pub(crate) fn days(&self) -> [&[IntervalFile]; 7] {
        let Self { mon, tue, wed, thu, fri, sat, sun } = self;
        [mon, tue, wed, thu, fri, sat, sun]
    }
}

impl Serialize for HoursFile {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Shorthand(name) => serializer.serialize_str(name),
            Self::Week(week) => week.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for HoursFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Written out, because serde's `untagged` would hide which key was unknown.
        struct Hours;
        impl<'de> Visitor<'de> for Hours {
            type Value = HoursFile;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("\"24x7\" or intervals by weekday (mon … sun)")
            }
            fn visit_str<E: serde::de::Error>(self, name: &str) -> Result<HoursFile, E> {
                Ok(HoursFile::Shorthand(name.to_owned()))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<HoursFile, A::Error> {
                let week = WeekFile::deserialize(MapAccessDeserializer::new(map))?;
                Ok(HoursFile::Week(Box::new(week)))
            }
        }
        deserializer.deserialize_any(Hours)
    }
}

/// A date written twice would silently lose the first of the two.
fn each_date_once<'de, D>(deserializer: D) -> Result<BTreeMap<String, Vec<IntervalFile>>, D::Error>
where
    D: Deserializer<'de>,
{
    struct Dates;
    impl<'de> Visitor<'de> for Dates {
        type Value = BTreeMap<String, Vec<IntervalFile>>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("dates with their intervals")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut dates = BTreeMap::new();
            while let Some((date, intervals)) = map.next_entry::<String, Vec<IntervalFile>>()? {
                if dates.contains_key(&date) {
                    return Err(A::Error::custom(format!("the date {date} is written twice")));
                }
                dates.insert(date, intervals);
            }
            Ok(dates)
        }
    }
    deserializer.deserialize_map(Dates)
}
