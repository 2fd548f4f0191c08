//! The fields that a table can fill: the 15 of S03's form in the document's order (E-01), and what its steps ask for besides.
//!
//! The one thing to know: [`ImportColumn::key`] is the name in mapping files and in the API, [`ImportColumn::label`] is the
//! document's own header, and the synonyms serve only [`crate::Mapping::guess`].

use serde::{Deserialize, Serialize};

use crate::fold;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ImportColumn {
    Number,
    Customer,
    Contact,
    Phone,
    Kind,
    Description,
    Priority,
    Department,
    Person,
    AcceptedAt,
    RespondedAt,
    SolvedAt,
    Result,
    Rating,
    Remark,
    Channel,
    Industry,
    OccurredAt,
    Impact,
    ExpectedBy,
    Address,
}

impl ImportColumn {
    /// The 15 fields of S03's 流程记录表单, in order (E-01).
    pub const FORM: [Self; 15] = [
        Self::Number,
        Self::Customer,
        Self::Contact,
        Self::Phone,
        Self::Kind,
        Self::Description,
        Self::Priority,
        Self::Department,
        Self::Person,
        Self::AcceptedAt,
        Self::RespondedAt,
        Self::SolvedAt,
        Self::Result,
        Self::Rating,
        Self::Remark,
    ];

    /// What S03's steps 1 and 2 ask for and its form has no place for (E-01, observation f), and the address (S02, R-055).
    pub const EXTRA: [Self; 6] =
        [Self::Channel, Self::Industry, Self::OccurredAt, Self::Impact, Self::ExpectedBy, Self::Address];

