//! Where a key of the configuration stands, for what is wrong with it only in the light of the pages.

use std::fmt;

use serde::{
    Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor},
};

use crate::{
    source::{PageId, Source, Span},
    yaml,
};

/// The place of the key that a path of keys leads to; of the last one on the path that is there.
pub(crate) fn locate(source: &Source, page: PageId, path: &[String]) -> Span {
    for length in (1..=path.len()).rev() {
        let path = path.get(..length).unwrap_or_default();
        // The library tells where reading ends, so reading ends at the key.
        if let Err(error) = yaml::from_seed(source.text(), Seek(path))
            && error.message.ends_with(FOUND)
            && let Some(start) = error.offset
        {
            let rest = source.text().get(start..).unwrap_or_default();
            let key = path.last().map_or(0, String::len);
            let quotes = if rest.starts_with(['"', '\'']) { 2 } else { 0 };
            return Span::new(page, start..(start + key + quotes).min(source.text().len()));
        }
    }
    Span::new(page, 0..0)
}

/// What the error says that ends reading at the key.
const FOUND: &str = "the key is here";

/// Reads down to a key, and fails there.
#[derive(Clone, Copy)]
struct Seek<'p>(&'p [String]);

impl<'de> DeserializeSeed<'de> for Seek<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seek<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<(), A::Error> {
        let Some((first, rest)) = self.0.split_first() else { return Ok(()) };
        while let Some(found) = entries.next_key_seed(Key { name: first, last: rest.is_empty() })? {
            if found {
                return entries.next_value_seed(Seek(rest));
            }
            entries.next_value::<IgnoredAny>()?;
        }
        Ok(())
    }
}

/// Reads a key, and tells whether it is the one.
struct Key<'p> {
    name: &'p str,
    /// Whether the key is what is looked for.
    last: bool,
}

impl<'de> DeserializeSeed<'de> for Key<'_> {
    type Value = bool;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<bool, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Key<'_> {
    type Value = bool;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<bool, E> {
        let found = name == self.name;
        if found && self.last { Err(E::custom(FOUND)) } else { Ok(found) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, path: &[&str], found: &str, line: usize) {
        let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), text.as_bytes());
        let path: Vec<String> = path.iter().map(|key| (*key).to_owned()).collect();
        let span = locate(&source, PageId(0), &path);
        assert_eq!(source.text().get(span.range()), Some(found));
        assert_eq!(source.line_column(span.start).0, line);
    }

    #[test]
    fn keys_are_found_in_both_styles_and_not_within_others() {
        let text = "a:\n  x: {b: 1}\n  'b': {c: [1], d: {e: 2}}\n  \"q u\": 1\n";
        check(text, &["a", "b"], "'b'", 3);
        check(text, &["a", "b", "d", "e"], "e", 3);
        check(text, &["a", "q u"], "\"q u\"", 4);
        check(text, &["a", "b", "z"], "'b'", 3);
        check(text, &["z"], "", 1);
    }
}
