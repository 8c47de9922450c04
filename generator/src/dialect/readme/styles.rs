//! The HTML tags of cells that only say how their text looks: `<span style="…">integer</span>`.
//!
//! A cell's Markdown comes in, the same without them goes out ([`without_styles`]).

use std::borrow::Cow;

/// A cell without the tags that only say how its text looks: `phone <span style="…">*</span>`.
pub(super) fn without_styles(cell: &str) -> Cow<'_, str> {
    if !cell.contains('<') {
        return Cow::Borrowed(cell);
    }
    let mut out = String::with_capacity(cell.len());
    let mut rest = cell;
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let named = tag.strip_prefix('/').unwrap_or(tag);
        let name = named.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        let style = matches!(
            name,
            "span" | "font" | "small" | "sup" | "sub" | "u" | "b" | "strong" | "i" | "em" | "mark"
        );
        // A `<` before the `>` begins another tag.
        let end = tag.find(['<', '>']).filter(|end| style && tag.as_bytes().get(*end) == Some(&b'>'));
        match end.and_then(|end| tag.get(end + 1..)) {
            Some(after) if matches!(name, "sup" | "sub") && named.len() == tag.len() => {
                let content = after.split('<').next().unwrap_or_default();
                rest =
                    if is_footnote(content) { after.get(content.len()..).unwrap_or_default() } else { after };
                // A word of its own.
                out.push_str(if rest.len() == after.len() && !content.starts_with('*') { " " } else { "" });
            }
            Some(after) => {
                // What stood in tags of its own is no part of the word behind it.
                let apart =
                    named.len() < tag.len() && after.starts_with(|c: char| c == '<' || c.is_alphanumeric());
                out.push_str(if apart { " " } else { "" });
                rest = after;
            }
            None => {
                out.push('<');
                rest = tag;
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// Whether what is set higher or lower is the mark of a note.
fn is_footnote(content: &str) -> bool {
    let content = content.trim();
    let digits =
        !content.is_empty() && content.len() <= 3 && content.bytes().all(|byte| byte.is_ascii_digit());
    let mut letters = content.chars();
    digits
        || (letters.next().is_some_and(|c| c.is_alphabetic() || "†‡§".contains(c))
            && letters.next().is_none())
}
