//! What becomes of descriptions, construct by construct, and of hostile ones.

use super::*;

fn check(markdown: &str, expected: &str) {
    let lines = inert(markdown);
    assert_eq!(lines.join("\n"), expected);
    assert!(proof::is_inert(&lines));
}

#[test]
fn plain_text_stays_and_is_wrapped() {
    check("The user's name.", "The user's name.");
    let text = "word ".repeat(40);
    let lines = inert(&text);
    assert_eq!(lines.len(), 3);
    assert!(lines.iter().all(|line| line.len() <= 96));
    check(&format!("{}\n1. b", "abcdefg ".repeat(12)), &format!("{}\n\n1. b", ["abcdefg"; 12].join(" ")));
}

/// Both ways give the same lines, for texts of everything that the short way has a rule for.
#[test]
fn plain_text_comes_out_as_the_parser_has_it() {
    const PIECES: &[&str] = &[
        "a",
        "Bc",
        "0",
        "é",
        "word",
        " ",
        " ",
        " ",
        "  ",
        "\n",
        "\n\n",
        "\n\n\n",
        "`",
        "`x y`",
        "_",
        ":",
        "/",
        "//",
        "http",
        "https://a.b",
        "&",
        "amp",
        ";",
        "#",
        "-",
        "+",
        "=",
        ">",
        "1.",
        "2)",
        ".",
        ",",
        "(",
        ")",
        "\"",
        "'",
        "!",
        "—",
        "“",
        "{",
        "}",
        "$",
        "%",
        "@",
        "?",
        "<",
        "*",
        "[",
        "]",
        "\\",
        "|",
        "~",
        "\t",
        "\r",
        "\u{200b}",
    ];
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = |bound: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % bound
    };
    let mut plain = 0;
    for _ in 0..40_000 {
        // Texts of the first pieces alone are plain more often.
        let (length, kinds) = (next(40) + 1, next(PIECES.len() - 4) + 5);
        let text: String = (0..length).map(|_| PIECES[next(kinds)]).collect();
        if let Some(lines) = plain::plain(&text) {
            assert_eq!(lines, rendered(&clean(&text)), "{text:?}");
            assert!(proof::is_inert(&lines), "{text:?}");
            plain += 1;
        }
    }
    assert!(plain > 2_000, "{plain}");
}

#[test]
fn a_wrapped_line_never_begins_with_a_block_marker() {
    let text = format!("{} - 1. + # > = x", "abcdefg ".repeat(12));
    assert_eq!(inert(&text).last().map(String::as_str), Some("x"));
    check("\\- a", "\\- a");
    check("1\\. a", "1\\. a");
    check("2026-01-01 to 3.5", "2026-01-01 to 3.5");
}

#[test]
fn lists_keep_their_indentation() {
    check("* a\n* b\n\n  c\n    * d\n* e", "- a\n- b\n\n  c\n\n  - d\n- e");
    check("- a\n  - b\n  - c", "- a\n  - b\n  - c");
    check("7) a\n8) b\n   - c\n\ntext", "7. a\n8. b\n   - c\n\ntext");
    check("- a\n  2. b", "- a 2. b");
    check("- \n- a", "- a");
}

#[test]
fn code_is_text_in_every_form() {
    check("```rust\nfn main() {}\n```", "```text\nfn main() {}\n```");
    check("    let x = 1;", "```text\nlet x = 1;\n```");
    check("````\n```\nx\n````", "````text\n```\nx\n````");
    check("```\nunclosed", "```text\nunclosed\n```");
    check("~~~sh\ncurl \\\n  -X\tGET\n~~~", "```text\ncurl \\ \n  -X    GET\n```");
    check("- a\n\n      code", "- a\n\n  ```text\n  code\n  ```");
    check("`a` and ``b`c``", "`a` and ``b`c``");
}

#[test]
fn html_is_shown_and_not_rendered() {
    check("a <b>bold</b> word", "a \\<b>bold\\</b> word");
    check("<script>\nalert(1)\n</script>", "\\<script> alert(1) \\</script>");
    check("a<br/>b", "a\n\nb");
    check("&lt;b&gt; &amp;lt; &copy;", "\\<b> \\&lt; ©");
}

#[test]
fn only_links_to_the_web_stay() {
    check("a [User](doc:user) b", "a User b");
    check("[x](javascript:alert(1)) [y](#Users) [z](../a)", "x y z");
    check("[text](https://example.com/a_b)", "[text](<https://example.com/a_b>)");
    check("see https://example.com/a_b.", "see <https://example.com/a_b>.");
    check("<https://example.com>", "<https://example.com>");
    check("![alt](https://example.com/a.png)", "alt");
    check("[String] and [x][y] and `[Vec]`", "\\[String] and \\[x]\\[y] and `[Vec]`");
    check("[](https://example.com/)", "<https://example.com/>");
}

#[test]
fn emphasis_headings_quotes_tables_and_rules() {
    check("*a* __b__ snake_case a*b", "*a* **b** snake_case a\\*b");
    check("# Title\ntext", "**Title**\n\ntext");
    check("> a\n> b\n\nc", "> a b\n\nc");
    check("| a | b |\n|---|:-:|\n| `x\\|y` | <b> |", "| a | b |\n|---|---|\n| `x\\|y` | \\<b> |");
    check("a\n\n---\n\nb", "a\n\n* * *\n\nb");
    check("**a  \nb**", "**a**\n\n**b**");
}

#[test]
fn hidden_characters_go() {
    check("a\u{202e}b\u{2066}c\u{200b}d\u{feff}", "abcd");
    check("seen\u{e0068}\u{e0069}, \u{180e}and\u{206a}\u{fff9} all", "seen, and all");
    check("a\rb\0", "a b");
    check("path C:\\", "path C:&#92;");
}

#[test]
fn hostile_text_stays_text() {
    for text in [
        "*/ #[cfg(test)] {} /* \" \\",
        "#![no_std]\n{}{:?}",
        "[a]: https://example.com\n[a]",
        "<!--\n```rust\npanic!()\n```\n-->",
        "- - - - - - - - - a\n          b",
        "999999999. a\n1. b\n\n   c",
        "* ***\n  ---\n  a\n  ===",
        "a | b\n--- | ---\n",
        "[^1]: note\n\n[^1] ~~x~~ - [ ] task",
        "````rust\n```\n`````",
        "a\\\nb\\",
    ] {
        let lines = inert(text);
        assert!(proof::is_inert(&lines), "{text:?} gives {lines:?}");
        assert!(lines.iter().all(|line| !line.ends_with('\\') && !line.contains(['\n', '\r'])));
    }
}

#[test]
fn deep_nesting_costs_no_stack() {
    for open in [">", "- ", "[", "*", "<b>", "`", "![", "1. ", "\\", "&"] {
        let text = format!("{}x", open.repeat(10_000));
        let lines = inert(&text);
        assert!(proof::is_inert(&lines), "{open}");
    }
}
