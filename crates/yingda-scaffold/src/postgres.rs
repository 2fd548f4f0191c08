//! A private PostgreSQL cluster: made, started, and removed again by whoever holds it.
//!
//! One shell script does everything from `initdb` to the removal, as an unprivileged user when we are root (the server refuses root),
//! and undoes it when its input ends; so an interrupt at any moment leaves nothing behind.
//!
//! Durability is switched off: these clusters hold test data only. Benchmarks, which must not cheat, ask for [`Durability::Full`].

use std::fmt;
use std::io;
use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::Scratch;
use crate::kept::Keeper;

/// The oldest server that the product supports.
pub const OLDEST: u32 = 15;

const SCRIPT: &str = r#"
bin=$1 dir=$2 port=$3 options=$4
trap : HUP INT TERM
export LC_ALL=C.UTF-8 TZ=UTC
start() {
  "$bin/pg_ctl" -D "$dir/data" -w -t 60 -l "$dir/server.log" -s \
    -o "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='$dir' -c max_connections=300 $options" start
}
if "$bin/initdb" -D "$dir/data" -U yingda --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$dir/keeper.log" 2>&1 &&
   start >>"$dir/keeper.log" 2>&1; then
  echo ready
  while read -r order; do
    case $order in
      halt) "$bin/pg_ctl" -D "$dir/data" -w -s -m immediate stop >>"$dir/keeper.log" 2>&1 ;;
      resume) start >>"$dir/keeper.log" 2>&1 ;;
      *) false ;;
    esac && echo done || echo failed
  done
else
  echo failed
  read -r _
fi
if [ -f "$dir/data/postmaster.pid" ]; then
  "$bin/pg_ctl" -D "$dir/data" -w -s -m immediate stop >>"$dir/keeper.log" 2>&1
fi
rm -rf -- "$dir"
"#;

/// What the server does with a commit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Durability {
    /// Nothing is synced: for tests.
    Off,
    /// As the server is delivered: for benchmarks.
    Full,
}

/// A running server with nothing in it.
#[derive(Debug)]
pub struct Cluster {
    port: u16,
    keeper: Keeper,
    // After the keeper, which removes it: this is the second chance.
    _scratch: Scratch,
}

/// Why there is no cluster.
#[derive(Debug)]
pub enum ClusterError {
    /// No server programs of [`OLDEST`] or newer are installed.
    NotInstalled,
    /// We are root and there is neither a `postgres` nor a `nobody` to run the server as.
    NoUser,
    /// The system refused something that has nothing to do with PostgreSQL.
    System(io::Error),
    /// `initdb` or the server said no; in its own words.
    Refused(String),
}

impl fmt::Display for ClusterError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotInstalled => write!(
                f,
                "no PostgreSQL {OLDEST} or newer server programs (initdb, pg_ctl, postgres) under /usr/lib/postgresql/*/bin or in the \
                 PATH; on Debian: apt-get install --no-install-recommends postgresql"
            ),
            Self::NoUser => {
                write!(f, "PostgreSQL does not run as root, and there is no user `postgres` or `nobody` to run it as")
            }
            Self::System(error) => write!(f, "cannot prepare a PostgreSQL cluster: {error}"),
            Self::Refused(words) => write!(f, "PostgreSQL did not start:\n{words}"),
        }
    }
}

impl std::error::Error for ClusterError {}

impl From<io::Error> for ClusterError {
    fn from(error: io::Error) -> Self {
        Self::System(error)
    }
}

impl Cluster {
    /// Makes and starts a cluster for tests.
    ///
    /// # Errors
    /// See [`ClusterError`]; nothing is left behind.
    pub fn start() -> Result<Self, ClusterError> {
        Self::start_with(Durability::Off)
    }

    /// Makes and starts a cluster.
    ///
    /// # Errors
    /// See [`ClusterError`]; nothing is left behind.
    pub fn start_with(durability: Durability) -> Result<Self, ClusterError> {
        let bin = server_programs().ok_or(ClusterError::NotInstalled)?;
        let mut attempt = 0;
        loop {
            match Self::try_start(&bin, durability) {
                // Somebody took the free port between our looking and the server's binding.
                Err(ClusterError::Refused(words)) if words.contains("could not bind") && attempt < 5 => attempt += 1,
                other => return other,
            }
        }
    }

