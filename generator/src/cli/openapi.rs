//! `docwright openapi`: what the pages say, as an OpenAPI 3.1 document on standard output.

use docwright::{openapi::openapi, yaml};

use super::{
    args::DocumentFormat,
    exit::{Failure, Outcome},
    input::PageArguments,
    report::Reporter,
    write_result,
};

/// Reads the pages and prints the document; one comes out even where a page can't be understood.
pub(crate) fn run(
    pages: &PageArguments,
    format: DocumentFormat,
    reporter: &mut Reporter,
) -> Result<Outcome, Failure> {
    let document = openapi(&pages.read_reported(reporter)?);
    let text = match format {
        DocumentFormat::Json => serde_json::to_string_pretty(&document)
            .map(|json| json + "\n")
            .map_err(|error| Failure::Format(error.to_string()))?,
        DocumentFormat::Yaml => {
            yaml::to_string(&document).map_err(|error| Failure::Format(error.to_string()))?
        }
    };
    write_result(&text)?;
    Ok(reporter.outcome())
}
