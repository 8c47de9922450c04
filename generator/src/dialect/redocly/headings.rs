//! The headings that Redocly prints: those below which fields stand, and those of an overview.
//!
//! The text at a heading's `#` comes in, the [`Mark`] and its end go out. Enter at [`heading`].

use std::{ops::Range, str::FromStr};

use super::grammar::{MAX_NAME, Mark, Overview, Place, Section};
use crate::{
    dialect::marks::{Form, parenthesized, window},
    model::{ParameterLocation, Status},
};

/// The longest heading of a kind that is not known, in bytes.
const MAX_HEADING: usize = 128;

/// The heading that begins at an offset of a text, `rest` being the text from there on.
pub(super) fn heading(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let text = rest.strip_prefix("## ")?;
    let start = at + "## ".len();
    if let Some((overview, length)) = overview(text, form) {
        return Some((Mark::Overview(overview), start + length));
    }
    let (place, length) = place(text, start, form)?;
    let tail = text.get(length..)?;
    let media = media(tail, start + length);
    let media_length = media.as_ref().map_or(0, |media| media.len() + " ()".len());
    let colon = tail.get(media_length..)?.starts_with(':');
    // Prose may begin like this heading: only a response without a body lacks both.
    if !colon && media.is_none() && !matches!(place, Place::Response(_)) && form == Form::Flat {
        return None;
    }
    let end = start + length + media_length + usize::from(colon);
    Some((Mark::Section(Section { place, media }), end))
}

fn overview(text: &str, form: Form) -> Option<(Overview, usize)> {
    let headings = [
        ("Servers", Overview::Servers),
        ("Security", Overview::Security),
        ("Download OpenAPI description", Overview::Download),
    ];
    let (heading, overview) = headings.into_iter().find(|(heading, _)| text.starts_with(heading))?;
    let after = text.get(heading.len()..)?;
    let next = after.trim_start();
    let follows = match (form, overview) {
        (Form::Lines, _) => after.is_empty(),
        (Form::Flat, _) if next.len() == after.len() => false,
        (Form::Flat, Overview::Servers) => window(next, MAX_NAME).contains("```"),
        (Form::Flat, Overview::Security) => next.starts_with("### "),
        (Form::Flat, Overview::Download) => next.starts_with('['),
    };
    follows.then_some((overview, heading.len()))
}

/// What a heading's fields are of, and the length of the words that say so.
fn place(text: &str, start: usize, form: Form) -> Option<(Place, usize)> {
    let parameters = [
        ("Path parameters", ParameterLocation::Path),
        ("Query parameters", ParameterLocation::Query),
        ("Header parameters", ParameterLocation::Header),
        ("Cookie parameters", ParameterLocation::Cookie),
    ];
    for (heading, location) in parameters {
        if text.starts_with(heading) {
            return Some((Place::Parameters(location), heading.len()));
        }
    }
    if text.starts_with("Request fields") {
        return Some((Place::Request, "Request fields".len()));
    }
    if let Some(after) = text.strip_prefix("Response ") {
        let status = window(after, 16).split_whitespace().next()?;
        let known = Status::from_str(status).is_ok();
        let certain = known || form == Form::Lines || unknown_in_flat(text).is_some();
        if after.get(status.len()..)?.starts_with(" fields") && certain {
            let offset = start + "Response ".len();
            let length = "Response ".len() + status.len() + " fields".len();
            return Some((Place::Response(offset..offset + status.len()), length));
        }
    }
    // `## Callback fields (…):` would be a section; `## Notes on fields` is prose.
    if form == Form::Flat {
        return unknown_in_flat(text);
    }
    let words = text.strip_suffix(':')?;
    let words =
        words.strip_suffix(')').and_then(|words| words.rsplit_once(" (")).map_or(words, |(words, _)| words);
    (words.ends_with(" fields") || words.ends_with(" parameters")).then_some((Place::Unknown, words.len()))
}

/// A heading that the dialect does not have, in a flat text: with media type and colon it is no prose, and
/// the fields below it are none of the section before.
fn unknown_in_flat(text: &str) -> Option<(Place, usize)> {
    let length = window(text, MAX_HEADING).find(" fields (")? + " fields".len();
    let words = text.get(..length)?;
    let media = media(text.get(length..)?, length)?;
    let plain = words.chars().all(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    let colon = text.get(media.end + 1..)?.starts_with(':');
    (plain && colon).then_some((Place::Unknown, length))
}

/// The media type in ` (…)`.
fn media(text: &str, start: usize) -> Option<Range<usize>> {
    let (media, _) = parenthesized(text.strip_prefix(' ')?, MAX_NAME)?;
    let start = start + " (".len();
    (media.contains('/') && !media.starts_with(' ')).then_some(start..start + media.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: Option<(&str, &str)>) {
        let found = heading(text, 0, form).map(|(mark, end)| {
            let Mark::Section(section) = mark else { panic!("{text}: {mark:?}") };
            (&text[..end], section.media.map_or("", |media| &text[media]))
        });
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn sections_may_lack_media_and_colon() {
        let flat = |text, expected| check(text, Form::Flat, expected);
        flat("## Response 204 fields ## Re", Some(("## Response 204 fields", "")));
        flat("## Response default fields (*/*): - `a`", Some(("## Response default fields (*/*):", "*/*")));
        flat("## Path parameters: - `a`", Some(("## Path parameters:", "")));
        flat("## Path parameters are", None);
        flat("## Response times", None);
        flat("## Callback fields (a/b): - `a`", Some(("## Callback fields (a/b):", "a/b")));
        flat("## Response 999 fields (a/b): - `a`", Some(("## Response 999 fields (a/b):", "a/b")));
        flat("## Callback fields (see a/b) are", None);
        flat("## Response 999 fields are", None);
        flat("## Please fill, by hand, all fields (a/b): ", None);
        check("## Callback fields (a/b):", Form::Lines, Some(("## Callback fields (a/b):", "a/b")));
        check("## Notes:", Form::Lines, None);
    }
}
