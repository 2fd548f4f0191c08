//! S03's table in and out (R-033, R-034, J06), and what a table is refused for.

use jiff::SignedDuration;
use yingda_app::export::{ExportFormat, FormFields};
use yingda_app::import::{Apply, ImportFile, ImportReport, Unreadable};
use yingda_app::people::PersonText;
use yingda_app::queue::{Filter, StateFilter};
use yingda_app::{AppError, Once};
use yingda_core::ticket::State;
use yingda_core::{Actor, Refusal, Role, TicketId};
use yingda_store::tickets;
use yingda_tables::{
    CsvEncoding, FileHint, ImportColumn, ImportRow, Mapping, OutCell, OutTable, Rules, Table, check, read, write_csv,
    write_xlsx,
};
use yingda_testkit::Desk;
use yingda_testkit::desk::on_both;

const S03: &str = "enterprise-support";
const AGAIN: &str = "2024-10-0109:30";

/// The document's header and its two rows, as they stand there (E-01).
const SHEET: [[&str; 15]; 3] = [
    [
        "工单编号",
        "客户名称",
        "联系人",
        "联系方式",
        "问题类型",
        "问题描述(含时间/影响范围)",
        "优先级",
        "处理部门",
        "责任人",
        "受理时间",
        "响应时间",
        "解决时间",
        "处理结果摘要",
        "客户评价",
        "备注",
    ],
    [
        "CS2024901",
        "科技有限公司",
        "张*",
        "5678",
        "技术故障",
        "设备运行中频繁报错,影响生产",
        "紧急",
        "售后部",
        "李*",
        AGAIN,
        "2024-10-0110:00",
        "2024-10-0115:00",
        "更换故障模块,设备正常运行",
        "满意",
        "客户要求后续加强操作培训",
    ],
    [
        "CS2024902",
        "YY贸易集团",
        "王*",
        "139",
        "售前咨询",
        "询价定制产品,需3天内提供方案",
        "高",
        "销售部",
        "赵*",
        "2024-10-0114:20",
        "2024-10-0115:00",
        "2024-10-0210:00",
        "已发送定制方案及报价单,待客户确认",
        "一般",
        "客户希望增加功能细节说明",
    ],
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Utf8,
    Gbk,
    Xlsx,
}

/// A table of texts as a file of some kind.
fn file(kind: Kind, rows: &[[&str; 15]]) -> ImportFile {
    let table = OutTable {
        sheet: "表".to_owned(),
        headers: rows[0].map(str::to_owned).to_vec(),
        rows: rows[1..]
            .iter()
            .map(|row| row.map(|text| OutCell::text(Some(text).filter(|text| !text.is_empty()))).to_vec())
            .collect(),
        zone: jiff::tz::TimeZone::UTC,
        made_at: jiff::Timestamp::UNIX_EPOCH,
    };
    let (name, bytes) = match kind {
        Kind::Utf8 => ("表.csv", write_csv(&table, CsvEncoding::Utf8Bom).unwrap().bytes),
        Kind::Gbk => ("表.csv", write_csv(&table, CsvEncoding::Gbk).unwrap().bytes),
        Kind::Xlsx => ("表.xlsx", write_xlsx(&table).unwrap()),
    };
    ImportFile { process: S03.to_owned(), name: name.to_owned(), bytes, ..ImportFile::default() }
}

/// S03 is in, its people are there, and a supervisor stands before it.
async fn ready(desk: &Desk) -> Actor {
    desk.install_all().await;
    for (login, name, department) in [("li", "李*", "after_sales"), ("zhao", "赵*", "sales_office")] {
        let text = PersonText {
            login: login.to_owned(),
            name: name.to_owned(),
            department: Some(desk.department(department).await),
            roles: [Role::Member].into_iter().collect(),
            active: true,
            password: yingda_testkit::desk::PASSWORD.to_owned(),
        };
        desk.add_person_unasked(&desk.ctx(), text).await.unwrap();
    }
    desk.person("主管", "service", [Role::Supervisor]).await
}

async fn bring(desk: &Desk, actor: &Actor, file: ImportFile, apply: Apply) -> ImportReport {
    *desk.import(&desk.ctx(), actor, file, apply).await.unwrap().unwrap()
}

async fn numbered(desk: &Desk, number: &str) -> Option<TicketId> {
    let mut read = desk.store().read().await.unwrap();
    tickets::by_number(&mut read, number).await.unwrap()
}

async fn count(desk: &Desk, actor: &Actor) -> i64 {
    let all = Filter { state: StateFilter::Any, ..Filter::default() };
    desk.queue_count(actor, &all, 10_000).await.unwrap()
}

fn read_back(name: &str, bytes: &[u8]) -> Table {
    read(bytes, &FileHint { name: name.to_owned(), ..FileHint::default() }).unwrap()
}

