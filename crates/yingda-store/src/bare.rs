//! The bare database: one connection of its own, one commit for each job, no sharing. What the benchmark measures the
//! writer against; the desk itself never uses it.

use futures_util::future::BoxFuture;

use crate::engine::{Store, StoreUrl};
use crate::error::StoreResult;
use crate::write::Tx;

/// A connection that commits each job by itself.
#[derive(Debug)]
pub struct Bare {
    tx: Tx,
}

impl Bare {
    /// Opens a further connection to a database that is open already.
    ///
    /// # Errors
    /// [`crate::StoreError::Unavailable`].
    pub async fn open(url: &StoreUrl) -> StoreResult<Self> {
        Ok(Self { tx: Tx::new(Store::connect(url).await?) })
    }

    /// Runs one job and commits it.
    ///
    /// # Errors
    /// The job's, or the commit's.
    pub async fn commit<F>(&mut self, job: F) -> StoreResult<()>
    where
        F: for<'t> FnOnce(&'t mut Tx) -> BoxFuture<'t, StoreResult<()>>,
    {
        let begin = self.tx.begin_statement();
        self.tx.script(begin).await?;
        job(&mut self.tx).await?;
        self.tx.script("COMMIT").await
    }
}
