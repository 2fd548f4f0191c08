//! The search index: tickets, messages, contact sheets and standard answers in one, newest first.
//!
//! Access is part of the query, not a filter on its result: a department's reader never learns how many documents
//! there were that they may not see. How an engine is asked, `engine.rs` knows.

use yingda_core::DepartmentId;

use crate::args::Arg;
use crate::engine::Document;
use crate::error::StoreResult;
use crate::queue::Scope;
use crate::read::Read;
use crate::segment;
use crate::write::Tx;

/// What kind of thing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// A ticket by its own fields.
    Ticket,
    /// A message or note.
    Message,
    /// A contact sheet.
    Sheet,
    /// A standard answer that is in use.
    Answer,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Ticket, Self::Message, Self::Sheet, Self::Answer];

    /// The stored word.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ticket => "ticket",
            Self::Message => "message",
            Self::Sheet => "sheet",
            Self::Answer => "answer",
        }
    }
}

/// Something found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// What.
    pub kind: Kind,
    /// Its id.
    pub id: i64,
    /// The ticket that it belongs to; answers have none.
    pub ticket: Option<i64>,
}

/// Who may find a document beside the ticket's own readers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Audience {
    /// Whoever may see the ticket (or everybody, for answers).
    Readers,
    /// The desk only.
    Desk,
}

/// Puts a document into the index, replacing what was there under its id.
///
/// # Errors
/// As [`Read::all`].
pub async fn put(
    tx: &mut Tx,
    kind: Kind,
    id: i64,
    ticket: Option<i64>,
    audience: Audience,
    text: &str,
) -> StoreResult<()> {
    let doc = Document { id, kind: kind.as_str(), ticket, internal: audience == Audience::Desk };
    tx.index_document(&doc, &segment::tokens(text)).await
}

/// Empties a document's words, so that it is not found any more (a retired answer).
///
/// # Errors
/// As [`Read::all`].
pub async fn clear(tx: &mut Tx, kind: Kind, id: i64) -> StoreResult<()> {
    let doc = Document { id, kind: kind.as_str(), ticket: None, internal: false };
    tx.index_document(&doc, "").await
}

/// What matches `text`, newest first: ids below `before`, at most `limit`, of one kind or all.
///
/// # Errors
/// As [`Read::all`].
pub async fn find(
    read: &mut Read,
    scope: Scope,
    text: &str,
    kind: Option<Kind>,
    before: Option<i64>,
    limit: i64,
) -> StoreResult<Vec<Hit>> {
    let groups = segment::query(text);
    if groups.is_empty() {
        return Ok(Vec::new());
    }
    let expression = read.search_expression(&groups);
    matching(read, scope, &expression, kind, before, limit).await
}

/// Standard answers that share words with a question, best first: most in common, longer words counting
/// for more; of equals the newest.
///
/// # Errors
/// As [`Read::all`].
pub async fn similar_answers(read: &mut Read, question: &str, limit: usize) -> StoreResult<Vec<i64>> {
    let words = segment::keywords(question);
    if words.is_empty() {
        return Ok(Vec::new());
    }
    let mut shared: std::collections::BTreeMap<i64, usize> = std::collections::BTreeMap::new();
    for word in &words {
        let expression = read.search_expression(&[vec![vec![word.clone()]]]);
        for hit in matching(read, Scope::All, &expression, Some(Kind::Answer), None, 200).await? {
            // A longer word says more than a short one.
            *shared.entry(hit.id).or_default() += word.chars().count();
        }
    }
    let mut ranked: Vec<(i64, usize)> = shared.into_iter().collect();
    ranked.sort_by(|a, b| b.1.cmp(&a.1).then(b.0.cmp(&a.0)));
    Ok(ranked.into_iter().take(limit).map(|(id, _)| id).collect())
}

async fn matching(
    read: &mut Read,
    scope: Scope,
    expression: &str,
    kind: Option<Kind>,
    before: Option<i64>,
    limit: i64,
) -> StoreResult<Vec<Hit>> {
    let source = read.search_source();
    let mut args: Vec<Arg> = vec![expression.into()];
    let mut conditions = vec![source.matches.to_owned()];
    if let Some(kind) = kind {
        args.push(kind.as_str().into());
        conditions.push(format!("d.kind = ${}", args.len()));
    }
    if let Some(before) = before {
        args.push(before.into());
        conditions.push(format!("{} < ${}", source.newest, args.len()));
    }
    if let Scope::Department(department) = scope {
        args.push(DepartmentId::get(department).into());
        conditions.push(format!(
            "d.internal = 0 AND (d.ticket_id IS NULL OR EXISTS (SELECT 1 FROM ticket_departments x \
             WHERE x.department_id = ${} AND x.ticket_id = d.ticket_id))",
            args.len()
        ));
    }
    args.push(limit.into());
    let sql = format!(
        "SELECT d.kind, d.id, d.ticket_id FROM {} WHERE {} ORDER BY {} DESC LIMIT ${}",
        source.tables,
        conditions.join(" AND "),
        source.newest,
        args.len()
    );
    let rows: Vec<(String, i64, Option<i64>)> = read.all(&sql, &args).await?;
    rows.into_iter()
        .map(|(kind, id, ticket)| {
            let kind = Kind::ALL.into_iter().find(|k| k.as_str() == kind).ok_or(crate::StoreError::Corrupt {
                table: "search_docs",
                column: "kind",
                row: id,
            })?;
            Ok(Hit { kind, id, ticket })
        })
        .collect()
}
