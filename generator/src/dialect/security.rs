//! Security schemes that a page only names, or only sends.
//!
//! Several dialects give a scheme's name and nothing else: `Security: BasicAuth`, `- Bearer auth`. Where
//! the name clearly tells the kind, it is inferred and a note says so; otherwise the kind stays unknown
//! and a warning says so. Enter at [`name_scheme`], or at [`report_sent`] for what only a sample shows.

use super::Context;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{ApiKeyLocation, Page, SchemeKind, SecurityScheme, Text},
    source::Span,
};

/// Adds the scheme of a name to the page, unless the page has it already.
pub(crate) fn name_scheme(cx: &mut Context<'_>, page: &mut Page, name: &Text) {
    if page.security_schemes.contains_key(&name.value) {
        return;
    }
    let kind = kind_from_name(&name.value);
    let inferred = kind.is_some();
    match &kind {
        Some(kind) => cx.report(
            Diagnostic::new(
                codes::SCHEME_FROM_NAME,
                name.span,
                format!("security scheme `{}` taken for {}", name.value, describe(kind)),
            )
            .label("only its name is given")
            .help("add the API's overview page, or describe the scheme under `security_schemes` in docwright.yaml"),
        ),
        None => cx.report(
            Diagnostic::new(
                codes::UNKNOWN_SCHEME,
                name.span,
                format!("security scheme `{}` of unknown kind", name.value),
            )
            .label("its name does not tell how credentials are sent")
            .help("add the API's overview page, or describe the scheme under `security_schemes` in docwright.yaml"),
        ),
    }
    let kind = kind.unwrap_or(SchemeKind::Unknown);
    let scheme = SecurityScheme { inferred, ..SecurityScheme::new(kind, name.span) };
    page.security_schemes.insert(name.value.clone(), scheme);
}

/// Tells of credentials that a page's sample sends in a header, and that no section of it documents.
pub(crate) fn report_sent(cx: &mut Context<'_>, header: &str, span: Span) {
    cx.report(
        Diagnostic::new(
            codes::SCHEME_FROM_SAMPLE,
            span,
            format!("credentials `{header}` that no section documents"),
        )
        .label("read from this header")
        .help("describe the scheme under `security_schemes` in docwright.yaml if it is another"),
    );
}

/// The kind of credentials that a scheme's name clearly tells.
#[must_use]
pub(crate) fn kind_from_name(name: &str) -> Option<SchemeKind> {
    let name = name.trim();
    // A name such as `X-Api-Key` is that of the header itself.
    let header = name.strip_prefix("X-").or_else(|| name.strip_prefix("x-"));
    if header
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
    {
        return Some(SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: name.to_owned() });
    }
    let squeezed: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let squeezed = squeezed.to_ascii_lowercase();
    let says = |word: &str| squeezed.contains(word);
    let http = |scheme: &str| SchemeKind::Http { scheme: scheme.to_owned() };
    let kinds = [
        (says("basic"), http("basic")),
        (says("bearer") || says("jwt"), http("bearer")),
        (says("oauth2"), SchemeKind::OAuth2),
    ];
    let mut told = kinds.into_iter().filter(|(told, _)| *told).map(|(_, kind)| kind);
    let kind = told.next();
    // A name that tells two kinds tells none.
    if told.next().is_some() { None } else { kind }
}

fn describe(kind: &SchemeKind) -> &'static str {
    match kind {
        SchemeKind::Http { scheme } if scheme == "basic" => "HTTP basic authentication",
        SchemeKind::Http { .. } => "a bearer token",
        SchemeKind::ApiKey { .. } => "an API key in the header of that name",
        SchemeKind::OAuth2 => "OAuth 2",
        SchemeKind::OpenIdConnect { .. } => "OpenID Connect",
        SchemeKind::Unknown => "a scheme of unknown kind",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        let kind = kind_from_name(name).map_or("unknown", |kind| describe(&kind));
        assert_eq!(kind, expected, "{name}");
    }

    #[test]
    fn names_tell_kinds_only_where_they_are_clear() {
        for name in ["BasicAuth", "basic", "Basic authentication", "http_basic"] {
            check(name, "HTTP basic authentication");
        }
        for name in ["Bearer auth", "bearer", "JWT", "Access JSON Web Token (jwt)"] {
            check(name, "a bearer token");
        }
        check("O auth2", "OAuth 2");
        check("X-Api-Key", "an API key in the header of that name");
        for name in ["ApiKeyAuth", "Auth0", "CookieAuth", "Personal access token", "BasicOrBearer", "X-", ""]
        {
            check(name, "unknown");
        }
    }
}
