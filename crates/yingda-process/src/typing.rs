//! The static type checker of expressions.
//!
//! The one thing to know: what it lets in cannot fail when it runs. It therefore takes only a part of CEL: fields,
//! literals, comparisons, `&& || ! ?:`, `in [ … ]`, `has()`, a few functions on text, and arithmetic that provably
//! stays in range. Names are the caller's: it is told what each `root.member` is.

use cel::IdedExpr;
use cel::common::ast::{CallExpr, Expr, LiteralValue, SelectExpr, operators};
use std::collections::BTreeSet;

use crate::condition::NameSource;
use crate::expression::{Parsed, instant_literal};
use crate::fault::{CelType, FaultKind};
use crate::hint::nearest;
use crate::number::MAX_WHOLE;
use crate::presence::presence;

/// A fault and the character (from 0) of the expression where it is.
pub(crate) type Slip = (usize, FaultKind);

/// What a `root.member` is.
#[derive(Debug, Clone)]
pub(crate) struct Variable {
    pub source: NameSource,
    pub cel_type: CelType,
    /// The only texts it can be.
    pub options: Option<Vec<String>>,
}

/// The names an expression may use.
pub(crate) trait Scope {
    /// # Errors
    /// The fault to report, without its place.
    fn find(&self, root: &str, member: &str) -> Result<Variable, FaultKind>;
    /// A hint for a name without a dot.
    fn suggest(&self, name: &str) -> Option<String>;
}

/// Everything that is wrong with an expression that must answer yes or no, where `certain` surely has a value.
pub(crate) fn check(parsed: &Parsed, scope: &dyn Scope, certain: &BTreeSet<String>) -> Vec<Slip> {
    let mut checker = Checker { parsed, scope, slips: Vec::new() };
    if let Some(typed) = checker.typed(parsed.expr(), certain)
        && typed.cel_type != CelType::Bool
    {
        let fault = FaultKind::CelType { wanted: CelType::Bool, found: typed.cel_type };
        checker.slip(parsed.expr(), fault);
    }
    checker.slips
}

/// The type of a part, and what is known of its value.
struct Typed {
    cel_type: CelType,
    options: Option<Vec<String>>,
    literal: Option<String>,
    /// No whole number here is larger, with or without sign.
    bound: u128,
}

impl Typed {
    fn plain(cel_type: CelType) -> Self {
        Self { cel_type, options: None, literal: None, bound: MAX_WHOLE.unsigned_abs().into() }
    }
}

struct Checker<'a> {
    parsed: &'a Parsed,
    scope: &'a dyn Scope,
    slips: Vec<Slip>,
}

