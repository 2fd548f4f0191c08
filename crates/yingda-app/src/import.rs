//! Taking a table of tickets in: read, mapped, checked whole, and then all of it or nothing.
//!
//! A row is checked twice by nobody's own rules: as a table by `yingda-tables` (dates, departments, order of times), and as
//! a form by the process that it comes to, with the same function that checks a clerk's typing. Where a row then stands in
//! its process — handling, waiting for confirmation, closed — the process file says under `import`.

use std::collections::BTreeSet;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::json;
use yingda_core::refusal::FieldRefusal;
use yingda_core::ticket::{Priority, Rating, RatingSource, Ticket, subject_of};
use yingda_core::{Action, Actor, Context, Refusal, Subject, TicketId, can};
use yingda_process::{Channel, Facts, Milestone, Placed, RawForm, place};
use yingda_store::{Tx, tickets};
use yingda_tables::{
    Allowed, CellFault, Checked, CsvEncoding, DateFault, Fault, FileHint, OutCell, OutTable, Rules, Severity, Table,
    column_letter, write_csv,
};
pub use yingda_tables::{
    ColumnRule, DateStyle, ImportColumn, ImportRow, Mapping, MappingFault, Origin, TableFault, TableSource,
    TextEncoding,
};

use crate::apply::{self, Stage};
use crate::clocks::drive::Age;
use crate::error::field_refusals;
use crate::once::Once;
use crate::receive::blank;
use crate::ticket::instance_text;
use crate::{App, AppError, AppResult, Process};

/// A table that somebody brings.
#[derive(Debug, Clone, Default)]
pub struct ImportFile {
    /// The process that the rows come to.
    pub process: String,
    /// The file's name.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Which sheet of a workbook; the first visible one if not said.
    pub sheet: Option<String>,
    /// The mapping as JSON; guessed from the headers if not given.
    pub mapping: Option<String>,
    /// Against taking the same file in twice by a double click.
    pub once: Once,
}

/// Whether only to look, or to take in what has no fault.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Apply {
    /// Only look: list every fault.
    DryRun,
    /// Take everything in, or nothing where there is a fault.
    AllOrNothing,
}

/// Something wrong with a row, or only odd.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowFault {
    /// As the spreadsheet numbers it.
    pub row: u32,
    /// The column's letter and header, where the value stands in one.
    pub column: Option<(String, String)>,
    /// The field's label.
    pub field: String,
    /// The value at fault.
    pub value: String,
    /// `table-<code>` for faults of the table, `field-<code>` for faults of the process's form.
    pub code: String,
    /// Words for the sentence.
    pub words: Vec<(String, String)>,
}

/// What came of a table.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    /// How the file was understood.
    pub source: TableSource,
    /// Its headers.
    pub headers: Vec<String>,
    /// Headers that no field takes.
    pub unused: Vec<String>,
    /// The mapping that was used, as JSON, to be changed and sent again.
    pub mapping: String,
    /// Rows below the header.
    pub rows: usize,
    /// The faults of the whole file, the first 100,000 of them.
    pub faults: Vec<RowFault>,
    /// How many faults there are.
    pub fault_count: usize,
    /// How many rows have one.
    pub faulty_rows: usize,
    /// What is odd but stops nothing, as far as `faults`.
    pub warnings: Vec<RowFault>,
    /// How many of those there are.
    pub warning_count: usize,
    /// The first rows as they would be taken in.
    pub preview: Vec<ImportRow>,
    /// Tickets made; `None` where nothing was taken in.
    pub imported: Option<usize>,
}

/// Why a file could not even be looked at.
#[derive(Debug, Clone, Serialize)]
pub enum Unreadable {
    /// The file.
    Table(TableFault),
    /// The mapping.
    Mapping(MappingFault),
}

/// A report, or why there is none.
pub type Imported = Result<Box<ImportReport>, Unreadable>;

/// Rows shown as a preview.
const PREVIEW: usize = 5;
/// Faults listed at most; the count says how many there are.
const LISTED: usize = 100_000;

/// A row with the values that its process read from it.
struct Ready {
    row: ImportRow,
    values: yingda_process::Values,
}

