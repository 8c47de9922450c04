//! Pages of a folder that are no reference pages, and what the others tell of them.
#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

use std::{fs, path::PathBuf};

use docwright::{
    diagnostic::Severity,
    dialect::Dialect,
    input::{ApiInput, Reading, read_configured, read_paths},
    limits::Limits,
    pipeline::Settings,
};
use tempfile::TempDir;

const OPERATION: &str = "# List berths\n\nEndpoint: GET /berths\nVersion: 1\n\n## Response 204 fields\n";
/// Of no dialect.
const GUIDE: &str = "# Introduction\n\nOur API lets you rent berths. Ask the harbour master for a key.\n";
/// Of a dialect, as its front matter tells, and without an operation.
const README_GUIDE: &str =
    "---\ntitle: Errors\nslug: errors\nexcerpt: \"\"\nhidden: false\n---\nErrors are JSON.\n";
const CHANNEL: &str =
    "# Tides\n\n````yaml asyncapi.json tides\nid: tides\ntitle: Tides\naddress: tides\n````\n";
/// A page of one operation as Mintlify prints it, without anything that only Mintlify writes.
const BARE: &str = "GET\n/tides\n\nList tides\n\nLists the tides of the week.\n";
const MINTLIFY: &str =
    "GET\n/berths\n\nList berths\n\nQuery Parameters\n\nlimit\n\ninteger\n\nResponse\n\n200\n";
/// A guide that shows a call.
const CALL: &str =
    "Getting started\n\nSend a request:\n\ncurl --request GET \\\n  --url https://harbour.example/berths\n";

/// Writes pages below `docs`, and reads what is named.
fn read(pages: &[(&str, &str)], named: &[&str]) -> (TempDir, Reading) {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in pages {
        let path = folder.path().join("docs").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let paths = named.iter().map(|name| (folder.path().join(name), PathBuf::from(name)));
    let pages = read_paths(paths, Limits::default()).unwrap();
    let api = ApiInput { name: "harbour".to_owned(), pages, settings: Settings::default() };
    let reading = read_configured(vec![api]);
    (folder, reading)
}

/// Page and code of what is worse than a note.
fn said(reading: &Reading) -> Vec<(&str, &str)> {
    let worse = reading.diagnostics.iter().filter(|said| said.severity() > Severity::Note);
    worse
        .map(|said| (reading.pages[said.span.page.0 as usize].source.name.as_str(), said.code.name))
        .collect()
}

#[test]
fn guides_of_a_folder_are_left_out_with_a_warning() {
    let pages =
        [("a.md", GUIDE), ("berths.md", OPERATION), ("deep/errors.md", README_GUIDE), ("z.md", CHANNEL)];
    let (_folder, reading) = read(&pages, &["docs"]);
    let left_out = |name| (name, "page-without-operation");
    assert_eq!(said(&reading), ["docs/a.md", "docs/deep/errors.md", "docs/z.md"].map(left_out));
    assert_eq!(reading.apis[0].api.operations.len(), 1);
    let first = &reading.diagnostics[0];
    assert!(first.message.contains("`docs`"), "{}", first.message);
}

#[test]
fn a_page_of_links_to_the_operations_of_a_folder_is_none_to_miss() {
    const LINKS: &str =
        "# Berths\n\nWhere boats lie.\n\n## List berths\n\n - [GET /berths](berths.md): Lists them.\n";
    let pages = [("berths.md", OPERATION), ("index.md", LINKS)];
    let (_folder, reading) = read(&pages, &["docs"]);
    assert_eq!(said(&reading), []);
    assert!(reading.diagnostics.iter().any(|said| said.code.name == "operation-links"));
    assert_eq!(reading.apis[0].api.description, None);
    let (_folder, alone) = read(&pages, &["docs/index.md"]);
    assert_eq!(said(&alone), [("docs/index.md", "no-operation")]);
}

#[test]
fn a_guide_that_is_named_is_an_error() {
    let pages = [("berths.md", OPERATION), ("errors.md", README_GUIDE), ("guide.md", GUIDE)];
    for named in [&["docs", "docs/guide.md"], &["docs/guide.md", "docs"]] {
        let (_folder, reading) = read(&pages, named);
        assert_eq!(
            said(&reading),
            [("docs/errors.md", "page-without-operation"), ("docs/guide.md", "unknown-dialect")]
        );
    }
}

#[test]
fn a_folder_of_guides_alone_is_an_error_beside_one_that_was_read() {
    let pages = [("guides/a.md", GUIDE), ("guides/b.md", README_GUIDE), ("reference/berths.md", OPERATION)];
    let (_folder, reading) = read(&pages, &["docs/guides", "docs/reference"]);
    assert_eq!(
        said(&reading),
        [("docs/guides/a.md", "unknown-dialect"), ("docs/guides/b.md", "no-operation")]
    );
}

#[test]
fn a_page_that_announces_an_operation_is_no_guide() {
    let broken = "# A\n\n````yaml openapi.json get /berths\npaths: {}\n````\n";
    let method = "---\nslug: a\nhidden: false\n---\n**HTTP Request**\n\n`FETCH /berths`\n";
    let (_folder, reading) = read(&[("a.md", broken), ("b.md", method), ("c.md", OPERATION)], &["docs"]);
    let codes: Vec<_> = said(&reading).into_iter().map(|(_, code)| code).collect();
    assert!(
        codes.contains(&"definition-without-operation") && codes.contains(&"unknown-method"),
        "{codes:?}"
    );
    assert!(!codes.contains(&"page-without-operation"), "{codes:?}");
}

#[test]
fn an_operation_without_sections_is_read_like_its_neighbours() {
    let (_folder, reading) = read(&[("berths.md", MINTLIFY), ("tides.md", BARE)], &["docs"]);
    assert_eq!(said(&reading), []);
    let paths: Vec<_> = reading.apis[0].api.operations.iter().map(|o| o.path.value.as_str()).collect();
    assert_eq!(paths, ["/berths", "/tides"]);
    assert!(reading.diagnostics.iter().any(|said| said.code.name == "dialect-from-folder"));
    assert_eq!(reading.pages[1].detection.as_ref().unwrap().dialect, Dialect::Mintlify);
}

#[test]
fn neighbours_of_two_dialects_tell_nothing() {
    let pages = [("berths.md", MINTLIFY), ("berths2.md", OPERATION), ("tides.md", BARE)];
    let (_folder, reading) = read(&pages, &["docs"]);
    assert!(said(&reading).contains(&("docs/tides.md", "page-without-operation")));
}

#[test]
fn a_call_in_a_guide_is_no_operation() {
    let (_folder, reading) = read(&[("berths.md", MINTLIFY), ("start.md", CALL)], &["docs"]);
    assert_eq!(said(&reading), [("docs/start.md", "page-without-operation")]);
}
