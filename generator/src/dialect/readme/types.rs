//! What ReadMe pages write as a type.
//!
//! The text of a type cell comes in, a schema goes out ([`read_type`]); `None` where the text names no
//! type. Words that say whether a field is required are taken off before ([`Requirement`]).

use crate::{
    model::{Object, Schema, Text, Type},
    source::Span,
};

/// How many `[]` or `array of` a type may nest.
const MAX_DEPTH: usize = 8;
/// The longest text that is looked at as a type.
const MAX_LENGTH: usize = 120;

/// The schema that a type's text names.
pub(super) fn read_type(text: &str, span: Span) -> Option<Schema> {
    if text.len() > MAX_LENGTH {
        return None;
    }
    let text = text.trim().trim_matches(['`', '"']).trim().to_lowercase();
    alternatives(&text, span, 0)
}

/// Whether a word is a type's name.
pub(super) fn is_type_name(word: &str) -> bool {
    named(&word.to_lowercase(), Span::default()).is_some()
}

fn alternatives(text: &str, span: Span, depth: usize) -> Option<Schema> {
    if depth > MAX_DEPTH {
        return None;
    }
    let separator = [" | ", "|", " or ", " / ", "/", ", "].into_iter().find(|s| text.contains(s));
    if let Some(separator) = separator
        && !text.contains(['(', '<', '['])
    {
        let parts: Option<Vec<Schema>> =
            text.split(separator).map(|part| alternatives(part.trim(), span, depth + 1)).collect();
        return parts.map(|parts| Schema::one_of(parts, span));
    }
    array(text, span, depth).or_else(|| named(text, span)).or_else(|| formatted(text, span))
}

/// `string[]`, `array of strings`, `array[string]`, `array<string>`, `[string]`, `string array`.
fn array(text: &str, span: Span, depth: usize) -> Option<Schema> {
    let unbracketed = |open: char, close: char| {
        let inner = text.strip_prefix("array").or_else(|| text.strip_prefix("list"))?;
        inner.trim_start().strip_prefix(open)?.strip_suffix(close)
    };
    let items = text
        .strip_suffix("[]")
        .or_else(|| unbracketed('[', ']'))
        .or_else(|| unbracketed('<', '>'))
        .or_else(|| unbracketed('(', ')'))
        .or_else(|| text.strip_prefix('[').and_then(|text| text.strip_suffix(']')))
        .or_else(|| {
            let of = ["array of ", "arrays of ", "list of "];
            of.into_iter().find_map(|start| text.strip_prefix("an ").unwrap_or(text).strip_prefix(start))
        })
        .or_else(|| text.strip_suffix(" array"))?
        .trim();
    let items = match items.strip_suffix('s').and_then(|single| named(single, span)) {
        Some(schema) => schema,
        None => alternatives(items, span, depth + 1)?,
    };
    Some(Schema::new(Type::Array(Box::new(items)), span))
}

/// `string (uuid)`, `integer(int64)`, `string<date-time>`.
fn formatted(text: &str, span: Span) -> Option<Schema> {
    let (name, rest) = text.split_once(['(', '<'])?;
    let format = rest.strip_suffix([')', '>'])?.trim();
    let schema = named(name.trim(), span)?;
    const FORMATS: [&str; 17] = [
        "date",
        "date-time",
        "time",
        "uuid",
        "uri",
        "url",
        "email",
        "int32",
        "int64",
        "float",
        "double",
        "byte",
        "binary",
        "password",
        "hostname",
        "ipv4",
        "ipv6",
    ];
    FORMATS.contains(&format).then(|| Schema { format: Some(Text::new(format, span)), ..schema })
}

