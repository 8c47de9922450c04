//! What a configuration says is right where pages are vague or wrong, as serde reads it.
//!
//! An override names an operation, by id or by method and path, and a field of one of its parts. It sets what
//! it says and leaves the rest as the page has it. What is wrong is said while the value is read, because only
//! then the YAML library knows the place.

use std::{fmt, marker::PhantomData, str::FromStr};

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};
use serde_json::{Number, Value};

use super::type_expression::TypeExpression;
use crate::model::Status;

/// All overrides of one API.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Overrides {
    /// The servers of all operations, instead of those of the pages.
    pub servers: Option<Servers>,
    /// The credentials of operations whose pages name none.
    pub security: Option<Security>,
    /// Security schemes by the name that pages use.
    pub security_schemes: IndexMap<String, Scheme>,
    /// By operation: its id, or its method and path.
    pub operations: IndexMap<String, OperationOverride>,
}

/// What is right of one operation.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a map of what is right of an operation")]
pub struct OperationOverride {
    /// Whether the operation is left out.
    #[serde(default)]
    pub skip: bool,
    /// Its id, which names its functions and types.
    pub rename: Option<Rename>,
    /// Its description.
    pub description: Option<String>,
    /// Its servers, instead of those of the page.
    #[serde(alias = "server")]
    pub servers: Option<Servers>,
    /// Its credentials, instead of those of the page.
    pub security: Option<Security>,
    /// Path parameters.
    #[serde(default)]
    pub path: Fields,
    /// Query parameters.
    #[serde(default)]
    pub query: Fields,
    /// Header parameters.
    #[serde(default)]
    pub header: Fields,
    /// Cookie parameters.
    #[serde(default)]
    pub cookie: Fields,
    /// Fields of the request's body, in all of its media types.
    #[serde(default)]
    pub request: Fields,
    /// Fields of the responses' bodies, by status.
    #[serde(default)]
    pub responses: UniqueMap<StatusKey, Fields>,
}

/// By a field's place: names joined with dots, a JSON pointer, or `.` for the body itself.
pub type Fields = UniqueMap<String, FieldOverride>;

/// What is right of one field. `null` takes a format, default or limit away.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "camelCase", expecting = "a map of what is right of a field")]
#[expect(missing_docs, reason = "the names are JSON Schema's")]
pub struct FieldOverride {
    /// Its type.
    #[serde(rename = "type")]
    pub ty: Option<TypeExpression>,
    /// Its format.
    #[serde(default, deserialize_with = "clearable")]
    pub format: Option<Option<String>>,
    /// Whether it is always there.
    pub required: Option<bool>,
    /// Whether `null` is a value too.
    pub nullable: Option<bool>,
    /// Its values; none where it is no enumeration.
    #[serde(rename = "enum")]
    pub values: Option<Vec<Value>>,
    /// Its name in Rust; that of the type, for a body.
    pub rename: Option<Rename>,
    /// Its description.
    pub description: Option<String>,
    /// Its default.
    #[serde(default, deserialize_with = "clearable")]
    pub default: Option<Option<Value>>,
    /// Whether it is deprecated.
    pub deprecated: Option<bool>,
    #[serde(default, deserialize_with = "clearable")]
    pub min_length: Option<Option<u64>>,
    #[serde(default, deserialize_with = "clearable")]
    pub max_length: Option<Option<u64>>,
    #[serde(default, deserialize_with = "clearable")]
    pub pattern: Option<Option<String>>,
    #[serde(default, deserialize_with = "clearable")]
    pub minimum: Option<Option<Number>>,
    #[serde(default, deserialize_with = "clearable")]
    pub maximum: Option<Option<Number>>,
    #[serde(default, deserialize_with = "clearable")]
    pub exclusive_minimum: Option<Option<Number>>,
    #[serde(default, deserialize_with = "clearable")]
    pub exclusive_maximum: Option<Option<Number>>,
    #[serde(default, deserialize_with = "clearable")]
    pub multiple_of: Option<Option<Number>>,
    #[serde(default, deserialize_with = "clearable")]
    pub min_items: Option<Option<u64>>,
    #[serde(default, deserialize_with = "clearable")]
    pub max_items: Option<Option<u64>>,
    #[serde(default, deserialize_with = "clearable")]
    pub unique_items: Option<Option<bool>>,
    #[serde(default, deserialize_with = "clearable")]
    pub min_properties: Option<Option<u64>>,
    #[serde(default, deserialize_with = "clearable")]
    pub max_properties: Option<Option<u64>>,
}

/// What is given is set, and `null` takes away.
fn clearable<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

/// A security scheme, in the words of OpenAPI.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    deny_unknown_fields,
    tag = "type",
    expecting = "a security scheme, such as `{type: http, scheme: bearer}`"
)]
pub enum Scheme {
    /// A scheme of the `Authorization` header.
    #[serde(rename = "http")]
    Http {
        /// `bearer`, `basic` …
        scheme: String,
    },
    /// A key of its own.
    #[serde(rename = "apiKey")]
    ApiKey {
        /// Where it is sent.
        #[serde(rename = "in")]
        location: KeyLocation,
        /// The name of the header, query parameter or cookie.
        name: String,
    },
    /// OAuth 2.
    #[serde(rename = "oauth2")]
    OAuth2 {},
    /// OpenID Connect.
    #[serde(rename = "openIdConnect")]
    OpenIdConnect {
        /// The discovery document.
        #[serde(rename = "openIdConnectUrl")]
        url: String,
    },
}

