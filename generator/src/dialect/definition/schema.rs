//! Schema objects of OpenAPI 3.0 and 3.1.
//!
//! Enter at [`Reader::read_schema`]. The keywords of the schema itself are read here, its values in `values` and its
//! limits in `limits`; references and compositions are joined with them in `compose`.

use std::collections::HashMap;

use serde_json::Value;

use super::{Reader, compose::Part, draft::Draft};
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::fields::MAX_NESTING,
    model::{Discriminator, Object, Property, Schema, Text, Type},
    yaml::{Node, NodeKind},
};

/// The keywords that are read.
const KNOWN: &[&str] = &[
    "$ref",
    "$defs",
    "additionalProperties",
    "allOf",
    "anyOf",
    "const",
    "contentMediaType",
    "default",
    "definitions",
    "deprecated",
    "description",
    "discriminator",
    "enum",
    "example",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "items",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "nullable",
    "oneOf",
    "pattern",
    "prefixItems",
    "properties",
    "propertyNames",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
    "x-enum-descriptions",
    "x-enumDescriptions",
    "x-nullable",
];

/// What a schema's own types are.
struct Types<'n> {
    /// The names without `null`; none where no type is given.
    names: Vec<&'n str>,
    /// Whether `null` is one of them.
    null: bool,
}

impl<'n> Reader<'_, '_, 'n> {
    /// Reads a schema. Recursion is bounded by [`MAX_NESTING`]: anything deeper accepts any value.
    pub(super) fn read_schema(&mut self, node: &'n Node, depth: usize) -> Draft {
        let span = self.span(&node.range);
        let open = Draft::new(Schema::new(Type::Any, span));
        let members = match &node.kind {
            NodeKind::Mapping(members) => members,
            NodeKind::Scalar(Value::Null | Value::Bool(true)) => return open,
            _ => {
                self.malformed(node, "schema that is none");
                return open;
            }
        };
        if depth > MAX_NESTING {
            self.cx.report(
                Diagnostic::new(
                    codes::NESTING_TOO_DEEP,
                    span,
                    format!("schemas nested deeper than {MAX_NESTING}"),
                )
                .label("any value is accepted here"),
            );
            return open;
        }
        if !self.spend(1, node) {
            return open;
        }
        self.unknown_members(node, KNOWN);
        let all = self.parts(node, depth);
        let mut draft = self.all_of(all, node, depth);
        let mut choices = ["oneOf", "anyOf"].into_iter().filter_map(|keyword| {
            let member = members.get(keyword).filter(|member| !member.node.items().is_empty())?;
            Some((keyword, member))
        });
        if let Some((_, member)) = choices.next() {
            draft = self.one_of(draft, member.node.items(), node, depth);
        }
        if let Some((keyword, member)) = choices.next() {
            self.leave_out(keyword, &member.key);
        }
        draft.schema.span = span;
        draft
    }

