//! Points in time as people read them, and how much of a limit is left.
//!
//! Everything here is computed against a `now` that the caller passes (the request's own), in the zone the desk works in. The
//! browser goes on counting from `data-due` with the same words; without scripts the text is right as of the page's making.

use askama::Template;
use askama::filters::HtmlSafe;
use jiff::tz::TimeZone;
use jiff::{Timestamp, Unit, Zoned};

use crate::i18n::Tr;

/// A moment: exact for machines, short for people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Moment {
    /// RFC 3339, for `<time datetime>`.
    pub iso: String,
    /// Short text such as 今天 14:30 or 11月3日 09:05.
    pub text: String,
    /// Full text such as 2026-11-03 09:05:12, for the title and for print.
    pub full: String,
}

impl Moment {
    /// `at` as read at `now` in `zone`.
    #[must_use]
    pub fn at(at: Timestamp, now: Timestamp, zone: &TimeZone, t: Tr) -> Self {
        let there = at.to_zoned(zone.clone());
        let here = now.to_zoned(zone.clone());
        let clock = there.strftime("%H:%M").to_string();
        let text = match days_between(&here, &there) {
            0 => t.with("time-today", &[("clock", clock)]),
            -1 => t.with("time-yesterday", &[("clock", clock)]),
            1 => t.with("time-tomorrow", &[("clock", clock)]),
            _ => {
                let key = if here.year() == there.year() { "time-this-year" } else { "time-other-year" };
                t.with(
                    key,
                    &[
                        ("year", there.year().to_string()),
                        ("month", there.month().to_string()),
                        ("mon", t.say(&format!("month-{}", there.month()))),
                        ("day", there.day().to_string()),
                        ("clock", clock),
                    ],
                )
            }
        };
        Self { iso: at.to_string(), text, full: there.strftime("%Y-%m-%d %H:%M:%S").to_string() }
    }

    /// On a page.
    #[must_use]
    pub const fn show(&self) -> MomentPart<'_> {
        MomentPart { moment: self }
    }
}

fn days_between(from: &Zoned, to: &Zoned) -> i32 {
    from.date().until((Unit::Day, to.date())).map_or(i32::MAX, |span| span.get_days())
}

/// A moment on a page.
#[derive(Template)]
#[template(
    source = "<time datetime=\"{{ moment.iso }}\" title=\"{{ moment.full }}\">{{ moment.text }}</time>",
    ext = "html"
)]
pub struct MomentPart<'a> {
    moment: &'a Moment,
}

impl HtmlSafe for MomentPart<'_> {}

/// How a limit stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DueState {
    /// Time enough.
    #[default]
    Calm,
    /// The warning point is passed.
    Soon,
    /// The limit is passed.
    Over,
    /// The clock stands still, with a reason on record.
    Paused,
    /// It was met.
    Met,
}

impl DueState {
    /// Class suffix.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Soon => "soon",
            Self::Over => "over",
            Self::Paused => "paused",
            Self::Met => "met",
        }
    }

    /// Whether the browser goes on counting.
    #[must_use]
    pub const fn runs(&self) -> bool {
        matches!(self, Self::Calm | Self::Soon | Self::Over)
    }
}

/// A limit on a page.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Due {
    /// What the limit is of, such as 首次响应; may be empty.
    pub name: String,
    /// When it is up.
    pub at: Moment,
    /// How it stands.
    pub state: DueState,
    /// What is left or over, such as 还剩 2 小时 5 分.
    pub left: String,
    /// Calendar milliseconds before `at` from which it counts as soon; 0 where there is no warning point.
    pub warn_ms: i64,
}

impl Due {
    /// A running limit as read at `now`. `warn_ms` is the warning point in milliseconds before the limit.
    #[must_use]
    pub fn running(
        name: impl Into<String>,
        at: Timestamp,
        now: Timestamp,
        warn_ms: i64,
        zone: &TimeZone,
        t: Tr,
    ) -> Self {
        let left_ms = at.as_millisecond() - now.as_millisecond();
        let state = match left_ms {
            ..0 => DueState::Over,
            ms if ms <= warn_ms => DueState::Soon,
            _ => DueState::Calm,
        };
        Self { name: name.into(), at: Moment::at(at, now, zone, t), state, left: left_text(left_ms, t), warn_ms }
    }

