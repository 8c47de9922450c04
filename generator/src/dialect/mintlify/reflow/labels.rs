//! The labels of constraints in a flat page, where their values end, and the product's other lines.
//!
//! Enter at [`Flat::values`]. Prose can hold a label's words, `Example: …`: a label is one only where a value of its form
//! follows, and behind it something of the product's own, or the end.

use std::ops::Range;

use super::{
    fields::Before,
    lexer::{Flat, Kind, bounded},
};
use crate::dialect::mintlify::{
    labels::{self, Constraint},
    responses::status_line,
    shapes::{clean, closes_sentence, is_quoted},
    words::{ASIDES, COPY_PAGE, FOOT, FOOT_STARTS, NAVIGATION, REPORT, SEARCH, STARTS},
};

/// The longest label, in bytes.
const MAX_LABEL: usize = 80;
/// The most words that one value has.
const MAX_VALUE_WORDS: usize = 24;
/// The most words that a value without marks has.
const MAX_PLAIN_WORDS: usize = 4;

/// A label with its values, as numbers of words.
#[derive(Debug)]
pub(super) struct Values {
    /// What it says.
    pub(super) constraint: Constraint,
    /// Where each value begins.
    pub(super) starts: Vec<usize>,
    /// The word behind the last.
    pub(super) end: usize,
}

