//! Finds where the values of a YAML or JSON text stand.
//!
//! A tree without places comes in, and gets them. The text is not parsed again: the tree says which keys and how
//! many items there are, and they are looked for where the layout puts them: at one column in block style,
//! between commas in flow style. What is not found has the place of what holds it. Time is linear in the text for each
//! level of nesting.

use std::ops::Range;

use super::tree::{Node, NodeKind};

/// How deep brackets are followed.
const MAX_FLOW: usize = 256;

/// Gives every node of the tree of `text` its place.
pub(super) fn locate(text: &str, tree: &mut Node) {
    let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1));
    let lines = starts
        .map(|start| {
            let line = text.get(start..).unwrap_or_default();
            let line = line.get(..line.find('\n').unwrap_or(line.len())).unwrap_or_default();
            Line { start, content: start + (line.len() - line.trim_start_matches(' ').len()) }
        })
        .collect();
    let locator = Locator { text, lines };
    let mut start = 0;
    if text.starts_with("---") {
        start = text.find('\n').map_or(text.len(), |end| end + 1);
    }
    locator.place(tree, start..text.len());
}

struct Line {
    start: usize,
    /// The first byte that is no space.
    content: usize,
}

struct Locator<'t> {
    text: &'t str,
    lines: Vec<Line>,
}

impl Locator<'_> {
    fn slice(&self, range: Range<usize>) -> &str {
        self.text.get(range).unwrap_or_default()
    }

    /// The range without blank lines, comments, anchors and tags before it, and without space behind it.
    fn trimmed(&self, mut range: Range<usize>) -> Range<usize> {
        loop {
            let text = self.slice(range.clone());
            let rest = text.trim_start();
            range.start += text.len() - rest.len();
            let skipped = match rest.as_bytes().first() {
                Some(b'#') => rest.find('\n').unwrap_or(rest.len()),
                Some(b'&' | b'!') => rest.find(char::is_whitespace).unwrap_or(rest.len()),
                _ => break,
            };
            range.start += skipped;
        }
        let text = self.slice(range.clone());
        range.start..range.start + text.trim_end().len()
    }

    fn place(&self, node: &mut Node, region: Range<usize>) {
        let region = self.trimmed(region);
        node.range = region.clone();
        let first = self.slice(region.clone()).bytes().next();
        match first {
            Some(b'*') => all_at(node, &region),
            Some(b'{' | b'[') if !matches!(node.kind, NodeKind::Scalar(_)) => {
                all_at(node, &region);
                let mut flow = Flow { text: self.text, at: region.start, end: region.end };
                flow.value(node, 0);
            }
            _ => match &mut node.kind {
                NodeKind::Scalar(_) => {
                    let text = self.slice(region.clone());
                    if !text.starts_with(['|', '>', '"', '\''])
                        && let Some(end) = text.find(" #").into_iter().chain(text.find("\n#")).min()
                    {
                        node.range.end = region.start + text.get(..end).unwrap_or_default().trim_end().len();
                    }
                }
                NodeKind::Sequence(items) => {
                    let found = self.entries(&region, |rest| {
                        rest.strip_prefix('-')
                            .filter(|rest| rest.is_empty() || rest.starts_with([' ', '\n']))?;
                        Some((0..1, 1))
                    });
                    let complete = found.len() == items.len();
                    for (at, item) in items.iter_mut().enumerate() {
                        match found.get(at).filter(|_| complete) {
                            Some((_, value)) => self.place(item, value.clone()),
                            None => all_at(item, &region),
                        }
                    }
                }
                NodeKind::Mapping(members) => {
                    for member in members.values_mut() {
                        member.key = region.clone();
                        member.node.range = 0..0;
                    }
                    for (key, value) in self.entries(&region, key) {
                        let name = self.slice(key.clone());
                        let name = name.trim_matches(['"', '\'']);
                        if let Some(member) = members.get_mut(name)
                            && member.key == region
                        {
                            member.key = key;
                            self.place(&mut member.node, value);
                        }
                    }
                    for member in members.values_mut().filter(|member| member.key == region) {
                        all_at(&mut member.node, &region);
                    }
                }
            },
        }
    }

    /// The entries of a block collection: where the key, or the dash, and the value of each stand. `head` gives
    /// the range of the key and the offset of the value, from where an entry begins.
    fn entries(
        &self,
        region: &Range<usize>,
        head: impl Fn(&str) -> Option<(Range<usize>, usize)>,
    ) -> Vec<(Range<usize>, Range<usize>)> {
        let first = self.lines.partition_point(|line| line.start <= region.start).saturating_sub(1);
        let lines = self.lines.get(first..).unwrap_or_default();
        let Some(column) = lines.first().map(|line| region.start - line.start) else { return Vec::new() };
        let mut found: Vec<(Range<usize>, Range<usize>)> = Vec::new();
        let within = lines.iter().take_while(|line| line.start < region.end);
        for (nth, line) in within.enumerate() {
            let start = if nth == 0 { region.start } else { line.content };
            if start - line.start != column {
                continue;
            }
            let rest = self.slice(start..region.end);
            let line_end = rest.find('\n').unwrap_or(rest.len());
            let Some((key, value)) = head(rest.get(..line_end).unwrap_or_default()) else { continue };
            if let Some((_, last)) = found.last_mut() {
                last.end = start;
            }
            found.push((start + key.start..start + key.end, start + value..region.end));
        }
        found
    }
}

