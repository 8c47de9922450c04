//! Refusals, and their form as problem details (RFC 9457).
//!
//! A [`Problem`] says what is wrong with a request in words that are fixed here or documented on the API's
//! page. It never holds a value that was sent, nor the text of an error of the service.

use std::borrow::Cow;

use axum::response::{IntoResponse, Response};
use http::{HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{Limit, Number, Violation};

/// A refused request.
///
/// As a response it is `application/problem+json` with the members `type`, `title` and `status`, and, where
/// they apply, `detail`, `pointer` (the JSON pointer, RFC 6901, of what is wrong in the body), `parameter`, `limit` (as in
/// `{"maxLength": 2}`) and `errors` (all limits that are broken, where there are several):
///
/// ```json
/// {
///   "type": "about:blank",
///   "title": "Unprocessable Entity",
///   "status": 422,
///   "detail": "must have at most 2 characters",
///   "pointer": "/country",
///   "limit": { "maxLength": 2 }
/// }
/// ```
#[derive(Debug)]
pub struct Problem(Box<Parts>);

#[derive(Debug)]
struct Parts {
    status: StatusCode,
    reason: Reason,
    detail: Option<Cow<'static, str>>,
    pointer: Option<String>,
    parameter: Option<&'static str>,
    broken: Vec<Broken>,
    headers: Vec<(HeaderName, HeaderValue)>,
}

/// Why a request is refused, in the order in which requests are checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// No operation has the path: 404.
    Path,
    /// Operations have the path, none of them the method: 405 with `Allow`.
    Method,
    /// Credentials are missing, malformed or wrong: 401 with `WWW-Authenticate`.
    Credentials,
    /// The caller may not do that: 403.
    Permission,
    /// Credentials cannot be checked now: 503.
    Unavailable,
    /// A parameter is missing or not of its documented type: 400.
    Parameter,
    /// The body is not of a documented media type: 415 with `Accept`, or with `Accept-Encoding`.
    MediaType,
    /// The body is too large: 413.
    Size,
    /// The body is missing, or does not arrive: 400.
    Body,
    /// The body is not JSON (RFC 8259): 400.
    Syntax,
    /// The body is JSON of another shape than the documented one: 422.
    Shape,
    /// A documented limit is broken: 422.
    Limit,
    /// The service failed: 500.
    Internal,
}

/// A broken limit, of a parameter or of a value in the body.
#[derive(Debug)]
pub(super) struct Broken {
    pub(super) parameter: Option<&'static str>,
    pub(super) violation: Violation,
}

impl Problem {
    /// A problem of which only status and reason are known.
    #[must_use]
    pub fn new(status: StatusCode, reason: Reason) -> Self {
        Self(Box::new(Parts {
            status,
            reason,
            detail: None,
            pointer: None,
            parameter: None,
            broken: Vec::new(),
            headers: Vec::new(),
        }))
    }

