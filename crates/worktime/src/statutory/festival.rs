//! The occasions of statutory days.
//!
//! The one thing to know: the occasions of the built-in notices are words of their own, so that they can be said in any language;
//! a table that was imported may name others, and those are said as they are written. Not here: dates.

use std::fmt;

use serde::{Serialize, Serializer};

/// The occasion of a statutory day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Festival {
    /// 元旦
    NewYear,
    /// 春节
    Spring,
    /// 清明节
    Qingming,
    /// 劳动节
    Labour,
    /// 端午节
    DragonBoat,
    /// 中秋节
    MidAutumn,
    /// 国庆节
    National,
    /// 国庆节、中秋节 in one run.
    NationalMidAutumn,
    /// 中秋节、国庆节 in one run, in the order of 2023's notice.
    MidAutumnNational,
    /// An occasion of an imported table that the notices of 2018–2026 do not have.
    Other(FestivalName),
}

/// All that have a word of their own.
const KNOWN: [Festival; 9] = [
    Festival::NewYear,
    Festival::Spring,
    Festival::Qingming,
    Festival::Labour,
    Festival::DragonBoat,
    Festival::MidAutumn,
    Festival::National,
    Festival::NationalMidAutumn,
    Festival::MidAutumnNational,
];

impl Festival {
    /// The occasion of that name; `None` for no name and for one of more than [`FestivalName::CHARACTERS`].
    pub fn named(name: &str) -> Option<Self> {
        let known = KNOWN.into_iter().find(|festival| festival.chinese() == name);
        known.or_else(|| FestivalName::new(name).map(Self::Other))
    }

    /// The name as the notices, or the imported table, write it.
    pub fn chinese(&self) -> &str {
        match self {
            Self::NewYear => "元旦",
            Self::Spring => "春节",
            Self::Qingming => "清明节",
            Self::Labour => "劳动节",
            Self::DragonBoat => "端午节",
            Self::MidAutumn => "中秋节",
            Self::National => "国庆节",
            Self::NationalMidAutumn => "国庆节、中秋节",
            Self::MidAutumnNational => "中秋节、国庆节",
            Self::Other(name) => name.as_str(),
        }
    }

    /// The usual English name; of an imported table's own occasion, the name as written there.
    pub fn english(&self) -> &str {
        match self {
            Self::NewYear => "New Year's Day",
            Self::Spring => "Spring Festival",
            Self::Qingming => "Qingming Festival",
            Self::Labour => "Labour Day",
            Self::DragonBoat => "Dragon Boat Festival",
            Self::MidAutumn => "Mid-Autumn Festival",
            Self::National => "National Day",
            Self::NationalMidAutumn => "National Day and Mid-Autumn Festival",
            Self::MidAutumnNational => "Mid-Autumn Festival and National Day",
            Self::Other(name) => name.as_str(),
        }
    }
}

/// A short name that is carried by value, so that a [`Reason`](crate::Reason) stays as cheap to pass on as a number.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct FestivalName {
    length: u8,
    bytes: [u8; Self::CHARACTERS * 4],
}

impl FestivalName {
    /// The most that a name may have.
    pub const CHARACTERS: usize = 16;

    fn new(name: &str) -> Option<Self> {
        let fits = !name.is_empty() && name.chars().count() <= Self::CHARACTERS;
        let mut bytes = [0; Self::CHARACTERS * 4];
        bytes.get_mut(..name.len()).filter(|_| fits)?.copy_from_slice(name.as_bytes());
        Some(Self { length: u8::try_from(name.len()).ok()?, bytes })
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        let written = self.bytes.get(..usize::from(self.length)).unwrap_or_default();
        std::str::from_utf8(written).unwrap_or_default()
    }
}

impl fmt::Debug for FestivalName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.as_str().fmt(f)
    }
}

impl Serialize for FestivalName {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
