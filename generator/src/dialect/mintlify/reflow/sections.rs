//! Where the sections of a flat page begin.
//!
//! Enter at [`Flat::sections`]. A heading is a word or two that prose can hold as well: marks of Markdown before it, or what
//! follows it tells: a field, a media type, a status. The product prints its sections in one order, each once. What only looks
//! like a heading counts where the page has no better one: such a section has lost its fields.

use super::{
    fields::Before,
    lexer::{Flat, Kind},
};
use crate::dialect::mintlify::{
    is_media_type,
    labels::{self, Section},
    words::SECTIONS,
};

/// Headings that vendors use who write pages by hand, and other products too: without marks they tell nothing.
const BY_HAND: [&str; 11] = [
    "Header Parameters",
    "Path Params",
    "Query Params",
    "Cookie Parameters",
    "Request Body",
    "Body Parameters",
    "Body Params",
    "Responses",
    "Respons",
    "Corpo",
    "Corps",
];
/// The most words of a response that is only described.
const MAX_DESCRIPTION_WORDS: usize = 60;

/// A section's heading, as numbers of words.
#[derive(Debug, Clone)]
pub(super) struct Heading {
    pub(super) section: Section,
    /// The marks before it, or its first word.
    pub(super) start: usize,
    /// The word behind it.
    pub(super) end: usize,
    /// How much speaks for it.
    weight: Weight,
}

/// How much speaks for a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// Its words alone.
    Words,
    /// Prose behind it that a section can begin with.
    Prose,
    /// What only a section begins with, or marks before it.
    Certain,
}

impl Flat<'_> {
    /// The words of a heading at a place: the section, whether Markdown's marks stand before it, and the word behind it.
    fn heading_words(&self, at: usize) -> Option<(Section, bool, usize)> {
        let marks = self.plain(at);
        if marks.starts_with(|c: char| c.is_ascii() && !c.is_ascii_uppercase() && c != '#' && c != '*') {
            return None;
        }
        let marked = !marks.is_empty() && marks.len() <= 6 && marks.bytes().all(|b| b == b'#');
        let first = at + usize::from(marked);
        let word = self.plain(first).trim_matches('*');
        let begins = |words: &&str| words.split(' ').next() == Some(word);
        if word.is_empty() {
            return None;
        }
        let all = SECTIONS.iter().flat_map(|(section, all)| all.iter().map(move |words| (section, *words)));
        let found = all
            .filter(|(_, words)| begins(words) && (marked || !BY_HAND.contains(words)))
            .filter_map(|(section, words)| {
                let count = words.split(' ').count();
                let text = self.between(first, first + count);
                (text.trim_matches('*') == words).then_some((*section, first + count))
            });
        found.max_by_key(|(_, end)| *end).map(|(section, end)| (section, marked, end))
    }

    /// Whether a heading could begin at a word, for what stands before it: the section.
    pub(super) fn heading(&self, at: usize) -> Option<Section> {
        let (section, marked, end) = self.heading_words(at)?;
        let several = end - at > 1 || section == Section::Authorizations;
        (marked || several || self.opens(section, end) >= Weight::Prose).then_some(section)
    }

    /// The sections of the page, in order.
    pub(super) fn sections(&self) -> Vec<Heading> {
        in_order(self, self.candidates())
    }

    /// Everything that could be a heading.
    pub(super) fn candidates(&self) -> Vec<Heading> {
        let mut found: Vec<Heading> = Vec::new();
        // Up to where it is known that no description ends.
        let mut described = 0;
        for start in 0..self.words.len() {
            let Some((section, marked, end)) = self.heading_words(start) else { continue };
            if found.last().is_some_and(|last| last.end > start) {
                continue;
            }
            let mut weight = if marked { Weight::Certain } else { self.opens(section, end) };
            let alone = start.checked_sub(1).is_none_or(|before| {
                self.is_code(before) || self.word(before).ends_with(['.', '!', '?', '。'])
            });
            if weight == Weight::Words && end - start > 1 && alone && !self.plain(end).is_empty() {
                // Fields of which none is one by its looks.
                weight = Weight::Prose;
            }
            if weight == Weight::Prose && section == Section::Response {
                let limit = end + 1 + MAX_DESCRIPTION_WORDS;
                described =
                    (described.max(end + 1)..limit).find(|&at| self.ends_description(at)).unwrap_or(limit);
                if described == limit {
                    weight = Weight::Words;
                }
            }
            found.push(Heading { section, start, end, weight });
        }
        found
    }

    /// How much speaks for a section that is called so before a word.
    fn opens(&self, section: Section, at: usize) -> Weight {
        // With a type behind it, the word is a field's name; with two, the first is.
        let typed = self.typed(at).is_some() && self.typed(at + 1).is_none();
        if typed {
            return Weight::Words;
        }
        let certain = match section {
            Section::Authorizations | Section::Parameters(_) => false,
            Section::Body => {
                is_media_type(self.plain(at).trim_end_matches(';'))
                    || self.phrase(at, "The body is of type") > 0
            }
            Section::Response => {
                is_media_type(self.plain(at).trim_end_matches(';'))
                    || (self.is_status(at)
                        && (self.plain(at + 1) == "-"
                            || self.is_fresh(at + 1)
                            || self.is_status(at + 1)
                            || is_media_type(self.plain(at + 1))
                            || self.field(at + 1, Before::Head).is_some()))
                    || self.phrase(at, "The response is of type") > 0
            }
        };
        if certain || self.field(at, Before::Head).is_some() || matches!(self.kind(at), Some(Kind::Anchor(_)))
        {
            return Weight::Certain;
        }
        // A field that has lost its name, or prose.
        let begins = self.plain(at).starts_with(char::is_uppercase)
            || self.lost_field(at, Before::Head).is_some()
            || self.kind(at).is_none();
        if begins { Weight::Prose } else { Weight::Words }
    }

    /// Whether a field or the foot begins at a word, or the page ends: what follows a response's description.
    fn ends_description(&self, at: usize) -> bool {
        self.kind(at).is_none()
            || self.foot(at) > 0
            || self.field(at, Before::Prose).is_some()
            || self.field(at, Before::Sentence).is_some()
    }
}

