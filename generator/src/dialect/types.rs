//! Type expressions: `string,null`, `integer(int64) | null`, `array[string(uuid)]`, and nothing at all.
//!
//! A text comes in, a schema goes out, or nothing where the text is no type expression. Enter at
//! [`parse`]; [`is_known`] asks whether a text is an expression of known types, which tells marks from
//! prose. Recursion is bounded by [`MAX_NESTING`].

use std::ops::Range;

use super::{Context, fields::MAX_NESTING};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Object, Schema, Text, Type},
    source::Span,
};

/// A type expression that was read.
#[derive(Debug)]
pub(crate) struct TypeExpression {
    /// What it accepts; unknown types accept anything.
    pub(crate) schema: Schema,
    /// The unknown types, as ranges of the text.
    unknown: Vec<Range<usize>>,
}

struct Parser<'a> {
    separator: char,
    span: &'a dyn Fn(Range<usize>) -> Span,
    unknown: Vec<Range<usize>>,
}

/// Reads a type expression whose alternatives the separator parts. Blank text leaves the type open.
fn parse(text: &str, separator: char, span: &dyn Fn(Range<usize>) -> Span) -> Option<TypeExpression> {
    let mut parser = Parser { separator, span, unknown: Vec::new() };
    let schema = parser.alternatives(text, 0, 0)?;
    Some(TypeExpression { schema, unknown: parser.unknown })
}

/// The type of a name, that stands at a place.
fn named(name: &str, span: Span) -> Option<Type> {
    Some(match name {
        "string" => Type::String,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "boolean" => Type::Boolean,
        "object" => Type::Object(Object::default()),
        "array" => Type::array_of_any(span),
        "null" => Type::Null,
        "any" => Type::Any,
        "file" => Type::File,
        _ => return None,
    })
}

/// Whether a text is nothing but names of types, as most expressions are; no schema has to be made to know that.
fn is_plain(text: &str, separator: char) -> bool {
    let is_name = |text: &str| named(text, Span::default()).is_some();
    is_name(text) || text.split(separator).all(|part| is_name(part.trim()))
}

/// Whether a text is an expression of known types.
pub(crate) fn is_known(text: &str, separator: char) -> bool {
    is_plain(text, separator)
        || parse(text, separator, &|_| Span::default())
            .is_some_and(|expression| expression.unknown.is_empty())
}

/// Whether a text is an expression, of known types or not.
pub(crate) fn is_expression(text: &str, separator: char) -> bool {
    is_plain(text, separator) || parse(text, separator, &|_| Span::default()).is_some()
}

/// The schema of a range that holds a type expression. Unknown types are reported and accept anything;
/// so does what is no expression at all.
pub(crate) fn read_types(cx: &mut Context<'_>, range: Range<usize>, separator: char) -> Schema {
    let text = cx.slice(range.clone());
    // As most expressions are.
    if let Some(ty) = named(text, cx.span(range.clone())) {
        return Schema::new(ty, cx.span(range));
    }
    let parsed = parse(text, separator, &|inner: Range<usize>| {
        cx.span(range.start + inner.start..range.start + inner.end)
    });
    let (schema, unknown) = match parsed {
        Some(expression) => (expression.schema, expression.unknown),
        None => {
            let whole = 0..text.len();
            (Schema::new(Type::Any, cx.span(range.clone())), vec![whole])
        }
    };
    for inner in unknown {
        let name = text.get(inner.clone()).unwrap_or_default();
        let span = cx.span(range.start + inner.start..range.start + inner.end);
        cx.report(
            Diagnostic::new(codes::UNKNOWN_TYPE, span, format!("unknown type `{name}`"))
                .label("any value is accepted here")
                .help("override the field's type in docwright.yaml"),
        );
    }
    schema
}

