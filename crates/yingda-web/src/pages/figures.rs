//! 月度数据: a month's numbers with the tickets behind each. The counting is the app's; here it is put into words and addresses.

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::routing::get;
use jiff::civil::Date;
use jiff::{ToSpan, Zoned};
use yingda_app::figures::{DepartmentGroup, Figures, Group, Share, Times};
use yingda_core::ticket::Priority;
use yingda_core::{Action, Refusal};

use crate::front::{PageResult, Visit, WebState, see_other};
use crate::i18n::Tr;
use crate::pages::filters::{NONE, address, query_of};
use crate::pages::show::{Measured, Show, channel_word, priority, span_words};
use crate::views::figures::{CountRow, CountTable, DayBar, Figure, FiguresPage, SheetFigures, TimeRow};

async fn today(visit: Visit) -> PageResult {
    yingda_core::can(visit.actor(), Action::SeeFigures, yingda_core::Subject::Desk)?;
    let here: Zoned = visit.now().to_zoned(visit.zone());
    Ok(see_other(&month_address(here.date())))
}

fn month_address(month: Date) -> String {
    format!("/figures/{:04}-{:02}", month.year(), month.month())
}

fn read_month(text: &str) -> Option<Date> {
    let (year, month) = text.split_once('-')?;
    if year.len() != 4 || month.len() != 2 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, 1).ok()
}

async fn month(visit: Visit, Path(month): Path<String>) -> PageResult {
    let t = visit.t();
    let month = read_month(&month).ok_or(Refusal::NotFound)?;
    let figures = visit.app.figures(&visit.ctx, visit.actor(), month).await?;
    let this_month = visit.now().to_zoned(visit.zone()).date().first_of_month();
    let first = visit.app.figures_span(visit.actor()).await?.map_or(this_month, |(first, _)| first.min(this_month));
    let show = Show::new(&visit);
    let sheet = Sheet { t, show: &show, links: Links::new(month), figures: &figures };
    let page = FiguresPage {
        month: month_word(t, month),
        prev: month.checked_sub(1.month()).ok().filter(|before| *before >= first).map(month_address),
        next: month.checked_add(1.month()).ok().filter(|after| *after <= this_month).map(month_address),
        export: visit.may(Action::Export).then(|| sheet.links.export()),
        made: t.with(
            "figures-made",
            &[("date", visit.now().to_zoned(visit.zone()).date().to_string()), ("who", visit.me.person.name.clone())],
        ),
        tops: sheet.tops(),
        days: sheet.days(),
        counts: sheet.counts(),
        times: sheet.times(),
        kinds: sheet.kinds(),
        sheets: figures.by_department.iter().map(|group| sheet.department(group)).collect(),
        note: t.say("figures-note"),
        shell: visit.shell().await?,
    };
    visit.page(StatusCode::OK, &page)
}

fn month_word(t: Tr, month: Date) -> String {
    t.with(
        "month-of",
        &[
            ("year", month.year().to_string()),
            ("month", month.month().to_string()),
            ("mon", t.say(&format!("month-{}", month.month()))),
        ],
    )
}

/// Addresses of the tickets behind the numbers of one month.
#[derive(Debug)]
struct Links {
    first: Date,
    last: Date,
}

impl Links {
    fn new(month: Date) -> Self {
        Self { first: month.first_of_month(), last: month.last_of_month() }
    }

    /// Tickets accepted in the month, and what more is asked.
    fn list(&self, more: &[(&str, &str)]) -> String {
        self.between(self.first, self.last, more)
    }

    fn between(&self, first: Date, last: Date, more: &[(&str, &str)]) -> String {
        let (first, last) = (first.to_string(), last.to_string());
        let mut pairs = vec![("state", "any"), ("from", first.as_str()), ("until", last.as_str())];
        for (name, value) in more {
            match pairs.iter_mut().find(|(known, _)| known == name) {
                Some(pair) => pair.1 = value,
                None => pairs.push((name, value)),
            }
        }
        address(&query_of(pairs))
    }

