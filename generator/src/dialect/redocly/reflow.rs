//! Restores the line breaks of a flattened Redocly page.
//!
//! The flat text comes in; the same text with each of the product's own lines on a line of its own goes
//! out. Only where the title ends, and where a field's example begins, has to be found within prose:
//! `title` and `tail` do that. Descriptions stay one line: white space is all they have lost.

use std::ops::Range;

use super::{
    grammar::{Mark, Overview},
    operation::security_begins,
    overview,
    parts::split,
};
use crate::{
    dialect::{
        context::trim,
        front_matter::{flat_title, reflow_front_matter},
        marks::{Form, Marked, body},
        tail::find_tail,
        title::title_length,
    },
    reflow::{Builder, Reflowed},
};

/// The text with its lines restored, by its marks.
pub(super) fn reflow(text: &str, marks: &[Marked<Mark>]) -> Reflowed {
    let mut builder = Builder::new(text);
    let start = reflow_front_matter(text, &mut builder);
    let overview = split(marks).overview.unwrap_or_default();
    let known_title = text.get(..start).and_then(flat_title);
    let first = marks.first().map_or(text.len(), |marked| marked.range.start);
    builder.copy(trim(text, start..first));
    for (at, marked) in marks.iter().enumerate() {
        let body = trim(text, body(marks, at, text.len()));
        let known_title = known_title.filter(|_| at == 0);
        write_mark(text, &mut builder, marked, overview.contains(&at), body, known_title);
    }
    builder.insert("\n");
    builder.finish()
}

fn write_mark(
    text: &str,
    builder: &mut Builder<'_>,
    marked: &Marked<Mark>,
    is_overview: bool,
    body: Range<usize>,
    known_title: Option<&str>,
) {
    match &marked.mark {
        Mark::Title(_) => {
            builder.insert("\n\n");
            let (body, lines) =
                if is_overview { overview::trailing_lines(text, body) } else { (body, Vec::new()) };
            write_title(text, builder, marked.range.clone(), body, known_title);
            write_lines(builder, "\n", lines);
        }
        Mark::Endpoint { .. } => {
            builder.insert("\n\n").copy(marked.range.clone());
            write_lines(builder, "\n", head_lines(text, body));
        }
        Mark::Links(_) => {
            builder.insert("\n\n").copy(marked.range.clone());
        }
        // None is left of those that are none.
        Mark::Doubtful(_) => {}
        Mark::Section(_) => {
            builder.insert("\n\n").copy(marked.range.clone());
            write_lines(builder, "\n\n", vec![body]);
        }
        Mark::Field(_) => {
            builder.insert("\n\n  ").copy(marked.range.clone());
            let tail = find_tail(text.get(body.clone()).unwrap_or_default(), Form::Flat);
            let tail = tail.map_or(body.end, |(start, _)| body.start + start);
            let parts = vec![trim(text, body.start..tail), tail..body.end];
            write_lines(builder, "\n    ", parts);
        }
        Mark::Overview(heading) => {
            builder.insert("\n\n").copy(marked.range.clone());
            let lines = match heading {
                Overview::Servers => overview::server_lines(text, body),
                Overview::Security => overview::scheme_lines(text, body),
                Overview::Download => vec![body],
            };
            write_lines(builder, "\n", lines);
        }
    }
}

fn write_title(
    text: &str,
    builder: &mut Builder<'_>,
    mark: Range<usize>,
    body: Range<usize>,
    known_title: Option<&str>,
) {
    let slice = text.get(body.clone()).unwrap_or_default();
    // The front matter may have the title alone.
    let known = known_title.filter(|title| {
        slice.strip_prefix(title).is_some_and(|rest| rest.is_empty() || rest.starts_with(char::is_whitespace))
    });
    let length = known.map_or_else(|| title_length(slice), str::len);
    let end = body.start + length;
    if length == 0 {
        // A bare `#`: the reader sees a title whose end nobody knows.
        builder.copy(mark.start..mark.start + 1);
    } else {
        builder.copy(mark).copy(body.start..end);
    }
    write_lines(builder, "\n\n", vec![trim(text, end..body.end)]);
}

fn write_lines(builder: &mut Builder<'_>, before: &str, lines: Vec<Range<usize>>) {
    for line in lines {
        if !line.is_empty() {
            builder.insert(before).copy(line);
        }
    }
}

/// The lines `Version: …` and `Security: …` after `Endpoint: …`.
fn head_lines(text: &str, body: Range<usize>) -> Vec<Range<usize>> {
    let slice = text.get(body.clone()).unwrap_or_default();
    match security_begins(slice).map(|at| body.start + at) {
        Some(at) => vec![trim(text, body.start..at), trim(text, at..body.end)],
        None => vec![body],
    }
}

#[cfg(test)]
mod tests {
    use super::super::Redocly;
    use crate::{dialect::Reader, reflow::check_reflow};

    fn check(flat: &str, expected: &str) {
        check_reflow(|text| Redocly.look(text).page.reflow(), flat, expected);
    }

    #[test]
    fn each_mark_gets_its_line() {
        check(
            "# Update a user Updates it. Endpoint: PUT /users/{id} Version: 1.0 Security: bearer ## Path parameters: \
             - `id` (string, required) The - `id`. Example: \"x\" ## Response 204 fields",
            "# Update a user\n\nUpdates it.\n\nEndpoint: PUT /users/{id}\nVersion: 1.0\nSecurity: bearer\n\n\
             ## Path parameters:\n\n  - `id` (string, required)\n    The - `id`.\n    Example: \"x\"\n\n\
             ## Response 204 fields",
        );
    }

    #[test]
    fn overviews_have_lines_too() {
        check(
            "# Shop API This service sells. Version: 2 License: MIT ## Servers Live ``` https://a.example ``` ## Security \
             ### Key A key. Type: apiKey In: header Name: X-Key ## Download OpenAPI description [a](b)",
            "# Shop API\n\nThis service sells.\nVersion: 2\nLicense: MIT\n\n## Servers\nLive\n```\nhttps://a.example\n```\n\n\
             ## Security\n### Key\nA key.\nType: apiKey\nIn: header\nName: X-Key\n\n\
             ## Download OpenAPI description\n[a](b)",
        );
    }
}
