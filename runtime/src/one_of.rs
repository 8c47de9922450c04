//! Objects of one of several types.
//!
//! Which type it is, one member says: by its value ([`Mark::Value`]), or by being there ([`Mark::Name`]). Nothing is
//! tried until it fits, so that what does not fit is reported where it does not. What was read before that member was
//! met is kept and read again; the rest is read as it comes. An object that no member tells of is kept as any value.
//!
//! Invariant: a deserializer may give the members in any order, and a wrapper that must see every member (`Strict` of
//! the server, the tree of values that explains misfits) gives those that [`OneOf::MEMBERS`] names first: it knows the
//! call by the name [`ONE_OF`].

mod entries;

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer, Serialize, Serializer,
    de::{
        DeserializeSeed, MapAccess, Visitor,
        value::{MapAccessDeserializer, StringDeserializer},
    },
};
use serde_json::Value;

pub(crate) use self::entries::Entries;

/// The name of the struct for which a deserializer is asked.
pub(crate) const ONE_OF: &str = "docwright_runtime::OneOf";

/// A type that is one of several, implemented by [`one_of!`](crate::one_of).
pub trait OneOf<'de>: Sized {
    /// Whether the members' values tell, or their names.
    const MARK: Mark;
    /// The members that tell.
    const MEMBERS: &'static [&'static str];

    /// Reads the object as what the mark says; there is none where no member tells.
    ///
    /// # Errors
    ///
    /// Those of the type.
    fn read<A: MapAccess<'de>>(mark: Option<&str>, object: Object<'de, A>) -> Result<Self, A::Error>;
}

/// What of a member tells the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mark {
    /// Its value: a string, or the text of a number or of a truth value.
    Value,
    /// Its name: it is there.
    Name,
}

/// Reads one of several types; called by [`one_of!`](crate::one_of).
///
/// # Errors
///
/// Where it is no object, and those of the type.
pub fn read_one_of<'de, T: OneOf<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(ONE_OF, T::MEMBERS, Choosing(PhantomData))
}

struct Choosing<T>(PhantomData<T>);

impl<'de, T: OneOf<'de>> Visitor<'de> for Choosing<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        let mut before = Entries::default();
        while let Some(name) = members.next_key::<String>()? {
            if T::MEMBERS.contains(&name.as_str()) {
                return told(name, before, members);
            }
            before.push(name, members.next_value()?);
        }
        T::read(None, Object::new(before, None, members))
    }

    /// A form, which gives the members that tell first, and values as texts.
    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// Reads the object whose member of a name tells which it is, its value being the next one.
fn told<'de, T: OneOf<'de>, A: MapAccess<'de>>(
    name: String,
    mut before: Entries<A::Error>,
    mut members: A,
) -> Result<T, A::Error> {
    match T::MARK {
        Mark::Name => T::read(Some(&name.clone()), Object::new(before, Some(name), members)),
        Mark::Value => {
            let value: Value = members.next_value()?;
            let mark = text(&value);
            before.push(name, value);
            T::read(mark.as_deref(), Object::new(before, None, members))
        }
    }
}

/// Visits members of which those come first that tell, and nothing has to be kept.
struct InOrder<T>(PhantomData<T>);

impl<'de, T: OneOf<'de>> Visitor<'de> for InOrder<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a map")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<T, A::Error> {
        match members.next_key::<String>()? {
            Some(name) if T::MEMBERS.contains(&name.as_str()) => told(name, Entries::of_texts(), members),
            met => T::read(None, Object::new(Entries::default(), met, members)),
        }
    }
}

/// The text of a value that tells.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(value.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// An object that was read in part.
#[derive(Debug)]
pub struct Object<'de, A: MapAccess<'de>> {
    before: Entries<A::Error>,
    /// The name of a member whose value was not read yet.
    met: Option<String>,
    rest: A,
    borrowed: PhantomData<&'de ()>,
}