    /// A failure of the service, of which nothing is told.
    #[must_use]
    pub fn internal() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, Reason::Internal)
    }

    /// Adds an explanation. It is sent: no value of the request and no error's text belongs in it.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.0.detail = Some(detail.into());
        self
    }

    pub(super) fn with_pointer(mut self, pointer: String) -> Self {
        self.0.pointer = Some(pointer);
        self
    }

    pub(super) fn with_parameter(mut self, name: &'static str) -> Self {
        self.0.parameter = Some(name);
        self
    }

    pub(super) fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.0.headers.push((name, value));
        self
    }

    /// The limits that a request breaks. The first stands for all of them.
    pub(super) fn limits(broken: Vec<Broken>) -> Self {
        let mut problem = Self::new(StatusCode::UNPROCESSABLE_ENTITY, Reason::Limit);
        if let Some(first) = broken.first() {
            problem.0.detail = Some(first.violation.limit.to_string().into());
            problem.0.parameter = first.parameter;
            problem.0.pointer = first.pointer().map(str::to_owned);
        }
        problem.0.broken = broken;
        problem
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// Why the request is refused.
    #[must_use]
    pub fn reason(&self) -> Reason {
        self.0.reason
    }

    /// The status in words (RFC 9110).
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.0.status.canonical_reason().unwrap_or("Error")
    }

    /// What exactly is wrong, in words that hold no value of the request.
    #[must_use]
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The JSON pointer (RFC 6901) of what is wrong in the body.
    #[must_use]
    pub fn pointer(&self) -> Option<&str> {
        self.0.pointer.as_deref()
    }

    /// The name of the parameter that is wrong.
    #[must_use]
    pub fn parameter(&self) -> Option<&'static str> {
        self.0.parameter
    }

    /// The limit that is broken; the first, where there are several.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.0.broken.first().map(|broken| broken.violation.limit)
    }

    /// The headers that HTTP requires of the response, such as `WWW-Authenticate`. Responses of another form
    /// get them too.
    #[must_use]
    pub fn headers(&self) -> &[(HeaderName, HeaderValue)] {
        &self.0.headers
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let errors = if self.0.broken.len() > 1 {
            self.0.broken.iter().map(Broken::wire).collect()
        } else {
            Vec::new()
        };
        let details = Details {
            ty: "about:blank",
            title: self.title(),
            status: self.0.status.as_u16(),
            detail: self.detail(),
            pointer: self.pointer(),
            parameter: self.parameter(),
            limit: self.limit().map(WireLimit),
            errors,
        };
        // Strings and numbers always have a JSON form.
        let body = serde_json::to_vec(&details).unwrap_or_default();
        let mut response = Response::new(body.into());
        *response.status_mut() = self.0.status;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        for (name, value) in self.0.headers {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl Broken {
    /// The JSON pointer, of a value in the body.
    fn pointer(&self) -> Option<&str> {
        self.parameter.is_none().then_some(self.violation.pointer.as_str())
    }

    fn wire(&self) -> WireError<'_> {
        WireError {
            detail: self.violation.limit.to_string(),
            pointer: self.pointer(),
            parameter: self.parameter,
            limit: WireLimit(self.violation.limit),
        }
    }
}

/// The members of a problem.
#[derive(Serialize)]
struct Details<'p> {
    #[serde(rename = "type")]
    ty: &'static str,
    title: &'static str,
    status: u16,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<WireLimit>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<WireError<'p>>,
}

/// One of several broken limits.
#[derive(Serialize)]
struct WireError<'p> {
    detail: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pointer: Option<&'p str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'static str>,
    limit: WireLimit,
}

/// A limit as JSON Schema has it: an object with one member.
struct WireLimit(Limit);

impl Serialize for WireLimit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(1))?;
        match self.0 {
            Limit::MinLength(limit) => map.serialize_entry("minLength", &limit)?,
            Limit::MaxLength(limit) => map.serialize_entry("maxLength", &limit)?,
            Limit::Minimum(limit) => entry(&mut map, "minimum", limit)?,
            Limit::Maximum(limit) => entry(&mut map, "maximum", limit)?,
            Limit::ExclusiveMinimum(limit) => entry(&mut map, "exclusiveMinimum", limit)?,
            Limit::ExclusiveMaximum(limit) => entry(&mut map, "exclusiveMaximum", limit)?,
            Limit::MultipleOf(limit) => entry(&mut map, "multipleOf", limit)?,
            Limit::MinItems(limit) => map.serialize_entry("minItems", &limit)?,
            Limit::MaxItems(limit) => map.serialize_entry("maxItems", &limit)?,
            Limit::UniqueItems => map.serialize_entry("uniqueItems", &true)?,
            Limit::MinProperties(limit) => map.serialize_entry("minProperties", &limit)?,
            Limit::MaxProperties(limit) => map.serialize_entry("maxProperties", &limit)?,
            // JSON Schema says this with a schema of its own: `propertyNames`.
            Limit::MaxKeyLength(limit) => map.serialize_entry("maxKeyLength", &limit)?,
        }
        map.end()
    }
}

fn entry<M: SerializeMap>(map: &mut M, keyword: &str, limit: Number) -> Result<(), M::Error> {
    match limit {
        Number::Integer(limit) => map.serialize_entry(keyword, &limit),
        Number::Float(limit) => map.serialize_entry(keyword, &limit),
    }
}