/// The rows of a table, their place in the file aside.
fn rows(table: &Table, desk: &Desk) -> Vec<ImportRow> {
    let checked = check(table, &Mapping::guess(&table.headers), &Rules::new(desk.zone()));
    assert!(checked.is_clean(), "{:?}", checked.faults);
    checked.rows.into_iter().map(|row| ImportRow { row: 0, ..row }).collect()
}

#[test]
fn the_documents_own_rows_come_in_and_go_out_again_the_same() {
    for kind in [Kind::Utf8, Kind::Gbk, Kind::Xlsx] {
        on_both(async |desk| {
            let lead = ready(&desk).await;
            let look = bring(&desk, &lead, file(kind, &SHEET), Apply::DryRun).await;
            assert_eq!(
                (look.rows, look.fault_count, look.faulty_rows, look.imported),
                (2, 0, 0, None),
                "{:?}",
                look.faults
            );
            assert_eq!((look.warning_count, look.unused.len(), look.preview.len()), (0, 0, 2), "{:?}", look.warnings);
            assert_eq!(count(&desk, &lead).await, 0, "a look takes nothing in");

            let done = bring(&desk, &lead, file(kind, &SHEET), Apply::AllOrNothing).await;
            assert_eq!((done.imported, done.fault_count), (Some(2), 0));

            let first = numbered(&desk, "CS2024901").await.unwrap();
            let first = desk.ticket(&lead, first).await.unwrap();
            let ticket = &first.held.ticket;
            assert_eq!((ticket.state, ticket.outcome.as_str()), (State::Closed, "已解决-客户确认"));
            assert_eq!(ticket.rating.as_ref().map(|r| (r.value.as_str(), r.satisfied)), Some(("满意", true)));
            assert_eq!(ticket.accepted.to_string(), "2024-10-01T01:30:00Z");
            assert_eq!(ticket.times.solved, ticket.times.closed, "closed when it was solved, not when it was imported");
            assert!(first.held.work.is_empty());

            // J06: it has a time of solution and a rating, and waits for the customer still.
            let second = numbered(&desk, "CS2024902").await.unwrap();
            let second = desk.ticket(&lead, second).await.unwrap();
            let ticket = &second.held.ticket;
            assert_eq!(ticket.state, State::Solved);
            assert_eq!(ticket.rating.as_ref().map(|r| (r.value.as_str(), r.satisfied)), Some(("一般", false)));
            assert_eq!(second.held.work.iter().map(|item| item.step.as_str()).collect::<Vec<_>>(), ["confirm"]);

            let all = Filter { state: StateFilter::Any, ..Filter::default() };
            let out = desk.export(&desk.ctx(), &lead, &all, FormFields::Form, ExportFormat::CsvGbk).await.unwrap();
            assert_eq!((out.rows, out.replaced), (2, 0));
            let csv = read_back("out.csv", &out.bytes);
            assert_eq!(csv.headers, SHEET[0]);
            let texts: Vec<Vec<&str>> =
                csv.rows.iter().map(|row| row.cells.iter().map(yingda_tables::Cell::text).collect()).collect();
            for (row, given) in texts.iter().zip(&SHEET[1..]) {
                // The document's times lost their blank; given out, they have it.
                let mended: Vec<String> = given
                    .iter()
                    .map(|text| {
                        if text.len() == 15 && text.starts_with("2024-") {
                            format!("{} {}", &text[..10], &text[10..])
                        } else {
                            (*text).to_owned()
                        }
                    })
                    .collect();
                assert_eq!(row, &mended);
            }
            let given = rows(&read_back("in", &file(Kind::Utf8, &SHEET).bytes), &desk);
            assert_eq!(rows(&csv, &desk), given);
            let out = desk.export(&desk.ctx(), &lead, &all, FormFields::Form, ExportFormat::Xlsx).await.unwrap();
            let xlsx = read_back("out.xlsx", &out.bytes);
            assert_eq!((xlsx.headers.as_slice(), rows(&xlsx, &desk)), (csv.headers.as_slice(), given));
        });
    }
}

