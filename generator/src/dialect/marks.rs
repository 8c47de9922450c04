//! Finds the lines of a dialect's own grammar, its *marks*: headings, fields and what else the
//! documentation product prints around a vendor's prose.
//!
//! A dialect gives its grammar as one [`Grammar`]. [`line_marks`] asks it about the lines
//! outside of code that begin like a mark, [`flat_marks`] about such words of a text that has lost its line breaks; so
//! detecting, reflowing and reading never differ in what a mark is. What lies between two marks is the first one's body.
//!
//! Markdown decides what is code. It does not decide where marks are: a vendor's prose may leave lists,
//! quotes and HTML open, which would swallow the product's lines that follow.

use std::ops::Range;

use memchr::{memchr, memchr2_iter, memmem};

use super::{Clue, Context};
use crate::{
    diagnostic::{Diagnostic, codes},
    markdown::{BlockKind, parse},
};

/// A mark and where it stands.
#[derive(Debug, Clone)]
pub(crate) struct Marked<M> {
    /// What it is.
    pub(crate) mark: M,
    /// Its range; in a text with lines, the whole line without its end.
    pub(crate) range: Range<usize>,
    /// The white space before it on its line, in bytes.
    pub(crate) indent: usize,
}

/// Whether a text has kept its lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// Every mark is a line of its own, and ends where the text given to the grammar ends.
    Lines,
    /// Line breaks were lost: anything may follow a mark.
    Flat,
}

/// The lines that a dialect's product prints.
pub(crate) struct Grammar<M> {
    /// What marks begin with; the rest of a text is skipped without asking. None overlaps itself.
    pub(crate) openings: &'static [&'static str],
    /// What it says of the mark at an offset of a text: the mark and its end. Ranges inside of marks are offsets of
    /// the same text. It looks at a bounded stretch only.
    pub(crate) mark_at: fn(&str, usize, Form) -> Option<(M, usize)>,
    /// Whether a mark is a field.
    pub(crate) is_field: fn(&M) -> bool,
    /// Whether a mark is a title, which pages of all products have.
    pub(crate) is_title: fn(&M) -> bool,
    /// Whether no other product prints a mark.
    pub(crate) is_own: fn(&M) -> bool,
}

impl<M> Grammar<M> {
    /// Where in a text something stands that marks begin with, in order.
    fn places(&self, text: &str) -> impl Iterator<Item = usize> {
        let places = |opening: &&'static str| memmem::find_iter(text.as_bytes(), *opening).peekable();
        let mut places: Vec<_> = self.openings.iter().map(places).collect();
        std::iter::from_fn(move || {
            let next = places.iter_mut().filter_map(|places| Some((*places.peek()?, places)));
            next.min_by_key(|(at, _)| *at)?.1.next()
        })
    }

    /// How many marks are no titles.
    fn count(&self, marks: &[Marked<M>]) -> usize {
        marks.iter().filter(|marked| !(self.is_title)(&marked.mark)).count()
    }
}

/// The deepest indentation of a mark: four spaces begin the prose below a field.
const MAX_INDENT: usize = 3;

/// The marks of a text with lines, from an offset on. Headings in closed code fences are not marks, unless
/// there are fields among them too: then a fence was left open, and another one closed it.
pub(crate) fn line_marks<M>(text: &str, start: usize, grammar: &Grammar<M>) -> Vec<Marked<M>> {
    let mut marks = Vec::new();
    let rest = text.get(start..).unwrap_or_default();
    for at in grammar.places(rest) {
        let (before, line) = rest.split_at_checked(at).unwrap_or_default();
        let blanks = before.bytes().rev().take(MAX_INDENT).take_while(|&byte| byte == b' ');
        let indent = blanks.count();
        let line_start = at - indent;
        if line_start > 0 && rest.as_bytes().get(line_start - 1) != Some(&b'\n') {
            continue;
        }
        let line = memchr(b'\n', line.as_bytes()).and_then(|end| line.get(..end)).unwrap_or(line);
        let (at, line_start) = (start + at, start + line_start);
        let end = at + line.trim_end().len();
        let Some(before) = text.get(..end) else { continue };
        if let Some((mark, mark_end)) = (grammar.mark_at)(before, at, Form::Lines)
            && mark_end == end
        {
            marks.push(Marked { mark, range: line_start..end, indent });
        }
    }
    keep_one_bullet(text, &mut marks, grammar.is_field);
    // A page of another product needs no parser to say which of its lines are code.
    if !marks.iter().any(|marked| (grammar.is_own)(&marked.mark)) {
        return marks;
    }
    drop_hidden(marks, fenced_code(text), grammar.is_field)
}