/// The place of a section in the product's order.
fn rank(section: Section) -> usize {
    match section {
        Section::Authorizations => 0,
        Section::Parameters(_) => 1,
        Section::Body => 2,
        Section::Response => 3,
    }
}

/// Takes of what could be headings one for each section, in the product's order.
fn in_order(flat: &Flat<'_>, found: Vec<Heading>) -> Vec<Heading> {
    let mut out: Vec<Heading> = Vec::new();
    for heading in found.iter().filter(|heading| heading.weight == Weight::Certain) {
        let after = out.last().is_none_or(|last| rank(last.section) <= rank(heading.section));
        if after && !out.iter().any(|known| known.section == heading.section) {
            out.push(heading.clone());
        }
    }
    // Where a certain heading has none, the last that stands at its place.
    for section in [Section::Response, Section::Body, Section::Authorizations]
        .into_iter()
        .chain(PARAMETERS.into_iter().map(Section::Parameters))
    {
        if out.iter().any(|known| known.section == section) {
            continue;
        }
        let from =
            out.iter().filter(|known| rank(known.section) < rank(section)).map(|known| known.end).max();
        let to =
            out.iter().filter(|known| rank(known.section) > rank(section)).map(|known| known.start).min();
        let within = |heading: &&Heading| {
            heading.section == section
                && heading.weight == Weight::Prose
                && from.is_none_or(|from| heading.start >= from)
                && to.is_none_or(|to| heading.end <= to)
        };
        let ended = |heading: &&Heading| {
            let before = heading.start.checked_sub(1).map_or("", |before| flat.word(before));
            before.ends_with(['.', '!', '?', ')', '"', '。'])
        };
        // A word of prose does not open the first section, or any, but for one that stands behind a sentence.
        let best = found.iter().rev().filter(within).find(ended).or_else(|| found.iter().rev().find(within));
        if let Some(heading) = best {
            let at = out.partition_point(|known| known.start < heading.start);
            out.insert(at, heading.clone());
        }
    }
    out
}

/// The places of parameters that have sections.
const PARAMETERS: [crate::model::ParameterLocation; 4] = {
    use crate::model::ParameterLocation as Location;
    [Location::Header, Location::Path, Location::Query, Location::Cookie]
};

/// Whether anything but words speaks for one of the sections.
pub(super) fn is_certain(headings: &[Heading]) -> bool {
    headings.iter().any(|heading| heading.weight == Weight::Certain)
}

/// Whether a section begins with more than its fields: media types, statuses, prose.
pub(super) fn has_described_head(section: labels::Section) -> bool {
    matches!(section, Section::Body | Section::Response)
}
