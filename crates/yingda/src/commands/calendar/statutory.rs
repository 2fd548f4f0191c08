//! `calendar statutory export` and `import`: tables of other years, from and to elsewhere.
//!
//! The one thing to know: importing never changes a file by itself; the new calendar, or the table, is written out.
//! Not here: the formats themselves (`worktime`).

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use worktime::{Calendar, ImportedTables, StatutoryYear, TableFaults};

use super::file::Written;
use super::{Bad, file};
use crate::settings::calendar::{StatutoryCommand, TableFormat};

/// Runs one of the two.
pub(super) fn run(command: StatutoryCommand) -> Result<(), Bad> {
    match command {
        StatutoryCommand::Export { years, format, calendar, output } => {
            let own = match &calendar {
                Some(path) => file::read(path)?.file().statutory_tables.clone(),
                None => Vec::new(),
            };
            let own: Vec<StatutoryYear> = own.into_iter().filter_map(|table| StatutoryYear::new(table).ok()).collect();
            let tables = years.iter().map(|&year| table_of(&own, year)).collect::<Result<Vec<_>, Bad>>()?;
            let text = match (format, tables.as_slice()) {
                (TableFormat::Ics, tables) => StatutoryYear::to_icalendar(tables),
                (TableFormat::Json, [table]) => table.to_json() + "\n",
                (TableFormat::Json, _) => return Err(one_year()),
            };
            write(output.as_deref(), &text)
        }
        StatutoryCommand::Import { tables, years, calendar, output } => {
            import(&tables, &years, calendar.as_deref(), output.as_deref())
        }
    }
}

fn one_year() -> Bad {
    Bad::one(
        "一个 JSON 文件只放一年的表，请用 --year 指定一年，或导出为 ics。".to_owned(),
        "A JSON file holds the table of one year; name one with --year, or use ics.".to_owned(),
    )
}

fn table_of(own: &[StatutoryYear], year: i16) -> Result<StatutoryYear, Bad> {
    let found = own.iter().find(|table| table.year() == year).cloned().or_else(|| StatutoryYear::built_in(year));
    found.ok_or_else(|| {
        Bad::one(
            format!("没有 {year} 年的法定节假日表：该年的放假通知尚未公布，或早于内置的表。"),
            format!("There is no statutory table for {year}: its notice is not published yet, or it is before the built-in ones."),
        )
    })
}

fn import(tables: &[PathBuf], years: &[i16], calendar: Option<&Path>, output: Option<&Path>) -> Result<(), Bad> {
    let mut found: BTreeMap<i16, StatutoryYear> = BTreeMap::new();
    let mut bad = Bad(Vec::new());
    for path in tables {
        match read_tables(path) {
            Ok(tables) => found.extend(tables.into_iter().map(|table| (table.year(), table))),
            Err(Bad(faults)) => bad.0.extend(faults),
        }
    }
    if !bad.0.is_empty() {
        return Err(bad);
    }
    for &year in years {
        if !found.contains_key(&year) {
            return Err(Bad::one(format!("这些表里没有 {year} 年。"), format!("The tables say nothing about {year}.")));
        }
    }
    found.retain(|year, _| years.is_empty() || years.contains(year));
    let Some(calendar) = calendar else {
        let mut tables = found.into_values();
        return match (tables.next(), tables.next()) {
            (Some(table), None) => write(output, &(table.to_json() + "\n")),
            _ => Err(one_year()),
        };
    };
    let (mut written, how) = file::read_shape(calendar)?;
    // A feed of many years brings those that are built in anyway.
    found.retain(|&year, table| StatutoryYear::built_in(year).is_none_or(|known| known.days() != table.days()));
    written.statutory_tables.retain(|table| !found.contains_key(&table.year));
    written.statutory_tables.extend(found.values().map(StatutoryYear::to_file));
    written.statutory_tables.sort_by_key(|table| table.year);
    let checked =
        Calendar::new(written).map_err(|faults| Bad::of_file(&calendar.display().to_string(), faults.faults()))?;
    let text = match how {
        Written::Json => serde_json::to_string_pretty(&checked).map_err(|error| error.to_string()),
        Written::Yaml => serde_saphyr::to_string(&checked).map_err(|error| error.to_string()),
    };
    let text = text.map_err(|error| Bad::one(error.clone(), error))?;
    for (year, table) in &found {
        let days = table.days().len();
        eprintln!("{year} 年：{days} 天 / {year}: {days} days");
    }
    write(output, &(text.trim_end().to_owned() + "\n"))
}

/// A JSON file has one year, an iCalendar may have several.
fn read_tables(path: &Path) -> Result<Vec<StatutoryYear>, Bad> {
    let text = file::text(path)?;
    let name = path.display();
    let bad = |faults: TableFaults| {
        let said = faults.faults().iter();
        Bad(said.map(|fault| (format!("{name}：{}", fault.chinese()), format!("{name}: {fault}"))).collect())
    };
    if text.trim_start().starts_with('{') {
        return Ok(vec![StatutoryYear::from_json(&text).map_err(bad)?]);
    }
    let ImportedTables { years, left_out } = ImportedTables::from_icalendar(&text).map_err(bad)?;
    for event in left_out {
        let (line, summary) = (event.line, event.summary);
        eprintln!("{name}：第 {line} 行的「{summary}」没有说明休或班，略去。");
        eprintln!("{name}: line {line}: “{summary}” says neither 休 nor 班 and is left out.");
    }
    Ok(years)
}

fn write(output: Option<&Path>, text: &str) -> Result<(), Bad> {
    match output {
        Some(path) => std::fs::write(path, text).map_err(|error| {
            let name = path.display();
            Bad::one(format!("不能写文件 {name}：{error}"), format!("The file {name} cannot be written: {error}"))
        }),
        None => {
            let _ = std::io::stdout().lock().write_all(text.as_bytes());
            Ok(())
        }
    }
}
