//! The dialects: how each documentation product writes reference pages.
//!
//! A [`Reader`] looks at a page and says what speaks for its dialect ([`Sighting`]); what it found for that stays with the
//! page ([`Unread`]), which then gets its lost line breaks back and is read. Reading never fails: it gives a [`Page`],
//! whatever the text, and reports through its [`Context`] what it could not understand. Enter at [`detect`], then
//! [`Detected::read`].
//!
//! Invariants: a reader knows its dialect and no document; it claims every stretch that it consumes;
//! everything between bytes and text was settled before (`source`), everything that takes more than one
//! field to know is left for later (`resolve`).

mod bump;
mod context;
mod definition;
mod doubtful;
mod escapes;
mod fields;
mod foreign;
mod front_matter;
mod marked_page;
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
pub(crate) use front_matter::{Defined, FrontMatter, body_start, find_front_matter, read_front_matter};

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
/// A page is plainly of a dialect from this sum of weights on, and no other reader looks at it: two things that no other
/// product writes do not stand together by chance.
const PLAIN: u32 = 2 * STRONG;

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

    /// Looks at a page, which may have lost its line breaks and be of any dialect.
    fn look<'t>(&self, text: &'t str) -> Sighting<'t>;
}

/// What a reader sees in a page.
pub(crate) struct Sighting<'t> {
    /// What on the page speaks for the reader's dialect.
    pub(crate) clues: Vec<Clue>,
    /// The page, to be read by that reader.
    pub(crate) page: Box<dyn Unread + 't>,
}

impl Sighting<'_> {
    fn weight(&self) -> u32 {
        self.clues.iter().map(|clue| clue.weight).sum()
    }
}

/// A page that a reader has looked at, with what it found.
pub(crate) trait Unread {
    /// The text with its line breaks restored, or `None` where the page has kept them. Asked once, before reading.
    fn reflow(&mut self) -> Option<Reflowed>;

    /// Reads the page, whose context has the text that [`Unread::reflow`] gave.
    fn read(self: Box<Self>, cx: &mut Context<'_>) -> Page;
}

/// The readers, in the order in which they look at a page.
const READERS: [&dyn Reader; 4] = [&redocly::Redocly, &bump::Bump, &readme::ReadMe, &mintlify::Mintlify];

/// A page whose dialect is known, to be read.
pub(crate) struct Detected<'s> {
    source: &'s Source,
    id: PageId,
    dialect: Dialect,
    sighting: Sighting<'s>,
}

/// Recognises a page's dialect.
///
/// # Errors
///
/// Where no dialect fits, or two fit equally; the diagnostic says what was looked for and found.
pub(crate) fn detect(source: &Source, id: PageId) -> Result<Detected<'_>, Box<Diagnostic>> {
    let mut found: Vec<Detected<'_>> = Vec::new();
    for reader in READERS {
        let sighting = reader.look(source.text());
        let weight = sighting.weight();
        let detected = Detected { source, id, dialect: reader.dialect(), sighting };
        if weight >= PLAIN {
            return Ok(detected);
        }
        if weight >= ENOUGH {
            found.push(detected);
        }
    }
    found.sort_by_key(|detected| std::cmp::Reverse(detected.sighting.weight()));
    let mut found = found.into_iter();
    let Some(first) = found.next() else {
        return Err(Box::new(unknown::refuse(source, id)));
    };
    match found.next() {
        Some(other) if other.sighting.weight() == first.sighting.weight() => {
            Err(Box::new(first.ambiguous(&other)))
        }
        _ => Ok(first),
    }
}

/// Recognises a page whose dialect is not certain as one of a dialect. `None` where nothing speaks for it, or where more
/// speaks for another.
pub(crate) fn lean(source: &Source, id: PageId, dialect: Dialect) -> Option<Detected<'_>> {
    let look = |reader: &&dyn Reader| reader.look(source.text());
    let sighting = READERS.iter().find(|reader| reader.dialect() == dialect).map(look)?;
    let weight = sighting.weight();
    let mut others = READERS.iter().filter(|reader| reader.dialect() != dialect);
    let leans = weight > 0 && others.all(|other| look(other).weight() <= weight);
    leans.then_some(Detected { source, id, dialect, sighting })
}

impl Detected<'_> {
    /// What speaks for the dialect first.
    pub(crate) fn first_clue(&self) -> &'static str {
        self.sighting.clues.first().map_or("", |clue| clue.what)
    }

    /// Reads the page. Text that nothing claimed is among the diagnostics.
    pub(crate) fn read(self) -> (Detection, Reading) {
        let Self { source, id, dialect, sighting: Sighting { clues, page } } = self;
        (Detection { dialect, clues }, read_page(source, id, page))
    }

    fn ambiguous(&self, other: &Self) -> Diagnostic {
        let place = |detected: &Self| {
            let first = detected.sighting.clues.first();
            Span::new(detected.id, first.map_or(0..0, |clue| clue.range.clone()))
        };
        let (dialect, second) = (self.dialect, other.dialect);
        Diagnostic::new(
            codes::AMBIGUOUS_DIALECT,
            place(self),
            format!("page that fits {dialect} and {second} equally"),
        )
        .label(format!("{} speaks for {dialect}", self.first_clue()))
        .related(place(other), format!("{} speaks for {second}", other.first_clue()))
        .help("split the page, or remove what belongs to the other dialect")
    }
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

/// Reads a page of a known dialect, whatever it looks like. Text that nothing claimed is among the diagnostics.
#[must_use]
pub fn read(source: &Source, id: PageId, dialect: Dialect) -> Reading {
    match READERS.into_iter().find(|reader| reader.dialect() == dialect) {
        Some(reader) => read_page(source, id, reader.look(source.text()).page),
        None => Reading { page: Page::new(dialect), claims: Claims::default(), diagnostics: Vec::new() },
    }
}

fn read_page(source: &Source, id: PageId, mut unread: Box<dyn Unread + '_>) -> Reading {
    let reflowed = unread.reflow();
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
    let mut page = unread.read(&mut cx);
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

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(text: &str) -> Result<Dialect, &'static str> {
        let (source, _) = Source::from_bytes("page.md", PageId(0), text.as_bytes());
        detect(&source, PageId(0)).map(|detected| detected.dialect).map_err(|refused| refused.code.name)
    }

    #[test]
    fn a_page_that_fits_two_dialects_equally_is_of_neither() {
        let page = "# Berths\n\nEndpoint: GET /berths\n\nBody\n\nResponse\n";
        assert_eq!(detected(page), Err("ambiguous-dialect"));
    }

    #[test]
    fn two_things_that_no_other_product_writes_make_a_page_plain() {
        let page = "# Berths\n\nBody\n\nResponse\n\n#### Headers\n\n[](#body-id)\n\nBearer authentication header of the form `Bearer <token>`.\n\nEndpoint: GET /berths\n\n\
                    ## Response 200 fields (application/json):\n\n  - `id` (string)\n";
        assert_eq!(detected(page), Ok(Dialect::Redocly));
        assert_eq!(detected(&page.replace('\n', " ")), Ok(Dialect::Redocly));
    }
}
