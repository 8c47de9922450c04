//! What generated clients share.
//!
//! A generated `Client` holds a [`Core`]; each of its methods puts a [`Call`] together and sends it. Users see [`Builder`], [`Response`] and [`Error`]. Enter at [`Call::new`].
//!
//! What is sent is what the page documents, and beside it only `host`, `content-length`, `user-agent` and
//! `accept`: the media types that the operation's responses are documented in, or `*/*`.
//!
//! Invariants: credentials, bodies and requests' URLs are in no `Debug` and in no error; nothing panics.

mod builder;
mod call;
mod credentials;
mod error;
mod exchange;
mod finite;
mod object;
mod path;
mod response;
mod send;
mod variant;

use std::{fmt, time::Duration};

use http::HeaderMap;
use url::Url;

pub use bytes::Bytes;

pub(crate) use self::finite::check as finite;
pub use self::{
    builder::{BuildError, Builder, Server},
    call::{Call, Parameters},
    credentials::{Key, KeyPlace},
    error::{BodyError, Error, Fault, RequestError, TransportError},
    path::ToText,
    response::Response,
};
use self::{credentials::Credential, response::HeaderNames};
pub use crate::{RawBody, Undocumented};

/// A generated client.
pub trait Api: Sized {
    /// The server that the API's pages name.
    const SERVER: Option<Server>;
    /// The alternatives of credentials that most operations ask for, each with the names of its schemes.
    const SECURITY: &'static [&'static [&'static str]] = &[];

    /// The client on what it was built with.
    fn new(core: Core) -> Self;
}

/// An API that documents user and password (RFC 7617).
pub trait Basic: Api {
    /// The names that its pages give to them.
    const SCHEMES: &'static [&'static str];
}

/// An API that documents a bearer token (RFC 6750).
pub trait Bearer: Api {
    /// The names that its pages give to it.
    const SCHEMES: &'static [&'static str];
}

/// An API that documents one API key.
pub trait ApiKey: Api {
    /// The key.
    const KEY: Key;
}

/// An API that documents several API keys.
pub trait ApiKeys: Api {
    /// The keys.
    const KEYS: &'static [Key];
}

/// What a client was built with. A clone is cheap to send with: connections are shared.
#[derive(Clone)]
pub struct Core {
    /// The base URL.
    base: Url,
    http: reqwest::Client,
    /// Headers of every request.
    headers: HeaderMap,
    /// Credentials by the names of their schemes.
    credentials: Vec<(&'static str, Credential)>,
    /// The alternatives of credentials that most operations ask for.
    security: &'static [&'static [&'static str]],
    timeout: Option<Duration>,
    max_body: usize,
}

/// What a call gives: a response with the body of a documented success, or what went wrong. `E` is what the page
/// documents as errors of the operation.
pub type Outcome<T, E = Undocumented> = Result<Response<T>, Error<E>>;

impl fmt::Debug for Core {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        f.debug_struct("Core")
            .field("base_url", &self.base.as_str().trim_end_matches('/'))
            .field("credentials", &schemes)
            .field("headers", &HeaderNames(&self.headers))
            .field("timeout", &self.timeout)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}
