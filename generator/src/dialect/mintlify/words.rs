//! The words that Mintlify puts on pages, as tables: English first, then the translations.
//!
//! [`super::labels`] gives them meaning; here is data only.

mod fields;
mod furniture;
mod headings;

pub(super) use fields::{CONSTRAINTS, DEFAULTS, MARKERS, OF_TYPE};
pub(super) use furniture::{
    AS_IN_PROSE, ASK, COPY, COPY_PAGE, CURL, FOOT, FOOT_STARTS, LANGUAGES, NAVIGATION, OTHERS, REPORT,
    SEARCH, SITE_MARKS, STARTS, TRY,
};
pub(super) use headings::{ASIDES, BY_HAND, REQUESTS, SECTIONS};
