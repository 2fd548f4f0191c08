//! Every sentence a person reads, in the language they chose.
//!
//! The sentences live in `locales/<tag>/*.ftl`; code and templates name keys only. `Tr` is a copyable handle that pages carry
//! in their shell and use as `t.say("desk-title")`. A key that does not exist renders between `⟦ ⟧`, and the gallery test
//! fails on that mark. Choosing a locale for a request is the front door's business and is not here.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt;

use fluent_templates::fluent_bundle::FluentValue;
use fluent_templates::{LanguageIdentifier, langid, static_loader};

static_loader! {
    static LOCALES = {
        locales: "./locales",
        fallback_language: "zh-CN",
        // Isolating marks are invisible characters around every argument; both our languages run left to right.
        customise: |bundle| bundle.set_use_isolating(false),
    };
}

static ZH_CN: LanguageIdentifier = langid!("zh-CN");
static EN: LanguageIdentifier = langid!("en");

/// A language the interface speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Locale {
    /// Simplified Chinese: the language of the product.
    #[default]
    ZhCn,
    /// English.
    En,
}

impl Locale {
    /// Both, in the order in which a person is offered them.
    pub const ALL: [Self; 2] = [Self::ZhCn, Self::En];

    /// The BCP 47 tag, as in `<html lang>` and in a preference form.
    #[must_use]
    pub const fn tag(self) -> &'static str {
        match self {
            Self::ZhCn => "zh-CN",
            Self::En => "en",
        }
    }

    /// Reads a stored or submitted tag; anything unknown is `None`.
    #[must_use]
    pub fn from_tag(tag: &str) -> Option<Self> {
        match tag.trim() {
            "zh-CN" | "zh" | "zh-Hans" | "zh-Hans-CN" | "zh-cn" => Some(Self::ZhCn),
            "en" | "en-US" | "en-GB" | "en-us" | "en-gb" => Some(Self::En),
            _ => None,
        }
    }

    /// The first language of an `Accept-Language` header that we speak, in the header's own order; Chinese when there is none.
    #[must_use]
    pub fn from_accept_language(header: &str) -> Self {
        header
            .split(',')
            .filter_map(|part| part.split(';').next())
            .find_map(|tag| {
                let tag = tag.trim();
                Self::from_tag(tag).or_else(|| match tag.split('-').next() {
                    Some("zh") => Some(Self::ZhCn),
                    Some("en") => Some(Self::En),
                    _ => None,
                })
            })
            .unwrap_or_default()
    }

    /// The language's name in itself, for the switch.
    #[must_use]
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::ZhCn => "简体中文",
            Self::En => "English",
        }
    }

    fn id(self) -> &'static LanguageIdentifier {
        match self {
            Self::ZhCn => &ZH_CN,
            Self::En => &EN,
        }
    }
}

/// A value put into a sentence. Numbers stay numbers, so that English can choose its plural.
pub trait Arg {
    /// The value as Fluent takes it.
    fn arg(&self) -> FluentValue<'static>;
}

impl Arg for str {
    fn arg(&self) -> FluentValue<'static> {
        FluentValue::String(Cow::Owned(self.to_owned()))
    }
}

impl Arg for String {
    fn arg(&self) -> FluentValue<'static> {
        self.as_str().arg()
    }
}

impl<T: Arg + ?Sized> Arg for &T {
    fn arg(&self) -> FluentValue<'static> {
        (**self).arg()
    }
}

macro_rules! number_args {
    ($($number:ty),*) => { $(
        impl Arg for $number {
            fn arg(&self) -> FluentValue<'static> {
                FluentValue::from(*self)
            }
        }
    )* };
}
number_args!(u8, u16, u32, u64, usize, i32, i64, f64);

/// The handle that templates speak through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Tr {
    locale: Locale,
}

impl Tr {
    /// A handle for one language.
    #[must_use]
    pub const fn new(locale: Locale) -> Self {
        Self { locale }
    }

    /// The language spoken.
    #[must_use]
    pub const fn locale(&self) -> Locale {
        self.locale
    }

    /// The sentence under `key`; `⟦key⟧` when there is none.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        LOCALES.lookup_single_language::<&str>(self.locale.id(), key, None).unwrap_or_else(|_| format!("⟦{key}⟧"))
    }

    /// The sentence under `key` with its places filled; `⟦key⟧` when there is none or a place stays empty.
    #[must_use]
    pub fn with<V: Arg>(&self, key: &str, values: &[(&'static str, V)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'static>> =
            values.iter().map(|(name, value)| (Cow::Borrowed(*name), value.arg())).collect();
        LOCALES.lookup_single_language(self.locale.id(), key, Some(&args)).unwrap_or_else(|_| format!("⟦{key}⟧"))
    }

    /// The same with words that came from elsewhere: a refusal's, a flash message's.
    #[must_use]
    pub fn with_words(&self, key: &str, words: &[(String, String)]) -> String {
        let args: HashMap<Cow<'static, str>, FluentValue<'static>> =
            words.iter().map(|(name, value)| (Cow::Owned(name.clone()), value.arg())).collect();
        LOCALES.lookup_single_language(self.locale.id(), key, Some(&args)).unwrap_or_else(|_| format!("⟦{key}⟧"))
    }

    /// Whether `key` is known in this language.
    #[must_use]
    pub fn knows(&self, key: &str) -> bool {
        LOCALES.lookup_single_language::<&str>(self.locale.id(), key, None).is_ok()
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_header_s_own_order_decides() {
        assert_eq!(Locale::from_accept_language("en-US,en;q=0.9,zh-CN;q=0.8"), Locale::En);
        assert_eq!(Locale::from_accept_language("fr, zh-TW;q=0.9"), Locale::ZhCn);
        assert_eq!(Locale::from_accept_language(""), Locale::ZhCn);
    }

    #[test]
    fn an_unknown_key_is_marked() {
        assert_eq!(Tr::new(Locale::En).say("no-such-key"), "⟦no-such-key⟧");
    }

    #[test]
    fn english_has_plurals() {
        let t = Tr::new(Locale::En);
        assert_eq!(t.with("left-days", &[("n", 1)]), "1 day left");
        assert_eq!(t.with("left-days", &[("n", 3)]), "3 days left");
    }
}
