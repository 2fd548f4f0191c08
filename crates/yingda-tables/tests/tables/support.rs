//! S03's two example rows (E-01), verbatim, in every dress that a file can wear.

use std::sync::LazyLock;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use rust_xlsxwriter::Workbook;
use yingda_tables::{FileHint, ImportRow, Priority, Rules, Table, read};

pub const HEADERS: [&str; 15] = [
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
];

pub const ROWS: [[&str; 15]; 2] = [
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
        "2024-10-0109:30",
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

pub fn csv_text(separator: char, headers: &[&str], rows: &[Vec<&str>]) -> String {
    let line = |cells: &[&str]| {
        let quoted: Vec<_> = cells
            .iter()
            .map(|cell| {
                if cell.contains([separator, '"', '\n']) {
                    format!("\"{}\"", cell.replace('"', "\"\""))
                } else {
                    (*cell).to_owned()
                }
            })
            .collect();
        quoted.join(&separator.to_string()) + "\r\n"
    };
    std::iter::once(line(headers)).chain(rows.iter().map(|row| line(row))).collect()
}

pub fn form_csv() -> String {
    csv_text(',', &HEADERS, &ROWS.map(|row| row.to_vec()))
}

pub fn form_xlsx() -> Vec<u8> {
    static FORM: LazyLock<Vec<u8>> = LazyLock::new(write_form);
    FORM.clone()
}

fn write_form() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (column, header) in (0..).zip(HEADERS) {
        sheet.write_string(0, column, header).unwrap();
    }
    for (row, cells) in (1..).zip(ROWS) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

pub fn shanghai() -> TimeZone {
    TimeZone::get("Asia/Shanghai").unwrap()
}

pub fn rules() -> Rules {
    Rules::new(shanghai())
}

pub fn read_any(bytes: &[u8]) -> Table {
    read(bytes, &FileHint::default()).unwrap()
}

/// What the two rows mean, from the requirements' normalised form.
pub fn form_rows() -> Vec<ImportRow> {
    let accepted = ["2024-10-01T09:30+08", "2024-10-01T14:20+08"];
    let responded = ["2024-10-01T10:00+08", "2024-10-01T15:00+08"];
    let solved = ["2024-10-01T15:00+08", "2024-10-02T10:00+08"];
    let at = |text: &str| Some(text.parse::<Timestamp>().unwrap());
    ROWS.iter()
        .enumerate()
        .map(|(index, cells)| {
            let text = |column: usize| Some(cells[column].to_owned());
            ImportRow {
                row: u32::try_from(index).unwrap() + 2,
                number: text(0),
                customer: text(1),
                contact: text(2),
                phone: text(3),
                kind: text(4),
                description: text(5),
                priority: Some([Priority::Urgent, Priority::High][index]),
                department: text(7),
                person: text(8),
                accepted_at: at(accepted[index]),
                responded_at: at(responded[index]),
                solved_at: at(solved[index]),
                result: text(12),
                rating: text(13),
                remark: text(14),
                ..ImportRow::default()
            }
        })
        .collect()
}
