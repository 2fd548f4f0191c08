//! The schema, as numbered steps that are applied once each, in order.
//!
//! One text for both engines: instants are microseconds, truth is 0 or 1, ids are 64-bit. `{id}`, `{tokens}`, `{bytes}` and `{search}`
//! are the four words that differ, filled in by `engine.rs`. A step that has shipped is never edited; a change is a new
//! step (docs/adding-a-migration.md).

use crate::engine::Pools;
use crate::error::{StoreError, StoreResult};
use crate::write::Tx;

const STEPS: &[&str] = &[
    include_str!("schema/0001_desk.sql"),
    include_str!("schema/0002_clocks.sql"),
    include_str!("schema/0003_calendars.sql"),
    include_str!("schema/0004_duty.sql"),
    include_str!("schema/0005_routines.sql"),
    include_str!("schema/0006_notices.sql"),
    include_str!("schema/0007_answerability.sql"),
];

/// Brings the database up to date; all missing steps in one transaction.
pub(crate) async fn migrate(pools: &Pools) -> StoreResult<()> {
    let mut tx = Tx::new(pools.writer().await?);
    let begin = tx.begin_migration_statement();
    tx.script(begin).await?;
    let result = apply(&mut tx).await;
    tx.script(if result.is_ok() { "COMMIT" } else { "ROLLBACK" }).await?;
    result
}

async fn apply(tx: &mut Tx) -> StoreResult<()> {
    tx.script("CREATE TABLE IF NOT EXISTS schema_steps (step BIGINT PRIMARY KEY)").await?;
    let done = tx.number("SELECT max(step) FROM schema_steps", &[]).await?;
    let known = STEPS.len() as i64;
    if done > known {
        return Err(StoreError::Unavailable(format!(
            "the database was made by a newer version (schema step {done}, this program knows {known})"
        )));
    }
    for (step, text) in (1..).zip(STEPS) {
        if step > done {
            let text = tx.ddl(text);
            tx.script(&text).await?;
            tx.exec("INSERT INTO schema_steps (step) VALUES ($1)", crate::args![step]).await?;
        }
    }
    Ok(())
}
