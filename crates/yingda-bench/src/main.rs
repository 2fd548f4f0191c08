//! Benchmarks of the desk: `cargo xtask bench desk`. Everything that is compared is measured in one run on one disk.
//!
//! Figures are medians and 99th percentiles of single requests and rates of many; what they are of stands beside them.

mod bare;
mod clocks;
mod desk;
mod fill;
mod measure;
mod start;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

#[derive(Debug, Parser)]
#[command(about = "Benchmarks of the desk")]
struct Arguments {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Creation, queue, ticket page, reply and search on a desk with many tickets, on both engines
    Desk {
        /// Tickets to fill the desk with before measuring
        #[arg(long, default_value_t = 100_000)]
        tickets: usize,
        /// Seconds for each measured point, at most
        #[arg(long, default_value_t = 5)]
        seconds: u64,
        /// Only one engine: sqlite or postgres
        #[arg(long)]
        engine: Option<String>,
        /// The built desk, to measure its start and memory
        #[arg(long)]
        binary: Option<PathBuf>,
    },
    /// The sweep of clocks with few and with many of them open, on both engines
    Clocks {
        /// Open clocks at the second point; the first has a hundredth of them
        #[arg(long, default_value_t = 1_000_000)]
        clocks: usize,
        /// Only one engine: sqlite or postgres
        #[arg(long)]
        engine: Option<String>,
        /// The built desk; not used here
        #[arg(long, hide = true)]
        binary: Option<PathBuf>,
    },
}

fn main() -> ExitCode {
    let Arguments { what } = Arguments::parse();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("bench: {error}");
            return ExitCode::FAILURE;
        }
    };
    let done = runtime.block_on(async {
        match what {
            What::Desk { tickets, seconds, engine, binary } => {
                desk::run(tickets, seconds, engine.as_deref(), binary.as_deref()).await
            }
            What::Clocks { clocks, engine, .. } => clocks::run(clocks, engine.as_deref()).await,
        }
    });
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}
