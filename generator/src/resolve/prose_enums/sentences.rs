//! Values within a sentence: listed after a phrase that announces them, or numbers with their labels.

use serde_json::Value;

use super::{
    Labelled,
    announcement::{announcement, quoted_announcement},
    labelled, token,
};
use crate::{model::Type, resolve::prose::unquoted};

/// Values listed after a phrase: `Available values are ASC and DESC.`
pub(super) fn announced(name: Option<&str>, sentences: &[String], ty: &Type) -> Option<Vec<Labelled>> {
    let plain = sentences.iter().find_map(|sentence| list_of(announcement(name, sentence)?, ty));
    plain.or_else(|| {
        let quoted = |sentence: &String| {
            let list = quoted_announcement(name, sentence)?;
            all_quoted(list).then(|| list_of(list, ty)).flatten()
        };
        sentences.iter().find_map(quoted)
    })
}

/// Whether a list holds nothing but values in quotes.
fn all_quoted(list: &str) -> bool {
    let list = list.trim_matches([':', '.', ' ']).replace(" and ", ", ").replace(" or ", ", ");
    let mut parts = list.split(',').map(str::trim).filter(|part| !part.is_empty()).peekable();
    let bare = |part: &str| unquoted(part.trim_start_matches("or ").trim_start_matches("and ")).is_some();
    parts.peek().is_some() && parts.all(bare)
}

fn list_of(list: &str, ty: &Type) -> Option<Vec<Labelled>> {
    let list = list.trim_start_matches(':').trim().trim_end_matches('.');
    let list =
        list.strip_prefix("the following:").unwrap_or(list).replace(" and ", ", ").replace(" or ", ", ");
    let parts: Vec<&str> =
        list.split([',', '|', ';']).map(str::trim).filter(|part| !part.is_empty()).collect();
    if *ty == Type::Integer && parts.len() == 1 {
        return numbers_in_row(&list);
    }
    parts.into_iter().map(|part| listed(part, ty)).collect()
}

/// One value of a list, with what stands in parentheses behind it.
fn listed(part: &str, ty: &Type) -> Option<Labelled> {
    let part = part.strip_prefix("and ").or_else(|| part.strip_prefix("or ")).unwrap_or(part);
    let (word, label) = match part.strip_suffix(')').and_then(|part| part.split_once(" (")) {
        Some((word, label)) => (word.trim(), Some(label.trim().to_owned())),
        None => (part, None),
    };
    match ty {
        Type::Integer => match word.parse::<i64>() {
            Ok(number) => Some((Value::from(number), label)),
            Err(_) => labelled(word, ty),
        },
        _ => Some((Value::String(token(word)?.to_owned()), label)),
    }
}

/// `0: Administrator role 1: Client role`, whose line breaks are lost.
fn numbers_in_row(list: &str) -> Option<Vec<Labelled>> {
    let mut found: Vec<Labelled> = Vec::new();
    for word in list.split_whitespace() {
        let number = word.strip_suffix(':').and_then(|number| number.parse::<i64>().ok());
        match (number, found.last_mut()) {
            (Some(number), _) => found.push((Value::from(number), Some(String::new()))),
            (None, Some((_, Some(label)))) if !matches!(word, "-" | "*" | "_") => {
                if !label.is_empty() {
                    label.push(' ');
                }
                label.push_str(word);
            }
            (None, Some(_)) => {}
            (None, None) => return None,
        }
    }
    found.iter().all(|(_, label)| label.as_ref().is_some_and(|label| !label.is_empty())).then_some(found)
}

/// `0 is Administrator, 1 is Client.`: consecutive numbers, each with a short label.
pub(super) fn numbers_in_sentence(sentence: &str, ty: &Type) -> Option<Vec<Labelled>> {
    if *ty != Type::Integer {
        return None;
    }
    let sentence = sentence.trim_end_matches('.');
    let start = sentence.find(|c: char| c.is_ascii_digit())?;
    let before = sentence.get(..start)?.trim_end().to_lowercase();
    if !(before.is_empty() || before.ends_with([':', '(']) || before.ends_with("where")) {
        return None;
    }
    let list = sentence.get(start..)?.trim_end_matches(')').replace(" and ", ", ");
    let mut found: Vec<Labelled> = Vec::new();
    for clause in list.split([',', ';']).map(str::trim).filter(|clause| !clause.is_empty()) {
        let (number, label) = clause
            .split_once(" is ")
            .or_else(|| clause.split_once(" means "))
            .or_else(|| clause.split_once(" for "))
            .or_else(|| clause.split_once(" = "))
            .or_else(|| clause.split_once(" - "))
            .or_else(|| clause.split_once(": "))
            .or_else(|| clause.split_once('='))?;
        let number = number.trim().parse::<i64>().ok()?;
        let label = label.trim();
        if label.is_empty() || label.split_whitespace().count() > 5 || measures(label) {
            return None;
        }
        found.push((Value::from(number), Some(label.to_owned())));
    }
    let consecutive = found.windows(2).all(|pair| match pair {
        [(first, _), (second, _)] => first.as_i64().zip(second.as_i64()).is_some_and(|(a, b)| b == a + 1),
        _ => false,
    });
    (found.len() >= 2 && consecutive).then_some(found)
}

/// Whether a label places a number on a scale: then the numbers are ends of a range, not names.
fn measures(label: &str) -> bool {
    const WORDS: [&str; 22] = [
        "lowest",
        "highest",
        "minimum",
        "maximum",
        "min",
        "max",
        "default",
        "unlimited",
        "first",
        "last",
        "smallest",
        "largest",
        "best",
        "worst",
        "least",
        "most",
        "slowest",
        "fastest",
        "lower",
        "higher",
        "beginning",
        "start",
    ];
    label.to_lowercase().split(|c: char| !c.is_alphanumeric()).any(|word| WORDS.contains(&word))
}
