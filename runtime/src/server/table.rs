//! Finds the operation of a request.
//!
//! A [`Table`] holds templates as a tree of segments. The most specific template that has the request's method
//! wins: literal segments before patterns, patterns that fix more before those that fix less, and among equal
//! ones the first that was inserted. Each node of the tree is visited at most once for a request.

use std::{borrow::Cow, collections::HashMap};

use http::Method;
use percent_encoding::percent_decode_str;

use super::template::{Pattern, Segment, segments};

/// Templates and what they lead to.
#[derive(Debug)]
pub(super) struct Table<T> {
    literals: HashMap<&'static str, Table<T>>,
    patterns: Vec<(Pattern, Table<T>)>,
    entries: Vec<Entry<T>>,
}

#[derive(Debug)]
struct Entry<T> {
    method: Method,
    names: Vec<&'static str>,
    value: T,
}

/// A parameter of the path.
#[derive(Debug)]
pub(super) struct PathValue {
    pub(super) name: &'static str,
    /// Its value, where that is UTF-8.
    pub(super) text: Option<String>,
    /// Where in the value commas are that were percent-encoded: they stand between no values of a list (RFC 6570, section
    /// 3.2.2).
    commas: Vec<usize>,
}

impl PathValue {
    /// The values of a list.
    pub(super) fn items(&self) -> Option<Vec<&str>> {
        let text = self.text.as_deref()?;
        let mut items = Vec::new();
        let mut start = 0;
        for (at, _) in text.match_indices(',') {
            if self.commas.binary_search(&at).is_err() {
                items.push(text.get(start..at)?);
                start = at + 1;
            }
        }
        items.push(text.get(start..)?);
        Some(items)
    }
}

/// What a table has for a request.
#[derive(Debug)]
pub(super) enum Found<'t, T> {
    /// The operation, and its path parameters.
    Operation(&'t T, Vec<PathValue>),
    /// The path is there with these methods alone.
    OtherMethods(Vec<&'t Method>),
    /// The path is not there.
    Nothing,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self { literals: HashMap::new(), patterns: Vec::new(), entries: Vec::new() }
    }
}

impl<T> Table<T> {
    /// Inserts an operation. Of two with the same method and shape of template the first stays.
    pub(super) fn insert(&mut self, method: Method, template: &'static str, value: T) {
        self.insert_below(segments(template), Entry { method, names: Vec::new(), value });
    }

    fn insert_below(&mut self, mut segments: impl Iterator<Item = Segment>, mut entry: Entry<T>) {
        match segments.next() {
            None => {
                if self.entries.iter().all(|known| known.method != entry.method) {
                    self.entries.push(entry);
                }
            }
            Some(Segment::Literal(text)) => {
                self.literals.entry(text).or_default().insert_below(segments, entry);
            }
            Some(Segment::Pattern(pattern, names)) => {
                entry.names.extend(names);
                if let Some((_, below)) = self.patterns.iter_mut().find(|(known, _)| *known == pattern) {
                    return below.insert_below(segments, entry);
                }
                let mut below = Self::default();
                let at = self.patterns.partition_point(|(other, _)| other.fixed() >= pattern.fixed());
                below.insert_below(segments, entry);
                self.patterns.insert(at, (pattern, below));
            }
        }
    }

    /// Finds the operation of a request by its method and its path, which begins with a slash. The path is
    /// percent-decoded here, segment by segment, so that an encoded slash stays inside of its segment.
    pub(super) fn find(&self, method: &Method, path: &str) -> Found<'_, T> {
        let path = path.strip_prefix('/').unwrap_or(path);
        let decoded: Vec<Decoded<'_>> = path.split('/').map(Decoded::new).collect();
        let mut search = Search { method, others: Vec::new() };
        match search.walk(self, &decoded, &mut Vec::new()) {
            Some((entry, values)) => {
                let named = entry.names.iter().zip(values);
                let named = named.map(|(name, value)| PathValue { name, ..value });
                Found::Operation(&entry.value, named.collect())
            }
            None if search.others.is_empty() => Found::Nothing,
            None => Found::OtherMethods(search.others),
        }
    }
}

