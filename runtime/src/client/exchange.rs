//! A call over the wire: the request with its credentials, redirects, the response's bytes.
//!
//! A filled [`Call`] comes in, a response with a bounded body goes out.
//!
//! Invariants: credentials go to the origin (RFC 6454: scheme, host, port) of the base URL and nowhere else, so
//! that neither another host nor a downgrade to plain HTTP sees them; the path that is sent is the one that was
//! encoded; all hops together take no longer than the timeout.

use std::time::Instant;

use bytes::Bytes;
use http::{
    HeaderMap, HeaderValue, Method, StatusCode,
    header::{AUTHORIZATION, CONTENT_TYPE, COOKIE, LOCATION, PROXY_AUTHORIZATION},
};
use url::Url;

use super::{
    Core,
    call::Call,
    credentials::Credential,
    error::{Fault, RequestError, TransportError},
    response::Received,
};

/// The most redirects that are followed.
const MAX_REDIRECTS: usize = 10;

/// A request as it is sent, once for each hop.
struct Request {
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Bytes>,
}

pub(super) async fn send(call: Call<'_>) -> Result<Received, Fault> {
    let Call { core, keep_redirects, .. } = call;
    // A timeout that no clock reaches is none.
    let deadline = core.timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    let mut request = prepare(call)?;
    for _ in 0..=MAX_REDIRECTS {
        let response = execute(core, &request, deadline).await?;
        let status = response.status();
        match redirect(&response).filter(|target| !keep_redirects && request.may_follow(status, target)) {
            Some(target) => request.follow(status, target),
            None => return receive(response, core.max_body).await,
        }
    }
    Err(Fault::Transport(TransportError::Redirects { limit: MAX_REDIRECTS }))
}

/// The request with its credentials. A header that is there already, of a parameter or of the client's own
/// headers, is not replaced.
fn prepare(call: Call<'_>) -> Result<Request, RequestError> {
    let Call { core, method, path, mut query, mut headers, mut cookies, body, security, problem, .. } = call;
    if let Some(problem) = problem {
        return Err(problem);
    }
    for credential in choose(core, security) {
        match credential {
            Credential::Header(name, value) => drop(headers.entry(name).or_insert(value.clone())),
            Credential::Query(pair) if query.is_empty() => query.push_str(pair),
            Credential::Query(pair) => query.extend(["&", pair]),
            Credential::Cookie(pair) => cookies.push(pair.clone()),
        }
    }
    if !cookies.is_empty() {
        // Names and values were checked to be visible ASCII.
        let mut value = HeaderValue::from_str(&cookies.join("; ")).map_err(|_| RequestError::Url)?;
        value.set_sensitive(true);
        headers.insert(COOKIE, value);
    }
    let path = path.finish()?;
    // The host was read when the client was built.
    let mut url = core.base.clone();
    url.set_path(&path);
    // A URL resolves dots; what is left of the path must be what was put there.
    if url.path() != path {
        return Err(RequestError::Url);
    }
    url.set_query((!query.is_empty()).then_some(&query));
    Ok(Request { method, url, headers, body })
}

/// The credentials of the first alternative that the client has in full.
fn choose<'c>(core: &'c Core, alternatives: &[&[&str]]) -> Vec<&'c Credential> {
    let find = |scheme: &&str| {
        core.credentials.iter().find(|(known, _)| known == scheme).map(|(_, credential)| credential)
    };
    let complete = |schemes: &&[&str]| schemes.iter().map(find).collect::<Option<Vec<_>>>();
    alternatives.iter().filter_map(complete).find(|found| !found.is_empty()).unwrap_or_default()
}

async fn execute(
    core: &Core,
    request: &Request,
    deadline: Option<Instant>,
) -> Result<reqwest::Response, Fault> {
    let mut sent = reqwest::Request::new(request.method.clone(), request.url.clone());
    *sent.headers_mut() = request.headers.clone();
    *sent.body_mut() = request.body.clone().map(Into::into);
    if let Some(deadline) = deadline {
        let left = deadline.checked_duration_since(Instant::now()).ok_or(Fault::Timeout)?;
        *sent.timeout_mut() = Some(left);
    }
    Ok(core.http.execute(sent).await?)
}

async fn receive(mut response: reqwest::Response, max_body: usize) -> Result<Received, Fault> {
    // Most bodies come in one piece, which need not be copied.
    let (mut body, mut pieces) = (Bytes::new(), Vec::new());
    while let Some(chunk) = response.chunk().await? {
        if chunk.len() > max_body - body.len().max(pieces.len()) {
            return Err(Fault::TooLarge(max_body));
        }
        if body.is_empty() {
            body = chunk;
            continue;
        }
        if pieces.is_empty() {
            pieces.extend_from_slice(&body);
        }
        pieces.extend_from_slice(&chunk);
    }
    if !pieces.is_empty() {
        body = pieces.into();
    }
    let headers = std::mem::take(response.headers_mut());
    Ok(Received::new(response.status(), headers, body))
}

/// Where a response sends the client (RFC 9110, 15.4); `None` where it does not, or to no place to go.
fn redirect(response: &reqwest::Response) -> Option<Url> {
    if !matches!(response.status().as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let target = response.url().join(location).ok()?;
    let plain = target.username().is_empty() && target.password().is_none();
    (plain && matches!(target.scheme(), "http" | "https")).then_some(target)
}

impl Request {
    /// What browsers made of POST became the rule for 301 and 302; 303 asks for GET whatever it was.
    fn becomes_get(&self, status: StatusCode) -> bool {
        match status {
            StatusCode::SEE_OTHER => self.method != Method::HEAD,
            StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => self.method == Method::POST,
            _ => false,
        }
    }

    /// A body stays with the origin that it was meant for: it can hold secrets as much as a header can. The
    /// redirect is then what the caller gets.
    fn may_follow(&self, status: StatusCode, target: &Url) -> bool {
        self.body.is_none() || self.becomes_get(status) || target.origin() == self.url.origin()
    }

    fn follow(&mut self, status: StatusCode, target: Url) {
        if self.becomes_get(status) {
            self.method = Method::GET;
            self.body = None;
            self.headers.remove(CONTENT_TYPE);
        }
        if target.origin() != self.url.origin() {
            for name in credential_names(&self.headers) {
                self.headers.remove(name);
            }
        }
        self.url = target;
    }
}

/// The headers that hold credentials. Keys in a query are gone with the URL that held them.
fn credential_names(headers: &HeaderMap) -> Vec<http::HeaderName> {
    let holds_credential = |(name, value): &(&http::HeaderName, &HeaderValue)| {
        value.is_sensitive() || [AUTHORIZATION, COOKIE, PROXY_AUTHORIZATION].contains(name)
    };
    headers.iter().filter(holds_credential).map(|(name, _)| name.clone()).collect()
}
