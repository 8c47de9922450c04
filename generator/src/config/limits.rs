//! The key `limits`.

use serde::{Deserialize, Deserializer, de::Error};

use crate::limits::{LimitName, Limits};

/// Limits as they are written: one that is not is the usual one.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default, expecting = "a map from limits to numbers")]
pub(super) struct FileLimits {
    #[serde(deserialize_with = "page_bytes")]
    page_bytes: Option<usize>,
    #[serde(deserialize_with = "pages")]
    pages: Option<usize>,
    #[serde(deserialize_with = "nesting")]
    nesting: Option<usize>,
    #[serde(deserialize_with = "fields")]
    fields: Option<usize>,
    #[serde(deserialize_with = "front_matter_bytes")]
    front_matter_bytes: Option<usize>,
}

impl From<FileLimits> for Limits {
    fn from(written: FileLimits) -> Self {
        let usual = Self::default();
        Self {
            page_bytes: written.page_bytes.unwrap_or(usual.page_bytes),
            pages: written.pages.unwrap_or(usual.pages),
            nesting: written.nesting.unwrap_or(usual.nesting),
            fields: written.fields.unwrap_or(usual.fields),
            front_matter_bytes: written.front_matter_bytes.unwrap_or(usual.front_matter_bytes),
        }
    }
}

/// Checked while it is read, because only then its place is known.
fn limit<'de, D: Deserializer<'de>>(deserializer: D, name: LimitName) -> Result<Option<usize>, D::Error> {
    struct Value(LimitName);
    impl serde::de::Visitor<'_> for Value {
        type Value = usize;

        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("a whole number, 1 or more")
        }

        fn visit_u64<E: Error>(self, value: u64) -> Result<usize, E> {
            self.0.check(usize::try_from(value).unwrap_or(usize::MAX)).map_err(E::custom)
        }
    }
    deserializer.deserialize_any(Value(name)).map(Some)
}

fn page_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    limit(deserializer, LimitName::PageBytes)
}

fn pages<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    limit(deserializer, LimitName::Pages)
}

fn nesting<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    limit(deserializer, LimitName::Nesting)
}

fn fields<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    limit(deserializer, LimitName::Fields)
}

fn front_matter_bytes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<usize>, D::Error> {
    limit(deserializer, LimitName::FrontMatterBytes)
}
