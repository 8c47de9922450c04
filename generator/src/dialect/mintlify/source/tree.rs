//! The events of a page come in, its fields go out: nested as they are written, with their prose and where they stand.
//!
//! Enter at [`grow`].

use std::{collections::HashSet, ops::Range};

use super::events::{Attribute, Edge, Event, Tag};
use crate::{
    dialect::{
        Context,
        mintlify::labels::{self, Section},
    },
    limits::DEEPEST,
    model::Status,
};

/// The components whose title only tells what they hold. That of any other is part of the page's prose.
const LABELLED: [&str; 2] = ["Expandable", "Tab"];

/// Whose a field is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Part of the request.
    Request,
    /// Part of a response.
    Response,
}

/// What heads the fields of a response.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Head {
    /// Nothing that says a status.
    Plain,
    /// A status, and where it stands.
    Status(Status, Range<usize>),
    /// Words for a failure that say no status.
    Failure(Range<usize>),
}

/// A field as it is written.
#[derive(Debug)]
pub(super) struct Node<'a> {
    pub(super) side: Side,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// Where its tag stands.
    pub(super) tag: Range<usize>,
    /// Its prose.
    pub(super) prose: Vec<Range<usize>>,
    pub(super) children: Vec<usize>,
    /// The section that it stands in.
    pub(super) section: Option<Section>,
    /// What heads it, in a response.
    pub(super) head: Head,
}

/// A fence outside of fields.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) inner: Range<usize>,
    pub(super) range: Range<usize>,
    /// Whether it shows a response; `None` where nothing says so.
    pub(super) response: Option<bool>,
    pub(super) status: Option<Status>,
}

/// A page's fields and the rest of it.
#[derive(Debug, Default)]
pub(super) struct Tree<'a> {
    pub(super) nodes: Vec<Node<'a>>,
    /// The fields that are part of no other, in page order.
    pub(super) roots: Vec<usize>,
    pub(super) samples: Vec<Sample>,
    /// Prose of no field.
    pub(super) prose: Vec<Range<usize>>,
    /// Tags that only arrange.
    pub(super) furniture: Vec<Range<usize>>,
    /// Headings.
    pub(super) headings: Vec<(usize, Range<usize>)>,
    /// What stands for text that is not on the page: a snippet, or what is imported from another file.
    pub(super) elsewhere: Vec<Range<usize>>,
    /// The names that the page imports.
    imported: HashSet<&'a str>,
    /// The first field that is nested deeper than the limit; such fields are left out.
    pub(super) too_deep: Option<Range<usize>>,
}

