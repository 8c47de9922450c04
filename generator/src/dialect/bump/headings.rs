//! The headings that Bump.sh prints, of either form of its export.
//!
//! The text at a heading's `#` comes in, the [`Mark`] and its end go out. Enter at [`heading`].

use std::str::FromStr;

use super::grammar::{MAX_NAME, Mark, Place};
use crate::{
    dialect::{
        marks::{Form, parenthesized, window},
        types::{is_expression, is_known},
    },
    model::{ParameterLocation, Status},
};

/// The heading that begins at an offset of a text, `rest` being the text from there on.
pub(super) fn heading(rest: &str, at: usize, form: Form) -> Option<(Mark, usize)> {
    let level = window(rest, 8).bytes().take_while(|&b| b == b'#').count();
    let text = rest.get(level..)?.strip_prefix(' ')?;
    let start = at + level + 1;
    if level == 1 {
        return match form {
            Form::Lines => Some((Mark::Title(start..start + text.len()), start + text.len())),
            Form::Flat => Some((Mark::Title(start..start), start)),
        };
    }
    let place = match level {
        2 => section(text, form).or_else(|| body(text, start, form)),
        3 => {
            parameters(text, form).or_else(|| response(text, start, form)).or_else(|| body(text, start, form))
        }
        4 => parameters(text, form).or_else(|| body(text, start, form)),
        _ => None,
    };
    let (place, length) = place?;
    Some((Mark::Heading(place), start + length))
}

/// Whether the text after a heading's words may follow them: nothing on a line, and in a flat text only
/// what the product prints next.
fn ends(text: &str, words: &str, form: Form, next: &[&str]) -> bool {
    let Some(after) = text.strip_prefix(words) else { return false };
    match form {
        Form::Lines => after.is_empty(),
        Form::Flat => {
            let rest = after.trim_start();
            let parted = rest.len() < after.len();
            rest.is_empty() || (parted && next.iter().any(|next| rest.starts_with(next)))
        }
    }
}

fn section(text: &str, form: Form) -> Option<(Place, usize)> {
    let sections: [(&str, Place, &[&str]); 9] = [
        ("Servers", Place::Servers, &["- ", "## "]),
        ("Authentication methods", Place::Authentication, &["- ", "## "]),
        ("Parameters", Place::Parameters, &["#", "["]),
        ("Body parameters", Place::Body { media: None, types: None }, &["Content-type:", "- **", "#"]),
        ("Responses", Place::Responses, &["### ", "["]),
        ("Description", Place::Description, &[""]),
        ("Topics", Place::Index, &["- ["]),
        ("Endpoints and operations", Place::Index, &["### ["]),
        ("Webhooks", Place::Index, &["### ["]),
    ];
    let found = sections.into_iter().find(|(words, _, next)| ends(text, words, form, next));
    found.map(|(words, place, _)| (place, words.len()))
}

fn parameters(text: &str, form: Form) -> Option<(Place, usize)> {
    let headings = [
        ("Path parameters", ParameterLocation::Path),
        ("Query parameters", ParameterLocation::Query),
        ("Headers", ParameterLocation::Header),
        ("Header parameters", ParameterLocation::Header),
        ("Cookies", ParameterLocation::Cookie),
        ("Cookie parameters", ParameterLocation::Cookie),
    ];
    let found = headings.into_iter().find(|(words, _)| ends(text, words, form, &["- **", "#"]));
    found.map(|(words, location)| (Place::ParametersIn(location), words.len()))
}

