//! Markdown's escapes in names, which tools that write a page anew put before what may be a mark: `user\_id`.

/// A text without them.
pub(crate) fn without_escapes(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        let escaped = (c == '\\').then(|| chars.as_str().chars().next()).flatten();
        match escaped.filter(char::is_ascii_punctuation) {
            Some(escaped) => {
                chars.next();
                out.push(escaped);
            }
            None => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::without_escapes;

    #[test]
    fn a_backslash_before_a_mark_is_no_part_of_a_name() {
        assert_eq!(without_escapes(r"user\_id\[\]"), "user_id[]");
        assert_eq!(without_escapes(r"a\\\_b \c \"), r"a\_b \c \");
        assert_eq!(without_escapes(r"\\_"), r"\_");
    }
}
