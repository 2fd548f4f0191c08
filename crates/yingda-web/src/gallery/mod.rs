//! A sample of every page in every state that matters: rendered by one test in every language, and dumped to files by the
//! example `gallery` to be looked at.
//!
//! Nothing here is reachable from a request. The sample company is invented; its two example rows are S03's.

use askama::Template;

use crate::i18n::Locale;
use crate::shell::{Shell, Theme};

mod data;
mod desk;

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
    add::<crate::views::desk::DeskPage>(&scene, &mut all)?;
    Ok(all)
}

impl Scene {
    /// The shell of a page before sign-in.
    #[must_use]
    pub fn bare(&self) -> Shell {
        Shell::bare(self.locale, self.theme, "sample-token")
    }
}