/// `Body: MEDIA (type)`, `Body Parameters: MEDIA (type)`, either without media type or type.
fn body(text: &str, start: usize, form: Form) -> Option<(Place, usize)> {
    let after = ["Body parameters", "Body Parameters", "Body"]
        .into_iter()
        .find_map(|words| text.strip_prefix(words))?;
    let mut at = text.len() - after.len();
    let mut media = None;
    if let Some(named) = after.strip_prefix(": ") {
        let length = media_length(named)?;
        at += ": ".len();
        media = Some(start + at..start + at + length);
        at += length;
    }
    let mut types = None;
    if let Some((inner, whole)) =
        text.get(at..)?.strip_prefix(' ').and_then(|rest| parenthesized(rest, MAX_NAME))
    {
        let is_type = match form {
            // With a media type, a heading on a line of its own is none of a description.
            Form::Lines => media.is_some() || is_expression(inner, '|'),
            Form::Flat => is_known(inner, '|'),
        };
        if is_type {
            types = Some(start + at + 2..start + at + 2 + inner.len());
            at += 1 + whole;
        }
    }
    // A bare `Body` is a heading only on a line of its own.
    (media.is_some() || types.is_some() || form == Form::Lines && at == text.len())
        .then_some((Place::Body { media, types }, at))
}

/// The length of a media type at the beginning of a text. Its parameters may stand after blanks: `text/plain; charset=utf-8`.
fn media_length(text: &str) -> Option<usize> {
    let text = window(text, MAX_NAME);
    let word = |from: usize| {
        let mut quoted = false;
        let ends = |c: char| {
            quoted ^= c == '"';
            c.is_whitespace() && !quoted
        };
        text.get(from..).map(|rest| from + rest.find(ends).unwrap_or(rest.len()))
    };
    let mut end = word(0).filter(|&end| text.get(..end).is_some_and(|name| name.contains('/')))?;
    while text.get(..end)?.ends_with(';') && text.get(end..)?.starts_with(' ') {
        let next = word(end + 1)?;
        if !text.get(end..next)?.contains('=') {
            break;
        }
        end = next;
    }
    Some(end)
}

/// `201`, `default`, in the older form `200: text`.
fn response(text: &str, start: usize, form: Form) -> Option<(Place, usize)> {
    let word = window(text, 16).split(|c: char| c.is_whitespace() || c == ':').next()?;
    let after = text.get(word.len()..)?;
    let known = Status::from_str(word).is_ok();
    // On a line of its own a number that is no status is reported by the reader.
    let number = word.len() == 3 && word.bytes().all(|b| b.is_ascii_digit());
    let status = start..start + word.len();
    let colon = word.len() + usize::from(after.starts_with(':'));
    match form {
        Form::Lines if (known || number) && (after.is_empty() || after.starts_with(':')) => {
            let text = start + colon..start + text.len();
            Some((Place::Response { status, text: text.clone() }, text.end - start))
        }
        Form::Flat if known && (after.is_empty() || after.starts_with([' ', ':'])) => {
            Some((Place::Response { status, text: start + colon..start + colon }, colon))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, form: Form, expected: Option<&str>) {
        let found = heading(text, 0, form).map(|(_, end)| &text[..end]);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn media_types_have_parameters() {
        let heading = "#### Body: text/csv; charset=utf-8; profile=\"a b\" (object | null)";
        check(heading, Form::Lines, Some(heading));
        check(&format!("{heading} The rows."), Form::Flat, Some(heading));
        check("### Body: a/b;v=1 (string)", Form::Flat, Some("### Body: a/b;v=1 (string)"));
        check("### Body: a/b; of all", Form::Flat, Some("### Body: a/b;"));
        check("### Body: a/b (Strange Thing)", Form::Lines, Some("### Body: a/b (Strange Thing)"));
    }

    #[test]
    fn headings_are_known_by_what_follows() {
        let flat = |text, expected| check(text, Form::Flat, expected);
        flat("## Servers - https://a.example: https://a.example ()", Some("## Servers"));
        flat("## Servers are fast", None);
        flat(
            "### Body: application/json (array[object]) The",
            Some("### Body: application/json (array[object])"),
        );
        flat(
            "#### Body: text/plain; charset=utf-8 (string)",
            Some("#### Body: text/plain; charset=utf-8 (string)"),
        );
        flat("### Body of the request", None);
        flat("### 201 Made", Some("### 201"));
        flat("### 404: Not found", Some("### 404:"));
        flat("### 12 months", None);
        check("### 404: Not found", Form::Lines, Some("### 404: Not found"));
        check("#### Body Parameters: a/b (object)", Form::Lines, Some("#### Body Parameters: a/b (object)"));
    }
}
