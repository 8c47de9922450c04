//! The section of credentials comes in, security schemes go out.
//!
//! Enter at [`read`]. The page prints each credential as a field, with where it is sent: that states an API
//! key. What an `Authorization` header holds it does not print; the description or the `curl` command tells
//! it, and a note says which. Where neither does, the kind is unknown.

use super::{
    constraints::build,
    fields::{Draft, Scan},
    labels::Marker,
    lines::Piece,
    sections::{report_lost, sample},
};
use crate::{
    claims::Claim,
    curl::{self, Command, Header},
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field, security::report_sent},
    model::{
        ApiKeyLocation, Operation, Page, Parameter, ParameterLocation, Sample, SchemeKind,
        SecurityRequirement, SecurityScheme,
    },
    source::Span,
};

/// The longest name of a scheme, in bytes.
const MAX_SCHEME: usize = 64;

/// Reads the section: all credentials that it lists are needed together.
pub(super) fn read(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    scan: &Scan,
    operation: &mut Operation,
    page: &mut Page,
) {
    let mut requirement = SecurityRequirement::default();
    for (at, draft) in scan.drafts.iter().enumerate() {
        let choice = draft.description.first().and_then(|&at| pieces.get(at));
        let next = scan.drafts.get(at + 1);
        if let Some(scheme) = choice.filter(|choice| is_scheme(cx, draft, choice, next)) {
            cx.claim(scheme.range.clone(), Claim::Fact);
            continue;
        }
        if let Some(choice) = choice.filter(|choice| is_choice(cx, draft, choice)) {
            report_choice(cx, choice);
            continue;
        }
        let location = match draft.location {
            Some(Marker::Query) => ApiKeyLocation::Query,
            Some(Marker::Cookie) => ApiKeyLocation::Cookie,
            _ => ApiKeyLocation::Header,
        };
        let field = build(cx, pieces, draft);
        credential(cx, field, location, operation, page, &mut requirement);
    }
    for &at in &scan.intro {
        sample(cx, pieces, at, None, operation);
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
}

/// A credential that a section of credentials lists.
pub(super) fn credential(
    cx: &mut Context<'_>,
    field: Field,
    location: ApiKeyLocation,
    operation: &Operation,
    page: &mut Page,
    requirement: &mut SecurityRequirement,
) {
    let Some(name) = field.name.as_ref().map(|name| name.value.clone()) else {
        return report_lost(cx, field.span);
    };
    let is_authorization = location == ApiKeyLocation::Header && name.eq_ignore_ascii_case("Authorization");
    let (kind, inferred) = match is_authorization {
        true => infer_kind(cx, &field, &name, operation),
        false => (SchemeKind::ApiKey { location, name: name.clone() }, false),
    };
    let scheme_name = match &kind {
        SchemeKind::Http { scheme } => scheme.clone(),
        _ => name,
    };
    let Field { schema, span, .. } = field;
    let scheme =
        SecurityScheme { description: schema.description, inferred, ..SecurityScheme::new(kind, span) };
    page.security_schemes.entry(scheme_name.clone()).or_insert(scheme);
    requirement.schemes.insert(scheme_name, Vec::new());
}

/// Credentials that only the command has, on a page without the section: the product puts a placeholder in
/// angle brackets where the vendor has declared a scheme.
pub(super) fn infer(cx: &mut Context<'_>, command: &Command, operation: &mut Operation, page: &mut Page) {
    let mut requirement = SecurityRequirement::default();
    for Header { name, value, range } in &command.headers {
        let documented = |parameter: &Parameter| {
            parameter.location == ParameterLocation::Header && parameter.name.value.eq_ignore_ascii_case(name)
        };
        if operation.parameters.iter().any(documented) {
            continue;
        }
        let span = cx.span(range.clone());
        let kind = match value.as_str() {
            "Bearer <token>" => http("bearer"),
            "Basic <encoded-value>" => http("basic"),
            API_KEY => SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: name.clone() },
            _ => continue,
        };
        let scheme_name = match &kind {
            SchemeKind::Http { scheme } => scheme.clone(),
            _ => name.clone(),
        };
        report_sent(cx, name, span);
        let scheme = SecurityScheme { inferred: true, ..SecurityScheme::new(kind, span) };
        page.security_schemes.entry(scheme_name.clone()).or_insert(scheme);
        requirement.schemes.insert(scheme_name, Vec::new());
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
}

/// Whether what looks like a field without a name is the choice of schemes.
fn is_choice(cx: &Context<'_>, draft: &Draft, choice: &Piece) -> bool {
    is_bare(draft) && is_doubled(cx.slice(choice.range.clone()))
}

/// Whether what looks like a field without a name is what the scheme is called whose credential comes next: a word above
/// the anchor of that.
fn is_scheme(cx: &Context<'_>, draft: &Draft, word: &Piece, next: Option<&Draft>) -> bool {
    let text = cx.slice(word.range.clone());
    let word = text.len() <= MAX_SCHEME
        && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    let above = draft.anchor.is_empty() && next.is_some_and(|next| !next.anchor.is_empty());
    word && above && is_bare(draft) && !is_doubled(text)
}

fn is_bare(draft: &Draft) -> bool {
    draft.name.is_none() && draft.ty.is_none() && draft.description.len() == 1 && draft.constraints.is_empty()
}

/// Browsers copy the choice of schemes twice: `ApiKeyAuthApiKeyAuth`.
fn is_doubled(text: &str) -> bool {
    let half = text.len() / 2;
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        [word] => word.len() > 1 && text.get(..half) == text.get(half..),
        words => words.len() > 1 && words.get(..words.len() / 2) == words.get(words.len() / 2..),
    }
}

