//! Structs that are read member by member.
//!
//! [`derive(Deserialize)`](crate::Deserialize) writes which members a struct has; how an object is read is the same for all
//! structs, and stands here. An API has hundreds of structs, and what serde's own derive writes for each of them is most of
//! what a compiler reads of generated code.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, IgnoredAny, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// A struct that is read from an object; implemented by [`derive(Deserialize)`](crate::Deserialize).
pub trait Struct<'de>: Sized {
    /// What messages call it.
    const NAME: &'static str;
    /// The names of its members, as they are on the wire.
    const MEMBERS: &'static [&'static str];

    /// Reads the members.
    ///
    /// # Errors
    ///
    /// Those of the members' types, where a member comes twice, and where one is missing that has to be there.
    fn read<A: MapAccess<'de>>(members: &mut Members<A>) -> Result<Self, A::Error>;
}

/// Reads a struct; called by [`derive(Deserialize)`](crate::Deserialize).
///
/// # Errors
///
/// Where it is no object, and those of the struct.
pub fn read_struct<'de, T: Struct<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct(T::NAME, T::MEMBERS, Reading(PhantomData))
}

struct Reading<T>(PhantomData<T>);

impl<'de, T: Struct<'de>> Visitor<'de> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "struct {}", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<T, A::Error> {
        T::read(&mut Members { object, names: T::MEMBERS, name: "", next: 0 })
    }
}

/// The members of an object, in the order in which they come.
pub struct Members<A> {
    object: A,
    names: &'static [&'static str],
    /// The name of the member whose value comes next.
    name: &'static str,
    /// The member that stands behind the last one in the struct: most objects keep that order.
    next: usize,
}

impl<'de, A: MapAccess<'de>> Members<A> {
    /// The place of the next member among [`Struct::MEMBERS`], if there is one more; any other number for a member that
    /// is none of them.
    ///
    /// # Errors
    ///
    /// Those of the deserializer.
    pub fn next_place(&mut self) -> Result<Option<usize>, A::Error> {
        let place = self.object.next_key_seed(Names { names: self.names, next: self.next })?;
        if let Some((place, name)) = place.and_then(|place| Some((place, *self.names.get(place)?))) {
            (self.name, self.next) = (name, place + 1);
        }
        Ok(place)
    }

    /// Reads the value of the member that came last.
    ///
    /// # Errors
    ///
    /// Those of the type, and where the member was read before.
    pub fn value<T: Deserialize<'de>>(&mut self, member: &mut Option<T>) -> Result<(), A::Error> {
        self.value_as(member, |value| value)
    }

    /// Like [`value`](Self::value), for a member that is read as another type.
    ///
    /// # Errors
    ///
    /// Those of the type it is read as, and where the member was read before.
    pub fn value_as<T: Deserialize<'de>, U>(
        &mut self,
        member: &mut Option<U>,
        into: impl FnOnce(T) -> U,
    ) -> Result<(), A::Error> {
        if member.is_some() {
            return Err(A::Error::duplicate_field(self.name));
        }
        *member = Some(into(self.object.next_value()?));
        Ok(())
    }

    /// A member's value at the end of the object: an `Option` may be missing.
    ///
    /// # Errors
    ///
    /// Where the member is missing that has to be there.
    pub fn required<T: Deserialize<'de>>(
        &self,
        member: Option<T>,
        name: &'static str,
    ) -> Result<T, A::Error> {
        member.map_or_else(|| T::deserialize(Missing { name, error: PhantomData }), Ok)
    }

    /// Like [`required`](Self::required), for a member that is read as another type: whatever its own is, it has to be there.
    ///
    /// # Errors
    ///
    /// Where the member is missing.
    pub fn required_as<T>(&self, member: Option<T>, name: &'static str) -> Result<T, A::Error> {
        member.ok_or_else(|| A::Error::missing_field(name))
    }

    /// Passes over the value of the member that came last.
    ///
    /// # Errors
    ///
    /// Those of the deserializer.
    pub fn skip(&mut self) -> Result<(), A::Error> {
        self.object.next_value::<IgnoredAny>().map(drop)
    }
}

