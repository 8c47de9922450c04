//! Makes Rust names: the only place that does.
//!
//! A [`Name`] is a valid identifier, in the case of its kind, ASCII, and raw where it has to be.
//! A [`Scope`] hands out each name once; what meets after recasing is numbered, in the order in which
//! names are asked for.

use std::{borrow::Cow, fmt};

use foldhash::{HashMap, HashSet};

/// A Rust identifier.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(String);

impl Name {
    /// The identifier as it is written in code: `r#type`.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// The identifier as serde sees it: without `r#`.
    pub(crate) fn unraw(&self) -> &str {
        self.0.strip_prefix("r#").unwrap_or(&self.0)
    }

    /// The token.
    pub(crate) fn ident(&self) -> proc_macro2::Ident {
        let span = proc_macro2::Span::call_site();
        if self.0.starts_with("r#") {
            proc_macro2::Ident::new_raw(self.unraw(), span)
        } else {
            proc_macro2::Ident::new(&self.0, span)
        }
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a name is for, which decides its case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A type: upper camel case, not one of the prelude.
    Type,
    /// A variant: upper camel case.
    Variant,
    /// A field, function or module: snake case.
    Value,
    /// A constant: upper snake case.
    Constant,
}

/// Hands out names, each once.
#[derive(Debug, Default)]
pub(crate) struct Scope {
    taken: HashSet<String>,
    /// The last number that a text's own name was given, so that many names that meet cost no more each.
    numbers: HashMap<String, usize>,
}

impl Scope {
    /// A name for `text` that this scope has not handed out yet.
    pub(crate) fn name(&mut self, kind: Kind, text: &str) -> Name {
        let mut name = escape(kind, recase(kind, text));
        if self.taken.contains(&name) {
            let base = recase(kind, text);
            let number = self.numbers.entry(base.clone()).or_insert(1);
            while self.taken.contains(&name) {
                *number += 1;
                // A digit at the end keeps its distance: `v1` and `v1_2`, `User` and `User2`.
                let separator = if matches!(kind, Kind::Value | Kind::Constant) { "_" } else { "" };
                name = escape(kind, format!("{base}{separator}{number}"));
            }
        }
        self.taken.insert(name.clone());
        Name(name)
    }

    /// The name for `text` as it is, if this scope has not handed it out yet.
    pub(crate) fn free_name(&mut self, kind: Kind, text: &str) -> Option<Name> {
        let name = escape(kind, recase(kind, text));
        if self.taken.contains(&name) {
            return None;
        }
        self.taken.insert(name.clone());
        Some(Name(name))
    }

    /// A name for each text. Those that are wanted as they are come first.
    pub(crate) fn names<'t>(
        &mut self,
        kind: Kind,
        texts: impl Iterator<Item = (&'t str, bool)> + Clone,
    ) -> Vec<Name> {
        let mut names: Vec<(usize, Name)> = Vec::new();
        for first in [true, false] {
            let texts = texts.clone().enumerate().filter(|(_, (_, wanted))| *wanted == first);
            names.extend(texts.map(|(at, (text, _))| (at, self.name(kind, text))));
        }
        names.sort_by_key(|(at, _)| *at);
        names.into_iter().map(|(_, name)| name).collect()
    }

    /// Whether the name for `text` is still to be had.
    pub(crate) fn is_free(&self, kind: Kind, text: &str) -> bool {
        !self.taken.contains(&escape(kind, recase(kind, text)))
    }
}

/// Words of a text as Rust recases it: split at everything but letters and digits and where the case
/// rises; transliterated to ASCII, so that every identifier can be typed anywhere and rustc's lints on
/// confusable characters have nothing to say.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    each_word(&ascii(text), |word| words.push(word.to_ascii_lowercase()));
    words
}

fn ascii(text: &str) -> Cow<'_, str> {
    // `+1` and `-1` differ in nothing but their sign.
    let signed = match text.as_bytes() {
        [b'+', digit, ..] if digit.is_ascii_digit() => Cow::Owned(text.replacen('+', "plus ", 1)),
        [b'-', digit, ..] if digit.is_ascii_digit() => Cow::Owned(text.replacen('-', "minus ", 1)),
        _ => Cow::Borrowed(text),
    };
    if signed.is_ascii() { signed } else { Cow::Owned(deunicode::deunicode(&signed)) }
}

