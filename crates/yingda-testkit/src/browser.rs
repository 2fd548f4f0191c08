//! People at browsers: drives Debian's Chromium for the stories.
//!
//! A [`Browser`] is one chromedriver; every [`Person`] is a Chromium of their own with a profile of their own, so that several are
//! signed in at once. People speak in what stands on the page (a button's words, a field's label) and wait, within bounds, for what
//! they expect; nothing here sleeps. Whatever was started is ended, by [`Kept`] if by nobody else.

mod page;
mod start;

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::json;
use thirtyfour::WebDriver;
use thirtyfour::error::WebDriverError;
use thiserror::Error;
use yingda_scaffold::{Kept, Scratch};

/// How long a person waits for something before the story fails: long enough for a busy machine, short enough to notice.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// The window that a person looks at, in CSS pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Screen {
    /// 1366 × 900, the clerk's desk.
    Desktop,
    /// 390 × 844 with touch.
    Phone,
}

/// One running chromedriver.
#[derive(Debug, Clone)]
pub struct Browser {
    driver: Arc<Driver>,
}

/// A person with a browser of their own, looking at one desk.
#[derive(Debug)]
pub struct Person {
    name: String,
    desk: String,
    web: WebDriver,
    _driver: Arc<Driver>,
}

#[derive(Debug)]
struct Driver {
    port: u16,
    // In this order: the processes end before their folder goes.
    _process: Kept,
    scratch: Scratch,
}

/// Why a story stopped.
#[derive(Debug, Error)]
pub enum BrowserError {
    /// A program is missing or does not start.
    #[error("{0}")]
    Start(String),
    /// What a person looked for did not come.
    #[error("{who} looked for {what} in vain at {url}\n--- the page says:\n{page}\n---")]
    NotFound {
        /// The person's name.
        who: String,
        /// What they looked for, and how.
        what: String,
        /// Where they were.
        url: String,
        /// The visible text of the page.
        page: String,
    },
    /// The browser itself refused.
    #[error("{who}, {doing}: {source}")]
    Web {
        /// The person's name.
        who: String,
        /// What they were doing.
        doing: String,
        /// In the driver's words.
        #[source]
        source: Box<WebDriverError>,
    },
}

impl Browser {
    /// Starts chromedriver on a free port.
    ///
    /// # Errors
    /// When it is not installed or says that it cannot start.
    pub fn start() -> Result<Self, BrowserError> {
        Ok(Self { driver: Arc::new(start::driver()?) })
    }

    /// Sits a person down before the desk at `desk` (`http://127.0.0.1:8080`).
    ///
    /// # Errors
    /// When Chromium does not start.
    pub async fn person(&self, name: &str, desk: &str, screen: Screen) -> Result<Person, BrowserError> {
        let web = start::session(&self.driver, screen).await.map_err(|source| BrowserError::Web {
            who: name.to_owned(),
            doing: "opening a browser".to_owned(),
            source: Box::new(source),
        })?;
        Ok(Person {
            name: name.to_owned(),
            desk: desk.trim_end_matches('/').to_owned(),
            web,
            _driver: Arc::clone(&self.driver),
        })
    }
}

impl Person {
    /// Who it is.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The driver itself, for what has no word here.
    #[must_use]
    pub fn web(&self) -> &WebDriver {
        &self.web
    }

    /// Opens a page of the desk (`/tickets`), or any address that begins with `http`.
    ///
    /// # Errors
    /// When nothing answers there.
    pub async fn goto(&self, path: &str) -> Result<(), BrowserError> {
        let url = if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.desk) };
        self.web.goto(url.clone()).await.map_err(|error| self.web_error(format!("opening {url}"), error))
    }

    /// The path and query of the page that they are on.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn place(&self) -> Result<String, BrowserError> {
        let url = self.web.current_url().await.map_err(|error| self.web_error("reading the address", error))?;
        Ok(url.query().map_or_else(|| url.path().to_owned(), |query| format!("{}?{query}", url.path())))
    }

    /// Saves what the screen shows as a PNG.
    ///
    /// # Errors
    /// When the browser does not answer or the file cannot be written.
    pub async fn screenshot(&self, path: &Path) -> Result<(), BrowserError> {
        self.web.screenshot(path).await.map_err(|error| self.web_error(format!("saving {}", path.display()), error))
    }

    /// Saves the whole page as a PNG, also what is below the screen.
    ///
    /// # Errors
    /// When the browser does not answer or the file cannot be written.
    pub async fn whole_page(&self, path: &Path) -> Result<(), BrowserError> {
        let taken = async {
            // What stays at the edge of the screen then stands at the edge of the page.
            self.web.execute("window.scrollTo({top: 0, behavior: 'instant'});", Vec::new()).await?;
            let sizes = self.web.cdp().send_raw("Page.getLayoutMetrics", json!({})).await?;
            let side = |name: &str| sizes["cssContentSize"][name].as_f64().unwrap_or(800.0);
            let clip = json!({"x": 0, "y": 0, "width": side("width"), "height": side("height"), "scale": 1});
            let wish = json!({"format": "png", "captureBeyondViewport": true, "clip": clip});
            let shot = self.web.cdp().send_raw("Page.captureScreenshot", wish).await?;
            let data = shot["data"].as_str().unwrap_or_default();
            std::fs::write(path, STANDARD.decode(data).map_err(std::io::Error::other)?)?;
            Ok::<(), WebDriverError>(())
        };
        taken.await.map_err(|error| self.web_error(format!("saving {}", path.display()), error))
    }

    /// Does without the desk's scripts from the next page on, as a browser does that forbids them.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn without_scripts(&self) -> Result<(), BrowserError> {
        let off = self.web.cdp().send_raw("Emulation.setScriptExecutionDisabled", json!({"value": true})).await;
        off.map(drop).map_err(|error| self.web_error("switching scripts off", error))
    }

    /// Closes the browser; a person who is merely dropped leaves too, but blocks the thread for it.
    ///
    /// # Errors
    /// When the browser was gone already.
    pub async fn leave(self) -> Result<(), BrowserError> {
        let name = self.name;
        self.web.quit().await.map_err(|source| BrowserError::Web {
            who: name,
            doing: "closing the browser".to_owned(),
            source: Box::new(source),
        })
    }

    fn web_error(&self, doing: impl Into<String>, source: WebDriverError) -> BrowserError {
        BrowserError::Web { who: self.name.clone(), doing: doing.into(), source: Box::new(source) }
    }
}
