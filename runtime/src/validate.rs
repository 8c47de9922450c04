//! Documented limits, checked.
//!
//! Generated types with limits implement [`Validate`]; [`Validate::validate`] collects every
//! [`Violation`], each with the JSON pointer (RFC 6901) of the value and the limit that it breaks. The value itself
//! is never part of it, so that a violation can be logged and sent.

use std::{
    collections::BTreeMap,
    fmt,
    ops::{Deref, DerefMut},
};

use serde::Serialize;

use crate::limit::{Limit, Numeric};

/// A type with documented limits.
pub trait Validate {
    /// Reports what breaks a limit. Called by [`Validate::validate`], and by types that hold this one.
    fn check(&self, checker: &mut Checker);

    /// Checks every documented limit.
    ///
    /// # Errors
    ///
    /// Everything that breaks a limit, in the order of the fields.
    fn validate(&self) -> Result<(), Violations> {
        let mut checker = Checker::default();
        self.check(&mut checker);
        if checker.violations.is_empty() { Ok(()) } else { Err(Violations(checker.violations)) }
    }
}

impl<T: Validate> Validate for Option<T> {
    fn check(&self, checker: &mut Checker) {
        if let Some(value) = self {
            value.check(checker);
        }
    }
}

impl<T: Validate> Validate for Box<T> {
    fn check(&self, checker: &mut Checker) {
        T::check(self, checker);
    }
}

/// A value that breaks a limit.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// The JSON pointer of the value, such as `/tags/order`.
    pub pointer: String,
    /// The limit.
    pub limit: Limit,
}

#[cfg(feature = "server")]
impl Violation {
    /// Whether the value is a member of that name, or in it.
    pub(crate) fn is_of(&self, member: &str) -> bool {
        let mut pointer = String::with_capacity(member.len() + 1);
        push_member(&mut pointer, member);
        self.pointer.strip_prefix(&pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.pointer, self.limit)
    }
}

/// The values that break a limit, at least one: a hundred at most, and fewer where their pointers are long, so that
/// what names them stays small whatever was sent.
#[derive(Debug, Clone, PartialEq)]
pub struct Violations(Vec<Violation>);

impl Violations {
    /// The violations, in the order of the fields.
    #[must_use]
    pub fn as_slice(&self) -> &[Violation] {
        &self.0
    }
}

impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, violation) in self.0.iter().enumerate() {
            if at > 0 {
                f.write_str("; ")?;
            }
            violation.fmt(f)?;
        }
        Ok(())
    }
}

impl std::error::Error for Violations {}

/// Collects violations while a value is walked.
#[derive(Debug, Default)]
pub struct Checker {
    pointer: String,
    violations: Vec<Violation>,
    /// The length of all pointers in `violations`, in bytes.
    spent: usize,
}

/// The most violations that are kept.
const MAX_VIOLATIONS: usize = 100;
/// How long their pointers may be together, in bytes. Keys that were sent are part of them.
const MAX_POINTERS: usize = 16 << 10;