/// The key that a line begins with, and where its value begins.
fn key(line: &str) -> Option<(Range<usize>, usize)> {
    let length = match line.chars().next()? {
        quote @ ('"' | '\'') => line.get(1..)?.find(quote)? + 2,
        '#' => return None,
        // An item of a sequence at the same column.
        '-' if line == "-" || line.starts_with("- ") => return None,
        _ => {
            let colon = line.find(": ").or_else(|| line.trim_end().strip_suffix(':').map(str::len))?;
            line.get(..colon)?.trim_end().len()
        }
    };
    let after = line.get(length..)?;
    let value = after.trim_start().strip_prefix(':')?;
    Some((0..length, line.len() - value.len()))
}

/// Gives a node and all below it one place.
fn all_at(node: &mut Node, range: &Range<usize>) {
    node.range = range.clone();
    match &mut node.kind {
        NodeKind::Scalar(_) => {}
        NodeKind::Sequence(items) => items.iter_mut().for_each(|item| all_at(item, range)),
        NodeKind::Mapping(members) => members.values_mut().for_each(|member| {
            member.key = range.clone();
            all_at(&mut member.node, range);
        }),
    }
}

/// Flow style, of which JSON is a part.
struct Flow<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Flow<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..self.end).unwrap_or_default()
    }

    /// Skips white space and comments, and gives the next byte.
    fn next(&mut self) -> Option<u8> {
        loop {
            let rest = self.rest();
            let trimmed = rest.trim_start();
            let mut skipped = rest.len() - trimmed.len();
            let byte = trimmed.bytes().next()?;
            if byte == b'#' {
                skipped += trimmed.find('\n').unwrap_or(trimmed.len());
            }
            self.at += skipped;
            if byte != b'#' {
                return Some(byte);
            }
        }
    }

    /// Places a value and stops behind it. `None` where the text is not as the tree says.
    fn value(&mut self, node: &mut Node, depth: usize) -> Option<()> {
        let byte = self.next()?;
        let start = self.at;
        if depth > MAX_FLOW {
            return None;
        }
        match (&mut node.kind, byte) {
            (NodeKind::Sequence(items), b'[') => {
                self.at += 1;
                for item in items {
                    self.value(item, depth + 1)?;
                    self.comma();
                }
                (self.next()? == b']').then(|| self.at += 1)?;
            }
            (NodeKind::Mapping(members), b'{') => {
                self.at += 1;
                for (name, member) in members {
                    self.next()?;
                    let key = self.at;
                    self.scalar(true);
                    if self.text.get(key..self.at)?.trim_matches(['"', '\'']) != name {
                        return None;
                    }
                    member.key = key..self.at;
                    (self.next()? == b':').then(|| self.at += 1)?;
                    self.value(&mut member.node, depth + 1)?;
                    self.comma();
                }
                (self.next()? == b'}').then(|| self.at += 1)?;
            }
            (NodeKind::Scalar(_), _) => self.scalar(false),
            _ => return None,
        }
        node.range = start..self.at;
        Some(())
    }

    fn comma(&mut self) {
        if self.next() == Some(b',') {
            self.at += 1;
        }
    }

    /// Stops behind a quoted or plain scalar.
    fn scalar(&mut self, is_key: bool) {
        let rest = self.rest();
        let length = match rest.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let mut escaped = false;
                let close = rest.char_indices().skip(1).find(|&(_, c)| {
                    let closes = c == quote && !escaped;
                    escaped = c == '\\' && quote == '"' && !escaped;
                    closes
                });
                close.map_or(rest.len(), |(at, _)| at + 1)
            }
            _ => {
                let end =
                    rest.find(|c| matches!(c, ',' | ']' | '}' | '[' | '{' | '\n') || (is_key && c == ':'));
                rest.get(..end.unwrap_or(rest.len())).unwrap_or_default().trim_end().len()
            }
        };
        self.at += length;
    }
}
