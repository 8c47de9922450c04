//! The phrases that announce a field's values, and what follows them.

use crate::resolve::prose::{after_phrase, without_bullet};

/// What announces a list of values.
const PHRASES: [&str; 29] = [
    "available values are",
    "available values:",
    "possible values are",
    "possible values:",
    "allowed values are",
    "allowed values:",
    "valid values are",
    "valid values:",
    "accepted values are",
    "accepted values:",
    "supported values are",
    "supported values:",
    "permitted values are",
    "permitted values:",
    "acceptable values are",
    "acceptable values:",
    "available options are",
    "available options:",
    "possible options are",
    "possible options:",
    "valid options are",
    "valid options:",
    "allowed options are",
    "allowed options:",
    "one of these values:",
    "must be one of",
    "can be one of",
    "should be one of",
    "one of the following:",
];

/// What announces values only where each of them is quoted: without quotes it is followed by all sorts of
/// things.
const BEFORE_QUOTED: [&str; 9] = [
    "can be either",
    "must be either",
    "may be either",
    "can be",
    "must be",
    "may be",
    "either",
    "one of",
    "options:",
];

/// The words that can stand before such a phrase and still speak of the field itself.
const SUBJECTS: [&str; 14] = [
    "the",
    "its",
    "it",
    "this",
    "value",
    "values",
    "field",
    "parameter",
    "property",
    "and",
    "currently",
    "must",
    "be",
    "can",
];

/// What follows a phrase that announces the values of the field, and not those of another thing: before
/// it stands nothing, the field's name, or the end of another clause.
pub(super) fn announcement<'t>(name: Option<&str>, text: &'t str) -> Option<&'t str> {
    announced_by(&PHRASES, name, text)
}

/// What follows a phrase that announces values where they are quoted.
pub(super) fn quoted_announcement<'t>(name: Option<&str>, text: &'t str) -> Option<&'t str> {
    announced_by(&BEFORE_QUOTED, name, text)
}

fn announced_by<'t>(phrases: &[&str], name: Option<&str>, text: &'t str) -> Option<&'t str> {
    let list = after_phrase(text, phrases)?;
    let reach = text.len() - list.len();
    let phrase = phrases.iter().filter(|phrase| {
        text.get(..reach).is_some_and(|before| before.to_ascii_lowercase().ends_with(*phrase))
    });
    let before = text.get(..reach - phrase.map(|phrase| phrase.len()).max()?)?.trim_end();
    let inside = before.ends_with('(');
    let clause = before.rsplit([',', ';', '(', ':', '.']).next().unwrap_or_default();
    let own = clause.split_whitespace().map(without_bullet).all(|word| {
        let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '_');
        word.is_empty() || Some(word) == name || SUBJECTS.contains(&word.to_lowercase().as_str())
    });
    let list = if inside { list.split(')').next().unwrap_or(list) } else { list };
    own.then_some(list)
}