impl Checker<'_> {
    fn slip(&mut self, at: &IdedExpr, fault: FaultKind) {
        let offset = self.parsed.offset(at);
        self.slips.push((offset, fault));
    }

    /// `None` after a fault: what depends on it is not judged.
    fn typed(&mut self, expr: &IdedExpr, certain: &BTreeSet<String>) -> Option<Typed> {
        match &expr.expr {
            Expr::Literal(literal) => self.literal(expr, literal),
            Expr::Select(select) => self.select(expr, select, certain),
            Expr::Call(call) => self.call(expr, call, certain),
            Expr::Ident(name) => {
                let hint = self.scope.suggest(name);
                self.slip(expr, FaultKind::CelUnknown { name: name.clone(), hint });
                None
            }
            Expr::List(_) => self.unsupported(expr, "[ ]"),
            Expr::Map(_) | Expr::Struct(_) => self.unsupported(expr, "{ }"),
            Expr::Comprehension(_) => self.unsupported(expr, "all/exists/map/filter"),
            Expr::Unspecified => self.unsupported(expr, ""),
        }
    }

    fn unsupported(&mut self, expr: &IdedExpr, what: &str) -> Option<Typed> {
        self.slip(expr, FaultKind::CelUnsupported { what: what.to_owned() });
        None
    }

    fn literal(&mut self, expr: &IdedExpr, literal: &LiteralValue) -> Option<Typed> {
        match literal {
            LiteralValue::Boolean(_) => Some(Typed::plain(CelType::Bool)),
            LiteralValue::Double(_) => Some(Typed::plain(CelType::Double)),
            LiteralValue::Int(number) => {
                Some(Typed { bound: number.inner().unsigned_abs().into(), ..Typed::plain(CelType::Int) })
            }
            LiteralValue::String(text) => {
                Some(Typed { literal: Some(text.inner().to_owned()), ..Typed::plain(CelType::String) })
            }
            LiteralValue::Null => self.unsupported(expr, "null"),
            LiteralValue::Bytes(_) => self.unsupported(expr, "b''"),
            LiteralValue::UInt(_) => self.unsupported(expr, "1u"),
        }
    }

    fn select(&mut self, expr: &IdedExpr, select: &SelectExpr, certain: &BTreeSet<String>) -> Option<Typed> {
        let Expr::Ident(root) = &select.operand.expr else {
            return self.unsupported(expr, "a.b.c");
        };
        let variable = match self.scope.find(root, &select.field) {
            Ok(variable) => variable,
            Err(fault) => {
                self.slip(expr, fault);
                return None;
            }
        };
        if select.test {
            return Some(Typed::plain(CelType::Bool));
        }
        let name = format!("{root}.{}", select.field);
        if variable.cel_type == CelType::Files {
            return self.unsupported(expr, &name);
        }
        let always = matches!(variable.source, NameSource::Passes | NameSource::Priority | NameSource::Channel);
        if !always && !certain.contains(&name) {
            self.slip(expr, FaultKind::MayBeAbsent { name });
            return None;
        }
        Some(Typed { options: variable.options, ..Typed::plain(variable.cel_type) })
    }

    fn call(&mut self, expr: &IdedExpr, call: &CallExpr, certain: &BTreeSet<String>) -> Option<Typed> {
        match (call.func_name.as_str(), call.args.as_slice()) {
            (operators::LOGICAL_AND, [left, right]) => {
                let holds = presence(left).when_true;
                self.both_bool(left, right, certain, &holds)
            }
            (operators::LOGICAL_OR, [left, right]) => {
                let fails = presence(left).when_false;
                self.both_bool(left, right, certain, &fails)
            }
            (operators::LOGICAL_NOT, [inner]) => {
                self.expect(inner, certain, CelType::Bool).map(|()| Typed::plain(CelType::Bool))
            }
            (operators::CONDITIONAL, [question, yes, no]) => self.conditional(question, yes, no, certain),
            (operators::EQUALS | operators::NOT_EQUALS, [left, right]) => {
                let left_type = self.typed(left, certain);
                let right_type = self.typed(right, certain);
                let (left_type, right_type) = (left_type?, right_type?);
                self.same(expr, &call.func_name, &left_type, &right_type)?;
                self.option(right, &left_type, &right_type, left);
                self.option(left, &right_type, &left_type, right);
                Some(Typed::plain(CelType::Bool))
            }
            (
                operators::LESS | operators::LESS_EQUALS | operators::GREATER | operators::GREATER_EQUALS,
                [left, right],
            ) => self.ordering(expr, &call.func_name, left, right, certain),
            (operators::IN, [left, right]) => self.membership(expr, left, right, certain),
            (operators::NEGATE, [inner]) => {
                let typed = self.typed(inner, certain)?;
                match typed.cel_type {
                    CelType::Int | CelType::Double => Some(Typed { options: None, literal: None, ..typed }),
                    found => {
                        self.slip(inner, FaultKind::CelType { wanted: CelType::Int, found });
                        None
                    }
                }
            }
            (
                operators::ADD | operators::SUBSTRACT | operators::MULTIPLY | operators::DIVIDE | operators::MODULO,
                [left, right],
            ) => self.arithmetic(expr, &call.func_name, left, right, certain),
            (name, arguments) => self.function(expr, name, call.target.as_deref(), arguments, certain),
        }
    }

    fn expect(&mut self, expr: &IdedExpr, certain: &BTreeSet<String>, wanted: CelType) -> Option<()> {
        let found = self.typed(expr, certain)?.cel_type;
        if found == wanted {
            return Some(());
        }
        self.slip(expr, FaultKind::CelType { wanted, found });
        None
    }

    fn both_bool(
        &mut self,
        left: &IdedExpr,
        right: &IdedExpr,
        certain: &BTreeSet<String>,
        known: &BTreeSet<String>,
    ) -> Option<Typed> {
        let left_fits = self.expect(left, certain, CelType::Bool);
        let right_fits = self.expect(right, &(certain | known), CelType::Bool);
        left_fits.and(right_fits).map(|()| Typed::plain(CelType::Bool))
    }

    fn conditional(
        &mut self,
        question: &IdedExpr,
        yes: &IdedExpr,
        no: &IdedExpr,
        certain: &BTreeSet<String>,
    ) -> Option<Typed> {
        let fits = self.expect(question, certain, CelType::Bool);
        let known = presence(question);
        let yes_type = self.typed(yes, &(certain | &known.when_true));
        let no_type = self.typed(no, &(certain | &known.when_false));
        let (yes_type, no_type) = (yes_type?, no_type?);
        fits?;
        self.same(no, operators::CONDITIONAL, &yes_type, &no_type)?;
        Some(Typed { bound: yes_type.bound.max(no_type.bound), ..Typed::plain(yes_type.cel_type) })
    }

    fn same(&mut self, at: &IdedExpr, operator: &str, left: &Typed, right: &Typed) -> Option<()> {
        if left.cel_type == right.cel_type {
            return Some(());
        }
        let operator = operator.replace('_', "");
        self.slip(at, FaultKind::CelOperands { operator, left: left.cel_type, right: right.cel_type });
        None
    }

    /// A literal beside a choice must be one of its options.
    fn option(&mut self, literal_at: &IdedExpr, choice: &Typed, literal: &Typed, choice_at: &IdedExpr) {
        let (Some(options), Some(text)) = (&choice.options, &literal.literal) else {
            return;
        };
        if options.contains(text) {
            return;
        }
        let hint = nearest(text, options.iter().map(String::as_str));
        let field = self.parsed.text(choice_at);
        self.slip(literal_at, FaultKind::CelNotAnOption { field, option: text.clone(), hint });
    }

    fn ordering(
        &mut self,
        expr: &IdedExpr,
        operator: &str,
        left: &IdedExpr,
        right: &IdedExpr,
        certain: &BTreeSet<String>,
    ) -> Option<Typed> {
        let left_type = self.typed(left, certain);
        let right_type = self.typed(right, certain);
        let (left_type, right_type) = (left_type?, right_type?);
        self.same(expr, operator, &left_type, &right_type)?;
        match left_type.cel_type {
            CelType::Int | CelType::Double | CelType::Date | CelType::Timestamp => Some(Typed::plain(CelType::Bool)),
            found => {
                let operator = operator.replace('_', "");
                self.slip(expr, FaultKind::CelOperands { operator, left: found, right: found });
                None
            }
        }
    }

    fn membership(
        &mut self,
        expr: &IdedExpr,
        left: &IdedExpr,
        right: &IdedExpr,
        certain: &BTreeSet<String>,
    ) -> Option<Typed> {
        let left_type = self.typed(left, certain);
        let Expr::List(list) = &right.expr else {
            return self.unsupported(right, "in");
        };
        if !list.optional_indices.is_empty() {
            return self.unsupported(right, "[?]");
        }
        let items: Vec<Option<Typed>> = list.elements.iter().map(|item| self.typed(item, certain)).collect();
        let left_type = left_type?;
        for (item, item_type) in list.elements.iter().zip(items) {
            let item_type = item_type?;
            self.same(expr, "in", &left_type, &item_type)?;
            self.option(item, &left_type, &item_type, left);
        }
        Some(Typed::plain(CelType::Bool))
    }

    fn arithmetic(
        &mut self,
        expr: &IdedExpr,
        operator: &str,
        left: &IdedExpr,
        right: &IdedExpr,
        certain: &BTreeSet<String>,
    ) -> Option<Typed> {
        let left_type = self.typed(left, certain);
        let right_type = self.typed(right, certain);
        let (left_type, right_type) = (left_type?, right_type?);
        self.same(expr, operator, &left_type, &right_type)?;
        let sign = operator.replace('_', "");
        let by_zero = matches!(operator, operators::DIVIDE | operators::MODULO) && !nonzero(right);
        match left_type.cel_type {
            CelType::String if operator == operators::ADD => Some(Typed::plain(CelType::String)),
            CelType::Double if operator != operators::MODULO && !by_zero => Some(Typed::plain(CelType::Double)),
            CelType::Int if !by_zero => {
                let bound = match operator {
                    operators::ADD | operators::SUBSTRACT => left_type.bound + right_type.bound,
                    operators::MULTIPLY => left_type.bound.saturating_mul(right_type.bound),
                    _ => left_type.bound,
                };
                if bound > u128::from(i64::MAX.unsigned_abs()) {
                    self.slip(expr, FaultKind::CelMayFail { what: sign });
                    return None;
                }
                Some(Typed { bound, ..Typed::plain(CelType::Int) })
            }
            CelType::Double | CelType::Int => {
                self.slip(expr, FaultKind::CelMayFail { what: sign });
                None
            }
            found => {
                self.slip(expr, FaultKind::CelOperands { operator: sign, left: found, right: found });
                None
            }
        }
    }

    fn function(
        &mut self,
        expr: &IdedExpr,
        name: &str,
        target: Option<&IdedExpr>,
        arguments: &[IdedExpr],
        certain: &BTreeSet<String>,
    ) -> Option<Typed> {
        match (name, target, arguments) {
            ("size", None, [text]) | ("size", Some(text), []) => {
                self.expect(text, certain, CelType::String)?;
                Some(Typed::plain(CelType::Int))
            }
            ("startsWith" | "endsWith" | "contains", Some(text), [part]) => {
                let text_fits = self.expect(text, certain, CelType::String);
                let part_fits = self.expect(part, certain, CelType::String);
                text_fits.and(part_fits).map(|()| Typed::plain(CelType::Bool))
            }
            ("date", None, [literal]) if instant_literal(name, literal).is_some() => Some(Typed::plain(CelType::Date)),
            ("timestamp", None, [literal]) if instant_literal(name, literal).is_some() => {
                Some(Typed::plain(CelType::Timestamp))
            }
            _ => self.unsupported(expr, &format!("{name}()")),
        }
    }
}

fn nonzero(expr: &IdedExpr) -> bool {
    match &expr.expr {
        Expr::Literal(LiteralValue::Int(number)) => *number.inner() != 0,
        Expr::Literal(LiteralValue::Double(number)) => *number.inner() != 0.0,
        _ => false,
    }
}
