//! Credentials: which ones an operation accepts, which ones a request has, and what becomes of a request
//! without them.
//!
//! A generated server reads credentials before anything else of a request, and gives them to the service's
//! `authenticate`. Secrets are never part of `Debug` or of a response.

use std::future::Future;

use http::{HeaderMap, HeaderValue, StatusCode, header::WWW_AUTHENTICATE, request::Parts};

use super::{
    basic,
    parameters::{cookie, query},
    problem::{Problem, Reason},
};
use crate::Secret;

/// What a request presents. `Debug` shows the user's name and no secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    /// None, for an operation whose page says that it can do without.
    Anonymous,
    /// User and password (RFC 7617).
    Basic {
        /// The user.
        user: String,
        /// The password.
        password: Secret,
    },
    /// A bearer token (RFC 6750).
    Bearer(Secret),
    /// A key in the documented header, query parameter or cookie.
    ApiKey(Secret),
    /// What the page does not describe further: the headers of the request, for `authenticate` to look into.
    Undescribed(Secret<HeaderMap>),
    /// All that an operation asks for, where that is several at once: each under the name of its scheme.
    Several(Vec<(&'static str, Credentials)>),
}

/// Why a service does not take credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Denied {
    /// They are wrong: 401.
    Unauthorized,
    /// They are right, and their owner may not do that: 403.
    Forbidden,
    /// They cannot be checked now: 503.
    Unavailable,
}

/// A documented kind of credentials.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scheme {
    name: &'static str,
    kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Basic,
    Bearer,
    Header(&'static str),
    Query(&'static str),
    Cookie(&'static str),
    Undescribed,
}

/// Sufficient credentials: all of the schemes, and the documented permissions.
pub type Accepted = (&'static [Scheme], &'static [&'static str]);

impl Scheme {
    /// User and password. The first name is always the one that the page has for the scheme.
    #[must_use]
    pub const fn basic(name: &'static str) -> Self {
        Self { name, kind: Kind::Basic }
    }

    /// A bearer token.
    #[must_use]
    pub const fn bearer(name: &'static str) -> Self {
        Self { name, kind: Kind::Bearer }
    }

    /// A key in a header.
    #[must_use]
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self { name, kind: Kind::Header(header) }
    }

    /// A key in a query parameter.
    #[must_use]
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self { name, kind: Kind::Query(parameter) }
    }

    /// A key in a cookie.
    #[must_use]
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self { name, kind: Kind::Cookie(cookie) }
    }

    /// Credentials that the page names without saying what they are.
    #[must_use]
    pub const fn undescribed(name: &'static str) -> Self {
        Self { name, kind: Kind::Undescribed }
    }

    /// The credentials of that kind that a request has, if they are there once and well-formed.
    fn read(self, parts: &Parts) -> Option<Credentials> {
        let key = match self.kind {
            Kind::Basic => return basic::basic(&parts.headers),
            Kind::Bearer => return basic::bearer(&parts.headers),
            // Only the service knows whether they are there: it is asked, and the request never passes unasked.
            Kind::Undescribed => return Some(Credentials::Undescribed(Secret::new(parts.headers.clone()))),
            Kind::Header(name) => {
                let mut values = parts.headers.get_all(name).iter();
                let value = values.next()?.to_str().ok()?.to_owned();
                values.next().is_none().then_some(value)
            }
            Kind::Query(name) => only(query(parts, name)),
            Kind::Cookie(name) => only(cookie(parts, name)),
        };
        key.filter(|key| !key.is_empty()).map(|key| Credentials::ApiKey(key.into()))
    }

    /// The challenge of RFC 9110, section 11.6.1. API keys have no scheme of their own in HTTP: theirs says where the
    /// key belongs.
    fn challenge(self, realm: &str, error: &str) -> Option<HeaderValue> {
        let realm = format!("realm={}", quoted(realm));
        let text = match self.kind {
            Kind::Basic => format!("Basic {realm}, charset=\"UTF-8\""),
            Kind::Bearer => format!("Bearer {realm}{error}"),
            Kind::Header(name) => format!("ApiKey {realm}, header={}", quoted(name)),
            Kind::Query(name) => format!("ApiKey {realm}, query={}", quoted(name)),
            Kind::Cookie(name) => format!("ApiKey {realm}, cookie={}", quoted(name)),
            Kind::Undescribed => format!("Undescribed {realm}, name={}", quoted(self.name)),
        };
        HeaderValue::from_str(&text).ok()
    }
}

/// The only value, if it can be read.
fn only(mut values: impl Iterator<Item = Option<String>>) -> Option<String> {
    let value = values.next()??;
    values.next().is_none().then_some(value)
}

/// A quoted string (RFC 9110, section 5.6.4).
fn quoted(text: &str) -> String {
    let visible = text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ');
    format!("\"{}\"", visible.collect::<String>().replace('\\', "\\\\").replace('"', "\\\""))
}

/// Credentials that a request has, to be checked.
#[derive(Debug)]
pub(super) struct Presented {
    credentials: Credentials,
    permissions: &'static [&'static str],
    accepted: &'static [Accepted],
    realm: &'static str,
}

