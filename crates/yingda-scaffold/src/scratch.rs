//! A folder of one's own under the system's temporary folder, removed when dropped.
//!
//! Mode 0700: what tests write there (passwords of invented people, browser profiles) is nobody else's business.

use std::collections::hash_map::RandomState;
use std::fs::DirBuilder;
use std::hash::BuildHasher;
use std::io;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

/// A fresh, empty folder.
#[derive(Debug)]
pub struct Scratch {
    path: PathBuf,
}

impl Scratch {
    /// Makes a folder whose name begins with `prefix`.
    ///
    /// # Errors
    /// When the system's temporary folder cannot be written.
    pub fn new(prefix: &str) -> io::Result<Self> {
        let path = std::env::temp_dir().join(unique_name(prefix));
        DirBuilder::new().mode(0o700).create(&path)?;
        Ok(Self { path })
    }

    /// Where the folder is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        // Somebody else may have removed it already (a kept process's watcher does); nothing can be done about the rest.
        let _ = std::fs::remove_dir_all(&self.path);
    }
}

/// `prefix`, this process's number and something random: unique among processes, threads and reused process numbers.
///
/// Lower-case letters, digits, `-` and `_` only when `prefix` is, so that it can serve as a database's name.
#[must_use]
pub fn unique_name(prefix: &str) -> String {
    static COUNTER: AtomicU64 = AtomicU64::new(0);
    let count = COUNTER.fetch_add(1, Ordering::Relaxed);
    let random = RandomState::new().hash_one(count);
    format!("{prefix}_{}_{count}_{:08x}", std::process::id(), random & 0xffff_ffff)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_there_alone_and_gone_afterwards() {
        let one = Scratch::new("yingda_scratch_test").unwrap();
        let other = Scratch::new("yingda_scratch_test").unwrap();
        assert_ne!(one.path(), other.path());
        std::fs::write(one.path().join("file"), "x").unwrap();
        let path = one.path().to_path_buf();
        drop(one);
        assert!(!path.exists());
        assert!(other.path().exists());
    }
}
