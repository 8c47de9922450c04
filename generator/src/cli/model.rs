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
    let api = pages.read_api(reporter)?;
    let text = yaml::to_string(&api).map_err(|error| Failure::Format(error.to_string()))?;
    write_result(&text)?;
    Ok(reporter.outcome())
}
