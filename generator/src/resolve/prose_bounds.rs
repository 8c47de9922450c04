//! Limits that are told in words of their own: `(max 100)`, `Must be between 1 and 10.`, `Maximum length: 64`.
//!
//! A server refuses what is not within a limit, so that only what leaves no doubt is one: a clause that says it and
//! nothing else, in a sentence without a condition, on a page whose dialect has no notation for limits. `The maximum
//! wait is 10 minutes`, `usually between 1 and 5` and `max 10 (50 for members)` limit nothing. Enter at [`read_bounds`].

use serde_json::{Number, Value};

use super::{
    prose::{lines, mentions, sentences, without_bullet},
    prose_limits::PARTS,
};
use crate::model::{Limits, Schema, Type};

/// What the clauses that are read have, one or the other.
const WORDS: [&str; 8] = ["max", "min", "between", "least", "most", "from", "than", "exceed"];
/// Words of a sentence whose limits hold in some cases only, or not strictly.
const CONDITIONS: [&str; 23] = [
    "if",
    "when",
    "unless",
    "otherwise",
    "except",
    "depending",
    "depends",
    "recommended",
    "recommend",
    "suggested",
    "should",
    "typically",
    "generally",
    "usually",
    "normally",
    "often",
    "about",
    "approximately",
    "around",
    "roughly",
    "per",
    "each",
    "every",
];
/// Words of a description that say what becomes of values beyond a limit: they are valid.
const CORRECTIONS: [&str; 8] =
    ["capped", "clamp", "truncat", "reduced", "rounded", "ignored", "adjusted", "silently"];

