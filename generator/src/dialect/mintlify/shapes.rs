//! Tells by its shape what a line can be, a field's name or a literal value, and takes off the marks around it.

use crate::dialect::escapes::without_escapes;

/// The longest name of a field, in bytes.
pub(super) const MAX_NAME: usize = 200;

/// A value without the marks around it.
pub(super) fn clean(value: &str) -> &str {
    value.trim().trim_end_matches(',').trim_matches('`').trim()
}

/// Takes away Markdown's escapes and marks around a name.
pub(super) fn unescape(name: &str) -> String {
    let name = name.trim().trim_matches('`');
    without_escapes(name.strip_prefix("**").and_then(|name| name.strip_suffix("**")).unwrap_or(name))
}

/// What stands in a fence, or all of a text that is none.
pub(super) fn unfenced(text: &str) -> &str {
    const MARK: &str = "```";
    let inner = text.strip_prefix(MARK).and_then(|text| text.trim_end().strip_suffix(MARK));
    inner.and_then(|inner| inner.split_once('\n')).map_or(text, |(_, code)| code)
}

/// Whether a capital follows a small letter in a word, as in names of code.
pub(super) fn is_humped(word: &str) -> bool {
    let humps = |two: &[u8]| matches!(two, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase());
    word.as_bytes().windows(2).any(humps)
}

/// Whether a sentence ends where a text does.
pub(super) fn closes_sentence(text: &str) -> bool {
    text.ends_with(['.', '!', '?', '。'])
}

/// Takes the marks off the quote that a description begins with: the export puts that of the page into one.
pub(super) fn unquote(text: &mut String) {
    if text.starts_with('>') {
        let mut quoted = true;
        let lines = text.lines().map(|line| {
            quoted &= line.starts_with('>');
            if quoted { line.trim_start_matches('>').trim_start() } else { line }
        });
        *text = lines.collect::<Vec<_>>().join("\n");
    }
}

/// Whether a value stands in back-ticks or quotes.
pub(super) fn is_quoted(value: &str) -> bool {
    let mark = value.chars().next().filter(|mark| matches!(mark, '`' | '"' | '\''));
    mark.is_some_and(|mark| value.len() > 1 && value.ends_with(mark))
}

/// Whether a line is a JSON literal, as the values of examples are.
pub(super) fn is_literal(value: &str) -> bool {
    let value = clean(value);
    value.starts_with('"') || value.parse::<f64>().is_ok() || matches!(value, "true" | "false" | "null")
}

/// Whether a line can be a field's name. Names with blanks must adjoin their type.
pub(super) fn is_name(text: &str, adjoins: bool) -> bool {
    let plain = text.trim_matches(['`', '*']);
    let Some(first) = plain.chars().next() else { return false };
    let Some(last) = plain.chars().last() else { return false };
    let shaped = (first.is_alphanumeric() || "_{$@#-[~.\\".contains(first)) && !".,;:!?".contains(last);
    // Exotic blanks alone are no word.
    let blanks = plain.split_whitespace().count().saturating_sub(1);
    let words = blanks == 0 || (adjoins && blanks <= 4 && plain.len() <= 64 && !plain.contains(". "));
    let status = plain.split_once(" - ").is_some_and(|(_, media)| super::is_media_type(media.trim()));
    plain.len() <= MAX_NAME
        && !status
        && shaped
        && words
        && !plain.contains("://")
        && !super::is_media_type(plain)
}

#[cfg(test)]
mod tests {
    use super::is_name;

    #[test]
    fn names_are_told_from_prose() {
        for name in ["user_id", "X-Tenant-ID", "data.{key}", "{key}", "fields[]", "2fa", "$ref", "\\_id"] {
            assert!(is_name(name, false), "{name}");
        }
        for prose in [
            "The user.",
            "Note:",
            "a b",
            "https://a.test",
            "application/json",
            "201 - application/json",
            "\"x\"",
        ] {
            assert!(!is_name(prose, false), "{prose}");
        }
        assert!(is_name("Location Name", true));
    }
}
