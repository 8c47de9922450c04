//! Draws diagnostics over the pages they are about.
//!
//! Enter at [`Renderer::render`]. Whatever a page holds, what comes out is safe to print: see [`inert`].
//! A page may have lost its line breaks, so that a line has thousands of characters; `excerpt` cuts the
//! window around the place, and line and column stay those of the page.

mod excerpt;
mod inert;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer as Drawing, Snippet};
use serde_json::{Value, json};

use super::{Diagnostic, Severity};
use crate::source::{Source, Span};
use excerpt::Excerpt;
pub use inert::inert;
use inert::inert_json;

/// How diagnostics look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Format {
    /// One line: `name:line:column: severity[code]: message`.
    Short,
    /// Drawn over the page's text.
    #[default]
    Full,
    /// One JSON object on one line.
    Json,
}

/// Draws diagnostics.
///
/// ```
/// use docwright::{
///     diagnostic::{Diagnostic, codes, render::{Format, Renderer}},
///     source::{PageId, Source, Span},
/// };
///
/// let (source, _) = Source::from_bytes("page.md", PageId(0), b"# Title\n\nsome text");
/// let diagnostic = Diagnostic::new(codes::UNCLAIMED_TEXT, Span::new(PageId(0), 9..13), "text");
/// let short = Renderer { format: Format::Short, styled: false };
/// assert_eq!(short.render(&diagnostic, &[&source]), "page.md:3:1: warning[unclaimed-text]: text\n");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Renderer {
    /// How diagnostics look.
    pub format: Format,
    /// Whether colours are used; the terminal is the caller's to know.
    pub styled: bool,
}

/// Wider than any excerpt, so that the drawing library cuts nothing itself.
const WIDTH: usize = 1000;

impl Renderer {
    /// Draws one diagnostic, ending in a line break. `sources` are the pages in the order of their ids;
    /// a diagnostic about a page that is not among them is drawn without its place.
    #[must_use]
    pub fn render(&self, diagnostic: &Diagnostic, sources: &[&Source]) -> String {
        match self.format {
            Format::Short => short(diagnostic, sources),
            Format::Full => self.full(diagnostic, sources),
            Format::Json => json_line(&described(diagnostic, sources)),
        }
    }

    /// Draws a message about no page.
    #[must_use]
    pub fn render_plain(&self, severity: Severity, message: &str) -> String {
        let message = inert(message);
        match self.format {
            Format::Short => format!("{}: {message}\n", severity.as_str()),
            Format::Full => {
                let title = level(severity).primary_title(message);
                self.drawing().render(&[Group::with_title(title)]) + "\n"
            }
            Format::Json => json_line(&json!({
                "code": null, "severity": severity.as_str(), "message": message, "file": null, "line": null,
                "column": null, "end_line": null, "end_column": null, "span": null, "label": null,
                "help": null, "related": [],
            })),
        }
    }

    fn drawing(&self) -> Drawing {
        if self.styled { Drawing::styled() } else { Drawing::plain() }.term_width(WIDTH)
    }

    fn full(&self, diagnostic: &Diagnostic, sources: &[&Source]) -> String {
        let title =
            level(diagnostic.severity()).primary_title(inert(&diagnostic.message)).id(diagnostic.code.name);
        let mut group = Group::with_title(title);
        let mut places = Vec::new();
        for excerpt in excerpts(diagnostic, sources) {
            places.push(format!("{}:{}:{}", inert(excerpt.file), excerpt.line, excerpt.column));
            let annotations = excerpt.markers.into_iter().map(|marker| {
                let kind = if marker.primary { AnnotationKind::Primary } else { AnnotationKind::Context };
                kind.span(marker.range).label(marker.label)
            });
            group = group.element(
                Snippet::source(excerpt.text).path(PLACE).line_start(excerpt.line).annotations(annotations),
            );
        }
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.message(inert(help)));
        }
        with_places(&self.drawing().render(&[group]), &places) + "\n"
    }
}

/// Stands for an excerpt's place until it is drawn: the library would count the column within the
/// excerpt. A character of private use, which [`inert`] lets through nowhere.
const PLACE: &str = "\u{10fffd}";

