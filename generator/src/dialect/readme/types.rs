//! What ReadMe pages write as a type.
//!
//! The text of a type cell comes in, a schema goes out ([`read_type`]); `None` where the text names no
//! type. [`read_remarked`] also understands a type with a remark beside it. Words that say whether a field is
//! required are taken off before (`requirement`).

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

/// The schema of a type with a remark beside it, and the remark: `string (max 50 characters)`, `decimal(10,2)`,
/// `array of addresses`. `nullable` is no remark: it is part of the type.
pub(super) fn read_remarked(text: &str, span: Span) -> Option<(Schema, Option<String>)> {
    let text = text.trim();
    if text.len() > MAX_LENGTH {
        return None;
    }
    if let Some(schema) = read_type(text, span) {
        return Some((schema, None));
    }
    if let Some(bare) = without_nullable(text) {
        let (schema, remark) = read_remarked(&bare, span)?;
        return Some((Schema { nullable: true, ..schema }, remark));
    }
    if let Some((name, rest)) = text.split_once('(') {
        let (inside, after) = rest.split_once(')').unwrap_or((rest, ""));
        // `array (of strings)` is a type all through.
        if let Some(schema) = read_type(&format!("{name}{inside}"), span).filter(|_| after.trim().is_empty())
        {
            return Some((schema, None));
        }
        let schema = read_type(name, span)?;
        return Some((schema, Some(text.get(name.len()..)?.trim().to_owned())));
    }
    if let Some((name, remark)) = text.split_once([',', ';', '\n'])
        && let Some(schema) = read_type(name, span)
    {
        return Some((schema, Some(remark.trim().to_owned())));
    }
    if let Some((schema, remark)) = before_words(text, span) {
        return Some((schema, (!remark.is_empty()).then(|| remark.to_owned())));
    }
    let lower = text.to_lowercase();
    let of = ["array of ", "list of "].into_iter().find(|start| lower.starts_with(start));
    let items = of.is_some() || (lower.ends_with("[]") && !lower.contains(char::is_whitespace));
    items.then(|| (Schema::new(Type::array_of_any(span), span), Some(text.to_owned())))
}

/// A scalar type that words follow which say more of it: `string MM/YY`, `integer - seconds`.
fn before_words(text: &str, span: Span) -> Option<(Schema, &str)> {
    let (word, rest) = text.split_once(char::is_whitespace)?;
    let beside = rest.trim();
    let rest = beside.trim_start_matches(['-', '–', '—', ':']).trim_start();
    let lower = rest.to_lowercase();
    let joins = ["or", "and", "array", "list", "map", "of"]
        .iter()
        .any(|join| lower.split_whitespace().any(|word| word == *join));
    let scalar = matches!(
        word.to_lowercase().as_str(),
        "string" | "integer" | "int" | "boolean" | "bool" | "float" | "double" | "decimal"
    );
    let plain = !joins
        && !names_several(&lower, rest.len() < beside.len())
        && !rest.starts_with(['/', '&', '+'])
        && !rest.contains(['|', '[', '<']);
    (scalar && plain).then(|| read_type(word, span)).flatten().map(|schema| (schema, rest))
}

/// Whether the words behind a type make another one of it: `string pairs`, `string set`, `string to integer`. Units, and what
/// is set apart, say more of it.
fn names_several(words: &str, apart: bool) -> bool {
    const UNITS: [&str; 10] = [
        "seconds",
        "milliseconds",
        "microseconds",
        "minutes",
        "hours",
        "days",
        "months",
        "years",
        "bytes",
        "cents",
    ];
    let last = words.rsplit(' ').next().unwrap_or_default();
    let collection = matches!(
        last,
        "set"
            | "sets"
            | "arrays"
            | "lists"
            | "maps"
            | "pairs"
            | "collection"
            | "collections"
            | "tuple"
            | "tuples"
    );
    let plural =
        !apart && last == words && last.ends_with('s') && !last.ends_with("ss") && !UNITS.contains(&last);
    collection || plural || words.starts_with("to ")
}

