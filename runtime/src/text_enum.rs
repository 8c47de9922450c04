//! Open enumerations of strings: the documented texts are variants, and one more keeps any other text.
//!
//! [`text_enum!`](crate::text_enum) writes the enum and what it implements. Each implementation costs whoever compiles it, and
//! an API has hundreds of enums: so there are few, each of one expression, and what they share stands here.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserializer,
    de::{Error, Visitor},
};

/// Reads a value from a string; called by [`text_enum!`](crate::text_enum).
///
/// # Errors
///
/// Those of the deserializer, and where there is no string.
pub fn read_text<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: for<'t> From<&'t str>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_str(Reading(PhantomData))
}

struct Reading<T>(PhantomData<T>);

impl<T: for<'t> From<&'t str>> Visitor<'_> for Reading<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        Ok(text.into())
    }
}

/// Defines an open enumeration of strings: the variants with their texts, then the one that keeps any other text.
///
/// The enum is one that any code could match on, with `Debug`, `Clone`, `PartialEq`, `Eq` and `Hash`. A text becomes one by
/// `From<&str>`, or by `FromStr`, which never fails; `as_str` and `Display` give the text again. Serde reads and writes
/// it as a string, also as the key of a map.
///
/// ```
/// docwright_runtime::text_enum! {
///     /// How a list is sorted.
///     pub enum Order {
///         /// What was made last comes first.
///         NewestFirst = "newest-first",
///         OldestFirst = "oldest-first";
///         Unknown(String)
///     }
/// }
///
/// assert_eq!(Order::NewestFirst.as_str(), "newest-first");
/// assert_eq!("oldest-first".parse(), Ok(Order::OldestFirst));
/// assert_eq!(Order::from("random"), Order::Unknown("random".to_owned()));
/// assert_eq!(Order::from("random").to_string(), "random");
///
/// let order: Order = serde_json::from_str(r#""newest-first""#)?;
/// assert_eq!(order, Order::NewestFirst);
/// # Ok::<(), serde_json::Error>(())
/// ```
// The last variant stands behind a `;`: where a repetition ends with what it separates, or with nothing, rustc
// copies all that it has matched for each variant whose documentation it begins to match.
#[macro_export]
macro_rules! text_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$documentation:meta])* $variant:ident = $text:literal),*; $other:ident(String)
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        $visibility enum $name {
            $($(#[$documentation])* $variant,)*
            $other(::std::string::String),
        }

        impl $name {
            /// The text, as it is on the wire.
            #[must_use]
            $visibility fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $text,)*
                    Self::$other(text) => text,
                }
            }
        }

        impl ::std::convert::From<&str> for $name {
            fn from(text: &str) -> Self {
                match text {
                    $($text => Self::$variant,)*
                    _ => Self::$other(text.into()),
                }
            }
        }

        // `Self::Err` could be a variant.
        impl ::std::str::FromStr for $name {
            type Err = ::std::convert::Infallible;

            fn from_str(text: &str) -> ::std::result::Result<Self, ::std::convert::Infallible> {
                ::std::result::Result::Ok(text.into())
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::read_text(deserializer)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Deserialize;
    use serde_json::{from_str, from_value, json, to_string, to_value};

    crate::text_enum! {
        /// Documented.
        #[derive(PartialOrd, Ord)]
        pub(super) enum Odd {
            /// A quote.
            Quote = "\"",
            Backslash = "\\",
            Control = "\u{0}\n\r\u{1b}",
            /// Two
            /// lines.
            Emoji = "🦀\u{202e}",
            Empty = "",
            Err = "err",
            Ok = "Ok",
            None = "none",
            String = "string",
            Unknown = "Unknown";
            Undocumented(String)
        }
    }

    const TEXTS: [(&str, Odd); 10] = [
        ("\"", Odd::Quote),
        ("\\", Odd::Backslash),
        ("\0\n\r\x1b", Odd::Control),
        ("🦀\u{202e}", Odd::Emoji),
        ("", Odd::Empty),
        ("err", Odd::Err),
        ("Ok", Odd::Ok),
        ("none", Odd::None),
        ("string", Odd::String),
        ("Unknown", Odd::Unknown),
    ];

    #[test]
    fn a_variant_is_its_text() {
        for (text, variant) in TEXTS {
            assert_eq!(variant.as_str(), text);
            assert_eq!(Odd::from(text), variant);
            assert_eq!(text.parse::<Odd>().as_ref(), Ok(&variant));
            assert_eq!(variant.to_string(), text);
        }
    }

    #[test]
    fn json_is_the_text() {
        for (text, variant) in TEXTS {
            assert_eq!(to_value(&variant).unwrap(), json!(text));
            assert_eq!(from_value::<Odd>(json!(text)).unwrap(), variant);
            assert_eq!(from_str::<Odd>(&to_string(text).unwrap()).unwrap(), variant);
        }
    }

    #[test]
    fn any_other_text_is_kept() {
        for text in ["Err", "ERR", " err", "Undocumented", "größe"] {
            let kept = Odd::Undocumented(text.to_owned());
            assert_eq!(Odd::from(text), kept);
            assert_eq!(from_value::<Odd>(json!(text)).unwrap(), kept);
            assert_eq!(to_value(&kept).unwrap(), json!(text));
            assert_eq!(kept.as_str(), text);
        }
    }

    #[test]
    fn what_is_no_string_is_refused_as_such() {
        for (json, found) in [
            ("7", "integer `7`"),
            ("null", "null"),
            ("true", "boolean `true`"),
            (r#"["err"]"#, "sequence"),
            (r#"{"err":null}"#, "map"),
        ] {
            let error = from_str::<Odd>(json).unwrap_err().to_string();
            assert!(error.starts_with(&format!("invalid type: {found}, expected a string")), "{error}");
        }
    }

    #[test]
    fn a_map_may_have_it_for_keys() {
        let map = BTreeMap::from([(Odd::Err, 1), (Odd::Undocumented("x".to_owned()), 2)]);
        let json = json!({ "err": 1, "x": 2 });
        assert_eq!(to_value(&map).unwrap(), json);
        assert_eq!(from_str::<BTreeMap<Odd, i64>>(&json.to_string()).unwrap(), map);
        assert_eq!(from_value::<BTreeMap<Odd, i64>>(json).unwrap(), map);
    }

    #[test]
    fn a_field_of_it_is_flattened_like_a_text() {
        #[derive(Debug, PartialEq, Deserialize)]
        struct Inner {
            odd: Option<Odd>,
        }
        #[derive(Debug, PartialEq, Deserialize)]
        struct Outer {
            #[serde(flatten)]
            inner: Inner,
        }
        let outer: Outer = from_value(json!({ "odd": "err" })).unwrap();
        assert_eq!(outer, Outer { inner: Inner { odd: Some(Odd::Err) } });
    }

    #[test]
    fn a_text_is_padded_like_one() {
        assert_eq!(format!("{:>5}|{:<3}|", Odd::Err, Odd::Empty), "  err|   |");
    }

    #[test]
    fn debug_names_the_variant() {
        assert_eq!(format!("{:?}", Odd::Err), "Err");
        assert_eq!(format!("{:?}", Odd::from("a\"b")), r#"Undocumented("a\"b")"#);
    }
}
