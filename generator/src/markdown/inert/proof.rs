//! Whether Markdown does nothing when rustdoc reads it.
//!
//! The lines are parsed with rustdoc's own extensions and its rule that any `[name]` may be a link.

use pulldown_cmark::{BrokenLink, CodeBlockKind, CowStr, Event, Options, Parser, Tag};

/// The extensions that rustdoc turns on.
fn rustdoc_options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_SMART_PUNCTUATION
}

/// Whether all code is marked as text, all links lead to the web, and there is no HTML.
pub(super) fn is_inert(lines: &[String]) -> bool {
    let text = lines.join("\n");
    // As rustdoc does: a bracket without a definition is a link to an item.
    let intra_doc = |_: BrokenLink<'_>| Some((CowStr::Borrowed("item"), CowStr::Borrowed("")));
    Parser::new_with_broken_link_callback(&text, rustdoc_options(), Some(intra_doc)).all(
        |event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => &*info == "text",
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented) | Tag::HtmlBlock | Tag::Image { .. })
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => false,
            Event::Start(Tag::FootnoteDefinition(_)) => false,
            Event::Start(Tag::Link { dest_url, .. }) => super::running::leads_to_the_web(&dest_url),
            _ => true,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::is_inert;

    #[test]
    fn what_rustdoc_acts_on_is_found() {
        for text in [
            "    code",
            "```\ncode\n```",
            "[String]",
            "<b>",
            "[a](b)",
            "![a](https://b.example)",
            "[^1]\n\n[^1]: a",
        ] {
            assert!(!is_inert(&[text.to_owned()]), "{text}");
        }
        assert!(is_inert(&["[a](<https://b.example>) \\[b] `<c>`".to_owned()]));
    }
}
