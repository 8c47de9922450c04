//! Values that a page allows in prose, beside the type that it documents.
//!
//! An integer of which the prose says "Use the 'current' keyword to …" is an integer or the string
//! `current`: a union, whose second alternative has that one value. The keyword must be quoted, and must
//! not be a value of the documented type already.

use memchr::memchr3;
use serde_json::Value;

use super::{
    prose::{mentions, running_sentences},
    visit::visit_schemas,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Api, EnumValue, Schema, Type},
    source::Span,
};

/// How many keywords a description may give.
const MAX_KEYWORDS: usize = 8;

/// Reads the keywords of all descriptions.
pub(super) fn resolve_prose_types(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    visit_schemas(api, |place, schema| {
        if !matches!(schema.ty, Type::Integer | Type::Number | Type::Boolean) {
            return;
        }
        let Some(description) = &schema.description else { return };
        let keywords = keywords(&description.value, &schema.ty);
        if keywords.is_empty() {
            return;
        }
        let span = description.span;
        let of = place.name.map_or_else(String::new, |name| format!(" of `{name}`"));
        let shown: Vec<String> = keywords.iter().map(|word| format!("\"{word}\"")).collect();
        diagnostics.push(
            Diagnostic::new(codes::TYPE_FROM_PROSE, span, format!("keyword{of} told in prose"))
                .label(format!("read as {} or {}", schema.ty.kind(), shown.join(" or ")))
                .help("override the type in docwright.yaml if this is not right"),
        );
        unite(schema, keywords, span);
    });
}

/// Makes the schema one of what it was and the keywords. What describes the field stays with the whole.
fn unite(schema: &mut Schema, keywords: Vec<String>, span: Span) {
    let values = keywords
        .into_iter()
        .map(|word| EnumValue { value: Value::String(word), description: None, span })
        .collect();
    let documented = Schema {
        format: schema.format.take(),
        values: std::mem::take(&mut schema.values),
        limits: std::mem::take(&mut schema.limits),
        ..Schema::new(std::mem::take(&mut schema.ty), schema.span)
    };
    schema.ty = Type::Union(vec![documented, Schema { values, ..Schema::new(Type::String, span) }]);
}

fn keywords(description: &str, ty: &Type) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    // What quotes nothing, or names none, is not taken apart: that is nearly everything.
    let may_quote = memchr3(b'\'', b'"', b'`', description.as_bytes()).is_some() || !description.is_ascii();
    if !may_quote || !NOUNS.iter().any(|noun| noun.split(' ').all(|word| mentions(description, word))) {
        return found;
    }
    for sentence in running_sentences(description) {
        for (before, word, after) in quoted(&sentence) {
            let fits = offers(&before.to_lowercase(), &after.to_lowercase());
            let plain = word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.'));
            if fits && plain && ty.parse_value(word).is_none() && !found.iter().any(|known| known == word) {
                found.push(word.to_owned());
            }
        }
    }
    found.truncate(MAX_KEYWORDS);
    found
}

/// The quoted stretches of a sentence, with what stands before and after.
fn quoted(sentence: &str) -> Vec<(&str, &str, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(open) =
        sentence.get(at..).and_then(|rest| rest.find(['\'', '"', '`', '“', '‘'])).map(|open| at + open)
    {
        let Some(mark) = sentence.get(open..).and_then(|rest| rest.chars().next()) else { break };
        let close = match mark {
            '“' => '”',
            '‘' => '’',
            mark => mark,
        };
        let start = open + mark.len_utf8();
        let begins_word = sentence
            .get(..open)
            .and_then(|before| before.chars().next_back())
            .is_none_or(|c| !c.is_alphanumeric());
        let length = sentence.get(start..).and_then(|rest| rest.find(close)).filter(|length| *length <= 40);
        let (Some(length), true) = (length, begins_word) else {
            at = start;
            continue;
        };
        let parts = (
            sentence.get(..open),
            sentence.get(start..start + length),
            sentence.get(start + length + close.len_utf8()..),
        );
        if let (Some(before), Some(word), Some(after)) = parts
            && !word.is_empty()
        {
            found.push((before, word, after));
        }
        at = start + length + close.len_utf8();
    }
    found
}

/// What a quoted word is called where it is a value.
const NOUNS: [&str; 7] =
    ["keyword", "special value", "special keyword", "literal", "magic value", "reserved word", "placeholder"];

/// Whether the words around a quoted one offer it as a value: `use the '…' keyword`, `or the keyword '…'`.
fn offers(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let after = after.trim_start();
    let named = NOUNS.iter().any(|noun| before.ends_with(noun) || after.starts_with(noun));
    let bare =
        NOUNS.iter().fold(before, |before, noun| before.strip_suffix(noun).unwrap_or(before).trim_end());
    let bare = bare.strip_suffix(" the").or_else(|| bare.strip_suffix(" a")).unwrap_or(bare);
    let last = bare.trim_end().rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    // "The 'current' keyword is not allowed", "do not use the 'current' keyword".
    let denied = ["not ", "n't ", "never ", "no longer "]
        .iter()
        .any(|word| before.contains(word) || after.contains(word));
    named
        && !denied
        && matches!(
            last,
            "use" | "or" | "pass" | "supply" | "specify" | "using" | "provide" | "send" | "accepts"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        assert_eq!(keywords(text, &Type::Integer), expected, "{text}");
    }

    #[test]
    fn offered_keywords() {
        check("The lamp's number. Use the 'current' keyword to update the current lamp.", &["current"]);
        check("The number, or the keyword `me`.", &["me"]);
        check("Pass the special value \"all\" for every lamp.", &["all"]);
        check("Use 'first' keyword or the 'last' keyword.", &["first", "last"]);
    }

    #[test]
    fn ordinary_quotes_offer_nothing() {
        check("The user's lamp and the user's 'name'.", &[]);
        check("Only 'name' and 'kind' properties are required.", &[]);
        check("Do not use the 'current' keyword.", &[]);
        check("Use the '5' keyword.", &[]);
        check("Searches for the 'lamp' keyword.", &[]);
        check("Use the 'unclosed", &[]);
    }

    #[test]
    fn what_describes_the_field_stays_with_it() {
        let span = Span::default();
        let mut schema = Schema::new(Type::Integer, span);
        schema.format = Some(crate::model::Text::new("int64", span));
        unite(&mut schema, vec!["current".to_owned()], span);
        assert!(schema.format.is_none());
        let Type::Union(alternatives) = &schema.ty else { panic!("a union") };
        assert_eq!(alternatives.iter().map(|a| a.ty.kind()).collect::<Vec<_>>(), ["integer", "string"]);
        assert!(alternatives[0].format.is_some());
        assert_eq!(alternatives[1].values[0].value, "current");
    }
}