impl App {
    /// Looks at a table, and takes it in where that was asked and nothing is wrong.
    ///
    /// # Errors
    /// [`Refusal::NotAllowed`]; [`Refusal::Process`] for a process that takes no tables.
    pub async fn import(&self, ctx: &Context, actor: &Actor, file: ImportFile, apply: Apply) -> AppResult<Imported> {
        can(actor, Action::Import, Subject::Desk)?;
        let process = self.current_process(&file.process)?;
        if process.definition.import.is_none() {
            return Err(Refusal::Process { why: process.definition.name.clone() }.into());
        }
        let hint = FileHint { name: file.name.clone(), sheet: file.sheet.clone(), ..FileHint::default() };
        let (bytes, mapping_text) = (file.bytes, file.mapping);
        let table = tokio::task::spawn_blocking(move || yingda_tables::read(&bytes, &hint))
            .await
            .map_err(|e| AppError::House(format!("reading a table was interrupted: {e}")))?;
        let table = match table {
            Ok(table) => table,
            Err(fault) => return Ok(Err(Unreadable::Table(fault))),
        };
        let mapping = match mapping_text.filter(|text| !text.trim().is_empty()) {
            None => Mapping::guess(&table.headers),
            Some(text) => match Mapping::from_json(&text) {
                Ok(mapping) => mapping,
                Err(fault) => return Ok(Err(Unreadable::Mapping(fault))),
            },
        };
        // What has been taken in under this key is not looked at again: its numbers would all be known by now.
        let before = match apply {
            Apply::AllOrNothing => self.taken_in_before(actor, &file.once).await?,
            Apply::DryRun => None,
        };
        let (mut report, ready) = self.check_table(&process, &table, &mapping).await?;
        if before.is_some() {
            report.faults.clear();
            (report.fault_count, report.faulty_rows, report.imported) = (0, 0, before);
        } else if apply == Apply::AllOrNothing && report.faults.is_empty() {
            report.imported = Some(self.take_in(ctx, actor, &process, ready, file.once).await?);
        }
        report.faults.truncate(LISTED);
        report.warnings.truncate(LISTED);
        Ok(Ok(Box::new(report)))
    }

    async fn check_table(
        &self,
        process: &Process,
        table: &Table,
        mapping: &Mapping,
    ) -> AppResult<(ImportReport, Vec<Ready>)> {
        let rules = self.rules_for(process, table, mapping).await?;
        let Checked { rows, faults, warnings } = yingda_tables::check(table, mapping, &rules);
        let mut faults: Vec<RowFault> = faults.iter().map(row_fault).collect();
        let mut ready = Vec::with_capacity(rows.len());
        let preview = rows.iter().take(PREVIEW).cloned().collect();
        for row in rows {
            match self.read_row(process, &row) {
                Ok(values) => ready.push(Ready { row, values }),
                Err(wrong) => {
                    faults.extend(
                        wrong
                            .into_iter()
                            .map(|refusal| form_fault(process, table, mapping, &row, refusal, &self.zone())),
                    );
                }
            }
        }
        faults.sort_by_key(|fault| fault.row);
        let faulty_rows =
            faults.iter().map(|fault| fault.row).filter(|row| *row > table.header_row).collect::<BTreeSet<_>>().len();
        let report = ImportReport {
            source: table.source.clone(),
            headers: table.headers.clone(),
            unused: mapping.unused(&table.headers).into_iter().map(str::to_owned).collect(),
            mapping: mapping.to_json(),
            rows: table.rows.len(),
            fault_count: faults.len(),
            faulty_rows,
            faults,
            warning_count: warnings.len(),
            warnings: warnings.iter().map(row_fault).collect(),
            preview,
            imported: None,
        };
        Ok((report, ready))
    }

    /// What this desk allows in a table.
    async fn rules_for(&self, process: &Process, table: &Table, mapping: &Mapping) -> AppResult<Rules> {
        let directory = self.directory();
        let mut rules = Rules::new(self.zone());
        rules.departments =
            Allowed::one_of(directory.departments.values().filter(|d| d.active).map(|d| d.name.clone()));
        rules.people = Allowed::one_of(directory.people.values().filter(|p| p.active).map(|p| p.name.clone()));
        rules.unknown_person = Severity::Warning;
        if let Some(rating) = &process.definition.rating {
            rules.ratings = Allowed::one_of(rating.scale.iter().map(|v| v.value.clone()));
        }
        // Numbers that the table brings and the desk has already.
        let numbers: BTreeSet<String> = yingda_tables::check(table, mapping, &Rules::new(self.zone()))
            .rows
            .into_iter()
            .filter_map(|row| row.number)
            .collect();
        let mut read = self.store().read().await?;
        for number in numbers {
            if tickets::by_number(&mut read, &number).await?.is_some() {
                rules.known_numbers.insert(number);
            }
        }
        Ok(rules)
    }

