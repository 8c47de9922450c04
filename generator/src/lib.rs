//! docwright reads vendors' API reference pages and writes typed Rust.

pub mod claims;
pub mod config;
mod curl;
pub mod diagnostic;
pub mod dialect;
mod emit;
pub mod format;
pub mod input;
mod lower;
mod markdown;
pub mod model;
pub mod openapi;
pub mod output;
pub mod pipeline;
mod reflow;
mod resolve;
pub mod source;
pub mod yaml;
