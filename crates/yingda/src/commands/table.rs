//! `import` and `export`: tables of tickets from the shell, by the same intentions as the page and the API.

use std::process::ExitCode;

use yingda_app::Once;
use yingda_app::export::ExportFormat;
use yingda_app::import::{Apply, ImportFile, ImportReport, RowFault, Unreadable};
use yingda_store::queue::{Filter, StateFilter};
use yingda_tables::FormFields;
use yingda_web::i18n::Tr;

use crate::edge::edge;
use crate::house::{House, read};
use crate::saying::{line, sentences};
use crate::settings::{Export, Import, Language};
use crate::trouble::Trouble;

/// Checks a table, and takes it in where `--apply` says so; exit code 1 where it has faults.
///
/// # Errors
/// A [`Trouble`] where the desk or the file cannot be opened, or the person may not import.
pub async fn import(ask: Import) -> Result<ExitCode, Trouble> {
    let bytes = read(&ask.file)?;
    let mapping = match &ask.mapping {
        Some(path) => Some(String::from_utf8_lossy(&read(path)?).into_owned()),
        None => None,
    };
    let house = House::enter(&ask.data).await?;
    let actor = house.person(&ask.login)?;
    let name = ask.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let file = ImportFile { process: ask.process, name, bytes, sheet: ask.sheet, mapping, once: Once::unkeyed() };
    let apply = if ask.apply { Apply::AllOrNothing } else { Apply::DryRun };
    match house.app.import(&edge()(), &actor, file, apply).await? {
        Err(unreadable) => {
            line(&unreadable_sentence(&unreadable, ask.lang));
            Ok(ExitCode::FAILURE)
        }
        Ok(report) => {
            tell(&report, ask.lang);
            Ok(if report.faults.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
        }
    }
}

fn tell(report: &ImportReport, language: Language) {
    let t = sentences(language);
    for (mark, list) in [(Mark::Fault, &report.faults), (Mark::Warning, &report.warnings)] {
        for fault in list {
            line(&fault_line(fault, mark, language, t));
        }
    }
    let (rows, faults) = (report.rows, report.faults.len());
    line(&match (language, report.imported) {
        (Language::Zh, Some(count)) => format!("已导入 {count} 张工单。"),
        (Language::En, Some(count)) => format!("{count} tickets imported."),
        (Language::Zh, None) if faults == 0 => format!("{rows} 行都没有问题。加上 --apply 即可导入。"),
        (Language::En, None) if faults == 0 => format!("{rows} rows without a fault. Add --apply to import them."),
        (Language::Zh, None) => format!("{rows} 行中有 {faults} 处问题，没有导入任何一行。"),
        (Language::En, None) => format!("{faults} faults in {rows} rows; nothing was imported."),
    });
}

#[derive(Clone, Copy)]
enum Mark {
    Fault,
    Warning,
}

fn fault_line(fault: &RowFault, mark: Mark, language: Language, t: Tr) -> String {
    let column = match &fault.column {
        Some((letter, header)) => format!("{letter}({header})"),
        None => fault.field.clone(),
    };
    let sentence = if t.knows(&fault.code) {
        t.with_words(&fault.code, &fault.words)
    } else {
        let words: Vec<String> = fault.words.iter().map(|(name, value)| format!("{name}={value}")).collect();
        format!("{} {}", fault.code, words.join(" "))
    };
    let value = if fault.value.is_empty() { String::new() } else { format!("「{}」", fault.value) };
    match (language, mark) {
        (Language::Zh, Mark::Fault) => format!("第 {} 行 {column} {value}：{sentence}", fault.row),
        (Language::Zh, Mark::Warning) => format!("第 {} 行 {column} {value}（提示）：{sentence}", fault.row),
        (Language::En, Mark::Fault) => format!("row {} {column} {value}: {sentence}", fault.row),
        (Language::En, Mark::Warning) => format!("row {} {column} {value} (warning): {sentence}", fault.row),
    }
}

fn unreadable_sentence(unreadable: &Unreadable, language: Language) -> String {
    let cause = match unreadable {
        Unreadable::Table(fault) => fault.to_string(),
        Unreadable::Mapping(fault) => fault.to_string(),
    };
    match language {
        Language::Zh => format!("文件不能导入：{cause}"),
        Language::En => format!("The file cannot be imported: {cause}"),
    }
}

/// Writes the tickets that somebody may see into a file.
///
/// # Errors
/// A [`Trouble`] where the desk cannot be opened or the file not be written.
pub async fn export(ask: Export) -> Result<ExitCode, Trouble> {
    let workbook = ask.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"));
    let format = match (workbook, ask.gbk) {
        (true, _) => ExportFormat::Xlsx,
        (false, true) => ExportFormat::CsvGbk,
        (false, false) => ExportFormat::Csv,
    };
    let fields = if ask.all_columns { FormFields::FormAndExtra } else { FormFields::Form };
    let house = House::enter(&ask.data).await?;
    let actor = house.person(&ask.login)?;
    let filter = Filter { process: ask.process, state: StateFilter::Any, ..Filter::default() };
    let exported = house.app.export(&edge()(), &actor, &filter, fields, format).await?;
    std::fs::write(&ask.file, &exported.bytes).map_err(|error| Trouble::File(ask.file.clone(), error))?;
    let (file, rows) = (ask.file.display(), exported.rows);
    line(&format!("{file}：{rows} 张工单 / {rows} tickets"));
    if exported.replaced > 0 {
        let replaced = exported.replaced;
        line(&format!("有 {replaced} 个字 GBK 没有，写作〓 / {replaced} characters that GBK lacks are written as 〓"));
    }
    Ok(ExitCode::SUCCESS)
}