impl<'de, A: MapAccess<'de>> Object<'de, A> {
    fn new(before: Entries<A::Error>, met: Option<String>, rest: A) -> Self {
        Self { before, met, rest, borrowed: PhantomData }
    }

    /// Reads it.
    ///
    /// # Errors
    ///
    /// Those of the type.
    pub fn read<T: Deserialize<'de>>(self) -> Result<T, A::Error> {
        T::deserialize(MapAccessDeserializer::new(self))
    }

    /// Reads it without the member whose value told the type, for a type that has no such member.
    ///
    /// # Errors
    ///
    /// Those of the type.
    pub fn read_untold<T: Deserialize<'de>>(mut self) -> Result<T, A::Error> {
        self.before.drop_last();
        self.read()
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Object<'de, A> {
    type Error = A::Error;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, A::Error> {
        if self.before.is_empty() {
            return match self.met.as_ref() {
                Some(met) => seed.deserialize(StringDeserializer::new(met.clone())).map(Some),
                None => self.rest.next_key_seed(seed),
            };
        }
        self.before.next_key_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, A::Error> {
        if self.before.is_read_in_part() {
            return self.before.next_value_seed(seed);
        }
        self.met = None;
        self.rest.next_value_seed(seed)
    }
}

/// Writes an object with the member that tells its type, which the type has not.
///
/// # Errors
///
/// Those of the type, and where it is no object.
pub fn write_told<T: Serialize, S: Serializer>(
    member: &'static str,
    value: &'static str,
    object: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    Told { mark: std::iter::once((member, value)).collect(), object }.serialize(serializer)
}

#[derive(Serialize)]
struct Told<'a, T> {
    #[serde(flatten)]
    mark: std::collections::BTreeMap<&'static str, &'static str>,
    #[serde(flatten)]
    object: &'a T,
}

