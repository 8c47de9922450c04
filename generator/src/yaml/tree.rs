//! A YAML or JSON text as a tree that knows where everything stands.
//!
//! Enter at [`read_tree`]. The library reads the values and [`super::locate`] finds their places; a place that
//! is not found is that of what holds the value.
//!
//! Invariant: the tree's size is bounded by [`MAX_NODES`] and [`MAX_TEXT`], whatever aliases repeat.

use std::{cell::Cell, cell::RefCell, fmt, ops::Range};

use indexmap::{IndexMap, map::Entry};
use serde::de::{
    DeserializeSeed, Deserializer, EnumAccess, Error as _, MapAccess, SeqAccess, VariantAccess, Visitor,
};
use serde_json::{Number, Value};

use super::{Error, check_size, from_seed, locate};

/// The most values of one text, those that aliases repeat counted each time.
const MAX_NODES: usize = 1 << 19;
/// The most bytes of strings of one text, those that aliases repeat counted each time.
const MAX_TEXT: usize = 8 << 20;

/// A value and its place.
#[derive(Debug, Clone)]
pub struct Node {
    /// Where it stands in the text that was read.
    pub range: Range<usize>,
    /// What it is.
    pub kind: NodeKind,
}

/// The kinds of values.
#[derive(Debug, Clone)]
pub enum NodeKind {
    /// Null, a boolean, a number or a string.
    Scalar(Value),
    /// A sequence.
    Sequence(Vec<Node>),
    /// A mapping, in the text's order.
    Mapping(IndexMap<String, Member>),
}

/// A value of a mapping.
#[derive(Debug, Clone)]
pub struct Member {
    /// Where its key stands.
    pub key: Range<usize>,
    /// The value.
    pub node: Node,
}

/// Reads a text: JSON where it begins with a brace or bracket and is JSON, YAML otherwise. Gives the tree, and the
/// keys that one mapping has twice, of which the first stands.
///
/// # Errors
///
/// Where the text is neither, or is beyond a limit.
pub fn read_tree(text: &str) -> Result<(Node, Vec<String>), Error> {
    check_size(text)?;
    let mut tree = None;
    let mut repeated = Vec::new();
    if text.trim_start().starts_with(['{', '[']) {
        let reading = Reading::default();
        let mut json = serde_json::Deserializer::from_str(text);
        let read = Seed(&reading).deserialize(&mut json).and_then(|node| json.end().map(|()| node));
        (tree, repeated) = (read.ok(), reading.repeated.into_inner());
    }
    let mut tree = match tree {
        Some(tree) => tree,
        None => {
            let reading = Reading::default();
            let read = from_seed(text, Seed(&reading));
            repeated = reading.repeated.into_inner();
            read?
        }
    };
    locate::locate(text, &mut tree);
    Ok((tree, repeated))
}

