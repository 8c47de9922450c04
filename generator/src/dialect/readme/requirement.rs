//! What ReadMe pages write of whether a field must be there.
//!
//! A word comes in ([`requirement`]), or words ([`requirement_of`]), or the cell of a column that is headed by
//! the question ([`requirement_cell`]), or a description ([`described_requirement`]); a [`Requirement`] goes out, or
//! nothing where they say nothing of it.

use std::ops::Range;

use super::tables::plain;

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
        "required" | "mandatory" | "obligatory" | "requerido" | "requerida" | "obligatorio"
        | "obligatoria" | "obrigatório" | "obrigatória" | "requis" | "obligatoire" | "erforderlich"
        | "必填" | "必须" | "必須" | "필수" => Some(Requirement::Required),
        "optional" | "opcional" | "optionnel" | "facultatif" | "选填" | "可选" | "任意" | "선택" => {
            Some(Requirement::Optional)
        }
        _ => None,
    }
}

/// What words say of it, `not required` among them.
pub(super) fn requirement_of(words: &[&str]) -> Option<Requirement> {
    let at = words.iter().position(|word| requirement(word).is_some())?;
    let found = requirement(words.get(at)?)?;
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let negated = before.is_some_and(|word| is_not(word));
    Some(if negated { Requirement::Optional } else { found })
}

/// Whether a word denies the next.
pub(super) fn is_not(word: &str) -> bool {
    word.trim_matches(|c: char| !c.is_alphanumeric()).eq_ignore_ascii_case("not")
}

/// What a text says of it by a word of its own at its begin, `*Required*`, `not required - `, `Required. …`: where the
/// words stand, and where the text goes on. A word that goes on without a mark (`Required for …`) says when, or is a
/// sentence.
pub(super) fn leading_requirement(text: &str) -> Option<(Requirement, Range<usize>, usize)> {
    const MARKS: [char; 7] = ['*', '_', '`', '(', ')', '[', ']'];
    const ENDS: [char; 3] = ['.', '!', '\n'];
    let words = text.trim_start_matches(MARKS);
    let start = text.len() - words.len();
    let denied = words.get(..4).is_some_and(|not| not.eq_ignore_ascii_case("not "));
    let from = if denied { 4 } else { 0 };
    let length = words.get(from..)?.find(|c: char| !c.is_alphabetic()).unwrap_or(words.len() - from);
    let (words, behind) = words.split_at_checked(from + length)?;
    let found = requirement(words.get(from..)?)?;
    let next = behind.trim_start_matches(MARKS);
    let marked = start > 0 && next.len() < behind.len();
    // `Required - only for admins`, `**Required** (if it is new)`: a mark before the condition makes it no other.
    let goes_on = next.trim_start_matches(|c: char| !c.is_alphanumeric() && !ENDS.contains(&c));
    let goes_on = goes_on.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let conditional = matches!(goes_on, "if" | "for" | "when" | "unless" | "only" | "in" | "on");
    let set_apart = next.trim_start().starts_with(['-', '–', '—']) && next.starts_with(char::is_whitespace);
    let ends = next.trim().is_empty() || next.starts_with(['.', ':', ';', ',', '\n', '!']) || set_apart;
    let found = if denied { Requirement::Optional } else { found };
    (!conditional && (marked || ends)).then_some((found, start..start + words.len(), text.len() - next.len()))
}

/// What a description says of it: at its begin, or in parentheses at its end.
pub(super) fn described_requirement(markdown: &str) -> Option<Requirement> {
    let text = markdown.trim();
    if let Some((found, ..)) = leading_requirement(text) {
        return Some(found);
    }
    let text = plain(text);
    let last = text.trim_end_matches('.').rsplit_once('(')?.1;
    last.strip_suffix(')').and_then(requirement)
}

/// Whether the cell of a column headed `Required` says when: `Yes, if it is new`.
pub(super) fn is_condition(text: &str) -> bool {
    let text = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let rest = text.trim_start_matches(char::is_alphanumeric);
    // What follows the end of a sentence is one of its own.
    let rest = rest.trim_start_matches(|c: char| c.is_whitespace() || ",(*_`".contains(c));
    let mut words = rest.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
    let begins = |word: &str| matches!(word, "if" | "when" | "unless");
    match words.next().as_deref() {
        // `Yes (only letters)` is about the value.
        Some("only") => words.next().is_some_and(|word| begins(&word) || word == "for"),
        Some(word) => rest.len() < text.len() && begins(word),
        None => false,
    }
}