/// What is open at a place.
enum Open<'a> {
    /// A field; `None` for one that is left out.
    Field(&'a str, Option<usize>),
    /// Any other component.
    Other(&'a str, Head),
}

struct Grower<'a, 'c> {
    cx: &'c Context<'a>,
    out: Tree<'a>,
    open: Vec<Open<'a>>,
    section: Option<Section>,
    /// What heads responses, and the level of its heading.
    head: (usize, Head),
}

/// Makes a tree of the events that stand in the text from `start` on.
pub(super) fn grow<'a>(cx: &Context<'a>, start: usize, events: Vec<(Range<usize>, Event<'a>)>) -> Tree<'a> {
    let head = (0, Head::Plain);
    let mut grower = Grower { cx, out: Tree::default(), open: Vec::new(), section: None, head };
    let mut at = start;
    for (range, event) in events {
        grower.prose(at..range.start);
        at = range.end;
        match event {
            Event::Heading(level, words) => grower.heading(level, range, words),
            Event::Fence(info, inner) => grower.fence(info, inner, range),
            Event::Tag(tag) => grower.tag(tag, range),
            Event::Comment => grower.out.furniture.push(range),
        }
    }
    grower.prose(at..cx.text().len());
    grower.out
}

impl<'a> Grower<'a, '_> {
    /// The innermost field that is open.
    fn field(&self) -> Option<Option<usize>> {
        self.open.iter().rev().find_map(|open| match open {
            Open::Field(_, at) => Some(*at),
            Open::Other(..) => None,
        })
    }

    fn prose(&mut self, range: Range<usize>) {
        let range = self.cx.trim(range);
        if range.is_empty() {
            return;
        }
        match self.field() {
            Some(at) => {
                if let Some(node) = at.and_then(|at| self.out.nodes.get_mut(at)) {
                    node.prose.push(range);
                }
            }
            None => {
                let range = self.imports(range);
                if !range.is_empty() {
                    self.out.prose.push(range);
                }
            }
        }
    }

    /// Takes the imports off that prose begins with: `import Limits from '/snippets/limits.mdx'`.
    fn imports(&mut self, range: Range<usize>) -> Range<usize> {
        let text = self.cx.slice(range.clone());
        let mut end = 0;
        for line in text.split_inclusive('\n') {
            let names = line.trim().strip_prefix("import ").and_then(|rest| rest.split_once(" from "));
            let file = |file: &str| file.starts_with(['"', '\'']);
            match names.filter(|(_, from)| file(from)) {
                Some((names, _)) => self.out.imported.extend(names.split(['{', '}', ',', ' '])),
                None if line.trim().is_empty() => {}
                None => break,
            }
            end += line.len();
        }
        self.out.furniture.push(range.start..range.start + end);
        self.cx.trim(range.start + end..range.end)
    }

    fn heading(&mut self, level: usize, range: Range<usize>, words: Range<usize>) {
        if self.field().is_some() {
            return self.prose(range);
        }
        let text = self.cx.slice(words.clone()).trim_end_matches('#').trim();
        self.section = labels::section(text);
        if level <= self.head.0 || self.section.is_some() {
            self.head = (0, Head::Plain);
        }
        let head = head(text, words.clone());
        if head != Head::Plain {
            self.head = (level, head);
        }
        self.out.headings.push((level, range));
    }

    fn fence(&mut self, info: &'a str, inner: Range<usize>, range: Range<usize>) {
        if self.field().is_some() {
            return self.prose(range);
        }
        let within = |wanted: &str| {
            self.open.iter().any(|open| matches!(open, Open::Other(name, _) if *name == wanted))
        };
        let response = match (within("RequestExample"), within("ResponseExample")) {
            (false, true) => Some(true),
            (true, false) => Some(false),
            _ => (self.section == Some(Section::Response)).then_some(true),
        };
        let status = match head(info, range.clone()) {
            Head::Status(status, _) => Some(status),
            _ => None,
        };
        self.out.samples.push(Sample { inner, range, response, status });
    }

    fn tag(&mut self, tag: Tag<'a>, range: Range<usize>) {
        let side = side(tag.name);
        match (tag.edge, side) {
            (Edge::Closes, _) => {
                let same = |open: &Open<'a>| match open {
                    Open::Field(name, _) | Open::Other(name, _) => *name == tag.name,
                };
                // What nothing closes ends with what it stands in.
                let last = self.open.iter().rev().position(same);
                if let Some(last) = last {
                    self.open.truncate(self.open.len() - 1 - last);
                }
                self.out.furniture.push(range);
            }
            (edge, Some(side)) => {
                let at = self.node(side, tag.attributes, range);
                if edge == Edge::Opens {
                    self.push(Open::Field(tag.name, at));
                }
            }
            (Edge::Opens, None) => {
                let title = title(&tag);
                let head =
                    title.clone().map_or(Head::Plain, |title| head(self.cx.slice(title.clone()), title));
                if let Some(title) = title.filter(|_| head == Head::Plain && !LABELLED.contains(&tag.name)) {
                    self.prose(title);
                }
                self.push(Open::Other(tag.name, head));
                self.out.furniture.push(range);
            }
            (Edge::Stands, None) if tag.name == "Snippet" || self.out.imported.contains(tag.name) => {
                self.out.elsewhere.push(range);
            }
            (Edge::Stands, None) => {
                if let Some(title) = title(&tag) {
                    self.prose(title);
                }
                self.out.furniture.push(range);
            }
        }
    }

    /// Opens a component. What is open deeper than any page nests is as if it were not there.
    fn push(&mut self, open: Open<'a>) {
        if self.open.len() < 2 * DEEPEST {
            self.open.push(open);
        }
    }

    /// Adds a field where it stands; `None` where that is too deep.
    fn node(&mut self, side: Side, attributes: Vec<Attribute<'a>>, tag: Range<usize>) -> Option<usize> {
        let parent = self.field();
        let depth = self.open.iter().filter(|open| matches!(open, Open::Field(..))).count();
        if parent == Some(None) || depth >= self.cx.limits().nesting.min(DEEPEST) {
            self.out.too_deep.get_or_insert(tag);
            return None;
        }
        let head = self.open.iter().rev().find_map(|open| match open {
            Open::Other(_, head) if *head != Head::Plain => Some(head.clone()),
            _ => None,
        });
        let head = head.unwrap_or_else(|| self.head.1.clone());
        let at = self.out.nodes.len();
        let (prose, children, section) = (Vec::new(), Vec::new(), self.section);
        self.out.nodes.push(Node { side, attributes, tag, prose, children, section, head });
        match parent.flatten().and_then(|parent| self.out.nodes.get_mut(parent)) {
            Some(parent) => parent.children.push(at),
            None => self.out.roots.push(at),
        }
        Some(at)
    }
}

/// Where a component's title stands.
fn title(tag: &Tag<'_>) -> Option<Range<usize>> {
    tag.attributes.iter().find(|(name, _)| *name == "title").and_then(|(_, value)| value.clone())
}

/// Whose field a component is, if it is one.
pub(super) fn side(name: &str) -> Option<Side> {
    match name {
        "ParamField" => Some(Side::Request),
        "ResponseField" => Some(Side::Response),
        _ => None,
    }
}

/// What a heading, a title or the words of a fence say of the responses below.
fn head(words: &str, range: Range<usize>) -> Head {
    let mut parts = words.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let status = |part: &str| match part.parse::<Status>() {
        Ok(status @ (Status::Code(_) | Status::Class(_))) => Some(status),
        _ => None,
    };
    if let Some(status) = parts.clone().find_map(status) {
        return Head::Status(status, range);
    }
    let failure = |part: &str| {
        let part = part.to_ascii_lowercase();
        part.starts_with("error") || part.starts_with("fail")
    };
    if parts.any(failure) { Head::Failure(range) } else { Head::Plain }
}
