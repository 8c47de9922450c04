//! Pages full of difficult names and of hostile text become code that is compiled as part of this crate
//! (`docwright_tests::fixtures`), that says nothing of its own to rustdoc, and whose wire names are those of
//! the page.

use std::fs;

use docwright::{
    input::{read_apis, read_path},
    limits::Limits,
    output::Plan,
    pipeline::{Files, Layout, generate},
};
use docwright_tests::{
    fixtures::{
        hostile,
        obstacle::types::{NameObstaclesRequest, NameObstaclesRequestKind, NameObstaclesResponse},
    },
    repository,
};
use serde_json::{Value, json};

/// The pages of `tests/fixtures`, each of which becomes a module.
const FIXTURES: [&str; 2] = ["hostile", "obstacle"];

fn files() -> Files {
    let read = |name: &str, path: &str| {
        (name.to_owned(), read_path(&repository().join(path), path.as_ref(), Limits::default()).unwrap())
    };
    let pages = FIXTURES.map(|name| read(name, &format!("tests/fixtures/{name}.md")));
    let depot = read("depot", "tests/apis/depot");
    let reading = read_apis(std::iter::once(depot).chain(pages).collect());
    generate(&reading.models(), &Layout::default()).0
}

/// The fixtures of `tests/fixtures`, and the API of `tests/apis`, are generated into `tests/src/fixtures`.
#[test]
fn fixtures_agree_with_their_pages() {
    let out = repository().join("tests/src/fixtures");
    let plan = Plan::new(&out, &files()).unwrap();
    if std::env::var_os("DOCWRIGHT_UPDATE").is_some() {
        plan.force().write().unwrap();
        return;
    }
    let diff = plan.diff("tests/src/fixtures".as_ref());
    assert!(diff.is_empty(), "mend it with `DOCWRIGHT_UPDATE=1 cargo test -p docwright-tests`\n\n{diff}");
}

