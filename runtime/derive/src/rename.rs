//! The rules of serde's `rename_all`, for fields.

/// A rule by which names of fields, `in_snake_case`, become names on the wire.
#[derive(Clone, Copy, Default)]
pub(crate) enum RenameRule {
    /// As they are; so are they with serde's `lowercase`.
    #[default]
    Same,
    Camel,
    Kebab,
    Pascal,
    ScreamingKebab,
    Upper,
}

impl RenameRule {
    /// The rule of that name, of serde's.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Some(match name {
            "lowercase" | "snake_case" => Self::Same,
            "camelCase" => Self::Camel,
            "kebab-case" => Self::Kebab,
            "PascalCase" => Self::Pascal,
            "SCREAMING-KEBAB-CASE" => Self::ScreamingKebab,
            "UPPERCASE" | "SCREAMING_SNAKE_CASE" => Self::Upper,
            _ => return None,
        })
    }

    pub(crate) fn apply(self, field: &str) -> String {
        match self {
            Self::Same => field.to_owned(),
            Self::Camel => {
                let pascal = pascal(field);
                let mut letters = pascal.chars();
                let first = letters.next().map(|letter| letter.to_ascii_lowercase());
                first.into_iter().chain(letters).collect()
            }
            Self::Kebab => field.replace('_', "-"),
            Self::Pascal => pascal(field),
            Self::ScreamingKebab => field.to_ascii_uppercase().replace('_', "-"),
            Self::Upper => field.to_ascii_uppercase(),
        }
    }
}

fn pascal(field: &str) -> String {
    let mut pascal = String::with_capacity(field.len());
    for word in field.split('_') {
        let mut letters = word.chars();
        pascal.extend(letters.next().map(|letter| letter.to_ascii_uppercase()));
        pascal.push_str(letters.as_str());
    }
    pascal
}
