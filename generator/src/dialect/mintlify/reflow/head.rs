//! What stands before the first section of a flat page: where its lines begin.
//!
//! Enter at [`write`]: the method and the path, the title, samples with their buttons, furniture; what is left is prose.

use std::ops::Range;

use super::{
    Breaks,
    fields::is_code,
    lexer::{Flat, Kind},
    parts::code,
};
use crate::{
    dialect::{
        mintlify::{
            endpoint::{WEBHOOK, server_variable, suffix_without_slashes, url_path},
            labels::is_button,
            words::{ASK, COPY, CURL, SITE_MARKS},
        },
        saved::names_origin,
        title::title_length,
    },
    model::HttpMethod,
};

/// The most words of a path, slashes counted.
const MAX_PATH_WORDS: usize = 128;
/// The longest title, in bytes.
const MAX_TITLE: usize = 200;
/// The most words of a webhook's name.
const MAX_NAME_WORDS: usize = 6;

/// Where the method stands, and what it is followed by, as numbers of words.
#[derive(Debug, Clone)]
pub(super) struct Endpoint {
    /// The method.
    method: usize,
    /// The servers to choose from, the slashes and the segments; or the name of a webhook.
    words: Range<usize>,
    webhook: bool,
}

impl Endpoint {
    /// Whether it is printed as the product does: the method, then slashes and segments in turn, or a webhook's name.
    pub(super) fn is_spaced(&self, flat: &Flat<'_>) -> bool {
        let start = self.words.start;
        let variable = server_variable(flat.plain(start)).is_some();
        self.webhook || flat.plain(start + usize::from(variable)) == "/"
    }
}

/// Finds the method and the path among the words before the first section.
pub(super) fn endpoint(flat: &Flat<'_>, end: usize) -> Option<Endpoint> {
    let url = url_path(flat.url.as_deref().unwrap_or_default());
    let all = || (0..end).filter_map(|at| printed(flat, at, end, url).or_else(|| webhook(flat, at, end)));
    all().find(|found| found.is_spaced(flat)).or_else(|| all().next())
}

fn printed(flat: &Flat<'_>, at: usize, end: usize, url: &str) -> Option<Endpoint> {
    let word = flat.plain(at).trim_matches('*');
    let upper = word.len() <= 8 && word.bytes().all(|b| b.is_ascii_uppercase());
    if !(upper && (word == "DEL" || word.parse::<HttpMethod>().is_ok())) {
        return None;
    }
    let servers = (at + 1..end)
        .take_while(|&at| flat.plain(at).starts_with("http") && flat.plain(at).contains("://"))
        .count();
    let variable = server_variable(flat.plain(at + 1 + servers)).is_some()
        && flat.plain(at + 2 + servers).starts_with('/');
    let first = at + 1 + servers + usize::from(variable);
    if !flat.plain(first).starts_with('/') {
        return None;
    }
    let mut path = String::new();
    let mut alternates = first;
    let mut same = None;
    let mut regular = true;
    for next in first..end.min(first + MAX_PATH_WORDS) {
        let word = flat.plain(next);
        // Behind its slash, the path of a page by hand can be a whole URL.
        let server = word.starts_with("http") && path != "/";
        if word.is_empty() || word.contains(['"', '`', '<', '[', '(']) || server {
            break;
        }
        regular = regular && (word.starts_with('/') || path.ends_with('/'));
        path.push_str(word);
        if regular && (word != "/" || next == first) {
            alternates = next + 1;
        }
        if suffix_without_slashes(url, &path).is_some() {
            same = Some(next + 1);
        }
    }
    // A command to the root leaves nothing for the path but its slash.
    let root = flat.url.is_some() && url.trim_matches('/').is_empty() && flat.plain(first) == "/";
    let same = if root { Some(first + 1) } else { same };
    Some(Endpoint { method: at, words: at + 1..same.unwrap_or(alternates), webhook: false })
}