/// Puts the true places where the library wrote [`PLACE`] with a line and column of its own.
fn with_places(drawn: &str, places: &[String]) -> String {
    let mut parts = drawn.split(PLACE);
    let mut out = parts.next().unwrap_or_default().to_owned();
    for (place, part) in places.iter().zip(parts) {
        out.push_str(place);
        out.push_str(part.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    out
}

/// The places of a diagnostic as excerpts, the primary one first; places on one short line share one.
fn excerpts<'a>(diagnostic: &Diagnostic, sources: &[&'a Source]) -> Vec<Excerpt<'a>> {
    let label = diagnostic.label.as_deref().map(inert);
    let primary = std::iter::once((diagnostic.span, label, true));
    let related = diagnostic.related.iter().map(|(span, label)| (*span, Some(inert(label)), false));
    let mut excerpts: Vec<Excerpt<'a>> = Vec::new();
    for (span, label, primary) in primary.chain(related) {
        let Some(source) = source(span, sources) else { continue };
        let excerpt = Excerpt::new(source, span, label, primary);
        match excerpts.iter_mut().find(|known| known.is_same_line(&excerpt)) {
            Some(known) => known.markers.extend(excerpt.markers),
            None => excerpts.push(excerpt),
        }
    }
    excerpts
}

fn short(diagnostic: &Diagnostic, sources: &[&Source]) -> String {
    let place = match source(diagnostic.span, sources) {
        Some(source) => {
            let (line, column) = source.line_column(diagnostic.span.start);
            format!("{}:{line}:{column}: ", inert(&source.name))
        }
        None => String::new(),
    };
    let (severity, code) = (diagnostic.severity().as_str(), diagnostic.code.name);
    format!("{place}{severity}[{code}]: {}\n", inert(&diagnostic.message))
}

/// A diagnostic as JSON; the keys are stable.
fn described(diagnostic: &Diagnostic, sources: &[&Source]) -> Value {
    let mut value = json!({
        "code": diagnostic.code.name,
        "severity": diagnostic.severity().as_str(),
        "message": diagnostic.message,
    });
    let related = diagnostic.related.iter().map(|(span, label)| {
        let mut value = place(*span, sources);
        extend(&mut value, json!({ "label": label }));
        value
    });
    let rest = json!({
        "label": diagnostic.label,
        "help": diagnostic.help,
        "related": related.collect::<Vec<_>>(),
    });
    extend(&mut value, place(diagnostic.span, sources));
    extend(&mut value, rest);
    value
}

fn place(span: Span, sources: &[&Source]) -> Value {
    let Some(source) = source(span, sources) else {
        return json!({
            "file": null, "line": null, "column": null, "end_line": null, "end_column": null, "span": null,
        });
    };
    let (line, column) = source.line_column(span.start);
    let (end_line, end_column) = source.line_column(span.end);
    json!({
        "file": source.name, "line": line, "column": column, "end_line": end_line, "end_column": end_column,
        "span": { "start": span.start, "end": span.end },
    })
}

fn extend(value: &mut Value, more: Value) {
    if let (Value::Object(value), Value::Object(more)) = (value, more) {
        value.extend(more);
    }
}

fn json_line(value: &Value) -> String {
    inert_json(&value.to_string()) + "\n"
}

fn source<'a>(span: Span, sources: &[&'a Source]) -> Option<&'a Source> {
    sources.get(span.page.0 as usize).copied()
}

