//! Documentation is inert: rustdoc finds no test in it, and no page that it writes runs anything or links where
//! docwright does not.

use std::{fs, path::Path, process::Command};

use crate::{
    pages::{ATTACKS, MARK, pages},
    run,
};

/// The documentation of everything, each item's above a field that needs nothing to compile; what an attack gives
/// is one struct, and so one page.
fn documented() -> String {
    let mut out = "//! Documentation of hostile pages.\n/// No link.\npub struct Nothing;\n".to_owned();
    let mut fields = 0;
    for (at, attack) in ATTACKS.iter().enumerate() {
        out += &format!("pub struct Attack{at} {{\n");
        for page in pages(attack) {
            for text in run("page.md", &page).files.values() {
                let mut above = false;
                for line in text.lines().map(str::trim_start) {
                    let doc = line.strip_prefix("///").or_else(|| line.strip_prefix("//!"));
                    match doc {
                        Some(doc) => out += &format!("///{doc}\n"),
                        None if above => {
                            fields += 1;
                            out += &format!("pub field{fields}: Nothing,\n");
                        }
                        None => {}
                    }
                    above = doc.is_some();
                }
            }
        }
        out += "}\n";
    }
    assert!(fields > 5000, "{fields} documented items are too few");
    out
}

fn rustdoc(folder: &Path, source: &str, arguments: &[&str]) -> String {
    fs::write(folder.join("hostile_docs.rs"), source).unwrap();
    let rustdoc = std::env::var_os("RUSTDOC").unwrap_or_else(|| "rustdoc".into());
    let output = Command::new(rustdoc)
        .args(["--edition", "2024", "--crate-name", "hostile_docs", "hostile_docs.rs"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn tests(folder: &Path, source: &str) -> usize {
    let listed = rustdoc(folder, source, &["--test", "--test-args", "--list"]);
    listed.lines().filter(|line| line.ends_with(": test")).count()
}

#[test]
fn no_documentation_is_a_test() {
    let folder = tempfile::tempdir().unwrap();
    for seen in
        ["/// ```\n/// pwned();\n/// ```\npub mod d {}\n", "/// x\n///\n///     pwned();\npub mod d {}\n"]
    {
        assert_eq!(tests(folder.path(), seen), 1, "what would be a test is seen");
    }
    assert_eq!(tests(folder.path(), &documented()), 0);
}

/// What stands between `<` and `>`, where these begin and end tags.
fn tags(html: &str) -> impl Iterator<Item = &str> {
    html.split('<').skip(1).filter_map(|rest| rest.split_once('>').map(|(tag, _)| tag))
}

#[test]
fn no_page_of_rustdoc_runs_or_hides_anything() {
    let folder = tempfile::tempdir().unwrap();
    let source = documented();
    // Links that docwright makes lead to items that are not there.
    let quiet = ["-A", "rustdoc::broken_intra_doc_links", "-D", "rustdoc::invalid_html_tags", "-o", "out"];
    rustdoc(folder.path(), &source, &quiet);
    let mut count = 0;
    let mut shown = 0;
    for entry in fs::read_dir(folder.path().join("out/hostile_docs")).unwrap() {
        let page = entry.unwrap().path();
        if page.extension().is_none_or(|extension| extension != "html") {
            continue;
        }
        let html = fs::read_to_string(&page).unwrap();
        // What follows the fields is rustdoc's own.
        let html = html.split("id=\"synthetic-implementations\"").next().unwrap();
        count += 1;
        shown += html.matches(MARK).count();
        // What search engines are shown is text too, which rustdoc quotes.
        let shown_elsewhere = |tag: &&str| tag.starts_with("meta name=\"description\" content=\"");
        for tag in tags(html).filter(|tag| !shown_elsewhere(tag)) {
            let lower = tag.to_lowercase().replace("&#58;", ":").replace("&colon;", ":");
            let name = lower.split([' ', '/', '\n']).next().unwrap();
            // A web address stays one, whatever it says.
            let address =
                lower.starts_with("a href=\"https://example.com/") && lower.matches('"').count() == 2;
            let bad = !address && lower.contains(MARK)
                || lower.contains("javascript:")
                || lower.contains("vbscript:")
                || lower.contains("data:text")
                || lower.contains("file:")
                || lower.contains("onerror=")
                || !address && lower.contains("onmouseover=")
                || lower.contains("doc.rust-lang.org")
                || ["svg", "iframe", "object", "embed", "form", "input"].contains(&name);
            assert!(!bad, "{}: <{tag}>", page.display());
        }
        assert!(!html.contains("<script>pwned"), "{}", page.display());
        let hidden = |c| matches!(c, '\u{200b}' | '\u{ad}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{206f}' | '\u{feff}' | '\u{1b}' | '\u{80}'..='\u{9f}' | '\u{e0000}'..='\u{e0fff}' | '\u{fe00}'..='\u{fe0f}' | '\u{3164}');
        assert!(!html.contains(hidden), "{}", page.display());
    }
    assert!(count > ATTACKS.len() && shown > 1000, "{count} pages that show {shown} texts are too few");
}
