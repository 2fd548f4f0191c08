//! What can go wrong between the desk and its database.

use crate::read::is_unavailable;

/// Shorthand for results of this crate.
pub type StoreResult<T> = Result<T, StoreError>;

/// Why a statement or a whole write did not happen.
#[derive(Debug, Clone, thiserror::Error)]
pub enum StoreError {
    /// A uniqueness or reference rule of the schema was broken; carries the constraint's or index's columns.
    #[error("conflict on {0}")]
    Conflict(String),
    /// The row was changed since it was read.
    #[error("stale")]
    Stale,
    /// The database cannot be reached, is full, or gave up waiting; the same request may work later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// A stored value cannot be read back.
    #[error("corrupt value in {table}.{column} of row {row}")]
    Corrupt {
        /// The table.
        table: &'static str,
        /// The column.
        column: &'static str,
        /// The row's id.
        row: i64,
    },
    /// The statement itself is wrong: a defect of this crate.
    #[error("statement failed: {0}")]
    Statement(String),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        if is_unavailable(&error) {
            return Self::Unavailable(error.to_string());
        }
        match &error {
            sqlx::Error::Database(db) => match db.kind() {
                sqlx::error::ErrorKind::UniqueViolation | sqlx::error::ErrorKind::ForeignKeyViolation => {
                    // SQLite names the columns in the message, PostgreSQL the constraint.
                    Self::Conflict(db.constraint().map_or_else(|| db.message().to_owned(), str::to_owned))
                }
                _ => Self::Statement(error.to_string()),
            },
            _ => Self::Statement(error.to_string()),
        }
    }
}