impl Presented {
    /// Has the credentials checked, together with the documented permissions.
    ///
    /// # Errors
    ///
    /// 401 with `WWW-Authenticate`, 403 or 503, as the check says.
    pub(super) async fn check<C, F, R>(self, authenticate: F) -> Result<C, Problem>
    where
        F: FnOnce(Credentials, &'static [&'static str]) -> R,
        R: Future<Output = Result<C, Denied>>,
    {
        authenticate(self.credentials, self.permissions).await.map_err(|denied| match denied {
            Denied::Unauthorized => {
                // RFC 6750, section 3.1: the error is told only to those who sent a token.
                challenge(self.accepted, self.realm, ", error=\"invalid_token\"")
                    .with_detail("the credentials are not valid")
            }
            Denied::Forbidden => Problem::new(StatusCode::FORBIDDEN, Reason::Permission),
            Denied::Unavailable => Problem::new(StatusCode::SERVICE_UNAVAILABLE, Reason::Unavailable),
        })
    }
}

/// The first alternative whose credentials a request has completely; without any, where that suffices, only
/// if there is none.
pub(super) fn present(
    parts: &Parts,
    accepted: &'static [Accepted],
    realm: &'static str,
) -> Result<Presented, Problem> {
    let (open, closed): (Vec<&Accepted>, Vec<_>) =
        accepted.iter().partition(|(schemes, _)| schemes.is_empty());
    let first = closed.into_iter().chain(open).find_map(|(schemes, permissions)| {
        let credentials = match schemes {
            [] => Credentials::Anonymous,
            [scheme] => scheme.read(parts)?,
            several => {
                let read = several.iter().map(|scheme| Some((scheme.name, scheme.read(parts)?)));
                Credentials::Several(read.collect::<Option<_>>()?)
            }
        };
        Some((credentials, *permissions))
    });
    match first {
        Some((credentials, permissions)) => Ok(Presented { credentials, permissions, accepted, realm }),
        None => Err(challenge(accepted, realm, "").with_detail("credentials are missing or malformed")),
    }
}

/// A 401 with one challenge for each scheme.
fn challenge(accepted: &[Accepted], realm: &str, error: &str) -> Problem {
    let problem = Problem::new(StatusCode::UNAUTHORIZED, Reason::Credentials);
    challenges(accepted, realm, error)
        .into_iter()
        .fold(problem, |problem, challenge| problem.with_header(WWW_AUTHENTICATE, challenge))
}

/// One challenge for each scheme.
pub(super) fn challenges(accepted: &[Accepted], realm: &str, error: &str) -> Vec<HeaderValue> {
    let mut known: Vec<HeaderValue> = Vec::new();
    for scheme in accepted.iter().flat_map(|(schemes, _)| *schemes) {
        if let Some(challenge) = scheme.challenge(realm, error).filter(|challenge| !known.contains(challenge))
        {
            known.push(challenge);
        }
    }
    known
}

#[cfg(test)]
mod tests {
    use http::Request;

    use super::*;

    #[test]
    fn undescribed_credentials_are_for_the_service_to_check() {
        const ACCEPTED: &[Accepted] = &[(&[Scheme::undescribed("Signature")], &[])];
        let (mut parts, ()) = Request::new(()).into_parts();
        parts.headers.insert("x-signature", HeaderValue::from_static("hunter2"));
        let presented = present(&parts, ACCEPTED, "r").map(|presented| presented.credentials).ok();
        assert!(!format!("{presented:?}").contains("hunter2"));
        let Some(Credentials::Undescribed(headers)) = presented else { panic!("{presented:?}") };
        assert_eq!(headers.expose()["x-signature"], "hunter2");
        let problem = challenge(ACCEPTED, "r", "");
        assert_eq!(problem.status(), StatusCode::UNAUTHORIZED);
    }

    #[test]
    fn nobody_who_says_who_they_are_is_anonymous() {
        const ACCEPTED: &[Accepted] = &[(&[], &[]), (&[Scheme::bearer("token")], &["read"])];
        let (mut parts, ()) = Request::new(()).into_parts();
        let presented = present(&parts, ACCEPTED, "r").map(|presented| presented.credentials);
        assert!(matches!(presented, Ok(Credentials::Anonymous)));
        parts.headers.insert(http::header::AUTHORIZATION, HeaderValue::from_static("Bearer t"));
        let presented = present(&parts, ACCEPTED, "r");
        let presented = presented.map(|presented| (presented.credentials, presented.permissions));
        assert!(matches!(presented, Ok((Credentials::Bearer(_), ["read"]))));
    }
}
