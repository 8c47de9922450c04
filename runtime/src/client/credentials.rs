//! Credentials: what pages document, as it stands in a request.
//!
//! Invariant: nothing of a credential is shown. Header values are marked as sensitive, which keeps them out of
//! `Debug`, out of HTTP/2's header tables, and out of redirects to another origin.

use base64::{Engine, prelude::BASE64_STANDARD};
use http::{HeaderName, HeaderValue, header::AUTHORIZATION};

use super::{builder::BuildError, path};
use crate::Secret;

/// An API key, as a page documents it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Key {
    /// The name that the page gives to the credential.
    pub scheme: &'static str,
    /// Where the key goes.
    pub place: KeyPlace,
}

/// Where an API key goes, and the name that it has there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyPlace {
    /// A header.
    Header(&'static str),
    /// A parameter of the query.
    Query(&'static str),
    /// A cookie.
    Cookie(&'static str),
}

/// A credential as it is sent.
#[derive(Clone)]
pub(super) enum Credential {
    Header(HeaderName, HeaderValue),
    /// A pair, encoded.
    Query(String),
    /// A pair.
    Cookie(String),
}

impl Credential {
    /// RFC 7617: user and password in UTF-8, joined by a colon that the user cannot have.
    pub(super) fn basic(scheme: &'static str, user: &str, password: &Secret) -> Result<Self, BuildError> {
        let password = password.expose();
        if user.contains(':') || user.chars().chain(password.chars()).any(char::is_control) {
            return Err(BuildError::Credential { scheme });
        }
        let pair = BASE64_STANDARD.encode(format!("{user}:{password}"));
        Self::header(scheme, AUTHORIZATION, &format!("Basic {pair}"))
    }

    /// RFC 6750.
    pub(super) fn bearer(scheme: &'static str, token: &Secret) -> Result<Self, BuildError> {
        let token = token.expose();
        if token.is_empty() || token.contains(char::is_whitespace) {
            return Err(BuildError::Credential { scheme });
        }
        Self::header(scheme, AUTHORIZATION, &format!("Bearer {token}"))
    }

    pub(super) fn key(key: Key, value: &Secret) -> Result<Self, BuildError> {
        let Key { scheme, place } = key;
        let value = value.expose();
        match place {
            KeyPlace::Header(name) => {
                let name = HeaderName::from_bytes(name.as_bytes());
                Self::header(scheme, name.map_err(|_| BuildError::Credential { scheme })?, value)
            }
            KeyPlace::Query(name) => {
                let mut pair = String::new();
                path::push_query(&mut pair, name, value);
                Ok(Self::Query(pair))
            }
            KeyPlace::Cookie(name) => {
                cookie(name, value).map(Self::Cookie).ok_or(BuildError::Credential { scheme })
            }
        }
    }

    fn header(scheme: &'static str, name: HeaderName, value: &str) -> Result<Self, BuildError> {
        let mut value = HeaderValue::from_str(value).map_err(|_| BuildError::Credential { scheme })?;
        value.set_sensitive(true);
        Ok(Self::Header(name, value))
    }
}

/// A cookie's pair, where it can be one: `cookie-octet` of RFC 6265 (4.1.1) has no spaces, quotes, commas,
/// semicolons or backslashes.
pub(super) fn cookie(name: &str, value: &str) -> Option<String> {
    let octet = |byte: &u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    let named = !name.is_empty() && name.bytes().all(|byte| octet(&byte) && byte != b'=');
    (named && value.bytes().all(|byte| octet(&byte))).then(|| format!("{name}={value}"))
}
