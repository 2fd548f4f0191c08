//! Why a command does not go on: one sentence in Chinese and one in English, for whoever stands at the terminal.

use std::path::PathBuf;

use yingda_app::AppError;
use yingda_store::StoreError;

/// Why a command ends with code 1.
#[derive(Debug, thiserror::Error)]
pub enum Trouble {
    /// Another desk holds the folder.
    #[error("数据目录 {0} 正在被另一个应答进程使用。\nThe data folder {0} is in use by another desk.")]
    FolderInUse(PathBuf),
    /// The folder cannot be made or written to.
    #[error("不能使用数据目录 {0}：{1}\nThe data folder {0} cannot be used: {1}")]
    Folder(PathBuf, std::io::Error),
    /// A file cannot be read or written.
    #[error("不能读写文件 {0}：{1}\nThe file {0} cannot be read or written: {1}")]
    File(PathBuf, std::io::Error),
    /// `--database` is no address of a PostgreSQL database.
    #[error(
        "--database 应为 PostgreSQL 地址，例如 postgres://用户@主机/数据库。\n\
         --database must be the address of a PostgreSQL database, such as postgres://user@host/database."
    )]
    DatabaseAddress,
    /// The database was made by a later version.
    #[error(
        "数据库由更新的版本建立，请升级本程序。（{0}）\nThe database was made by a newer version; upgrade this program. ({0})"
    )]
    NewerDatabase(String),
    /// The database does not answer.
    #[error("连接不上数据库：{0}\nThe database cannot be reached: {0}")]
    Database(String),
    /// Somebody listens there already.
    #[error("地址 {0} 已被占用，请用 --listen 换一个。\nThe address {0} is taken; choose another with --listen.")]
    AddressTaken(String),
    /// It cannot be listened on for another reason.
    #[error("不能监听 {0}：{1}\nCannot listen on {0}: {1}")]
    Address(String, std::io::Error),
    /// `demo` was pointed at a desk with people of its own.
    #[error(
        "这里已经是一个正式的客服台，不能放入演示数据。请用 --data 另选目录(或另一个数据库)。\n\
         This is a real desk; demonstration data does not go in. Choose another folder with --data, or another database."
    )]
    RealDesk,
    /// `demo` was interrupted on a server's database, which is not ours to empty.
    #[error(
        "这个数据库里的演示数据上次没有准备完。请换一个空的数据库。\n\
         The demonstration in this database was left half made. Choose an empty database."
    )]
    HalfDemo,
    /// No such person.
    #[error("没有登录名为「{0}」的在职人员。\nThere is no active person with the login “{0}”.")]
    NoSuchPerson(String),
    /// The desk refused.
    #[error("{0}")]
    Refused(String),
    /// Something broke.
    #[error("出错了：{0}\nSomething went wrong: {0}")]
    Broken(String),
}

impl From<AppError> for Trouble {
    fn from(error: AppError) -> Self {
        match error {
            AppError::Refused(refusal) => Self::Refused(crate::saying::refused(&refusal)),
            AppError::Store(error) => error.into(),
            AppError::House(what) => Self::Broken(what),
        }
    }
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Unavailable(why) if why.contains("newer version") => Self::NewerDatabase(why),
            StoreError::Unavailable(why) => Self::Database(why),
            other => Self::Broken(other.to_string()),
        }
    }
}
