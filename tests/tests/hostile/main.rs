//! Hostile pages, and the effect of each on what comes after docwright: the compiler, `cargo test --doc`,
//! rustdoc and who reads its pages, a terminal.

mod code;
mod docs;
mod pages;
mod terminal;

use docwright::{
    diagnostic::Diagnostic,
    input::{Reading, read_apis},
    pipeline::{Files, Layout, PageInput, generate},
};

/// All that comes of a page.
struct Outcome {
    reading: Reading,
    files: Files,
    diagnostics: Vec<Diagnostic>,
}

/// Runs everything over a page of a name.
fn run(name: &str, page: &str) -> Outcome {
    let bytes = page.as_bytes().to_vec();
    let input = PageInput::new(name, bytes);
    let reading = read_apis(vec![("api".to_owned(), vec![input])]);
    let (files, lowering) = generate(&reading.models(), &Layout::default());
    let diagnostics = reading.diagnostics.iter().cloned().chain(lowering).collect();
    Outcome { reading, files, diagnostics }
}
