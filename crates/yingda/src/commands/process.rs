//! `process check` and `process draw`: process files without a desk.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use yingda_process::draw::{Picture, Words, svg};
use yingda_process::{Fault, Locale};

use crate::saying::line;
use crate::settings::Language;
use crate::trouble::Trouble;

/// Checks files and prints every fault of each; exit code 1 where there is one.
pub fn check(files: &[PathBuf], language: Language) -> ExitCode {
    let mut clean = true;
    for path in files {
        let name = path.display().to_string();
        match read(path)
            .map_err(Found::Unreadable)
            .and_then(|text| yingda_process::load(&text, &name).map_err(Found::Faults))
        {
            Ok(definition) => line(&match language {
                Language::Zh => format!("{name}：没有问题（{}，{} 个节点）。", definition.name, definition.steps.len()),
                Language::En => format!("{name}: no faults ({}, {} steps).", definition.id, definition.steps.len()),
            }),
            Err(found) => {
                clean = false;
                found.print(language);
            }
        }
    }
    if clean { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// Draws a file's chart.
///
/// # Errors
/// [`Trouble::File`] where a file cannot be read or written.
pub fn draw(path: &Path, output: Option<&Path>, language: Language) -> Result<ExitCode, Trouble> {
    let text = read(path)?;
    let definition = match yingda_process::load(&text, &path.display().to_string()) {
        Ok(definition) => definition,
        Err(faults) => {
            Found::Faults(faults).print(language);
            return Ok(ExitCode::FAILURE);
        }
    };
    let words = match language {
        Language::Zh => Words::default(),
        Language::En => Words::english(),
    };
    let chart = svg(&definition.graph(), &Picture { title: definition.name.clone(), words, ..Picture::default() });
    match output {
        Some(to) => std::fs::write(to, chart).map_err(|error| Trouble::File(to.to_owned(), error))?,
        None => {
            let _ = std::io::stdout().lock().write_all(chart.as_bytes());
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn read(path: &Path) -> Result<String, Trouble> {
    std::fs::read_to_string(path).map_err(|error| Trouble::File(path.to_owned(), error))
}

/// What is wrong with a file.
enum Found {
    Unreadable(Trouble),
    Faults(Vec<Fault>),
}

impl Found {
    fn print(&self, language: Language) {
        let locale = match language {
            Language::Zh => Locale::ZhCn,
            Language::En => Locale::En,
        };
        match self {
            Self::Unreadable(trouble) => eprintln!("{trouble}"),
            Self::Faults(faults) => {
                for fault in faults {
                    let Fault { file, line: row, column, .. } = fault;
                    line(&format!("{file}:{row}:{column}: {}", fault.sentence(locale)));
                }
            }
        }
    }
}
