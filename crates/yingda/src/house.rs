//! A desk opened: its folder, held against a second process, its database, and the processes that we ship.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use yingda_app::App;
use yingda_app::processes::Installed;
use yingda_core::{Actor, Context};
use yingda_store::{Store, StoreUrl};

use crate::settings::Data;
use crate::trouble::Trouble;

/// The processes that every empty desk begins with, by file name.
pub const SHIPPED: [(&str, &str); 3] = [
    ("S01-consultation.yaml", include_str!("../../../processes/S01-consultation.yaml")),
    ("S02-hotline.yaml", include_str!("../../../processes/S02-hotline.yaml")),
    ("S03-enterprise-support.yaml", include_str!("../../../processes/S03-enterprise-support.yaml")),
];

/// The folder, held for as long as this lives.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    _lock: File,
}

/// A desk, ready for use.
#[derive(Debug)]
pub struct House {
    /// The desk.
    pub app: App,
    /// Its database.
    pub store: Store,
    /// Its folder.
    pub folder: Folder,
}

impl Folder {
    /// Takes the folder, making it as needed. A desk on SQLite has it for itself; desks on one PostgreSQL share it,
    /// because their attachments are the same.
    ///
    /// # Errors
    /// [`Trouble::FolderInUse`], [`Trouble::Folder`].
    pub fn take(data: &Data) -> Result<Self, Trouble> {
        let path = data.data.clone();
        let trouble = |error| Trouble::Folder(data.data.clone(), error);
        std::fs::create_dir_all(&path).map_err(trouble)?;
        let lock = File::options().create(true).append(true).open(path.join("desk.lock")).map_err(trouble)?;
        let taken = if data.database.is_some() { lock.try_lock_shared() } else { lock.try_lock() };
        match taken {
            Ok(()) => Ok(Self { path, _lock: lock }),
            Err(TryLockError::WouldBlock) => Err(Trouble::FolderInUse(path)),
            Err(TryLockError::Error(error)) => Err(Trouble::Folder(path, error)),
        }
    }

    /// A path in the folder.
    #[must_use]
    pub fn join(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// The database's file, where it is in the folder.
    #[must_use]
    pub fn database(&self) -> PathBuf {
        self.join("desk.sqlite")
    }
}

impl House {
    /// Opens the desk of a folder or a server.
    ///
    /// # Errors
    /// A [`Trouble`] for everything that can be wrong with folder, address and database.
    pub async fn open(data: &Data, folder: Folder) -> Result<Self, Trouble> {
        let url = match &data.database {
            None => StoreUrl::File(folder.database()),
            Some(url) => match url.parse() {
                Ok(url @ StoreUrl::Postgres(_)) => url,
                Ok(StoreUrl::File(_) | StoreUrl::Scratch(_)) | Err(_) => return Err(Trouble::DatabaseAddress),
            },
        };
        let store = Store::open(&url).await?;
        let app = App::open(store.clone(), folder.join("files")).await?;
        Ok(Self { app, store, folder })
    }

    /// Takes the folder and opens its desk.
    ///
    /// # Errors
    /// As [`Folder::take`] and [`House::open`].
    pub async fn enter(data: &Data) -> Result<Self, Trouble> {
        Self::open(data, Folder::take(data)?).await
    }

    /// The person with this login, as they act at the desk.
    ///
    /// # Errors
    /// [`Trouble::NoSuchPerson`].
    pub fn person(&self, login: &str) -> Result<Actor, Trouble> {
        let directory = self.app.directory();
        directory.person(login).map(Actor::from).ok_or_else(|| Trouble::NoSuchPerson(login.to_owned()))
    }
}

/// Lets the shipped processes into a desk that has none and nobody in it yet.
///
/// # Errors
/// [`Trouble::Broken`] where a shipped file has a fault, which a test rules out.
pub async fn install_shipped(app: &App, ctx: &Context) -> Result<(), Trouble> {
    if !app.processes().all_current().is_empty() || !app.is_empty().await? {
        return Ok(());
    }
    for (file, source) in SHIPPED {
        if let Installed::Faulty(faults) = app.install_process(ctx, None, source, file).await? {
            let first = faults.first().map(ToString::to_string).unwrap_or_default();
            return Err(Trouble::Broken(first));
        }
    }
    Ok(())
}

/// Reads a file, or says which one could not be read.
///
/// # Errors
/// [`Trouble::File`].
pub fn read(path: &Path) -> Result<Vec<u8>, Trouble> {
    std::fs::read(path).map_err(|error| Trouble::File(path.to_owned(), error))
}
