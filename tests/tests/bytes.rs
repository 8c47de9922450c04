//! A page says the same in whatever bytes it comes, and what is wrong with them is said.

use std::fs;

use docwright::pipeline::{Layout, PageInput, Settings, generate};
use docwright_tests::{SEEDS, harmless::check_code, literate::Document, printed::Reading, repository, seed};

/// A page of each dialect, and those of the seeds.
fn pages() -> Vec<String> {
    let mut pages: Vec<String> = SEEDS.map(|(_, file)| fs::read_to_string(seed(file)).unwrap()).into();
    for dialect in ["bump", "redocly", "readme", "mintlify"] {
        let text = fs::read_to_string(repository().join(format!("tests/cases/{dialect}.md"))).unwrap();
        let document = Document::parse(&text);
        let fences = document.cases.iter().flat_map(|case| &case.fences).filter(|fence| fence.info == "page");
        let before = pages.len();
        // The first ones show a dialect as it is meant.
        pages.extend(fences.take(3).map(|fence| fence.text.clone()));
        assert_eq!(pages.len(), before + 3, "{dialect}");
    }
    pages
}

fn read(bytes: Vec<u8>) -> Reading {
    let input = PageInput::new("page.md", bytes);
    Reading::of("api", vec![input], Settings::default())
}

/// The model, without places, and the codes of the diagnostics.
fn said(reading: &Reading) -> (String, Vec<&'static str>) {
    let codes = reading.diagnostics().iter().map(|diagnostic| diagnostic.code.name).collect();
    (reading.model(), codes)
}

fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(order).collect()
}

#[test]
fn encodings_and_line_ends_change_nothing() {
    for page in pages() {
        let expected = said(&read(page.clone().into_bytes()));
        assert!(!expected.0.is_empty());
        let marked = format!("\u{feff}{page}");
        for (what, bytes) in [
            ("UTF-8 with a mark", marked.clone().into_bytes()),
            ("little-endian", utf16(&marked, u16::to_le_bytes)),
            ("big-endian", utf16(&marked, u16::to_be_bytes)),
            ("little-endian without a mark", utf16(&page, u16::to_le_bytes)),
            ("big-endian without a mark", utf16(&page, u16::to_be_bytes)),
            ("CRLF", page.replace('\n', "\r\n").into_bytes()),
            ("lone CR", page.replace('\n', "\r").into_bytes()),
            ("CRLF, little-endian", utf16(&marked.replace('\n', "\r\n"), u16::to_le_bytes)),
        ] {
            let found = said(&read(bytes));
            assert!(found == expected, "{what}: {:?}\n{}", found.1, found.0);
        }
    }
}

#[test]
fn bytes_that_are_no_text_are_told_once_and_cost_nothing_else() {
    let page = "# Berth\n\nA \u{fffd} here, a \u{fffd} there.\n\nEndpoint: GET /berths\nVersion: 1\n";
    let expected = said(&read(page.into())).0;
    for (what, bad, code) in [
        ("an invalid byte", &b"\xff"[..], "invalid-text"),
        ("a sequence cut short", b"\xe2\x82", "invalid-text"),
        ("a lone continuation", b"\x80", "invalid-text"),
        ("NUL", b"\0", "control-character"),
        ("escape", b"\x1b", "control-character"),
        ("delete", b"\x7f", "control-character"),
        ("a C1 control character", "\u{9b}".as_bytes(), "control-character"),
        ("a next line", "\u{85}".as_bytes(), "control-character"),
    ] {
        let (before, after) = page.split_once('\u{fffd}').unwrap();
        let (middle, end) = after.split_once('\u{fffd}').unwrap();
        let bytes = [before.as_bytes(), bad, middle.as_bytes(), bad, end.as_bytes()].concat();
        let found = said(&read(bytes));
        assert_eq!((found.0, found.1), (expected.clone(), vec![code]), "{what}");
    }
    // Half a surrogate pair.
    let mut units: Vec<u16> = format!("\u{feff}{page}").encode_utf16().collect();
    units.iter_mut().filter(|unit| **unit == 0xfffd).for_each(|unit| *unit = 0xd800);
    let found = said(&read(units.into_iter().flat_map(u16::to_le_bytes).collect()));
    assert_eq!(found, (expected, vec!["invalid-text"]));
}

/// Of no width, or turning the direction of text: rustc refuses some of them in comments, and who reads is
/// fooled by all.
const UNSEEN: &str = "\u{200b}\u{200c}\u{200d}\u{2060}\u{feff}\u{ad}\u{61c}\u{200e}\u{200f}\u{202a}\u{202b}\u{202c}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}\u{2069}";

#[test]
fn what_is_not_seen_stays_on_the_wire_and_out_of_documentation() {
    for unseen in UNSEEN.chars() {
        let page = format!(
            "# Be{unseen}rth\n\nA {unseen}text.\n\nEndpoint: PUT /berths\nVersion: 1\n\n\
             ## Request fields (application/json):\n\n  - `na{unseen}me` (string)\n    The {unseen}name.\n    \
             Enum: \"a{unseen}\", \"b\"\n"
        );
        let reading = read(page.into_bytes());
        let (model, codes) = said(&reading);
        assert!(
            model.contains(unseen)
                || model.contains(&unseen.escape_unicode().to_string())
                || model.contains(&format!("\\u{:04X}", u32::from(unseen))),
            "{unseen:?}: {model}"
        );
        assert!(
            !codes.contains(&"invalid-text") && !codes.contains(&"control-character"),
            "{unseen:?}: {codes:?}"
        );
        let (files, _) = generate(std::slice::from_ref(reading.api()), &Layout::default());
        let mut renamed = 0;
        for text in files.values() {
            check_code(text).unwrap();
            // In literals they are escaped.
            assert!(!text.contains(unseen), "{unseen:?}: {text}");
            renamed += text.matches(&format!("na\\u{{{:x}}}me", u32::from(unseen))).count();
        }
        assert!(renamed > 0, "{unseen:?}: the wire name is lost");
    }
}
