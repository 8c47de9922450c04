//! A type as Mintlify prints it comes in, a schema goes out.
//!
//! Enter at [`read_type`], and at [`read_type_line`] for a type with its markers. The grammar:
//!
//! ```text
//! type  := item (" | " item)*  |  item item …      unions lose their bars in a browser's copy, and keep blanks in some
//! item  := [Title " · "] atom "[]"*
//! atom  := word ["<" format ">"] | "enum<" type ">" | "array<" type ">" | "(" type ")"
//! ```
//!
//! A text that is not wholly a type is none: that is how a type's line is told from prose.

mod line;

use memchr::{memchr, memchr3};

pub(super) use self::line::{TypeLine, read_type_line};
use super::enumeration::Enumeration;
use crate::dialect::escapes::without_escapes;
use crate::{
    model::{Object, Schema, Text, Type},
    source::Span,
};

/// How deep parentheses and `array<…>` may nest.
const MAX_DEPTH: usize = 8;
/// The longest text that is taken for a type, in bytes.
const MAX_LENGTH: usize = 600;

/// A type, and what of it the page calls an enumeration.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Printed {
    /// The type.
    pub(super) schema: Schema,
    /// The `enum<…>` in it, at whatever depth: options belong to it.
    pub(super) enumeration: Option<Enumeration>,
}

/// Makes the schema of a word.
type Make = fn(Span) -> Schema;

/// The words that Mintlify prints for types, and those that hand-written pages use, lower case. A word
/// stands before those that it begins with.
const WORDS: &[(&str, Make)] = &[
    ("string", |span| Schema::new(Type::String, span)),
    ("integer", |span| Schema::new(Type::Integer, span)),
    ("number", |span| Schema::new(Type::Number, span)),
    ("boolean", |span| Schema::new(Type::Boolean, span)),
    ("object", |span| Schema::new(Type::Object(Object::default()), span)),
    ("array", |span| Schema::new(Type::array_of_any(span), span)),
    ("null", |span| Schema::new(Type::Null, span)),
    ("any", |span| Schema::new(Type::Any, span)),
    ("file", |span| Schema::new(Type::File, span)),
];

/// Other words for types, which only hand-written pages use; they never stand in a glued union.
const SYNONYMS: &[(&str, &str, Option<&str>)] = &[
    ("int", "integer", None),
    ("bool", "boolean", None),
    ("float", "number", Some("float")),
    ("double", "number", Some("double")),
    ("decimal", "number", None),
    ("list", "array", None),
    ("dict", "object", None),
    ("map", "object", None),
    ("uuid", "string", Some("uuid")),
    ("datetime", "string", Some("date-time")),
    ("binary", "file", None),
];

/// What the product prints for a schema that names no type.
const UNTYPED: &str = "unknown";

/// The type that `text` is, wholly.
pub(super) fn read_type(text: &str, span: Span) -> Option<Printed> {
    let text = text.trim();
    if text.is_empty() || text.len() > MAX_LENGTH || !may_be_type(text) {
        return None;
    }
    // The bullet of a list is no mark of bold words.
    if text.starts_with("* ") {
        return None;
    }
    // `application/json · object` is a media type with the type of its body.
    if text.split_whitespace().next().is_some_and(super::is_media_type) {
        return None;
    }
    let text = unmarked(text);
    let mut reader = Reader { rest: &text, span, parted: false, enumeration: None };
    reader.parted = text.contains("[]") || text.contains('<');
    let schema = reader.union(0, false)?;
    reader.rest.trim().is_empty().then_some(Printed { schema, enumeration: reader.enumeration })
}

/// Whether a text can begin with a type at all: nearly all prose cannot, and need not be taken apart. Titles end in
/// other than ASCII characters, and what is escaped can begin with anything.
fn may_be_type(text: &str) -> bool {
    let text = text.trim_start();
    let begins = |word: &str| {
        let head = text.as_bytes().get(..word.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(word.as_bytes()))
    };
    text.starts_with('(')
        || begins("enum")
        || text.starts_with(UNTYPED)
        || WORDS.iter().any(|(word, _)| begins(word))
        || SYNONYMS.iter().any(|(word, ..)| begins(word))
        || !text.is_ascii()
        || memchr3(b'&', b'\\', b'`', text.as_bytes()).is_some()
        || memchr(b'*', text.as_bytes()).is_some()
}

