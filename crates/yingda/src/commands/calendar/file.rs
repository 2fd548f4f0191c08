//! Reading calendar files, JSON or YAML.
//!
//! The one thing to know: a name that ends in `.json` is JSON; any other text is YAML, or JSON if it opens with a brace and is that.
//! Not here: what makes a calendar good (`worktime`).

use std::io::Read;
use std::path::Path;

use worktime::{Calendar, CalendarFile};

use super::Bad;
use crate::settings::Language;

/// More than any company's calendar with a table for each year.
const MOST: u64 = 1024 * 1024;

/// How a file is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    Json,
    Yaml,
}

/// The text of a file, or of standard input for `-`.
pub(super) fn text(path: &Path) -> Result<String, Bad> {
    let name = path.display();
    let bad = |error: std::io::Error| {
        Bad::one(format!("不能读文件 {name}：{error}"), format!("The file {name} cannot be read: {error}"))
    };
    let mut bytes = Vec::new();
    let source: Box<dyn Read> = if path.as_os_str() == "-" {
        Box::new(std::io::stdin().lock())
    } else {
        Box::new(std::fs::File::open(path).map_err(bad)?)
    };
    source.take(MOST + 1).read_to_end(&mut bytes).map_err(bad)?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > MOST) {
        return Err(Bad::one(format!("文件 {name} 超过 1 MiB"), format!("The file {name} is larger than 1 MiB")));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| {
        Bad::one(format!("文件 {name} 不是 UTF-8 文本"), format!("The file {name} is not text in UTF-8"))
    })?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// A calendar without faults.
pub(super) fn read(path: &Path) -> Result<Calendar, Bad> {
    let (file, _) = read_shape(path)?;
    Calendar::new(file).map_err(|faults| Bad::of_file(&path.display().to_string(), faults.faults()))
}

/// The file as written, and how it is written.
pub(super) fn read_shape(path: &Path) -> Result<(CalendarFile, Written), Bad> {
    let text = text(path)?;
    let named_json = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let bad = |kind: &str, error: String| {
        let name = path.display();
        let first = error.lines().next().unwrap_or_default();
        let first = first.strip_prefix("error: ").unwrap_or(first);
        Bad::one(format!("{name}：不是 {kind} 日历文件：{first}"), format!("{name}: not a calendar in {kind}: {first}"))
    };
    let as_json = || serde_json::from_str::<CalendarFile>(&text);
    if named_json {
        return as_json().map(|file| (file, Written::Json)).map_err(|error| bad("JSON", error.to_string()));
    }
    let as_yaml = || serde_saphyr::from_str::<CalendarFile>(&text);
    if !text.trim_start().starts_with('{') {
        return as_yaml().map(|file| (file, Written::Yaml)).map_err(|error| bad("YAML", error.to_string()));
    }
    // A flow mapping of YAML opens as JSON does; what is neither is told as the JSON that it most likely means to be.
    match as_json() {
        Ok(file) => Ok((file, Written::Json)),
        Err(error) => match as_yaml() {
            Ok(file) => Ok((file, Written::Yaml)),
            Err(_) => Err(bad("JSON", error.to_string())),
        },
    }
}

/// What there is to say of a file without faults.
pub(super) fn clean(path: &Path, calendar: &Calendar, language: Language) -> String {
    let name = path.display();
    let zone = &calendar.file().time_zone;
    let known = (1901..=2298).rev().find(|&year| calendar.knows_year(year));
    let last = known.filter(|_| calendar.file().statutory.is_some());
    match (language, last) {
        (Language::Zh, Some(last)) => format!("{name}：没有问题（{zone}，法定节假日已知至 {last} 年）。"),
        (Language::Zh, None) => format!("{name}：没有问题（{zone}，不随法定节假日）。"),
        (Language::En, Some(last)) => format!("{name}: no faults ({zone}, statutory days known up to {last})."),
        (Language::En, None) => format!("{name}: no faults ({zone}, no statutory days)."),
    }
}
