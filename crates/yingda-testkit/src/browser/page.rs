//! What a person does on a page: look, press, fill, choose.
//!
//! Finding is one script (`find.js`) that knows labels, legends and buttons; acting goes through the driver, so that a covered or
//! hidden control fails here as it would under a hand. Each act is tried again until it succeeds or [`super::PATIENCE`] is over.

use std::path::Path;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::error::{WebDriverError, WebDriverErrorInner, WebDriverResult};
use thirtyfour::extensions::query::{ElementPoller, ElementPollerWithTimeout};
use thirtyfour::{Key, WebElement};

use super::{BrowserError, PATIENCE, Person};

const FIND: &str = include_str!("find.js");
/// Between two looks at the page.
const INTERVAL: Duration = Duration::from_millis(50);
/// Sets what cannot be typed the same way in every locale, as picking it from the control's own panel would.
const SET_VALUE: &str = "const [field, value] = arguments; field.focus(); field.value = value;
    for (const name of ['input', 'change']) field.dispatchEvent(new Event(name, {bubbles: true}));
    return field.value === value || field.value.startsWith(value);";
/// Kinds of input whose typing depends on the locale.
const PICKED: [&str; 7] = ["date", "datetime-local", "time", "month", "week", "color", "range"];

impl Person {
    /// Waits until the page shows `text`; blanks and line breaks count as one blank.
    ///
    /// # Errors
    /// When it does not in time.
    pub async fn see(&self, text: &str) -> Result<(), BrowserError> {
        self.until(&format!("the text “{text}”"), async || Ok(self.is("text", text).await?.then_some(()))).await
    }

    /// Waits until the page no longer shows `text`.
    ///
    /// # Errors
    /// When it still does in the end.
    pub async fn see_no_more(&self, text: &str) -> Result<(), BrowserError> {
        self.until(&format!("a page without “{text}”"), async || Ok((!self.is("text", text).await?).then_some(())))
            .await
    }

    /// Waits until something that the CSS selector matches is visible.
    ///
    /// # Errors
    /// When nothing is in time.
    pub async fn see_element(&self, css: &str) -> Result<(), BrowserError> {
        self.until(&format!("the element {css}"), async || Ok(self.is("css", css).await?.then_some(()))).await
    }

    /// Waits until the path and query contain `part`.
    ///
    /// # Errors
    /// When they do not in time.
    pub async fn see_place(&self, part: &str) -> Result<(), BrowserError> {
        self.until(&format!("an address with {part}"), async || {
            Ok(self.web().current_url().await?.as_str().contains(part).then_some(()))
        })
        .await
    }

    /// The text of the page as it is now.
    ///
    /// # Errors
    /// When the browser does not answer.
    pub async fn text(&self) -> Result<String, BrowserError> {
        let script = "return document.body ? document.body.innerText : '';";
        let read = async { self.web().execute(script, Vec::new()).await?.convert::<String>() };
        read.await.map_err(|error| self.web_error("reading the page", error))
    }

    /// Presses a button, link, tab or label: by its words, or by CSS when `target` begins with `#`, `.`, `[` or `css:`.
    ///
    /// # Errors
    /// When there is none that can be pressed in time.
    pub async fn click(&self, target: &str) -> Result<(), BrowserError> {
        self.until(&format!("“{target}” to press"), async || match self.find("press", target, "").await? {
            Some(element) => self.press(&element).await.map(Some),
            None => Ok(None),
        })
        .await
    }

    /// Writes `value` into a field in place of what is there. `field` is its label, `name`, `aria-label` or placeholder, or CSS.
    /// Dates and times are given as the form sends them (`2026-11-21`, `2026-11-21T09:30`).
    ///
    /// # Errors
    /// When there is no such field that can be written in time.
    pub async fn fill(&self, field: &str, value: &str) -> Result<(), BrowserError> {
        self.until(&format!("the field “{field}” to fill"), async || {
            let Some(element) = self.find("field", field, "").await? else {
                return Ok(None);
            };
            let kind = element.attr("type").await?.unwrap_or_default();
            if PICKED.contains(&kind.as_str()) {
                let set = self.web().execute(SET_VALUE, vec![element.to_json()?, json!(value)]).await?;
                return Ok(set.convert::<bool>()?.then_some(()));
            }
            element.clear().await?;
            element.send_keys(value).await.map(Some)
        })
        .await
    }