    /// A limit that does not run now: paused or met.
    #[must_use]
    pub fn standing(name: impl Into<String>, at: Moment, state: DueState, t: Tr) -> Self {
        let left = match state {
            DueState::Met => t.say("due-met"),
            _ => t.say("due-paused"),
        };
        Self { name: name.into(), at, state, left, warn_ms: 0 }
    }

    /// On a page.
    #[must_use]
    pub const fn show(&self, t: &Tr) -> DuePart<'_> {
        DuePart { t: *t, due: self }
    }
}

/// The words for what is left of a limit (negative: over), in the two largest units. `assets/js/countdown.js` follows the
/// same rule.
#[must_use]
pub fn left_text(left_ms: i64, t: Tr) -> String {
    let minutes = left_ms.unsigned_abs() / 60_000;
    let (days, hours, rest) = (minutes / 1440, minutes / 60 % 24, minutes % 60);
    let prefix = if left_ms < 0 { "over" } else { "left" };
    match (days, hours, rest) {
        (0, 0, 0) => t.say(if left_ms < 0 { "over-now" } else { "left-now" }),
        (0, 0, n) => t.with(&format!("{prefix}-minutes"), &[("n", n)]),
        (0, h, 0) => t.with(&format!("{prefix}-hours"), &[("n", h)]),
        (0, h, m) => t.with(&format!("{prefix}-hours-minutes"), &[("n", h), ("m", m)]),
        (d, 0, _) => t.with(&format!("{prefix}-days"), &[("n", d)]),
        (d, h, _) => t.with(&format!("{prefix}-days-hours"), &[("n", d), ("m", h)]),
    }
}

/// A limit on a page.
#[derive(Template)]
#[template(path = "kit/due.html")]
pub struct DuePart<'a> {
    t: Tr,
    due: &'a Due,
}

impl HtmlSafe for DuePart<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::i18n::Locale;

    const MINUTE: i64 = 60_000;

    #[test]
    fn what_is_left_in_the_two_largest_units() {
        let t = Tr::new(Locale::ZhCn);
        for (ms, text) in [
            (30_000, "不到 1 分钟"),
            (-30_000, "刚刚超时"),
            (5 * MINUTE, "还剩 5 分钟"),
            (125 * MINUTE, "还剩 2 小时 5 分"),
            (120 * MINUTE, "还剩 2 小时"),
            (-(25 * 60) * MINUTE, "超时 1 天 1 小时"),
            (2 * 1440 * MINUTE + MINUTE, "还剩 2 天"),
        ] {
            assert_eq!(left_text(ms, t), text);
        }
    }

    #[test]
    fn the_day_is_the_desk_s_day() {
        let t = Tr::new(Locale::ZhCn);
        let zone = TimeZone::get("Asia/Shanghai").unwrap();
        // 23:30 UTC is half past seven the next morning in Shanghai.
        let now: Timestamp = "2026-11-02T23:30:00Z".parse().unwrap();
        let text = |at: &str| Moment::at(at.parse().unwrap(), now, &zone, t).text;
        assert_eq!(text("2026-11-03T01:00:00Z"), "今天 09:00");
        assert_eq!(text("2026-11-02T15:59:00Z"), "昨天 23:59");
        assert_eq!(text("2026-11-03T16:00:00Z"), "明天 00:00");
        assert_eq!(text("2026-10-01T01:30:00Z"), "10月1日 09:30");
        assert_eq!(text("2024-10-01T01:30:00Z"), "2024年10月1日 09:30");
    }

    #[test]
    fn a_limit_warns_and_breaches() {
        let t = Tr::new(Locale::ZhCn);
        let zone = TimeZone::UTC;
        let at: Timestamp = "2026-11-02T12:00:00Z".parse().unwrap();
        let state = |now: &str| Due::running("", at, now.parse().unwrap(), 30 * MINUTE, &zone, t).state;
        assert_eq!(state("2026-11-02T11:00:00Z"), DueState::Calm);
        assert_eq!(state("2026-11-02T11:30:00Z"), DueState::Soon);
        assert_eq!(state("2026-11-02T12:00:01Z"), DueState::Over);
    }
}
