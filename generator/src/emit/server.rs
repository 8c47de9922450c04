//! The server of an API.

use proc_macro2::TokenStream;

use crate::lower::plan::Plan;

/// The items of an API's `server.rs`.
pub(crate) fn server(_plan: &Plan) -> Vec<TokenStream> {
    Vec::new()
}
