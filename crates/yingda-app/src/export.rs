//! Giving a table of tickets out: S03's 15 columns in the document's order, as xlsx or CSV.

use std::collections::BTreeMap;

use yingda_core::ticket::Ticket;
use yingda_core::{Action, Actor, Context, Refusal, Subject, TicketId, can};
use yingda_process::{Column, Field, FieldType, Instance, Value};
use yingda_store::queue::{self, Filter};
use yingda_store::{Read, tickets};
pub use yingda_tables::FormFields;
use yingda_tables::{CsvEncoding, ImportColumn, ImportRow, form_table, write_csv, write_xlsx};

use crate::search::scope;
use crate::{App, AppError, AppResult, Directory};

/// Most tickets of one file: what a spreadsheet program still opens with comfort.
pub const MOST: usize = 100_000;
const BATCH: i64 = 1_000;

/// What kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// A workbook.
    Xlsx,
    /// UTF-8 with a mark that Excel recognises.
    Csv,
    /// GBK, for programs that know nothing else.
    CsvGbk,
}

impl ExportFormat {
    /// The ending of the file's name.
    #[must_use]
    pub fn extension(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Csv | Self::CsvGbk => "csv",
        }
    }

    /// The media type.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Csv => "text/csv; charset=utf-8",
            Self::CsvGbk => "text/csv; charset=gbk",
        }
    }
}

/// A file to hand out.
#[derive(Debug, Clone)]
pub struct Exported {
    /// Its content.
    pub bytes: Vec<u8>,
    /// How many tickets.
    pub rows: usize,
    /// Characters that the encoding does not have, and that were replaced.
    pub replaced: usize,
}

impl App {
    /// The tickets that a filter finds, oldest first, as far as the actor may see them.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::TooLarge`] with the limit in rows.
    pub async fn export(
        &self,
        ctx: &Context,
        actor: &Actor,
        filter: &Filter,
        fields: FormFields,
        format: ExportFormat,
    ) -> AppResult<Exported> {
        can(actor, Action::Export, Subject::Desk)?;
        let scope = scope(actor)?;
        let (directory, zone) = (self.directory(), self.zone());
        let mut read = self.store().read().await?;
        let mut rows: Vec<ImportRow> = Vec::new();
        let mut after = TicketId(0);
        loop {
            let batch = queue::batch(&mut read, scope, filter, after, BATCH).await?;
            let Some(last) = batch.last() else { break };
            after = last.id;
            let named = self.named_in_forms(&mut read, &batch, &directory).await?;
            rows.extend(batch.iter().map(|ticket| row(ticket, named.get(&ticket.id), &directory, &zone)));
            if rows.len() > MOST {
                return Err(Refusal::TooLarge { limit: MOST as u64 }.into());
            }
        }
        drop(read);
        let now = ctx.now;
        tokio::task::spawn_blocking(move || {
            let table = form_table(&rows, fields, zone, now);
            let broken = |e: &dyn std::fmt::Display| AppError::House(format!("the table cannot be written: {e}"));
            let (bytes, replaced) = match format {
                ExportFormat::Xlsx => (write_xlsx(&table).map_err(|e| broken(&e))?, 0),
                ExportFormat::Csv | ExportFormat::CsvGbk => {
                    let encoding = if format == ExportFormat::Csv { CsvEncoding::Utf8Bom } else { CsvEncoding::Gbk };
                    let out = write_csv(&table, encoding).map_err(|e| broken(&e))?;
                    (out.bytes, out.replaced.len())
                }
            };
            Ok(Exported { bytes, rows: rows.len(), replaced })
        })
        .await
        .map_err(|e| AppError::House(format!("writing a table was interrupted: {e}")))?
    }
}

impl App {
    /// 责任人 of tickets that have gone back to the desk: whoever their forms name for the department's work. A ticket that
    /// still is with its department has them as the one who handles it.
    async fn named_in_forms(
        &self,
        read: &mut Read,
        batch: &[Ticket],
        directory: &Directory,
    ) -> AppResult<BTreeMap<TicketId, String>> {
        let back = |ticket: &&Ticket| {
            let with = ticket.assignee.and_then(|id| directory.people.get(&id)).map(|person| person.department);
            ticket.lead_department.is_some() && with != ticket.lead_department
        };
        let back: Vec<&Ticket> = batch.iter().filter(back).collect();
        let ids: Vec<TicketId> = back.iter().map(|ticket| ticket.id).collect();
        let bodies: BTreeMap<TicketId, String> = tickets::instances(read, &ids).await?.into_iter().collect();
        let mut named = BTreeMap::new();
        for ticket in back {
            let Some(body) = bodies.get(&ticket.id) else { continue };
            let instance: Instance = serde_json::from_str(body)
                .map_err(|e| AppError::House(format!("the position of {} cannot be read: {e}", ticket.number)))?;
            let process = self.definition(ticket.definition)?;
            let word = process.definition.forms.iter().find_map(|form| {
                let person = |field: &&Field| {
                    field.fills == Some(Column::Assignee)
                        || (field.kind == FieldType::Person
                            && ImportColumn::named(&field.label) == Some(ImportColumn::Person))
                };
                form.fields
                    .iter()
                    .filter(person)
                    .find_map(|field| instance.values.get(&form.key(&field.id)).map(Value::text))
            });
            if let Some(id) =
                word.and_then(|word| word.parse().ok().or_else(|| directory.person(&word).map(|person| person.id)))
            {
                named.insert(ticket.id, directory.person_name(id));
            }
        }
        Ok(named)
    }
}

fn row(ticket: &Ticket, named: Option<&String>, directory: &Directory, zone: &jiff::tz::TimeZone) -> ImportRow {
    let text = |value: &String| Some(value.clone()).filter(|value| !value.is_empty());
    ImportRow {
        row: 0,
        number: text(&ticket.number),
        customer: text(&ticket.customer_name),
        contact: text(&ticket.contact_name),
        phone: text(&ticket.phone),
        kind: text(&ticket.kind),
        description: text(&ticket.description),
        priority: yingda_tables::Priority::labelled(ticket.priority.label()),
        department: ticket.lead_department.or(ticket.department).map(|id| directory.department_name(id)),
        person: named.cloned().or_else(|| ticket.assignee.map(|id| directory.person_name(id))),
        accepted_at: Some(ticket.accepted),
        responded_at: ticket.times.responded,
        solved_at: ticket.times.solved,
        result: text(&ticket.result),
        rating: ticket.rating.as_ref().map(|rating| rating.value.clone()),
        remark: text(&ticket.remark),
        channel: text(&ticket.channel),
        industry: text(&ticket.industry),
        occurred_at: yingda_tables::parse_when(&ticket.occurred_at, yingda_tables::DateStyle::default(), zone)
            .ok()
            .map(|when| when.at),
        impact: text(&ticket.impact),
        expected_by: text(&ticket.wanted_by),
        address: text(&ticket.address),
    }
}