/// The words of an ASCII text, of letters and digits: a capital begins one behind a small letter, and before a small
/// letter in a row of capitals. As `heck` has it, without a string for each.
fn each_word(ascii: &str, mut each: impl FnMut(&str)) {
    let bytes = ascii.as_bytes();
    let mut start = 0;
    // Whether the last letter of the word was a capital; a digit goes on as what it follows.
    let mut upper = None;
    let mut word = |range: std::ops::Range<usize>| {
        if let Some(word) = ascii.get(range).filter(|word| !word.is_empty()) {
            each(word);
        }
    };
    for (at, byte) in bytes.iter().enumerate() {
        if !byte.is_ascii_alphanumeric() {
            word(start..at);
            (start, upper) = (at + 1, None);
            continue;
        }
        if byte.is_ascii_uppercase()
            && (upper == Some(false)
                || upper == Some(true) && bytes.get(at + 1).is_some_and(u8::is_ascii_lowercase))
        {
            word(start..at);
            start = at;
        }
        if byte.is_ascii_alphabetic() {
            upper = Some(byte.is_ascii_uppercase());
        }
    }
    word(start..bytes.len());
}

/// The longest identifier, but for a number at its end. rustdoc and docwright make files of names, and file
/// systems allow no more than 255 bytes.
const LONGEST: usize = 160;

fn recase(kind: Kind, text: &str) -> String {
    let ascii = ascii(text);
    let mut name = String::with_capacity(ascii.len() + 4);
    each_word(&ascii, |word| {
        if matches!(kind, Kind::Value | Kind::Constant) && !name.is_empty() {
            name.push('_');
        }
        let start = name.len();
        name.push_str(word);
        let (first, rest) = match kind {
            Kind::Type | Kind::Variant => (start + 1, start + 1),
            Kind::Value => (start, start),
            Kind::Constant => (name.len(), name.len()),
        };
        if let Some(upper) = name.get_mut(start..first) {
            upper.make_ascii_uppercase();
        }
        if let Some(lower) = name.get_mut(rest..) {
            lower.make_ascii_lowercase();
        }
    });
    if name.is_empty() {
        name = match kind {
            Kind::Type => "Unnamed".into(),
            Kind::Variant => "Empty".into(),
            Kind::Value => "unnamed".into(),
            Kind::Constant => "UNNAMED".into(),
        };
    }
    if name.starts_with(|c: char| c.is_ascii_digit()) {
        let prefix = match kind {
            Kind::Type => "Type",
            Kind::Variant => "V",
            Kind::Value | Kind::Constant => "_",
        };
        name.insert_str(0, prefix);
    }
    // All is ASCII here.
    name.truncate(LONGEST);
    name.truncate(name.trim_end_matches('_').len().max(1));
    name
}

/// Names of types that generated code uses bare, so that no generated type may have them. Sorted, as those below.
const RESERVED_TYPES: &[&str] = &[
    "BTreeMap",
    "Box",
    "Checker",
    "Clone",
    "Debug",
    "Default",
    "Deserialize",
    "Display",
    "Eq",
    "Err",
    "From",
    "Hash",
    "Into",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Secret",
    "Self",
    "Serialize",
    "Some",
    "String",
    "ToString",
    "Validate",
    "Vec",
];

/// The keywords of all editions that an identifier can be only as a raw one.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn", "else",
    "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let", "loop", "macro",
    "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return", "static", "struct", "trait",
    "true", "try", "type", "typeof", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// The keywords that cannot even be raw identifiers.
const NEVER_RAW: &[&str] = &["self", "super", "crate"];

