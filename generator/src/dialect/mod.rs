//! The dialects: how each documentation product writes reference pages.
//!
//! A [`Reader`] recognises its dialect ([`Reader::detect`]), restores lost line breaks
//! ([`Reader::reflow`]) and reads ([`Reader::read`]). Reading never fails: it gives a [`Page`], whatever
//! the text, and reports through its [`Context`] what it could not understand. Enter at [`detect`], then
//! [`read`].
//!
//! Invariants: a reader knows its dialect and no document; it claims every stretch that it consumes;
//! everything between bytes and text was settled before (`source`), everything that takes more than one
//! field to know is left for later (`resolve`).

mod bump;
mod context;
mod definition;
mod doubtful;
mod fields;
mod foreign;
mod front_matter;
mod marks;
mod media;
mod mintlify;
mod readme;
mod redocly;
mod saved;
mod security;
mod servers;
mod size;
mod tail;
mod title;
mod types;
mod unknown;

use std::{fmt, ops::Range};

use serde::Serialize;

pub(crate) use context::{Context, dedent, lines, trim};
pub(crate) use fields::{Field, assemble, can_have_members};
pub(crate) use front_matter::{Defined, FrontMatter, find_front_matter, read_front_matter};

use crate::{
    claims::Claims,
    diagnostic::{Diagnostic, codes},
    model::Page,
    reflow::Reflowed,
    source::{PageId, Source, Span},
};

/// The ways of writing reference pages that are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dialect {
    /// The Markdown export of Bump.sh.
    Bump,
    /// The Markdown export of Redocly.
    Redocly,
    /// The Markdown export of ReadMe, with its `[block:…]` JSON.
    ReadMe,
    /// The page text of Mintlify.
    Mintlify,
}

impl Dialect {
    /// Whether its pages have a notation for enumerations. Where they have, prose that lists values
    /// without it gives examples, or the values of another field.
    pub(crate) fn notes_enumerations(self) -> bool {
        match self {
            Self::Redocly | Self::Mintlify => true,
            Self::Bump | Self::ReadMe => false,
        }
    }

    /// Whether its pages have a notation for limits of numbers and lengths. Where they have, prose without it recommends.
    pub(crate) fn notes_limits(self) -> bool {
        match self {
            Self::Mintlify => true,
            Self::Bump | Self::Redocly | Self::ReadMe => false,
        }
    }

    /// Whether its pages say of every parameter where it goes. Where they do not, one that stands in no
    /// place of its own is taken for the query's, until the path turns out to have it.
    pub(crate) fn states_locations(self) -> bool {
        match self {
            Self::Bump | Self::Redocly | Self::Mintlify => true,
            Self::ReadMe => false,
        }
    }
}

impl fmt::Display for Dialect {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Bump => "Bump.sh",
            Self::Redocly => "Redocly",
            Self::ReadMe => "ReadMe",
            Self::Mintlify => "Mintlify",
        })
    }
}

/// One thing on a page that speaks for a dialect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clue {
    /// What was found, as a noun phrase: ``an `Endpoint: METHOD /path` line``.
    pub what: &'static str,
    /// Where, in the page's text.
    pub range: Range<usize>,
    /// How strongly it speaks: [`STRONG`] where no other dialect writes it, [`WEAK`] otherwise.
    pub weight: u32,
}

/// The weight of a clue that no other dialect has.
pub const STRONG: u32 = 4;
/// The weight of a clue that several dialects could have.
pub const WEAK: u32 = 1;
/// A page is of a dialect from this sum of weights on.
const ENOUGH: u32 = STRONG;

/// What a page was recognised as, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detection {
    /// The dialect.
    pub dialect: Dialect,
    /// What speaks for it.
    pub clues: Vec<Clue>,
}

/// Reads the pages of one dialect.
pub(crate) trait Reader: Sync {
    /// The dialect it reads.
    fn dialect(&self) -> Dialect;

    /// What it looks for to recognise a page, for the message when nothing fits.
    fn looks_for(&self) -> &'static str;

    /// What on the page speaks for its dialect. The page may have lost its line breaks.
    fn detect(&self, text: &str) -> Vec<Clue>;

    /// The text with its line breaks restored, or `None` where the page has kept them.
    fn reflow(&self, text: &str) -> Option<Reflowed>;