#[test]
fn every_fault_is_listed_by_row_and_column_and_nothing_comes_in() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let mut sheet = vec![SHEET[0], SHEET[1], SHEET[2], SHEET[1], SHEET[2], SHEET[2]];
        // Row 4: the number of row 2, no customer, an unknown priority and department.
        (sheet[3][1], sheet[3][6], sheet[3][7]) = ("", "特急", "售后部门");
        // Row 5: no such day, solved before it was accepted, a masked telephone.
        (sheet[4][0], sheet[4][3], sheet[4][10], sheet[4][11]) =
            ("CS2024905", "139****5678", "2024-13-0109:30", "2024-09-3010:00");
        // Row 6: only the process's form finds something: the telephone.
        (sheet[5][0], sheet[5][3], sheet[5][8]) = ("CS2024906", "无", "钱*");
        for apply in [Apply::DryRun, Apply::AllOrNothing] {
            let report = bring(&desk, &lead, file(Kind::Xlsx, &sheet), apply).await;
            assert_eq!(report.imported, None);
            let found: Vec<(u32, &str, &str, &str)> = report
                .faults
                .iter()
                .map(|f| {
                    (
                        f.row,
                        f.column.as_ref().map_or("", |(letter, _)| letter.as_str()),
                        f.value.as_str(),
                        f.code.as_str(),
                    )
                })
                .collect();
            for fault in [
                (4, "A", "CS2024901", "table-duplicate-in-file"),
                (4, "B", "", "table-required"),
                (4, "G", "特急", "table-not-allowed"),
                (4, "H", "售后部门", "table-unknown-department"),
                (5, "K", "2024-13-0109:30", "table-date-impossible"),
                (5, "L", "2024-09-3010:00", "table-out-of-order"),
                (6, "D", "无", "field-bad-phone"),
            ] {
                assert!(found.contains(&fault), "{fault:?} is not among {found:#?}");
            }
            assert_eq!((report.fault_count, report.faulty_rows), (found.len(), 3));
            assert!(report.faults.is_sorted_by_key(|fault| fault.row));
            let odd: Vec<_> = report.warnings.iter().map(|w| (w.row, w.value.as_str(), w.code.as_str())).collect();
            assert_eq!(odd, [(6, "钱*", "table-unknown-person")]);
            assert_eq!(count(&desk, &lead).await, 0, "all or nothing");
        }
    });
}

#[test]
fn a_known_number_is_refused_and_a_repeated_request_is_not() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let once = Once::keyed(Some("key-1"), &["the table"]);
        let keyed = || ImportFile { once: once.clone(), ..file(Kind::Utf8, &SHEET) };
        assert_eq!(bring(&desk, &lead, keyed(), Apply::AllOrNothing).await.imported, Some(2));
        let again = bring(&desk, &lead, keyed(), Apply::AllOrNothing).await;
        assert_eq!((again.imported, again.fault_count), (Some(2), 0), "the answer was lost, not the work");
        assert_eq!(count(&desk, &lead).await, 2);

        let anew = bring(&desk, &lead, file(Kind::Utf8, &SHEET), Apply::AllOrNothing).await;
        let codes: Vec<_> = anew.faults.iter().map(|f| (f.row, f.value.as_str(), f.code.as_str())).collect();
        assert_eq!(codes, [(2, "CS2024901", "table-already-known"), (3, "CS2024902", "table-already-known")]);
        assert_eq!((anew.imported, count(&desk, &lead).await), (None, 2));

        let other = ImportFile { once: Once::keyed(Some("key-1"), &["another table"]), ..file(Kind::Gbk, &SHEET) };
        let refused = desk.import(&desk.ctx(), &lead, other, Apply::AllOrNothing).await.unwrap_err();
        assert!(matches!(refused, AppError::Refused(Refusal::KeyReused)), "{refused:?}");
    });
}

#[test]
fn a_table_needs_a_process_that_takes_one_and_somebody_who_may() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let agent = desk.person("专员", "service", [Role::Agent]).await;
        let elsewhere = ImportFile { process: "water-hotline-none".to_owned(), ..file(Kind::Utf8, &SHEET) };
        assert!(desk.import(&desk.ctx(), &lead, elsewhere, Apply::DryRun).await.is_err());
        for process in desk.processes().all_current() {
            let takes = process.definition.import.is_some();
            let file = ImportFile { process: process.definition.id.clone(), ..file(Kind::Utf8, &SHEET) };
            let got = desk.import(&desk.ctx(), &lead, file, Apply::DryRun).await;
            let refused = matches!(got, Err(AppError::Refused(Refusal::Process { .. })));
            assert_eq!(refused, !takes, "{}", process.definition.id);
        }
        let refused = desk.import(&desk.ctx(), &agent, file(Kind::Utf8, &SHEET), Apply::DryRun).await.unwrap_err();
        assert!(matches!(refused, AppError::Refused(Refusal::NotAllowed)), "{refused:?}");
        let refused = desk.keep_table(&desk.ctx(), &agent, b"a,b").await.unwrap_err();
        assert!(matches!(refused, AppError::Refused(Refusal::NotAllowed)), "{refused:?}");
    });
}