/// Implements serde's traits for an enum of objects. Traits of many types are nothing that a function could implement.
///
/// In braces stand, for each variant, what tells it; in brackets, variants whose types do not have the member that
/// tells; at last the variant of all other objects.
///
/// ```
/// use serde::{Deserialize, Serialize};
/// use serde_json::{Value, json};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Crate {
///     kind: String,
///     size: i64,
/// }
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Oil {
///     litres: i64,
/// }
///
/// #[derive(Debug, PartialEq)]
/// enum Load {
///     Crate(Crate),
///     Oil(Oil),
///     Unknown(Value),
/// }
/// docwright_runtime::one_of! { Load, value "kind", { "crate" | "box" => Crate }, ["oil" => Oil], Unknown }
///
/// let written = json!({ "size": 2, "kind": "box" });
/// let load: Load = serde_json::from_value(written.clone())?;
/// assert_eq!(load, Load::Crate(Crate { kind: "box".to_owned(), size: 2 }));
/// assert_eq!(serde_json::to_value(load)?, written);
///
/// let written = json!({ "kind": "oil", "litres": 7 });
/// let load: Load = serde_json::from_value(written.clone())?;
/// assert_eq!(load, Load::Oil(Oil { litres: 7 }));
/// assert_eq!(serde_json::to_value(load)?, written);
///
/// let load: Load = serde_json::from_value(json!({ "kind": "sand" }))?;
/// assert_eq!(load, Load::Unknown(json!({ "kind": "sand" })));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[macro_export]
macro_rules! one_of {
    (
        $name:ident, value $member:literal,
        { $($($value:literal)|+ => $variant:ident),* }, [$($untold:literal => $other:ident),*], $rest:ident
    ) => {
        $crate::one_of! {
            @impl $name, Value, &[$member], $rest,
            { $($($value)|+ => $variant),* }, { $($untold => $other),* }, $member
        }
    };
    ($name:ident, members, { $($($member:literal)|+ => $variant:ident),* }, $rest:ident) => {
        $crate::one_of! {
            @impl $name, Name, &[$($($member),+),*], $rest, { $($($member)|+ => $variant),* }, {}, ""
        }
    };
    (
        @impl $name:ident, $mark:ident, $members:expr, $rest:ident,
        { $($($value:literal)|+ => $variant:ident),* }, { $($untold:literal => $other:ident),* }, $member:literal
    ) => {
        impl<'de> $crate::OneOf<'de> for $name {
            const MARK: $crate::Mark = $crate::Mark::$mark;
            const MEMBERS: &'static [&'static str] = $members;

            fn read<A: ::serde::de::MapAccess<'de>>(
                mark: Option<&str>,
                object: $crate::Object<'de, A>,
            ) -> Result<Self, A::Error> {
                match mark {
                    $($(Some($value))|+ => object.read().map(Self::$variant),)*
                    $(Some($untold) => object.read_untold().map(Self::$other),)*
                    _ => object.read().map(Self::$rest),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::read_one_of(deserializer)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    $(Self::$variant(value) => ::serde::Serialize::serialize(value, serializer),)*
                    $(Self::$other(value) => $crate::write_told($member, $untold, value, serializer),)*
                    Self::$rest(value) => ::serde::Serialize::serialize(value, serializer),
                }
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use serde_json::{from_str, json, to_value};

    use super::*;

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Iban {
        iban: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Card {
        card: i64,
    }

    #[derive(Debug, PartialEq)]
    enum Payee {
        Iban(Iban),
        Card(Box<Card>),
        Unknown(Value),
    }

    crate::one_of! { Payee, members, { "iban" => Iban, "card" => Card }, Unknown }

    #[derive(Debug, PartialEq)]
    enum Version {
        One(Value),
        Yes(Value),
        Unknown(Value),
    }

    crate::one_of! { Version, value "v", { "1" => One, "true" => Yes }, [], Unknown }

    #[test]
    fn a_member_tells_by_being_there_wherever_it_stands() {
        let iban =
            |name: Option<&str>| Payee::Iban(Iban { iban: "A".to_owned(), name: name.map(str::to_owned) });
        for (json, payee) in [
            (r#"{"iban":"A"}"#, iban(None)),
            (r#"{"name":"B","x":[1],"iban":"A"}"#, iban(Some("B"))),
            (r#"{"iban":"A","name":"B","x":[1]}"#, iban(Some("B"))),
            (r#"{"card":1}"#, Payee::Card(Box::new(Card { card: 1 }))),
            (r#"{"name":"B"}"#, Payee::Unknown(json!({ "name": "B" }))),
            ("{}", Payee::Unknown(json!({}))),
        ] {
            assert_eq!(from_str::<Payee>(json).unwrap(), payee, "{json}");
            assert_eq!(serde_json::from_value::<Payee>(from_str(json).unwrap()).unwrap(), payee, "{json}");
        }
    }

    #[test]
    fn what_was_told_is_not_tried_as_another() {
        let error = from_str::<Payee>(r#"{"card":"one"}"#).unwrap_err().to_string();
        assert!(error.starts_with("invalid type: string \"one\", expected i64"), "{error}");
        let error = from_str::<Payee>(r#"{"name":1,"iban":"A"}"#).unwrap_err().to_string();
        assert!(error.starts_with("invalid type: integer `1`, expected a string"), "{error}");
        for json in ["7", "null", "[]", r#""card""#] {
            let error = from_str::<Payee>(json).unwrap_err().to_string();
            assert!(error.contains("expected a map"), "{json}: {error}");
        }
    }

    #[test]
    fn numbers_and_truth_values_tell_as_their_texts() {
        for (json, version) in [
            (json!({ "v": 1 }), Version::One(json!({ "v": 1 }))),
            (json!({ "a": [], "v": true }), Version::Yes(json!({ "a": [], "v": true }))),
            (json!({ "v": [1] }), Version::Unknown(json!({ "v": [1] }))),
        ] {
            assert_eq!(serde_json::from_value::<Version>(json.clone()).unwrap(), version);
            assert_eq!(to_value(version).unwrap(), json);
        }
    }
}