/// Takes away the marks within stretches of code, in text order, but not within one that holds fields.
fn drop_hidden<M>(
    mut marks: Vec<Marked<M>>,
    code: Vec<Range<usize>>,
    is_field: fn(&M) -> bool,
) -> Vec<Marked<M>> {
    let has_field = |code: &Range<usize>| {
        let first = marks.partition_point(|marked| marked.range.start < code.start);
        let mut within = marks.iter().skip(first).take_while(|marked| marked.range.start < code.end);
        within.any(|marked| is_field(&marked.mark))
    };
    let hidden: Vec<Range<usize>> = code.into_iter().filter(|code| !has_field(code)).collect();
    let mut hidden = hidden.iter().peekable();
    marks.retain(|marked| {
        while hidden.next_if(|range| range.end <= marked.range.start).is_some() {}
        hidden.peek().is_none_or(|range| marked.range.start < range.start)
    });
    marks
}

/// The marks of a text without lines, from an offset on. Headings between two code fences are not marks,
/// unless there are fields between them too: then a fence was left open.
pub(crate) fn flat_marks<M>(text: &str, start: usize, grammar: &Grammar<M>) -> Vec<Marked<M>> {
    let mut marks: Vec<Marked<M>> = Vec::new();
    let rest = text.get(start..).unwrap_or_default();
    let mut reached = start;
    for at in grammar.places(rest).map(|at| start + at) {
        let begins_word = || text.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        if at < reached || (at > reached && !begins_word()) {
            continue;
        }
        if let Some((mark, end)) = (grammar.mark_at)(text, at, Form::Flat)
            && end > at
        {
            marks.push(Marked { mark, range: at..end, indent: 0 });
            reached = end;
        }
    }
    keep_one_bullet(text, &mut marks, grammar.is_field);
    let fences = memmem::find_iter(rest.as_bytes(), "```").map(|at| start + at);
    let mut hidden: Vec<Range<usize>> = Vec::new();
    let mut fences = fences.peekable();
    while let Some(open) = fences.next() {
        let Some(&close) = fences.peek() else { break };
        let first = marks.partition_point(|marked| marked.range.start < open);
        let mut between = marks.iter().skip(first).take_while(|marked| marked.range.start < close);
        if !between.any(|marked| (grammar.is_field)(&marked.mark)) {
            hidden.push(open..close);
            fences.next();
        }
    }
    let mut hidden = hidden.iter().peekable();
    marks.retain(|marked| {
        while hidden.next_if(|range| range.end <= marked.range.start).is_some() {}
        hidden.peek().is_none_or(|range| marked.range.start <= range.start)
    });
    marks
}

/// What lists of Markdown begin their items with. Products write the first; tools that write a page anew, any.
const BULLETS: [char; 3] = ['-', '*', '+'];

/// The length of the bullet that a text opens with, and of the blanks behind it.
pub(crate) fn bullet(text: &str) -> Option<usize> {
    let item = text.strip_prefix(BULLETS)?;
    let blanks = item.bytes().take_while(|&byte| byte == b' ').count();
    (1..=MAX_INDENT).contains(&blanks).then_some(1 + blanks)
}

/// Takes away items of lists that begin with another bullet than the first fields behind most headings do: they are those of
/// descriptions, which may have more items than a page has fields.
fn keep_one_bullet<M>(text: &str, marks: &mut Vec<Marked<M>>, is_field: fn(&M) -> bool) {
    let bullet = |marked: &Marked<M>| {
        let rest = text.get(marked.range.start + marked.indent..)?;
        bullet(rest).and_then(|_| BULLETS.iter().position(|bullet| rest.starts_with(*bullet)))
    };
    let mut counts = [0_usize; BULLETS.len()];
    let mut behind_item = false;
    for marked in marks.iter() {
        let at = bullet(marked);
        let is_first = !std::mem::replace(&mut behind_item, at.is_some()) && is_field(&marked.mark);
        if let Some(count) = at.filter(|_| is_first).and_then(|at| counts.get_mut(at)) {
            *count += 1;
        }
    }
    let most = counts.iter().max().and_then(|most| counts.iter().position(|count| count == most));
    marks.retain(|marked| bullet(marked).is_none_or(|at| Some(at) == most));
}