    /// Reads a row as the process's import form: the same check as for what a clerk types.
    fn read_row(&self, process: &Process, row: &ImportRow) -> Result<yingda_process::Values, Vec<FieldRefusal>> {
        let definition = &process.definition;
        let directory = self.directory();
        let zone = self.zone();
        let Some(form) = definition.import.as_ref().and_then(|import| definition.form(&import.form)) else {
            return Ok(yingda_process::Values::default());
        };
        let mut raw = RawForm::new();
        for field in &form.fields {
            let Some(column) = ImportColumn::named(&field.label) else {
                continue;
            };
            let Some(text) = cell(row, column, &zone) else {
                continue;
            };
            let text = match column {
                ImportColumn::Department => directory.department(&text).map_or(text, |d| d.code.clone()),
                // Somebody unknown here was warned of; the ticket then waits for its department to assign it.
                ImportColumn::Person => match directory.person(&text) {
                    Some(person) => person.id.to_string(),
                    None => continue,
                },
                _ => text,
            };
            raw.insert(form.key(&field.id), vec![text]);
        }
        form.parse(&raw, &zone).map_err(|faults| match field_refusals(faults) {
            Refusal::Fields(fields) => fields,
            _ => Vec::new(),
        })
    }

    /// How many tickets this very request made before, if it was made before.
    async fn taken_in_before(&self, actor: &Actor, once: &Once) -> AppResult<Option<usize>> {
        let (person, once) = (actor.person, once.clone());
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    let before = once.before(tx, person).await?;
                    before.map(|count| count.parse()).transpose().map_err(|_| AppError::from(Refusal::KeyReused))
                })
            })
            .await
    }

    /// Writes all rows in one transaction.
    async fn take_in(
        &self,
        ctx: &Context,
        actor: &Actor,
        process: &Process,
        mut ready: Vec<Ready>,
        once: Once,
    ) -> AppResult<usize> {
        ready.sort_by_key(|r| r.row.accepted_at);
        let (app, ctx, actor) = (self.clone(), ctx.clone(), actor.clone());
        let process = self.definition(process.id)?;
        self.store()
            .write(move |tx| {
                Box::pin(async move {
                    if let Some(before) = once.before(tx, actor.person).await? {
                        return before.parse().map_err(|_| Refusal::KeyReused.into());
                    }
                    let count = ready.len();
                    for Ready { row, values } in ready {
                        app.import_row(tx, &ctx, &actor, &process, row, values).await?;
                    }
                    once.remember(tx, &ctx, actor.person, &count.to_string()).await?;
                    Ok(count)
                })
            })
            .await
    }

    async fn import_row(
        &self,
        tx: &mut Tx,
        ctx: &Context,
        actor: &Actor,
        process: &Process,
        row: ImportRow,
        values: yingda_process::Values,
    ) -> AppResult<TicketId> {
        let directory = self.directory();
        let Some(rules) = &process.definition.import else {
            return Err(Refusal::Process { why: process.definition.name.clone() }.into());
        };
        let accepted = row.accepted_at.unwrap_or(ctx.now);
        let past = ctx.at(accepted);
        let number = match row.number.clone() {
            Some(number) => {
                if let Some((series, sequence)) = yingda_core::number::parse(&number) {
                    tickets::lift_series(tx, &series, sequence).await?;
                }
                number
            }
            None => self.next_number(tx, &past, &process.definition.number.prefix).await?,
        };
        let mut ticket = blank(&past, actor, process, Channel::Import, number);
        fill(&mut ticket, &row, &self.zone());
        let rating = row.rating.as_ref().and_then(|word| {
            let scale = process.definition.rating.as_ref()?.scale.iter().find(|v| &v.value == word)?;
            Some(Rating {
                value: word.clone(),
                satisfied: scale.satisfied,
                reason: String::new(),
                source: RatingSource::Import,
            })
        });
        // A rating follows the customer's confirmation (S03 step 5); one that is not satisfied leaves the ticket solved, to be
        // confirmed still (J06: the document's second row).
        let confirmed = row.solved_at.filter(|_| rating.as_ref().is_some_and(|r| r.satisfied));
        ticket.rating = rating;
        ticket.times.responded = row.responded_at;
        ticket.times.solved = row.solved_at;
        ticket.times.confirmed = confirmed;
        let department = row.department.as_deref().and_then(|word| directory.department(word));
        ticket.lead_department = department.map(|d| d.id);
        let (step, since, marks) = match (confirmed, row.solved_at, row.responded_at) {
            (Some(at), _, _) => (&rules.ended, at, vec![Milestone::Responded, Milestone::Solved, Milestone::Confirmed]),
            (None, Some(at), _) => (&rules.solved, at, vec![Milestone::Responded, Milestone::Solved]),
            (None, None, Some(at)) => (&rules.responded, at, vec![Milestone::Responded]),
            (None, None, None) => (&rules.open, accepted, Vec::new()),
        };
        let priority = yingda_process::Priority::from_id(ticket.priority.label()).unwrap_or_default();
        let facts = Facts { channel: Channel::Import, priority, department: department.map(|d| d.code.clone()) };
        let placed = Placed { values, facts, step, marks };
        let (instance, effects) = place(&process.definition, placed, since).map_err(crate::error::engine_refusal)?;
        let at = ctx.at(since);
        let stage = Stage {
            app: self,
            ctx: &at,
            actor,
            process,
            source: RatingSource::Import,
            channel: String::new(),
            age: Age::TakenIn(ctx.now),
        };
        let handler = row.person.as_deref().and_then(|word| directory.person(word)).map(|p| p.id);
        ticket.assignee = handler;
        stage.carry_out(tx, &mut ticket, (&yingda_process::Instance::new(), &instance), effects).await?;
        if confirmed.is_some() {
            ticket.assignee = handler;
        }
        if let Some(department) = department {
            ticket.department = Some(department.id);
            tickets::involve(tx, ticket.id, department.id, tickets::Involvement::Working).await?;
        }
        tickets::involve(tx, ticket.id, actor.department, tickets::Involvement::Working).await?;
        self.attach_caller(tx, &past, &mut ticket).await?;
        tickets::insert(tx, &ticket, &apply::phone_norm(&ticket.phone)).await.map_err(crate::error::taken("number"))?;
        tickets::put_instance(tx, ticket.id, &instance_text(&instance)?).await?;
        let body = json!({ "row": row.row, "person": row.person });
        apply::record(tx, ctx, Some(actor), ticket.id, "imported", &body).await?;
        apply::index_ticket(tx, &ticket).await?;
        Ok(ticket.id)
    }
}

