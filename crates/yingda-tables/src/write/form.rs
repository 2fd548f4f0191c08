//! S03's 流程记录表单 as a table: the document's 15 headers in the document's order (E-01).

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::{OutCell, OutTable};
use crate::column::ImportColumn as C;
use crate::row::ImportRow;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FormFields {
    /// The 15 of the document.
    Form,
    /// The document's 15, then 渠道, 所属行业, 发生时间, 影响范围, 客户期望解决时限 and 地址.
    FormAndExtra,
}

/// The rows under S03's headers.
pub fn form_table<'a>(
    rows: impl IntoIterator<Item = &'a ImportRow>,
    fields: FormFields,
    zone: TimeZone,
    made_at: Timestamp,
) -> OutTable {
    let extra: &[C] = match fields {
        FormFields::Form => &[],
        FormFields::FormAndExtra => &C::EXTRA,
    };
    let columns: Vec<C> = C::FORM.iter().chain(extra).copied().collect();
    OutTable {
        sheet: "流程记录表单".to_owned(),
        headers: columns.iter().map(|column| column.label().to_owned()).collect(),
        rows: rows.into_iter().map(|row| columns.iter().map(|column| field(row, *column)).collect()).collect(),
        zone,
        made_at,
    }
}

fn field(row: &ImportRow, column: C) -> OutCell {
    let text = |value: &Option<String>| OutCell::text(value.as_deref());
    match column {
        C::Number => text(&row.number),
        C::Customer => text(&row.customer),
        C::Contact => text(&row.contact),
        C::Phone => text(&row.phone),
        C::Kind => text(&row.kind),
        C::Description => text(&row.description),
        C::Priority => OutCell::text(row.priority.map(crate::row::Priority::label)),
        C::Department => text(&row.department),
        C::Person => text(&row.person),
        C::AcceptedAt => OutCell::time(row.accepted_at),
        C::RespondedAt => OutCell::time(row.responded_at),
        C::SolvedAt => OutCell::time(row.solved_at),
        C::Result => text(&row.result),
        C::Rating => text(&row.rating),
        C::Remark => text(&row.remark),
        C::Channel => text(&row.channel),
        C::Industry => text(&row.industry),
        C::OccurredAt => OutCell::time(row.occurred_at),
        C::Impact => text(&row.impact),
        C::ExpectedBy => text(&row.expected_by),
        C::Address => text(&row.address),
    }
}
