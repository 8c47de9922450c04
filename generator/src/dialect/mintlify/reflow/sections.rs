//! Where the sections of a flat page begin.
//!
//! Enter at [`Flat::sections`]. A heading is a word or two that prose can hold as well: marks of Markdown before it, or what
//! follows it tells: a field, a media type, a status. The product prints its sections in one order, each once. What only looks
//! like a heading counts where the page has no better one: such a section has lost its fields.

use super::{
    fields::Before,
    lexer::{Flat, Kind},
    types::Field,
};
use crate::dialect::mintlify::{
    is_media_type,
    labels::{self, Section},
    shapes::closes_sentence,
    words::{OF_TYPE, SECTIONS},
};

/// Headings that vendors use who write pages by hand, and other products too: without marks they tell nothing.
const BY_HAND: [&str; 8] = [
    "Header Parameters",
    "Path Params",
    "Query Params",
    "Cookie Parameters",
    "Request Body",
    "Body Parameters",
    "Body Params",
    "Responses",
];
/// Translated headings that are words of prose too: a media type or a status behind them tells.
const BEFORE_MEDIA: [&str; 3] = ["Respons", "Corpo", "Corps"];
/// The most words of a reason that a response begins with, `Successful Response`, its last one not among them.
const MAX_REASON_WORDS: usize = 3;
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
    /// A status behind it, and then prose.
    Status,
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
            .filter(|(_, words)| begins(words) && (marked || self.by_hand || !BY_HAND.contains(words)))
            .filter_map(|(section, words)| {
                let end = first + words.split(' ').count();
                let told = marked
                    || !BEFORE_MEDIA.contains(&words)
                    || is_media_type(self.plain(end))
                    || self.is_status(end);
                (told && self.between(first, end).trim_matches('*') == words).then_some((*section, end))
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
            if !marked
                && section == Section::Response
                && let Some(last) = found.last_mut().filter(|last| self.has_reason(last, start))
            {
                last.weight = last.weight.max(weight);
                continue;
            }
            if !marked && self.is_led_to(start) {
                // A sentence speaks of the section, unless a description is but an article.
                weight = weight.min(Weight::Prose);
            }
            let alone = start
                .checked_sub(1)
                .is_none_or(|before| self.is_code(before) || closes_sentence(self.word(before)));
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

    /// Whether a word that could be a heading ends the reason that the response above it begins with: `Successful Response`.
    fn has_reason(&self, response: &Heading, last: usize) -> bool {
        let reason = response.end..last;
        response.section == Section::Response
            && response.weight == Weight::Prose
            && (1..=MAX_REASON_WORDS).contains(&reason.len())
            && reason
                .clone()
                .all(|at| self.plain(at).chars().all(char::is_alphabetic) && !self.plain(at).is_empty())
    }

    /// How much speaks for a section that is called so before a word.
    fn opens(&self, section: Section, at: usize) -> Weight {
        // With a type behind it, the word is a field's name; with two, the first is.
        let typed = self.typed(at).is_some() && self.typed(at + 1).is_none();
        if typed {
            return Weight::Words;
        }
        let certain = match section {
            Section::Authorizations => self.offers_credentials(at),
            Section::Parameters(_) => false,
            Section::Body => is_media_type(self.plain(at).trim_end_matches(';')),
            Section::Response => {
                is_media_type(self.plain(at).trim_end_matches(';'))
                    || (self.is_status(at)
                        && (self.plain(at + 1) == "-"
                            || self.is_status(at + 1)
                            || is_media_type(self.plain(at + 1))
                            || self.field(at + 1, Before::Head).is_some()))
            }
        };
        let certain = certain
            || (has_described_head(section) && OF_TYPE.iter().any(|words| self.phrase(at, words) > 0))
            || self.field(at, Before::Head).is_some()
            || matches!(self.kind(at), Some(Kind::Anchor(_)));
        if certain {
            return Weight::Certain;
        }
        if section == Section::Response && self.is_status(at) && self.is_fresh(at + 1) {
            return Weight::Status;
        }
        // A field that has lost its name, or prose.
        let begins = self.plain(at).starts_with(char::is_uppercase)
            || self.lost_field(at, Before::Head).is_some()
            || self.kind(at).is_none();
        if begins { Weight::Prose } else { Weight::Words }
    }

    /// Whether a choice of schemes begins at a word: a few words, and a field that says where it is sent.
    fn offers_credentials(&self, at: usize) -> bool {
        const MAX_SCHEMES: usize = 8;
        let words = (at..=at + MAX_SCHEMES).take_while(|&at| !closes_sentence(self.plain(at)));
        words.skip(1).any(|at| {
            let placed = |field: &Field| field.markers.iter().any(|&marker| self.plain(marker) == "header");
            self.field(at, Before::Head).is_some_and(|field| placed(&field))
        })
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
    // A description can speak of a status, too: it counts where nothing tells more.
    let responds =
        |heading: &Heading| heading.section == Section::Response && heading.weight == Weight::Certain;
    let most = if found.iter().any(responds) { Weight::Certain } else { Weight::Status };
    for heading in found.iter().filter(|heading| heading.weight >= most) {
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
            closes_sentence(before) || before.ends_with([')', '"'])
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
    headings.iter().any(|heading| heading.weight >= Weight::Status)
}

/// Whether a section begins with more than its fields: media types, statuses, prose.
pub(super) fn has_described_head(section: labels::Section) -> bool {
    matches!(section, Section::Body | Section::Response)
}