/// Takes away fields that are indented otherwise than the first field after the mark before: they are
/// bullets of a description. Gives their places, one for all that stand in one description.
pub(crate) fn drop_stray_fields<M>(
    marks: &mut Vec<Marked<M>>,
    is_field: fn(&M) -> bool,
) -> Vec<Range<usize>> {
    let mut expected = None;
    let mut strays: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    marks.retain(|marked| {
        let stands = !is_field(&marked.mark) || *expected.get_or_insert(marked.indent) == marked.indent;
        if !is_field(&marked.mark) {
            expected = None;
        }
        match strays.last_mut() {
            _ if stands => {}
            Some(last) if goes_on => last.end = marked.range.end,
            _ => strays.push(marked.range.start + marked.indent..marked.range.end),
        }
        goes_on = !stands;
        stands
    });
    strays
}

/// Says which bullets of descriptions look like fields. Only their indentation tells that they are none, and
/// a page that loses its line breaks loses that too.
pub(crate) fn report_stray_fields(cx: &mut Context<'_>, strays: Vec<Range<usize>>) {
    for range in strays {
        let span = cx.span(range);
        cx.report(
            Diagnostic::new(
                codes::FIELD_IN_DESCRIPTION,
                span,
                "bullets of a description that look like fields",
            )
            .label("indented otherwise than the fields, and read as part of the description")
            .help("indent them like the fields in a corrected copy of the page if they are some"),
        );
    }
}

/// The first mark that is of some kind, as a clue for a dialect.
pub(crate) fn clue<M>(
    marks: &[Marked<M>],
    what: &'static str,
    weight: u32,
    is: impl Fn(&M) -> bool,
) -> Option<Clue> {
    let first = marks.iter().find(|marked| is(&marked.mark))?;
    Some(Clue { what, range: first.range.start + first.indent..first.range.end, weight })
}

/// Whether a page has lost its line breaks: most marks are not lines.
pub(crate) fn is_flat<M>(flat: &[Marked<M>], lines: &[Marked<M>], grammar: &Grammar<M>) -> bool {
    let flat = grammar.count(flat);
    flat > 0 && 2 * grammar.count(lines) < flat
}

/// Whether a page has certainly kept its line breaks, which is known before its marks without lines are: there are no
/// more of them than places where they could begin.
pub(crate) fn has_lines<M>(text: &str, lines: &[Marked<M>], grammar: &Grammar<M>) -> bool {
    grammar.places(text).count() <= 2 * grammar.count(lines)
}

/// Where the body of each mark ends: at the next mark.
pub(crate) fn body<M>(marks: &[Marked<M>], at: usize, end: usize) -> Range<usize> {
    let start = marks.get(at).map_or(end, |marked| marked.range.end);
    let next = marks.get(at + 1).map_or(end, |marked| marked.range.start).min(end);
    start..next.max(start)
}

/// The fenced code blocks that are closed. One that is not may be a slip, and hides nothing.
fn fenced_code(text: &str) -> Vec<Range<usize>> {
    // Most pages have none, and need not be parsed for it.
    let has = |fence: &str| memmem::find(text.as_bytes(), fence.as_bytes()).is_some();
    if !has("```") && !has("~~~") {
        return Vec::new();
    }
    let document = parse(text);
    let blocks = document.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Code { .. }));
    blocks.map(|block| block.range.clone()).filter(|range| is_closed_fence(text, range)).collect()
}

fn is_closed_fence(text: &str, range: &Range<usize>) -> bool {
    let mut lines = text.get(range.clone()).unwrap_or_default().trim_end().lines();
    let (Some(first), Some(last)) = (lines.next(), lines.next_back()) else { return false };
    let Some(fence) = first.trim_start().chars().next().filter(|c| matches!(c, '`' | '~')) else {
        return false;
    };
    let last = last.trim();
    last.len() >= 3 && last.chars().all(|c| c == fence)
}