impl Parser<'_> {
    fn alternatives(&mut self, text: &str, offset: usize, depth: usize) -> Option<Schema> {
        let span = (self.span)(offset..offset + text.len());
        if text.trim().is_empty() {
            return Some(Schema::new(Type::Any, span));
        }
        if !text.contains(self.separator) {
            let lead = text.len() - text.trim_start().len();
            return self.alternative(text.trim(), offset + lead, depth).map(|only| only.alone(span));
        }
        let parts = split(text, self.separator);
        let mut schemas = Vec::with_capacity(parts.len());
        for part in parts {
            let slice = text.get(part.clone())?;
            let lead = slice.len() - slice.trim_start().len();
            schemas.push(self.alternative(slice.trim(), offset + part.start + lead, depth)?);
        }
        Some(Schema::one_of(schemas, span))
    }

    fn alternative(&mut self, text: &str, offset: usize, depth: usize) -> Option<Schema> {
        let word_end = text.find(|c: char| !c.is_ascii_alphanumeric() && !"_-".contains(c));
        let (word, rest) = text.split_at(word_end.unwrap_or(text.len()));
        let span = (self.span)(offset..offset + text.len());
        if !word.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return None;
        }
        if word == "array"
            && let Some((open, items)) = brackets(rest)
        {
            if depth >= MAX_NESTING {
                self.unknown.push(offset..offset + text.len());
                return Some(Schema::new(Type::Any, span));
            }
            let items = self.alternatives(items, offset + word.len() + open, depth + 1)?;
            return Some(Schema::new(Type::Array(Box::new(items)), span));
        }
        let ty = named(word, span).unwrap_or_else(|| {
            self.unknown.push(offset..offset + text.len());
            Type::Any
        });
        let mut schema = Schema::new(ty, span);
        if !rest.is_empty() {
            let format = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'))?;
            let start = offset + word.len() + 1;
            schema.format = (!format.trim().is_empty())
                .then(|| Text::new(format.trim(), (self.span)(start..start + format.len())));
        }
        Some(schema)
    }
}

/// What stands in the brackets that a text is, and where it begins. Tools that write a page anew put a backslash before each.
fn brackets(text: &str) -> Option<(usize, &str)> {
    let inner = text.strip_prefix("\\[").or_else(|| text.strip_prefix('['))?;
    let items = inner.strip_suffix(']')?;
    Some((text.len() - inner.len(), items.strip_suffix('\\').unwrap_or(items)))
}

/// The ranges between separators that stand outside of all brackets.
fn split(text: &str, separator: char) -> Vec<Range<usize>> {
    let mut parts = Vec::new();
    let (mut start, mut depth) = (0, 0_usize);
    for (at, c) in text.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            c if c == separator && depth == 0 => {
                parts.push(start..at);
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    parts.push(start..text.len());
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, separator: char, kind: &str, nullable: bool, format: Option<&str>) {
        let expression = parse(text, separator, &|_| Span::default()).expect(text);
        let schema = expression.schema;
        assert_eq!(
            (schema.ty.kind(), schema.nullable, schema.format.as_ref().map(|f| f.value.as_str())),
            (kind, nullable, format),
            "{text}"
        );
    }

    #[test]
    fn commas_and_bars_part_alternatives() {
        check("string,null", ',', "string", true, None);
        check("string,null,string,null", ',', "string", true, None);
        check("object,array", ',', "union", false, None);
        check("null", ',', "null", false, None);
        check("integer(int32) | null", '|', "integer", true, Some("int32"));
        check("object | null | array | boolean | integer | number | string", '|', "any", false, None);
    }

    #[test]
    fn blank_is_any_and_items_nest() {
        check("", '|', "any", false, None);
        check("string | array[string]", '|', "union", false, None);
        for text in ["array[string(uuid)]", r"array\[string(uuid)\]"] {
            let expression = parse(text, '|', &|_| Span::default()).unwrap();
            let Type::Array(items) = expression.schema.ty else { panic!("{text} is an array") };
            assert_eq!(items.format.unwrap().value, "uuid");
        }
    }

    #[test]
    fn prose_is_no_type() {
        for text in ["e.g. 5", "string or null", "1", "a, , b", "string(x) y"] {
            assert!(!is_expression(text, ','), "{text}");
        }
        assert!(is_expression("decimal", ',') && !is_known("decimal", ','));
    }

    #[test]
    fn nesting_is_bounded() {
        let deep = format!("{}string{}", "array[".repeat(10_000), "]".repeat(10_000));
        assert!(!is_known(&deep, '|'));
    }
}
