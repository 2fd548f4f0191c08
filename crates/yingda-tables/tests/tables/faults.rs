//! Every fault kind, with the row, column and value that a person needs to find it.

use std::collections::BTreeSet;

use crate::support::{HEADERS, ROWS, csv_text, form_csv, read_any, rules};
use rust_xlsxwriter::{Formula, Workbook};
use yingda_tables::{
    Allowed, CellFault, Checked, ColumnRule, Fault, ImportColumn as C, Mapping, Origin, Rules, Severity, check,
};

/// The first example row with some of its cells changed.
fn changed<'a>(number: &'a str, cells: &[(C, &'a str)]) -> Vec<&'a str> {
    let mut row = ROWS[0].to_vec();
    row[0] = number;
    for (column, value) in cells {
        let at = C::FORM.iter().position(|form| form == column).unwrap();
        row[at] = value;
    }
    row
}

fn checked(rows: &[Vec<&str>], rules: &Rules) -> Checked {
    let table = read_any(csv_text(',', &HEADERS, rows).as_bytes());
    check(&table, &Mapping::guess(&table.headers), rules)
}

fn lines(faults: &[CellFault]) -> Vec<String> {
    faults.iter().map(ToString::to_string).collect()
}

#[test]
fn every_fault_of_the_whole_file_is_listed() {
    let mut rules = rules();
    rules.kinds = Allowed::one_of(["技术故障", "售前咨询"]);
    rules.departments = Allowed::one_of(["售后部", "销售部"]);
    rules.people = Allowed::one_of(["李*"]);
    rules.known_numbers = BTreeSet::from(["CS100".to_owned()]);
    rules.max_chars.insert(C::Contact, 5);
    let checked = checked(
        &[
            changed("CS1", &[]),
            changed("cs１", &[(C::Customer, " "), (C::Kind, "闲聊"), (C::Priority, "High")]),
            changed("CS100", &[(C::Department, "飞行部"), (C::Rating, "很好"), (C::Contact, "一二三四五六")]),
            changed("CS4", &[(C::AcceptedAt, "2024-02-30 09:30"), (C::SolvedAt, "10/31/2024 03:15:00 PM")]),
            changed("CS5", &[(C::RespondedAt, "2024-10-01 09:29"), (C::SolvedAt, "2024-09-30")]),
            changed("CS6", &[(C::Remark, "铃\u{7}声"), (C::Person, "钱*"), (C::AcceptedAt, "")]),
            changed("CS7", &[(C::Department, "售後部"), (C::Rating, "满 意")]),
        ],
        &rules,
    );
    assert_eq!(
        lines(&checked.faults),
        [
            "row 3, column A (工单编号), \"cs１\": row 2 has the same number",
            "row 3, column B (客户名称): required",
            "row 3, column E (问题类型), \"闲聊\": expected one of: 技术故障, 售前咨询",
            "row 3, column G (优先级), \"High\": expected one of: 紧急, 高, 中, 低",
            "row 4, column A (工单编号), \"CS100\": the desk already has a ticket of this number",
            "row 4, column C (联系人), \"一二三四五六\": 6 characters, at most 5 are possible",
            "row 4, column H (处理部门), \"飞行部\": the desk knows no such department",
            "row 4, column N (客户评价), \"很好\": expected one of: 非常满意, 满意, 一般, 不满意",
            "row 5, column J (受理时间), \"2024-02-30 09:30\": there is no such day or time; expected such as 2024-10-01 09:30",
            "row 5, column L (解决时间), \"10/31/2024 03:15:00 PM\": month-first dates need the mapping to say so; expected such as 2024-10-01 09:30",
            "row 6, column K (响应时间), \"2024-10-01 09:29\": this is before 受理时间, 2024-10-0109:30",
            "row 6, column L (解决时间), \"2024-09-30\": this is before 受理时间, 2024-10-0109:30",
            "row 7, column J (受理时间): required",
            "row 7, column O (备注), \"铃\\u{7}声\": the text has a control character",
            "row 8, column H (处理部门), \"售後部\": the desk knows no such department",
        ]
    );
    assert_eq!(lines(&checked.warnings), ["row 7, column I (责任人), \"钱*\": the desk knows no such person"]);
    assert_eq!(checked.rows.iter().map(|row| row.row).collect::<Vec<_>>(), [2]);
}

#[test]
fn a_vocabularys_own_spelling_wins() {
    let mut rules = rules();
    rules.departments = Allowed::one_of(["售后部(上海)"]);
    let checked = checked(&[changed("CS1", &[(C::Department, "售后部 （上海）"), (C::Rating, "满 意")])], &rules);
    assert_eq!(checked.rows[0].department.as_deref(), Some("售后部(上海)"));
    assert_eq!(checked.rows[0].rating.as_deref(), Some("满意"));
}

#[test]
fn the_caller_decides_what_stops_the_import() {
    let mut rules = rules();
    rules.people = Allowed::one_of(["无"]);
    rules.departments = Allowed::one_of(["无"]);
    rules.unknown_person = Severity::Fault;
    rules.unknown_department = Severity::Warning;
    rules.order_of_times = Severity::Warning;
    let row = changed("CS1", &[(C::SolvedAt, "2024-10-01 08:00")]);
    let checked = checked(&[row], &rules);
    assert_eq!(checked.faults.iter().map(|fault| fault.fault.code()).collect::<Vec<_>>(), ["unknown_person"]);
    let warned: Vec<_> = checked.warnings.iter().map(|fault| fault.fault.code()).collect();
    assert_eq!(warned, ["unknown_department", "out_of_order"]);
}

#[test]
fn a_bare_date_is_compared_by_the_day() {
    let checked = checked(&[changed("CS1", &[(C::RespondedAt, "2024-10-01"), (C::SolvedAt, "2024/10/1")])], &rules());
    assert!(checked.is_clean(), "{:?}", checked.faults);
}

#[test]
fn missing_and_doubled_columns_are_told_once() {
    let table = read_any("编号,备注,备注,受理时间\n1,a,b,2024-11-03 01:30\n2,c,d,2024-11-03 02:30\n".as_bytes());
    let mut mapping = Mapping::guess(&table.headers);
    mapping.columns.insert(C::Customer, ColumnRule::new(Origin::Header("单位".into())));
    mapping.columns.insert(C::Priority, ColumnRule::new(Origin::Constant("中".into())));
    let mut rules = Rules::new(jiff::tz::TimeZone::get("America/New_York").unwrap());
    rules.required = BTreeSet::from([C::Customer, C::Kind, C::Priority]);
    let checked = check(&table, &mapping, &rules);
    assert_eq!(
        lines(&checked.faults),
        [
            "row 1, 客户名称: the mapping names the header \"单位\", which the file does not have",
            "row 1, 问题类型: this field is required, and no column of the file is mapped to it",
        ]
    );
    assert_eq!(
        lines(&checked.warnings),
        [
            "row 1, column B (备注), \"备注\": the header \"备注\" stands over columns B, C; only the first is read",
            "row 2, column D (受理时间), \"2024-11-03 01:30\": the clock showed this time twice that day; the first is taken",
        ]
    );
}

#[test]
fn ragged_rows_are_told() {
    let text = form_csv() + "CS3,短\r\n" + &["x"; 16].join(",") + "\r\n";
    let table = read_any(text.as_bytes());
    let checked = check(&table, &Mapping::guess(&table.headers), &rules());
    assert_eq!(checked.warnings[0].fault, Fault::RowTooShort { cells: 2, headers: 15 });
    assert_eq!(checked.warnings[0].row, 4);
    assert!(
        checked
            .faults
            .iter()
            .any(|fault| fault.row == 5 && fault.fault == Fault::RowTooLong { cells: 16, headers: 15 })
    );
}

#[test]
fn a_workbooks_own_faults_are_told() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(["工单编号", "联系电话", "受理时间"]) {
        sheet.write_string(0, column, header).unwrap();
    }
    sheet.write_number(1, 0, 1_234_567_890_123_456_789.0).unwrap();
    sheet.write_formula(1, 1, Formula::new("=NA()").set_result("#N/A")).unwrap();
    sheet.write_number(1, 2, 45_566.5).unwrap();
    sheet.write_number(2, 2, 20_241_001.0).unwrap();
    sheet.write_number(3, 2, 12.0).unwrap();
    let table = read_any(&book.save_to_buffer().unwrap());
    let mut rules = rules();
    rules.required.clear();
    let checked = check(&table, &Mapping::guess(&table.headers), &rules);
    assert_eq!(
        lines(&checked.faults),
        [
            "row 2, column B (联系电话), \"#N/A\": the formula in this cell has no value",
            "row 4, column C (受理时间), \"12\": this is not a date; expected such as 2024-10-01 09:30",
        ]
    );
    assert_eq!(checked.warnings.len(), 1);
    assert_eq!(checked.warnings[0].fault, Fault::DigitsLost);
    assert_eq!(checked.rows[0].accepted_at.map(|at| at.to_string()).as_deref(), Some("2024-09-30T16:00:00Z"));
}

#[test]
fn a_mapping_joins_replaces_and_fills_in() {
    let table =
        read_any("ID,Status,City,Street,Level\n1,Open,NYC,5th Ave,P1\n2,odd,,Main St,\n3,,NYC,,P9\n".as_bytes());
    let mapping = Mapping::from_json(
        r#"{"columns": {
            "number": "id",
            "remark": {"header": "Status", "values": {"open": "待处理"}, "default": "无", "otherwise": "其他"},
            "address": {"headers": ["Street", "City"], "join": ", ", "values": {"nyc": "纽约"}},
            "priority": {"header": "Level", "values": {"P1": "紧急"}, "default": "低"}
        }}"#,
    )
    .unwrap();
    let mut rules = rules();
    rules.required.clear();
    let checked = check(&table, &mapping, &rules);
    let rows: Vec<_> = checked
        .rows
        .iter()
        .map(|row| (row.remark.as_deref(), row.address.as_deref(), row.priority.map(|p| p.label())))
        .collect();
    assert_eq!(
        rows,
        [(Some("待处理"), Some("5th Ave, 纽约"), Some("紧急")), (Some("其他"), Some("Main St"), Some("低")),]
    );
    assert_eq!(lines(&checked.faults), ["row 4, column E (Level), \"P9\": expected one of: 紧急, 高, 中, 低"]);
}