/// The row's own columns, as the ticket has them.
fn fill(ticket: &mut Ticket, row: &ImportRow, zone: &jiff::tz::TimeZone) {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    ticket.customer_name = text(&row.customer);
    ticket.contact_name = text(&row.contact);
    ticket.phone = text(&row.phone);
    ticket.kind = text(&row.kind);
    ticket.description = text(&row.description);
    ticket.subject = subject_of(&ticket.description);
    ticket.result = text(&row.result);
    ticket.remark = text(&row.remark);
    ticket.industry = text(&row.industry);
    ticket.impact = text(&row.impact);
    ticket.wanted_by = text(&row.expected_by);
    ticket.address = text(&row.address);
    ticket.occurred_at = row.occurred_at.map(|at| local(at, zone)).unwrap_or_default();
    ticket.priority = row.priority.and_then(|p| Priority::parse(p.label())).unwrap_or(Priority::Medium);
    if let Some(channel) = row.channel.as_deref().and_then(Channel::from_id) {
        channel.id().clone_into(&mut ticket.channel);
    }
}

fn local(at: Timestamp, zone: &jiff::tz::TimeZone) -> String {
    at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// A field of a row as text; instants as the zone's clock showed them.
#[must_use]
pub fn cell(row: &ImportRow, column: ImportColumn, zone: &jiff::tz::TimeZone) -> Option<String> {
    let time = |at: Option<Timestamp>| at.map(|at| at.to_zoned(zone.clone()).strftime("%Y-%m-%d %H:%M:%S").to_string());
    match column {
        ImportColumn::Number => row.number.clone(),
        ImportColumn::Customer => row.customer.clone(),
        ImportColumn::Contact => row.contact.clone(),
        ImportColumn::Phone => row.phone.clone(),
        ImportColumn::Kind => row.kind.clone(),
        ImportColumn::Description => row.description.clone(),
        ImportColumn::Priority => row.priority.map(|p| p.label().to_owned()),
        ImportColumn::Department => row.department.clone(),
        ImportColumn::Person => row.person.clone(),
        ImportColumn::AcceptedAt => time(row.accepted_at),
        ImportColumn::RespondedAt => time(row.responded_at),
        ImportColumn::SolvedAt => time(row.solved_at),
        ImportColumn::Result => row.result.clone(),
        ImportColumn::Rating => row.rating.clone(),
        ImportColumn::Remark => row.remark.clone(),
        ImportColumn::Channel => row.channel.clone(),
        ImportColumn::Industry => row.industry.clone(),
        ImportColumn::OccurredAt => time(row.occurred_at),
        ImportColumn::Impact => row.impact.clone(),
        ImportColumn::ExpectedBy => row.expected_by.clone(),
        ImportColumn::Address => row.address.clone(),
    }
}

fn row_fault(fault: &CellFault) -> RowFault {
    let words = match &fault.fault {
        Fault::HeaderMissing { header } => vec![("header", header.clone())],
        Fault::HeaderTwice { header, letters } => {
            vec![("header", header.clone()), ("letters", letters.clone())]
        }
        Fault::RowTooShort { cells, headers } | Fault::RowTooLong { cells, headers } => {
            vec![("cells", cells.to_string()), ("headers", headers.to_string())]
        }
        Fault::NotAllowed { allowed } => vec![("allowed", allowed.join("、"))],
        Fault::Date { expected, .. } => vec![("expected", (*expected).to_owned())],
        Fault::OutOfOrder { earlier, earlier_value } => {
            vec![("earlier", earlier.label().to_owned()), ("value", earlier_value.clone())]
        }
        Fault::DuplicateInFile { first_row } => vec![("row", first_row.to_string())],
        Fault::TooLong { chars, max } => {
            vec![("chars", chars.to_string()), ("max", max.to_string())]
        }
        Fault::ColumnMissing
        | Fault::Required
        | Fault::UnknownDepartment
        | Fault::UnknownPerson
        | Fault::ShownTwice
        | Fault::AlreadyKnown
        | Fault::FormulaError
        | Fault::ControlCharacter
        | Fault::DigitsLost => Vec::new(),
    };
    RowFault {
        row: fault.row,
        column: fault.place.as_ref().map(|p| (p.letter.clone(), p.header.clone())),
        field: fault.field.map(|f| f.label().to_owned()).unwrap_or_default(),
        value: fault.value.clone(),
        code: match &fault.fault {
            Fault::Date { reason, .. } => format!("table-date-{}", date_code(*reason)),
            other => format!("table-{}", other.code().replace('_', "-")),
        },
        words: words.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
    }
}

const fn date_code(reason: DateFault) -> &'static str {
    match reason {
        DateFault::NotADate => "not-a-date",
        DateFault::Impossible => "impossible",
        DateFault::TwoReadings => "two-readings",
        DateFault::MonthFirst => "month-first",
        DateFault::SkippedByClock => "skipped-by-clock",
        DateFault::OutOfRange => "out-of-range",
    }
}

