//! Limits by channel and priority, as they are read from a file.

use yingda_process::vocabulary::Origin;
use yingda_process::{Channel, Limit, LimitRule, LimitUnit, Priority, load};

const SMALL: &str = include_str!("cases/small.yaml");

/// The limit of the first step, written as `limit`.
fn rule(limit: &str) -> LimitRule {
    let text = SMALL.replacen("limit: { minutes: 5 }", &format!("limit: {limit}"), 1);
    let definition = load(&text, "f").unwrap_or_else(|faults| panic!("{}", faults[0]));
    definition.steps[0].limit().unwrap().clone()
}

fn short(rule: &LimitRule, priority: Priority, channel: Channel) -> String {
    rule.resolve(priority, channel).map_or("-".to_owned(), Limit::short)
}

#[test]
fn the_most_specific_cell_wins_and_may_be_empty() {
    let rule = rule(
        "{ by_channel: { other: { by_priority: { 低: { months: 1 }, 紧急: { working_hours: 2 } } }, mail: { hours: 24 }, \
         fax: { by_priority: { 紧急: { weeks: 1 } } } } }",
    );
    let table: Vec<[String; 3]> = [Channel::Phone, Channel::Mail, Channel::Fax]
        .map(|channel| [Priority::Urgent, Priority::Medium, Priority::Low].map(|p| short(&rule, p, channel)))
        .to_vec();
    // The row of the fax is empty for 低 and does not fall back on the row for all others.
    let wanted = [["2工作小时", "-", "1个月"], ["24小时", "24小时", "24小时"], ["1周", "-", "-"]];
    assert_eq!(table, wanted.map(|row| row.map(str::to_owned)));
    assert_eq!(
        rule.short(),
        "邮件\u{ff1a}24小时\u{ff1b}传真\u{ff1a}紧急 1周\u{ff1b}其他\u{ff1a}紧急 2工作小时\u{ff1b}低 1个月"
    );
    let listed: Vec<(Option<Channel>, Option<Priority>)> =
        rule.cells().map(|(channel, cell)| (channel, cell.priority)).collect();
    assert_eq!(
        listed,
        [
            (Some(Channel::Mail), None),
            (Some(Channel::Fax), Some(Priority::Urgent)),
            (None, Some(Priority::Urgent)),
            (None, Some(Priority::Low))
        ]
    );
}

#[test]
fn without_a_row_for_all_others_a_channel_has_no_limit() {
    let rule = rule("{ by_channel: { mail: { hours: 24 } } }");
    assert_eq!(short(&rule, Priority::High, Channel::Phone), "-");
}

#[test]
fn a_cell_says_where_it_comes_from() {
    let rule = rule(
        "{ requirements: [T03], by_priority: { 紧急: { hours: 2 }, 低: { days: 3, origin: default, note: 没有规定 } } }",
    );
    let of = |priority| rule.cell(priority, Channel::Phone).map(|cell| cell.trace.clone()).unwrap();
    assert_eq!(
        (of(Priority::Urgent).origin, of(Priority::Urgent).requirements),
        (Origin::Document, vec!["T03".into()])
    );
    assert_eq!((of(Priority::Low).origin, of(Priority::Low).note), (Origin::Default, Some("没有规定".into())));
    assert_eq!(rule.trace.requirements, ["T03"]);
}

#[test]
fn every_unit_can_be_written() {
    for unit in LimitUnit::ALL {
        let limit = rule(&format!("{{ {}: 3 }}", unit.id())).resolve(Priority::Low, Channel::Api);
        assert_eq!(limit, Some(Limit { amount: 3, unit: *unit }));
        assert_eq!(LimitUnit::from_id(unit.id()), Some(*unit));
    }
}