fn webhook(flat: &Flat<'_>, at: usize, end: usize) -> Option<Endpoint> {
    if flat.plain(at) != WEBHOOK {
        return None;
    }
    let name =
        (at + 1..end).take_while(|&next| !flat.plain(next).is_empty() && flat.furniture(next) == 0).count();
    // A title follows a name that has the form of code, or that a capital does not begin.
    let starts = |at: usize, is: fn(char) -> bool| flat.plain(at).starts_with(is);
    let titled = starts(at + 2, char::is_uppercase)
        && (is_code(flat.plain(at + 1)) || starts(at + 1, char::is_lowercase));
    let length = if titled || name > MAX_NAME_WORDS { 1 } else { name };
    (name > 0).then(|| Endpoint { method: at, words: at + 1..at + 1 + length, webhook: true })
}

/// Writes the head; `end` is its last section's first word.
pub(super) fn write(flat: &Flat<'_>, breaks: &mut Breaks, endpoint: Option<&Endpoint>, end: usize) {
    for at in 0..end {
        if flat.is_code(at) {
            code(flat, breaks, at);
            buttons(flat, breaks, at);
        }
        let furniture = flat.furniture(at);
        if furniture > 0 {
            breaks.paragraph(flat.start(at));
            breaks.paragraph(flat.start(at + furniture));
        }
        if flat.is_menu(at) {
            breaks.paragraph(flat.start(at));
            breaks.paragraph(flat.start(at + 1));
        }
    }
    let frame = (0..end).find(|&at| flat.is_code(at)).unwrap_or(end);
    let frame = frame.min(endpoint.map_or(end, |endpoint| endpoint.method));
    for at in (0..frame).filter(|&at| names_source(flat, at)) {
        breaks.paragraph(flat.start(at));
        breaks.paragraph(flat.start(at + 2));
    }
    let mut title = None;
    if let Some(endpoint) = endpoint {
        breaks.paragraph(flat.start(endpoint.method));
        for at in endpoint.words.clone() {
            if !endpoint.webhook || at == endpoint.words.start {
                breaks.line(flat.start(at));
            }
        }
        breaks.paragraph(flat.start(endpoint.words.end));
        title = below(flat, breaks, endpoint.words.end, end);
        if title.is_none() {
            above(flat, breaks, endpoint.method);
        }
    }
    let mut above = None;
    for at in 0..end {
        // Lines of the frame that are run together come apart where they are read.
        let page = flat.plain(at + 1);
        if COPY.contains(&flat.plain(at)) && page.len() > "page".len() && page.starts_with("page") {
            breaks.paragraph(flat.start(at));
        }
        if flat.plain(at).len() > CURL.len() && flat.plain(at).ends_with(CURL) {
            breaks.paragraph(flat.start(at + 1));
        }
        if flat.plain(at) == "#" {
            breaks.paragraph(flat.start(at));
            heading(flat, breaks, at + 1, end, title, above);
            above = above.or_else(|| document_heading(flat, at, end));
        }
    }
}

/// The words right before a sample: the buttons of statuses and languages.
pub(super) fn buttons(flat: &Flat<'_>, breaks: &mut Breaks, code: usize) {
    let mut at = code;
    while let Some(before) = at.checked_sub(1) {
        if let Some(asks) = at.checked_sub(2).filter(|&asks| flat.phrase(asks, ASK) > 0) {
            at = asks;
            continue;
        }
        let word = flat.plain(before);
        if word.is_empty() || !(flat.is_status(before) || is_button(word) || word == "Error") {
            break;
        }
        breaks.line(flat.start(before));
        at = before;
    }
    // What stands before the first button ends there.
    if at < code {
        breaks.paragraph(flat.start(at));
    }
    let mut at = code + 1;
    while flat.is_status(at) || COPY.contains(&flat.plain(at)) {
        breaks.line(flat.start(at));
        breaks.paragraph(flat.start(at + 1));
        at += 1;
    }
}