#[test]
fn faults_are_data_too() {
    let checked = checked(&[changed("CS1", &[(C::AcceptedAt, "昨天")])], &rules());
    let json = serde_json::to_value(&checked.faults[0]).unwrap();
    assert_eq!(
        json,
        serde_json::json!({
            "row": 2, "field": "accepted_at", "place": {"letter": "J", "header": "受理时间"}, "value": "昨天",
            "code": "date", "reason": "not_a_date", "expected": "2024-10-01 09:30"
        })
    );
}

#[test]
fn a_date_column_and_a_time_column_make_an_instant() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write_string(0, 0, "日期").unwrap();
    sheet.write_string(0, 1, "时刻").unwrap();
    let dated = |pattern: &str| rust_xlsxwriter::Format::new().set_num_format(pattern);
    sheet.write_number_with_format(1, 0, 45_566.0, &dated("yyyy-mm-dd")).unwrap();
    sheet.write_number_with_format(1, 1, 0.395_833_333_333_333_3, &dated("hh:mm")).unwrap();
    let table = read_any(&book.save_to_buffer().unwrap());
    let mapping = Mapping::from_json(r#"{"columns": {"accepted_at": ["日期", "时刻"]}}"#).unwrap();
    let mut rules = rules();
    rules.required.clear();
    let checked = check(&table, &mapping, &rules);
    assert!(checked.is_clean(), "{:?}", checked.faults);
    let at = checked.rows[0].accepted_at.map(|at| at.to_string());
    assert_eq!(at.as_deref(), Some("2024-10-01T01:30:00Z"));
}
