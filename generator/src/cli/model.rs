//! `docwright model`: what the pages say, as YAML on standard output.

use docwright::yaml;

use super::{
    exit::{Failure, Outcome},
    input::PageArguments,
    report::Reporter,
    write_result,
};

/// Reads the pages and prints their model.
pub(crate) fn run(pages: &PageArguments, reporter: &mut Reporter) -> Result<Outcome, Failure> {
    let api = pages.read_reported(reporter)?;
    // Through JSON, so that a type with members is a map and not a YAML tag.
    let value = serde_json::to_value(&api).map_err(|error| Failure::Format(error.to_string()))?;
    let text = yaml::to_string(&value).map_err(|error| Failure::Format(error.to_string()))?;
    write_result(&text)?;
    Ok(reporter.outcome())
}