    /// What all holds of a schema: what it says itself, first, what it refers to, and the parts of `allOf`.
    fn parts(&mut self, node: &'n Node, depth: usize) -> Vec<Part<'n>> {
        let span = self.span(&node.range);
        let mut parts = vec![self.own(node, depth)];
        if let Some(reference) = node.get("$ref") {
            parts.push(match self.component_name(reference) {
                Some(name) => Part::component(name, reference, span),
                None => Part::from(Draft::new(Schema::new(Type::Any, span))),
            });
        }
        for part in node.get("allOf").map(Node::items).unwrap_or_default() {
            // What is only a reference stays one, so that its component is not read in here.
            parts.push(match part.get("$ref") {
                Some(reference) if part.members().is_some_and(|members| members.len() == 1) => {
                    match self.component_name(reference) {
                        Some(name) => Part::component(name, reference, span),
                        None => continue,
                    }
                }
                _ => Part::from(self.read_schema(part, depth + 1)),
            });
        }
        parts
    }

    /// A schema in its final form, as what holds it has it.
    pub(super) fn read_finished(&mut self, node: &'n Node, depth: usize) -> Schema {
        let draft = self.read_schema(node, depth);
        self.finish(draft)
    }

    /// What the schema says itself, references and compositions aside.
    fn own(&mut self, node: &'n Node, depth: usize) -> Part<'n> {
        let types = self.types(node);
        let span = self.span(&node.range);
        let mut schema = match types.names.as_slice() {
            [] => Schema::new(self.untyped(node, depth), span),
            [name] => Schema::new(self.ty(name, node, depth), span),
            several => {
                let alternatives = several.iter().map(|name| {
                    let ty = self.ty(name, node, depth);
                    let mut schema = Schema::new(ty, span);
                    schema.format = self.member_text(node, "format").filter(|_| *name == "string");
                    schema.limits = self.read_limits(node, &schema.ty).into();
                    schema
                });
                let alternatives: Vec<Schema> = alternatives.collect();
                self.report_misplaced(node, &alternatives);
                Schema::new(Type::Union(alternatives), span)
            }
        };
        schema.format = self.member_text(node, "format");
        if let Some(media) = node.get("contentMediaType").and_then(Node::as_str)
            && (schema.ty == Type::String && schema.format.is_none())
            && media == "application/octet-stream"
        {
            schema.ty = Type::File;
        }
        if !matches!(schema.ty, Type::Union(_)) {
            schema.limits = self.read_limits(node, &schema.ty).into();
            self.report_misplaced(node, std::slice::from_ref(&schema));
        }
        let flag = |key: &str| node.get(key).and_then(Node::as_bool) == Some(true);
        self.read_values(node, &mut schema);
        let nullable = types.null || flag("nullable") || flag("x-nullable");
        match (&schema.ty, nullable) {
            (Type::Any, true) if types.null && types.names.is_empty() => schema.ty = Type::Null,
            _ => schema.nullable |= nullable,
        }
        schema.title = self.member_text(node, "title");
        schema.description = self.member_text(node, "description");
        schema.default = node.get("default").map(Node::to_value);
        schema.examples = self.examples(node);
        if let Some(unique) = node.get("uniqueItems").filter(|unique| unique.as_bool().is_none()) {
            self.malformed(unique, "`uniqueItems` that is neither `true` nor `false`");
        }
        schema.deprecated = flag("deprecated");
        schema.read_only = flag("readOnly");
        schema.write_only = flag("writeOnly");
        schema.discriminator = self.discriminator(node).map(Box::new);
        let mut draft = Draft::new(schema);
        self.required(node, &mut draft);
        Part::from(draft)
    }

    fn types(&mut self, node: &'n Node) -> Types<'n> {
        let mut types = Types { names: Vec::new(), null: false };
        let Some(member) = node.get("type") else { return types };
        let stated: Vec<&'n Node> = match &member.kind {
            NodeKind::Sequence(items) => items.iter().collect(),
            _ => vec![member],
        };
        for ty in stated {
            match ty.scalar() {
                Some(Value::String(name)) if name == "null" => types.null = true,
                // An unquoted `null`.
                Some(Value::Null) => types.null = true,
                Some(Value::String(name)) if !types.names.contains(&name.as_str()) => types.names.push(name),
                Some(Value::String(_)) => {}
                _ => self.malformed(ty, "type that is no name"),
            }
        }
        types
    }

    /// The type of a schema that does not name one.
    fn untyped(&mut self, node: &'n Node, depth: usize) -> Type {
        let has = |key: &str| node.get(key).is_some();
        if has("properties") || has("additionalProperties") {
            self.ty("object", node, depth)
        } else if has("items") || has("prefixItems") {
            self.ty("array", node, depth)
        } else {
            Type::Any
        }
    }

    fn ty(&mut self, name: &str, node: &'n Node, depth: usize) -> Type {
        match name {
            "string" => Type::String,
            "integer" => Type::Integer,
            "number" => Type::Number,
            "boolean" => Type::Boolean,
            "array" => Type::Array(Box::new(self.items(node, depth))),
            "object" => Type::Object(self.object(node, depth)),
            // Mintlify's own name for what a form uploads.
            "file" => Type::File,
            "any" => Type::Any,
            _ => {
                let place = node.get("type").unwrap_or(node);
                let span = self.span(&place.range);
                self.cx.report(
                    Diagnostic::new(codes::UNKNOWN_TYPE, span, format!("unknown type `{name}`"))
                        .label("any value is accepted here")
                        .help("set the field's type in a corrected copy of the page"),
                );
                Type::Any
            }
        }
    }

    /// The items of an array. Where the first ones have a schema each, any item is one of these, and of the others': a
    /// model of types has no places.
    fn items(&mut self, node: &'n Node, depth: usize) -> Schema {
        let any = Schema::new(Type::Any, self.span(&node.range));
        let rest = node.get("items");
        let Some(first) = node.get("prefixItems") else {
            return rest.map_or(any, |items| self.read_finished(items, depth + 1));
        };
        if first.items().is_empty() {
            self.malformed(first, "`prefixItems` without schemas");
            return rest.map_or(any, |items| self.read_finished(items, depth + 1));
        }
        let (alternatives, null) = self.placed_items(first, node, depth).unwrap_or_default();
        let is_one = alternatives.len() + usize::from(null) == 1;
        if !is_one {
            self.leave_out("prefixItems (which item has which schema)", &first.range);
        }
        if alternatives.is_empty() {
            return Schema { ty: if null { Type::Null } else { Type::Any }, ..any };
        }
        let joined = self.union(alternatives, node);
        let mut items = self.finish(joined);
        items.nullable |= null;
        items
    }

    /// The schemas of items that have one each, and of others, but `null`, and whether that is one of them. `None` where any
    /// value is an item.
    fn placed_items(&mut self, first: &'n Node, node: &'n Node, depth: usize) -> Option<(Vec<Draft>, bool)> {
        let rest = node.get("items").filter(|rest| rest.as_bool() != Some(false));
        let most = node.get("maxItems").and_then(|most| most.scalar()?.as_u64());
        let has_rest = most.is_none_or(|most| most > first.items().len() as u64);
        if has_rest && node.get("items").is_none() {
            return None;
        }
        let mut alternatives: Vec<Draft> = Vec::new();
        // Where those are that say no more than of what kind they are: `{type: number}` again is no other alternative.
        let (mut kinds, mut null) = (HashMap::new(), false);
        for item in first.items().iter().chain(rest.filter(|_| has_rest)) {
            let draft = self.read_schema(item, depth + 1);
            match draft.schema.ty {
                Type::Any => return None,
                Type::Null => null = true,
                _ if draft.is_kind() => {
                    let at = *kinds.entry(draft.schema.ty.kind()).or_insert(alternatives.len());
                    match alternatives.get_mut(at) {
                        Some(known) => self.remark_described(&mut known.schema, &draft.schema),
                        None => alternatives.push(draft),
                    }
                }
                _ => alternatives.push(draft),
            }
        }
        Some((alternatives, null))
    }

    fn object(&mut self, node: &'n Node, depth: usize) -> Object {
        let mut object = Object::default();
        for (name, member) in node.get("properties").and_then(Node::members).into_iter().flatten() {
            let schema = self.read_finished(&member.node, depth + 1);
            let span = self.span(&member.key);
            object
                .properties
                .insert(name.clone(), Property { required: false, inferred: false, schema, span });
        }
        match node.get("additionalProperties") {
            None => {}
            Some(others) if others.as_bool() == Some(false) => object.closed = true,
            Some(others) => {
                let values = self.read_finished(others, depth + 1);
                // An object of which nothing else is said is open anyway.
                let says = values.ty != Type::Any || values.description.is_some();
                if says || !object.properties.is_empty() {
                    object.values = Some(Box::new(values));
                }
            }
        }
        object
    }

    /// Marks the members that are always there; those that the schema does not have are kept for the schemas that
    /// it is composed with.
    fn required(&mut self, node: &'n Node, draft: &mut Draft) {
        let Some(required) = node.get("required") else { return };
        if required.as_bool().is_some() {
            // OpenAPI 2's way, and Mintlify's for parameters: it is said of the field itself.
            return;
        }
        for name in required.items() {
            match name.as_str() {
                Some(text) => draft.require(text, self.span(&name.range)),
                None => self.malformed(name, "name of a required member that is no string"),
            }
        }
    }

    fn examples(&mut self, node: &'n Node) -> Vec<Value> {
        let mut examples: Vec<Value> = node.get("example").map(Node::to_value).into_iter().collect();
        let Some(others) = node.get("examples") else { return examples };
        match &others.kind {
            NodeKind::Sequence(items) => examples.extend(items.iter().map(Node::to_value)),
            // As OpenAPI has them beside a schema.
            _ => examples.extend(self.named_examples(others)),
        }
        examples
    }

    fn discriminator(&mut self, node: &'n Node) -> Option<Discriminator> {
        let node = node.get("discriminator")?;
        let Some(property) = self.member_text(node, "propertyName") else {
            self.malformed(node, "discriminator without `propertyName`");
            return None;
        };
        self.unknown_members(node, &["propertyName", "mapping"]);
        let mut mapping = indexmap::IndexMap::new();
        for (value, member) in node.get("mapping").and_then(Node::members).into_iter().flatten() {
            let Some(target) = member.node.as_str() else { continue };
            let name = match target.starts_with('#') {
                true => self.component_of(&member.node),
                false => self.component_named(target, &member.node),
            };
            if let Some(name) = name {
                mapping.insert(value.clone(), name);
            }
        }
        Some(Discriminator { property, mapping })
    }

    /// The description of a parameter, a header or the like stands beside its schema: both are kept.
    pub(super) fn describe(schema: &mut Schema, beside: Option<Text>) {
        let Some(beside) = beside else { return };
        let inner = schema.description.take().filter(|inner| inner.value != beside.value);
        schema.description = Some(match inner {
            Some(inner) => Text::new(format!("{}\n\n{}", beside.value, inner.value), beside.span),
            None => beside,
        });
    }
}
