//! Open enumerations of integers: the documented ones are variants, and one more keeps any other.

/// Defines an open enumeration of integers: the variants with their values, then the one that keeps any other value.
///
/// The enum is one that any code could match on, with `Debug`, `Clone`, `Copy`, `PartialEq`, `Eq` and `Hash`. An `i64` becomes
/// one by `From<i64>`, and one becomes an `i64` again by `From`; `FromStr` and `Display` read and write the digits. Serde
/// reads and writes it as an integer.
///
/// ```
/// docwright_runtime::integer_enum! {
///     /// What a user may do.
///     pub enum Role {
///         Administrator = 0,
///         /// Sees only its own.
///         Client = 1;
///         Unknown(i64)
///     }
/// }
///
/// assert_eq!(Role::from(0), Role::Administrator);
/// assert_eq!(i64::from(Role::Client), 1);
/// assert_eq!("1".parse(), Ok(Role::Client));
/// assert_eq!(Role::from(7).to_string(), "7");
///
/// let role: Role = serde_json::from_str("1")?;
/// assert_eq!(role, Role::Client);
/// # Ok::<(), serde_json::Error>(())
/// ```
// The `;` is there for the reason that `text_enum!` has.
#[macro_export]
macro_rules! integer_enum {
    (
        $(#[$attribute:meta])*
        $visibility:vis enum $name:ident {
            $($(#[$documentation:meta])* $variant:ident = $value:literal),*; $other:ident(i64)
        }
    ) => {
        $(#[$attribute])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $visibility enum $name {
            $($(#[$documentation])* $variant,)*
            $other(i64),
        }

        impl ::std::convert::From<i64> for $name {
            fn from(value: i64) -> Self {
                match value {
                    $($value => Self::$variant,)*
                    other => Self::$other(other),
                }
            }
        }

        impl ::std::convert::From<$name> for i64 {
            fn from(value: $name) -> Self {
                match value {
                    $($name::$variant => $value,)*
                    $name::$other(other) => other,
                }
            }
        }

        // `Self::Err` could be a variant.
        impl ::std::str::FromStr for $name {
            type Err = $crate::NoVariant;

            fn from_str(text: &str) -> ::std::result::Result<Self, $crate::NoVariant> {
                $crate::parse::<i64>(text).map(Self::from).ok_or($crate::NoVariant)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                ::std::fmt::Display::fmt(&i64::from(*self), f)
            }
        }

        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(
                &self,
                serializer: S,
            ) -> ::std::result::Result<S::Ok, S::Error> {
                serializer.serialize_i64(i64::from(*self))
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                <i64 as ::serde::Deserialize>::deserialize(deserializer).map(Self::from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde_json::{from_str, from_value, json, to_value};

    use crate::NoVariant;

    crate::integer_enum! {
        /// Documented.
        #[derive(PartialOrd, Ord)]
        pub(super) enum Odd {
            /// Below nothing.
            Lowest = -9223372036854775808,
            Err = -1,
            Ok = 0,
            None = 1,
            Highest = 9223372036854775807;
            Undocumented(i64)
        }
    }

    const VALUES: [(i64, Odd); 5] =
        [(i64::MIN, Odd::Lowest), (-1, Odd::Err), (0, Odd::Ok), (1, Odd::None), (i64::MAX, Odd::Highest)];

    #[test]
    fn a_variant_is_its_integer() {
        for (value, variant) in VALUES {
            assert_eq!(Odd::from(value), variant);
            assert_eq!(i64::from(variant), value);
            assert_eq!(variant.to_string(), value.to_string());
            assert_eq!(value.to_string().parse(), Ok(variant));
        }
    }

    #[test]
    fn json_is_the_integer() {
        for (value, variant) in VALUES {
            assert_eq!(to_value(variant).unwrap(), json!(value));
            assert_eq!(from_value::<Odd>(json!(value)).unwrap(), variant);
        }
    }

    #[test]
    fn any_other_integer_is_kept() {
        let kept = Odd::Undocumented(7);
        assert_eq!(Odd::from(7), kept);
        assert_eq!(from_str::<Odd>("7").unwrap(), kept);
        assert_eq!(to_value(kept).unwrap(), json!(7));
    }

    #[test]
    fn what_is_no_integer_is_refused_as_such() {
        for (json, found) in [
            (r#""1""#, "string \"1\""),
            ("1.5", "floating point `1.5`"),
            ("null", "null"),
            ("true", "boolean `true`"),
            ("[1]", "sequence"),
        ] {
            let error = from_str::<Odd>(json).unwrap_err().to_string();
            assert!(error.starts_with(&format!("invalid type: {found}, expected i64")), "{error}");
        }
        for text in ["", "one", "01", "+1", "1.0"] {
            assert_eq!(text.parse::<Odd>(), Err(NoVariant), "{text}");
        }
    }

    #[test]
    fn a_map_may_have_it_for_keys() {
        let map = BTreeMap::from([(Odd::Err, 1), (Odd::Undocumented(5), 2)]);
        let json = json!({ "-1": 1, "5": 2 });
        assert_eq!(to_value(&map).unwrap(), json);
        assert_eq!(from_value::<BTreeMap<Odd, i64>>(json).unwrap(), map);
    }

    #[test]
    fn it_is_padded_like_an_integer() {
        assert_eq!(format!("{:>4}|{:<3}|", Odd::Err, Odd::Ok), "  -1|0  |");
    }
}