/// The text without the word that makes a type nullable; `None` where there is none.
fn without_nullable(text: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = ["(nullable)", ", nullable", " nullable", "nullable "];
    if let Some((at, word)) = words.into_iter().find_map(|word| Some((lower.find(word)?, word))) {
        let before = text.get(..at)?;
        return Some(format!("{} {}", before.trim(), text.get(at + word.len()..)?.trim()).trim().to_owned());
    }
    let bare = text.strip_suffix('?').or_else(|| text.strip_prefix('?'))?;
    bare.chars().all(|c| c.is_ascii_alphanumeric() || "[]<>".contains(c)).then(|| bare.to_owned())
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
    let read = array(text, span, depth).or_else(|| map(text, span, depth));
    read.or_else(|| named(text, span)).or_else(|| formatted(text, span))
}

/// `map<string, integer>`, `dictionary[string, integer]`: the values of an object with any keys.
fn map(text: &str, span: Span, depth: usize) -> Option<Schema> {
    let inner =
        ["map", "hashmap", "dictionary", "dict", "object", "record"].into_iter().find_map(|name| {
            let inner = text.strip_prefix(name)?.trim_start();
            let close = |open, close| inner.strip_prefix(open)?.strip_suffix(close);
            close('<', '>').or_else(|| close('[', ']')).or_else(|| close('(', ')'))
        })?;
    let (key, values) = inner.split_once(',')?;
    named(key.trim(), span).filter(|key| key.ty == Type::String)?;
    let values = alternatives(values.trim(), span, depth + 1)?;
    let object = Object { values: Some(Box::new(values)), ..Object::default() };
    Some(Schema::new(Type::Object(object), span))
}

/// `string[]`, `array of strings`, `array[string]`, `array<string>`, `[string]`, `string array`, `array-obj`.
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
        .or_else(|| text.strip_suffix(" array"))
        .or_else(|| text.strip_prefix("array")?.strip_prefix([' ', '-']))?
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
    let format = rest.strip_suffix([')', '>'])?.trim().trim_start_matches('$');
    let schema = named(name.trim(), span)?;
    const FORMATS: [&str; 18] = [
        "date",
        "date-time",
        "datetime",
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
    let format = FORMATS.into_iter().find(|known| *known == format)?;
    let format = if format == "datetime" { "date-time" } else { format };
    Some(Schema { format: Some(Text::new(format, span)), ..schema })
}

fn named(name: &str, span: Span) -> Option<Schema> {
    let (ty, format) = match name {
        // A number that is sent as a string: `NumberString` says how it is written, not what it is.
        "string"
        | "str"
        | "text"
        | "varchar"
        | "nvarchar"
        | "char"
        | "character"
        | "numberstring"
        | "number string"
        | "numeric string"
        | "alphanumeric"
        | "alphanumeric string"
        | "base64 string"
        | "enum"
        | "string enum"
        | "enum string"
        | "enum<string>" => (Type::String, None),
        "datetime" | "date-time" | "date time" | "iso datetime" | "iso 8601 datetime"
        | "iso 8601 timestamp" | "iso timestamp" | "iso8601 timestamp" | "iso8601 datetime"
        | "rfc3339 timestamp" | "rfc 3339 timestamp" => (Type::String, Some("date-time")),
        "date" | "iso date" | "iso 8601 date" | "iso8601 date" => (Type::String, Some("date")),
        "uuid" | "guid" => (Type::String, Some("uuid")),
        "email" => (Type::String, Some("email")),
        "url" | "uri" => (Type::String, Some("uri")),
        "integer" | "int" | "short" | "bigint" | "big int" | "big integer" | "biginteger" | "smallint"
        | "tinyint" | "uint" | "unsigned int" | "unsigned integer" | "positive integer" => {
            (Type::Integer, None)
        }
        "unix timestamp" | "unix time" | "unix epoch" | "epoch" | "epoch timestamp" | "epoch time" => {
            (Type::Integer, None)
        }
        "int32" => (Type::Integer, Some("int32")),
        "long" | "int64" => (Type::Integer, Some("int64")),
        "number" | "numeric" | "decimal" | "bigdecimal" | "big decimal" => (Type::Number, None),
        "float" => (Type::Number, Some("float")),
        "double" => (Type::Number, Some("double")),
        "boolean" | "bool" | "true/false" => (Type::Boolean, None),
        "object" | "obj" | "json" | "json object" | "hash" | "hashmap" | "map" | "dictionary" | "dict"
        | "struct" => (Type::Object(Object::default()), None),
        "array" | "list" | "json array" => (Type::array_of_any(span), None),
        "file" | "binary" => (Type::File, None),
        "null" => (Type::Null, None),
        "any" | "mixed" => (Type::Any, None),
        _ => {
            return translated(name, span)
                .or_else(|| named_object(name, span))
                .or_else(|| named(name.strip_suffix(" type")?.trim_end(), span));
        }
    };
    Some(Schema { format: format.map(|format| Text::new(format, span)), ..Schema::new(ty, span) })
}

