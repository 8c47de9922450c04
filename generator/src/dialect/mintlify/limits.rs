//! What a constraint's label says of lengths, counts and ranges comes in, limits of a schema go out.
//!
//! Enter at [`limit`].

use serde_json::{Number, Value};

use super::labels::Constraint;
use crate::model::{Limits, Schema, Type};

/// Sets a limit; `None` where the text states none.
pub(super) fn limit(schema: &mut Schema, constraint: Constraint, text: &str) -> Option<()> {
    match constraint {
        Constraint::Range => return range(&mut innermost(schema).limits, text),
        Constraint::MultipleOf => {
            innermost(schema).limits.multiple_of = Some(number(text)?);
            return Some(());
        }
        _ => {}
    }
    let mut counts = text.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse::<u64>().ok());
    let low = Some(counts.next()?);
    // One number is both bounds.
    let high = counts.next().or(low);
    let of_array = matches!(schema.ty, Type::Array(_));
    if matches!(constraint, Constraint::ArrayLength | Constraint::MaxItems | Constraint::MinItems)
        || (of_array && matches!(constraint, Constraint::Longest | Constraint::Shortest))
    {
        let limits = &mut schema.limits;
        match constraint {
            Constraint::MaxItems | Constraint::Longest => limits.max_items = high,
            Constraint::MinItems | Constraint::Shortest => limits.min_items = low,
            _ => (limits.min_items, limits.max_items) = (low, high),
        }
        return Some(());
    }
    let limits = &mut innermost(schema).limits;
    match constraint {
        Constraint::StringLength => (limits.min_length, limits.max_length) = (low, high),
        Constraint::MaxLength | Constraint::Longest => limits.max_length = high,
        Constraint::MinLength | Constraint::Shortest => limits.min_length = low,
        Constraint::MaxProperties => limits.max_properties = high,
        Constraint::MinProperties => limits.min_properties = low,
        _ => return None,
    }
    Some(())
}

/// Reads `1 <= x <= 100`, `x >= 1`, `0 < x < 1`.
fn range(limits: &mut Limits, text: &str) -> Option<()> {
    let words: Vec<&str> = text.split_whitespace().map(|word| word.trim_start_matches('\\')).collect();
    let mut known = None;
    for triple in words.windows(3) {
        let [left, operator, right] = triple else { continue };
        let (value, operator) = match (*left == "x", *right == "x") {
            (true, false) => (number(right)?, *operator),
            // `1 <= x` says `x >= 1`.
            (false, true) => (number(left)?, mirrored(operator)),
            _ => continue,
        };
        match operator {
            ">=" | "≥" => limits.minimum = Some(value),
            "<=" | "≤" => limits.maximum = Some(value),
            ">" => limits.exclusive_minimum = Some(value),
            "<" => limits.exclusive_maximum = Some(value),
            _ => return None,
        }
        known = Some(());
    }
    known
}

fn mirrored(operator: &str) -> &'static str {
    match operator {
        "<=" | "≤" => ">=",
        ">=" | "≥" => "<=",
        "<" => ">",
        ">" => "<",
        _ => "",
    }
}

pub(super) fn number(text: &str) -> Option<Number> {
    match serde_json::from_str(text).ok()? {
        Value::Number(number) => Some(number),
        _ => None,
    }
}

/// The innermost items of an array: what lengths and ranges are about. Types nest little.
pub(super) fn innermost(schema: &mut Schema) -> &mut Schema {
    match schema.ty {
        Type::Array(ref mut items) => innermost(items),
        _ => schema,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn limits(constraint: Constraint, text: &str) -> Limits {
        let mut schema = Schema::default();
        limit(&mut schema, constraint, text);
        schema.limits.into_inner()
    }

    #[test]
    fn ranges_have_one_or_two_bounds() {
        let both = limits(Constraint::Range, "1 <= x <= 100");
        assert_eq!((both.minimum, both.maximum), (number("1"), number("100")));
        let low = limits(Constraint::Range, "x \\>= 5000");
        assert_eq!((low.minimum, low.maximum), (number("5000"), None));
        let open = limits(Constraint::Range, "-1.5 < x < 2");
        assert_eq!((open.exclusive_minimum, open.exclusive_maximum), (number("-1.5"), number("2")));
    }

    #[test]
    fn lengths_are_exact_or_between() {
        let exact = limits(Constraint::StringLength, "2");
        assert_eq!((exact.min_length, exact.max_length), (Some(2), Some(2)));
        let between = limits(Constraint::ArrayLength, "1 - 10 elements");
        assert_eq!((between.min_items, between.max_items), (Some(1), Some(10)));
        assert_eq!(limits(Constraint::MaxLength, "255").max_length, Some(255));
    }
}