    fn day(&self, day: i8) -> String {
        let day = Date::new(self.first.year(), self.first.month(), day).unwrap_or(self.first);
        self.between(day, day, &[])
    }

    /// Tickets about which sheets were sent to a department in the month.
    fn sheets(&self, department: &str, answered: bool) -> String {
        let (first, last) = (self.first.to_string(), self.last.to_string());
        let mut pairs = vec![("state", "any"), ("sheet", department), ("sheet_from", &first), ("sheet_until", &last)];
        if answered {
            pairs.push(("answered", "yes"));
        }
        address(&query_of(pairs))
    }

    fn export(&self) -> String {
        self.list(&[]).replacen("/tickets?", "/tickets/export.xlsx?", 1)
    }
}

/// A month on its way to the page.
#[derive(Debug)]
struct Sheet<'a> {
    t: Tr,
    show: &'a Show,
    links: Links,
    figures: &'a Figures,
}

/// A share in per cent with one decimal; a dash of nothing.
fn percent(share: Share) -> String {
    share.per_mille().map_or_else(|| "—".to_owned(), |mille| format!("{}.{}%", mille / 10, mille % 10))
}

fn of_largest(count: usize, largest: usize) -> u8 {
    u8::try_from((count * 100).checked_div(largest).unwrap_or_default()).unwrap_or(100)
}

/// A kind of matter as the group's name.
fn kind_word(t: Tr, kind: &str) -> String {
    if kind.is_empty() { t.say("figures-unclassified") } else { kind.to_owned() }
}

fn word(value: &str) -> &str {
    if value.is_empty() { NONE } else { value }
}

