//! The words of a command, as a shell takes them. Nothing is expanded.

use std::ops::Range;

use super::{MAX_COMMAND_BYTES, Meaning};

/// A word of a command, without its quotes.
pub(super) struct Word {
    pub(super) value: String,
    /// Where it stands, with its quotes.
    pub(super) range: Range<usize>,
}

/// Reads a command word by word.
pub(super) struct Words<'a> {
    pub(super) text: &'a str,
    /// The end of the last word.
    pub(super) at: usize,
}

impl Words<'_> {
    /// The next word; `Some(None)` at the command's end, `None` where a quote never closes.
    pub(super) fn next(&mut self) -> Option<Option<Word>> {
        if !self.skip_blanks() {
            return Some(None);
        }
        let start = self.at;
        let mut value = String::new();
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let Some(c) = rest.chars().next() else { break };
            match c {
                ' ' | '\t' | '\n' => break,
                '\'' => {
                    let inner = rest.get(1..)?;
                    let close = inner.find('\'').filter(|&close| close < MAX_COMMAND_BYTES)?;
                    value.push_str(inner.get(..close)?);
                    self.at += close + 2;
                }
                '"' => self.double_quoted(&mut value)?,
                '\\' => {
                    let next = rest.get(1..).and_then(|rest| rest.chars().next());
                    match next {
                        None | Some(' ' | '\n' | '\t') => break,
                        Some(c) => {
                            value.push(c);
                            self.at += 1 + c.len_utf8();
                        }
                    }
                }
                c => {
                    value.push(c);
                    self.at += c.len_utf8();
                }
            }
        }
        Some(Some(Word { value, range: start..self.at }))
    }

    fn double_quoted(&mut self, value: &mut String) -> Option<()> {
        let mut chars = self.text.get(self.at + 1..)?.char_indices().take(MAX_COMMAND_BYTES);
        while let Some((at, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += 1 + at + 1;
                    return Some(());
                }
                '\\' => match chars.next()?.1 {
                    c @ ('"' | '\\' | '$' | '`') => value.push(c),
                    '\n' => {}
                    c => value.extend(['\\', c]),
                },
                c => value.push(c),
            }
        }
        None
    }

    /// Skips line ends between an option and its quoted value, where they have lost their backslash.
    pub(super) fn skip_to_quote(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let value = rest.trim_start();
        if value.starts_with(['\'', '"']) && rest.trim_start_matches([' ', '\t']).starts_with(['\n', '\r']) {
            self.at += rest.len() - value.len();
        }
    }

    /// Skips blanks and continued line ends. `false` where the command ends.
    fn skip_blanks(&mut self) -> bool {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            let mut chars = rest.chars();
            match chars.next() {
                Some(' ' | '\t') => self.at += 1,
                // Back-slash and line end, between which a copy can put blanks, or what collapsing has made of them.
                Some('\\') if chars.as_str().is_empty() || chars.as_str().starts_with([' ', '\t', '\n']) => {
                    let after = chars.as_str().trim_start_matches([' ', '\t']);
                    self.at += rest.len() - after.strip_prefix('\n').unwrap_or(after).len();
                }
                Some('\n') if goes_on(rest) => self.at += rest.len() - rest.trim_start().len(),
                Some('\n') | None => return false,
                _ => return true,
            }
        }
    }
}

/// Whether a command goes on behind a line end that has lost its backslash: the next line begins with one of its options.
fn goes_on(line_end: &str) -> bool {
    let next = line_end.trim_start_matches(['\n', '\r']).trim_start_matches([' ', '\t']);
    let word = next.split(|c: char| c.is_whitespace() || c == '=').next().unwrap_or_default();
    Meaning::of(word) != Meaning::Flag || matches!(word, "-L" | "--location")
}
