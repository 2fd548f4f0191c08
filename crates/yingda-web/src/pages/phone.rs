//! The telephone call that goes with giving away a 紧急 matter: the fields of the forms, and what was typed into them.

use jiff::civil::DateTime;
use yingda_app::notices::PhoneNotice;
use yingda_core::{PersonId, Refusal};

use crate::front::{Fields, Visit};
use crate::i18n::Tr;
use crate::kit::{Choice, FieldKind, FieldView};

/// Names of the fields.
const NAMES: [&str; 3] = ["phone_person", "phone_at", "phone_remark"];

/// The fields, where the ticket is urgent; `people` where somebody has to be named who was called.
#[must_use]
pub fn fields(t: Tr, within: &str, people: Option<Vec<Choice>>) -> Vec<FieldView> {
    let hint = if people.is_some() { "phone-hint-transfer" } else { "phone-hint" };
    let mut fields = vec![FieldView::new(FieldKind::Datetime, "phone_at", t.say("phone-at")).hint(t.say(hint))];
    if let Some(people) = people {
        let person = FieldView::new(FieldKind::Person, "phone_person", t.say("phone-person"));
        fields.push(person.options(people).hint(t.say("phone-person-hint")));
    }
    fields.push(FieldView::new(FieldKind::Text, "phone_remark", t.say("phone-remark")));
    fields.into_iter().map(|field| field.within(within)).collect()
}

/// The call that was typed in; `None` where nothing was.
///
/// # Errors
/// Fields that cannot be read.
pub fn read(visit: &Visit, fields: &Fields) -> Result<Option<PhoneNotice>, Refusal> {
    if NAMES.iter().all(|name| fields.some(name).is_none()) {
        return Ok(None);
    }
    let Some(at) = fields.some("phone_at") else {
        return Err(Refusal::field("phone_at", "missing"));
    };
    // Browsers send `T` between day and time; people type a blank.
    let at = at.trim().replace(' ', "T").parse::<DateTime>().ok().and_then(|at| at.to_zoned(visit.zone()).ok());
    let Some(at) = at else {
        return Err(Refusal::field("phone_at", "bad-datetime"));
    };
    let person = fields.some("phone_person").map(str::parse::<PersonId>).transpose();
    let person = person.map_err(|_| Refusal::field("phone_person", "unknown-person"))?;
    Ok(Some(PhoneNotice { person, at: Some(at.timestamp()), remark: fields.get("phone_remark").to_owned() }))
}