fn escape(kind: Kind, name: String) -> String {
    match kind {
        Kind::Type if RESERVED_TYPES.binary_search(&name.as_str()).is_ok() => format!("{name}Type"),
        Kind::Variant if name == "Self" => "SelfValue".to_owned(),
        Kind::Value if NEVER_RAW.contains(&name.as_str()) => format!("{name}_"),
        Kind::Value if KEYWORDS.binary_search(&name.as_str()).is_ok() => format!("r#{name}"),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(kind: Kind, texts: &[&str]) -> Vec<String> {
        let mut scope = Scope::default();
        texts.iter().map(|text| scope.name(kind, text).to_string()).collect()
    }

    #[test]
    fn fields_are_snake_case_and_keywords_raw() {
        let texts =
            ["createdAt", "_links", "type", "self", "2fa", "a.b", "user-id", "gen", "HTMLBody", "crate"];
        let wanted = [
            "created_at",
            "links",
            "r#type",
            "self_",
            "_2fa",
            "a_b",
            "user_id",
            "r#gen",
            "html_body",
            "crate_",
        ];
        assert_eq!(names(Kind::Value, &texts), wanted);
    }

    /// What users of Rust know recasing to be.
    #[test]
    fn recasing_is_that_of_heck() {
        let alphabet = ["a", "b", "A", "B", "1", "_", ".", "é"];
        for number in 0..alphabet.len().pow(5) {
            let letters = (0..5).map(|place| alphabet[number / alphabet.len().pow(place) % alphabet.len()]);
            let text: String = letters.collect();
            let (ascii, text) = (deunicode::deunicode(&text), text.as_str());
            assert_eq!(words(text).join("_"), heck::AsSnakeCase(&ascii).to_string(), "{text}");
            let camel = heck::AsUpperCamelCase(&ascii).to_string();
            if camel.starts_with(|c: char| c.is_ascii_alphabetic()) {
                assert_eq!(recase(Kind::Variant, text), camel, "{text}");
                let constant = heck::AsShoutySnakeCase(&ascii).to_string();
                assert_eq!(recase(Kind::Constant, text), constant, "{text}");
            }
        }
    }

    #[test]
    fn names_that_meet_are_numbered() {
        assert_eq!(
            names(Kind::Value, &["fooBar", "foo_bar", "foo-bar"]),
            ["foo_bar", "foo_bar_2", "foo_bar_3"]
        );
        assert_eq!(names(Kind::Value, &["+1", "-1", "1"]), ["plus_1", "minus_1", "_1"]);
    }

    #[test]
    fn many_names_that_meet_are_numbered_in_one_go() {
        let mut scope = Scope::default();
        // Counting from 2 for each of them would take minutes.
        for number in 1..=100_000 {
            let name = scope.name(Kind::Value, "!".repeat(number % 7 + 1).as_str());
            let wanted = if number == 1 { "unnamed".to_owned() } else { format!("unnamed_{number}") };
            assert_eq!(name.as_str(), wanted);
        }
        assert_eq!(scope.name(Kind::Value, "unnamed_7").as_str(), "unnamed_7_2");
    }

    #[test]
    fn types_keep_clear_of_the_prelude() {
        assert_eq!(
            names(Kind::Type, &["option", "OptionType", "Self", "404"]),
            ["OptionType", "OptionType2", "SelfType", "Type404"]
        );
        assert_eq!(
            names(Kind::Variant, &["self", "ROLE_ADMIN", "1", ""]),
            ["SelfValue", "RoleAdmin", "V1", "Empty"]
        );
    }

    #[test]
    fn what_is_searched_is_sorted() {
        assert!(RESERVED_TYPES.is_sorted() && KEYWORDS.is_sorted());
    }

    #[test]
    fn long_names_are_cut_and_told_apart() {
        let text = "word ".repeat(100);
        for kind in [Kind::Type, Kind::Variant, Kind::Value] {
            let names = names(kind, &[&text, &text]);
            assert!(names.iter().all(|name| (LONGEST - 5..LONGEST + 3).contains(&name.len())), "{names:?}");
            assert_ne!(names[0], names[1]);
        }
    }

    #[test]
    fn other_scripts_are_transliterated() {
        assert_eq!(
            names(Kind::Value, &["größe", "имя", "", "***"]),
            ["grosse", "imia", "unnamed", "unnamed_2"]
        );
    }

    #[test]
    fn every_name_is_an_identifier() {
        for text in ["", "_", "r#type", "\u{202e}x", "a\nb", "🦀", "'; drop", "é", "__proto__", "𝒳"] {
            for kind in [Kind::Type, Kind::Variant, Kind::Value, Kind::Constant] {
                let name = Scope::default().name(kind, text);
                assert!(syn::parse_str::<syn::Ident>(name.as_str()).is_ok(), "{text:?} became {name}");
            }
        }
    }
}
