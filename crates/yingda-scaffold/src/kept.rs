//! A process that does not outlive whoever started it, and neither do the processes that it starts.
//!
//! The child leads a process group. A watching shell in a group of its own (so that Ctrl-C in a terminal does not reach it) waits
//! for the end of a pipe that only this process can write to; when the pipe closes it kills the child's whole group. That holds after
//! a panic, an interrupt and `kill -9` alike, which no destructor does.

use std::io::{self, Read, Write};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, ExitStatus, Stdio};

/// Waits for a line (stand down) or for the end (kill the group `$1`, remove the folder `$2` if there is one).
const WATCH: &str = r#"
trap : HUP INT TERM
if read -r _; then exit 0; fi
kill -s KILL -- "-$1" 2>/dev/null
if [ -n "$2" ]; then rm -rf -- "$2"; fi
"#;

/// A running program with its watcher.
#[derive(Debug)]
pub struct Kept {
    child: Child,
    watcher: Option<Child>,
}

/// How to end a process.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// SIGTERM: asks it to finish what it is doing and stop.
    Terminate,
    /// SIGINT: what Ctrl-C sends.
    Interrupt,
    /// SIGKILL: it gets no chance to do anything.
    Kill,
}

impl Signal {
    const fn flag(self) -> &'static str {
        match self {
            Self::Terminate => "-TERM",
            Self::Interrupt => "-INT",
            Self::Kill => "-KILL",
        }
    }
}

impl Kept {
    /// Starts `command`; `folder`, if given, is removed after the process, however it ends.
    ///
    /// # Errors
    /// When the program or the watching shell cannot be started; in the second case the program has been killed.
    pub fn spawn(command: &mut Command, folder: Option<&Path>) -> io::Result<Self> {
        let mut child = command.process_group(0).stdin(Stdio::null()).spawn()?;
        let watcher = Command::new("/bin/sh")
            .args(["-c", WATCH, "watch", &child.id().to_string()])
            .arg(folder.unwrap_or(Path::new("")))
            .current_dir("/")
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        match watcher {
            Ok(watcher) => Ok(Self { child, watcher: Some(watcher) }),
            Err(error) => {
                let _ = child.kill();
                let _ = child.wait();
                Err(error)
            }
        }
    }

    /// The process's number, which is also its group's.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What the program prints, if it was started with a piped output; once.
    pub fn take_stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// Sends a signal to the program alone, not to what it started.
    ///
    /// # Errors
    /// When it has already ended.
    pub fn signal(&mut self, signal: Signal) -> io::Result<()> {
        if self.child.try_wait()?.is_some() {
            return Err(io::Error::other("the process has already ended"));
        }
        let status = Command::new("/bin/sh")
            .args(["-c", r#"kill "$1" "$2""#, "kill", signal.flag(), &self.child.id().to_string()])
            .stdin(Stdio::null())
            .status()?;
        if status.success() { Ok(()) } else { Err(io::Error::other(format!("kill ended with {status}"))) }
    }

    /// Waits until the program has ended of itself; what it left running goes when this is dropped.
    ///
    /// # Errors
    /// When the system cannot say how it ended.
    pub fn wait(&mut self) -> io::Result<ExitStatus> {
        self.child.wait()
    }

    /// Whether the program has ended, and how.
    ///
    /// # Errors
    /// When the system cannot say.
    pub fn try_wait(&mut self) -> io::Result<Option<ExitStatus>> {
        self.child.try_wait()
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // The watcher acts before the child is reaped: until then its number cannot have passed to somebody else's process.
        if let Some(mut watcher) = self.watcher.take() {
            drop(watcher.stdin.take());
            let _ = watcher.wait();
        }
        let _ = self.child.wait();
    }
}

/// A shell script that is told what to do line by line, answers each with one line, and learns by the end of its input that its
/// owner is gone.
#[derive(Debug)]
pub(crate) struct Keeper {
    child: Child,
    answers: ChildStdout,
}

impl Keeper {
    pub(crate) fn spawn(command: &mut Command) -> io::Result<Self> {
        let mut child = command.process_group(0).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let answers = child.stdout.take().ok_or_else(|| io::Error::other("no pipe from the keeper"))?;
        Ok(Self { child, answers })
    }

    pub(crate) fn ask(&mut self, order: &str) -> io::Result<String> {
        if let Some(stdin) = &mut self.child.stdin {
            stdin.write_all(format!("{order}\n").as_bytes())?;
        }
        self.answer()
    }

    /// Reads one line, byte by byte: answers are a word long, and nothing may be read ahead. Empty when the script has ended.
    pub(crate) fn answer(&mut self) -> io::Result<String> {
        let mut line = Vec::new();
        let mut byte = [0];
        while self.answers.read(&mut byte)? == 1 && byte[0] != b'\n' {
            line.push(byte[0]);
        }
        Ok(String::from_utf8_lossy(&line).into_owned())
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Scratch;
    use std::io::{BufRead, BufReader};

    #[test]
    fn dropping_ends_the_process_what_it_started_and_its_folder() {
        let scratch = Scratch::new("yingda_kept_test").unwrap();
        let path = scratch.path().to_path_buf();
        // The grandchild holds the output pipe too: its end is seen only when both are dead.
        let mut kept = Kept::spawn(
            Command::new("/bin/sh").args(["-c", "tail -f /dev/null & echo started; wait"]).stdout(Stdio::piped()),
            Some(&path),
        )
        .unwrap();
        let mut lines = BufReader::new(kept.take_stdout().unwrap());
        let mut line = String::new();
        lines.read_line(&mut line).unwrap();
        assert_eq!(line, "started\n");
        drop(kept);
        assert_eq!(lines.read_line(&mut line).unwrap(), 0);
        assert!(!path.exists());
    }

    #[test]
    fn a_signal_reaches_the_program() {
        let mut kept = Kept::spawn(
            Command::new("/bin/sh")
                .args(["-c", "trap 'echo asked; exit 7' TERM; echo ready; tail -f /dev/null & wait"])
                .stdout(Stdio::piped()),
            None,
        )
        .unwrap();
        let mut lines = BufReader::new(kept.take_stdout().unwrap()).lines();
        assert_eq!(lines.next().unwrap().unwrap(), "ready");
        kept.signal(Signal::Terminate).unwrap();
        assert_eq!(lines.next().unwrap().unwrap(), "asked");
        assert_eq!(kept.wait().unwrap().code(), Some(7));
        assert!(kept.signal(Signal::Kill).is_err());
    }
}
