//! A thousand real requests of New York's 311, through the mapping that the manual shows.

use std::path::Path;

use jiff::tz::TimeZone;
use yingda_tables::{Allowed, Fault, FileHint, Mapping, Priority, Rules, check, read};

const MAPPING: &str = include_str!("../../../../docs/import-311.json");

#[test]
fn the_manuals_mapping_is_sound() {
    let mapping = Mapping::from_json(MAPPING).unwrap();
    assert_eq!(Mapping::from_json(&mapping.to_json()), Ok(mapping));
}

#[test]
fn a_thousand_requests_of_311_come_in() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/tickets/nyc311/311_Service_Requests.csv");
    let Ok(bytes) = std::fs::read(&path) else {
        println!("skipped: ../shared/data/tickets/nyc311 is not here");
        return;
    };
    let table = read(&bytes, &FileHint { name: "311_Service_Requests.csv".into(), ..FileHint::default() }).unwrap();
    assert_eq!((table.headers.len(), table.rows.len(), table.notes.len()), (47, 1000, 0));
    let mapping = Mapping::from_json(MAPPING).unwrap();
    let mut rules = Rules::new(TimeZone::get("America/New_York").unwrap());
    let checked = check(&table, &mapping, &rules);
    assert!(checked.is_clean(), "{:?}", checked.faults);
    assert!(checked.warnings.is_empty(), "{:?}", checked.warnings);
    assert_eq!(checked.rows.len(), 1000);
    let first = &checked.rows[0];
    assert_eq!(first.number.as_deref(), Some("61276295"));
    assert_eq!(first.accepted_at.map(|at| at.to_string()).as_deref(), Some("2024-05-27T06:08:51Z"));
    assert_eq!(first.description.as_deref(), Some("Street Condition · Pothole"));
    assert_eq!((first.priority, first.remark.as_deref()), (Some(Priority::Normal), Some("待处理")));
    assert_eq!(checked.rows.iter().filter(|row| row.solved_at.is_some()).count(), 677);
    assert_eq!(checked.rows.iter().filter(|row| row.channel.is_none()).count(), 14);

    rules.departments = Allowed::one_of(["客户服务部"]);
    let strict = check(&table, &mapping, &rules);
    assert_eq!(strict.rows.len(), 959);
    assert_eq!(strict.faults.len(), 41);
    assert!(strict.faults.iter().all(|fault| fault.fault == Fault::UnknownDepartment));
}
