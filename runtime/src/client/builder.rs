//! How a client is set up.
//!
//! Settings come in, in any order; [`Builder::build`] gives the client, or the first thing that is wrong with
//! them. Credentials can be set only as the page documents them: each kind is a trait that the generated client
//! implements.
//!
//! Invariant: neither `Debug` nor an error shows a credential, a header's value or a URL.

use std::{collections::BTreeMap, fmt, marker::PhantomData, time::Duration};

use http::{HeaderMap, HeaderValue, header::USER_AGENT};
use url::Url;

use super::{
    Api, ApiKey, ApiKeys, Basic, Bearer, Core,
    credentials::{Credential, Key},
    response::HeaderNames,
};
use crate::Secret;

/// What the client calls itself, unless it is told otherwise.
const DEFAULT_USER_AGENT: &str = concat!("docwright-generated/", env!("CARGO_PKG_VERSION"));

/// How long a call may take, unless the client is told otherwise.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(60);

/// The most that is read of a response, unless the client is told otherwise.
const DEFAULT_MAX_BODY: usize = 64 * 1024 * 1024;

/// A server, as a page names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Server {
    /// The URL, with its variables in braces.
    pub url: &'static str,
    /// The variables and their defaults; a default is empty where the page leaves it open.
    pub variables: &'static [(&'static str, &'static str)],
}

/// What to send with.
enum Http {
    Client(reqwest::Client),
    /// Boxed: it is large.
    Builder(Box<reqwest::ClientBuilder>),
}

/// Sets up a client of the API `A`.
pub struct Builder<A> {
    base_url: Option<String>,
    variables: BTreeMap<String, String>,
    credentials: Vec<(&'static str, Credential)>,
    http: Http,
    timeout: Option<Duration>,
    headers: HeaderMap,
    user_agent: Option<HeaderValue>,
    max_body: usize,
    /// The first setting that cannot be.
    problem: Option<BuildError>,
    api: PhantomData<fn() -> A>,
}

impl<A: Api> Builder<A> {
    /// The settings that hold where nothing else is said.
    #[must_use]
    pub fn new() -> Self {
        Self {
            base_url: None,
            variables: BTreeMap::new(),
            credentials: Vec::new(),
            http: Http::Builder(Box::default()),
            timeout: Some(DEFAULT_TIMEOUT),
            headers: HeaderMap::new(),
            user_agent: None,
            max_body: DEFAULT_MAX_BODY,
            problem: None,
            api: PhantomData,
        }
    }

    /// The URL that the paths of the API are appended to, such as `https://api.example.com/v1`. Without it, the
    /// server that the page names is used; where it names none, a base URL must be set.
    #[must_use]
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The value of a variable in the URL of the server that the page names.
    #[must_use]
    pub fn server_variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// How long a call may take, from connecting to the last byte of the response, redirects included.
    /// 60 seconds, unless this is called.
    #[must_use]
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.timeout = Some(timeout);
        self
    }

    /// Lets calls take as long as they take.
    #[must_use]
    pub fn no_timeout(mut self) -> Self {
        self.timeout = None;
        self
    }

    /// How the HTTP client to send with is set up: for proxies, certificates, connection pools. Its redirect policy
    /// is replaced: redirects are followed here, ten at most, to another origin without credentials; one that
    /// would take a body there is the response.
    #[must_use]
    pub fn http_builder(mut self, builder: reqwest::ClientBuilder) -> Self {
        self.http = Http::Builder(Box::new(builder));
        self
    }

    /// The HTTP client to send with, where one is there already: clients that share it share its connections.
    ///
    /// Redirects are followed by its own policy, which is nothing that can be seen or changed from here. reqwest's
    /// default drops `Authorization`, `Cookie`, `Proxy-Authorization` and `WWW-Authenticate` on the way to another
    /// host, port or scheme, and nothing else: API keys in other headers go along, one in the query goes along in
    /// `Referer`, and 307 and 308 take the body along. Build it with `redirect::Policy::none()`, and
    /// redirects are followed here, as [`http_builder`](Self::http_builder) says.
    #[must_use]
    pub fn http_client(mut self, client: reqwest::Client) -> Self {
        self.http = Http::Client(client);
        self
    }

