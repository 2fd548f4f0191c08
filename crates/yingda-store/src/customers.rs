//! Customers and contacts: as much of a customer file as the desk needs while a caller is on the line.

use yingda_core::{ContactId, CustomerId, TicketId};

use crate::error::StoreResult;
use crate::read::Read;
use crate::write::Tx;

/// A customer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Customer {
    /// Its id.
    pub id: CustomerId,
    /// 客户名称
    pub name: String,
    /// 所属行业
    pub industry: String,
    /// 地址
    pub address: String,
    /// Grows with every change.
    pub version: i64,
}

/// Somebody who calls: at a customer, or without a customer file (群众, R-009).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its id.
    pub id: ContactId,
    /// The customer, where there is one.
    pub customer: Option<CustomerId>,
    /// 联系人
    pub name: String,
    /// As it was said.
    pub phone: String,
}

fn customer((id, name, industry, address, version): (i64, String, String, String, i64)) -> Customer {
    Customer { id: CustomerId(id), name, industry, address, version }
}

/// One customer.
///
/// # Errors
/// As [`Read::all`].
pub async fn get(read: &mut Read, id: CustomerId) -> StoreResult<Option<Customer>> {
    Ok(read
        .opt("SELECT id, name, industry, address, version FROM customers WHERE id = $1", crate::args![id])
        .await?
        .map(customer))
}

/// A customer of exactly this name; the oldest where there are several.
///
/// # Errors
/// As [`Read::all`].
pub async fn by_name(read: &mut Read, name: &str) -> StoreResult<Option<Customer>> {
    Ok(read
        .opt(
            "SELECT id, name, industry, address, version FROM customers WHERE name = $1 ORDER BY id LIMIT 1",
            crate::args![name],
        )
        .await?
        .map(customer))
}

/// Writes a new customer.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert(tx: &mut Tx, c: &Customer, at: jiff::Timestamp) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO customers (id, name, industry, address, created_at, version) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![c.id, &c.name, &c.industry, &c.address, at, c.version],
    )
    .await
    .map(drop)
}

/// Contacts whose number has this normal form, the latest first, at most ten.
///
/// # Errors
/// As [`Read::all`].
pub async fn contacts_by_phone(read: &mut Read, phone_norm: &str) -> StoreResult<Vec<Contact>> {
    let rows: Vec<(i64, Option<i64>, String, String)> = read
        .all(
            "SELECT id, customer_id, name, phone FROM contacts WHERE phone_norm = $1 ORDER BY id DESC LIMIT 10",
            crate::args![phone_norm],
        )
        .await?;
    Ok(rows
        .into_iter()
        .map(|(id, customer, name, phone)| Contact {
            id: ContactId(id),
            customer: customer.map(CustomerId),
            name,
            phone,
        })
        .collect())
}

/// Writes a new contact.
///
/// # Errors
/// As [`Read::all`].
pub async fn insert_contact(tx: &mut Tx, c: &Contact, phone_norm: &str, at: jiff::Timestamp) -> StoreResult<()> {
    tx.exec(
        "INSERT INTO contacts (id, customer_id, name, phone, phone_norm, created_at) VALUES ($1, $2, $3, $4, $5, $6)",
        crate::args![c.id, c.customer, &c.name, &c.phone, phone_norm, at],
    )
    .await
    .map(drop)
}

/// The tickets of a caller or a customer, newest first, at most `limit`: ids only, the caller's rights decide the rest.
///
/// # Errors
/// As [`Read::all`].
pub async fn tickets_of(
    read: &mut Read,
    phone_norm: &str,
    customer: Option<CustomerId>,
    limit: i64,
) -> StoreResult<Vec<TicketId>> {
    let mut ids: Vec<i64> = Vec::new();
    if !phone_norm.is_empty() {
        let rows: Vec<(i64,)> = read
            .all(
                "SELECT id FROM tickets WHERE phone_norm = $1 AND phone_norm <> '' ORDER BY id DESC LIMIT $2",
                crate::args![phone_norm, limit],
            )
            .await?;
        ids.extend(rows.into_iter().map(|(id,)| id));
    }
    if let Some(customer) = customer {
        let rows: Vec<(i64,)> = read
            .all(
                "SELECT id FROM tickets WHERE customer_id = $1 ORDER BY id DESC LIMIT $2",
                crate::args![customer, limit],
            )
            .await?;
        ids.extend(rows.into_iter().map(|(id,)| id));
    }
    ids.sort_unstable_by(|a, b| b.cmp(a));
    ids.dedup();
    ids.truncate(usize::try_from(limit).unwrap_or_default());
    Ok(ids.into_iter().map(TicketId).collect())
}
