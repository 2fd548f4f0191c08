//! An expression as it stands in a file: parsed, with the place of every part, and made ready to run.
//!
//! The one thing to know: the parser recurses, so what is too long or too deep is refused before it is parsed. Whether
//! names and types fit is `typing`'s business.

use cel::IdedExpr;
use cel::common::ast::{Expr, LiteralValue};

use crate::fault::FaultKind;
use crate::typing::Slip;

/// Characters of one expression.
pub const MAX_CHARS: usize = 1_000;
/// Brackets inside each other. The parser's own frames are so large that an unoptimised build on a thread of 2 MiB
/// fails at eleven.
pub const MAX_BRACKETS: usize = 6;
/// Operators that chain without `&&`, `||` or a comma between them.
pub const MAX_CHAIN: usize = 48;

/// An expression that is CEL; whether it makes sense is not yet known.
pub(crate) struct Parsed {
    pub source: String,
    program: cel::Program,
}

pub(crate) fn parse(source: &str) -> Result<Parsed, Slip> {
    if source.chars().count() > MAX_CHARS || too_deep(source) {
        return Err((0, FaultKind::CelTooDeep { max: MAX_BRACKETS }));
    }
    match cel::Program::compile(source) {
        Ok(program) => Ok(Parsed { source: source.to_owned(), program }),
        Err(errors) => {
            let first = errors.errors.first();
            let message = first.map(|error| brief(&error.msg)).unwrap_or_default();
            let (line, column) = first.map_or((1, 1), |error| error.pos);
            // A later line of a block expression has no exact place in the file.
            let offset = if line <= 1 { usize::try_from(column - 1).unwrap_or(0) } else { 0 };
            Err((offset.min(source.chars().count()), FaultKind::CelSyntax { message }))
        }
    }
}

/// The parser's words without its list of every token that might have followed.
fn brief(message: &str) -> String {
    let message = message.strip_prefix("Syntax error: ").unwrap_or(message);
    message.split(" expecting ").next().unwrap_or(message).to_owned()
}

/// Whether the tree could become deeper than a thread bears: brackets, and operators that chain inside one pair of
/// them. `&&`, `||` and commas begin anew, because those trees are balanced. What stands in quotes counts as well:
/// guarding errs on the safe side.
fn too_deep(source: &str) -> bool {
    let (mut bases, mut chain) = (Vec::new(), 0usize);
    let mut before = ' ';
    for c in source.chars() {
        match c {
            '(' | '[' | '{' => bases.push(chain),
            ')' | ']' | '}' => chain = bases.pop().unwrap_or(0),
            '&' | '|' | ',' => chain = bases.last().copied().unwrap_or(0),
            '!' | '-' | '+' | '*' | '/' | '%' | '?' | '<' | '>' | '=' | '.' => chain += 1,
            'n' if before == 'i' => chain += 1,
            _ => {}
        }
        before = c;
        if bases.len() > MAX_BRACKETS || chain > MAX_CHAIN {
            return true;
        }
    }
    false
}

/// `date('2026-01-01')` in days, `timestamp('2026-01-01T00:00:00Z')` in microseconds, both since 1970.
pub(crate) fn instant_literal(function: &str, argument: &IdedExpr) -> Option<i64> {
    let Expr::Literal(LiteralValue::String(text)) = &argument.expr else {
        return None;
    };
    match function {
        "date" => text.inner().parse().ok().map(crate::condition::days),
        "timestamp" => text.inner().parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_microsecond),
        _ => None,
    }
}

/// The expression as it is run: `date(…)` and `timestamp(…)` replaced by their numbers.
pub(crate) fn lowered(expr: &IdedExpr) -> IdedExpr {
    let mut expr = expr.clone();
    lower(&mut expr);
    expr
}

fn lower(expr: &mut IdedExpr) {
    match &mut expr.expr {
        Expr::Call(call) => {
            if let (None, [argument]) = (&call.target, call.args.as_slice())
                && let Some(number) = instant_literal(&call.func_name, argument)
            {
                expr.expr = Expr::Literal(LiteralValue::Int(number.into()));
                return;
            }
            call.target.iter_mut().for_each(|target| lower(target));
            call.args.iter_mut().for_each(lower);
        }
        Expr::List(list) => list.elements.iter_mut().for_each(lower),
        Expr::Select(select) => lower(&mut select.operand),
        _ => {}
    }
}

impl Parsed {
    pub fn expr(&self) -> &IdedExpr {
        self.program.expression()
    }

    /// The first character (from 0) of a part.
    pub fn offset(&self, expr: &IdedExpr) -> usize {
        let own = self.program.source_info().offset_for(expr.id).map_or(0, |(start, _)| start as usize);
        let inner = match &expr.expr {
            Expr::Select(select) => Some(self.offset(&select.operand)),
            Expr::Call(call) => match (&call.target, call.args.first()) {
                (Some(target), _) => Some(self.offset(target)),
                (None, Some(first)) if call.func_name.starts_with(['_', '@']) => Some(self.offset(first)),
                _ => None,
            },
            _ => None,
        };
        inner.unwrap_or(own).min(self.source.chars().count())
    }

    /// `call.kind` for a message.
    pub fn text(&self, expr: &IdedExpr) -> String {
        match &expr.expr {
            Expr::Select(select) => match &select.operand.expr {
                Expr::Ident(root) => format!("{root}.{}", select.field),
                _ => select.field.clone(),
            },
            _ => self.source.clone(),
        }
    }
}
