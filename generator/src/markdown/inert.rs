//! Descriptions as Markdown that can do nothing.
//!
//! A description comes in, the lines of a doc comment go out. Enter at [`inert`]. The Markdown is parsed
//! and written anew: running text is escaped and wrapped ([`running`]; what is nothing else, [`plain`]), code becomes a fence marked
//! `text`, HTML becomes visible text, and only links to the web stay links.
//!
//! Invariants: the result is parsed once more as rustdoc would ([`proof`]), and whatever is not proven
//! inert is shown as one fence of text instead; nothing recurses, and containers nested deeper than
//! [`MAX_DEPTH`] are flattened.

mod plain;
mod proof;
mod running;

use std::borrow::Cow;

use pulldown_cmark::{Event, LinkType, Parser, Tag, TagEnd};

use crate::invisible::{has_no_width, turns_direction};
use running::Running;
pub(crate) use running::longest_run;

/// How deep lists and quotes nest before they are flattened.
const MAX_DEPTH: usize = 6;
/// The largest number that Markdown takes for an item's.
const MAX_NUMBER: u64 = 999_999_999;

/// The lines of `markdown` such that rustdoc runs no code of it, resolves no link but to the web, and
/// renders no HTML. No line has a line break in it, and none ends in a backslash.
pub(crate) fn inert(markdown: &str) -> Vec<String> {
    plain::plain(markdown).unwrap_or_else(|| rendered(&clean(markdown)))
}

/// The same, by parsing.
fn rendered(text: &str) -> Vec<String> {
    let mut renderer = Renderer::default();
    for event in Parser::new_ext(text, super::options()) {
        renderer.event(event);
    }
    let lines = renderer.finish();
    if proof::is_inert(&lines) { lines } else { fence(text) }
}

/// Without characters that reorder or hide text, and with line feeds as the only line breaks.
fn clean(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' => {
                chars.next_if_eq(&'\n');
                out.push('\n');
            }
            '\u{2028}' | '\u{2029}' | '\u{85}' => out.push('\n'),
            '\n' | '\t' => out.push(c),
            c if c.is_control() || is_invisible(c) => {}
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// Whether a character has no place in documentation.
pub(crate) fn is_invisible(c: char) -> bool {
    turns_direction(c) || has_no_width(c)
}

/// A fence of text, longer than any run of back-ticks in it.
fn fence(text: &str) -> Vec<String> {
    let ticks = "`".repeat(longest_run(text).max(2) + 1);
    let mut lines = vec![format!("{ticks}text")];
    lines.extend(text.trim_end_matches('\n').split('\n').map(code_line));
    lines.push(ticks);
    lines
}

/// A line of code; a blank keeps its last backslash from standing at the end of a comment's line.
fn code_line(line: &str) -> String {
    let mut line = line.trim_end().replace('\t', "    ");
    if line.ends_with('\\') {
        line.push(' ');
    }
    line
}

/// A container that puts something before each of its lines.
enum Container {
    Quote,
    Item {
        marker: String,
        /// Whether the marker has been written, so that blanks follow.
        written: bool,
    },
}

#[derive(Default)]
struct Renderer {
    lines: Vec<String>,
    containers: Vec<Container>,
    /// How many open containers are not in `containers`, for being nested too deep.
    hidden: usize,
    /// The number of each open list's next item; `None` for bullets.
    lists: Vec<Option<u64>>,
    /// Whether a blank line comes before the next block.
    apart: bool,
    running: Running,
    code: Option<String>,
    cells: Vec<String>,
    table: bool,
    head: bool,
}