fn level(severity: Severity) -> Level<'static> {
    match severity {
        Severity::Note => Level::NOTE,
        Severity::Warning => Level::WARNING,
        Severity::Error => Level::ERROR,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{diagnostic::codes, source::PageId};

    fn source(text: &str) -> Source {
        Source::from_bytes("page.md", PageId(0), text.as_bytes()).0
    }

    fn span(range: std::ops::Range<usize>) -> Span {
        Span::new(PageId(0), range)
    }

    fn plain(format: Format, diagnostic: &Diagnostic, text: &str) -> String {
        Renderer { format, styled: false }.render(diagnostic, &[&source(text)])
    }

    #[test]
    fn full_draws_place_label_related_and_help() {
        let diagnostic = Diagnostic::new(codes::DUPLICATE_FIELD, span(13..16), "field `b` twice")
            .label("here again")
            .help("remove one of them")
            .related(span(4..7), "first here");
        let expected = "\
warning[duplicate-field]: field `b` twice
 --> page.md:4:3
  |
4 | - `b`
  |   ^^^ here again
  |
 ::: page.md:2:1
  |
2 | `b` x
  | --- first here
  |
  = help: remove one of them
";
        assert_eq!(plain(Format::Full, &diagnostic, "abc\n`b` x\n\n- `b`\n"), expected);
    }

    #[test]
    fn a_long_line_is_shown_as_a_window_with_its_true_column() {
        let text = format!("{}WRONG{}", "é ".repeat(1500), " z".repeat(1500));
        let start = "é ".repeat(1500).len();
        let diagnostic = Diagnostic::new(codes::UNKNOWN_TYPE, span(start..start + 5), "no type");
        let drawn = plain(Format::Full, &diagnostic, &text);
        assert!(drawn.contains(" --> page.md:1:3001\n"), "{drawn}");
        let line = drawn.lines().find(|line| line.starts_with("1 |")).unwrap();
        assert!(line.contains("…") && line.chars().count() < 230, "{line}");
        let carets = drawn.lines().find(|line| line.contains("^^^^^")).unwrap();
        let column = |line: &str, what: &str| line.split(what).next().unwrap().chars().count();
        assert_eq!(column(carets, "^"), column(line, "WRONG"));
    }

    #[test]
    fn json_is_one_line_with_stable_keys() {
        let diagnostic = Diagnostic::new(codes::UNKNOWN_TYPE, span(4..5), "a\u{202e}\u{1b}b");
        let line = plain(Format::Json, &diagnostic, "abc\nd");
        assert_eq!(line.matches('\n').count(), 1);
        assert!(!line.contains(['\u{202e}', '\u{1b}']));
        let value: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(value["message"], "a\u{202e}\u{1b}b");
        let keys: Vec<_> = value.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            keys,
            [
                "code",
                "severity",
                "message",
                "file",
                "line",
                "column",
                "end_line",
                "end_column",
                "span",
                "label",
                "help",
                "related"
            ]
        );
        assert_eq!((&value["line"], &value["column"]), (&json!(2), &json!(1)));
        let plain = Renderer { format: Format::Json, styled: false }.render_plain(Severity::Error, "x");
        let plain: Value = serde_json::from_str(&plain).unwrap();
        assert!(plain.as_object().unwrap().keys().eq(keys.iter()));
    }

    #[test]
    fn nothing_of_a_page_reaches_the_terminal_raw() {
        let text = "a\u{1b}[2J \u{202e}b\u{200b}c\u{9b}d";
        let diagnostic =
            Diagnostic::new(codes::UNKNOWN_TYPE, span(0..text.len()), text).label(text).help(text);
        for format in [Format::Short, Format::Full, Format::Json] {
            let drawn = plain(format, &diagnostic, text);
            let hostile = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}' || c == '\u{200b}';
            assert!(!drawn.contains(hostile), "{drawn:?}");
        }
    }

    #[test]
    fn any_span_is_drawn() {
        for text in ["", "\n", "a", "é\n\nb\n", "\t\u{200b}"] {
            for start in 0..=text.len() + 2 {
                for end in start..=text.len() + 3 {
                    let diagnostic = Diagnostic::new(codes::UNKNOWN_TYPE, span(start..end), "x").label("y");
                    assert!(plain(Format::Full, &diagnostic, text).starts_with("warning[unknown-type]: x\n"));
                }
            }
        }
        let elsewhere = Span::new(PageId(7), 0..1);
        let diagnostic = Diagnostic::new(codes::UNKNOWN_TYPE, elsewhere, "x");
        assert_eq!(plain(Format::Short, &diagnostic, "a"), "warning[unknown-type]: x\n");
        assert_eq!(plain(Format::Full, &diagnostic, "a"), "warning[unknown-type]: x\n");
    }
}
