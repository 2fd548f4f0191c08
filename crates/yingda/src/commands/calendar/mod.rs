//! `calendar`: questions to a calendar file, without a desk.
//!
//! The one thing to know: every bad input ends with code 2 and says all that is wrong in both languages; what is doubtful but
//! answered (a year without table) is said on standard error beside the answer. Not here: the arithmetic (`worktime`).

mod answer;
mod file;
mod statutory;
mod year;

use std::process::ExitCode;

use worktime::{CalendarFault, TimeError};

use crate::saying::line;
use crate::settings::Language;
use crate::settings::calendar::CalendarCommand;

/// What ends with code 2: a sentence in Chinese and one in English for each thing that is wrong.
struct Bad(Vec<(String, String)>);

impl Bad {
    fn one(chinese: String, english: String) -> Self {
        Self(vec![(chinese, english)])
    }

    fn of_file(name: &str, faults: &[CalendarFault]) -> Self {
        Self(faults.iter().map(|fault| (format!("{name}：{}", fault.chinese()), format!("{name}: {fault}"))).collect())
    }

    fn say(self) -> ExitCode {
        for (chinese, english) in self.0 {
            eprintln!("{chinese}\n{english}");
        }
        ExitCode::from(BAD_INPUT)
    }
}

impl From<TimeError> for Bad {
    fn from(error: TimeError) -> Self {
        Self::one(error.chinese(), error.to_string())
    }
}

/// The code of bad input, the same that a misspelt option has.
const BAD_INPUT: u8 = 2;

/// Runs a question.
pub fn run(command: CalendarCommand) -> ExitCode {
    let done = match command {
        CalendarCommand::Due(asked) => answer::due(&asked),
        CalendarCommand::Elapsed(asked) => answer::elapsed(&asked),
        CalendarCommand::Check { files, lang } => return check(&files, lang),
        CalendarCommand::Year { file, year, lang } => year::show(&file, year, lang),
        CalendarCommand::Statutory { command } => statutory::run(command),
    };
    done.map_or_else(Bad::say, |()| ExitCode::SUCCESS)
}

/// Prints every fault of each file.
fn check(files: &[std::path::PathBuf], language: Language) -> ExitCode {
    let mut clean = true;
    for path in files {
        match file::read(path) {
            Ok(calendar) => line(&file::clean(path, &calendar, language)),
            Err(Bad(faults)) => {
                clean = false;
                for (chinese, english) in faults {
                    line(match language {
                        Language::Zh => &chinese,
                        Language::En => &english,
                    });
                }
            }
        }
    }
    if clean { ExitCode::SUCCESS } else { ExitCode::from(BAD_INPUT) }
}
