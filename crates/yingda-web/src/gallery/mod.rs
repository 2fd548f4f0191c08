//! A sample of every page in every state that matters: rendered by one test in every language, and dumped to files by the
//! example `gallery` to be looked at.
//!
//! Nothing here is reachable from a request. The sample company is invented; its two example rows are S03's.

use askama::Template;

use crate::i18n::Locale;
use crate::shell::{Shell, Theme};
use crate::views;

mod answers;
mod calendars;
mod clocks;
mod data;
mod day;
mod desk;
mod documents;
mod duty;
mod entrance;
mod handovers;
mod intake;
mod notices;
mod office;
mod overdue;
mod policies;
mod queue;
mod routines;
mod sheets;
mod ticket;

/// A page with samples of itself.
pub trait Sampled: Template + Sized {
    /// File name in the gallery.
    const NAME: &'static str;

    /// The page in its states, each with a short name. `scene` gives the surroundings.
    fn samples(scene: &Scene) -> Vec<(&'static str, Self)>;
}

/// Language and colours to sample in.
#[derive(Debug, Clone, Copy)]
pub struct Scene {
    /// Language.
    pub locale: Locale,
    /// Colours.
    pub theme: Theme,
}

/// One rendered sample.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Page and state, such as `desk-empty`.
    pub name: String,
    /// The whole page.
    pub html: String,
}

fn add<P: Sampled>(scene: &Scene, all: &mut Vec<Sample>) -> Result<(), askama::Error> {
    for (state, page) in P::samples(scene) {
        all.push(Sample { name: format!("{}-{state}", P::NAME), html: page.render()? });
    }
    Ok(())
}

/// Every sample of every page.
///
/// # Errors
/// Where a template cannot be rendered.
pub fn samples(locale: Locale, theme: Theme) -> Result<Vec<Sample>, askama::Error> {
    let scene = Scene { locale, theme };
    let mut all = Vec::new();
    add::<views::sign_in::SignInPage>(&scene, &mut all)?;
    add::<views::first_run::FirstRunPage>(&scene, &mut all)?;
    add::<views::error::ErrorPage>(&scene, &mut all)?;
    add::<views::desk::DeskPage>(&scene, &mut all)?;
    add::<views::day::DayPage>(&scene, &mut all)?;
    add::<views::day::TeamPage>(&scene, &mut all)?;
    add::<views::day::WorkPage>(&scene, &mut all)?;
    add::<views::routines::RoutinesPage>(&scene, &mut all)?;
    add::<views::routines::RoutinePage>(&scene, &mut all)?;
    add::<views::routines::RoutineEditPage>(&scene, &mut all)?;
    add::<views::routines::CataloguePage>(&scene, &mut all)?;
    add::<views::intake::IntakePage>(&scene, &mut all)?;
    add::<views::queue::QueuePage>(&scene, &mut all)?;
    add::<views::ticket::TicketPage>(&scene, &mut all)?;
    add::<views::clocks::ClockPage>(&scene, &mut all)?;
    add::<views::inbox::InboxPage>(&scene, &mut all)?;
    add::<views::notices::NoticesPage>(&scene, &mut all)?;
    add::<views::notices::NoticePage>(&scene, &mut all)?;
    add::<views::overdue::OverduePage>(&scene, &mut all)?;
    add::<views::overdue::OverdueItemPage>(&scene, &mut all)?;
    add::<views::sheet::SheetPage>(&scene, &mut all)?;
    add::<views::sheet::SheetPrintPage>(&scene, &mut all)?;
    add::<views::answers::AnswersPage>(&scene, &mut all)?;
    add::<views::answers::AnswerPage>(&scene, &mut all)?;
    add::<views::answers::AnswerEditPage>(&scene, &mut all)?;
    add::<views::processes::ProcessesPage>(&scene, &mut all)?;
    add::<views::processes::ProcessPage>(&scene, &mut all)?;
    add::<views::processes::ProcessUploadPage>(&scene, &mut all)?;
    add::<views::search::SearchPage>(&scene, &mut all)?;
    add::<views::figures::FiguresPage>(&scene, &mut all)?;
    add::<views::import::ImportPage>(&scene, &mut all)?;
    add::<views::people::PeoplePage>(&scene, &mut all)?;
    add::<views::people::PersonPage>(&scene, &mut all)?;
    add::<views::departments::DepartmentsPage>(&scene, &mut all)?;
    add::<views::departments::DepartmentPage>(&scene, &mut all)?;
    add::<views::calendars::CalendarsPage>(&scene, &mut all)?;
    add::<views::calendars::CalendarNewPage>(&scene, &mut all)?;
    add::<views::calendars::CalendarPage>(&scene, &mut all)?;
    add::<views::calendars::CalendarChangePage>(&scene, &mut all)?;
    add::<views::policies::PoliciesPage>(&scene, &mut all)?;
    add::<views::policies::PolicyPage>(&scene, &mut all)?;
    add::<views::policies::PolicyChangePage>(&scene, &mut all)?;
    add::<views::account::AccountPage>(&scene, &mut all)?;
    add::<views::settings::SettingsPage>(&scene, &mut all)?;
    add::<views::duty::board::BoardPage>(&scene, &mut all)?;
    add::<views::duty::roster::RosterPage>(&scene, &mut all)?;
    add::<views::duty::roster::RosterPrintPage>(&scene, &mut all)?;
    add::<views::duty::requests::LeavesPage>(&scene, &mut all)?;
    add::<views::duty::requests::SwapsPage>(&scene, &mut all)?;
    add::<views::duty::setup::SetupPage>(&scene, &mut all)?;
    add::<views::duty::setup::ShiftPage>(&scene, &mut all)?;
    add::<views::duty::handovers::HandoversPage>(&scene, &mut all)?;
    add::<views::duty::handovers::HandoverPage>(&scene, &mut all)?;
    add::<views::duty::handovers::HandoverPrintPage>(&scene, &mut all)?;
    Ok(all)
}

impl Scene {
    /// The shell of a page before sign-in.
    #[must_use]
    pub fn bare(&self) -> Shell {
        Shell::bare(self.locale, self.theme, "sample-token")
    }
}
