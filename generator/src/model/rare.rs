//! What few schemas have.

use std::ops::{Deref, DerefMut};

use serde::{Serialize, Serializer};

/// A value that is nearly always the default one, which takes no room then: it is read like any other, and moved
/// out of line when it is first written to.
#[derive(Debug, Clone)]
pub struct Rare<T>(Option<Box<T>>);

/// What has a default value that is there from the start.
pub trait Common: Default + PartialEq + 'static {
    /// The default value.
    const COMMON: &'static Self;
}

impl<T: Default> Rare<T> {
    /// The value itself.
    #[must_use]
    pub fn into_inner(self) -> T {
        self.0.map_or_else(T::default, |value| *value)
    }
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Common> From<T> for Rare<T> {
    fn from(value: T) -> Self {
        Self((value != *T::COMMON).then(|| Box::new(value)))
    }
}

impl<T: Common> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::COMMON)
    }
}

impl<T: Common> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_default()
    }
}

impl<T: Common> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        (self.0.is_none() && other.0.is_none()) || **self == **other
    }
}

impl<T: Common + Serialize> Serialize for Rare<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        T::serialize(self, serializer)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Default, PartialEq)]
    struct Weight(u8);

    impl Common for Weight {
        const COMMON: &'static Self = &Weight(0);
    }

    #[test]
    fn what_was_written_to_and_is_the_default_again_is_equal_to_what_never_was() {
        let mut rare = Rare::from(Weight(2));
        assert_ne!(rare, Rare::default());
        *rare = Weight(0);
        assert_eq!(rare, Rare::default());
    }

    #[test]
    fn the_default_takes_no_room() {
        assert!(Rare::from(Weight(0)).0.is_none());
    }

    #[test]
    fn it_is_read_and_written_like_the_value() {
        let mut rare = Rare::<Weight>::default();
        assert_eq!(*rare, Weight(0));
        *rare = Weight(3);
        assert_eq!(*rare, Weight(3));
        assert_eq!(rare.into_inner(), Weight(3));
    }
}
