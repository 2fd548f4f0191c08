//! The shipped procedures: they load, and every branch leads where the documents say.

mod desk;

use desk::{Desk, shipped};

#[test]
fn shipped_files_load_without_a_fault() {
    for (file, source) in desk::SHIPPED {
        if let Err(faults) = yingda_process::load(source, file) {
            let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
            panic!("{}", faults.join("\n"));
        }
    }
    let _ = (shipped("S01"), Desk::open("S01"));
}
