//! Words of English sentences, by what they tell where no line break tells sentences from fields.

/// Words that a sentence goes on behind: none ends with them.
const LEADING: [&str; 17] = [
    "a", "an", "the", "these", "those", "of", "is", "are", "was", "be", "as", "or", "and", "its", "each",
    "every", "either",
];

/// Words before a type's word that parameters are called, too: `from` and `to` of a range.
const PREPOSITIONS: [&str; 8] = ["from", "to", "in", "by", "on", "at", "for", "with"];

/// Other words that go before a type's word.
const BEFORE_TYPES: [&str; 46] = [
    "this",
    "that",
    "without",
    "into",
    "if",
    "it",
    "no",
    "not",
    "one",
    "two",
    "per",
    "than",
    "then",
    "return",
    "returns",
    "returned",
    "contain",
    "contains",
    "optional",
    "required",
    "valid",
    "new",
    "same",
    "other",
    "another",
    "such",
    "empty",
    "given",
    "unique",
    "encoded",
    "random",
    "single",
    "full",
    "raw",
    "plain",
    "short",
    "long",
    "following",
    "nested",
    "simple",
    "whole",
    "positive",
    "negative",
    "non-empty",
    "comma-separated",
    "readable",
];

/// Words that go on with a type's word in a sentence.
const BEHIND_TYPES: [&str; 34] = [
    "is",
    "are",
    "was",
    "were",
    "be",
    "has",
    "have",
    "of",
    "that",
    "which",
    "to",
    "for",
    "in",
    "on",
    "with",
    "and",
    "or",
    "as",
    "can",
    "must",
    "will",
    "should",
    "may",
    "by",
    "used",
    "from",
    "value",
    "values",
    "containing",
    "representing",
    "if",
    "where",
    "required",
    "optional",
];

/// Words that go on with `required` in a sentence.
const BEHIND_REQUIRED: [&str; 9] = ["if", "when", "for", "by", "to", "only", "unless", "in", "on"];

/// Whether a sentence goes on behind a word, whatever its case.
pub(super) fn leads_on(word: &str) -> bool {
    word.eq_ignore_ascii_case("when") || LEADING.iter().any(|known| word.eq_ignore_ascii_case(known))
}

/// Whether sentences have a word before one for a type.
pub(super) fn goes_before_type(word: &str) -> bool {
    is_preposition(word) || LEADING.contains(&word) || BEFORE_TYPES.contains(&word)
}

/// Whether sentences have a word before one for a type, and parameters are called so.
pub(super) fn is_preposition(word: &str) -> bool {
    PREPOSITIONS.contains(&word)
}

/// Whether sentences have a word, with what ends a clause behind it or not, behind one for a type.
pub(super) fn goes_behind_type(word: &str) -> bool {
    BEHIND_TYPES.contains(&word.trim_end_matches([',', '.']))
}

/// Whether sentences have a word behind `required`.
pub(super) fn goes_behind_required(word: &str) -> bool {
    BEHIND_REQUIRED.contains(&word)
}
