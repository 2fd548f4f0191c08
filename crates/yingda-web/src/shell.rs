//! What surrounds every page: who is signed in, where they are, what waits for them, the flash message, the CSRF token.
//!
//! Handlers build one `Shell` per request and move it into the page's view. Its texts are ready to be shown: counts are
//! already capped (`99+`), names already masked where they must be. It decides nothing: which doors a person sees is told
//! to it, and every door checks again for itself.

use crate::i18n::{Locale, Tr};
use crate::kit::Markup;

/// The colours a person chose; `Auto` follows the system.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the system has it.
    #[default]
    Auto,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl Theme {
    /// All, in the order of the account page.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// The value in `data-theme` and in the preference form.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Auto => "theme-auto",
            Self::Light => "theme-light",
            Self::Dark => "theme-dark",
        }
    }

    /// Reads a stored or submitted name; anything unknown is `Auto`.
    #[must_use]
    pub fn from_name(name: &str) -> Self {
        match name {
            "light" => Self::Light,
            "dark" => Self::Dark,
            _ => Self::Auto,
        }
    }
}

/// The signed-in person, as the page shows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Me {
    /// Public id, used as the namespace of drafts kept in the browser.
    pub id: String,
    /// Display name.
    pub name: String,
    /// Department's name.
    pub department: String,
    /// Roles as words, such as 客服专员.
    pub roles: Vec<String>,
}

impl Me {
    /// Roles as one text.
    #[must_use]
    pub fn roles_text(&self) -> String {
        self.roles.join("、")
    }

    /// The sign on the round mark: the last one or two characters of a Chinese name, the first letter of another.
    #[must_use]
    pub fn mark(&self) -> String {
        let chars: Vec<char> = self.name.chars().collect();
        if self.name.is_ascii() {
            chars.iter().take(1).collect::<String>().to_uppercase()
        } else {
            chars[chars.len().saturating_sub(2)..].iter().collect()
        }
    }
}

/// A place in the navigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Door {
    /// 我的工作台
    Desk,
    /// 我的一天
    Day,
    /// 工单队列
    Queue,
    /// 接听来电
    Intake,
    /// 部门收件箱
    Inbox,
    /// 值班
    Duty,
    /// 超时与延期
    Overdue,
    /// 标准答案
    Answers,
    /// 流程
    Processes,
    /// 月度数据
    Figures,
    /// 导入
    Imports,
    /// 人员
    People,
    /// 部门
    Departments,
    /// 工作日历
    Calendars,
    /// 时限政策
    Policies,
    /// 周期性工作
    Routines,
    /// 设置
    Settings,
}

impl Door {
    /// All, in the order of the side navigation.
    pub const ALL: [Self; 17] = [
        Self::Desk,
        Self::Day,
        Self::Intake,
        Self::Queue,
        Self::Inbox,
        Self::Duty,
        Self::Overdue,
        Self::Answers,
        Self::Processes,
        Self::Figures,
        Self::Routines,
        Self::Imports,
        Self::People,
        Self::Departments,
        Self::Calendars,
        Self::Policies,
        Self::Settings,
    ];

    /// Where it leads.
    #[must_use]
    pub const fn href(&self) -> &'static str {
        match self {
            Self::Desk => "/",
            Self::Day => "/day",
            Self::Routines => "/routines",
            Self::Queue => "/tickets",
            Self::Intake => "/intake",
            Self::Inbox => "/inbox",
            Self::Duty => "/duty",
            Self::Overdue => "/overdue",
            Self::Answers => "/answers",
            Self::Processes => "/processes",
            Self::Figures => "/figures",
            Self::Imports => "/imports",
            Self::People => "/people",
            Self::Departments => "/departments",
            Self::Calendars => "/calendars",
            Self::Policies => "/policies",
            Self::Settings => "/settings",
        }
    }

    /// Key of its name.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Desk => "nav-desk",
            Self::Day => "nav-day",
            Self::Routines => "nav-routines",
            Self::Queue => "nav-queue",
            Self::Intake => "nav-intake",
            Self::Inbox => "nav-inbox",
            Self::Duty => "nav-duty",
            Self::Overdue => "nav-overdue",
            Self::Answers => "nav-answers",
            Self::Processes => "nav-processes",
            Self::Figures => "nav-figures",
            Self::Imports => "nav-imports",
            Self::People => "nav-people",
            Self::Departments => "nav-departments",
            Self::Calendars => "nav-calendars",
            Self::Policies => "nav-policies",
            Self::Settings => "nav-settings",
        }
    }

    /// Name of its icon in the sprite.
    #[must_use]
    pub const fn icon(&self) -> &'static str {
        match self {
            Self::Desk => "desk",
            Self::Day => "check",
            Self::Routines => "clock",
            Self::Queue => "list",
            Self::Intake => "phone",
            Self::Inbox => "inbox",
            Self::Duty => "duty",
            Self::Overdue => "alert",
            Self::Answers => "book",
            Self::Processes => "flow",
            Self::Figures => "chart",
            Self::Imports => "upload",
            Self::People => "people",
            Self::Departments => "building",
            Self::Calendars => "calendar",
            Self::Policies => "clock",
            Self::Settings => "gear",
        }
    }

    /// Whether it belongs to the part of the navigation that only administrators have.
    #[must_use]
    pub const fn is_admin(&self) -> bool {
        matches!(
            self,
            Self::Routines
                | Self::Imports
                | Self::People
                | Self::Departments
                | Self::Calendars
                | Self::Policies
                | Self::Settings
        )
    }
}