    fn try_start(bin: &Path, durability: Durability) -> Result<Self, ClusterError> {
        let scratch = Scratch::new("yingda_pg")?;
        let folder = scratch.path();
        let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
        let options = match durability {
            Durability::Off => "-c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            Durability::Full => "",
        };
        let mut command = Command::new("/bin/sh");
        command.args(["-c", SCRIPT, "keeper"]).arg(bin).arg(folder).arg(port.to_string()).arg(options);
        command.current_dir("/").stderr(Stdio::null());
        // The owner of what we just made is who we are: the standard library has no other way to ask.
        if std::fs::metadata(folder)?.uid() == 0 {
            use std::os::unix::process::CommandExt;
            let passwd = std::fs::read_to_string("/etc/passwd")?;
            let (uid, gid) = unprivileged(&passwd).ok_or(ClusterError::NoUser)?;
            std::os::unix::fs::chown(folder, Some(uid), Some(gid))?;
            command.uid(uid).gid(gid);
        }
        let mut keeper = Keeper::spawn(&mut command)?;
        if keeper.answer()? == "ready" {
            return Ok(Self { port, keeper, _scratch: scratch });
        }
        let words = ["keeper.log", "server.log"]
            .iter()
            .filter_map(|log| std::fs::read_to_string(folder.join(log)).ok())
            .collect::<Vec<_>>()
            .join("");
        Err(ClusterError::Refused(words))
    }

    /// The address of the maintenance database, from which others are created.
    #[must_use]
    pub fn url(&self) -> String {
        format!("postgres://yingda@127.0.0.1:{}/postgres?sslmode=disable", self.port)
    }

    /// Stops the server at once, as a crash would; its data stay for [`Self::resume`].
    ///
    /// # Errors
    /// When the server does not stop.
    pub fn halt(&mut self) -> Result<(), ClusterError> {
        self.order("halt")
    }

    /// Starts the server again, on the same address.
    ///
    /// # Errors
    /// When the server does not start.
    pub fn resume(&mut self) -> Result<(), ClusterError> {
        self.order("resume")
    }

    fn order(&mut self, order: &str) -> Result<(), ClusterError> {
        match self.keeper.ask(order)?.as_str() {
            "done" => Ok(()),
            answer => Err(ClusterError::Refused(format!("{order}: {answer}"))),
        }
    }
}

/// The folder of the newest installed server's programs, if it is new enough.
#[must_use]
pub fn server_programs() -> Option<PathBuf> {
    let debian = std::fs::read_dir("/usr/lib/postgresql")
        .ok()
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path().join("bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut found: Vec<(u32, PathBuf)> = debian
        .chain(std::env::split_paths(&path))
        .filter(|bin| ["initdb", "pg_ctl", "postgres"].iter().all(|program| bin.join(program).is_file()))
        .filter_map(|bin| Some((server_version(&bin)?, bin)))
        .filter(|(version, _)| *version >= OLDEST)
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

fn server_version(bin: &Path) -> Option<u32> {
    let output = Command::new(bin.join("postgres")).arg("--version").output().ok()?;
    major(&String::from_utf8_lossy(&output.stdout))
}

/// `postgres (PostgreSQL) 15.14 (Debian …)` → 15.
fn major(version: &str) -> Option<u32> {
    let number = version.split_whitespace().find(|word| word.starts_with(|c: char| c.is_ascii_digit()))?;
    number.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

/// The user and group that the server shall run as: `postgres`, which the package makes, or else `nobody`.
fn unprivileged(passwd: &str) -> Option<(u32, u32)> {
    ["postgres", "nobody"].iter().find_map(|name| {
        let mut fields = passwd.lines().find(|line| line.split(':').next() == Some(name))?.split(':').skip(2);
        Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::net::TcpStream;

    #[test]
    fn reads_versions_and_users() {
        assert_eq!(major("postgres (PostgreSQL) 15.14 (Debian 15.14-0+deb12u1)"), Some(15));
        assert_eq!(major("postgres (PostgreSQL) 18beta2"), Some(18));
        assert_eq!(major("nothing"), None);
        let nobody = "root:x:0:0::/root:/bin/sh\nnobody:x:65534:65533::/:/bin/false\n";
        assert_eq!(unprivileged(nobody), Some((65534, 65533)));
        assert_eq!(unprivileged(&format!("{nobody}postgres:x:101:104:::\n")), Some((101, 104)));
        assert_eq!(unprivileged("root:x:0:0::/root:/bin/sh\n"), None);
    }

    #[test]
    fn a_cluster_starts_goes_away_comes_back_and_leaves_nothing() {
        let mut cluster = Cluster::start().unwrap();
        let address = ("127.0.0.1", cluster.port);
        let folder = cluster._scratch.path().to_path_buf();
        assert!(TcpStream::connect(address).is_ok());
        cluster.halt().unwrap();
        assert!(TcpStream::connect(address).is_err());
        cluster.resume().unwrap();
        assert!(TcpStream::connect(address).is_ok());
        drop(cluster);
        assert!(TcpStream::connect(address).is_err());
        assert!(!folder.exists());
    }
}
