//! What the tests share: where things lie, how a model is printed to be compared, the literate cases, what whole
//! folders of APIs are measured with, and pages, as many as are asked for.

pub mod corpus;
// Generated: formatted as docwright formats it.
#[rustfmt::skip]
pub mod fixtures;
pub mod fuzzed;
pub mod harmless;
pub mod literate;
pub mod pages;
pub mod printed;
pub mod wire;

use std::path::{Path, PathBuf};

/// The four documents, by their APIs' names.
pub const SEEDS: [(&str, &str); 4] = [
    ("example", "000_bda521984ad80dda.txt"),
    ("finix", "001_06e44b266e4cea65.txt"),
    ("devicehive", "002_9c203f688931ad24.txt"),
    ("upsun", "003_026957ddb6ce9e27.txt"),
];

/// The top of the repository.
#[must_use]
pub fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("..")).to_owned()
}

/// A seed's path.
#[must_use]
pub fn seed(file: &str) -> PathBuf {
    repository().join("seeds").join(file)
}
