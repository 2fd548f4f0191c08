//! One file per command.

mod calendar;
mod demonstrate;
mod password;
mod process;
mod serve;
mod table;

use std::process::ExitCode;

use crate::settings::{Command, PersonCommand, ProcessCommand, Settings};
use crate::trouble::Trouble;

/// Hashing a password takes 19 MiB, so this many at once is what a small machine bears.
const BLOCKING_THREADS: usize = 8;

/// Runs a command to its end.
///
/// # Errors
/// A [`Trouble`] to be printed; the exit code is then 1.
pub fn run(settings: Settings) -> Result<ExitCode, Trouble> {
    match settings.command {
        Command::Process { command: ProcessCommand::Check { files, lang } } => Ok(process::check(&files, lang)),
        Command::Process { command: ProcessCommand::Draw { file, output, lang } } => {
            process::draw(&file, output.as_deref(), lang)
        }
        Command::Calendar { command } => Ok(calendar::run(command)),
        Command::Serve(desk) => runtime()?.block_on(serve::run(&desk)),
        Command::Demo(desk) => runtime()?.block_on(demonstrate::run(&desk)),
        Command::Import(import) => runtime()?.block_on(table::import(import)),
        Command::Export(export) => runtime()?.block_on(table::export(export)),
        Command::Person { command: PersonCommand::SetPassword { login, data } } => {
            runtime()?.block_on(password::set(&login, &data))
        }
    }
}

fn runtime() -> Result<tokio::runtime::Runtime, Trouble> {
    let threads = std::thread::available_parallelism().map_or(2, |n| n.get().clamp(2, 8));
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(threads)
        .max_blocking_threads(BLOCKING_THREADS)
        .enable_all()
        .build()
        .map_err(|error| Trouble::Broken(error.to_string()))
}
