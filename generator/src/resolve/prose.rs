//! Descriptions as plain lines and sentences, for the passes that read facts out of prose.
//!
//! A description comes in as Markdown, its lines ([`lines`]) and sentences ([`sentences`]) go out, without
//! escapes, tags for line breaks, and emphasis. What is read is English or nothing.

use std::borrow::Cow;

use memchr::memchr2_iter;

/// The longest description that is looked at. Facts stand in short ones; the rest are essays.
const MAX_LENGTH: usize = 8 << 10;

/// The lines, trimmed, without empty ones. Bullets stay.
pub(super) fn lines(markdown: &str) -> Vec<String> {
    if markdown.len() > MAX_LENGTH {
        return Vec::new();
    }
    let mut text = Cow::Borrowed(markdown);
    if markdown.contains("<br") {
        for tag in ["<br>", "<br/>", "<br />"] {
            text = Cow::Owned(text.replace(tag, "\n"));
        }
    }
    text.lines().map(|line| unescape(line.trim())).filter(|line| !line.is_empty()).collect()
}

/// The sentences of all lines: parted at line ends, and where a full stop ends one.
pub(super) fn sentences(markdown: &str) -> Vec<String> {
    let mut found = Vec::new();
    for line in lines(markdown) {
        let mut rest = line.as_str();
        while let Some(end) = sentence_end(rest) {
            let (sentence, after) = rest.split_at(end);
            found.push(sentence.trim().to_owned());
            rest = after;
        }
        found.push(rest.trim().to_owned());
    }
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// The sentences of the running text: a sentence may go on over line ends.
pub(super) fn running_sentences(markdown: &str) -> Vec<String> {
    sentences(&lines(markdown).join(" "))
}

/// Where the first sentence ends, its full stop included; the stops of `e.g.` and `max.` end none.
fn sentence_end(text: &str) -> Option<usize> {
    text.match_indices(['.', '!', '?']).find_map(|(at, _)| {
        let after = text.get(at + 1..)?;
        let before = text.as_bytes().get(..at)?;
        let ends_with = |word: &str| {
            let start = before.len().checked_sub(word.len());
            start
                .and_then(|start| before.get(start..))
                .is_some_and(|end| end.eq_ignore_ascii_case(word.as_bytes()))
        };
        let abbreviated = ["e.g", "i.e", "max", "min", "vs", "approx"].into_iter().any(ends_with);
        (after.starts_with(char::is_whitespace) && !abbreviated).then_some(at + 1)
    })
}

/// Takes away the backslashes of escapes.
fn unescape(line: &str) -> String {
    if !line.contains('\\') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        if c == '\\' && chars.peek().is_some_and(char::is_ascii_punctuation) {
            continue;
        }
        if c == '\\' && chars.peek().is_none() {
            continue;
        }
        out.push(c);
    }
    out
}

/// The line without the bullet it begins with, mangled ones (`_ 0: …`) included.
pub(super) fn without_bullet(line: &str) -> &str {
    let bare = line.trim_start();
    match bare.strip_prefix(['-', '*', '+', '_', '•', '·', '–']) {
        Some(after) if after.starts_with(char::is_whitespace) => after.trim_start(),
        _ => bare,
    }
}

/// The text within quotes or back-ticks that it begins and ends with.
pub(super) fn unquoted(text: &str) -> Option<&str> {
    let pairs = [('`', '`'), ('"', '"'), ('\'', '\''), ('“', '”'), ('‘', '’')];
    pairs.iter().find_map(|&(open, close)| {
        let inner = text.strip_prefix(open)?.strip_suffix(close)?;
        (!inner.is_empty() && !inner.contains([open, close])).then_some(inner)
    })
}

/// Whether a text contains an ASCII word, whatever its case: asked before a text is taken apart.
pub(super) fn mentions(text: &str, word: &str) -> bool {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    let Some(first) = word.first() else { return true };
    let mut starts = memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text);
    starts.any(|at| text.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)))
}

/// What stands behind the first of some phrases of ASCII, whatever its case: the shortest of those that begin there.
pub(super) fn after_phrase<'t>(text: &'t str, phrases: &[&str]) -> Option<&'t str> {
    let begins = |at: usize| {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let is_here = |phrase: &&&str| {
            rest.get(..phrase.len()).is_some_and(|head| head.eq_ignore_ascii_case(phrase.as_bytes()))
        };
        phrases.iter().filter(is_here).map(|phrase| at + phrase.len()).min()
    };
    let mut within_word = false;
    let end = text.char_indices().find_map(|(at, c)| {
        let begins_word = !std::mem::replace(&mut within_word, c.is_alphanumeric());
        if begins_word && c.is_ascii_alphabetic() { begins(at) } else { None }
    })?;
    text.get(end..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_lose_escapes_and_tags() {
        assert_eq!(lines("Values:  \n  _ 0: A  \n \\* 1: B<br>c"), ["Values:", "_ 0: A", "* 1: B", "c"]);
        assert_eq!(without_bullet("_ 0: A"), "0: A");
        assert_eq!(without_bullet("_links"), "_links");
    }

    #[test]
    fn sentences_end_at_full_stops_and_lines() {
        assert_eq!(sentences("A b. C (e.g. d) v1.2.\nE"), ["A b.", "C (e.g. d) v1.2.", "E"]);
        assert_eq!(running_sentences("A\nb. C"), ["A b.", "C"]);
    }

    #[test]
    fn phrases_are_found_at_word_starts() {
        assert_eq!(after_phrase("The Default is 3", &["default is"]), Some(" 3"));
        assert_eq!(after_phrase("nodefault is 3", &["default is"]), None);
    }
}