    /// The form's fields, then the extra ones.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::FORM.into_iter().chain(Self::EXTRA)
    }

    /// The name in mapping files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.names().0
    }

    /// The header as S03 writes it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        self.names().1
    }

    /// Whether the column holds an instant.
    #[must_use]
    pub const fn is_time(self) -> bool {
        matches!(self, Self::AcceptedAt | Self::RespondedAt | Self::SolvedAt | Self::OccurredAt)
    }

    /// By key or by the document's header, either in any width and case.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let (folded, bare) = (fold::header(name), fold::header_without_brackets(name));
        Self::all().find(|column| {
            fold::header(column.key()) == folded || fold::header_without_brackets(column.label()) == bare
        })
    }

    /// Headers that other desks' exports use for the same thing, most telling first.
    pub(crate) const fn synonyms(self) -> &'static [&'static str] {
        self.names().2
    }

    const fn names(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Number => (
                "number",
                "工单编号",
                &[
                    "工单号",
                    "工单id",
                    "单号",
                    "受理编号",
                    "服务单号",
                    "编号",
                    "ticket number",
                    "ticket id",
                    "ticket no",
                    "unique key",
                    "case number",
                    "ticket",
                    "id",
                    "number",
                ],
            ),
            Self::Customer => (
                "customer",
                "客户名称",
                &[
                    "客户",
                    "客户单位",
                    "单位名称",
                    "公司名称",
                    "客户公司",
                    "用户名称",
                    "业主",
                    "customer name",
                    "customer",
                    "company",
                    "organisation",
                    "organization",
                    "account",
                ],
            ),
            Self::Contact => (
                "contact",
                "联系人",
                &[
                    "联系人姓名",
                    "来电人",
                    "报修人",
                    "投诉人",
                    "姓名",
                    "用户姓名",
                    "contact name",
                    "contact person",
                    "contact",
                    "caller",
                    "requester",
                ],
            ),
            Self::Phone => (
                "phone",
                "联系方式",
                &[
                    "联系电话",
                    "电话",
                    "电话号码",
                    "手机",
                    "手机号",
                    "手机号码",
                    "来电号码",
                    "phone number",
                    "phone",
                    "telephone",
                    "mobile",
                    "contact number",
                ],
            ),
            Self::Kind => (
                "kind",
                "问题类型",
                &[
                    "工单类型",
                    "业务类型",
                    "问题分类",
                    "投诉类型",
                    "类型",
                    "类别",
                    "分类",
                    "issue type",
                    "ticket type",
                    "complaint type",
                    "category",
                    "type",
                    "kind",
                ],
            ),
            Self::Description => (
                "description",
                "问题描述(含时间/影响范围)",
                &[
                    "问题内容",
                    "问题详情",
                    "工单内容",
                    "诉求内容",
                    "描述",
                    "内容",
                    "详情",
                    "issue description",
                    "description",
                    "descriptor",
                    "details",
                    "problem",
                    "subject",
                ],
            ),
            Self::Priority => {
                ("priority", "优先级", &["紧急程度", "优先等级", "优先级别", "级别", "priority", "urgency", "severity"])
            }
            Self::Department => (
                "department",
                "处理部门",
                &["责任部门", "承办部门", "受理部门", "承办单位", "部门", "department", "agency", "team", "group"],
            ),
            Self::Person => (
                "person",
                "责任人",
                &[
                    "处理人",
                    "负责人",
                    "经办人",
                    "受理人",
                    "处理人员",
                    "客服专员",
                    "assignee",
                    "assigned to",
                    "owner",
                    "agent",
                    "handler",
                    "person",
                ],
            ),
            Self::AcceptedAt => (
                "accepted_at",
                "受理时间",
                &[
                    "登记时间",
                    "创建时间",
                    "来电时间",
                    "提交时间",
                    "受理日期",
                    "创建日期",
                    "accepted at",
                    "created at",
                    "created date",
                    "created",
                    "opened at",
                    "received at",
                ],
            ),
            Self::RespondedAt => (
                "responded_at",
                "响应时间",
                &[
                    "首次响应时间",
                    "首响时间",
                    "回复时间",
                    "首次回复时间",
                    "responded at",
                    "first response at",
                    "first response",
                    "response time",
                    "response date",
                ],
            ),
            Self::SolvedAt => (
                "solved_at",
                "解决时间",
                &[
                    "完成时间",
                    "办结时间",
                    "处理完成时间",
                    "关闭时间",
                    "解决日期",
                    "solved at",
                    "resolved at",
                    "closed at",
                    "closed date",
                    "resolution date",
                    "completed at",
                ],
            ),
            Self::Result => (
                "result",
                "处理结果摘要",
                &[
                    "处理结果",
                    "解决方案",
                    "处理意见",
                    "处理情况",
                    "办理结果",
                    "结果",
                    "resolution description",
                    "resolution",
                    "result",
                    "solution",
                    "outcome",
                ],
            ),
            Self::Rating => (
                "rating",
                "客户评价",
                &["满意度", "客户满意度", "评价", "满意度评价", "rating", "satisfaction", "csat", "feedback"],
            ),
            Self::Remark => {
                ("remark", "备注", &["说明", "附注", "remark", "remarks", "notes", "note", "comment", "comments"])
            }
            Self::Channel => (
                "channel",
                "渠道",
                &[
                    "受理渠道",
                    "来源",
                    "来源渠道",
                    "受理方式",
                    "channel",
                    "channel type",
                    "open data channel type",
                    "source",
                ],
            ),
            Self::Industry => ("industry", "所属行业", &["行业", "客户行业", "industry", "sector"]),
            Self::OccurredAt => (
                "occurred_at",
                "发生时间",
                &["问题发生时间", "故障时间", "事发时间", "occurred at", "occurred", "incident date", "incident time"],
            ),
            Self::Impact => {
                ("impact", "影响范围", &["影响", "受影响范围", "impact", "affected", "affected area", "scope"])
            }
            Self::ExpectedBy => (
                "expected_by",
                "客户期望解决时限",
                &[
                    "期望解决时限",
                    "期望解决时间",
                    "期望时限",
                    "要求完成时间",
                    "expected by",
                    "due date",
                    "due",
                    "expected resolution",
                ],
            ),
            Self::Address => (
                "address",
                "地址",
                &[
                    "详细地址",
                    "客户地址",
                    "联系地址",
                    "发生地点",
                    "地点",
                    "address",
                    "incident address",
                    "location address",
                    "place",
                ],
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::ImportColumn;
    use crate::fold;

    #[test]
    fn no_name_stands_for_two_columns() {
        let mut seen = BTreeSet::new();
        for column in ImportColumn::all() {
            let names: BTreeSet<_> = column
                .synonyms()
                .iter()
                .chain([&column.label()])
                .map(|name| fold::header_without_brackets(name))
                .collect();
            for name in names {
                assert!(seen.insert(name.clone()), "{name} stands for two columns");
            }
        }
    }

    #[test]
    fn found_by_key_and_by_header() {
        assert_eq!(ImportColumn::named("accepted_at"), Some(ImportColumn::AcceptedAt));
        assert_eq!(ImportColumn::named("问题描述（含时间／影响范围）"), Some(ImportColumn::Description));
        assert_eq!(ImportColumn::named("客戶"), None);
    }
}
