//! What is written is what is read: an arbitrary operation is written as a page of each dialect, as the dialect's
//! product writes it, and read again, and once more without its line breaks.
//!
//! `PROPTEST_CASES` says how many; what once failed is kept in `written.proptest-regressions` and runs first.

mod arbitrary;
mod bump;
mod mintlify;
mod readme;
mod redocly;
mod spec;

use std::{env, fmt::Write};

use docwright::{
    dialect::{self, Dialect},
    pipeline::{Layout, PageInput, Settings, generate},
    source::{PageId, Source},
};
use docwright_tests::{
    harmless::check_code,
    printed::{Reading, flattened, without_spans},
};
use proptest::{prelude::*, test_runner::FileFailurePersistence};
use serde_json::Value;

use arbitrary::specs;
use spec::Spec;

/// For each dialect; together they are 2,000.
const CASES: u32 = 500;

fn config() -> ProptestConfig {
    const FILE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/written.proptest-regressions");
    ProptestConfig {
        cases: env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(CASES),
        failure_persistence: Some(Box::new(FileFailurePersistence::Direct(FILE))),
        max_shrink_iters: 4000,
        ..ProptestConfig::default()
    }
}

/// What a page's operations are, before anything is inferred.
fn read(page: &str, dialect: Dialect) -> Vec<Value> {
    let (source, _) = Source::from_bytes("page.md", PageId(0), page.as_bytes());
    let page = dialect::read(&source, PageId(0), dialect).page;
    page.operations.iter().map(|operation| without_spans(&serde_json::to_value(operation).unwrap())).collect()
}

/// The first place where two values differ, for people.
fn difference(expected: &Value, found: &Value) -> String {
    let print = |value: &Value| serde_json::to_string_pretty(value).unwrap();
    let (expected, found) = (print(expected), print(found));
    let mut out = String::new();
    for change in similar::TextDiff::from_lines(&expected, &found).iter_all_changes() {
        let _ = write!(out, "{}{change}", change.tag());
    }
    out
}

fn check(page: &str, dialect: Dialect, expected: &Value) -> Result<(), TestCaseError> {
    let found = read(page, dialect);
    prop_assert!(found.len() == 1, "{} operations in\n{page}", found.len());
    prop_assert!(found[0] == *expected, "{}\n{page}", difference(expected, &found[0]));
    Ok(())
}

/// White space collapsed everywhere, and a title with the description that it can't be told from.
fn flat(value: &Value, joined: bool) -> Value {
    match value {
        Value::String(text) => Value::from(flattened(text)),
        Value::Array(items) => items.iter().map(|item| flat(item, false)).collect(),
        Value::Object(members) => {
            let mut out: serde_json::Map<_, _> =
                members.iter().map(|(name, value)| (flattened(name), flat(value, false))).collect();
            if joined {
                let text = |value: Option<Value>| value.and_then(|value| value.as_str().map(str::to_owned));
                let title = text(out.shift_remove("title")).unwrap_or_default();
                let description = text(out.shift_remove("description")).unwrap_or_default();
                out.insert("title".to_owned(), Value::from(format!("{title} {description}").trim()));
                out.sort_keys();
            }
            Value::Object(out)
        }
        other => other.clone(),
    }
}

fn check_flattened(page: &str, dialect: Dialect, expected: &Value) -> Result<(), TestCaseError> {
    let page = flattened(page);
    let found = read(&page, dialect);
    prop_assert!(found.len() == 1, "{} operations in\n{page}", found.len());
    let (expected, found) = (flat(expected, true), flat(&found[0], true));
    prop_assert!(found == expected, "{}\n{page}", difference(&expected, &found));
    Ok(())
}

/// Then the generated Rust is Rust, the document a document, and a second run the same.
fn check_rest(page: &str) -> Result<(), TestCaseError> {
    let run = || {
        let input = PageInput::new("page.md", page);
        let reading = Reading::of("api", vec![input], Settings::default());
        (generate(std::slice::from_ref(reading.api()), &Layout::default()).0, reading.openapi())
    };
    let (files, document) = run();
    for text in files.values() {
        check_code(text).map_err(|found| TestCaseError::fail(format!("{found}\n{text}\n{page}")))?;
    }
    prop_assert!(run() == (files, document), "a second run gives something else: {page}");
    Ok(())
}

fn check_all(
    mut spec: Spec,
    dialect: Dialect,
    fit: fn(&mut Spec),
    write: fn(&Spec) -> String,
    model: fn(&Spec) -> Value,
) -> Result<(), TestCaseError> {
    fit(&mut spec);
    let (page, expected) = (write(&spec), model(&spec));
    check(&page, dialect, &expected)?;
    check_flattened(&page, dialect, &expected)?;
    check_rest(&page)
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn redocly(spec in specs()) {
        check_all(spec, Dialect::Redocly, redocly::fit, redocly::write, redocly::model)?;
    }

    #[test]
    fn bump(spec in specs()) {
        check_all(spec, Dialect::Bump, bump::fit, bump::write, bump::model)?;
    }

    #[test]
    fn readme(spec in specs()) {
        check_all(spec, Dialect::ReadMe, readme::fit, readme::write, readme::model)?;
    }

    #[test]
    fn mintlify(spec in specs()) {
        check_all(spec, Dialect::Mintlify, mintlify::fit, mintlify::write, mintlify::model)?;
    }
}