/// Whether the cell of a column that asks for yes or no says more than that, or something else.
pub(super) fn says_more(text: &str) -> bool {
    if text.trim().eq_ignore_ascii_case("n/a") {
        return false;
    }
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let first = words.next();
    let answers = |word: &str| requirement(word).is_some() || requirement_cell(word).is_some();
    (first.is_some() && requirement_cell(text).is_none()) || words.any(|word| !answers(word))
}

/// What the cell of a column headed `Required` says; the cell may go on after its first word.
pub(super) fn requirement_cell(text: &str) -> Option<Requirement> {
    let text = text.trim();
    let first = text.split([' ', ',', '.', ';', '(', '\n', '/']).next().unwrap_or_default();
    // `Yes, if it is new` says when, as `conditional` does.
    if is_condition(text) {
        return Some(Requirement::Optional);
    }
    let first = first.trim_matches(['*', '_', '`']).to_lowercase();
    match first.as_str() {
        "yes"
        | "y"
        | "true"
        | "m"
        | "r"
        | "req"
        | "must"
        | "always"
        | "x"
        | "sí"
        | "si"
        | "sim"
        | "oui"
        | "ja"
        | "是"
        | "はい"
        | "예"
        | "○"
        | "✓"
        | "✔"
        | "✔️"
        | "✅"
        | "☑"
        | "☑️"
        | "√"
        | ":white_check_mark:"
        | ":heavy_check_mark:"
        | ":ballot_box_with_check:"
        | ":fa-check:" => Some(Requirement::Required),
        ""
        | "no"
        | "n"
        | "false"
        | "o"
        | "opt"
        | "c"
        | "conditional"
        | "conditionally"
        | "sometimes"
        | "never"
        | "not"
        | "não"
        | "nao"
        | "non"
        | "nein"
        | "否"
        | "いいえ"
        | "아니요"
        | "-"
        | "–"
        | "—"
        | "✗"
        | "✘"
        | "✖"
        | "✖️"
        | "❌"
        | "×"
        | ":x:"
        | ":heavy_multiplication_x:"
        | ":fa-times:" => Some(Requirement::Optional),
        word => requirement(word),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requirements() {
        assert_eq!(requirement("*Required*"), Some(Requirement::Required));
        assert_eq!(requirement("(optional)"), Some(Requirement::Optional));
        assert_eq!(requirement_of(&["(not", "required)"]), Some(Requirement::Optional));
        assert_eq!(requirement_of(&["string,", "required"]), Some(Requirement::Required));
    }

    #[test]
    fn a_description_requires_by_a_word_of_its_own() {
        for text in [
            "*Required*",
            "**Required.** The phone",
            "Required. The phone",
            "The phone (required).",
            "Required - a",
            "Required. if so",
        ] {
            assert_eq!(described_requirement(text), Some(Requirement::Required), "{text}");
        }
        for text in ["`optional` The phone", "*Not required.* The phone"] {
            assert_eq!(described_requirement(text), Some(Requirement::Optional), "{text}");
        }
    }

    #[test]
    fn a_condition_requires_nothing() {
        for text in [
            "Required for admins.",
            "**Required** if `a` is set",
            "**Required** (if `a` is set)",
            "Required - only for admins",
            "Required, when it is new",
            "The phone is required",
            "Required-ness is told",
            "Requirements: none",
            "",
        ] {
            assert_eq!(described_requirement(text), None, "{text}");
        }
    }

    #[test]
    fn cells_answer_the_question_of_their_head() {
        let check = |text: &str, expected| assert_eq!(requirement_cell(text), expected, "{text}");
        for text in ["yes", "M", "✅", "Required*", "sí", "`true`", "Yes/No"] {
            check(text, Some(Requirement::Required));
        }
        for text in ["No (see below)", "O", "Conditional", "not required", ":x:", "—"] {
            check(text, Some(Requirement::Optional));
        }
        check("depends", None);
        for text in ["Yes. If empty, the call fails", "Required. When absent it fails", "Yes (only letters)"]
        {
            check(text, Some(Requirement::Required));
            assert!(says_more(text), "{text}");
        }
        for text in ["Yes, if new", "Yes (when new)", "Required only for rooms", "**Yes** unless off"] {
            check(text, Some(Requirement::Optional));
            assert!(is_condition(text) && says_more(text), "{text}");
        }
        for text in ["Yes", "not required", "**Required**", "No / Optional", "—", "N/A", ""] {
            assert!(!says_more(text), "{text}");
        }
    }
}
