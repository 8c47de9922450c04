//! The words that Mintlify puts on pages, as tables: English first, then the translations.
//!
//! [`super::labels`] gives them meaning; here is data only.

mod fields;
mod furniture;
mod headings;

pub(super) use fields::{CONSTRAINTS, DEFAULTS, MARKERS, OF_TYPE};
pub(super) use furniture::{BUTTONS, FURNITURE, FURNITURE_STARTS};
pub(super) use headings::{ASIDES, BY_HAND, REQUESTS, SECTIONS};
