//! What credentials an operation needs: as its page says, or else as its sample sends them.

use std::ops::Range;

use super::PageReader;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::{
        readme::authorization::{Authorization, read_authorization},
        security::report_sent,
    },
    model::{ApiKeyLocation, SchemeKind, SecurityScheme, Text},
};

impl PageReader<'_, '_> {
    /// Takes what stands under `Authorization`.
    pub(super) fn authorization(&mut self, range: Range<usize>) {
        let Some(read) = read_authorization(self.cx.slice(range.clone())) else {
            self.describe(range);
            return;
        };
        let name = self.cx.fact(range.clone());
        match read {
            Authorization::Open => {
                self.draft.security.get_or_insert_default();
            }
            Authorization::Scheme { name: scheme, kind, permissions } => {
                self.draft.require(&scheme, permissions);
                if !self.page.security_schemes.contains_key(&scheme) {
                    self.report_scheme(&name, &scheme, kind.as_ref());
                    let kind = kind.unwrap_or(SchemeKind::Unknown);
                    let scheme_facts =
                        SecurityScheme { inferred: true, ..SecurityScheme::new(kind, name.span) };
                    self.page.security_schemes.insert(scheme, scheme_facts);
                }
            }
        }
    }

    fn report_scheme(&mut self, line: &Text, name: &str, kind: Option<&SchemeKind>) {
        let diagnostic = match kind {
            Some(kind) => {
                let what = match kind {
                    SchemeKind::Http { scheme } => format!("HTTP `{scheme}` authentication"),
                    SchemeKind::OAuth2 => "OAuth 2".to_owned(),
                    _ => "credentials".to_owned(),
                };
                Diagnostic::new(codes::SCHEME_FROM_NAME, line.span, format!("security scheme `{name}`"))
                    .label(format!("read as {what}, by its name"))
            }
            None => Diagnostic::new(codes::UNKNOWN_SCHEME, line.span, format!("security scheme `{name}`"))
                .label("the page does not say what it is"),
        };
        self.cx.report(
            diagnostic
                .help("describe the scheme under `security_schemes` in docwright.yaml if this is not right"),
        );
    }

    /// Takes from a sample what credentials the operation needs, where the page has no section for it.
    pub(super) fn security_from_sample(&mut self) {
        if self.draft.security.is_some() {
            return;
        }
        let Some((command, sample)) = self.commands().into_iter().next() else { return };
        for header in &command.headers {
            if self.draft.parameters.documents(&header.name) {
                continue;
            }
            let Some((scheme, kind)) = credentials(&header.name, &header.value) else { continue };
            let at = self.cx.slice(sample.clone()).find(&header.name).map(|at| sample.start + at);
            let range = at.map_or(sample.clone(), |at| at..at + header.name.len());
            let span = self.cx.span(range);
            report_sent(self.cx, &header.name, span);
            self.draft.require(&scheme, Vec::new());
            let facts = SecurityScheme { inferred: true, ..SecurityScheme::new(kind, span) };
            self.page.security_schemes.entry(scheme).or_insert(facts);
        }
    }
}

/// The scheme of a header that carries credentials, by its name and the first word of its value.
fn credentials(name: &str, value: &str) -> Option<(String, SchemeKind)> {
    let lower = name.to_ascii_lowercase();
    if lower == "authorization" {
        let scheme = match value.split_whitespace().next()?.to_ascii_lowercase().as_str() {
            "bearer" => "bearer",
            "basic" => "basic",
            _ => return None,
        };
        return Some((scheme.to_owned(), SchemeKind::Http { scheme: scheme.to_owned() }));
    }
    let plain: String = lower.trim_start_matches("x-").chars().filter(char::is_ascii_alphanumeric).collect();
    let key = plain.ends_with("apikey") || matches!(plain.as_str(), "authtoken" | "accesstoken");
    let kind = SchemeKind::ApiKey { location: ApiKeyLocation::Header, name: name.to_owned() };
    key.then(|| (name.to_owned(), kind))
}