/// The title below the path; nothing where none stands there.
fn below<'t>(flat: &Flat<'t>, breaks: &mut Breaks, mut at: usize, end: usize) -> Option<&'t str> {
    while at < end && flat.furniture(at) > 0 {
        at += flat.furniture(at);
    }
    let stop = (at..end).find(|&next| ends_line(flat, next)).unwrap_or(end);
    let text = flat.between(at, stop);
    let button = |at: usize| flat.is_status(at) || is_button(flat.plain(at));
    if stop <= at || text.is_empty() || (at..stop).all(button) {
        return None;
    }
    let leads = matches!(flat.kind(stop), Some(Kind::Command | Kind::Program | Kind::Fence(_)))
        || flat.plain(stop).eq_ignore_ascii_case("curl");
    let length = if leads && text.len() <= MAX_TITLE { text.len() } else { title_length(text) };
    // What repeats the title is furniture elsewhere, and part of it here.
    let repeated =
        text.get(..length).is_some_and(|title| text.get(length..).is_some_and(|rest| rest.trim() == title));
    let length = if repeated { text.len() } else { length };
    let title = text.get(..length).filter(|title| !title.is_empty())?;
    breaks.paragraph(flat.start(at));
    breaks.paragraph(flat.start(at) + length);
    // A sentence is rather what the operation does, where a title can stand above.
    let described = title.ends_with(['.', '!', '。']) && !leads && !repeated;
    Some(title).filter(|_| !described)
}

/// Whether a line that goes up to a word ends there.
fn ends_line(flat: &Flat<'_>, at: usize) -> bool {
    let copies = |at: usize| COPY.contains(&flat.plain(at));
    let button = is_button(flat.plain(at)) && (flat.is_code(at + 1) || copies(at + 1));
    let glued = copies(at) && flat.plain(at + 1).starts_with("page");
    flat.plain(at).is_empty() || flat.furniture(at) > 0 || button || glued
}

/// Whether a word and the next say where a copy was made, as they do above the method and the samples.
fn names_source(flat: &Flat<'_>, at: usize) -> bool {
    flat.plain(at) == "Source:" && names_origin(flat.between(at, at + 2))
}

/// The name of the group, the title and the description, where the method stands last.
fn above(flat: &Flat<'_>, breaks: &mut Breaks, method: usize) {
    let mut from = 0;
    for at in 0..method {
        let frame = if names_source(flat, at) { 2 } else { flat.furniture(at) };
        if frame > 0 || ends_line(flat, at) || flat.plain(at) == "#" {
            from = from.max(at + frame.max(1));
        }
    }
    let from = from.min(method);
    let group = |at: &usize| {
        let word = flat.plain(*at);
        word.len() > 1 && word.chars().all(|c| !c.is_lowercase()) && word.contains(char::is_uppercase)
    };
    let named = (from..method).take_while(group).count();
    let title = if from + named < method { from + named } else { from };
    breaks.paragraph(flat.start(title));
    let text = flat.between(title, method);
    breaks.paragraph(flat.start(title) + title_length(text));
}

/// What the heading of the document says: the title of the page, with the site's name behind it.
fn document_heading<'t>(flat: &Flat<'t>, mark: usize, end: usize) -> Option<&'t str> {
    /// The most words of a heading that are looked at.
    const MAX_WORDS: usize = 64;
    let first = mark + 1;
    let stop = (first..end.min(first + MAX_WORDS)).find(|&next| ends_heading(flat, next))?;
    Some(flat.between(first, stop))
}

fn ends_heading(flat: &Flat<'_>, at: usize) -> bool {
    ends_line(flat, at) || names_source(flat, at) || matches!(flat.plain(at), "#" | ">")
}

/// The title behind the mark of a heading: as it stands below the path, too, or before the site's name in the heading above, or
/// as far as nothing tells otherwise.
fn heading(
    flat: &Flat<'_>,
    breaks: &mut Breaks,
    at: usize,
    end: usize,
    title: Option<&str>,
    above: Option<&str>,
) {
    let stop = (at..end).find(|&next| ends_heading(flat, next)).unwrap_or(end);
    let text = flat.between(at, stop);
    let begins = |title: &&str| {
        text.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    };
    // Titles can have such marks, too.
    let before_site = |above: &str| {
        let marks = SITE_MARKS.iter().flat_map(|mark| above.match_indices(mark));
        marks.filter_map(|(mark, _)| above.get(..mark)).filter(begins).map(str::len).max()
    };
    let repeated = title.filter(begins).map(str::len).or_else(|| above.and_then(before_site));
    let length = repeated.unwrap_or_else(|| title_length(text));
    breaks.paragraph(flat.start(at) + length);
}