    /// Reads the page.
    fn read(&self, cx: &mut Context<'_>) -> Page;
}

const READERS: [&dyn Reader; 4] = [&bump::Bump, &redocly::Redocly, &readme::ReadMe, &mintlify::Mintlify];

/// Recognises a page's dialect.
///
/// # Errors
///
/// Where no dialect fits, or two fit equally; the diagnostic says what was looked for and found.
pub fn detect(source: &Source, page: PageId) -> Result<Detection, Box<Diagnostic>> {
    let mut found: Vec<(u32, Dialect, Vec<Clue>)> = READERS
        .iter()
        .map(|reader| {
            let clues = reader.detect(source.text());
            (clues.iter().map(|clue| clue.weight).sum(), reader.dialect(), clues)
        })
        .filter(|(weight, ..)| *weight >= ENOUGH)
        .collect();
    found.sort_by_key(|(weight, ..)| std::cmp::Reverse(*weight));
    let mut found = found.into_iter();
    let Some((weight, dialect, clues)) = found.next() else {
        return Err(Box::new(unknown::refuse(source, page)));
    };
    match found.next() {
        Some((other_weight, other, other_clues)) if other_weight == weight => {
            let place =
                |clues: &[Clue]| Span::new(page, clues.first().map_or(0..0, |clue| clue.range.clone()));
            let what = |clues: &[Clue]| clues.first().map_or("", |clue| clue.what);
            Err(Box::new(
                Diagnostic::new(
                    codes::AMBIGUOUS_DIALECT,
                    place(&clues),
                    format!("page that fits {dialect} and {other} equally"),
                )
                .label(format!("{} speaks for {dialect}", what(&clues)))
                .related(place(&other_clues), format!("{} speaks for {other}", what(&other_clues)))
                .help("split the page, or remove what belongs to the other dialect"),
            ))
        }
        _ => Ok(Detection { dialect, clues }),
    }
}

/// What speaks for a dialect on a page whose dialect is not certain. `None` where nothing does, or where more speaks
/// for another.
pub(crate) fn lean(source: &Source, dialect: Dialect) -> Option<Detection> {
    let weigh = |clues: &[Clue]| clues.iter().map(|clue| clue.weight).sum::<u32>();
    let clues = |reader: &&dyn Reader| (reader.dialect(), reader.detect(source.text()));
    let (own, others): (Vec<_>, Vec<_>) = READERS.iter().map(clues).partition(|(known, _)| *known == dialect);
    let (_, clues) = own.into_iter().next()?;
    let most = others.iter().map(|(_, clues)| weigh(clues)).max().unwrap_or(0);
    (weigh(&clues) > 0 && weigh(&clues) >= most).then_some(Detection { dialect, clues })
}

/// What reading one page gives.
#[derive(Debug, Clone)]
pub struct Reading {
    /// The page's model.
    pub page: Page,
    /// What was understood, as what.
    pub claims: Claims,
    /// What reading had to say, in page order.
    pub diagnostics: Vec<Diagnostic>,
}

/// Reads a page of a known dialect. Text that nothing claimed is among the diagnostics.
#[must_use]
pub fn read(source: &Source, id: PageId, dialect: Dialect) -> Reading {
    let Some(reader) = READERS.into_iter().find(|reader| reader.dialect() == dialect) else {
        return Reading { page: Page::new(dialect), claims: Claims::default(), diagnostics: Vec::new() };
    };
    let reflowed = reader.reflow(source.text());
    let mut cx = Context::new(source, id, reflowed.as_ref());
    if reflowed.as_ref().is_some_and(|reflowed| !reflowed.kept_lines) {
        cx.report(
            Diagnostic::new(
                codes::LINE_BREAKS_RESTORED,
                Span::new(id, 0..source.line(1).end),
                "page without its line breaks",
            )
            .help("they were restored where the dialect's headings and fields begin"),
        );
    }
    let mut page = reader.read(&mut cx);
    size::leave_out(&mut cx, &mut page);
    page.modified = cx.modified.take();
    let (claims, mut diagnostics) = cx.finish();
    for range in claims.unclaimed(source.text()) {
        diagnostics.push(
            Diagnostic::new(codes::UNCLAIMED_TEXT, Span::new(id, range), "text that was not understood")
                .label("nothing was made of this"),
        );
    }
    crate::diagnostic::sort(&mut diagnostics);
    Reading { page, claims, diagnostics }
}
