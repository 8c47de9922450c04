//! The client of an API.

use proc_macro2::TokenStream;

use crate::lower::plan::Plan;

/// The items of an API's `client.rs`.
pub(crate) fn client(_plan: &Plan) -> Vec<TokenStream> {
    Vec::new()
}