impl Checker {
    /// Walks into a member, and out of it when the result is dropped.
    pub fn member(&mut self, name: &str) -> Member<'_> {
        let length = self.pointer.len();
        push_member(&mut self.pointer, name);
        Member { checker: self, length }
    }

    /// Walks into each item of an array, or value of a map.
    pub fn each<C: Each>(&mut self, container: &C, mut check: impl FnMut(&C::Item, &mut Self)) {
        container.each(|key, item| check(item, &mut self.member(key)));
    }

    /// `minLength`, in characters.
    pub fn min_length(&mut self, text: &(impl Text + ?Sized), limit: u64) {
        self.require(length(text.text()) >= limit, Limit::MinLength(limit));
    }

    /// `maxLength`, in characters.
    pub fn max_length(&mut self, text: &(impl Text + ?Sized), limit: u64) {
        self.require(length(text.text()) <= limit, Limit::MaxLength(limit));
    }

    /// `minimum`.
    pub fn minimum(&mut self, value: impl Numeric, limit: impl Numeric) {
        let limit = limit.number();
        self.require(value.number() >= limit, Limit::Minimum(limit));
    }

    /// `maximum`.
    pub fn maximum(&mut self, value: impl Numeric, limit: impl Numeric) {
        let limit = limit.number();
        self.require(value.number() <= limit, Limit::Maximum(limit));
    }

    /// `exclusiveMinimum`.
    pub fn exclusive_minimum(&mut self, value: impl Numeric, limit: impl Numeric) {
        let limit = limit.number();
        self.require(value.number() > limit, Limit::ExclusiveMinimum(limit));
    }

    /// `exclusiveMaximum`.
    pub fn exclusive_maximum(&mut self, value: impl Numeric, limit: impl Numeric) {
        let limit = limit.number();
        self.require(value.number() < limit, Limit::ExclusiveMaximum(limit));
    }

    /// `multipleOf`.
    pub fn multiple_of(&mut self, value: impl Numeric, limit: impl Numeric) {
        let limit = limit.number();
        self.require(value.number().is_multiple_of(limit), Limit::MultipleOf(limit));
    }

    /// `minItems`.
    pub fn min_items(&mut self, length: usize, limit: u64) {
        self.require(length as u64 >= limit, Limit::MinItems(limit));
    }

    /// `maxItems`.
    pub fn max_items(&mut self, length: usize, limit: u64) {
        self.require(length as u64 <= limit, Limit::MaxItems(limit));
    }

    /// `uniqueItems`. Items are equal where their JSON is, which is sorted: of large arrays, comparing each with each
    /// would take forever.
    pub fn unique_items<T: Serialize>(&mut self, items: &[T]) {
        let mut texts = Vec::new();
        let mut ranges = Vec::new();
        for item in items {
            let start = texts.len();
            match serde_json::to_writer(&mut texts, item) {
                Ok(()) => ranges.push(start..texts.len()),
                // What cannot be written is not sent either.
                Err(_) => texts.truncate(start),
            }
        }
        let mut texts: Vec<&[u8]> = ranges.into_iter().filter_map(|range| texts.get(range)).collect();
        texts.sort_unstable();
        self.require(texts.windows(2).all(|pair| pair.first() != pair.last()), Limit::UniqueItems);
    }

    /// `minProperties`.
    pub fn min_properties(&mut self, length: usize, limit: u64) {
        self.require(length as u64 >= limit, Limit::MinProperties(limit));
    }

    /// `maxProperties`.
    pub fn max_properties(&mut self, length: usize, limit: u64) {
        self.require(length as u64 <= limit, Limit::MaxProperties(limit));
    }

    /// `propertyNames` with `maxLength`, in characters. The key is not named: it is part of the value.
    pub fn max_key_length<'k>(&mut self, keys: impl IntoIterator<Item = &'k String>, limit: u64) {
        self.require(keys.into_iter().all(|key| length(key) <= limit), Limit::MaxKeyLength(limit));
    }

    fn require(&mut self, kept: bool, limit: Limit) {
        let first = self.violations.is_empty();
        let room = self.violations.len() < MAX_VIOLATIONS && self.spent + self.pointer.len() <= MAX_POINTERS;
        if !kept && (first || room) {
            self.spent += self.pointer.len();
            self.violations.push(Violation { pointer: self.pointer.clone(), limit });
        }
    }
}

/// Makes a pointer that of a member.
fn push_member(pointer: &mut String, name: &str) {
    pointer.push('/');
    for c in name.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// A [`Checker`] inside of a member.
#[derive(Debug)]
pub struct Member<'c> {
    checker: &'c mut Checker,
    /// The length of the pointer outside.
    length: usize,
}

impl Deref for Member<'_> {
    type Target = Checker;

    fn deref(&self) -> &Checker {
        self.checker
    }
}

impl DerefMut for Member<'_> {
    fn deref_mut(&mut self) -> &mut Checker {
        self.checker
    }
}

