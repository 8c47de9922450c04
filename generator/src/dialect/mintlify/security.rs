//! The section of credentials comes in, security schemes go out.
//!
//! Enter at [`read`]. The page prints each credential as a field, with where it is sent. Whether an
//! `Authorization` header is a bearer token is told by the description or by the `curl` command.

use super::{
    constraints::build,
    fields::{Draft, Scan},
    labels::Marker,
    lines::Piece,
    sections::{report_lost, sample},
};
use crate::{
    claims::Claim,
    curl::{self, Command},
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field},
    model::{
        ApiKeyLocation, Operation, Page, Parameter, ParameterLocation, Sample, SchemeKind,
        SecurityRequirement, SecurityScheme,
    },
};

/// Reads the section: all credentials that it lists are needed together.
pub(super) fn read(
    cx: &mut Context<'_>,
    pieces: &[Piece],
    scan: &Scan,
    operation: &mut Operation,
    page: &mut Page,
) {
    let mut requirement = SecurityRequirement::default();
    for draft in &scan.drafts {
        let choice = draft.description.first().and_then(|&at| pieces.get(at));
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
        let Some(name) = field.name.as_ref().map(|name| name.value.clone()) else {
            report_lost(cx, field.span);
            continue;
        };
        let kind = kind(&name, location, &field, operation);
        let scheme_name = match &kind {
            SchemeKind::Http { scheme } => scheme.clone(),
            _ => name,
        };
        let Field { schema, span, .. } = field;
        let scheme = SecurityScheme { kind, description: schema.description, inferred: false, span };
        page.security_schemes.entry(scheme_name.clone()).or_insert(scheme);
        requirement.schemes.insert(scheme_name, Vec::new());
    }
    for &at in &scan.intro {
        sample(cx, pieces, at, None, operation);
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
}

/// Credentials that only the command has, on a page without the section: the product puts a placeholder in
/// angle brackets where the vendor has declared a scheme.
pub(super) fn infer(cx: &mut Context<'_>, command: &Command, operation: &mut Operation, page: &mut Page) {
    let mut requirement = SecurityRequirement::default();
    let span = cx.span(command.range.clone());
    for (name, value) in &command.headers {
        let documented = |parameter: &Parameter| {
            parameter.location == ParameterLocation::Header && parameter.name.value.eq_ignore_ascii_case(name)
        };
        if operation.parameters.iter().any(documented) {
            continue;
        }
        let kind = match value.as_str() {
            "Bearer <token>" => SchemeKind::Http { scheme: "bearer".to_owned() },
            "Basic <encoded-value>" => SchemeKind::Http { scheme: "basic".to_owned() },
            "<api-key>" => SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: name.clone() },
            _ => continue,
        };
        let scheme_name = match &kind {
            SchemeKind::Http { scheme } => scheme.clone(),
            _ => name.clone(),
        };
        cx.report(
            Diagnostic::new(
                codes::SCHEME_FROM_SAMPLE,
                span,
                format!("credentials `{name}` that no section documents"),
            )
            .label("read from this command")
            .help("give the security scheme in the configuration if it is another"),
        );
        let scheme = SecurityScheme { kind, description: None, inferred: true, span };
        page.security_schemes.entry(scheme_name.clone()).or_insert(scheme);
        requirement.schemes.insert(scheme_name, Vec::new());
    }
    if !requirement.schemes.is_empty() {
        operation.security = Some(vec![requirement]);
    }
}

/// Whether what looks like a field without a name is the choice of schemes.
fn is_choice(cx: &Context<'_>, draft: &Draft, choice: &Piece) -> bool {
    let bare = draft.name.is_none() && draft.ty.is_none() && draft.description.len() == 1;
    bare && is_doubled(cx.slice(choice.range.clone()))
}

/// Browsers copy the choice of schemes twice: `ApiKeyAuthApiKeyAuth`.
fn is_doubled(text: &str) -> bool {
    let half = text.len() / 2;
    text.len() > 1 && !text.contains(char::is_whitespace) && text.get(..half) == text.get(half..)
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

/// What kind of credentials a field is.
fn kind(name: &str, location: ApiKeyLocation, field: &Field, operation: &Operation) -> SchemeKind {
    let api_key = SchemeKind::ApiKey { location, name: name.to_owned() };
    if !name.eq_ignore_ascii_case("Authorization") || location != ApiKeyLocation::Header {
        return api_key;
    }
    let described = field.schema.description.as_ref().map(|text| text.value.as_str());
    let sent = operation.samples.iter().find_map(|sample| match sample {
        Sample::Curl { text } => curl::curl(&text.value, 0)?.0.header("Authorization").map(str::to_owned),
        _ => None,
    });
    // What is sent says more than what is written about it.
    for text in [sent.as_deref(), described].into_iter().flatten() {
        for (scheme, words) in [("bearer", ["Bearer ", "Bearer"]), ("basic", ["Basic ", "Basic"])] {
            if words.iter().any(|word| text.starts_with(word) || text.contains(&format!("`{word}"))) {
                return SchemeKind::Http { scheme: scheme.to_owned() };
            }
        }
    }
    api_key
}

#[cfg(test)]
mod tests {
    use super::is_doubled;

    #[test]
    fn a_choice_of_schemes_is_doubled() {
        assert!(is_doubled("ApiKeyAuthApiKeyAuth"));
        assert!(is_doubled("bearerAuthapiKeybearerAuthapiKey"));
        assert!(!is_doubled("Authorization"));
        assert!(!is_doubled("a"));
    }
}
