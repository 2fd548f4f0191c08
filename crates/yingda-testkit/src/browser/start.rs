//! Starting chromedriver and Chromium: the flags, and why each is there.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::json;
use thirtyfour::common::capabilities::chromium::ChromiumLikeCapabilities;
use thirtyfour::error::WebDriverResult;
use thirtyfour::{ChromeCapabilities, DesiredCapabilities, WebDriver};
use yingda_scaffold::{Kept, Scratch, scratch};

use super::{BrowserError, Driver, Screen};

/// A page that takes longer than this is not coming.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);

/// Chromium in a test: no window, no network of its own, and a sandbox that root may not have.
const FLAGS: [&str; 14] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    // Containers give /dev/shm 64 MB, and a page that outgrows it crashes.
    "--disable-dev-shm-usage",
    "--no-proxy-server",
    "--hide-scrollbars",
    // Screenshots are the same on every machine.
    "--force-color-profile=srgb",
    "--lang=zh-CN",
];

pub(super) fn driver() -> Result<Driver, BrowserError> {
    let failed = |error: std::io::Error| BrowserError::Start(format!("cannot start chromedriver: {error}"));
    let scratch = Scratch::new("yingda_browser").map_err(failed)?;
    let log = scratch.path().join("chromedriver.log");
    let mut command = Command::new("chromedriver");
    // Chromium writes beside its profile, too: into the home folder, which shall be ours.
    command.arg("--port=0").env("HOME", scratch.path()).env_remove("XDG_CONFIG_HOME").env_remove("XDG_CACHE_HOME");
    command.stdout(Stdio::piped()).stderr(File::create(&log).map_err(failed)?);
    let mut process = Kept::spawn(&mut command, Some(scratch.path())).map_err(|error| {
        if error.kind() == std::io::ErrorKind::NotFound {
            BrowserError::Start(
                "chromedriver is not installed; on Debian: apt-get install --no-install-recommends chromium chromium-driver fonts-noto-cjk"
                    .to_owned(),
            )
        } else {
            failed(error)
        }
    })?;
    let stdout = process.take_stdout().ok_or_else(|| BrowserError::Start("no pipe from chromedriver".to_owned()))?;
    let mut said = String::new();
    for line in BufReader::new(stdout).lines() {
        let line = line.map_err(failed)?;
        if let Some(port) = started_on(&line) {
            return Ok(Driver { port, _process: process, scratch });
        }
        said.push_str(&line);
        said.push('\n');
    }
    said.push_str(&std::fs::read_to_string(&log).unwrap_or_default());
    Err(BrowserError::Start(format!("chromedriver ended without naming its port:\n{said}")))
}

/// `ChromeDriver was started successfully on port 33749.` → 33749.
fn started_on(line: &str) -> Option<u16> {
    line.split_once("started successfully on port ")?.1.trim_end_matches('.').parse().ok()
}

pub(super) async fn session(driver: &Driver, screen: Screen) -> WebDriverResult<WebDriver> {
    let profile = driver.scratch.path().join(scratch::unique_name("profile"));
    let mut wishes = DesiredCapabilities::chrome();
    for flag in FLAGS {
        wishes.add_arg(flag)?;
    }
    wishes.add_arg(&format!("--user-data-dir={}", profile.display()))?;
    size(&mut wishes, screen)?;
    wishes.add_experimental_option("prefs", json!({"intl": {"accept_languages": "zh-CN,zh"}}))?;
    WebDriver::builder(format!("http://127.0.0.1:{}", driver.port), wishes).request_timeout(REQUEST_TIMEOUT).await
}

fn size(wishes: &mut ChromeCapabilities, screen: Screen) -> WebDriverResult<()> {
    match screen {
        Screen::Desktop => wishes.add_arg("--window-size=1366,900"),
        // A headless window is at least 500 pixels wide; emulation is not, and brings touch with it.
        Screen::Phone => wishes.add_experimental_option(
            "mobileEmulation",
            json!({"deviceMetrics": {"width": 390, "height": 844, "pixelRatio": 2.0, "touch": true, "mobile": true}}),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_port_from_what_chromedriver_says() {
        assert_eq!(started_on("ChromeDriver was started successfully on port 33749."), Some(33749));
        assert_eq!(started_on("Starting ChromeDriver 156.0 on port 0"), None);
    }
}
