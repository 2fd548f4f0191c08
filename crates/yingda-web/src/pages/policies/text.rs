//! What is typed into the table of a policy, the policy that it means, and back.
//!
//! The one thing to know: an empty cell is the file's, whatever it says; `none` as the unit takes the file's limit away.

use std::collections::BTreeMap;

use yingda_app::clocks::policy::{ClockPolicy, Policy};
use yingda_app::clocks::table::{self, CellFrom, CellWish, Wishes, amount_fault, emptied_rows, is_planned, table};
use yingda_core::refusal::FieldRefusal;
use yingda_process::clock::ClockRule;
use yingda_process::{Definition, Limit, LimitUnit};

use crate::front::Fields;

/// The unit that means no limit.
pub const NONE: &str = "none";

/// Values by the names of fields, and why.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PolicyText {
    values: BTreeMap<String, String>,
    /// Why it is changed.
    pub reason: String,
}

/// The name of a clock's calendar field.
#[must_use]
pub fn calendar_field(clock: &str) -> String {
    format!("clock.{clock}.calendar")
}

impl PolicyText {
    /// A policy as it stands.
    #[must_use]
    pub fn of(definition: &Definition, policy: &Policy) -> Self {
        let mut values = BTreeMap::new();
        for rule in &definition.clocks {
            let own = policy.clocks.get(&rule.id);
            if let Some(code) = own.and_then(|own| own.calendar.clone()) {
                values.insert(calendar_field(&rule.id), code);
            }
            for row in table(rule, own) {
                for cell in row.cells.iter().filter(|cell| cell.from == CellFrom::Company) {
                    let name = table::field(&rule.id, row.channel, cell.priority);
                    match cell.holds {
                        Some(limit) => {
                            values.insert(format!("{name}.amount"), limit.amount.to_string());
                            values.insert(format!("{name}.unit"), limit.unit.id().to_owned());
                        }
                        None => drop(values.insert(format!("{name}.unit"), NONE.to_owned())),
                    }
                }
            }
        }
        Self { values, reason: String::new() }
    }

    /// What was sent.
    #[must_use]
    pub fn sent(fields: &Fields) -> Self {
        let typed = fields.pairs.iter().filter(|(name, value)| name.starts_with("clock.") && !value.trim().is_empty());
        let values = typed.map(|(name, value)| (name.clone(), value.trim().to_owned())).collect();
        Self { values, reason: fields.get("reason").to_owned() }
    }

    /// The same to be sent again.
    #[must_use]
    pub fn hidden(&self) -> Vec<(String, String)> {
        let mut all: Vec<(String, String)> = self.values.clone().into_iter().collect();
        all.push(("reason".to_owned(), self.reason.clone()));
        all
    }

    /// What stands in a field.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    /// The policy that it means for a process whose policy is `now`.
    ///
    /// # Errors
    /// Every field at fault.
    pub fn read(&self, definition: &Definition, now: &Policy) -> Result<Policy, Vec<FieldRefusal>> {
        let mut faults = Vec::new();
        let mut policy = Policy::default();
        for rule in &definition.clocks {
            let own = now.clocks.get(&rule.id);
            let calendar = Some(self.get(&calendar_field(&rule.id)).to_owned()).filter(|code| !code.is_empty());
            let cells = if is_planned(rule) { None } else { self.cells(rule, own, &mut faults) };
            if calendar.is_some() || cells.is_some() {
                policy.clocks.insert(rule.id.clone(), ClockPolicy { calendar, cells });
            }
        }
        if faults.is_empty() { Ok(policy) } else { Err(faults) }
    }

    fn cells(
        &self,
        rule: &ClockRule,
        own: Option<&ClockPolicy>,
        faults: &mut Vec<FieldRefusal>,
    ) -> Option<Vec<yingda_app::clocks::policy::PolicyCell>> {
        let mut wishes = Wishes::new();
        for row in table(rule, own) {
            for cell in &row.cells {
                let name = table::field(&rule.id, row.channel, cell.priority);
                match self.wish(&name, cell.file) {
                    Ok(wish) => drop(wishes.insert((row.channel, cell.priority), wish)),
                    Err(fault) => faults.push(fault),
                }
            }
        }
        for channel in emptied_rows(rule, own, &wishes) {
            let name = table::field(&rule.id, Some(channel), yingda_process::Priority::Urgent);
            faults.push(FieldRefusal::new(&name, "limit-row-empty"));
        }
        table::compose(rule, own, &wishes)
    }

    fn wish(&self, name: &str, file: Option<Limit>) -> Result<CellWish, FieldRefusal> {
        let amount = self.get(&format!("{name}.amount"));
        let unit = match (self.get(&format!("{name}.unit")), file) {
            ("", _) if amount.is_empty() => return Ok(CellWish::AsFile),
            (NONE, _) if amount.is_empty() => return Ok(CellWish::NoLimit),
            (NONE, _) => return Err(FieldRefusal::new(name, "limit-none-amount")),
            ("", Some(limit)) => limit.unit,
            ("", None) => return Err(FieldRefusal::new(name, "limit-unit-missing")),
            (unit, _) => LimitUnit::from_id(unit).ok_or_else(|| FieldRefusal::new(name, "not-an-option"))?,
        };
        if amount.is_empty() {
            return Err(FieldRefusal::new(name, "limit-amount-missing"));
        }
        let amount = match amount.parse::<u32>() {
            Ok(amount) => amount,
            // A whole number that no limit can be.
            Err(_) if amount.bytes().all(|byte| byte.is_ascii_digit()) => u32::MAX,
            Err(_) => return Err(FieldRefusal::new(name, "limit-whole")),
        };
        let limit = Limit { amount, unit };
        match amount_fault(name, limit).filter(|_| file != Some(limit)) {
            Some(fault) => Err(fault),
            None => Ok(CellWish::Own(limit)),
        }
    }
}