/// `address object`: an object whose name another table may describe.
fn named_object(name: &str, span: Span) -> Option<Schema> {
    let owner = name.strip_suffix(" object")?.trim();
    let plain = !owner.is_empty() && owner.chars().all(|c| c.is_alphanumeric() || "_- ".contains(c));
    let short = plain && owner.split(' ').count() <= 2 && !matches!(owner, "an" | "a" | "the");
    short.then(|| Schema::new(Type::Object(Object::default()), span))
}

/// Type names of pages that are not English.
fn translated(name: &str, span: Span) -> Option<Schema> {
    let ty = match name {
        "cadena" | "texto" | "chaîne" | "chaine" | "zeichenkette" | "字符串" | "文字列" | "문자열" => {
            Type::String
        }
        "entero" | "entier" | "inteiro" | "ganzzahl" | "整数" | "整型" | "整數" | "정수" => {
            Type::Integer
        }
        "número" | "numero" | "nombre" | "zahl" | "数字" | "数値" | "숫자" => Type::Number,
        "booleano" | "booléen" | "布尔" | "布尔值" | "布尔型" | "真偽値" | "불리언" => {
            Type::Boolean
        }
        "objeto" | "objet" | "objekt" | "对象" | "オブジェクト" | "객체" => {
            Type::Object(Object::default())
        }
        "arreglo" | "lista" | "tableau" | "liste" | "数组" | "配列" | "배열" => {
            Type::array_of_any(span)
        }
        _ => return None,
    };
    Some(Schema::new(ty, span))
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
        check("string($date-time)", "string(date-time)");
        check("Address object", "object");
        check("cadena", "string");
        check("widget", "none");
        check("string(50)", "none");
    }

    #[test]
    fn remarks_stand_beside_types() {
        let remarked = |text: &str, expected: &str, remark: Option<&str>| {
            let read = read_remarked(text, Span::default());
            let (schema, found) = read.map_or((None, None), |(schema, remark)| (Some(schema), remark));
            assert_eq!(schema.map_or("none".to_owned(), |schema| show(&schema)), expected, "{text}");
            assert_eq!(found.as_deref(), remark, "{text}");
        };
        remarked("string (max 50 characters)", "string", Some("(max 50 characters)"));
        remarked("Decimal(10,2)", "number", Some("(10,2)"));
        remarked("string, at most 5", "string", Some("at most 5"));
        remarked("array (of strings)", "[string]", None);
        remarked("Array of addresses", "[any]", Some("Array of addresses"));
        remarked("Lamp[]", "[any]", Some("Lamp[]"));
        for text in ["integer (nullable)", "nullable integer", "integer, nullable", "integer?"] {
            remarked(text, "integer?", None);
        }
        remarked("integer seconds", "integer", Some("seconds"));
        remarked("string - names", "string", Some("names"));
        remarked("string up to 5", "string", Some("up to 5"));
        for text in ["string pairs", "String Set", "string to integer", "string & integer", "string + null"] {
            remarked(text, "none", None);
        }
        remarked("widget (blue)", "none", None);
        remarked("is it one?", "none", None);
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
}