/// A segment of a path, decoded.
struct Decoded<'p> {
    text: Cow<'p, str>,
    /// Whether it is UTF-8: if not, what it holds cannot be given to anyone.
    valid: bool,
    /// Where in it commas are that were percent-encoded.
    commas: Vec<usize>,
}

impl<'p> Decoded<'p> {
    fn new(segment: &'p str) -> Self {
        match percent_decode_str(segment).decode_utf8() {
            Ok(text) => Self { text, valid: true, commas: encoded_commas(segment) },
            Err(_) => {
                let text = percent_decode_str(segment).decode_utf8_lossy();
                Self { text, valid: false, commas: Vec::new() }
            }
        }
    }

    /// A part of it as the value of a parameter.
    fn value(&self, at: usize, text: &str) -> PathValue {
        let within = self.commas.iter().filter_map(|comma| comma.checked_sub(at));
        let commas = within.filter(|comma| *comma < text.len()).collect();
        PathValue { name: "", text: self.valid.then(|| text.to_owned()), commas }
    }
}

/// Where percent-encoded commas are, in the decoded text.
fn encoded_commas(segment: &str) -> Vec<usize> {
    // Each byte that is encoded has two more.
    let mut saved = 0;
    let mut commas = Vec::new();
    for (at, _) in segment.match_indices('%') {
        let digits = segment.as_bytes().get(at + 1..at + 3).unwrap_or_default();
        if digits.len() == 2 && digits.iter().all(u8::is_ascii_hexdigit) {
            if digits.eq_ignore_ascii_case(b"2c") {
                commas.push(at - saved);
            }
            saved += 2;
        }
    }
    commas
}

struct Search<'t, 'm> {
    method: &'m Method,
    others: Vec<&'t Method>,
}

impl<'t> Search<'t, '_> {
    /// Walks down the tree. It is as deep as the longest template, whatever the path.
    fn walk<T>(
        &mut self,
        table: &'t Table<T>,
        path: &[Decoded<'_>],
        values: &mut Vec<PathValue>,
    ) -> Option<(&'t Entry<T>, Vec<PathValue>)> {
        let Some((segment, rest)) = path.split_first() else {
            let entry = table.entries.iter().find(|entry| entry.method == *self.method);
            if entry.is_none() {
                self.others.extend(table.entries.iter().map(|entry| &entry.method));
            }
            return entry.map(|entry| (entry, std::mem::take(values)));
        };
        if let Some(below) = table.literals.get(&*segment.text)
            && let Some(found) = self.walk(below, rest, values)
        {
            return Some(found);
        }
        for (pattern, below) in &table.patterns {
            let Some(captures) = pattern.captures(&segment.text) else { continue };
            let before = values.len();
            values.extend(captures.into_iter().map(|(at, value)| segment.value(at, value)));
            if let Some(found) = self.walk(below, rest, values) {
                return Some(found);
            }
            values.truncate(before);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_comma_that_is_encoded_is_part_of_a_value() {
        let mut table = Table::default();
        table.insert(Method::GET, "/a,{list}.{other}", ());
        let items = |path: &str| match table.find(&Method::GET, path) {
            Found::Operation((), values) => {
                let items = values.iter().map(|value| value.items().unwrap_or_default().join("|"));
                items.collect::<Vec<_>>()
            }
            found => panic!("{found:?}"),
        };
        assert_eq!(items("/a,1,2.3"), ["1|2", "3"]);
        assert_eq!(items("/a%2C%C3%A41%2c2,%2C.%2C,"), ["ä1,2|,", ",|"]);
        assert_eq!(items("/a,%2,%252C,.x"), ["%2|%2C|", "x"]);
    }
}