fn form_fault(
    process: &Process,
    table: &Table,
    mapping: &Mapping,
    row: &ImportRow,
    refusal: FieldRefusal,
    zone: &jiff::tz::TimeZone,
) -> RowFault {
    let label = refusal
        .field
        .split_once('.')
        .and_then(|(form, field)| process.definition.form(form)?.field(field))
        .map(|f| f.label.clone());
    let column = label.as_deref().and_then(ImportColumn::named);
    let place = column.and_then(|column| match &mapping.columns.get(&column)?.origin {
        Origin::Header(header) => {
            let at = table.headers.iter().position(|known| known == header)?;
            Some((column_letter(at), header.clone()))
        }
        Origin::Joined { .. } | Origin::Constant(_) => None,
    });
    RowFault {
        row: row.row,
        column: place,
        field: label.unwrap_or(refusal.field),
        value: column.and_then(|column| cell(row, column, zone)).unwrap_or_default(),
        code: format!("field-{}", refusal.code),
        words: refusal.params,
    }
}

/// A list as a CSV file that spreadsheets open: UTF-8 with its mark, and no text in it runs as a formula.
///
/// # Errors
/// [`AppError::House`] where it cannot be written.
pub fn list_csv(headers: Vec<String>, rows: Vec<Vec<String>>, now: Timestamp) -> AppResult<Vec<u8>> {
    let rows = rows.into_iter().map(|row| row.into_iter().map(OutCell::Text).collect()).collect();
    let table = OutTable { sheet: String::new(), headers, rows, zone: jiff::tz::TimeZone::UTC, made_at: now };
    let out = write_csv(&table, CsvEncoding::Utf8Bom)
        .map_err(|e| AppError::House(format!("a list cannot be written: {e}")))?;
    Ok(out.bytes)
}
