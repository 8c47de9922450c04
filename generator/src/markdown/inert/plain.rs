//! Descriptions that are running text alone, which most are: written without being parsed.
//!
//! Every rule here says less than Markdown does: text that could be anything else is left to the parser. What is
//! plain comes out as the parser's way would have it, and is inert, because nothing in it begins anything (the tests
//! compare both ways).

use super::running::{WIDTH, wrap};

/// The lines of a text of paragraphs with no markup but code spans; `None` where there may be more to it.
pub(super) fn plain(text: &str) -> Option<Vec<String>> {
    let text = text.trim_end_matches('\n');
    if !is_plain(text) {
        return None;
    }
    let mut lines = Vec::new();
    for paragraph in text.split("\n\n").filter(|paragraph| !paragraph.is_empty()) {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(wrap(words(paragraph), paragraph.len(), WIDTH));
    }
    Some(lines)
}

fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    if !begins(text, 0) {
        return false;
    }
    loop {
        at += count(bytes, at, is_word);
        let before = at.checked_sub(1).and_then(|before| bytes.get(before)).copied();
        let after = bytes.get(at + 1).copied().unwrap_or(b' ');
        at += match bytes.get(at) {
            None => return true,
            // A URL becomes a link.
            Some(b':') if after != b'/' => 1,
            // A character reference.
            Some(b'&') if !after.is_ascii_alphanumeric() && after != b'#' => 1,
            Some(b'_')
                if after.is_ascii_alphanumeric() && before.is_some_and(|it| it.is_ascii_alphanumeric()) =>
            {
                1
            }
            Some(b'`') => match code_span(bytes, at) {
                Some(length) => length,
                None => return false,
            },
            // Blanks before a line break, or behind it, mean something; so may the first character of a line.
            Some(b'\n') if before != Some(b' ') && begins(text, at + 1) => 1,
            Some(b'\n') if before != Some(b' ') && after == b'\n' => {
                let breaks = count(bytes, at, |byte| byte == b'\n');
                if !begins(text, at + breaks) {
                    return false;
                }
                breaks
            }
            Some(128..) => match text.get(at..).and_then(|rest| rest.chars().next()) {
                Some(c) if c.is_alphanumeric() || matches!(c, '–' | '—' | '‘' | '’' | '“' | '”' | '…') => {
                    c.len_utf8()
                }
                _ => return false,
            },
            Some(_) => return false,
        };
    }
}

/// How many bytes from there on are of a kind.
fn count(bytes: &[u8], at: usize, is: impl Fn(u8) -> bool) -> usize {
    bytes.get(at..).unwrap_or_default().iter().take_while(|byte| is(**byte)).count()
}

/// Whether a line that begins there begins no block of its own.
fn begins(text: &str, at: usize) -> bool {
    let first = text.get(at..).and_then(|line| line.chars().next());
    first.is_some_and(|c| c.is_alphabetic() || matches!(c, '`' | '"' | '(' | '\''))
}

/// What means nothing anywhere within a line.
fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b','
                | b'.'
                | b'\''
                | b'('
                | b')'
                | b'-'
                | b';'
                | b'?'
                | b'/'
                | b'"'
                | b'%'
                | b'$'
                | b'!'
                | b'{'
                | b'}'
                | b'@'
                | b'='
                | b'+'
                | b'#'
                | b'>'
        )
}

/// The length of a code span between single back-ticks, on one line and without blanks at its ends.
fn code_span(bytes: &[u8], at: usize) -> Option<usize> {
    let code = bytes.get(at + 1..)?;
    let length = code.iter().position(|byte| *byte == b'`')?;
    let (code, after) = code.split_at_checked(length)?;
    let inside = |byte: &u8| matches!(byte, b' '..=b'~');
    let whole = code.iter().all(inside) && code.first()? != &b' ' && code.last()? != &b' ';
    (whole && after.get(1) != Some(&b'`')).then_some(length + 2)
}

/// The words of a plain paragraph; a code span is one, with what touches it.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches([' ', '\n']);
        let mut code = false;
        let ends = |byte: u8| {
            code ^= byte == b'`';
            !code && matches!(byte, b' ' | b'\n')
        };
        let end = rest.bytes().position(ends).unwrap_or(rest.len());
        let (word, behind) = rest.split_at_checked(end)?;
        rest = behind;
        (!word.is_empty()).then_some(word)
    })
}
