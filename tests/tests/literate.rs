//! Runs every case of `tests/cases/*.md`; see `docwright_tests::literate` for how they are written.

use std::{env, fs, panic, path::Path};

use docwright_tests::literate::{Document, Failure, check};

#[test]
fn literate_cases() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("cases");
    let mut files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    files.sort();
    let update = env::var("DOCWRIGHT_UPDATE").is_ok_and(|value| value == "1");
    let wanted = env::var("DOCWRIGHT_CASE").unwrap_or_default();
    let mut report = Vec::new();
    let mut count = 0;
    for path in files {
        let text = fs::read_to_string(&path).unwrap();
        let document = Document::parse(&text);
        let file = path.strip_prefix(env!("CARGO_MANIFEST_DIR")).unwrap().display().to_string();
        let mut updates = Vec::new();
        for case in document.cases.iter().filter(|case| case.name.contains(&wanted)) {
            count += 1;
            // A panic fails its case, and the others still run.
            let failures = panic::catch_unwind(|| check(case)).unwrap_or_else(|_| {
                vec![Failure { line: case.line, message: "it panicked, see above".into(), update: None }]
            });
            for failure in failures {
                match failure.update {
                    Some(text) if update => updates.push((failure.line, text)),
                    _ => report
                        .push(format!("tests/{file}:{}: {}: {}", failure.line, case.name, failure.message)),
                }
            }
        }
        if !updates.is_empty() {
            fs::write(&path, document.updated(updates)).unwrap();
        }
    }
    assert!(count > 0, "no case has `{wanted}` in its name");
    assert!(report.is_empty(), "{} failures in {count} cases\n\n{}", report.len(), report.join("\n"));
}