#[test]
fn every_page_of_the_folder_is_a_fixture() {
    let pages = fs::read_dir(repository().join("tests/fixtures")).unwrap();
    let mut names: Vec<_> = pages.map(|page| page.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(names, FIXTURES.map(|name| format!("{name}.md")));
}

/// Every documented name, with a value that fits.
fn body() -> Value {
    json!({
        "type": "a",
        "self": "b",
        "Self": { "crate": "c" },
        "super": null,
        "async": true,
        "gen": 1,
        "2fa": false,
        "fooBar": "d",
        "foo_bar": "e",
        "foo-bar": "f",
        "+1": 2,
        "-1": 3,
        "größe": "g",
        "имя": "h",
        "名前": "i",
        "***": "j",
        "api.version": "k",
        "urn:ietf:params:scim:schemas:core:2.0:User": { "department": "l" },
        "Location Name(Required)": "m",
        "fields[]": ["n"],
        "option": { "some": "o", "none": "p" },
        "string": { "vec": [{ "result": "q" }] },
        "value": null,
        "checker": "r",
        "quote\"backslash\\": "s",
        "kind": "foo_bar",
    })
}

#[test]
fn difficult_names_keep_their_wire_names() {
    let request: NameObstaclesRequest = serde_json::from_value(body()).unwrap();
    assert_eq!(request.r#type, "a");
    assert_eq!(request.self_.as_deref(), Some("b"));
    assert_eq!(request.self_2.as_ref().and_then(|inner| inner.crate_.as_deref()), Some("c"));
    assert_eq!(request.super_, Some(None));
    assert_eq!((request.foo_bar.as_deref(), request.foo_bar_2.as_deref()), (Some("d"), Some("e")));
    assert_eq!(request.value, Some(Value::Null));
    assert_eq!(serde_json::to_value(&request).unwrap(), body());
}

#[test]
fn every_value_of_an_enumeration_keeps_its_wire_name() {
    for value in ["self", "Self", "unknown", "", "2fa", "foo-bar", "foo_bar", "type", "default", "err", "ok"]
    {
        let kind: NameObstaclesRequestKind = serde_json::from_value(json!(value)).unwrap();
        assert!(!matches!(kind, NameObstaclesRequestKind::Undocumented(_)), "{value}");
        assert_eq!(kind.to_string(), value);
        assert_eq!(serde_json::to_value(&kind).unwrap(), json!(value));
    }
}

#[test]
fn members_named_after_traits_compile_and_read() {
    let text = json!({ "Default": "a", "clone": { "Debug": { "Serialize": "b" } } });
    let response: NameObstaclesResponse = serde_json::from_value(text.clone()).unwrap();
    assert_eq!(serde_json::to_value(&response).unwrap(), text);
}

/// The documentation of a generated file, each item's apart, without the sign before each line.
fn documentation(text: &str) -> Vec<Vec<&str>> {
    let mut all = vec![Vec::new()];
    for line in text.lines().map(str::trim_start) {
        match line.strip_prefix("///").or_else(|| line.strip_prefix("//!")) {
            Some(doc) => all.last_mut().unwrap().push(doc.strip_prefix(' ').unwrap_or(doc)),
            None => all.push(Vec::new()),
        }
    }
    all.retain(|lines| !lines.is_empty());
    all
}

/// The info strings of the fences that open in some lines, in whatever list or quote.
fn fences<'t>(lines: &[&'t str]) -> Vec<&'t str> {
    let marker = |c: char| c.is_ascii_digit() || " >-*.)".contains(c);
    let mut open = 0;
    let mut infos = Vec::new();
    for line in lines.iter().map(|line| line.trim_start_matches(marker)) {
        let info = line.trim_start_matches(['`', '~']);
        let length = line.len() - info.len();
        if open > 0 {
            if length >= open && info.is_empty() {
                open = 0;
            }
        } else if length >= 3 && !info.contains('`') {
            open = length;
            infos.push(info);
        }
    }
    assert_eq!(open, 0, "a fence stays open: {lines:#?}");
    infos
}

#[test]
fn a_hostile_page_gives_no_doc_test() {
    let mut count = 0;
    for (path, text) in files() {
        for lines in documentation(&text) {
            let infos = fences(&lines);
            assert!(infos.iter().all(|info| *info == "text"), "{}: {infos:?}", path.display());
            count += infos.len();
            for (before, line) in lines.iter().zip(lines.iter().skip(1)) {
                let indented = line.starts_with("    ") && before.is_empty();
                assert!(!indented, "{}: indented code: {line}", path.display());
            }
            let hidden =
                |c| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
            assert!(!lines.concat().contains(hidden), "{}: {lines:#?}", path.display());
        }
    }
    assert!(count >= 8, "{count} fences are fewer than the page has");
}

#[test]
fn fences_are_found_wherever_they_open() {
    assert_eq!(fences(&["> - ```rust", "x", "> ```", "~~~", "~~~", "``` a ```"]), ["rust", ""]);
}

#[test]
fn hostile_names_keep_their_wire_names() {
    let body = json!({
        "*/": "a",
        "{}": "b",
        "\"; panic!(); \"": "c",
        "\\": "d",
        "a\\\"b": "e",
        "[String]": [{ "</b>": "f" }],
        "\u{202e}evil\u{202c}": "g",
        "zero\u{200b}width": "h",
        "zerowidth": "i",
        "#![no_std]": true,
        "r#\"a\"#": 1,
        "a".repeat(300): "j",
        "kind": "\u{202e}",
    });
    let request: hostile::types::PatchHostileBByAAndCdAndEfRequest =
        serde_json::from_value(body.clone()).unwrap();
    assert_eq!((request.zero_width.as_deref(), request.zerowidth.as_deref()), (Some("h"), Some("i")));
    assert_eq!(serde_json::to_value(&request).unwrap(), body);
}