impl Drop for Member<'_> {
    fn drop(&mut self) {
        self.checker.pointer.truncate(self.length);
    }
}

fn length(text: &str) -> u64 {
    text.chars().count() as u64
}

/// What has a length in characters.
pub trait Text {
    /// The text.
    fn text(&self) -> &str;
}

impl Text for str {
    fn text(&self) -> &str {
        self
    }
}

impl Text for String {
    fn text(&self) -> &str {
        self
    }
}

/// Arrays and maps.
pub trait Each {
    /// What they hold.
    type Item;

    /// Visits each item with its index or key.
    fn each(&self, visit: impl FnMut(&str, &Self::Item));
}

impl<T: Validate> Validate for Vec<T> {
    fn check(&self, checker: &mut Checker) {
        checker.each(self, T::check);
    }
}

impl<T: Validate> Validate for BTreeMap<String, T> {
    fn check(&self, checker: &mut Checker) {
        checker.each(self, T::check);
    }
}

impl<T> Each for Vec<T> {
    type Item = T;

    fn each(&self, mut visit: impl FnMut(&str, &T)) {
        for (index, item) in self.iter().enumerate() {
            visit(&index.to_string(), item);
        }
    }
}

impl<T> Each for BTreeMap<String, T> {
    type Item = T;

    fn each(&self, mut visit: impl FnMut(&str, &T)) {
        for (key, item) in self {
            visit(key, item);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn violations(check: impl FnOnce(&mut Checker)) -> Vec<String> {
        let mut checker = Checker::default();
        check(&mut checker);
        checker.violations.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn lengths_count_characters() {
        assert!(violations(|checker| checker.max_length("größe", 5)).is_empty());
        let found = violations(|checker| checker.member("country").max_length("größe", 4));
        assert_eq!(found, ["/country must have at most 4 characters"]);
    }

    #[test]
    fn integers_compare_exactly() {
        assert_eq!(violations(|checker| checker.maximum(i64::MAX, i64::MAX - 1)).len(), 1);
        assert!(violations(|checker| checker.minimum(0.5, 0)).is_empty());
        assert_eq!(violations(|checker| checker.minimum(f64::NAN, 0)).len(), 1);
    }

    #[test]
    fn items_are_equal_where_their_json_is() {
        assert!(violations(|checker| checker.unique_items(&["a", "b", "ab", ""])).is_empty());
        assert!(violations(|checker| checker.unique_items::<i64>(&[])).is_empty());
        let found =
            violations(|checker| checker.member("tags").unique_items(&[vec![1, 2], vec![12], vec![1, 2]]));
        assert_eq!(found, ["/tags must not have an item twice"]);
    }

    #[test]
    fn many_violations_with_long_pointers_stay_small() {
        let items = vec![0i64; 10_000];
        let check = |checker: &mut Checker, key: &str| {
            checker.member(key).each(&items, |value, at| at.minimum(*value, 1i64));
        };
        assert_eq!(violations(|checker| check(checker, "short")).len(), MAX_VIOLATIONS);
        let long = "k".repeat(MAX_POINTERS);
        assert_eq!(violations(|checker| check(checker, &long)).len(), 1);
    }

    #[test]
    fn multiples_of_fractions_are_found() {
        assert!(violations(|checker| checker.multiple_of(0.3, 0.1)).is_empty());
        assert_eq!(violations(|checker| checker.multiple_of(0.35, 0.1)).len(), 1);
        assert_eq!(violations(|checker| checker.multiple_of(7, 2)).len(), 1);
    }

    #[test]
    fn pointers_are_escaped_and_never_show_the_value() {
        let tags = BTreeMap::from([("a/b".to_owned(), "secret".to_owned())]);
        let found = violations(|checker| {
            checker.member("tags").each(&tags, |value, at| at.max_length(value, 3));
        });
        assert_eq!(found, ["/tags/a~1b must have at most 3 characters"]);
    }
}