fn report_choice(cx: &mut Context<'_>, choice: &Piece) {
    cx.claim(choice.range.clone(), Claim::Fact);
    let span = cx.span(choice.range.clone());
    cx.report(
        Diagnostic::new(codes::VARIANT_NOT_SHOWN, span, "choice of credentials")
            .label("the page shows the first choice only")
            .help("the credentials that follow are read as the only ones"),
    );
}

/// The kind of credentials that an `Authorization` header holds, and whether it was inferred.
fn infer_kind(cx: &mut Context<'_>, field: &Field, name: &str, operation: &Operation) -> (SchemeKind, bool) {
    let described =
        field.schema.description.as_ref().and_then(|text| Some((kind_in_prose(&text.value)?, text.span)));
    let sent = operation.samples.iter().find_map(|sample| sent_kind(sample, name));
    let (code, kind, span, label) = match (sent, described) {
        // Where the two contradict each other, what is sent counts.
        (Some((kind, span)), described) if described.as_ref().is_none_or(|(other, _)| *other != kind) => {
            (codes::SCHEME_FROM_SAMPLE, kind, span, "read from this header")
        }
        (_, Some((kind, span))) => (codes::SCHEME_FROM_DESCRIPTION, kind, span, "read from these words"),
        _ => {
            cx.report(
                Diagnostic::new(
                    codes::UNKNOWN_SCHEME,
                    field.span,
                    format!("credentials `{name}` of unknown kind"),
                )
                .label("neither a description nor a `curl` command tells what the header holds")
                .help("describe the scheme under `security_schemes` in docwright.yaml"),
            );
            return (SchemeKind::Unknown, false);
        }
    };
    let what = match &kind {
        SchemeKind::Http { scheme } => format!("HTTP `{scheme}` authentication"),
        _ => "an API key".to_owned(),
    };
    let mut diagnostic = Diagnostic::new(code, span, format!("credentials `{name}` taken for {what}"))
        .label(label)
        .help("describe the scheme under `security_schemes` in docwright.yaml if this is not right");
    if code == codes::SCHEME_FROM_SAMPLE {
        diagnostic = diagnostic.related(field.span, "the field does not say what it holds");
    }
    cx.report(diagnostic);
    (kind, true)
}

/// What the product puts in a command for a key.
const API_KEY: &str = "<api-key>";

/// How the product describes the header of what declares OAuth 2.0.
const OAUTH: &str = "The access token received from the authorization server in the OAuth 2.0 flow";

fn http(scheme: &str) -> SchemeKind {
    SchemeKind::Http { scheme: scheme.to_owned() }
}

/// The kind of credentials that a command sends in a header, and where.
fn sent_kind(sample: &Sample, name: &str) -> Option<(SchemeKind, Span)> {
    let Sample::Curl { text } = sample else { return None };
    let (command, _) = curl::curl(&text.value, text.span.range().start)?;
    let header = command.find_header(name)?;
    let kind = match header.value.split_whitespace().next()? {
        "Bearer" => http("bearer"),
        "Basic" => http("basic"),
        API_KEY => SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: name.to_owned() },
        _ => return None,
    };
    Some((kind, Span::new(text.span.page, header.range.clone())))
}

/// The scheme that a description of an `Authorization` header names: as its first word, or before a
/// placeholder.
fn kind_in_prose(text: &str) -> Option<SchemeKind> {
    let words = [("Bearer", "bearer"), ("Basic", "basic")];
    let names = |word: &str| {
        let parts = text.match_indices(word).any(|(at, _)| {
            let before = text.get(..at).unwrap_or_default();
            let after = text.get(at + word.len()..).unwrap_or_default();
            before.ends_with('`')
                || [" <", " {", " `<", " $", " Auth", " auth", " scheme"]
                    .iter()
                    .any(|open| after.starts_with(open))
        });
        text.split_whitespace().next() == Some(word) || parts
    };
    // A token that OAuth gives is sent as a bearer token (RFC 6750, section 2.1): the product's words for it.
    let token = || text.starts_with(OAUTH).then_some("bearer");
    words.iter().find(|(word, _)| names(word)).map(|(_, scheme)| *scheme).or_else(token).map(http)
}

#[cfg(test)]
mod tests {
    use super::{http, is_doubled, kind_in_prose};

    #[test]
    fn descriptions_name_a_scheme() {
        for text in [
            "Bearer authentication header of the form Bearer <token>, where <token> is your auth token.",
            "The header holds `Bearer <token>`.",
            "Send Bearer {token} with each call",
            "HTTP: Bearer Auth",
            "The header's value, in the Bearer scheme.",
            "The access token received from the authorization server in the OAuth 2.0 flow.",
        ] {
            assert_eq!(kind_in_prose(text), Some(http("bearer")), "{text}");
        }
        assert_eq!(kind_in_prose("Basic authentication header"), Some(http("basic")));
        for text in ["The key of your account.", "Basics are told elsewhere.", "No Bearer token here.", ""] {
            assert_eq!(kind_in_prose(text), None, "{text}");
        }
    }

    #[test]
    fn a_choice_of_schemes_is_doubled() {
        assert!(is_doubled("ApiKeyAuthApiKeyAuth"));
        assert!(is_doubled("bearerAuthapiKeybearerAuthapiKey"));
        assert!(is_doubled("bearerAuth apiKey bearerAuth apiKey"));
        assert!(!is_doubled("Authorization"));
        assert!(!is_doubled("Send your key with each call"));
        assert!(!is_doubled("a"));
    }
}