impl Renderer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.running.text(&text),
            },
            Event::Code(code) => self.running.code(&code, self.table),
            Event::Html(html) => self.running.text(&html),
            Event::InlineHtml(html) if super::is_line_break_tag(&html) => self.hard_break(),
            Event::InlineHtml(html) => self.running.text(&html),
            Event::SoftBreak => self.running.text(" "),
            Event::HardBreak => self.hard_break(),
            Event::Rule => {
                self.paragraph();
                // Never dashes: after a bullet they would make the item itself a rule.
                self.block(["* * *".to_owned()]);
            }
            // The extensions are off.
            Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::FootnoteReference(_)
            | Event::TaskListMarker(_) => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Paragraph | Tag::HtmlBlock => self.paragraph(),
            Tag::Heading { .. } => {
                self.paragraph();
                self.running.open("**");
            }
            Tag::BlockQuote(_) => {
                self.paragraph();
                self.enter(Container::Quote);
            }
            Tag::List(start) => {
                // Only bullets and a first item can follow running text without a blank line.
                let follows = self.running.is_empty();
                self.paragraph();
                if !follows && start.is_none_or(|start| start == 1) && !self.containers.is_empty() {
                    self.apart = false;
                }
                self.lists.push(start);
            }
            Tag::Item => {
                let marker = match self.lists.last_mut() {
                    Some(Some(number)) => {
                        let marker = format!("{number}. ");
                        *number = (*number + 1).min(MAX_NUMBER);
                        marker
                    }
                    _ => "- ".to_owned(),
                };
                self.enter(Container::Item { marker, written: false });
            }
            // The info string names a language, or asks rustdoc for something: it goes.
            Tag::CodeBlock(_) => {
                self.paragraph();
                self.code = Some(String::new());
            }
            Tag::Table(_) => {
                self.paragraph();
                self.table = true;
            }
            Tag::TableHead => self.head = true,
            Tag::Emphasis => self.running.open("*"),
            Tag::Strong => self.running.open("**"),
            Tag::Link { link_type, dest_url, .. } => {
                self.running.open_link(&dest_url, link_type == LinkType::Autolink);
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::HtmlBlock => self.paragraph(),
            TagEnd::Heading(_) => {
                self.running.close("**");
                self.paragraph();
            }
            TagEnd::BlockQuote(_) => {
                self.paragraph();
                self.leave();
                self.apart = true;
            }
            TagEnd::List(_) => {
                self.lists.pop();
                self.apart = true;
            }
            TagEnd::Item => {
                self.paragraph();
                self.leave();
                self.apart = self.hidden > 0;
            }
            TagEnd::CodeBlock => {
                let code = self.code.take().unwrap_or_default();
                self.block(fence(&code));
            }
            TagEnd::TableCell => {
                let cell = self.running.take_cell();
                self.cells.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row(),
            TagEnd::Table => {
                self.table = false;
                self.apart = true;
            }
            TagEnd::Emphasis => self.running.close("*"),
            TagEnd::Strong => self.running.close("**"),
            TagEnd::Link => self.running.close_link(),
            _ => {}
        }
    }

    fn enter(&mut self, container: Container) {
        if self.containers.len() < MAX_DEPTH {
            self.containers.push(container);
        } else {
            self.hidden += 1;
        }
    }

    fn leave(&mut self) {
        if self.hidden > 0 {
            self.hidden -= 1;
        } else {
            self.containers.pop();
        }
    }

    /// What a hard break parts becomes two paragraphs: a trailing backslash, or blanks that editors cut
    /// off, would be the other ways to write it.
    fn hard_break(&mut self) {
        if self.table || self.running.in_link() {
            self.running.text(" ");
            return;
        }
        let open = self.running.close_all();
        self.paragraph();
        for marker in open {
            self.running.open(marker);
        }
    }

    /// Ends the running text.
    fn paragraph(&mut self) {
        let width: usize = self.containers.iter().map(Container::width).sum();
        let lines = self.running.take_lines(width);
        if !lines.is_empty() {
            self.block(lines);
        }
    }

    fn row(&mut self) {
        let cells = std::mem::take(&mut self.cells);
        let mut line = String::from("|");
        for cell in &cells {
            line.push_str(&format!(" {cell} |"));
        }
        if std::mem::take(&mut self.head) {
            let rule = format!("|{}", "---|".repeat(cells.len()));
            self.block([line, rule]);
            self.apart = false;
        } else {
            self.block([line]);
            self.apart = false;
        }
    }

    fn block(&mut self, lines: impl IntoIterator<Item = String>) {
        if self.apart && !self.lines.is_empty() {
            let blank = self.blank_prefix();
            self.lines.push(blank);
        }
        for line in lines {
            let mut out = String::with_capacity(line.len() + 8);
            for container in &mut self.containers {
                container.write(&mut out);
            }
            out.push_str(&line);
            self.lines.push(if line.is_empty() { out.trim_end().to_owned() } else { out });
        }
        self.apart = true;
    }

    /// What stands on a blank line: the quotes around, as far as items do not begin after it.
    fn blank_prefix(&mut self) -> String {
        let mut out = String::new();
        for container in &mut self.containers {
            if matches!(container, Container::Item { written: false, .. }) {
                break;
            }
            container.write(&mut out);
        }
        out.trim_end().to_owned()
    }

    fn finish(mut self) -> Vec<String> {
        self.paragraph();
        self.lines
    }
}

impl Container {
    fn width(&self) -> usize {
        match self {
            Self::Quote => 2,
            Self::Item { marker, .. } => marker.len(),
        }
    }

    fn write(&mut self, out: &mut String) {
        match self {
            Self::Quote => out.push_str("> "),
            Self::Item { marker, written } => {
                if *written {
                    out.extend(std::iter::repeat_n(' ', marker.len()));
                } else {
                    out.push_str(marker);
                    *written = true;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
