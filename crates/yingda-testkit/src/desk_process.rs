//! The built desk as a process: started on a free port, listened to, stopped politely or killed.
//!
//! For stories and for everything that only shows between processes (a kill in mid-write, a restart on the same data). The binary is
//! named by the test itself, which alone knows it: `env!("CARGO_BIN_EXE_yingda")`.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use thiserror::Error;
use yingda_scaffold::kept::Signal;
use yingda_scaffold::{Kept, Scratch};

/// How long the desk may take to say a line or to stop.
const PATIENCE: Duration = Duration::from_secs(60);

/// How the desk shall be started.
#[derive(Debug, Clone)]
pub struct DeskCommand {
    binary: PathBuf,
    arguments: Vec<String>,
    data: Option<PathBuf>,
}

/// A running desk; killed, with its scratch data, when dropped.
#[derive(Debug)]
pub struct DeskProcess {
    process: Kept,
    lines: Receiver<String>,
    said: Vec<String>,
    address: String,
    data: PathBuf,
    log: PathBuf,
    _scratch: Scratch,
}

/// Why the desk does not run as it should.
#[derive(Debug, Error)]
pub enum DeskProcessError {
    /// The system refused.
    #[error("cannot run the desk: {0}")]
    System(#[from] std::io::Error),
    /// It ended or kept silent before it said what was waited for.
    #[error("the desk never said “{wanted}”\n--- it printed:\n{said}\n--- and logged:\n{log}\n---")]
    Silent {
        /// What was waited for.
        wanted: String,
        /// Everything on its standard output.
        said: String,
        /// Everything on its standard error.
        log: String,
    },
    /// It did not stop when asked to, and was killed.
    #[error("the desk did not stop within {} s of being asked to\n{log}", PATIENCE.as_secs())]
    DoesNotStop {
        /// Everything on its standard error.
        log: String,
    },
}

impl DeskCommand {
    /// `binary command --listen 127.0.0.1:0 --data DIR`, where `command` is `serve` or `demo`.
    #[must_use]
    pub fn new(binary: impl AsRef<Path>, command: &str) -> Self {
        Self { binary: binary.as_ref().to_path_buf(), arguments: vec![command.to_owned()], data: None }
    }

    /// On PostgreSQL instead of the file.
    #[must_use]
    pub fn database(self, url: &str) -> Self {
        self.argument("--database").argument(url)
    }

    /// With a data folder that outlives this process, for restarts; without, it has one of its own.
    #[must_use]
    pub fn data(mut self, folder: &Path) -> Self {
        self.data = Some(folder.to_path_buf());
        self
    }

    /// With one more argument.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Starts it and waits until it has printed its address.
    ///
    /// # Errors
    /// When it cannot be started or ends before; with what it printed and logged.
    pub fn start(&self) -> Result<DeskProcess, DeskProcessError> {
        let scratch = Scratch::new("yingda_desk")?;
        let data = self.data.clone().unwrap_or_else(|| scratch.path().join("data"));
        let log = scratch.path().join("desk.log");
        let mut command = Command::new(&self.binary);
        command.args(&self.arguments).args(["--listen", "127.0.0.1:0", "--data"]).arg(&data);
        command.current_dir(scratch.path()).stdout(Stdio::piped()).stderr(File::create(&log)?);
        let mut process = Kept::spawn(&mut command, Some(scratch.path()))?;
        let stdout = process.take_stdout().ok_or_else(|| std::io::Error::other("no pipe from the desk"))?;
        let (sender, lines) = channel();
        // Ends with the desk's output; keeps reading so that the desk never blocks on a full pipe.
        std::thread::spawn(move || {
            for line in BufReader::new(stdout).lines().map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut desk =
            DeskProcess { process, lines, said: Vec::new(), address: String::new(), data, log, _scratch: scratch };
        let line = desk.line_with("http://127.0.0.1:")?;
        desk.address = origin(&line).unwrap_or_default();
        Ok(desk)
    }
}

impl DeskProcess {
    /// `http://127.0.0.1:PORT`, without a slash at the end.
    #[must_use]
    pub fn address(&self) -> &str {
        &self.address
    }

    /// The data folder.
    #[must_use]
    pub fn data(&self) -> &Path {
        &self.data
    }

    /// The process's number.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.process.id()
    }

    /// The first line on standard output that contains `wanted`, said already or yet to come.
    ///
    /// # Errors
    /// When the desk ends or is silent for a minute before.
    pub fn line_with(&mut self, wanted: &str) -> Result<String, DeskProcessError> {
        if let Some(line) = self.said.iter().find(|line| line.contains(wanted)) {
            return Ok(line.clone());
        }
        while let Ok(line) = self.lines.recv_timeout(PATIENCE) {
            self.said.push(line.clone());
            if line.contains(wanted) {
                return Ok(line);
            }
        }
        Err(DeskProcessError::Silent { wanted: wanted.to_owned(), said: self.said.join("\n"), log: self.log() })
    }

    /// What it has written to standard error so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_else(|error| error.to_string())
    }