fn named(name: &str, span: Span) -> Option<Schema> {
    let (ty, format) = match name {
        // A number that is sent as a string: `NumberString` says how it is written, not what it is.
        "string" | "str" | "text" | "varchar" | "char" | "numberstring" | "number string" | "enum" => {
            (Type::String, None)
        }
        "datetime" | "date-time" | "date time" => (Type::String, Some("date-time")),
        "date" => (Type::String, Some("date")),
        "uuid" | "guid" => (Type::String, Some("uuid")),
        "email" => (Type::String, Some("email")),
        "url" | "uri" => (Type::String, Some("uri")),
        "integer" | "int" | "short" => (Type::Integer, None),
        "int32" => (Type::Integer, Some("int32")),
        "long" | "int64" => (Type::Integer, Some("int64")),
        "number" | "numeric" | "decimal" => (Type::Number, None),
        "float" => (Type::Number, Some("float")),
        "double" => (Type::Number, Some("double")),
        "boolean" | "bool" => (Type::Boolean, None),
        "object" | "json" | "json object" | "hash" | "map" | "dictionary" | "dict" => {
            (Type::Object(Object::default()), None)
        }
        "array" | "list" => (Type::array_of_any(span), None),
        "file" | "binary" => (Type::File, None),
        "null" => (Type::Null, None),
        "any" | "mixed" => (Type::Any, None),
        _ => return None,
    };
    Some(Schema { format: format.map(|format| Text::new(format, span)), ..Schema::new(ty, span) })
}

/// What a page says of whether a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Requirement {
    Required,
    Optional,
}

/// What a word alone says of it.
pub(super) fn requirement(word: &str) -> Option<Requirement> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    match word.as_str() {
        "required" | "mandatory" => Some(Requirement::Required),
        "optional" => Some(Requirement::Optional),
        _ => None,
    }
}

/// What the cell of a column headed `Required` says; the cell may go on after its first word.
pub(super) fn requirement_cell(text: &str) -> Option<Requirement> {
    let text = text.trim();
    let first = text.split([' ', ',', '.', ';', '(', '\n']).next().unwrap_or_default();
    let first = first.trim_matches(|c: char| c == '*' || c == '_').to_lowercase();
    match first.as_str() {
        "yes" | "y" | "true" | "required" | "mandatory" | "✓" | "✔" | "✔️" | "✅" => {
            Some(Requirement::Required)
        }
        "" | "no" | "n" | "false" | "optional" | "-" | "–" | "—" | "✗" | "✘" | "❌" => {
            Some(Requirement::Optional)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        let shown = match read_type(text, Span::default()) {
            Some(schema) => show(&schema),
            None => "none".to_owned(),
        };
        assert_eq!(shown, expected, "{text}");
    }

    fn show(schema: &Schema) -> String {
        let mut out = match &schema.ty {
            Type::Array(items) => format!("[{}]", show(items)),
            Type::Union(all) => all.iter().map(show).collect::<Vec<_>>().join("|"),
            ty => ty.kind().to_owned(),
        };
        if let Some(format) = &schema.format {
            out.push_str(&format!("({})", format.value));
        }
        if schema.nullable {
            out.push('?');
        }
        out
    }

    #[test]
    fn names_and_formats() {
        check("string", "string");
        check(" Integer ", "integer");
        check("long", "integer(int64)");
        check("datetime", "string(date-time)");
        check("string (uuid)", "string(uuid)");
        check("NumberString", "string");
        check("`boolean`", "boolean");
        check("widget", "none");
        check("string(50)", "none");
    }

    #[test]
    fn arrays_in_every_spelling() {
        for text in
            ["String[]", "array of strings", "Array of string", "array[string]", "array<string>", "[string]"]
        {
            check(text, "[string]");
        }
        check("array of objects", "[object]");
        check("array", "[any]");
        check("string[][]", "[[string]]");
        check(&"[".repeat(100), "none");
    }

    #[test]
    fn alternatives_are_unions() {
        check("string | integer", "string|integer");
        check("string or null", "string?");
        check("string, integer", "string|integer");
    }

    #[test]
    fn requirements() {
        assert_eq!(requirement("*Required*"), Some(Requirement::Required));
        assert_eq!(requirement("(optional)"), Some(Requirement::Optional));
        assert_eq!(requirement_cell("yes"), Some(Requirement::Required));
        assert_eq!(requirement_cell("No (see below)"), Some(Requirement::Optional));
        assert_eq!(requirement_cell("sometimes"), None);
    }
}
