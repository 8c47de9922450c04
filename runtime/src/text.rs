//! The text form of enumerations of strings: what they are in JSON, without the quotes.

use serde::{
    Deserialize,
    de::{IntoDeserializer, value},
};

/// Reads a value from its text form; called by [`text_form!`](crate::text_form).
///
/// # Errors
///
/// [`NoVariant`](crate::NoVariant), where the type has no text form of that kind. An open enumeration has one of every
/// text.
pub fn from_text<T: for<'de> Deserialize<'de>>(text: &str) -> Result<T, crate::NoVariant> {
    let text: value::StrDeserializer<'_, value::Error> = text.into_deserializer();
    T::deserialize(text).map_err(|_| crate::NoVariant)
}

/// Implements `Display` and `FromStr` for enumerations of strings, by what serde makes of them. Traits of many types are
/// nothing that a function could implement.
///
/// ```
/// #[derive(Debug, PartialEq, serde::Serialize, serde::Deserialize)]
/// #[serde(rename_all = "kebab-case")]
/// enum Order {
///     NewestFirst,
///     #[serde(untagged)]
///     Unknown(String),
/// }
/// docwright_runtime::text_form! { Order }
///
/// assert_eq!(Order::NewestFirst.to_string(), "newest-first");
/// assert_eq!("newest-first".parse(), Ok(Order::NewestFirst));
/// assert_eq!("random".parse(), Ok(Order::Unknown("random".to_owned())));
/// ```
#[macro_export]
macro_rules! text_form {
    ($($name:ident),*) => {
        $(
            impl ::std::fmt::Display for $name {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    ::serde::Serialize::serialize(self, f)
                }
            }

            impl ::std::str::FromStr for $name {
                type Err = $crate::NoVariant;

                fn from_str(text: &str) -> ::std::result::Result<Self, Self::Err> {
                    $crate::from_text(text)
                }
            }
        )*
    };
}