impl Flat<'_> {
    /// The label that begins at a word, and the word behind it.
    pub(super) fn label(&self, at: usize) -> Option<(Constraint, usize)> {
        if self.plain(at).is_empty() {
            return None;
        }
        let start = self.start(at);
        let line = bounded(self.text.get(start..)?, MAX_LABEL);
        let (constraint, length) = labels::constraint(line)?;
        let end = start + length;
        let next = (at + 1..=at + 6).find(|&next| self.start(next) >= end)?;
        // Something is glued to the colon: it is the value.
        Some((constraint, next))
    }

    /// The label at a word with its values, where both have the product's form.
    pub(super) fn values(&self, at: usize) -> Option<Values> {
        let (constraint, first) = self.label(at)?;
        let many = matches!(constraint, Constraint::Options | Constraint::Examples);
        let mut starts = vec![first];
        let mut end = self.value_end(first, constraint)?;
        loop {
            let last = self.word(end - 1);
            let comma = last.ends_with(',');
            let more =
                many && (comma || (constraint == Constraint::Examples && self.literal_end(end).is_some()));
            if !more {
                break;
            }
            let Some(next) = self.value_end(end, constraint) else { break };
            if constraint == Constraint::Options && last == "," && !self.is_option_value(end..next) {
                end -= 1;
                break;
            }
            starts.push(end);
            end = next;
        }
        // Where prose goes on, the words are prose.
        let stated = matches!(constraint, Constraint::Example | Constraint::Examples | Constraint::Pattern);
        (!stated || self.bounds(end)).then_some(Values { constraint, starts, end })
    }

    /// The word behind the value that begins at a word.
    fn value_end(&self, at: usize, constraint: Constraint) -> Option<usize> {
        let word = self.word(at);
        if word.is_empty() {
            return None;
        }
        if word.starts_with('`') {
            return self.closing(at, '`');
        }
        match constraint {
            Constraint::Options => Some(self.option_end(at)),
            Constraint::AllowedValue => Some(self.literal_end(at).unwrap_or(at + 1)),
            Constraint::Range => self.range_end(at),
            Constraint::Pattern => {
                (at + 1..=at + MAX_VALUE_WORDS).find(|&end| self.bounds(end)).or(Some(at + 1))
            }
            Constraint::Example | Constraint::Examples => self.literal_end(at),
            _ => self.length_end(at),
        }
    }

    /// The word behind a value that ends with a mark.
    pub(super) fn closing(&self, at: usize, mark: char) -> Option<usize> {
        let own = self.word(at);
        let closes = |word: &str| word.trim_end_matches(',').ends_with(mark);
        if own.trim_end_matches(',').len() > 1 && closes(own) {
            return Some(at + 1);
        }
        (at + 1..at + MAX_VALUE_WORDS).find(|&next| closes(self.word(next))).map(|last| last + 1)
    }

    /// The word behind one value of an enumeration: it ends in a comma, or something else begins behind it.
    fn option_end(&self, at: usize) -> usize {
        let ends = |last: &usize| self.word(*last).ends_with(',') || self.bounds(last + 1);
        if self.word(at).starts_with('"')
            && let Some(end) = self.closing(at, '"')
        {
            return end;
        }
        (at..at + MAX_PLAIN_WORDS).take_while(|&word| !self.plain(word).is_empty()).find(ends).unwrap_or(at)
            + 1
    }

    /// Whether words behind a comma that stands apart are one value: a word, or what quotes hold. Prose can follow the comma
    /// too, `, and others`.
    fn is_option_value(&self, words: Range<usize>) -> bool {
        let commas = usize::from(words.len() > 1 && self.word(words.end - 1) == ",");
        let value = self.between(words.start, words.end - commas).trim_end_matches(',');
        let ends =
            self.word(words.end - 1).ends_with(',') || self.is_fresh(words.end) || self.bounds(words.end);
        is_quoted(value) || (words.len() - commas == 1 && ends)
    }

    /// The word behind a JSON literal.
    fn literal_end(&self, at: usize) -> Option<usize> {
        if matches!(self.kind(at), Some(Kind::Json)) {
            return Some(at + 1);
        }
        let word = self.plain(at);
        if word.starts_with('`') {
            return self.closing(at, '`');
        }
        if word.starts_with('"') {
            return self.closing(at, '"');
        }
        if word.starts_with(['[', '{']) {
            let rest = bounded(self.text.get(self.start(at)..)?, 1 << 12);
            let mut values = serde_json::Deserializer::from_str(rest).into_iter::<serde::de::IgnoredAny>();
            values.next()?.ok()?;
            let end = self.start(at) + values.byte_offset();
            return (at + 1..at + 4 * MAX_VALUE_WORDS).find(|&next| self.start(next) >= end);
        }
        let value = clean(word);
        let literal = value.parse::<f64>().is_ok() || matches!(value, "true" | "false" | "null");
        literal.then_some(at + 1)
    }

    /// The word behind `1 <= x <= 100`.
    fn range_end(&self, at: usize) -> Option<usize> {
        let part = |word: &str| {
            word == "x" || matches!(word, "<" | "<=" | ">" | ">=" | "=") || word.parse::<f64>().is_ok()
        };
        let count = (at..at + 5).take_while(|&word| part(self.plain(word))).count();
        (count >= 3).then_some(if count == 4 { at + 3 } else { at + count })
    }

    /// The word behind `1 - 255`, `2`, `1 - 10 elements`.
    fn length_end(&self, at: usize) -> Option<usize> {
        let number = |at: usize| self.plain(at).parse::<f64>().is_ok();
        if !number(at) {
            return None;
        }
        let end = if self.plain(at + 1) == "-" && number(at + 2) { at + 3 } else { at + 1 };
        let unit =
            matches!(self.plain(end), "elements" | "element" | "items" | "item" | "characters" | "character");
        Some(end + usize::from(unit))
    }

    /// Whether what stands before a word ends there: something of the product's own follows, or nothing.
    pub(super) fn bounds(&self, at: usize) -> bool {
        match self.kind(at) {
            None | Some(Kind::Anchor(_) | Kind::Fence(_) | Kind::Command | Kind::Program | Kind::Json) => {
                true
            }
            Some(Kind::Link) => self.is_menu(at),
            Some(Kind::Text) => {
                self.label(at).is_some()
                    || self.furniture(at) > 0
                    || self.heading(at).is_some()
                    || (!self.anchored && self.field(at, Before::Value).is_some())
            }
        }
    }

    /// How many words of furniture stand at a place: phrases of the product's that no vendor writes in a sentence.
    pub(super) fn furniture(&self, at: usize) -> usize {
        let word = self.plain(at);
        if word.is_empty() {
            return 0;
        }
        let known = labels::phrases().filter(|phrase| phrase.starts_with(word));
        let known = known.map(|phrase| self.phrase(at, phrase)).max().unwrap_or(0);
        known.max(self.copy_page(at)).max(self.search(at)).max(self.foot(at))
    }

    /// How many words the button to copy the page has that a copy has run together with its own again: `Copy pageCopy page`.
    fn copy_page(&self, at: usize) -> usize {
        let twice = |phrase: &&str| match phrase.starts_with(self.plain(at)) {
            true => self.phrase(at, &format!("{phrase}{phrase}")),
            false => 0,
        };
        COPY_PAGE.iter().map(twice).max().unwrap_or(0)
    }

    /// How many words the box to search in has, and the button for the menus behind it.
    fn search(&self, at: usize) -> usize {
        match SEARCH.contains(&self.plain(at)) {
            true => 1 + usize::from(self.plain(at + 1) == NAVIGATION),
            false => 0,
        }
    }

    /// How many words the line has that opens the page's foot.
    pub(super) fn foot(&self, at: usize) -> usize {
        let word = self.plain(at);
        if labels::opens_foot(word) {
            return 1;
        }
        let starts = FOOT_STARTS.iter().chain(STARTS);
        let dated = starts.map(|start| self.phrase(at, start.trim_end())).max().unwrap_or(0);
        // `Last modified on May 1, 2026`
        let year = |word: &str| word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit());
        if dated > 0
            && let Some(last) = (at + dated..at + dated + 3).find(|&next| year(self.plain(next)))
        {
            return last + 1 - at;
        }
        FOOT.iter().map(|foot| self.phrase(at, foot)).max().unwrap_or(0).max(self.report(at))
    }

    /// How many words the button to report the page has, with nothing or another part of the foot behind it: sentences hold
    /// such words, too.
    fn report(&self, at: usize) -> usize {
        let longest =
            |words: &[&str], at: usize| words.iter().map(|word| self.phrase(at, word)).max().unwrap_or(0);
        let length = longest(REPORT, at);
        let end = at + length;
        let ends = self.kind(end).is_none()
            || self.is(end, &Kind::Link)
            || longest(REPORT, end).max(longest(FOOT, end)) > 0
            || longest(FOOT_STARTS, end) > 0;
        if ends { length } else { 0 }
    }

    /// Whether a link is one of the page's frame: it is glued to another, or the page's end follows, or stands with others before
    /// the samples that a copy has put last.
    pub(super) fn is_menu(&self, at: usize) -> bool {
        let adjoins = |left: usize| {
            let end = self.words.get(left).map(|word| word.range.end);
            self.is(left, &Kind::Link) && self.is(left + 1, &Kind::Link) && end == Some(self.start(left + 1))
        };
        self.is(at, &Kind::Link)
            && (adjoins(at)
                || at.checked_sub(1).is_some_and(adjoins)
                || self.kind(at + 1).is_none()
                || self.foot(at + 1) > 0
                || self.stands_before_samples(at))
    }

    fn stands_before_samples(&self, at: usize) -> bool {
        /// The most links between a page's neighbours and its samples.
        const MAX_LINKS: usize = 4;
        let behind = (at + 1..=at + MAX_LINKS).find(|&next| !self.is(next, &Kind::Link));
        let several =
            self.is(at + 1, &Kind::Link) || at.checked_sub(1).is_some_and(|at| self.is(at, &Kind::Link));
        // A description's links can have an example of what is sent behind them.
        let is_command = |at: usize| match self.kind(at) {
            Some(Kind::Command) => true,
            Some(Kind::Fence(code)) => {
                self.text.get(code.clone()).is_some_and(|code| code.starts_with("curl "))
            }
            _ => false,
        };
        several && behind.is_some_and(|end| is_command(end) || labels::is_language(self.plain(end)))
    }

    /// How many words a heading of the vendor's own has, of several words, that begins at a place behind a sentence or a sample.
    pub(super) fn aside(&self, at: usize) -> usize {
        let Some(before) = at.checked_sub(1).filter(|_| self.plain(at).starts_with(char::is_uppercase))
        else {
            return 0;
        };
        let ended =
            self.is_code(before) || closes_sentence(self.word(before)) || self.word(before).ends_with(')');
        // Behind a heading, no sentence goes on.
        let heads = |end: usize| self.is_fresh(end) || self.field(end, Before::Head).is_some();
        let headings = ASIDES.iter().filter(|heading| ended && heading.contains(' '));
        let lengths = headings.map(|heading| self.phrase(at, heading));
        lengths.filter(|&length| length > 0 && heads(at + length)).max().unwrap_or(0)
    }

    /// Whether what the product calls a variant without a title begins at a word, in a list, and ends with its number:
    /// `• Option 1`. In a sentence, something goes on behind that.
    pub(super) fn is_option(&self, at: usize) -> bool {
        let bullet = |at: usize| matches!(self.plain(at), "•" | "*" | "-");
        let ends = |at: usize| bullet(at) || self.bounds(at) || self.field(at, Before::Value).is_some();
        bullet(at)
            && self.plain(at + 1) == "Option"
            && self.plain(at + 2).parse::<u8>().is_ok()
            && ends(at + 3)
    }

    /// Whether a word is the button of a status, or several.
    pub(super) fn is_status(&self, at: usize) -> bool {
        let word = self.plain(at);
        word.len() <= 64
            && word.starts_with(|c: char| c.is_ascii_digit() || c == 'd')
            && status_line(word).is_some()
    }
}