/// The first bytes of a text, at most `length` of them, cut at a character.
pub(crate) fn window(text: &str, length: usize) -> &str {
    let mut end = length.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// The content of the parentheses that a text opens with, and its length with both of them. Looks at
/// `limit` bytes at most.
pub(crate) fn parenthesized(text: &str, limit: usize) -> Option<(&str, usize)> {
    let text = window(text, limit);
    let inner = text.strip_prefix('(')?;
    let mut depth = 1_usize;
    let end = memchr2_iter(b'(', b')', inner.as_bytes()).find(|&at| {
        let opens = inner.as_bytes().get(at) == Some(&b'(');
        depth = if opens { depth + 1 } else { depth - 1 };
        depth == 0
    })?;
    Some((inner.get(..end)?, end + 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heading(text: &str, at: usize, form: Form) -> Option<(bool, usize)> {
        let rest = text.get(at..)?;
        let end = match form {
            Form::Lines => text.len(),
            Form::Flat => at + 4,
        };
        (rest.starts_with("## A") || rest.starts_with("- `f")).then_some((rest.starts_with('-'), end))
    }

    const GRAMMAR: Grammar<bool> = Grammar {
        openings: &["## A", "- `f"],
        mark_at: heading,
        is_field: |field| *field,
        is_title: |_| false,
        is_own: |_| true,
    };

    fn lines(text: &str) -> Vec<&str> {
        line_marks(text, 0, &GRAMMAR).into_iter().map(|marked| &text[marked.range]).collect()
    }

    fn flat(text: &str) -> Vec<usize> {
        flat_marks(text, 0, &GRAMMAR).into_iter().map(|marked| marked.range.start).collect()
    }

    #[test]
    fn closed_fences_hide_headings_and_open_ones_do_not() {
        assert_eq!(lines("## A1\n```\n## A2\n```\n## A3"), ["## A1", "## A3"]);
        assert_eq!(lines("## A1\n```\n## A2\n"), ["## A1", "## A2"]);
        assert_eq!(lines("```\n- `f1\n## A2\n```"), ["- `f1", "## A2"]);
        assert_eq!(lines("  ## A1\n    ## A2\n"), ["  ## A1"]);
    }

    #[test]
    fn flat_fences_hide_headings_unless_fields_stand_between() {
        assert_eq!(flat("## A1 ``` ## A2 ``` ## A3"), [0, 20]);
        assert_eq!(flat("``` ## A2 - `f ## A3 ```"), [4, 10, 15]);
    }

    #[test]
    fn fields_at_another_indentation_are_strays() {
        let text = "## A\n- `f1\n  - `f2\n  - `f3\n- `f4\n## A\n - `f5\n";
        let mut marks = line_marks(text, 0, &GRAMMAR);
        let strays = drop_stray_fields(&mut marks, |field| *field);
        assert_eq!(marks.len(), 5);
        let strays: Vec<_> = strays.into_iter().map(|range| &text[range]).collect();
        assert_eq!(strays, ["- `f2\n  - `f3"]);
    }

    #[test]
    fn fields_begin_with_one_bullet() {
        let fields = |text: &str| {
            let mark_at = |text: &str, at: usize, _: Form| {
                let rest = text.get(at..)?;
                let is_field = bullet(rest).is_some();
                (is_field || rest.starts_with('#')).then_some((is_field, text.len()))
            };
            let grammar = Grammar { openings: &["#", "- `", "* `", "*   `"], mark_at, ..GRAMMAR };
            line_marks(text, 0, &grammar)
                .into_iter()
                .map(|marked| text[marked.range].to_owned())
                .collect::<Vec<_>>()
        };
        assert_eq!(fields("- `a`\n* `b`\n- `c`\n"), ["- `a`", "- `c`"]);
        assert_eq!(fields("- `a`\n  * `b`\n  * `c`\n"), ["- `a`"]);
        assert_eq!(fields("*   `a`\n- `b`\n- `d`\n  *   `c`\n"), ["*   `a`", "  *   `c`"]);
        assert_eq!(fields("# A\n* `a`\n# B\n- `b`\n"), ["# A", "# B", "- `b`"]);
    }

    #[test]
    fn parentheses_match() {
        assert_eq!(parenthesized("(a(b) | c) d", 100), Some(("a(b) | c", 10)));
        assert_eq!(parenthesized("(a(b", 100), None);
        assert_eq!(window("aé", 2), "a");
    }
}