/// Takes away Markdown's escapes and marks, and the entities of angle brackets.
fn unmarked(text: &str) -> String {
    let mut text = match text.contains('&') {
        true => without_escapes(&text.replace("&lt;", "<").replace("&gt;", ">")),
        false => without_escapes(text),
    };
    text.retain(|c| !['`', '*'].contains(&c));
    text
}

struct Reader<'a> {
    rest: &'a str,
    span: Span,
    /// Whether blanks can part alternatives: one of them has a form that no prose has.
    parted: bool,
    /// The first enumeration.
    enumeration: Option<Enumeration>,
}

impl Reader<'_> {
    /// Alternatives, up to the end, or to the closing parenthesis where `inner`. Depth is bounded.
    fn union(&mut self, depth: usize, inner: bool) -> Option<Schema> {
        if depth > MAX_DEPTH {
            return None;
        }
        let mut alternatives = vec![self.item(depth)?];
        loop {
            let rest = self.rest.trim_start();
            if rest.is_empty() || (inner && rest.starts_with([')', '>'])) {
                break;
            }
            if let Some(next) = rest.strip_prefix('|') {
                self.rest = next;
                alternatives.push(self.item(depth)?);
            } else if self.rest.starts_with(char::is_whitespace) && (!self.parted || inner) {
                // Glued alternatives are glued: a blank between words is prose.
                return None;
            } else {
                alternatives.push(self.item(depth)?);
            }
        }
        match (alternatives.len(), alternatives.pop()) {
            (1, only) => only,
            (_, None) => None,
            (_, Some(last)) => {
                alternatives.push(last);
                Some(Schema::one_of(alternatives, self.span))
            }
        }
    }

    fn item(&mut self, depth: usize) -> Option<Schema> {
        self.rest = after_title(self.rest.trim_start());
        let known = self.enumeration.is_some();
        let mut schema = self.atom(depth)?;
        for _ in 0..MAX_DEPTH {
            let Some(rest) = self.rest.strip_prefix("[]") else { break };
            self.rest = rest;
            schema = self.array(schema, known);
        }
        Some(schema)
    }

    /// An array of `items`; `known` says whether an enumeration was found before them.
    fn array(&mut self, items: Schema, known: bool) -> Schema {
        if let (false, Some(enumeration)) = (known, &mut self.enumeration) {
            enumeration.in_array();
        }
        Schema::new(Type::Array(Box::new(items)), self.span)
    }

    fn call_enumeration(&mut self, schema: &Schema) {
        self.enumeration.get_or_insert(Enumeration::of(schema));
    }

    fn atom(&mut self, depth: usize) -> Option<Schema> {
        if let Some(rest) = self.rest.strip_prefix('(') {
            self.rest = rest;
            let schema = self.union(depth + 1, true)?;
            self.rest = self.rest.trim_start().strip_prefix(')')?;
            return Some(schema);
        }
        for word in ["enum<", "array<", "list<"] {
            let Some(rest) = strip_word(self.rest, word) else { continue };
            self.rest = rest;
            let known = self.enumeration.is_some();
            let schema = self.union(depth + 1, true)?;
            self.rest = self.rest.trim_start().strip_prefix('>')?;
            if word == "enum<" {
                self.call_enumeration(&schema);
                return Some(schema);
            }
            return Some(self.array(schema, known));
        }
        if let Some(rest) =
            strip_word(self.rest, "enum").filter(|rest| !rest.starts_with(char::is_alphanumeric))
        {
            self.rest = rest;
            let schema = Schema::new(Type::String, self.span);
            self.call_enumeration(&schema);
            return Some(schema);
        }
        self.word()
    }

    fn word(&mut self) -> Option<Schema> {
        let length = self.rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let whole = self.rest.get(..length)?;
        if let Some(&(_, ty, format)) = SYNONYMS.iter().find(|(word, ..)| whole.eq_ignore_ascii_case(word)) {
            let mut schema = WORDS.iter().find(|(word, _)| *word == ty)?.1(self.span);
            schema.format = format.map(|format| Text::new(format, self.span));
            self.rest = self.rest.get(length..)?;
            return Some(schema);
        }
        if whole == UNTYPED {
            self.rest = self.rest.get(length..)?;
            return Some(Schema::new(Type::Any, self.span));
        }
        let (word, make) = WORDS.iter().find(|(word, _)| strip_word(self.rest, word).is_some())?;
        self.rest = self.rest.get(word.len()..)?;
        let mut schema = make(self.span);
        if let Some(rest) = self.rest.strip_prefix('<') {
            let close = rest.find('>')?;
            let format = rest.get(..close)?.trim();
            if format.is_empty() || format.contains(['<', '|']) {
                return None;
            }
            schema.format = Some(Text::new(format, self.span));
            self.rest = rest.get(close + 1..)?;
        }
        Some(schema)
    }
}