    /// Asks it to stop, as a service manager does, and waits until it has.
    ///
    /// # Errors
    /// When it had ended already or does not stop within a minute.
    pub fn stop(mut self) -> Result<ExitStatus, DeskProcessError> {
        self.process.signal(Signal::Terminate)?;
        let limit = Instant::now() + PATIENCE;
        loop {
            match self.lines.recv_timeout(limit.saturating_duration_since(Instant::now())) {
                Ok(line) => self.said.push(line),
                Err(RecvTimeoutError::Disconnected) => return Ok(self.process.wait()?),
                Err(RecvTimeoutError::Timeout) => {
                    return Err(DeskProcessError::DoesNotStop { log: self.log() });
                }
            }
        }
    }

    /// Kills it, as the loss of power does.
    ///
    /// # Errors
    /// When it had ended already.
    pub fn kill(mut self) -> Result<(), DeskProcessError> {
        self.process.signal(Signal::Kill)?;
        self.process.wait()?;
        Ok(())
    }
}

/// The scheme, host and port of the first address in a line.
fn origin(line: &str) -> Option<String> {
    let address = &line[line.find("http://")?..];
    let host = address.strip_prefix("http://")?;
    let end = host.find(|c: char| !(c.is_ascii_alphanumeric() || ".:-".contains(c))).unwrap_or(host.len());
    Some(format!("http://{}", host[..end].trim_end_matches(['.', ':'])))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::PermissionsExt;

    /// A stand-in that prints what a desk prints and its arguments, and stops when asked.
    fn stand_in(scratch: &Scratch, script: &str) -> PathBuf {
        let path = scratch.path().join("desk.sh");
        std::fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).unwrap();
        path
    }

    #[test]
    fn reads_the_address_and_later_lines_and_stops_politely() {
        let scratch = Scratch::new("yingda_desk_test").unwrap();
        let script = "trap 'exit 3' TERM\necho one\necho \"应答 http://127.0.0.1:4321/。\"\necho \"args $*\"\ntail -f /dev/null >&2 & wait";
        let mut desk = DeskCommand::new(stand_in(&scratch, script), "serve").argument("--more").start().unwrap();
        assert_eq!(desk.address(), "http://127.0.0.1:4321");
        assert!(desk.line_with("args").unwrap().starts_with("args serve --more --listen 127.0.0.1:0 --data "));
        assert_eq!(desk.line_with("one").unwrap(), "one");
        assert_eq!(desk.stop().unwrap().code(), Some(3));
    }

    #[test]
    fn a_desk_that_ends_at_once_is_reported_with_its_own_words() {
        let scratch = Scratch::new("yingda_desk_test").unwrap();
        let error = DeskCommand::new(stand_in(&scratch, "echo hello\necho broken >&2"), "demo")
            .start()
            .unwrap_err()
            .to_string();
        assert!(error.contains("hello") && error.contains("broken"), "{error}");
    }

    #[test]
    fn addresses_end_where_the_path_begins() {
        assert_eq!(origin("open http://127.0.0.1:8080/x?y").as_deref(), Some("http://127.0.0.1:8080"));
        assert_eq!(origin("在 http://127.0.0.1:80。"), Some("http://127.0.0.1:80".to_owned()));
        assert_eq!(origin("nothing"), None);
    }
}