#[test]
fn only_the_desk_gives_tables_out() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        bring(&desk, &lead, file(Kind::Utf8, &SHEET), Apply::AllOrNothing).await;
        let member = desk.person("售后员", "after_sales", [Role::Member]).await;
        let all = Filter { state: StateFilter::Any, ..Filter::default() };
        for format in [ExportFormat::Xlsx, ExportFormat::Csv] {
            let refused = desk.export(&desk.ctx(), &member, &all, FormFields::Form, format).await.unwrap_err();
            assert!(matches!(refused, AppError::Refused(Refusal::NotAllowed)), "{refused:?}");
        }
        let agent = desk.person("专员", "service", [Role::Agent]).await;
        let out = desk.export(&desk.ctx(), &agent, &all, FormFields::FormAndExtra, ExportFormat::Csv).await.unwrap();
        assert_eq!(read_back("out.csv", &out.bytes).headers.len(), 21);
    });
}

#[test]
fn what_is_no_table_or_no_mapping_says_so() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let with = |bytes: &[u8], mapping: Option<&str>| ImportFile {
            bytes: bytes.to_vec(),
            mapping: mapping.map(str::to_owned),
            ..file(Kind::Utf8, &SHEET)
        };
        let empty = desk.import(&desk.ctx(), &lead, with(b"", None), Apply::DryRun).await.unwrap();
        assert!(matches!(&empty, Err(Unreadable::Table(fault)) if fault.code() == "empty"), "{empty:?}");
        let mapping = desk.import(&desk.ctx(), &lead, with(b"a,b\n1,2\n", Some("{")), Apply::DryRun).await.unwrap();
        assert!(matches!(mapping, Err(Unreadable::Mapping(_))), "{mapping:?}");
        let sheet = ImportFile { sheet: Some("没有".to_owned()), ..file(Kind::Xlsx, &SHEET) };
        let sheet = desk.import(&desk.ctx(), &lead, sheet, Apply::DryRun).await.unwrap();
        assert!(matches!(&sheet, Err(Unreadable::Table(fault)) if fault.code() == "no_such_sheet"), "{sheet:?}");
    });
}

#[test]
fn a_table_waits_an_hour_for_whoever_brought_it() {
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let other = desk.person("经理", "service", [Role::Manager]).await;
        let kept = desk.keep_table(&desk.ctx(), &lead, b"a,b\n1,2\n").await.unwrap();
        let named = yingda_app::kept::KeptTable::parse(&kept.to_string()).unwrap();
        assert_eq!(named, kept);
        assert_eq!(desk.kept_table(&desk.ctx(), &lead, &named).await.unwrap().as_deref(), Some(&b"a,b\n1,2\n"[..]));
        assert_eq!(desk.kept_table(&desk.ctx(), &other, &named).await.unwrap(), None);
        desk.clock.advance(SignedDuration::from_mins(61));
        assert_eq!(desk.kept_table(&desk.ctx(), &lead, &named).await.unwrap(), None);
        desk.schedule_upkeep(&desk.ctx()).await.unwrap();
        desk.run_jobs().await;
        assert_eq!(std::fs::read_dir(desk.files().join("imports")).unwrap().count(), 0, "the sweep takes it away");
        for wrong in ["", "1-", "x-0", "1-../../etc/passwd", "99999999999999999999-ab"] {
            assert_eq!(yingda_app::kept::KeptTable::parse(wrong), None, "{wrong}");
        }
    });
}

#[test]
fn a_thousand_requests_of_new_yorks_311_come_in_by_the_manuals_mapping() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data/tickets/nyc311/311_Service_Requests.csv");
    let Ok(bytes) = std::fs::read(path) else {
        println!("skipped: ../shared/data/tickets/nyc311 is not here");
        return;
    };
    on_both(async |desk| {
        let lead = ready(&desk).await;
        let file = ImportFile {
            process: S03.to_owned(),
            name: "311.csv".to_owned(),
            bytes: bytes.clone(),
            mapping: Some(include_str!("../../../../docs/import-311.json").to_owned()),
            ..ImportFile::default()
        };
        let done = bring(&desk, &lead, file, Apply::AllOrNothing).await;
        assert_eq!(done.fault_count, 0, "{:?}", done.faults.iter().take(5).collect::<Vec<_>>());
        assert_eq!((done.imported, done.rows), (Some(1000), 1000));
        let solved = Filter { state: StateFilter::Is(State::Solved), ..Filter::default() };
        assert_eq!(desk.queue_count(&lead, &solved, 10_000).await.unwrap(), 677);
        assert_eq!(count(&desk, &lead).await, 1000);
        let all = Filter { state: StateFilter::Any, ..Filter::default() };
        let out = desk.export(&desk.ctx(), &lead, &all, FormFields::Form, ExportFormat::Xlsx).await.unwrap();
        assert_eq!(out.rows, 1000);
        let back = read_back("out.xlsx", &out.bytes);
        assert!(back.headers.iter().map(String::as_str).eq(ImportColumn::FORM.map(ImportColumn::label)));
    });
}