/// `text` after `word`, which is compared without case: hand-written pages have `String`.
fn strip_word<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    let head = text.get(..word.len())?;
    // Only the first letter may be capital: `STRING` is a value, not a type.
    let same = head == word || (head.get(1..) == word.get(1..) && head.eq_ignore_ascii_case(word));
    same.then(|| text.get(word.len()..)).flatten()
}

/// Whether a word stands between a title and its type; the sign can be mangled.
pub(super) fn is_separator(word: &str) -> bool {
    word == "ยท" || (word.contains('·') && word.chars().count() <= 3)
}

/// What follows a title, `Title · object`: the last separator before the next bar or parenthesis counts.
/// On a line of its own it may be mangled in any way, so any short word of other than ASCII characters is one.
fn after_title(text: &str) -> &str {
    if text.is_ascii() {
        return text;
    }
    let mut depth = 0_usize;
    let mut end = text.len();
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            ')' if depth == 0 => {
                end = at;
                break;
            }
            ')' => depth -= 1,
            '|' if depth == 0 => {
                end = at;
                break;
            }
            _ => {}
        }
    }
    let Some(item) = text.get(..end) else { return text };
    let mut after = 0;
    let mut at = 0;
    for word in item.split(' ') {
        let separates =
            !word.is_empty() && word.chars().count() <= 3 && !word.contains(|c: char| c.is_ascii());
        at += word.len() + 1;
        if separates && item.get(at..).is_some_and(|rest| !rest.is_empty()) {
            after = at;
        }
    }
    // A title's own parentheses must not hide a union in parentheses.
    if text.starts_with('(') && after > 0 && item.get(..after).is_some_and(|t| !t.contains(')')) {
        return text;
    }
    text.get(after..).unwrap_or(text)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) fn show(schema: &Schema) -> String {
        let mut out = match &schema.ty {
            Type::Array(items) => format!("[{}]", show(items)),
            Type::Union(alternatives) => alternatives.iter().map(show).collect::<Vec<_>>().join("|"),
            ty => ty.kind().to_owned(),
        };
        if let Some(format) = &schema.format {
            out.push_str(&format!("<{}>", format.value));
        }
        if schema.nullable {
            out.push('?');
        }
        out
    }

    fn check(text: &str, expected: &str) {
        let read = read_type(text, Span::default());
        let shown = read.map_or("none".to_owned(), |printed| {
            format!("{}{}", if printed.enumeration.is_some() { "enum " } else { "" }, show(&printed.schema))
        });
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn printed_types_are_read() {
        check("string<uuid>", "string<uuid>");
        check("string<ISO ALPHA-2>", "string<ISO ALPHA-2>");
        check("enum<string>[]", "enum [string]");
        check("enum<string> | null", "enum string?");
        check("file[] | null", "[file]?");
        check("object[][]", "[[object]]");
        check("Resources configuration · object", "object");
        check("Foo (bar) · object[] | null", "[object]?");
        check("(A · object | B · object)[] | null", "[object]?");
        check("integer | string", "integer|string");
        check("Title ยท object", "object");
        check("array<string>", "[string]");
        check("Boolean", "boolean");
        check("string\\<uuid\\>", "string<uuid>");
        check("unknown", "any");
        check("unknown[]", "[any]");
    }

    #[test]
    fn glued_unions_are_read() {
        check("stringobject[]", "string|[object]");
        check("stringnumberbooleanobjectarray", "any");
        check("stringnull", "string?");
        check("string string[]", "string|[string]");
        check("string<uuid> integer", "string<uuid>|integer");
    }

    #[test]
    fn prose_is_no_type() {
        for text in [
            "string value",
            "any of these",
            "Strings",
            "object.",
            "numbers",
            "STRING",
            "",
            "(string",
            "a b",
            "Unknown",
            "* File",
            "string array",
            "string[] of names",
        ] {
            check(text, "none");
        }
    }
}
