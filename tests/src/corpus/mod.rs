//! Whole APIs are read, generated, compiled and counted: what the binary `corpus` does.
//!
//! [`find`] looks for APIs, [`measure`] reads and generates one, [`compile`] hands the crates to Cargo, [`report`]
//! prints what came of it.

pub mod compile;
pub mod find;
pub mod measure;
pub mod report;