    /// Chooses an option of a list, or a radio button or box of a group, by the words beside it.
    ///
    /// # Errors
    /// When there is no such list or option in time.
    pub async fn select(&self, label: &str, option: &str) -> Result<(), BrowserError> {
        self.until(&format!("“{option}” in “{label}”"), async || {
            match self.find("option", label, option).await? {
                Some(element) => self.press(&element).await.map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    /// Gives a file to a file field.
    ///
    /// # Errors
    /// When there is no such field in time, or no such file.
    pub async fn attach(&self, field: &str, file: &Path) -> Result<(), BrowserError> {
        let file =
            file.canonicalize().map_err(|error| self.web_error(format!("giving {}", file.display()), error.into()))?;
        let name = file.display().to_string();
        self.until(&format!("the file field “{field}”"), async || match self.find("field", field, "").await? {
            Some(element) => element.send_keys(name.as_str()).await.map(Some),
            None => Ok(None),
        })
        .await
    }

    /// What stands in a field: what was typed, or the form value of the chosen option.
    ///
    /// # Errors
    /// When there is no such field in time.
    pub async fn value(&self, field: &str) -> Result<String, BrowserError> {
        self.until(&format!("the field “{field}” to read"), async || match self.find("field", field, "").await? {
            Some(element) => Ok(Some(element.prop("value").await?.unwrap_or_default())),
            None => Ok(None),
        })
        .await
    }

    /// Presses Enter in a field.
    ///
    /// # Errors
    /// When there is no such field in time.
    pub async fn enter(&self, field: &str) -> Result<(), BrowserError> {
        self.until(&format!("the field “{field}” for Enter"), async || {
            match self.find("field", field, "").await? {
                Some(element) => element.send_keys(Key::Enter).await.map(Some),
                None => Ok(None),
            }
        })
        .await
    }

    /// Presses what was found; from under a bar that stays at the edge of the screen it is scrolled away first, as a hand does.
    async fn press(&self, element: &WebElement) -> WebDriverResult<()> {
        match element.click().await {
            Err(error) if matches!(error.as_inner(), WebDriverErrorInner::ElementClickIntercepted(_)) => {
                let script = "arguments[0].scrollIntoView({block: 'center', behavior: 'instant'});";
                self.web().execute(script, vec![element.to_json()?]).await?;
                element.click().await
            }
            pressed => pressed,
        }
    }

    async fn run(&self, kind: &str, wanted: &str, option: &str) -> WebDriverResult<thirtyfour::prelude::ScriptRet> {
        self.web().execute(FIND, vec![json!(kind), json!(wanted), json!(option)]).await
    }

    async fn is(&self, kind: &str, wanted: &str) -> WebDriverResult<bool> {
        self.run(kind, wanted, "").await?.convert()
    }

    async fn find(&self, kind: &str, wanted: &str, option: &str) -> WebDriverResult<Option<WebElement>> {
        let found = self.run(kind, wanted, option).await?;
        if *found.json() == Value::Null { Ok(None) } else { found.element().map(Some) }
    }

    /// Tries until there is something, an error that waiting does not cure, or no more time.
    async fn until<T>(
        &self,
        what: &str,
        mut attempt: impl AsyncFnMut() -> WebDriverResult<Option<T>>,
    ) -> Result<T, BrowserError> {
        let mut poller = ElementPollerWithTimeout::new(PATIENCE, INTERVAL);
        let hindrance = loop {
            let hindrance = match attempt().await {
                Ok(Some(found)) => return Ok(found),
                Ok(None) => None,
                Err(error) if is_passing(&error) => Some(error),
                Err(error) => return Err(self.web_error(format!("looking for {what}"), error)),
            };
            if !poller.tick().await {
                break hindrance;
            }
        };
        let url = self.web().current_url().await.map_or_else(|error| error.to_string(), |url| url.to_string());
        let page = self.text().await.unwrap_or_else(|error| error.to_string());
        let what = hindrance.map_or_else(|| what.to_owned(), |error| format!("{what} ({error})"));
        Err(BrowserError::NotFound { who: self.name().to_owned(), what, url, page })
    }
}

/// What a page that is still moving answers. A press that may have worked is never among these: it would be done twice.
fn is_passing(error: &WebDriverError) -> bool {
    matches!(
        error.as_inner(),
        WebDriverErrorInner::StaleElementReference(_)
            | WebDriverErrorInner::NoSuchElement(_)
            | WebDriverErrorInner::ElementClickIntercepted(_)
            | WebDriverErrorInner::ElementNotInteractable(_)
            | WebDriverErrorInner::InvalidElementState(_)
            | WebDriverErrorInner::JavascriptError(_)
            | WebDriverErrorInner::MoveTargetOutOfBounds(_)
    )
}
