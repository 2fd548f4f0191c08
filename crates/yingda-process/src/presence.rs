//! What an expression proves about fields having a value.
//!
//! The one thing to know: only `has()`, `&&`, `||` and `!` prove anything, so this is read off the text of the
//! expression and needs no types. The same facts travel along the arrows of a gateway.

use cel::IdedExpr;
use cel::common::ast::{Expr, operators};
use std::collections::BTreeSet;

/// Names (`root.member`) that surely have a value if the expression is true, or if it is false.
#[derive(Debug, Default)]
pub(crate) struct Presence {
    pub when_true: BTreeSet<String>,
    pub when_false: BTreeSet<String>,
}

pub(crate) fn presence(expr: &IdedExpr) -> Presence {
    match &expr.expr {
        Expr::Select(select) if select.test => match &select.operand.expr {
            Expr::Ident(root) => Presence {
                when_true: BTreeSet::from([format!("{root}.{}", select.field)]),
                when_false: BTreeSet::new(),
            },
            _ => Presence::default(),
        },
        Expr::Call(call) => match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_AND, [left, right]) => {
                let (left, right) = (presence(left), presence(right));
                Presence {
                    when_true: &left.when_true | &right.when_true,
                    when_false: &left.when_false & &right.when_false,
                }
            }
            (operators::LOGICAL_OR, [left, right]) => {
                let (left, right) = (presence(left), presence(right));
                Presence {
                    when_true: &left.when_true & &right.when_true,
                    when_false: &left.when_false | &right.when_false,
                }
            }
            (operators::LOGICAL_NOT, [inner]) => {
                let inner = presence(inner);
                Presence { when_true: inner.when_false, when_false: inner.when_true }
            }
            _ => Presence::default(),
        },
        _ => Presence::default(),
    }
}

/// Every `root.member` that an expression mentions, also inside `has()`.
pub(crate) fn mentioned(expr: &IdedExpr) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    gather(expr, &mut found);
    found
}

fn gather(expr: &IdedExpr, found: &mut BTreeSet<(String, String)>) {
    match &expr.expr {
        Expr::Select(select) => match &select.operand.expr {
            Expr::Ident(root) => {
                found.insert((root.clone(), select.field.clone()));
            }
            _ => gather(&select.operand, found),
        },
        Expr::Call(call) => {
            call.target.iter().for_each(|target| gather(target, found));
            call.args.iter().for_each(|argument| gather(argument, found));
        }
        Expr::List(list) => list.elements.iter().for_each(|item| gather(item, found)),
        _ => {}
    }
}
