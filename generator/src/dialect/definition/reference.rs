//! `$ref`: pointers within the definition (RFC 6901), and the component schemas that they lead to.
//!
//! A schema that is referred to becomes a component of the model, under its name in `components/schemas`, or
//! under a name made of its pointer where it stands elsewhere. Components are read one after the other, never one
//! within the other, so that recursion costs no stack.

use indexmap::IndexMap;

use super::{Reader, draft::Draft};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Schema, Type},
    source::Span,
    yaml::{Node, NodeKind},
};

/// How many references are followed, one to the next.
const MAX_HOPS: usize = 16;

/// The parts of a pointer that name nothing.
const FRAME: [&str; 8] =
    ["components", "schemas", "properties", "items", "$defs", "definitions", "schema", "content"];

/// A schema that is referred to.
pub(super) struct Component<'n> {
    pub(super) node: &'n Node,
    /// What was read; `None` before and while it is.
    pub(super) draft: Option<Draft>,
    /// Whether it is being read.
    pub(super) reading: bool,
}

impl<'n> Reader<'_, '_, 'n> {
    /// The node that a reference of something else than a schema stands for, or the node itself. `None` where the
    /// reference leads nowhere, which is reported.
    pub(super) fn resolved(&mut self, node: &'n Node) -> Option<&'n Node> {
        let mut found = node;
        for _ in 0..MAX_HOPS {
            let Some(reference) = found.get("$ref") else { return Some(found) };
            let Some(next) = reference.as_str().and_then(|pointer| self.pointed(pointer)) else {
                self.missing(reference);
                return None;
            };
            found = next;
        }
        self.missing(node.get("$ref").unwrap_or(node));
        None
    }

    /// The node at a pointer into this definition.
    pub(super) fn pointed(&self, pointer: &str) -> Option<&'n Node> {
        let mut node = self.root;
        for part in pointer.strip_prefix("#/")?.split('/') {
            let part = unescape(part);
            node = match &node.kind {
                NodeKind::Mapping(members) => &members.get(&part)?.node,
                NodeKind::Sequence(items) => items.get(part.parse::<usize>().ok()?)?,
                NodeKind::Scalar(_) => return None,
            };
        }
        Some(node)
    }

    fn missing(&mut self, reference: &Node) {
        let pointer = reference.as_str().unwrap_or("?").to_owned();
        let span = self.span(&reference.range);
        self.cx.report(
            Diagnostic::new(codes::REFERENCE_MISSING, span, format!("reference to `{pointer}`"))
                .label("leads to nothing on this page")
                .help("put the referenced part into a corrected copy of the page"),
        );
    }

    /// The name of the component that a schema's reference leads to, which will be read. `None` where it leads
    /// nowhere, which is reported.
    pub(super) fn component_of(&mut self, reference: &'n Node) -> Option<String> {
        let name = self.component_name(reference)?;
        Some(self.asked_for(name))
    }

    /// Has a component read.
    fn asked_for(&mut self, name: String) -> String {
        if self.referred.insert(name.clone()) {
            self.pending.push_back(name.clone());
        }
        name
    }

    /// The component of a name, which will be read. `None` where there is none, which is reported.
    pub(super) fn component_named(&mut self, name: &str, place: &Node) -> Option<String> {
        let pointer = format!("#/components/schemas/{}", name.replace('~', "~0").replace('/', "~1"));
        let Some(name) = self.find_component(&pointer) else {
            self.missing(place);
            return None;
        };
        Some(self.asked_for(name))
    }

    /// The same as [`Self::component_of`], without asking for it to be read.
    pub(super) fn component_name(&mut self, reference: &'n Node) -> Option<String> {
        let pointer = reference.as_str().unwrap_or_default();
        if let Some(known) = self.pointers.get(pointer) {
            return known.clone();
        }
        let name = self.find_component(pointer);
        if name.is_none() {
            self.missing(reference);
        }
        self.pointers.insert(pointer, name.clone());
        name
    }

