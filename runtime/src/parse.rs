//! Values from their text form: parameters of a request.

use std::{any::TypeId, str::FromStr};

/// A value from its text form, where that is the one that the value is written in.
///
/// An integer is written in one way: `007`, `+7` and `-0` are none, so that one resource has one URL. What a number
/// is in JSON, it is here: `inf` and `NaN` are none.
///
/// ```
/// use docwright_runtime::parse;
///
/// assert_eq!(parse::<i64>("7"), Some(7));
/// assert_eq!(parse::<i64>("007"), None);
/// assert_eq!(parse::<String>("007").as_deref(), Some("007"));
/// assert_eq!(parse::<f64>("NaN"), None);
/// ```
#[must_use]
pub fn parse<T: FromStr + 'static>(text: &str) -> Option<T> {
    let is_any = |types: &[TypeId]| types.contains(&TypeId::of::<T>());
    let written = if is_any(&[TypeId::of::<i32>(), TypeId::of::<i64>()]) {
        is_integer(text)
    } else if is_any(&[TypeId::of::<f32>(), TypeId::of::<f64>()]) {
        !text.contains(|c: char| c.is_ascii_alphabetic() && !matches!(c, 'e' | 'E'))
    } else {
        true
    };
    text.parse().ok().filter(|_| written)
}

/// Whether a text is an integer without a sign or a zero that it could do without.
fn is_integer(text: &str) -> bool {
    match text.strip_prefix('-').unwrap_or(text).as_bytes() {
        [b'0'] => text == "0",
        [first, ..] => first.is_ascii_digit() && *first != b'0',
        [] => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_integer_is_written_in_one_way() {
        for (text, value) in [("0", 0), ("7", 7), ("-7", -7), ("10", 10), ("-9223372036854775808", i64::MIN)]
        {
            assert_eq!(parse::<i64>(text), Some(value), "{text}");
        }
        for text in
            ["", "-", "+7", "07", "007", "-07", "-0", "00", "7 ", " 7", "7.0", "0x7", "9223372036854775808"]
        {
            assert_eq!(parse::<i64>(text), None, "{text}");
        }
        assert_eq!(parse::<i32>("07"), None);
        assert_eq!(parse::<i32>("2147483648"), None);
    }

    #[test]
    fn a_number_is_one_of_json() {
        for text in ["1", "1.50", "-1e3", "1E3"] {
            assert_eq!(parse::<f64>(text), text.parse().ok(), "{text}");
        }
        for text in ["inf", "-inf", "NaN", "nan", "infinity"] {
            assert_eq!(parse::<f32>(text), None, "{text}");
        }
    }
}
