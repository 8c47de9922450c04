//! Structs of optional parameters: where each field travels, said once for client and server.

/// Says where each field of structs of optional parameters travels: in the `query`, in a `header` or in a `cookie`, under
/// the field's own name or another one; in a `query_list`, several values are one pair, with a delimiter between
/// them that is `,`, a space or `|`; in a `header_list`, each of several values is a line; a `query_object` is an object, with how its members are written: `[` for a pair
/// `name[member]=value` each, `&` for a pair `member=value` each, or such a delimiter, or `{` for JSON; a `header_json` is JSON. A field is an `Option` of what has a
/// text form, or a `Vec` where it may be there several times. With feature `client`, [`client::Parameters`](crate::client::Parameters) is implemented, with feature
/// `server` [`server::Parameters`](crate::server::Parameters). Traits of many types are nothing that a function could
/// implement.
///
/// ```
/// #[derive(Debug, Default)]
/// struct ListUsersParams {
///     limit: Option<i64>,
///     tenant: Option<String>,
///     ids: Vec<i64>,
/// }
/// docwright_runtime::parameters! {
///     ListUsersParams { query limit, header tenant as "X-Tenant", query_list ',' ids }
/// }
/// ```
#[macro_export]
macro_rules! parameters {
    ($($structs:tt)*) => {
        $crate::sent_parameters! { $($structs)* }
        $crate::read_parameters! { $($structs)* }
    };
}

/// What [`parameters!`](crate::parameters) means for a client.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! sent_parameters {
    ($($name:ident { $($place:ident $($delimiter:literal)? $field:ident $(as $wire:literal)?),* $(,)? }),*) => {
        $(
            impl $crate::client::Parameters for $name {
                fn fill<'c>(&self, call: $crate::client::Call<'c>) -> $crate::client::Call<'c> {
                    call$(.$place($crate::wire_name(stringify!($field), &[$($wire)?]), $($delimiter,)? &self.$field))*
                }
            }
        )*
    };
}

/// Without a client there is nothing to send.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! sent_parameters {
    ($($structs:tt)*) => {};
}

/// What [`parameters!`](crate::parameters) means for a server.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! read_parameters {
    ($($name:ident { $($place:ident $($delimiter:literal)? $field:ident $(as $wire:literal)?),* $(,)? }),*) => {
        $(
            impl $crate::server::Parameters for $name {
                const NAMES: &'static [&'static str] =
                    &[$($crate::wire_name(stringify!($field), &[$($wire)?])),*];

                fn read(
                    request: &$crate::server::Incoming,
                ) -> ::std::result::Result<Self, $crate::server::Problem> {
                    ::std::result::Result::Ok(Self {
                        $($field: request.$place(
                            $crate::wire_name(stringify!($field), &[$($wire)?]),
                            $($delimiter,)?
                        )?,)*
                    })
                }
            }
        )*
    };
}

/// Without a server there is nothing to read.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! read_parameters {
    ($($structs:tt)*) => {};
}

/// The documented name of a field: its own, where there is no other one.
#[doc(hidden)]
#[must_use]
pub const fn wire_name(field: &'static str, other: &[&'static str]) -> &'static str {
    match other {
        [] => field,
        [name, ..] => name,
    }
}
