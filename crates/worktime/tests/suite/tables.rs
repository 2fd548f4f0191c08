//! Statutory tables of other years: read, written, refused, and what a calendar makes of them.

use std::path::Path;

use jiff::civil::date;
use worktime::{
    Amount, CalendarFault, Festival, ImportedTables, Reason, StatutoryKind, StatutoryYear, TableFault, TableProblem,
};

use crate::office::{at, hours, with};

/// Invented: the notice of 2027 is not out.
const NEXT: &str = r#"{
    "year": 2027,
    "papers": ["https://example.org/notice"],
    "days": [
        {"name": "元旦", "date": "2026-12-31", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-01", "isOffDay": true},
        {"name": "元旦", "date": "2027-01-03", "isOffDay": false},
        {"name": "建城纪念日", "date": "2027-03-08", "isOffDay": true}
    ]
}"#;

fn next() -> StatutoryYear {
    StatutoryYear::from_json(NEXT).unwrap()
}

fn icalendar(events: &str) -> String {
    format!("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n{events}END:VCALENDAR\r\n")
}

fn refused(text: &str) -> Vec<TableFault> {
    ImportedTables::from_icalendar(text).unwrap_err().faults().to_vec()
}

#[test]
fn the_built_in_years_are_those_of_the_data_set() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/calendar");
    let years: Vec<StatutoryYear> = StatutoryYear::all_built_in().collect();
    assert_eq!(years.iter().map(StatutoryYear::year).collect::<Vec<_>>(), (2018..=2026).collect::<Vec<_>>());
    assert_eq!(StatutoryYear::built_in(2027), None);
    for year in &years {
        let written = year.to_json();
        assert_eq!(&StatutoryYear::from_json(&written).unwrap(), year);
        let Ok(original) = std::fs::read_to_string(folder.join(format!("{}.json", year.year()))) else {
            println!("skipped: ../shared/data/calendar is not here");
            continue;
        };
        assert_eq!(written, original.trim_end(), "byte for byte");
        assert_eq!(&StatutoryYear::from_json(&original).unwrap(), year);
    }
    if let Ok(empty) = std::fs::read_to_string(folder.join("2027.json")) {
        let faults = StatutoryYear::from_json(&empty).unwrap_err();
        assert_eq!(faults.faults(), [TableFault { line: None, problem: TableProblem::NoDays(2027) }]);
    }
}

