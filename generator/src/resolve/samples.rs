//! Checks that a page's `curl` command and its fields say the same.
//!
//! Method, path, headers and the body's keys are compared; nothing is changed. A page that contradicts
//! itself is reported, because the generated client will send what the fields say.

use std::collections::HashSet;

use crate::{
    curl::{self, Command},
    diagnostic::{Diagnostic, codes},
    media_type::essence,
    model::{
        Api, ApiKeyLocation, Object, Operation, ParameterLocation, Sample, Schema, SchemeKind, Text, Type,
    },
};

/// The pass.
pub(super) fn check_samples(api: &mut Api, diagnostics: &mut Vec<Diagnostic>) {
    for operation in &api.operations {
        let commands = operation.samples.iter().filter_map(|sample| match sample {
            Sample::Curl { text } => Some((text, curl::curl(&text.value, 0)?.0)),
            _ => None,
        });
        let mut commands = commands.peekable();
        if commands.peek().is_none() {
            continue;
        }
        let headers = documented_headers(api, operation);
        for (text, command) in commands {
            let mut check = Check { api, headers: &headers, operation, text, diagnostics };
            check.method(&command);
            check.path(&command);
            check.headers(&command);
            check.body(&command);
        }
    }
}

/// The names of the headers that an operation's fields and credentials send, in small letters.
fn documented_headers(api: &Api, operation: &Operation) -> HashSet<String> {
    let parameters = operation.parameters.iter().filter(|p| p.location == ParameterLocation::Header);
    let named = parameters.map(|parameter| parameter.name.value.as_str());
    let schemes = operation.security.iter().flatten().flat_map(|requirement| requirement.schemes.keys());
    let schemes = schemes.filter_map(|scheme| api.security_schemes.get(scheme));
    let credentials = schemes.filter_map(|scheme| match &scheme.kind {
        SchemeKind::ApiKey { location: ApiKeyLocation::Header, name } => Some(name.as_str()),
        SchemeKind::ApiKey { .. } => None,
        _ => Some("Authorization"),
    });
    named.chain(credentials).map(str::to_ascii_lowercase).collect()
}

struct Check<'a> {
    api: &'a Api,
    headers: &'a HashSet<String>,
    operation: &'a Operation,
    text: &'a Text,
    diagnostics: &'a mut Vec<Diagnostic>,
}

impl Check<'_> {
    fn report(&mut self, message: String, label: &'static str) {
        self.diagnostics.push(
            Diagnostic::new(codes::SAMPLE_DISAGREES, self.text.span, message)
                .label(label)
                .related(self.operation.span, "the operation")
                .help("what the fields say is used"),
        );
    }

    fn method(&mut self, command: &Command) {
        let Some(sent) = &command.method else { return };
        let documented = self.operation.method;
        if sent != documented.as_str() {
            self.report(format!("sample that sends {sent} for a {documented} operation"), "this sample");
        }
    }

    fn path(&mut self, command: &Command) {
        let Some(url) = &command.url else { return };
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        let sent = rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
        let template = self.operation.path.value.trim_end_matches('/');
        let mut segments = sent.rsplit('/');
        let agrees = template
            .rsplit('/')
            .filter(|segment| !segment.is_empty())
            .all(|wanted| segments.next().is_some_and(|segment| wanted.contains('{') || segment == wanted));
        if !agrees {
            let path = self.operation.path.value.clone();
            self.report(format!("sample whose URL does not end in `{path}`"), "this sample");
        }
    }

    fn headers(&mut self, command: &Command) {
        let sent: HashSet<String> =
            command.headers.iter().map(|header| header.name.to_ascii_lowercase()).collect();
        let implied = ["Content-Type", "Accept", "Content-Length", "Host", "User-Agent"];
        let undocumented: Vec<String> = command
            .headers
            .iter()
            .map(|header| &header.name)
            .filter(|name| {
                !implied.iter().any(|implied| name.eq_ignore_ascii_case(implied))
                    && !self.headers.contains(&name.to_ascii_lowercase())
            })
            .map(|name| format!("`{name}`"))
            .collect();
        let missing: Vec<String> = self
            .operation
            .parameters
            .iter()
            .filter(|p| {
                p.location == ParameterLocation::Header
                    && p.required
                    && !sent.contains(&p.name.value.to_ascii_lowercase())
            })
            .map(|p| format!("`{}`", p.name.value))
            .collect();
        if !undocumented.is_empty() {
            self.report(
                format!("sample with undocumented header {}", undocumented.join(", ")),
                "this sample",
            );
        }
        if !missing.is_empty() {
            self.report(format!("sample without required header {}", missing.join(", ")), "this sample");
        }
    }

    fn body(&mut self, command: &Command) {
        let documented = self.operation.request_body.as_ref().and_then(|body| body.content.first());
        let Some(documented) = documented else {
            if command.has_body() {
                self.report("sample with a body that no field documents".to_owned(), "this sample");
            }
            return;
        };
        let media = &documented.name.value;
        if let Some(sent) = command.header("Content-Type").filter(|sent| essence(sent) != essence(media)) {
            let what = format!("sample that sends `{sent}` where `{media}` is documented");
            self.report(what, "this sample");
        }
        let json = command.json();
        let json = match &json {
            Some(serde_json::Value::Array(items)) => items.first(),
            json => json.as_ref(),
        };
        let Some(members) = json.and_then(serde_json::Value::as_object) else { return };
        let Some(object) = members_of(self.api, &documented.schema) else { return };
        if object.properties.is_empty() || object.values.is_some() {
            return;
        }
        let extra: Vec<String> = members
            .keys()
            .filter(|key| !object.properties.contains_key(*key))
            .map(|key| format!("`{key}`"))
            .collect();
        let missing: Vec<String> = object
            .properties
            .iter()
            .filter(|(name, property)| property.required && !members.contains_key(*name))
            .map(|(name, _)| format!("`{name}`"))
            .collect();
        if !extra.is_empty() {
            self.report(format!("sample with undocumented body field {}", extra.join(", ")), "this sample");
        }
        if !missing.is_empty() {
            self.report(format!("sample without required body field {}", missing.join(", ")), "this sample");
        }
    }
}

fn members_of<'a>(api: &'a Api, schema: &'a Schema) -> Option<&'a Object> {
    let target = |schema| api.referenced(schema).unwrap_or(schema);
    let schema = target(schema);
    let items = match &schema.ty {
        Type::Array(items) => target(items),
        _ => schema,
    };
    match &items.ty {
        Type::Object(object) => Some(object),
        _ => None,
    }
}
