//! What every handler can reach: the desk, and the edge that gives each request its time, ids and entropy.

use std::fmt;
use std::sync::Arc;

use yingda_app::App;
use yingda_core::Context;

/// Builds the surroundings of one request; the only reader of the clock.
pub type Edge = Arc<dyn Fn() -> Context + Send + Sync>;

/// The router's state; cheap to clone.
#[derive(Clone)]
pub struct WebState {
    /// The desk.
    pub app: App,
    /// See [`Edge`].
    pub edge: Edge,
}

impl fmt::Debug for WebState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebState")
    }
}

impl WebState {
    /// A router's state.
    #[must_use]
    pub fn new(app: App, edge: Edge) -> Self {
        Self { app, edge }
    }
}