impl Node {
    /// A mapping's value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        self.members()?.get(key).map(|member| &member.node)
    }

    /// A mapping's members.
    #[must_use]
    pub fn members(&self) -> Option<&IndexMap<String, Member>> {
        match &self.kind {
            NodeKind::Mapping(members) => Some(members),
            _ => None,
        }
    }

    /// A sequence's items; none where it is no sequence.
    #[must_use]
    pub fn items(&self) -> &[Self] {
        match &self.kind {
            NodeKind::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The scalar that it is.
    #[must_use]
    pub fn scalar(&self) -> Option<&Value> {
        match &self.kind {
            NodeKind::Scalar(value) => Some(value),
            _ => None,
        }
    }

    /// The string that it is.
    #[must_use]
    pub fn as_str(&self) -> Option<&str> {
        self.scalar()?.as_str()
    }

    /// The boolean that it is.
    #[must_use]
    pub fn as_bool(&self) -> Option<bool> {
        self.scalar()?.as_bool()
    }

    /// The value without places. Recursion is bounded by the library's own limit of nesting.
    #[must_use]
    pub fn to_value(&self) -> Value {
        match &self.kind {
            NodeKind::Scalar(value) => value.clone(),
            NodeKind::Sequence(items) => items.iter().map(Self::to_value).collect(),
            NodeKind::Mapping(members) => {
                members.iter().map(|(key, member)| (key.clone(), member.node.to_value())).collect()
            }
        }
    }
}

/// What one reading shares.
#[derive(Default)]
struct Reading {
    nodes: Cell<usize>,
    text: Cell<usize>,
    repeated: RefCell<Vec<String>>,
}

impl Reading {
    /// Counts a value with so many bytes of text.
    fn count<E: serde::de::Error>(&self, text: usize) -> Result<(), E> {
        self.nodes.set(self.nodes.get() + 1);
        self.text.set(self.text.get().saturating_add(text));
        if self.nodes.get() > MAX_NODES {
            return Err(E::custom(format_args!("more than {MAX_NODES} values, aliases counted")));
        }
        if self.text.get() > MAX_TEXT {
            return Err(E::custom(format_args!("more than {MAX_TEXT} bytes of strings, aliases counted")));
        }
        Ok(())
    }

    fn scalar<E: serde::de::Error>(&self, value: Value) -> Result<Node, E> {
        self.count(value.as_str().map_or(0, str::len))?;
        Ok(node(NodeKind::Scalar(value)))
    }
}

fn node(kind: NodeKind) -> Node {
    Node { range: 0..0, kind }
}

#[derive(Clone, Copy)]
struct Seed<'r>(&'r Reading);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node, E> {
        self.0.scalar(value.into())
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node, E> {
        self.0.scalar(value.into())
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node, E> {
        self.0.scalar(value.into())
    }

    fn visit_i128<E: serde::de::Error>(self, value: i128) -> Result<Node, E> {
        self.visit_f64(value as f64)
    }

    fn visit_u128<E: serde::de::Error>(self, value: u128) -> Result<Node, E> {
        self.visit_f64(value as f64)
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Node, E> {
        // JSON has no infinity; the text says what was meant.
        let value = Number::from_f64(value).map_or_else(|| Value::from(value.to_string()), Value::Number);
        self.0.scalar(value)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node, E> {
        self.0.scalar(value.into())
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node, E> {
        self.0.scalar(Value::Null)
    }

    fn visit_none<E: serde::de::Error>(self) -> Result<Node, E> {
        self.0.scalar(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        self.deserialize(deserializer)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Node, A::Error> {
        self.0.count(0)?;
        let mut items = Vec::new();
        while let Some(item) = sequence.next_element_seed(self)? {
            items.push(item);
        }
        Ok(node(NodeKind::Sequence(items)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        self.0.count(0)?;
        let mut members = IndexMap::new();
        while let Some(key) = map.next_key::<String>()? {
            self.0.count::<A::Error>(key.len()).map_err(A::Error::custom)?;
            let node = map.next_value_seed(self)?;
            match members.entry(key) {
                Entry::Occupied(first) => self.0.repeated.borrow_mut().push(first.key().clone()),
                Entry::Vacant(entry) => {
                    entry.insert(Member { key: 0..0, node });
                }
            }
        }
        Ok(node(NodeKind::Mapping(members)))
    }

    /// A tag says nothing that matters here.
    fn visit_enum<A: EnumAccess<'de>>(self, tagged: A) -> Result<Node, A::Error> {
        let (_, value) = tagged.variant::<String>()?;
        value.newtype_variant_seed(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The texts of all places below a tree, keys and values.
    fn places<'t>(text: &'t str, node: &Node, out: &mut Vec<&'t str>) {
        match &node.kind {
            NodeKind::Scalar(_) => out.push(&text[node.range.clone()]),
            NodeKind::Sequence(items) => items.iter().for_each(|item| places(text, item, out)),
            NodeKind::Mapping(members) => members.values().for_each(|member| {
                out.push(&text[member.key.clone()]);
                places(text, &member.node, out);
            }),
        }
    }

    fn check(text: &str, expected: &[&str]) {
        let (tree, _) = read_tree(text).unwrap();
        let mut found = Vec::new();
        places(text, &tree, &mut found);
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn block_yaml_is_located() {
        check("a: 1\nb:\n  c: x y\n  'd': \"z\"\n", &["a", "1", "b", "c", "x y", "'d'", "\"z\""]);
        check("a:\n- b: 1\n  c: 2\n- b: 3\nd: 4\n", &["a", "b", "1", "c", "2", "b", "3", "d", "4"]);
        check("a:\n  - - x\n    - y\n  - - z\n", &["a", "x", "y", "z"]);
        check("a: >-\n  b: not a key\n\n  c\nb: 2\n", &["a", ">-\n  b: not a key\n\n  c", "b", "2"]);
        check("# first\na: 1 # one\n\n# second\n/x/{y}: 2\n", &["a", "1", "/x/{y}", "2"]);
    }

    #[test]
    fn flow_and_json_are_located() {
        check(
            "{\"a\": [1, {\"b\": \"c, d\"}], \"e\": null}",
            &["\"a\"", "1", "\"b\"", "\"c, d\"", "\"e\"", "null"],
        );
        check("a: {b: c d, e: [f, 'g']}\nh: []\n", &["a", "b", "c d", "e", "f", "'g'", "h"]);
    }

    #[test]
    fn what_an_alias_repeats_stands_at_the_alias() {
        check("a: &x\n  b: 1\nc: *x\n", &["a", "b", "1", "c", "*x", "*x"]);
    }

    #[test]
    fn aliases_are_bounded() {
        let text = format!("a: &a {:?}\nb: [{}]\n", "x".repeat(1 << 16), ["*a"; 1 << 10].join(", "));
        assert!(read_tree(&text).unwrap_err().message.contains("bytes of strings"), "long strings");
        let text = format!("a: &a [{}]\nb: [{}]\n", ["x"; 1 << 12].join(", "), ["*a"; 1 << 12].join(", "));
        assert!(read_tree(&text).unwrap_err().message.contains("values"), "long lists");
    }

    #[test]
    fn numbers_as_keys_and_repeated_keys_are_read() {
        let (tree, repeated) = read_tree("200: a\n404: b\n200: c\n").unwrap();
        assert_eq!(tree.to_value(), serde_json::json!({"200": "a", "404": "b"}));
        assert_eq!(repeated, ["200"]);
    }

    #[test]
    fn patterns_full_of_brackets_are_no_nesting() {
        let text: String = (0..2_000).map(|n| format!("k{n}: '^[^[{{(]'\n")).collect();
        assert!(read_tree(&text).is_ok());
    }
}