/// One door as this person sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// The door.
    pub door: Door,
    /// Capped count of what waits there, such as `7` or `99+`.
    pub count: Option<String>,
}

/// How a flash message is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FlashKind {
    /// It worked.
    Done,
    /// It worked, but look.
    Notice,
    /// It did not work, and nothing was changed.
    Failed,
}

impl FlashKind {
    /// Class suffix.
    #[must_use]
    pub const fn class(&self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Notice => "notice",
            Self::Failed => "failed",
        }
    }
}

/// The sentence that answers the last thing the person did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flash {
    /// How it is meant.
    pub kind: FlashKind,
    /// The sentence, in the reader's language.
    pub text: String,
}

/// The surroundings of one page.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language handle.
    pub t: Tr,
    /// The person's colours.
    pub theme: Theme,
    /// Who is signed in; `None` on the pages before sign-in.
    pub me: Option<Me>,
    /// The doors this person has, in order.
    pub nav: Vec<NavItem>,
    /// Capped count of unread notices, for the bell.
    pub notices: Option<String>,
    /// The token every form carries.
    pub csrf: String,
    /// What to say about the last action.
    pub flash: Option<Flash>,
    /// The path and query of this page, to mark the place and to return to.
    pub path: String,
    /// The server's time in milliseconds since 1970, from which countdowns correct the browser's clock.
    pub now_ms: i64,
    /// The company's name as set, or empty.
    pub company: String,
    /// The name of a draft in the browser that has been saved for good and may be forgotten.
    pub draft_done: Option<String>,
}

impl Shell {
    /// A shell without anybody: sign-in, first run, errors.
    #[must_use]
    pub fn bare(locale: Locale, theme: Theme, csrf: impl Into<String>) -> Self {
        Self {
            t: Tr::new(locale),
            theme,
            me: None,
            nav: Vec::new(),
            notices: None,
            csrf: csrf.into(),
            flash: None,
            path: String::new(),
            now_ms: 0,
            company: String::new(),
            draft_done: None,
        }
    }

    /// The hidden input that every posting form starts with.
    #[must_use]
    pub fn csrf_field(&self) -> Markup {
        Markup::hidden("csrf", &self.csrf)
    }

    /// Whether `door` is where the reader is now.
    #[must_use]
    pub fn at(&self, door: &Door) -> bool {
        let path = self.path.split('?').next().unwrap_or_default();
        match door {
            Door::Desk => path == "/",
            Door::Overdue => {
                ["/overdue", "/statements/", "/extensions/", "/owner-offers/"].iter().any(|one| path.starts_with(one))
            }
            Door::Inbox => path.starts_with("/inbox") || path.starts_with("/sheets"),
            Door::Day => path.starts_with("/day") || path.starts_with("/work/"),
            other => path == other.href() || path.strip_prefix(other.href()).is_some_and(|rest| rest.starts_with('/')),
        }
    }

    /// The doors for everyday work.
    pub fn work_doors(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|item| !item.door.is_admin())
    }

    /// The doors for administrators.
    pub fn admin_doors(&self) -> impl Iterator<Item = &NavItem> {
        self.nav.iter().filter(|item| item.door.is_admin())
    }

    /// Whether this person has any administrator's door.
    #[must_use]
    pub fn is_admin(&self) -> bool {
        self.nav.iter().any(|item| item.door.is_admin())
    }

    /// Whether this person may take calls.
    #[must_use]
    pub fn can_receive(&self) -> bool {
        self.nav.iter().any(|item| item.door == Door::Intake)
    }

    /// The count at one door, if the person has it.
    #[must_use]
    pub fn item(&self, door: &Door) -> Option<&NavItem> {
        self.nav.iter().find(|item| item.door == *door)
    }

    /// Up to four doors for the tab bar of a phone, in order of use; the rest is behind 更多.
    #[must_use]
    pub fn tabs(&self) -> Vec<&NavItem> {
        [Door::Desk, Door::Queue, Door::Intake, Door::Inbox, Door::Answers]
            .iter()
            .filter_map(|door| self.item(door))
            .take(4)
            .collect()
    }
}

/// A count for a mark in the navigation: nothing for none, `99+` above 99.
#[must_use]
pub fn capped(count: u64) -> Option<String> {
    match count {
        0 => None,
        1..=99 => Some(count.to_string()),
        _ => Some("99+".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_are_capped() {
        assert_eq!(capped(0), None);
        assert_eq!(capped(99).as_deref(), Some("99"));
        assert_eq!(capped(100).as_deref(), Some("99+"));
    }

    #[test]
    fn a_page_below_a_door_marks_the_door() {
        let mut shell = Shell::bare(Locale::ZhCn, Theme::Auto, "c");
        shell.path = "/tickets/42?tab=history".to_owned();
        assert!(shell.at(&Door::Queue));
        assert!(!shell.at(&Door::Desk));
        shell.path = "/ticketsandmore".to_owned();
        assert!(!shell.at(&Door::Queue));
    }

    #[test]
    fn the_mark_of_a_name() {
        let me = |name: &str| Me { id: String::new(), name: name.to_owned(), department: String::new(), roles: vec![] };
        assert_eq!(me("李晓梅").mark(), "晓梅");
        assert_eq!(me("王").mark(), "王");
        assert_eq!(me("ann").mark(), "A");
    }
}
