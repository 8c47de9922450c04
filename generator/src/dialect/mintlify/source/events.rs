//! The text of a page in the product's own source comes in, its components, headings and fences go out, in order.
//!
//! Enter at [`events`]. What lies between them is prose. Code in fences and between back-ticks holds no components, nor do
//! comments.
//!
//! Splitting is linear: a tag is looked for in a window of bounded length, and a fence or a comment that nothing closes is not
//! looked for again.

use std::ops::Range;

use crate::dialect::mintlify::lines::fence_close;

/// The longest tag, in bytes.
const MAX_TAG: usize = 1024;

/// What a tag does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Edge {
    /// `<Tab title="200">`.
    Opens,
    /// `</Tab>`.
    Closes,
    /// `<ParamField body="id" />`.
    Stands,
}

/// An attribute: its name, and where its value stands, without quotes and braces; `None` where it is only named.
pub(super) type Attribute<'a> = (&'a str, Option<Range<usize>>);

/// A component's tag.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Tag<'a> {
    pub(super) name: &'a str,
    pub(super) edge: Edge,
    pub(super) attributes: Vec<Attribute<'a>>,
}

/// What stands in a page.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Event<'a> {
    /// A tag.
    Tag(Tag<'a>),
    /// A heading of a level; its words.
    Heading(usize, Range<usize>),
    /// A fence; its words after the marks, and what it holds.
    Fence(&'a str, Range<usize>),
    /// A comment, which no reader of the page sees.
    Comment,
}

/// How comments open and close.
const COMMENTS: [(&str, &str); 2] = [("{/*", "*/}"), ("<!--", "-->")];

/// Splits a page, from `start` on.
pub(super) fn events(text: &str, start: usize) -> Vec<(Range<usize>, Event<'_>)> {
    let mut out = Vec::new();
    let mut at = start;
    let mut unclosed = false;
    let mut open_comments = [false; COMMENTS.len()];
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        let length = memchr::memchr(b'\n', rest.as_bytes()).map_or(rest.len(), |end| end + 1);
        let line = rest.get(..length).unwrap_or_default();
        let content = line.trim_start();
        let begin = at + (line.len() - content.len());
        let content = content.trim_end();
        let next = at + length;
        if let Some(fence) = (!unclosed).then(|| fence(text, content, next)).flatten() {
            match fence {
                Some((event, end)) => {
                    out.push((begin..end, event));
                    at = end;
                    continue;
                }
                None => unclosed = true,
            }
        }
        let level = content.bytes().take_while(|&b| b == b'#').count();
        let words = content.get(level..).unwrap_or_default();
        if (1..=6).contains(&level) && words.starts_with(' ') {
            let words = words.trim();
            let end = begin + content.len();
            out.push((begin..end, Event::Heading(level, end - words.len()..end)));
            at = next;
            continue;
        }
        at = tags(text, begin, next, &mut open_comments, &mut out);
    }
    out
}

/// The fence that a line opens, and where it ends; `Some(None)` where nothing closes it.
#[expect(clippy::option_option, reason = "no fence, none that closes, a fence")]
fn fence<'a>(text: &'a str, line: &'a str, next: usize) -> Option<Option<(Event<'a>, usize)>> {
    let mark = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.chars().take_while(|&c| c == mark).count();
    let info = line.get(length..).filter(|info| length >= 3 && !info.contains('`'))?;
    let Some((inner, close)) = fence_close(text, next, mark, length) else { return Some(None) };
    let mark_line = text.get(inner..close).unwrap_or_default();
    Some(Some((Event::Fence(info.trim(), next..inner), inner + mark_line.trim_end().len())))
}

/// Finds the tags that begin on a line; gives where to go on, which is behind the line, or behind its last tag.
fn tags<'a>(
    text: &'a str,
    begin: usize,
    next: usize,
    open_comments: &mut [bool; COMMENTS.len()],
    out: &mut Vec<(Range<usize>, Event<'a>)>,
) -> usize {
    let mut at = begin;
    while let Some(rest) = text.get(at..next) {
        let Some(found) = memchr::memchr3(b'<', b'`', b'{', rest.as_bytes()) else { break };
        let start = at + found;
        if rest.as_bytes().get(found) == Some(&b'`') {
            let code = text.get(start + 1..next).unwrap_or_default();
            at = memchr::memchr(b'`', code.as_bytes()).map_or(start + 1, |end| start + 1 + end + 1);
        } else if let Some(end) = comment(text, start, open_comments) {
            out.push((start..end, Event::Comment));
            if end >= next {
                return end;
            }
            at = end;
        } else if let Some((tag, end)) = tag(text, start) {
            out.push((start..end, Event::Tag(tag)));
            if end >= next {
                return end;
            }
            at = end;
        } else {
            at = start + 1;
        }
    }
    next
}

/// Where the comment ends that begins at a place. A kind that nothing closes is marked as such.
fn comment(text: &str, start: usize, open: &mut [bool; COMMENTS.len()]) -> Option<usize> {
    let rest = text.get(start..)?;
    let mut kinds = COMMENTS.iter().zip(open);
    let ((begin, end), open) = kinds.find(|((begin, _), open)| !**open && rest.starts_with(begin))?;
    let inner = rest.get(begin.len()..)?;
    let length = memchr::memmem::find(inner.as_bytes(), end.as_bytes());
    *open = length.is_none();
    Some(start + begin.len() + length? + end.len())
}