/// A limit on a number, or on a text's length.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Bound<'s> {
    AtLeast(&'s str),
    AtMost(&'s str),
    Above(&'s str),
    Below(&'s str),
}

/// Whether a description may have such clauses: asked before it is taken apart.
pub(super) fn may_bound(description: &str, schema: &Schema) -> bool {
    let of_type = match schema.ty {
        Type::Integer | Type::Number => true,
        Type::String => mentions(description, "length"),
        _ => false,
    };
    of_type
        && schema.values.is_empty()
        && description.bytes().any(|byte| byte.is_ascii_digit())
        && WORDS.iter().any(|word| mentions(description, word))
        && !CORRECTIONS.iter().any(|word| mentions(description, word))
}

/// Adds the limits of a number's value, or of a string's length, that its description gives in clauses of their own.
pub(super) fn read_bounds(description: &str, schema: &mut Schema) {
    let is_text = schema.ty == Type::String;
    let mut found = Limits::default();
    for sentence in joined_lines(description).iter().flat_map(|line| sentences(line)) {
        let sentence = without_bullet(&sentence).to_lowercase();
        for bound in bounds_of(&sentence, is_text) {
            if !add(&mut found, bound, schema, is_text) {
                return;
            }
        }
    }
    if found.is_empty() {
        return;
    }
    let limits = &mut *schema.limits;
    // Limits that the page has already are completed by none that contradict them.
    let before = limits.clone();
    limits.min_length = before.min_length.or(found.min_length);
    limits.max_length = before.max_length.or(found.max_length);
    if before.minimum.is_none() && before.exclusive_minimum.is_none() {
        (limits.minimum, limits.exclusive_minimum) = (found.minimum, found.exclusive_minimum);
    }
    if before.maximum.is_none() && before.exclusive_maximum.is_none() {
        (limits.maximum, limits.exclusive_maximum) = (found.maximum, found.exclusive_maximum);
    }
    if !is_sound(schema) {
        *schema.limits = before;
    }
}

/// The lines, those that go on in lower case as one.
fn joined_lines(description: &str) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for line in lines(description) {
        match joined.last_mut() {
            Some(last) if line.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit() || c == '(') => {
                last.push(' ');
                last.push_str(&line);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// The limits of a sentence in lower case; none where anything in it may restrict them.
fn bounds_of(sentence: &str, is_text: bool) -> Vec<Bound<'_>> {
    let mut found = Vec::new();
    for clause in clauses(sentence) {
        let words: Vec<&str> = words(clause).collect();
        if words.iter().any(|word| CONDITIONS.contains(word) || (is_text && PARTS.contains(word))) {
            return Vec::new();
        }
        let bounds = limit(&words, is_text);
        let has_number = words.iter().any(|word| word.bytes().any(|byte| byte.is_ascii_digit()));
        match words.first() {
            _ if !bounds.is_empty() => found.extend(bounds),
            Some(&("default" | "defaults" | "e.g" | "example")) => {}
            // `for members, max 10`; `max 10 (50 with a badge)`.
            Some(&("for" | "in" | "with" | "on" | "by")) => return Vec::new(),
            _ if has_number => return Vec::new(),
            _ => {}
        }
    }
    found
}

/// The stretches between brackets, commas and semicolons, but not the separators of thousands.
fn clauses(sentence: &str) -> impl Iterator<Item = &str> {
    let bytes = sentence.as_bytes();
    let is_digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
    let mut start = 0;
    let mut places = sentence.match_indices(['(', ')', '[', ']', ',', ';']).map(|(at, _)| at);
    let mut done = false;
    std::iter::from_fn(move || {
        if done {
            return None;
        }
        let end = places.find(|&at| {
            bytes.get(at) != Some(&b',') || !is_digit(at.checked_sub(1)) || !is_digit(Some(at + 1))
        });
        let clause = sentence.get(start..end.unwrap_or(sentence.len()));
        done = end.is_none();
        start = end.map_or(sentence.len(), |end| end + 1);
        clause
    })
}

fn words(clause: &str) -> impl Iterator<Item = &str> {
    let parts = clause.split(|c: char| c.is_whitespace() || matches!(c, ':' | '=' | '`' | '"' | '*'));
    parts.map(|word| word.trim_end_matches(['.', '!'])).filter(|word| !word.is_empty())
}

/// The limits of a clause that says nothing else.
fn limit<'s>(words: &[&'s str], is_text: bool) -> Vec<Bound<'s>> {
    // `minimum 1 and maximum 10`
    if let [head @ .., "and", "max" | "maximum", high] = words
        && let [least] = limit(head, is_text)[..]
        && let (Bound::AtLeast(_), Some(high)) = (least, number(high))
        && !is_text
    {
        return vec![least, Bound::AtMost(high)];
    }
    let known = |word: &&str| {
        matches!(*word, "it" | "its" | "the" | "this" | "a" | "an" | "value" | "number" | "integer" | "whole")
            || matches!(*word, "must" | "has" | "have" | "to" | "be" | "is" | "note" | "length")
    };
    let start = words.iter().position(|word| !known(word)).unwrap_or(words.len());
    let (subject, rest) = words.split_at(start);
    let of_length = subject.contains(&"length");
    // `prices greater than 5`, in a clause without the prices, limits nothing.
    let is_rule =
        subject.iter().any(|word| matches!(*word, "must" | "be" | "value" | "number" | "integer" | "length"));
    let bounds = match rest {
        [side @ ("max" | "maximum" | "min" | "minimum"), middle @ .., last] => {
            let of_length = of_length || middle.contains(&"length");
            let plain = |word: &&str| {
                matches!(*word, "value" | "length" | "allowed" | "accepted" | "permitted" | "of" | "is")
            };
            return match number(last).filter(|_| of_length == is_text && middle.iter().all(plain)) {
                Some(count) if side.starts_with("max") => vec![Bound::AtMost(count)],
                Some(count) => vec![Bound::AtLeast(count)],
                None => Vec::new(),
            };
        }
        ["between", low, "and", high]
        | ["between", low, "and", high, "inclusive"]
        | ["from", low, "to", high] => match (number(low), number(high)) {
            (Some(low), Some(high)) => vec![Bound::AtLeast(low), Bound::AtMost(high)],
            _ => Vec::new(),
        },
        ["at", "least", count] | ["greater", "than", "or", "equal", "to", count] => {
            number(count).map(Bound::AtLeast).into_iter().collect()
        }
        ["at", "most", count]
        | ["no" | "not", "more" | "greater", "than", count]
        | ["less", "than", "or", "equal", "to", count]
        | ["not" | "cannot", "exceed", count] => number(count).map(Bound::AtMost).into_iter().collect(),
        ["greater", "than", count] => number(count).map(Bound::Above).into_iter().collect(),
        ["less", "than", count] => number(count).map(Bound::Below).into_iter().collect(),
        _ => Vec::new(),
    };
    if is_rule && of_length == is_text { bounds } else { Vec::new() }
}

/// A number as prose writes it: `-5`, `0.5`, `10,000`.
fn number(word: &str) -> Option<&str> {
    let digits = word.strip_prefix('-').unwrap_or(word);
    let plain = digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'));
    (plain && value(word).is_some()).then_some(word)
}

fn value(word: &str) -> Option<Number> {
    serde_json::from_str(&word.replace(',', "")).ok()
}

/// Adds a limit; `false` where the description gives another one of its kind, or it fits the type not.
fn add(found: &mut Limits, bound: Bound<'_>, schema: &Schema, is_text: bool) -> bool {
    let (Bound::AtLeast(text) | Bound::AtMost(text) | Bound::Above(text) | Bound::Below(text)) = bound;
    let Some(limit) = value(text) else { return false };
    if is_text {
        let Some(count) = limit.as_u64() else { return false };
        let place = match bound {
            Bound::AtLeast(_) => &mut found.min_length,
            Bound::AtMost(_) if count > 0 => &mut found.max_length,
            _ => return false,
        };
        return *place.get_or_insert(count) == count;
    }
    if schema.ty == Type::Integer && limit.as_i64().is_none() {
        return false;
    }
    let place = match bound {
        Bound::AtLeast(_) => &mut found.minimum,
        Bound::AtMost(_) => &mut found.maximum,
        Bound::Above(_) => &mut found.exclusive_minimum,
        Bound::Below(_) => &mut found.exclusive_maximum,
    };
    *place.get_or_insert_with(|| limit.clone()) == limit
}

/// Whether values are left within the limits, the documented default and examples among them.
fn is_sound(schema: &Schema) -> bool {
    let limits = &schema.limits;
    let float = |limit: &Option<Number>| limit.as_ref().and_then(Number::as_f64);
    let (least, most) = (float(&limits.minimum), float(&limits.maximum));
    let (above, below) = (float(&limits.exclusive_minimum), float(&limits.exclusive_maximum));
    let ordered = limits.min_length.zip(limits.max_length).is_none_or(|(least, most)| least <= most)
        && least.zip(most).is_none_or(|(least, most)| least <= most)
        && above.or(least).zip(below).is_none_or(|(low, high)| low < high)
        && above.zip(most).is_none_or(|(low, high)| low < high);
    let within = |value: &Value| match value {
        Value::String(text) => {
            let length = text.chars().count() as u64;
            limits.min_length.is_none_or(|least| length >= least)
                && limits.max_length.is_none_or(|most| length <= most)
        }
        value => value.as_f64().is_none_or(|value| {
            least.is_none_or(|least| value >= least)
                && most.is_none_or(|most| value <= most)
                && above.is_none_or(|above| value > above)
                && below.is_none_or(|below| value < below)
        }),
    };
    ordered && schema.default.iter().chain(&schema.examples).all(within)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[track_caller]
    fn check(ty: Type, text: &str, expected: &str) {
        let mut schema = Schema::new(ty, Span::default());
        if may_bound(text, &schema) {
            read_bounds(text, &mut schema);
        }
        let limits = &schema.limits;
        let shown: Vec<String> = [
            ("length>=", limits.min_length.map(Number::from)),
            ("length<=", limits.max_length.map(Number::from)),
            (">=", limits.minimum.clone()),
            ("<=", limits.maximum.clone()),
            (">", limits.exclusive_minimum.clone()),
            ("<", limits.exclusive_maximum.clone()),
        ]
        .into_iter()
        .filter_map(|(what, limit)| Some(format!("{what}{}", limit?)))
        .collect();
        assert_eq!(shown.join(" "), expected, "{text}");
    }

    #[test]
    fn clauses_of_their_own_limit_numbers() {
        for (text, expected) in [
            ("Must be between 1 and 10", ">=1 <=10"),
            ("Minimum value 5. Maximum value is 10", ">=5 <=10"),
            ("Default: 20. Maximum: 100", "<=100"),
            ("How many rooms for a guest (maximum 100).", "<=100"),
            ("A number from 1 to 100", ">=1 <=100"),
            ("Page size, max 100", "<=100"),
            ("NOTE: The maximum value accepted is 10,000.", "<=10000"),
            ("Rooms (default 10, min. 1, max. 50)", ">=1 <=50"),
            ("Minimum 1 and maximum 10.", ">=1 <=10"),
            ("The size.\n- Minimum: -5\n- Must be less than 7.", ">=-5 <7"),
            ("Must not exceed 60. It must be greater than 0.", "<=60 >0"),
        ] {
            check(Type::Integer, text, expected);
        }
        check(Type::Number, "The value must be between 0.5 and 1.", ">=0.5 <=1");
    }

    #[test]
    fn clauses_of_their_own_limit_lengths() {
        check(Type::String, "Maximum length: 100", "length<=100");
        check(Type::String, "The maximum length is 64", "length<=64");
        check(Type::String, "Its length must be between 3 and 10.", "length>=3 length<=10");
        check(Type::String, "Values are strings with a maximum length of 80", "");
    }

    #[test]
    fn doubtful_clauses_limit_nothing() {
        for text in [
            "The maximum wait is 10 minutes",
            "A value, generally between 1 and 5",
            "Max 10 (50 for members)",
            "For members, max 50",
            "Max 10 if it rains",
            "Max 100. Larger values are capped.",
            "Maximum: 10. For members: maximum 20. Maximum: 20",
            "Should be between 1 and 10",
            "Maximum length: 10",
            "Max 10 items",
            "Must be between 10 and 5",
            "Rooms for guests, between 5 and 10",
            "Prices (greater than 5)",
            "Max 10\nfor members",
            "Rows from 1 to 10 of the table",
            "Max 1.5",
        ] {
            check(Type::Integer, text, "");
        }
        check(Type::String, "Max 100", "");
        check(Type::String, "The line of that length. Max 100", "");
        check(Type::Boolean, "Max 100", "");
    }

    #[test]
    fn what_the_page_documents_is_within_the_limits() {
        let mut schema = Schema::new(Type::Integer, Span::default());
        schema.default = Some(20.into());
        read_bounds("Max 10", &mut schema);
        assert!(schema.limits.is_empty());
    }
}