    fn find_component(&mut self, pointer: &str) -> Option<String> {
        let mut node = self.pointed(pointer)?;
        let mut pointer = pointer;
        // A component that is nothing but another's name is that other.
        for hop in 0.. {
            let Some(next) = node.get("$ref").filter(|_| node.members().is_some_and(|m| m.len() == 1)) else {
                break;
            };
            pointer = next.as_str().filter(|_| hop < MAX_HOPS)?;
            node = self.pointed(pointer)?;
        }
        let name = match pointer.strip_prefix("#/components/schemas/") {
            Some(name) if !name.contains('/') => unescape(name),
            _ => self.made_name(pointer),
        };
        self.components.entry(name.clone()).or_insert(Component { node, draft: None, reading: false });
        Some(name)
    }

    /// A name for a schema that is no component of its own, which no component has.
    fn made_name(&self, pointer: &str) -> String {
        let parts = pointer.split('/').skip(1).map(unescape).filter(|part| !FRAME.contains(&part.as_str()));
        let allowed = |c: char| if c.is_ascii_alphanumeric() { c } else { '_' };
        let mut name = parts.map(|part| part.replace(|c| allowed(c) != c, "_")).collect::<Vec<_>>().join(".");
        let named = self.root.get("components").and_then(|components| components.get("schemas"));
        while name.is_empty()
            || named.is_some_and(|named| named.get(&name).is_some())
            || self.components.contains_key(&name)
        {
            name.push('_');
        }
        name
    }

    /// What a component says, read now if it was not before. `None` where it is being read: it is composed of
    /// itself.
    pub(super) fn draft_of(&mut self, name: &str, depth: usize) -> Option<Draft> {
        let exhausted = self.budget == 0;
        let component = self.components.get_mut(name)?;
        if exhausted && !component.reading {
            return Some(Draft::new(Schema::default()));
        }
        if component.draft.is_some() || component.reading {
            return component.draft.clone();
        }
        component.reading = true;
        let node = component.node;
        let draft = self.read_schema(node, depth);
        let component = self.components.get_mut(name)?;
        component.reading = false;
        component.draft = Some(draft.clone());
        Some(draft)
    }

    /// The components that were referred to, in the definition's order. Everything else must have been read.
    pub(super) fn schemas(&mut self) -> IndexMap<String, Schema> {
        let mut found: Vec<(usize, String, Schema)> = Vec::new();
        while let Some(name) = self.pending.pop_front() {
            let Some(draft) = self.draft_of(&name, 0) else { continue };
            let Some(start) = self.components.get(&name).map(|component| component.node.range.start) else {
                continue;
            };
            let schema = self.finish(draft);
            found.push((start, name, schema));
        }
        found.sort_by(|(a, x, _), (b, y, _)| (a, x).cmp(&(b, y)));
        found.into_iter().map(|(_, name, schema)| (name, schema)).collect()
    }

    /// A schema that refers to a component.
    pub(super) fn referring(name: String, span: Span) -> Schema {
        Schema::new(Type::Ref(name), span)
    }
}

/// A part of a pointer as it is meant.
fn unescape(part: &str) -> String {
    let part = part.replace("~1", "/").replace("~0", "~");
    if !part.contains('%') {
        return part;
    }
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let [first, after @ ..] = rest {
        let hex = |byte: &u8| (*byte as char).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
        rest = match (first, after) {
            (b'%', [high, low, after @ ..]) => match (hex(high), hex(low)) {
                (Some(high), Some(low)) => {
                    bytes.push(high << 4 | low);
                    after
                }
                _ => {
                    bytes.push(b'%');
                    rest.get(1..).unwrap_or_default()
                }
            },
            _ => {
                bytes.push(*first);
                after
            }
        };
    }
    String::from_utf8(bytes).unwrap_or(part)
}

#[cfg(test)]
mod tests {
    use super::unescape;

    #[test]
    fn pointers_are_unescaped() {
        assert_eq!(unescape("~1users~1%7Bid%7D"), "/users/{id}");
        assert_eq!(unescape("a~01%2"), "a~1%2");
    }
}