impl Sheet<'_> {
    fn tops(&self) -> Vec<Figure> {
        let (t, links, figures) = (self.t, &self.links, self.figures);
        let share = |key: &str, share: Share, part: String, whole: String| Figure {
            name: t.say(key),
            value: percent(share),
            parts: vec![(share.part, part.clone()), (share.whole, whole)],
            href: part,
        };
        vec![
            Figure {
                name: t.say("figures-received"),
                value: figures.accepted.to_string(),
                parts: vec![],
                href: links.list(&[]),
            },
            share("figures-handled", figures.handled, links.list(&[("state", "ended")]), links.list(&[])),
            share(
                "figures-satisfaction",
                figures.satisfied,
                links.list(&[("satisfied", "yes")]),
                links.list(&[("rated", "yes")]),
            ),
            share(
                "figures-first-time",
                figures.first_time,
                links.list(&[("solved", "yes"), ("again", "no")]),
                links.list(&[("solved", "yes")]),
            ),
        ]
    }

    fn days(&self) -> Vec<DayBar> {
        let largest = self.figures.by_day.iter().copied().max().unwrap_or_default();
        let bar = |(day, count): (i8, &usize)| DayBar {
            day: day.to_string(),
            count: *count,
            href: self.links.day(day),
            percent: of_largest(*count, largest),
        };
        (1..).zip(&self.figures.by_day).map(bar).collect()
    }

    fn counts(&self) -> Vec<CountTable> {
        let (t, figures) = (self.t, self.figures);
        let named = |key: &str| if key.is_empty() { t.say("queue-empty-word") } else { key.to_owned() };
        vec![
            self.table("by-kind", "figures-by-kind", "kind", &figures.by_kind, |key| {
                (kind_word(t, key), word(key).to_owned())
            }),
            self.table("by-process", "figures-by-process", "process", &figures.by_process, |key| {
                (self.show.process(key), key.to_owned())
            }),
            self.table("by-channel", "figures-by-channel", "channel", &figures.by_channel, |key| {
                (channel_word(t, key), key.to_owned())
            }),
            self.table("by-priority", "figures-by-priority", "priority", &figures.by_priority, |key| {
                let found = key.parse().ok().and_then(Priority::from_rank);
                found
                    .map_or_else(|| (key.to_owned(), key.to_owned()), |p| (priority(p).word(&t), p.as_str().to_owned()))
            }),
            self.table("by-rating", "figures-by-rating", "rating", &figures.by_rating, |key| {
                (named(key), word(key).to_owned())
            }),
        ]
    }

    fn table(
        &self,
        id: &str,
        title: &str,
        name: &str,
        groups: &[Group],
        words: impl Fn(&str) -> (String, String),
    ) -> CountTable {
        let largest = groups.iter().map(|group| group.count).max().unwrap_or_default();
        let row = |group: &Group| {
            let (text, value) = words(&group.key);
            CountRow {
                name: text,
                count: group.count,
                href: self.links.list(&[(name, &value)]),
                percent: of_largest(group.count, largest),
            }
        };
        CountTable { id: id.to_owned(), title: self.t.say(title), rows: groups.iter().map(row).collect() }
    }

    fn time(&self, name: String, times: Times, measured: Measured, href: String) -> TimeRow {
        let span = |seconds| if times.count == 0 { "—".to_owned() } else { span_words(self.t, seconds, measured) };
        TimeRow { name, count: times.count, median: span(times.median), p90: span(times.p90), href }
    }

    fn times(&self) -> Vec<TimeRow> {
        let (t, links, figures) = (self.t, &self.links, self.figures);
        let solved = || links.list(&[("solved", "yes")]);
        vec![
            self.time(
                t.say("figures-responding"),
                figures.responding,
                Measured::Wall,
                links.list(&[("responded", "yes")]),
            ),
            self.time(t.say("figures-solving"), figures.solving, Measured::Wall, solved()),
            self.time(t.say("figures-solving-worked"), figures.solving_worked, Measured::Working, solved()),
        ]
    }

    fn kinds(&self) -> Vec<TimeRow> {
        let t = self.t;
        let row = |group: &Group| {
            let name = kind_word(t, &group.key);
            let href = self.links.list(&[("kind", word(&group.key)), ("solved", "yes")]);
            self.time(t.with("figures-solving-kind", &[("kind", name)]), group.solving, Measured::Wall, href)
        };
        self.figures.by_kind.iter().map(row).collect()
    }

    fn department(&self, group: &DepartmentGroup) -> SheetFigures {
        let id = group.department.to_string();
        let times = self.time(String::new(), group.answering, Measured::Working, String::new());
        let in_time = if group.in_time.whole == 0 {
            "—".to_owned()
        } else {
            format!("{} ({} / {})", percent(group.in_time), group.in_time.part, group.in_time.whole)
        };
        SheetFigures {
            department: self.show.directory().department_name(group.department),
            sent: (group.sheets, self.links.sheets(&id, false)),
            answered: (group.answered, self.links.sheets(&id, true)),
            in_time,
            median: times.median,
            p90: times.p90,
        }
    }
}

/// Their routes.
pub fn routes() -> Router<WebState> {
    Router::new().route("/figures", get(today)).route("/figures/{month}", get(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_four_digits_and_two() {
        assert_eq!(read_month("2026-11"), Date::new(2026, 11, 1).ok());
        for bad in ["2026-13", "2026-1", "26-11", "2026", "2026-11-01", "-026-11", ""] {
            assert_eq!(read_month(bad), None, "{bad}");
        }
    }

    #[test]
    fn every_number_asks_for_its_own_tickets() {
        let links = Links::new(Date::constant(2026, 2, 1));
        assert_eq!(links.list(&[]), "/tickets?state=any&from=2026-02-01&until=2026-02-28");
        assert_eq!(links.list(&[("state", "ended")]), "/tickets?state=ended&from=2026-02-01&until=2026-02-28");
        assert_eq!(links.day(9), "/tickets?state=any&from=2026-02-09&until=2026-02-09");
        assert_eq!(links.export(), "/tickets/export.xlsx?state=any&from=2026-02-01&until=2026-02-28");
    }

    #[test]
    fn shares_are_rounded_down() {
        assert_eq!(percent(Share { part: 2, whole: 3 }), "66.6%");
        assert_eq!(percent(Share { part: 0, whole: 0 }), "—");
    }
}