/// The tag that begins at a place, and where it ends.
fn tag(text: &str, start: usize) -> Option<(Tag<'_>, usize)> {
    let mut end = text.len().min(start + MAX_TAG);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let window = text.get(start..end)?;
    let rest = window.strip_prefix('<')?;
    let (rest, closes) = rest.strip_prefix('/').map_or((rest, false), |rest| (rest, true));
    let length = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let name = rest.get(..length).filter(|name| name.starts_with(|c: char| c.is_ascii_uppercase()))?;
    let mut rest = rest.get(length..)?;
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            let edge = if closes { Edge::Closes } else { Edge::Opens };
            return Some((Tag { name, edge, attributes }, end - after.len()));
        }
        if let Some(after) = rest.strip_prefix("/>") {
            return Some((Tag { name, edge: Edge::Stands, attributes }, end - after.len()));
        }
        let length = rest.bytes().take_while(|b| b.is_ascii_alphanumeric() || b"_-:".contains(b)).count();
        let attribute = rest.get(..length).filter(|name| !name.is_empty())?;
        rest = rest.get(length..)?;
        let Some(value) = rest.trim_start().strip_prefix('=') else {
            attributes.push((attribute, None));
            continue;
        };
        let value = value.trim_start();
        let inner = value_length(value)?;
        let from = end - value.len() + 1;
        attributes.push((attribute, Some(unquoted(text, from..from + inner))));
        rest = value.get(inner + 2..)?;
    }
}

/// A value without the quotes that an expression has for a string: `{"a"}`.
fn unquoted(text: &str, range: Range<usize>) -> Range<usize> {
    let braced = range.start.checked_sub(1).and_then(|at| text.as_bytes().get(at)) == Some(&b'{');
    let value = text.get(range.clone()).unwrap_or_default();
    let bare = value.trim();
    let string = ['"', '\'', '`'].into_iter().find_map(|quote| {
        let inner = bare.strip_prefix(quote)?.strip_suffix(quote)?;
        (!inner.contains([quote, '\\']) && !inner.contains("${")).then_some(inner)
    });
    let start = range.start + (value.len() - value.trim_start().len()) + 1;
    string.filter(|_| braced).map_or(range, |inner| start..start + inner.len())
}

/// The length of an attribute's value between its quotes or braces.
fn value_length(value: &str) -> Option<usize> {
    let inner = value.get(1..)?;
    match value.as_bytes().first()? {
        quote @ (b'"' | b'\'') => memchr::memchr(*quote, inner.as_bytes()),
        b'{' => {
            let mut depth = 1_usize;
            inner.bytes().position(|b| {
                match b {
                    b'{' => depth += 1,
                    b'}' => depth -= 1,
                    _ => {}
                }
                depth == 0
            })
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outline(text: &str) -> Vec<String> {
        let show = |(_, event): &(Range<usize>, Event<'_>)| match event {
            Event::Heading(level, words) => format!("h{level} {}", &text[words.clone()]),
            Event::Fence(info, inner) => format!("fence {info}: {}", text[inner.clone()].trim_end()),
            Event::Comment => "comment".to_owned(),
            Event::Tag(tag) => {
                let value = |(name, value): &Attribute<'_>| match value {
                    Some(value) => format!(" {name}={}", &text[value.clone()]),
                    None => format!(" {name}"),
                };
                format!("{:?} {}{}", tag.edge, tag.name, tag.attributes.iter().map(value).collect::<String>())
            }
        };
        events(text, 0).iter().map(show).collect()
    }

    #[test]
    fn tags_are_read_with_their_attributes() {
        assert_eq!(
            outline(
                "## Body\n<ParamField body=\"a\" type='x' required>\n  A `<Tab>`.\n  <Expandable>\n</ParamField>"
            ),
            ["h2 Body", "Opens ParamField body=a type=x required", "Opens Expandable", "Closes ParamField"],
        );
        assert_eq!(
            outline("<ParamField\n  query=\"n\"\n  default={{ a: 1 }} required={true}/> <Tab title={`200`}>"),
            ["Stands ParamField query=n default={ a: 1 } required=true", "Opens Tab title=200"],
        );
    }

    #[test]
    fn code_holds_no_tags() {
        assert_eq!(outline("  ```json\n  <Tab>\n  ```\n"), ["fence json:   <Tab>"]);
        assert_eq!(outline("```\n<Tab>"), ["Opens Tab"]);
    }

    #[test]
    fn comments_hold_no_tags() {
        assert_eq!(outline("a {/* <Tab>\n# b\n*/} <A/> <!--\n<Tab> -->"), ["comment", "Stands A", "comment"]);
        assert_eq!(outline("{/* <Tab>"), ["Opens Tab"]);
        events(&"{/* <!-- ".repeat(200_000), 0);
    }

    #[test]
    fn an_expression_of_a_string_is_its_text() {
        assert_eq!(
            outline("<A a={\"b\"} c={ 'd' } e={f} g={\"h\" + \"i\"} j=\"'k'\" l={`m${n}`}/>"),
            ["Stands A a=b c=d e=f g=\"h\" + \"i\" j='k' l=`m${n}`"]
        );
    }

    #[test]
    fn what_is_no_tag_is_prose() {
        for text in ["<div>", "a < B", "<Tab title=", "<Tab <", "<Tab \"x\">", "<ParamField body=\"x", "<"] {
            assert!(outline(text).is_empty(), "{text}");
        }
        assert!(events(&"<Tab a=\"".repeat(5000), 0).is_empty());
    }
}