/// Reads a member's name.
struct Names {
    names: &'static [&'static str],
    /// Where to look first.
    next: usize,
}

impl Names {
    fn place(&self, is_name: impl Fn(&str) -> bool) -> usize {
        let (before, after) = self.names.split_at_checked(self.next).unwrap_or((self.names, &[]));
        let place = |names: &[&str]| names.iter().position(|name| is_name(name));
        let place = place(after).map(|place| before.len() + place).or_else(|| place(before));
        place.unwrap_or(usize::MAX)
    }
}

impl<'de> DeserializeSeed<'de> for Names {
    type Value = usize;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Names {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("field identifier")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<usize, E> {
        Ok(self.place(|name| name == text))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<usize, E> {
        Ok(self.place(|name| name.as_bytes() == bytes))
    }

    fn visit_u64<E: Error>(self, place: u64) -> Result<usize, E> {
        Ok(usize::try_from(place).unwrap_or(usize::MAX))
    }
}

/// What a member is read from that is not there.
struct Missing<E> {
    name: &'static str,
    error: PhantomData<E>,
}

impl<'de, E: Error> Deserializer<'de> for Missing<E> {
    type Error = E;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, E> {
        Err(E::missing_field(self.name))
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        visitor.visit_none()
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde::de::value::{BytesDeserializer, Error, MapDeserializer, U64Deserializer};
    use serde_json::{from_str, from_value};

    use super::*;

    /// The same struct, read by serde's derive and by the one of this crate.
    macro_rules! both {
        ($(#[$attribute:meta])* struct $name:ident { $($(#[$on_field:meta])* $field:ident: $ty:ty,)* }) => {
            mod by_serde {
                #[derive(Debug, serde::Deserialize)]
                $(#[$attribute])*
                #[expect(dead_code, reason = "it is compared as it is shown")]
                pub(super) struct $name { $($(#[$on_field])* $field: $ty,)* }
            }

            mod here {
                #[derive(Debug, crate::Deserialize)]
                $(#[$attribute])*
                #[expect(dead_code, reason = "it is compared as it is shown")]
                pub(super) struct $name { $($(#[$on_field])* $field: $ty,)* }
            }
        };
    }

    both! {
        #[serde(rename_all = "camelCase")]
        struct Person {
            full_name: String,
            #[serde(rename = "A-g\"e")]
            age: Option<u8>,
            r#type: Vec<bool>,
            #[serde(default)]
            nick_names: Vec<String>,
            #[serde(default, deserialize_with = "crate::present")]
            any: Option<serde_json::Value>,
            #[serde(deserialize_with = "crate::nullable")]
            no_name: Option<i64>,
            #[serde(default, with = "crate::double_option", skip_serializing_if = "Option::is_none")]
            other: Option<Option<Box<Person>>>,
        }
    }

    #[test]
    fn what_serde_reads_is_read_and_its_errors_are_given() {
        let texts = [
            r#"{"fullName":"Ada","A-g\"e":36,"type":[true],"nickNames":["A"],"any":null,"noName":1,"other":null}"#,
            r#"{"other":{"noName":null,"type":[],"fullName":"B"},"noName":null,"type":[],"fullName":"Ada"}"#,
            r#"{"fullName":"Ada","type":[],"noName":null,"fullname":1,"r#type":{"a":[{}]},"":0,"é":null}"#,
            r#"{"noName":2,"x":1,"type":[],"y":2,"A-g\"e":null,"fullName":"Ada","any":{"a":[1]}}"#,
            // Something is missing.
            "{}",
            r#"{"fullName":"Ada"}"#,
            r#"{"fullName":"Ada","type":[]}"#,
            r#"{"fullName":"Ada","type":[],"noName":null,"other":{"fullName":"B"}}"#,
            // Something comes twice.
            r#"{"fullName":"Ada","fullName":"Ada"}"#,
            r#"{"noName":null,"noName":1}"#,
            r#"{"any":null,"any":null}"#,
            r#"{"A-g\"e":null,"A-g\"e":null}"#,
            r#"{"x":1,"x":1,"fullName":"Ada","type":[],"noName":null}"#,
            // Something does not fit.
            r#"{"fullName":null}"#,
            r#"{"fullName":"Ada","A-g\"e":256}"#,
            r#"{"type":[1]}"#,
            r#"{"other":{"type":[1]}}"#,
            r#"{"fullName" "Ada"}"#,
            r#"{"fullName":"Ada""#,
            r#"{"fullName":"Ada","type":[],"noName":null}}"#,
            "null",
            "1",
            r#""fullName""#,
            "",
        ];
        for text in texts {
            let by_serde = from_str::<by_serde::Person>(text);
            let here = from_str::<here::Person>(text);
            assert_eq!(format!("{here:?}"), format!("{by_serde:?}"), "{text}");
        }
    }

    #[test]
    fn every_rule_names_the_members_that_serde_names() {
        macro_rules! ruled {
            ($($rule:literal $names:expr;)*) => {
                $({
                    both! {
                        #[serde(rename_all = $rule)]
                        struct Ruled {
                            a: u8,
                            one_two: u8,
                            _three_four_5: u8,
                        }
                    }
                    let names: [&str; 3] = $names;
                    assert_eq!(<here::Ruled as Struct>::MEMBERS, names, $rule);
                    let object: serde_json::Map<_, _> = names.map(|name| (name.to_owned(), 1.into())).into_iter().collect();
                    let value = serde_json::Value::from(object);
                    assert!(from_value::<by_serde::Ruled>(value).is_ok(), $rule);
                })*
            };
        }
        ruled! {
            "lowercase" ["a", "one_two", "_three_four_5"];
            "snake_case" ["a", "one_two", "_three_four_5"];
            "UPPERCASE" ["A", "ONE_TWO", "_THREE_FOUR_5"];
            "SCREAMING_SNAKE_CASE" ["A", "ONE_TWO", "_THREE_FOUR_5"];
            "PascalCase" ["A", "OneTwo", "ThreeFour5"];
            "camelCase" ["a", "oneTwo", "threeFour5"];
            "kebab-case" ["a", "one-two", "-three-four-5"];
            "SCREAMING-KEBAB-CASE" ["A", "ONE-TWO", "-THREE-FOUR-5"];
        }
    }

    #[test]
    fn an_array_is_no_struct() {
        let error = from_str::<here::Person>(r#"["Ada", 36, [], [], null, null, null]"#).unwrap_err();
        assert_eq!(error.to_string(), "invalid type: sequence, expected struct Person at line 1 column 1");
    }

    #[test]
    fn nothing_of_the_struct_is_taken_for_what_is_derived() {
        #[derive(Debug, PartialEq, crate::Deserialize)]
        struct Some {
            __members: Option<Box<Some>>,
            __place: Option<u8>,
            #[serde(deserialize_with = "crate::nullable")]
            __0: Option<Result>,
        }

        #[derive(Debug, PartialEq, crate::Deserialize)]
        struct Result {}

        let read: Some = from_str(r#"{"__members":{"__0":null},"__place":1,"__0":{"a":1}}"#).unwrap();
        let within = Some { __members: None, __place: None, __0: None };
        let expected = Some {
            __members: Option::Some(Box::new(within)),
            __place: Option::Some(1),
            __0: Option::Some(Result {}),
        };
        assert_eq!(read, expected);
    }

    /// A struct of a macro, whose names are not those of where the derive is named.
    macro_rules! pair {
        ($derive:path) => {
            #[derive(Debug, PartialEq, $derive)]
            struct Pair {
                a: u8,
                b: u8,
            }
        };
    }

    pair!(crate::Deserialize);

    #[test]
    fn names_may_be_bytes_or_places() {
        let bytes = [b"b", b"a", b"c"].map(|name| (BytesDeserializer::<Error>::new(name), 1_u8));
        assert_eq!(Pair::deserialize(MapDeserializer::new(bytes.into_iter())), Ok(Pair { a: 1, b: 1 }));
        let places = [(1, 2_u8), (7, 1), (u64::MAX, 1), (0, 3)];
        let places = places.map(|(place, value)| (U64Deserializer::<Error>::new(place), value));
        assert_eq!(Pair::deserialize(MapDeserializer::new(places.into_iter())), Ok(Pair { a: 3, b: 2 }));
    }
}
