//! The words for documented limits: the limits themselves, and numbers that compare exactly where they can.

use std::{cmp::Ordering, fmt};

/// A documented limit, in the words of JSON Schema.
#[derive(Debug, Clone, Copy, PartialEq)]
#[non_exhaustive]
pub enum Limit {
    /// `minLength`, in characters.
    MinLength(u64),
    /// `maxLength`, in characters.
    MaxLength(u64),
    /// `minimum`.
    Minimum(Number),
    /// `maximum`.
    Maximum(Number),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Number),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minItems`.
    MinItems(u64),
    /// `maxItems`.
    MaxItems(u64),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(u64),
    /// `maxProperties`.
    MaxProperties(u64),
    /// `propertyNames` with `maxLength`, in characters.
    MaxKeyLength(u64),
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::MinLength(limit) => write!(f, "must have at least {limit} characters"),
            Self::MaxLength(limit) => write!(f, "must have at most {limit} characters"),
            Self::Minimum(limit) => write!(f, "must be at least {limit}"),
            Self::Maximum(limit) => write!(f, "must be at most {limit}"),
            Self::ExclusiveMinimum(limit) => write!(f, "must be more than {limit}"),
            Self::ExclusiveMaximum(limit) => write!(f, "must be less than {limit}"),
            Self::MultipleOf(limit) => write!(f, "must be a multiple of {limit}"),
            Self::MinItems(limit) => write!(f, "must have at least {limit} items"),
            Self::MaxItems(limit) => write!(f, "must have at most {limit} items"),
            Self::UniqueItems => f.write_str("must not have an item twice"),
            Self::MinProperties(limit) => write!(f, "must have at least {limit} entries"),
            Self::MaxProperties(limit) => write!(f, "must have at most {limit} entries"),
            Self::MaxKeyLength(limit) => write!(f, "must have keys of at most {limit} characters"),
        }
    }
}

/// A number of either kind; integers compare exactly.
#[derive(Debug, Clone, Copy)]
pub enum Number {
    /// An integer.
    Integer(i64),
    /// A number with a fraction.
    Float(f64),
}

impl Number {
    #[expect(clippy::cast_precision_loss, reason = "only where one side has a fraction anyway")]
    fn float(self) -> f64 {
        match self {
            Self::Integer(value) => value as f64,
            Self::Float(value) => value,
        }
    }
}

impl Number {
    /// Whether dividing by `of` leaves an integer. Fractions are binary here and decimal on the wire: a
    /// quotient counts as an integer up to the precision of `f64`.
    pub(crate) fn is_multiple_of(self, of: Self) -> bool {
        match (self, of) {
            (Self::Integer(_), Self::Integer(0)) => false,
            (Self::Integer(value), Self::Integer(of)) => value.checked_rem(of).is_none_or(|rest| rest == 0),
            (value, of) => {
                let quotient = value.float() / of.float();
                (quotient - quotient.round()).abs() <= quotient.abs().max(1.0) * 4.0 * f64::EPSILON
            }
        }
    }
}

impl PartialEq for Number {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Number {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match (self, other) {
            (Self::Integer(a), Self::Integer(b)) => a.partial_cmp(b),
            (a, b) => a.float().partial_cmp(&b.float()),
        }
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Integer(value) => value.fmt(f),
            Self::Float(value) => value.fmt(f),
        }
    }
}

/// The number types of generated code.
pub trait Numeric {
    /// The number.
    fn number(self) -> Number;
}

impl Numeric for i32 {
    fn number(self) -> Number {
        Number::Integer(self.into())
    }
}

impl Numeric for i64 {
    fn number(self) -> Number {
        Number::Integer(self)
    }
}

impl Numeric for f32 {
    fn number(self) -> Number {
        Number::Float(self.into())
    }
}

impl Numeric for f64 {
    fn number(self) -> Number {
        Number::Float(self)
    }
}