#[test]
fn an_icalendar_comes_back_as_it_was() {
    let years: Vec<StatutoryYear> = StatutoryYear::all_built_in().chain([next()]).collect();
    let written = StatutoryYear::to_icalendar(&years);
    let read = ImportedTables::from_icalendar(&written).unwrap();
    assert_eq!(read.years, years);
    assert!(read.left_out.is_empty());
    for line in written.split_terminator("\r\n") {
        assert!(line.len() <= 75 && !line.contains(['\r', '\n']), "{line}");
    }
    let one = StatutoryYear::to_icalendar(&[next()]);
    assert!(one.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270102\r\nSUMMARY:元旦 休\r\n"), "{one}");
    assert!(one.contains("DTSTART;VALUE=DATE:20270103\r\nDTEND;VALUE=DATE:20270104\r\nSUMMARY:元旦 班\r\n"), "{one}");
}

#[test]
fn a_calendar_of_somebody_else_is_read() {
    let text = icalendar(
        "BEGIN:VTIMEZONE\nTZID:Asia/Shanghai\nBEGIN:STANDARD\nDTSTART:19890917T020000\nEND:STANDARD\nEND:VTIMEZONE\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20270103\nSUMMARY;LANGUAGE=zh_CN:元旦（休）\n\
         BEGIN:VALARM\nSUMMARY:上班\nTRIGGER:-P1D\nEND:VALARM\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270110\nSUMMARY:元旦 补班 第1天/共\n 1天\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270206\nDURATION:P1W\nSUMMARY:春节\nX-APPLE-SPECIAL-DAY:WORK-HOLIDAY\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270308\nSUMMARY:妇女节\nEND:VEVENT\n\
         BEGIN:VEVENT\nDTSTART;VALUE=DATE:20270310\nSUMMARY:休\nSTATUS:CANCELLED\nEND:VEVENT\n",
    );
    let read = ImportedTables::from_icalendar(&text).unwrap();
    let [year] = read.years.as_slice() else { panic!("{read:?}") };
    assert_eq!((year.year(), year.days().len()), (2027, 3 + 1 + 7));
    assert_eq!(year.days()[0].date, date(2026, 12, 31), "the day before belongs to the notice of the new year");
    assert_eq!((year.days()[3].date, year.days()[3].kind), (date(2027, 1, 10), StatutoryKind::MakeUp));
    assert_eq!((year.days()[10].date, year.days()[10].festival), (date(2027, 2, 12), Festival::Spring));
    let left: Vec<_> = read.left_out.iter().map(|event| (event.line, event.summary.as_str())).collect();
    assert_eq!(left, [(29, "妇女节")]);
}

#[test]
fn faults_of_an_icalendar_stand_on_their_lines() {
    let event = |lines: &str| icalendar(&format!("BEGIN:VEVENT\n{lines}\nEND:VEVENT\n"));
    let on = |line, problem| vec![TableFault { line: Some(line), problem }];
    use TableProblem as P;
    assert_eq!(refused(&event("SUMMARY:休")), on(3, P::Lacks("DTSTART")));
    assert_eq!(refused(&event("DTSTART;VALUE=DATE:20270101")), on(3, P::Lacks("SUMMARY")));
    assert_eq!(
        refused(&event("SUMMARY:休\nDTSTART:20270101T090000Z")),
        on(5, P::BadDay("20270101T090000Z".to_owned()))
    );
    assert_eq!(refused(&event("SUMMARY:休\nDTSTART:20270230")), on(5, P::BadDay("20270230".to_owned())));
    assert_eq!(refused(&event("SUMMARY:休\nDTSTART:20270103\nDTEND:20270103")), on(3, P::BadLength(0)));
    assert_eq!(refused(&event("SUMMARY:休\nDTSTART:20270103\nDTEND:20280103")), on(3, P::BadLength(365)));
    assert_eq!(
        refused(&event("SUMMARY:休\nDTSTART:20270103\nDURATION:PT9H")),
        on(6, P::BadDuration("PT9H".to_owned()))
    );
    assert_eq!(refused(&event("SUMMARY:休\nDTSTART:20270101\nRRULE:FREQ=YEARLY")), on(3, P::Repeats));
    assert_eq!(refused(&event("SUMMARY:休\nDTSTART:20270101\nnonsense")), on(6, P::BadLine("nonsense".to_owned())));
    assert_eq!(
        refused(&event("SUMMARY:妇女节\nDTSTART:20270308")),
        [TableFault { line: None, problem: P::NothingFound }]
    );
    let twice = "SUMMARY:休\nDTSTART:20270101\nEND:VEVENT\nBEGIN:VEVENT\nSUMMARY:班\nDTSTART:20270101";
    assert_eq!(refused(&event(twice)), on(7, P::NamedTwice(date(2027, 1, 1))));
    let whole = || vec![TableFault { line: None, problem: P::NotICalendar }];
    assert_eq!(refused("BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:休\nDTSTART:20270101\nEND:VEVENT\n"), whole());
    assert_eq!(refused("SUMMARY:休\n"), whole());
    assert_eq!(refused(""), whole());
    let both = refused(&event("SUMMARY:休\nDTSTART:soon\nEND:VTODO"));
    assert_eq!(both.len(), 2, "every fault is found in one go: {both:?}");
    let said = TableFault { line: Some(3), problem: P::Repeats };
    assert_eq!(said.to_string(), "line 3: the event repeats; statutory days are named one by one");
    assert_eq!(said.chinese(), "第 3 行：日程是重复的；法定节假日须逐日列出");
}

#[test]
fn faults_of_json_stand_on_their_lines() {
    let faults = |from: &str, to: &str| {
        let faults = StatutoryYear::from_json(&NEXT.replacen(from, to, 1)).unwrap_err();
        faults.faults().iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(faults("2027-03-08", "2027-3-8"), [r#"line 8: "2027-3-8" is not a date YYYY-MM-DD"#]);
    assert_eq!(faults("2027-01-03", "2027-01-01"), ["line 7: 2027-01-01 is named twice"]);
    assert_eq!(faults("2026-12-31", "2026-11-30"), ["line 5: 2026-11-30 does not belong to the notice of 2027"]);
    assert_eq!(faults("建城纪念日", ""), [r#"line 8: "" is not a name of 1 to 16 characters"#]);
    assert!(
        faults(r#""isOffDay": false"#, r#""isOffday": false"#)[0].starts_with("line 7: not a table in JSON: unknown")
    );
    assert!(faults("2027,", "2027")[0].starts_with("line 3: "));
    let two = StatutoryYear::from_json(&NEXT.replace("-01-0", "-1-")).unwrap_err();
    assert_eq!(two.faults().len(), 2);
}

#[test]
fn a_calendar_carries_an_imported_year() {
    let day = r#"[["09:00","12:00"],["13:30","18:00"]]"#;
    let week = format!(r#""hours":{{"mon":{day},"tue":{day},"wed":{day},"thu":{day},"fri":{day}}},"statutory":"cn""#);
    let calendar = with(&format!(r#"{week},"statutory_tables":[{NEXT}],"workdays":["2027-01-01"]"#));
    let reason = |text: &str| calendar.day(text.parse().unwrap()).reason;
    let new_year = Some(Festival::NewYear);
    assert_eq!(reason("2026-12-31"), Reason::Holiday { festival: new_year });
    assert_eq!(
        reason("2027-01-01"),
        Reason::MakeUp { festival: None },
        "the calendar's own make-up workday ranks above"
    );
    assert_eq!(reason("2027-01-03"), Reason::MakeUp { festival: new_year });
    assert_eq!(hours(&calendar.day(date(2027, 1, 3))), ["09:00–12:00", "13:30–18:00"]);
    assert_eq!(reason("2026-10-01"), Reason::Holiday { festival: Some(Festival::National) }, "the built-in years stay");
    assert!(calendar.knows_year(2027) && !calendar.knows_year(2028));

    let told = calendar.explain_due(at("2027-03-05 17:00"), Amount::working_hours(2), &[]).unwrap();
    assert!(told.coverage.is_complete());
    assert_eq!(told.chinese()[3], "3月8日 周一：建城纪念日放假，不计");
    assert_eq!(told.english()[3], "Mon 8 Mar: 建城纪念日, not counted");
    let late = calendar.elapsed(at("2026-12-20 09:00"), at("2027-12-26 09:00"), &[]).unwrap().coverage;
    assert_eq!((late.missing_years, late.unsettled_year_end), (vec![], Some(2027)));

    // A table of a built-in year takes its place.
    let amended = with(&format!(
        r#"{week},"statutory_tables":[{{"year":2026,"days":[{{"name":"元旦","date":"2026-01-02","isOffDay":true}}]}}]"#
    ));
    assert_eq!(amended.day(date(2026, 10, 1)).reason, Reason::Weekly);
    assert_eq!(amended.day(date(2026, 1, 2)).reason, Reason::Holiday { festival: new_year });
    assert_eq!(amended.day(date(2025, 10, 1)).reason, Reason::Holiday { festival: Some(Festival::NationalMidAutumn) });

    let json = serde_json::to_string(&calendar).unwrap();
    assert_eq!(serde_json::from_str::<worktime::Calendar>(&json).unwrap(), calendar);
    let yaml = serde_saphyr::to_string(calendar.file()).unwrap();
    assert_eq!(serde_saphyr::from_str::<worktime::Calendar>(&yaml).unwrap(), calendar, "{yaml}");
}

#[test]
fn faults_of_a_calendars_tables_are_its_own() {
    let faults = |statutory: &str, tables: &str| {
        let json =
            format!(r#"{{"time_zone":"UTC","hours":"24x7","statutory":{statutory},"statutory_tables":[{tables}]}}"#);
        let file = serde_json::from_str(&json).unwrap();
        worktime::Calendar::new(file).unwrap_err().faults().to_vec()
    };
    assert_eq!(faults("null", NEXT), [CalendarFault::TablesWithoutStatutory]);
    assert_eq!(faults(r#""cn""#, &format!("{NEXT},{NEXT}")), [CalendarFault::TableTwice(2027)]);
    let empty = faults(r#""cn""#, r#"{"year":2027,"days":[]}"#);
    assert_eq!(empty, [CalendarFault::Table { year: 2027, problem: TableProblem::NoDays(2027) }]);
    assert_eq!(
        empty[0].to_string(),
        "statutory_tables, 2027: the table of 2027 names no day: its notice is not published yet"
    );
    assert_eq!(empty[0].chinese(), "statutory_tables 中 2027 年的表：2027 年的表里没有任何一天：该年放假通知尚未公布");
}
