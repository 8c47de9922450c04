//! What is fuzzed: functions from bytes to nothing, which panic where docwright breaks its word.
//!
//! The targets of `generator/fuzz` call them, and so does the test that keeps what was found. Nothing here depends on
//! the rest of this crate but the check of generated code, so that a target is small.

use std::fmt::Debug;

use docwright::{
    config::Config,
    diagnostic::{
        Diagnostic, Severity,
        render::{Format, Renderer},
    },
    dialect::{self, Dialect},
    input::read_apis,
    openapi::openapi,
    pipeline::{Layout, PageInput, generate},
    source::{PageId, Source, Span},
    yaml,
};

use crate::harmless::check_code;

/// A name, and what it does with an input.
pub type Target = (&'static str, fn(&[u8]));

/// The targets by name.
pub const TARGETS: &[Target] = &[
    ("bump", |bytes| read(bytes, Dialect::Bump)),
    ("redocly", |bytes| read(bytes, Dialect::Redocly)),
    ("readme", |bytes| read(bytes, Dialect::ReadMe)),
    ("mintlify", |bytes| read(bytes, Dialect::Mintlify)),
    ("reflow", reflow),
    ("definition", definition),
    ("config", config),
    ("files", files),
];

/// Calls a target by its name.
///
/// # Panics
///
/// Where there is none, or docwright breaks its word.
pub fn call(target: &str, bytes: &[u8]) {
    let (_, call) = TARGETS.iter().find(|(name, _)| *name == target).expect("a target of that name");
    call(bytes);
}

/// Reads a page of one dialect, whatever it looks like.
fn read(bytes: &[u8], dialect: Dialect) {
    let (source, mended) = Source::from_bytes("page.md", PageId(0), bytes);
    check_read(&source, dialect);
    check_drawn(&mended, &source);
}

fn check_read(source: &Source, dialect: Dialect) {
    let reading = dialect::read(source, PageId(0), dialect);
    for (range, claim) in reading.claims.stretches() {
        assert!(source.text().get(range.clone()).is_some(), "{claim:?}: {range:?} is no stretch of the page");
    }
    check_drawn(&reading.diagnostics, source);
    check_same(&dialect::read(source, PageId(0), dialect).page, &reading.page);
}

/// Diagnostics are about stretches of the page, and can be drawn.
fn check_drawn(diagnostics: &[Diagnostic], source: &Source) {
    for diagnostic in diagnostics {
        for span in std::iter::once(&diagnostic.span).chain(diagnostic.related.iter().map(|(span, _)| span)) {
            check_span(*span, source, &diagnostic.message);
        }
        for format in [Format::Full, Format::Json] {
            let text = Renderer { format, styled: false }.render(diagnostic, &[source]);
            assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        }
    }
}

fn check_span(span: Span, source: &Source, what: &str) {
    assert!(source.text().get(span.range()).is_some(), "{what}: {span:?} is no stretch of the page");
}

fn check_same<T: PartialEq + Debug>(left: &T, right: &T) {
    assert!(left == right, "a second run gives something else: {left:#?}\n{right:#?}");
}

/// Reads a page that has lost its line breaks, as each dialect.
fn reflow(bytes: &[u8]) {
    let (source, _) = Source::from_bytes("page.md", PageId(0), bytes);
    let flat = source.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let (source, _) = Source::from_bytes("page.md", PageId(0), flat.as_bytes());
    for dialect in [Dialect::Bump, Dialect::Redocly, Dialect::ReadMe, Dialect::Mintlify] {
        check_read(&source, dialect);
    }
}

/// Reads a definition, YAML or JSON, in each of the frames that pages have for one.
fn definition(bytes: &[u8]) {
    let frames: [(&[u8], &[u8]); 3] = [
        (b"# A page\n\n## OpenAPI\n\n`````yaml openapi.json put /a\n", b"\n`````\n"),
        (b"# A page\n\n## OpenAPI\n\n`````yaml put /a\n", b"\n`````\n"),
        (b"# A page\n\n# OpenAPI definition\n\n`````json\n", b"\n`````\n"),
    ];
    for (before, after) in frames {
        files(&[before, bytes, after].concat());
    }
}

/// Reads a `docwright.yaml`.
fn config(bytes: &[u8]) {
    let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), bytes);
    match Config::parse("docwright.yaml".as_ref(), &source) {
        Ok(config) => {
            let inside = |name: &String| !name.is_empty() && !name.contains(['/', '\\', '.', '\0']);
            assert!(config.apis.keys().all(inside), "{:?}", config.apis.keys());
        }
        Err(diagnostic) => check_drawn(&[*diagnostic], &source),
    }
}

/// What parts the pages of one input.
const BETWEEN: &str = "\u{c}";

/// Everything, from the bytes of pages to the files.
fn files(bytes: &[u8]) {
    let pages = bytes.split(|byte| BETWEEN.as_bytes().contains(byte)).take(4);
    let input = |(at, bytes): (usize, &[u8])| PageInput::new(format!("{at}.md"), bytes);
    let pages: Vec<_> = pages.enumerate().map(input).collect();
    let run = || {
        let reading = read_apis(vec![("api".to_owned(), pages.clone())]);
        let (files, lowering) = generate(&reading.models(), &Layout::default());
        let documents: Vec<_> = reading.models().iter().map(|api| openapi(api).to_string()).collect();
        (reading, files, lowering, documents)
    };
    let (reading, files, lowering, documents) = run();
    for (path, text) in files.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "rs")) {
        if let Err(found) = check_code(text) {
            panic!("{}: {found}\n{text}", path.display());
        }
    }
    let sources = reading.sources();
    for diagnostic in reading.diagnostics.iter().chain(&lowering) {
        let text = Renderer::default().render(diagnostic, &sources);
        assert!(!text.contains(|c: char| c.is_control() && c != '\n'), "{text:?}");
        let source = sources.get(diagnostic.span.page.0 as usize).expect("a page of the run");
        check_span(diagnostic.span, source, &diagnostic.message);
    }
    let broken = reading.diagnostics.iter().any(|d| d.severity() == Severity::Error);
    assert!(broken || !reading.apis.is_empty());
    for api in &reading.apis {
        yaml::to_string(&api.api).expect("a model has a YAML form");
    }
    let again = run();
    check_same(&again.1, &files);
    check_same(&again.3, &documents);
}