/// Where a key is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
#[expect(missing_docs, reason = "the names say it")]
pub enum KeyLocation {
    Header,
    Query,
    Cookie,
}

/// A name for Rust: ASCII letters, digits and `_`, beginning with a letter. It is recased as its place needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rename(pub String);

impl<'de> Deserialize<'de> for Rename {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = Rename;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a name for Rust")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Rename, E> {
                let fits = name.len() <= 100
                    && name.starts_with(|c: char| c.is_ascii_alphabetic())
                    && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
                if fits {
                    return Ok(Rename(name.to_owned()));
                }
                Err(E::custom("a name for Rust is made of ASCII letters, digits and `_`, a letter first"))
            }
        }
        deserializer.deserialize_any(Name)
    }
}

/// One URL, or several.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Servers(pub Vec<String>);

impl<'de> Deserialize<'de> for Servers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Urls;
        impl<'de> Visitor<'de> for Urls {
            type Value = Servers;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the URL of a server, or a sequence of them")
            }

            fn visit_str<E: Error>(self, url: &str) -> Result<Servers, E> {
                Ok(Servers(vec![check_url(url)?]))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Servers, A::Error> {
                let mut urls = Vec::new();
                while let Some(Servers(url)) = items.next_element()? {
                    urls.extend(url);
                }
                Ok(Servers(urls))
            }
        }
        deserializer.deserialize_any(Urls)
    }
}

fn check_url<E: Error>(url: &str) -> Result<String, E> {
    let known = ["https://", "http://", "/", "{"].iter().any(|start| url.starts_with(start));
    let plain = !url.contains(|c: char| c.is_whitespace() || c.is_control());
    if known && plain {
        return Ok(url.to_owned());
    }
    Err(E::custom("the URL of a server starts with `https://`, `http://` or `/` and has no blank in it"))
}

/// The alternatives of credentials; none where none are needed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub struct Security(pub Vec<Requirement>);

/// Credentials that are needed together, with the permissions of each: a scheme's name, a sequence of names, or
/// a map from names to permissions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement(pub IndexMap<String, Vec<String>>);

impl<'de> Deserialize<'de> for Requirement {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Requirement;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the name of a security scheme, or those that are needed together")
            }

            fn visit_str<E: Error>(self, name: &str) -> Result<Requirement, E> {
                Ok(Requirement(IndexMap::from([(name.to_owned(), Vec::new())])))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Requirement, A::Error> {
                let mut names = IndexMap::new();
                while let Some(name) = items.next_element()? {
                    names.insert(name, Vec::new());
                }
                Ok(Requirement(names))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Requirement, A::Error> {
                let mut names = IndexMap::new();
                while let Some((name, permissions)) = entries.next_entry()? {
                    names.insert(name, permissions);
                }
                Ok(Requirement(names))
            }
        }
        deserializer.deserialize_any(Names)
    }
}

/// A status as a key: `200`, `2XX`, `default`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct StatusKey(pub Status);

impl fmt::Display for StatusKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl FromStr for StatusKey {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.parse().map(Self).map_err(|()| format!("`{text}` is no status: write `200`, `2XX` or `default`"))
    }
}

/// A map none of whose keys is there twice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UniqueMap<K: std::hash::Hash + Eq, V>(pub IndexMap<K, V>);

impl<K: std::hash::Hash + Eq, V> Default for UniqueMap<K, V> {
    fn default() -> Self {
        Self(IndexMap::new())
    }
}

impl<'de, K, V> Deserialize<'de> for UniqueMap<K, V>
where
    K: FromStr<Err: fmt::Display> + fmt::Display + std::hash::Hash + Eq,
    V: Deserialize<'de>,
{
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries<K, V>(PhantomData<(K, V)>);
        impl<'de, K, V> Visitor<'de> for Entries<K, V>
        where
            K: FromStr<Err: fmt::Display> + fmt::Display + std::hash::Hash + Eq,
            V: Deserialize<'de>,
        {
            type Value = UniqueMap<K, V>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self::Value, A::Error> {
                let mut known = IndexMap::new();
                while let Some(key) = entries.next_key_seed(NewKey(&known))? {
                    let value = entries.next_value()?;
                    known.insert(key, value);
                }
                Ok(UniqueMap(known))
            }
        }
        deserializer.deserialize_map(Entries(PhantomData))
    }
}

/// Reads a key that a map does not have yet.
struct NewKey<'a, K, V>(&'a IndexMap<K, V>);

impl<'de, K, V> DeserializeSeed<'de> for NewKey<'_, K, V>
where
    K: FromStr<Err: fmt::Display> + fmt::Display + std::hash::Hash + Eq,
{
    type Value = K;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<K, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<K, V> Visitor<'_> for NewKey<'_, K, V>
where
    K: FromStr<Err: fmt::Display> + fmt::Display + std::hash::Hash + Eq,
{
    type Value = K;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<K, E> {
        let key: K = text.parse().map_err(E::custom)?;
        if self.0.contains_key(&key) {
            return Err(E::custom(format_args!("`{key}` is there twice")));
        }
        Ok(key)
    }
}