    /// A header of every request, in place of others of that name that were set before. A value that is marked
    /// as sensitive is dropped on redirects to another origin.
    #[must_use]
    pub fn default_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<http::HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into()) {
            (Ok(name), Ok(value)) => {
                self.headers.insert(name, value);
            }
            _ => self.fail(BuildError::Header),
        }
        self
    }

    /// What the client calls itself, in place of `docwright-generated/` and a version.
    #[must_use]
    pub fn user_agent<V: TryInto<HeaderValue>>(mut self, value: V) -> Self {
        match value.try_into() {
            Ok(value) => self.user_agent = Some(value),
            Err(_) => self.fail(BuildError::Header),
        }
        self
    }

    /// The most that is read of a response's body, in bytes. 64 MiB, unless this is called.
    #[must_use]
    pub fn max_body(mut self, bytes: usize) -> Self {
        self.max_body = bytes;
        self
    }

    /// The client.
    ///
    /// # Errors
    ///
    /// The first setting that cannot be: see [`BuildError`].
    pub fn build(mut self) -> Result<A, BuildError> {
        if let Some(problem) = self.problem.take() {
            return Err(problem);
        }
        let base = match &self.base_url {
            Some(url) => url.clone(),
            None => self.server_url()?,
        };
        let base = check_base(&base)?;
        let http = match self.http {
            Http::Client(client) => client,
            // Redirects are followed in `exchange`, which knows what is a credential.
            Http::Builder(builder) => {
                builder.redirect(reqwest::redirect::Policy::none()).build().map_err(BuildError::Http)?
            }
        };
        let agent = self.user_agent.unwrap_or(HeaderValue::from_static(DEFAULT_USER_AGENT));
        self.headers.entry(USER_AGENT).or_insert(agent);
        Ok(A::new(Core {
            base,
            http,
            headers: self.headers,
            credentials: self.credentials,
            security: A::SECURITY,
            timeout: self.timeout,
            max_body: self.max_body,
        }))
    }

    /// The URL of the server that the page names, with its variables filled in.
    fn server_url(&self) -> Result<String, BuildError> {
        let server = A::SERVER.ok_or(BuildError::NoBaseUrl)?;
        if let Some(name) =
            self.variables.keys().find(|name| server.variables.iter().all(|(known, _)| known != name))
        {
            return Err(BuildError::UnknownVariable { name: name.clone() });
        }
        let mut url = server.url.to_owned();
        for (name, default) in server.variables {
            let value = self.variables.get(*name).map_or(*default, String::as_str);
            if value.is_empty() {
                return Err(BuildError::Variable { name });
            }
            url = url.replace(&format!("{{{name}}}"), value);
        }
        Ok(url)
    }

    fn credential(&mut self, scheme: &'static str, credential: Result<Credential, BuildError>) {
        match credential {
            Ok(credential) => {
                self.credentials.retain(|(known, _)| *known != scheme);
                self.credentials.push((scheme, credential));
            }
            Err(problem) => self.fail(problem),
        }
    }

    fn key(&mut self, key: Key, value: &Secret) {
        self.credential(key.scheme, Credential::key(key, value));
    }

    fn fail(&mut self, problem: BuildError) {
        self.problem.get_or_insert(problem);
    }
}

impl<A: Basic> Builder<A> {
    /// User and password (RFC 7617).
    #[must_use]
    pub fn basic(mut self, user: &str, password: impl Into<Secret>) -> Self {
        let password = password.into();
        for scheme in A::SCHEMES {
            self.credential(scheme, Credential::basic(scheme, user, &password));
        }
        self
    }
}

impl<A: Bearer> Builder<A> {
    /// A bearer token (RFC 6750).
    #[must_use]
    pub fn bearer(mut self, token: impl Into<Secret>) -> Self {
        let token = token.into();
        for scheme in A::SCHEMES {
            self.credential(scheme, Credential::bearer(scheme, &token));
        }
        self
    }
}

impl<A: ApiKey> Builder<A> {
    /// The API key.
    #[must_use]
    pub fn api_key(mut self, key: impl Into<Secret>) -> Self {
        self.key(A::KEY, &key.into());
        self
    }
}

impl<A: ApiKeys> Builder<A> {
    /// One of the API's keys, by the name that the page gives to it.
    #[must_use]
    pub fn api_key_for(mut self, scheme: &str, key: impl Into<Secret>) -> Self {
        match A::KEYS.iter().find(|known| known.scheme == scheme) {
            Some(known) => self.key(*known, &key.into()),
            // What was asked for is not repeated: it may be the key, in the wrong place.
            None => self.fail(BuildError::UnknownScheme {
                known: A::KEYS.iter().map(|known| known.scheme).collect(),
            }),
        }
        self
    }
}

impl<A: Api> Default for Builder<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A> fmt::Debug for Builder<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let schemes: Vec<&str> = self.credentials.iter().map(|(scheme, _)| *scheme).collect();
        f.debug_struct("Builder")
            .field("credentials", &schemes)
            .field("headers", &HeaderNames(&self.headers))
            .field("timeout", &self.timeout)
            .field("max_body", &self.max_body)
            .finish_non_exhaustive()
    }
}

/// The base URL.
fn check_base(url: &str) -> Result<Url, BuildError> {
    let refuse = |reason| Err(BuildError::BaseUrl { reason });
    let Ok(url) = Url::parse(url) else { return refuse("it is no absolute URL") };
    if !matches!(url.scheme(), "http" | "https") {
        return refuse("its scheme is neither `http` nor `https`");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return refuse("it holds credentials, which are set on their own");
    }
    if url.query().is_some() || url.fragment().is_some() {
        return refuse("it has a query or a fragment");
    }
    Ok(url)
}

/// Why a client cannot be built.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BuildError {
    /// No page names a server, and no base URL was set.
    #[error("no base URL was set, and the API's pages name no server")]
    NoBaseUrl,
    /// The base URL is none.
    #[error("the base URL cannot be used: {reason}")]
    BaseUrl {
        /// Why.
        reason: &'static str,
    },
    /// A variable of the server's URL has no value.
    #[error("the variable `{name}` of the server's URL has no value")]
    Variable {
        /// The variable.
        name: &'static str,
    },
    /// A variable that the server's URL does not have.
    #[error("the server's URL has no variable `{name}`")]
    UnknownVariable {
        /// The variable.
        name: String,
    },
    /// A credential that the API does not have.
    #[error("the API has no credential of that name; it has {}", known.join(", "))]
    UnknownScheme {
        /// The names that it has.
        known: Vec<&'static str>,
    },
    /// A credential that HTTP cannot carry: a user with a colon, a line break, nothing at all.
    #[error("the credential for `{scheme}` cannot be sent")]
    Credential {
        /// The name that the page gives to the credential.
        scheme: &'static str,
    },
    /// A header, or the user agent, with a name or value that HTTP cannot carry.
    #[error("a header has a name or value that HTTP cannot carry")]
    Header,
    /// The HTTP client cannot be set up.
    #[error("the HTTP client cannot be set up")]
    Http(#[source] reqwest::Error),
}
