//! What schemas without members become, and what names say about them.
//!
//! Pure rules, one function each: the type of a scalar by its format, which fields hold secrets, what an item
//! of a list is called, how alternatives of a union are named and ordered.

use super::{names::words, plan::RustType};
use crate::model::{Schema, Type};

/// The type of an integer, by its format.
pub(super) fn integer(schema: &Schema) -> RustType {
    match schema.format.as_ref().map(|format| format.value.as_str()) {
        Some("int32" | "int16" | "int8") => RustType::I32,
        _ => RustType::I64,
    }
}

/// The type of a number, by its format.
pub(super) fn number(schema: &Schema) -> RustType {
    match schema.format.as_ref().map(|format| format.value.as_str()) {
        Some("float") => RustType::F32,
        Some("int32") => RustType::I32,
        Some("int64") => RustType::I64,
        _ => RustType::F64,
    }
}

/// The type of a string, by its format.
pub(super) fn string(schema: &Schema) -> RustType {
    match schema.format.as_ref().map(|format| format.value.as_str()) {
        Some("date-time") => RustType::Timestamp,
        Some("date") => RustType::Date,
        Some("uuid") => RustType::Uuid,
        Some("password") => RustType::Secret(Box::new(RustType::String)),
        _ => RustType::String,
    }
}

/// The last words, in the singular, of names of secrets.
const SECRETS: &[&str] =
    &["apikey", "authorization", "credential", "passphrase", "passwd", "password", "secret", "token"];

/// Whether a field of that name holds a secret: its last word says so, and it is not a token that pages
/// through a list.
pub(super) fn is_secret(field: &str) -> bool {
    let ends = |end: &str| {
        let at = field.len().saturating_sub(end.len());
        field.get(at..).is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    };
    // Few names are worth being taken apart.
    let may_be = |word: &str| ends(word) || (ends("s") && field.len() > word.len());
    if field.is_ascii() && !["key", "keys"].iter().chain(SECRETS).any(|word| may_be(word)) {
        return false;
    }
    let words = words(field);
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words.as_slice() {
        [
            ..,
            "page" | "next" | "continuation" | "previous" | "prev" | "sync" | "cursor",
            "token" | "tokens",
        ] => false,
        [.., last] if SECRETS.contains(&last.strip_suffix('s').unwrap_or(last)) => true,
        [.., "api" | "private" | "secret" | "access" | "signing" | "encryption", "key" | "keys"] => true,
        _ => false,
    }
}

/// What an item of a list is called: its field's singular, or the whole with `Item`.
pub(super) fn item_name(name: &str, field: &str) -> String {
    let singular = match name {
        _ if field.is_empty() => None,
        _ if name.ends_with("ies") => name.strip_suffix("ies").map(|stem| format!("{stem}y")),
        _ if name.ends_with("ss") || name.ends_with("us") || name.ends_with("is") => None,
        _ if ["xes", "ches", "shes", "sses"].iter().any(|end| name.ends_with(end)) => {
            name.strip_suffix("es").map(str::to_owned)
        }
        _ => name.strip_suffix('s').map(str::to_owned),
    };
    singular.unwrap_or_else(|| format!("{name} item"))
}

/// How early an alternative of a union is tried: what fits less comes first.
pub(super) fn strictness(schema: &Schema) -> u8 {
    match (&schema.ty, &schema.format) {
        (Type::Boolean, _) => 0,
        (Type::Integer, _) => 1,
        (Type::Number, _) => 2,
        (Type::String, Some(_)) => 3,
        (Type::String, None) => 4,
        (Type::Array(_), _) => 5,
        _ => 6,
    }
}

/// What an alternative of a union is called.
pub(super) fn variant_name(schema: &Schema) -> &'static str {
    match (&schema.ty, schema.format.as_ref().map(|format| format.value.as_str())) {
        (Type::String, Some("date-time")) => "Timestamp",
        (Type::String, Some("date")) => "Date",
        (Type::String, Some("uuid")) => "Uuid",
        (Type::Boolean, _) => "Boolean",
        (Type::Integer, _) => "Integer",
        (Type::Number, _) => "Number",
        (Type::String, _) => "Text",
        (Type::Array(_), _) => "Array",
        _ => "Object",
    }
}

#[cfg(test)]
mod tests {
    use super::{is_secret, item_name};

    #[test]
    fn secrets_are_known_by_their_last_word() {
        for field in
            ["password", "resetToken", "client_secret", "apiKey", "new_password", "token", "backupTokens"]
        {
            assert!(is_secret(field), "{field}");
        }
        for field in ["passwordSet", "nextPageToken", "token_type", "key", "page_token", ""] {
            assert!(!is_secret(field), "{field}");
        }
    }

    #[test]
    fn items_are_singular() {
        assert_eq!(item_name("Page errors", "errors"), "Page error");
        assert_eq!(item_name("Page entries", "entries"), "Page entry");
        assert_eq!(item_name("Page boxes", "boxes"), "Page box");
        assert_eq!(item_name("Page status", "status"), "Page status item");
        assert_eq!(item_name("ListUsersResponse", ""), "ListUsersResponse item");
    }
}
