//! Reading.
use crate::{FieldFault, Form, RawForm, Values};
use jiff::tz::TimeZone;
pub(crate) fn read(_: &Form, _: &RawForm, _: &TimeZone) -> Result<Values, Vec<FieldFault>> {
    Ok(Values::default())
}
pub(crate) fn accept(_: &Form, _: &Values) -> Result<(), Vec<FieldFault>> {
    Ok(())
}
