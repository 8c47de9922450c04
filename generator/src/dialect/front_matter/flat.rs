//! Front matter of a page that lost its line breaks: `--- title: "A" slug: "a" --- # A`.
//!
//! A text comes in, where its front matter ends ([`flat_body_start`]), or what it is with its lines restored goes out
//! ([`reflow_front_matter`]).

use std::ops::Range;

use crate::reflow::Builder;

/// The keys of the front matter that a text without line breaks begins with.
fn find_flat(text: &str) -> Option<Range<usize>> {
    let lead = text.len() - text.trim_start().len();
    let rest = text.get(lead..)?.strip_prefix("--- ")?;
    let close = rest.find(" --- ").or_else(|| rest.trim_end().strip_suffix(" ---").map(str::len))?;
    let start = lead + "--- ".len();
    rest.get(..close).filter(|keys| !keys.contains('\n')).map(|keys| start..start + keys.len())
}

/// Where a page without line breaks begins behind the front matter with these keys.
fn flat_end(text: &str, keys: &Range<usize>) -> usize {
    (keys.end + " --- ".len()).min(text.len())
}

/// Where a page that lost its line breaks begins behind its front matter. It is what [`reflow_front_matter`] gives.
pub(crate) fn flat_body_start(text: &str) -> usize {
    find_flat(text).map_or(0, |keys| flat_end(text, &keys))
}

/// Copies the front matter that a text without line breaks begins with, one line for each key, and gives
/// the offset after it; 0 where there is none.
pub(crate) fn reflow_front_matter(text: &str, builder: &mut Builder<'_>) -> usize {
    let Some(range) = find_flat(text) else { return 0 };
    let Range { start, end } = range;
    let keys = text.get(start..end).unwrap_or_default();
    builder.copy(start - "--- ".len()..start - " ".len());
    let mut line = 0;
    let mut quote = None;
    let mut nested = false;
    for (at, c) in keys.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') if keys.get(..at).is_some_and(|before| before.ends_with(": ")) => {
                quote = Some(c)
            }
            (Some(open), c) if c == open => quote = None,
            (None, ' ') if begins_key(keys.get(at + 1..).unwrap_or_default()) => {
                flat_key(text, builder, start + line..start + at, &mut nested);
                line = at + 1;
            }
            _ => {}
        }
    }
    flat_key(text, builder, start + line..end, &mut nested);
    builder.insert("\n").copy(end + 1..end + " ---".len()).insert("\n\n");
    flat_end(text, &(start..end))
}

/// Copies one key with its value. Below a key without a value stand keys of its own, until one comes that products write at the
/// top; the text of a block scalar has a line of its own.
fn flat_key(text: &str, builder: &mut Builder<'_>, range: Range<usize>, nested: &mut bool) {
    const TOP: [&str; 17] = [
        "title",
        "slug",
        "excerpt",
        "hidden",
        "deprecated",
        "metadata",
        "next",
        "api",
        "link",
        "category",
        "order",
        "createdAt",
        "updatedAt",
        "parentDoc",
        "icon",
        "privacy",
        "agentTools",
    ];
    const SCALARS: [&str; 6] = [">-", "|-", ">", "|", ">+", "|+"];
    let line = text.get(range.clone()).unwrap_or_default();
    let (key, value) = line.split_once(':').unwrap_or((line, ""));
    // Metadata have a title too.
    *nested &= key == "title" || !TOP.contains(&key);
    builder.insert(if *nested { "\n  " } else { "\n" });
    let value = value.trim();
    *nested |= value.is_empty();
    let scalar = value.split_once(' ').filter(|(mark, _)| SCALARS.contains(mark));
    match scalar.and_then(|(_, body)| range.end.checked_sub(body.len())) {
        Some(body) => builder.copy(range.start..body - 1).insert("\n    ").copy(body..range.end),
        None => builder.copy(range),
    };
}

/// The `title` of front matter that has lost its line breaks: where a page repeats it, its own title ends.
pub(crate) fn flat_title(front_matter: &str) -> Option<&str> {
    let (_, value) = front_matter.split_once(" title: ")?;
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value.get(1..)?.split(quote).next()?,
        _ => {
            let end = value.match_indices(' ').map(|(at, _)| at);
            let mut end = end.filter(|at| {
                value.get(at + 1..).is_some_and(|rest| rest.starts_with("---") || begins_key(rest))
            });
            value.get(..end.next()?)?
        }
    };
    Some(value.trim()).filter(|title| !title.is_empty())
}

/// Whether a text begins with `key: `.
fn begins_key(text: &str) -> bool {
    let length =
        text.bytes().take(64).take_while(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-')).count();
    length > 0 && text.get(length..).is_some_and(|rest| rest.starts_with(": ") || rest == ":")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flat_front_matter_gets_a_line_for_each_key() {
        let flat = "--- title: \"GET /a: b\" source_url: https://a.example/x scraped_at: 2026 --- # A";
        let mut builder = Builder::new(flat);
        let end = reflow_front_matter(flat, &mut builder);
        let expected =
            "---\ntitle: \"GET /a: b\"\nsource_url: https://a.example/x\nscraped_at: 2026\n---\n\n";
        assert_eq!(builder.finish().text, expected);
        assert_eq!(&flat[end..], "# A");
        assert_eq!(flat_title(flat), Some("GET /a: b"));
        assert_eq!(flat_title("--- slug: x title: A b c --- "), Some("A b c"));
        assert_eq!(flat_title("--- title: A b slug: c --- "), Some("A b"));
    }
}
