//! Reads Mintlify pages, in all the forms in which their text reaches people.
//!
//! A page is split into pieces ([`lines`]), those that a copy has torn are mended ([`torn`]), a converter's labels and marks come off ([`labelled`], [`bold`]), lines that a copy has run
//! together come apart ([`glue`], [`seams`], [`frame`]), its sections are found and their fields drafted ([`sections`], [`fields`]), method and path are found
//! ([`endpoint`]), and only then is it decided whether the page can be trusted ([`lossy`]). Then the head ([`head`]) and the sections
//! become one operation ([`nesting`] tells whose members fields are), and so do fields under no heading ([`unheaded`]);
//! [`types`], [`constraints`], [`limits`], [`responses`], [`servers`] and [`security`] read what they are named for, and [`labels`] knows the product's own words. Pages of the
//! product's own export hold a definition instead:
//! [`embedded`]. Those that a vendor has written by hand are, in the export and in the vendor's repository, in the product's
//! own source: [`source`].
//!
//! A page that has lost all its line breaks gets them back before it is read: [`reflow`].
//!
//! Invariants: nothing is claimed before the page is accepted; the form of the page (plain, Markdown, a
//! browser's copy, translated) is no branch of its own, only more or fewer clues.

mod asides;
mod bold;
mod constraints;
mod detect;
mod embedded;
mod endpoint;
mod enumeration;
mod fields;
mod fits;
mod frame;
mod glue;
mod glued_names;
mod head;
mod intro;
mod labelled;
mod labels;
mod limits;
mod lines;
mod lossy;
mod marked_names;
mod nesting;
mod reflow;
mod responses;
mod seams;
mod sections;
mod security;
mod servers;
mod shapes;
mod source;
mod torn;
mod types;
mod unheaded;
mod untyped;
mod words;

use std::ops::Range;

use self::lines::{Kind, Piece};
use super::{Context, Dialect, Reader, Sighting, Unread, read_front_matter, saved::names_origin};
use crate::{claims::Claim, model::Page, reflow::Reflowed};

/// The reader.
pub(crate) struct Mintlify;

impl Reader for Mintlify {
    fn dialect(&self) -> Dialect {
        Dialect::Mintlify
    }

    fn looks_for(&self) -> &'static str {
        "`Authorizations`, `Path Parameters`, `Body` or `Response` as lines of their own, with a method and \
         a path or a `curl --request` command"
    }

    fn look<'t>(&self, text: &'t str) -> Sighting<'t> {
        // Lines that a copy has only glued are split where they are read.
        let reflowed = reflow::reflow(text);
        Sighting { clues: detect::detect(text, reflowed.as_ref()), page: Box::new(Seen(reflowed)) }
    }
}

/// A page, whose lines were restored to know it where it had lost them.
struct Seen(Option<Reflowed>);

impl Unread for Seen {
    fn reflow(&mut self) -> Option<Reflowed> {
        self.0.take()
    }

    fn read(self: Box<Self>, cx: &mut Context<'_>) -> Page {
        read(cx)
    }
}

/// Reads the page.
fn read(cx: &mut Context<'_>) -> Page {
    let front = read_front_matter(cx);
    let mut page = Page::new(Dialect::Mintlify);
    page.title.clone_from(&front.title);
    page.slug.clone_from(&front.slug);
    let fences = embedded::definitions(cx.text(), front.end);
    if !fences.is_empty() {
        embedded::read(cx, &mut page, &fences, front.end);
        return page;
    }
    if source::is_source(cx.text(), &front) {
        source::read(cx, &mut page, &front);
        return page;
    }
    let lines::Split { mut pieces, mut marks } = lines::split(cx.text(), front.end);
    bold::unbold(cx, &mut pieces, &mut marks);
    take_origin(cx, &mut pieces, &mut marks);
    pieces = torn::mend(cx, pieces);
    labelled::unlabel(cx, &mut pieces, &mut marks);
    let pieces = glue::unglue(cx, pieces, &mut marks);
    let (first, parts) = sections::outline(cx, &pieces);
    let head_pieces = pieces.get(..first).unwrap_or_default();
    let found = endpoint::find(cx, head_pieces).or_else(|| endpoint::find_below(cx, head_pieces, &pieces));
    let Some(found) = found.filter(|found| !found.from_sample || !parts.is_empty()) else {
        lossy::refuse(cx, &pieces, head_pieces, &parts);
        return page;
    };
    if let Some(diagnostic) = lossy::find(cx, &pieces, &parts, &found) {
        cx.report(diagnostic);
        return page;
    }
    for mark in marks {
        cx.claim(mark, Claim::Furniture);
    }
    let unheaded = unheaded::begin(cx, head_pieces, &found).unwrap_or(first);
    let (mut head_pieces, fields) = head_pieces.split_at_checked(unheaded).unwrap_or_default();
    if let (Some((last, above)), false) = (head_pieces.split_last(), fields.is_empty())
        && last.is_text()
        && labels::heads_request(cx.slice(last.range.clone()))
    {
        cx.claim(last.range.clone(), Claim::Fact);
        head_pieces = above;
    }
    let (mut operation, named) = head::read(cx, head_pieces, &found);
    unheaded::read(cx, head_pieces, fields, &found, &named, &mut operation, &mut page);
    page.title = page.title.or_else(|| operation.title.clone());
    let foot = parts.last().map_or(first, |part| part.pieces.end);
    for part in parts {
        sections::read(cx, &pieces, part, &named, &mut operation, &mut page);
    }
    for piece in pieces.iter().skip(foot) {
        cx.claim(piece.range.clone(), Claim::Furniture);
    }
    responses::report_unprinted(cx, &operation, &named);
    operation.servers.extend(servers::read(cx, &pieces, &found));
    if operation.security.is_none()
        && let Some(command) = endpoint::first_command(&pieces)
    {
        security::infer(cx, command, &mut operation, &mut page);
    }
    operation.slug.clone_from(&page.slug);
    page.operations.push(operation);
    page
}

/// Takes out the line that says where a page was saved from: directly below its title, or before it. Anywhere else the same
/// words are the vendor's.
fn take_origin(cx: &Context<'_>, pieces: &mut Vec<Piece>, marks: &mut Vec<Range<usize>>) {
    let titled = pieces.iter().position(|piece| matches!(piece.kind, Kind::Heading(1)));
    let edges = [Some(0), Some(1), titled.map(|title| title + 1)];
    let names = |at: &usize| {
        let piece = pieces.get(*at).filter(|piece| matches!(piece.kind, Kind::Text));
        piece.is_some_and(|piece| names_origin(cx.slice(piece.range.clone())))
    };
    if let Some(at) = edges.into_iter().flatten().find(names) {
        marks.push(pieces.remove(at).range);
    }
}

/// What media types begin with.
const MEDIA_TYPES: [&str; 7] = ["application/", "text/", "multipart/", "image/", "audio/", "video/", "*/"];

/// Whether a word is a media type.
fn is_media_type(word: &str) -> bool {
    let rest = MEDIA_TYPES.iter().find_map(|top| word.strip_prefix(top));
    rest.is_some_and(|rest| {
        !rest.is_empty() && rest.chars().all(|c| c.is_ascii_alphanumeric() || "+-.*_".contains(c))
    })
}
