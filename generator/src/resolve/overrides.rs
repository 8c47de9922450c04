//! What the configuration says is right, put into the API after everything was inferred.
//!
//! An override that names nothing in the pages is a [`Misfit`], with the nearest that there is. What an override
//! sets is marked as overridden and no longer as inferred, and what was to be said of it is answered. Fields are
//! found in [`route`], changed in [`field`], and compared with their types in [`fit`] and with their neighbours in
//! [`namesakes`].

mod field;
mod fit;
mod namesakes;
mod route;

use std::collections::HashMap;

use indexmap::IndexMap;

use self::{
    field::Fault,
    namesakes::plain,
    route::{Root, nearest_of, route},
};
use super::{Answered, Misfit, schemes::scheme_of};
use crate::{
    config::overrides::{Fields, OperationOverride, Overrides, Security, Servers},
    diagnostic::{Code, codes},
    model::{
        Api, HttpMethod, MediaType, Operation, ParameterLocation, Schema, SecurityRequirement, Server,
        ServerVariable, Text,
    },
    source::{PageId, Span},
};

/// What is said of servers.
const SERVERS: &[Code] = &[codes::OPEN_SERVER_VARIABLE];
/// What is said of credentials.
const SECURITY: &[Code] = &[
    codes::SCHEMES_AS_ALTERNATIVES,
    codes::SCHEME_FROM_NAME,
    codes::SCHEME_FROM_DESCRIPTION,
    codes::SCHEME_FROM_SAMPLE,
    codes::UNKNOWN_SCHEME,
    codes::SECURITY_FROM_OVERVIEW,
    codes::SCHEME_NOT_ASKED_FOR,
];

/// Changes the API as the overrides say. What they say of nothing comes back.
pub(super) fn apply(api: &mut Api, overrides: &Overrides, answered: &mut Answered) -> Vec<Misfit> {
    let components = std::mem::take(&mut api.schemas);
    let mut apply = Apply { answered, misfits: Vec::new(), components: &components };
    apply.schemes(api, overrides);
    let known: Vec<String> = api.security_schemes.keys().cloned().collect();
    apply.whole(api, overrides, &known);
    apply.operations(api, &overrides.operations, &known);
    let misfits = apply.misfits;
    api.schemas = components;
    misfits
}

struct Apply<'a> {
    answered: &'a mut Answered,
    misfits: Vec<Misfit>,
    /// What references stand for.
    components: &'a IndexMap<String, Schema>,
}

impl Apply<'_> {
    fn misfit(&mut self, keys: &[&str], message: impl Into<String>, help: Option<String>) {
        let keys = keys.iter().map(|key| (*key).to_owned()).collect();
        self.misfits.push(Misfit { keys, message: message.into(), help });
    }

    /// Adds the schemes that no page names but an override does.
    fn schemes(&mut self, api: &mut Api, overrides: &Overrides) {
        let of_operations = overrides.operations.values().filter_map(|operation| operation.security.as_ref());
        let used = |name: &str| {
            let mut all = overrides.security.iter().chain(of_operations.clone());
            all.any(|security| security.0.iter().any(|requirement| requirement.0.contains_key(name)))
        };
        for (name, scheme) in &overrides.security_schemes {
            if api.security_schemes.contains_key(name) {
                continue;
            }
            if used(name) {
                api.security_schemes.insert(name.clone(), scheme_of(scheme, Span::default()));
                continue;
            }
            let help = nearest_of(name, api.security_schemes.keys().map(String::as_str));
            let message = format!("no page and no override asks for the security scheme `{name}`");
            self.misfit(&["security_schemes", name], message, help);
        }
    }

    /// What is said of the whole API.
    fn whole(&mut self, api: &mut Api, overrides: &Overrides, known: &[String]) {
        if let Some(servers) = &overrides.servers {
            for operation in &mut api.operations {
                self.servers(operation, servers);
            }
        }
        let Some(security) = &overrides.security else { return };
        let requirements = self.requirements(security, &["security"], known);
        let silent =
            |operation: &&mut Operation| operation.security.is_none() && operation.callback.is_none();
        for operation in api.operations.iter_mut().filter(silent) {
            operation.security = Some(requirements.clone());
            operation.overridden = true;
        }
    }

    fn operations(
        &mut self,
        api: &mut Api,
        overrides: &IndexMap<String, OperationOverride>,
        known: &[String],
    ) {
        if overrides.is_empty() {
            return;
        }
        let extents = extents(&api.operations);
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (at, operation) in api.operations.iter().enumerate() {
            by_name.insert(format!("{} {}", operation.method, operation.path.value), at);
        }
        // An id is no method and path.
        by_name.extend(api.operations.iter().enumerate().map(|(at, operation)| (operation.id.clone(), at)));
        let mut skipped = vec![false; api.operations.len()];
        let mut renamed = Vec::new();
        for (name, wanted) in overrides {
            let found = by_name.get(&normal(name)).copied();
            let Some((at, operation)) = found.and_then(|at| Some((at, api.operations.get_mut(at)?))) else {
                let mut names: Vec<&str> = by_name.keys().map(String::as_str).collect();
                names.sort_unstable();
                let help = nearest_of(name, names.into_iter());
                self.misfit(&["overrides", name], format!("no page documents the operation `{name}`"), help);
                continue;
            };
            if let Some(skip) = skipped.get_mut(at).filter(|_| wanted.skip) {
                *skip = true;
            }
            if let Some(id) = &wanted.rename {
                operation.id.clone_from(&id.0);
                operation.overridden = true;
                renamed.push((at, name, &id.0));
            }
            let extent = extents.get(at).copied().unwrap_or(operation.span);
            self.operation(operation, name, wanted, extent, known);
        }
        self.report_clashes(api, &renamed);
        let mut skipped = skipped.into_iter();
        api.operations.retain(|_| !skipped.next().unwrap_or(false));
    }

    fn report_clashes(&mut self, api: &Api, renamed: &[(usize, &String, &String)]) {
        let mut ids: HashMap<String, usize> = HashMap::new();
        for operation in api.operations.iter().filter(|_| !renamed.is_empty()) {
            *ids.entry(plain(&operation.id)).or_default() += 1;
        }
        for (_, name, id) in renamed {
            if ids.get(&plain(id)).is_some_and(|&count| count > 1) {
                let message = format!("another operation is called `{id}` too");
                self.misfit(&["overrides", name, "rename"], message, None);
            }
        }
    }

    fn operation(
        &mut self,
        operation: &mut Operation,
        name: &str,
        wanted: &OperationOverride,
        extent: Span,
        known: &[String],
    ) {
        if let Some(description) = &wanted.description {
            operation.description = Some(Text::new(description, operation.span));
            operation.overridden = true;
        }
        if let Some(servers) = &wanted.servers {
            self.servers(operation, servers);
            self.answered.settle(SERVERS, extent);
        }
        if let Some(security) = &wanted.security {
            operation.security = Some(self.requirements(security, &["overrides", name, "security"], known));
            operation.overridden = true;
            self.answered.settle(SECURITY, extent);
        }
        for (part, location, fields) in [
            ("path", ParameterLocation::Path, &wanted.path),
            ("query", ParameterLocation::Query, &wanted.query),
            ("header", ParameterLocation::Header, &wanted.header),
            ("cookie", ParameterLocation::Cookie, &wanted.cookie),
        ] {
            let parameters = operation.parameters.iter_mut();
            let parameters = parameters.filter(|parameter| parameter.location == location);
            let mut roots: Vec<Root<'_>> = parameters.map(Root::Parameter).collect();
            self.fields(&mut roots, &["overrides", name, part], fields);
        }
        self.renamed_parameters(operation, name, wanted);
        if let Some(body) = &mut operation.request_body {
            let mut roots: Vec<Root<'_>> = Vec::new();
            for MediaType { schema, .. } in &mut body.content {
                roots.push(Root::Body(schema));
            }
            self.fields(&mut roots, &["overrides", name, "request"], &wanted.request);
            let whole = wanted.request.0.get(route::BODY).and_then(|field| field.required);
            body.required = whole.or(body.required);
        } else if let Some(key) = wanted.request.0.keys().next() {
            let keys = ["overrides", name, "request", key.as_str()];
            self.misfit(&keys, "the operation has no documented request body", None);
        }
        for (status, fields) in &wanted.responses.0 {
            let shown = status.to_string();
            let keys = ["overrides", name, "responses", shown.as_str()];
            let documented: Vec<String> = operation.responses.iter().map(|r| r.status.to_string()).collect();
            let Some(response) = operation.responses.iter_mut().find(|r| r.status == status.0) else {
                let help = match documented.is_empty() {
                    true => "it has no documented response".to_owned(),
                    false => format!("documented here: {}", documented.join(", ")),
                };
                self.misfit(&keys, format!("the operation has no response {shown}"), Some(help));
                continue;
            };
            let mut roots: Vec<Root<'_>> = Vec::new();
            for MediaType { schema, .. } in &mut response.content {
                roots.push(Root::Body(schema));
            }
            self.fields(&mut roots, &keys, fields);
        }
    }

    /// Changes the fields of one part, in each of its roots that has them.
    fn fields(&mut self, roots: &mut [Root<'_>], keys: &[&str], fields: &Fields) {
        for (place, wanted) in &fields.0 {
            let mut faults: Vec<Fault> = Vec::new();
            let mut found = false;
            for root in roots.iter_mut() {
                root.write_out(place, self.components);
                let Some(mut field) = route(root, place) else { continue };
                found = true;
                field.whole_request = keys.last() == Some(&"request") && place == route::BODY;
                faults.extend(field.set(wanted, self.answered));
            }
            let keys: Vec<&str> = keys.iter().copied().chain([place.as_str()]).collect();
            if !found {
                let known = roots.iter().flat_map(Root::places);
                let known: Vec<String> = known.collect();
                let help = nearest_of(place, known.iter().map(String::as_str));
                self.misfit(&keys, format!("no field `{place}` here"), help);
            }
            // Each media type finds the same.
            faults.dedup();
            for Fault { key, message } in faults {
                let keys: Vec<&str> = keys.iter().copied().chain([key]).collect();
                self.misfit(&keys, message, None);
            }
        }
        self.renamed_fields(roots, keys, fields);
    }

    fn servers(&mut self, operation: &mut Operation, servers: &Servers) {
        for server in &operation.servers {
            self.answered.settle(SERVERS, server.url.span);
        }
        operation.servers = servers.0.iter().map(|url| server(url, operation.span)).collect();
        operation.overridden = true;
    }

    /// The requirements, as far as their schemes are known.
    fn requirements(
        &mut self,
        security: &Security,
        keys: &[&str],
        known: &[String],
    ) -> Vec<SecurityRequirement> {
        let names = security.0.iter().flat_map(|requirement| requirement.0.keys());
        for name in names.filter(|name| !known.contains(*name)) {
            let help = nearest_of(name, known.iter().map(String::as_str));
            let help = help.or_else(|| Some("describe it under `security_schemes`".to_owned()));
            self.misfit(keys, format!("no page names the security scheme `{name}`"), help);
        }
        let fits = security.0.iter().filter(|requirement| requirement.0.keys().all(|n| known.contains(n)));
        fits.map(|requirement| SecurityRequirement { schemes: requirement.0.clone() }).collect()
    }
}

/// A server; the variables of its URL have no other value than their name.
fn server(url: &str, span: Span) -> Server {
    let names = url.split('{').skip(1).filter_map(|rest| rest.split_once('}')).map(|(name, _)| name);
    let variable =
        |name: &str| ServerVariable { default: name.to_owned(), values: Vec::new(), inferred: true };
    let variables = names.map(|name| (name.to_owned(), variable(name))).collect();
    Server { url: Text::new(url, span), description: None, variables }
}

/// An operation's key as it is looked up: `put  /users` is `PUT /users`.
fn normal(key: &str) -> String {
    match key.trim().split_once(char::is_whitespace) {
        Some((method, path)) if method.to_ascii_uppercase().parse::<HttpMethod>().is_ok() => {
            format!("{} {}", method.to_ascii_uppercase(), path.trim())
        }
        _ => key.trim().to_owned(),
    }
}

/// For each operation, from where its page names it to where the page names the next one.
fn extents(operations: &[Operation]) -> Vec<Span> {
    let mut starts: HashMap<PageId, Vec<u32>> = HashMap::new();
    for operation in operations {
        starts.entry(operation.span.page).or_default().push(operation.span.start);
    }
    starts.values_mut().for_each(|starts| starts.sort_unstable());
    let end = |span: Span| {
        let starts = starts.get(&span.page)?;
        starts.get(starts.partition_point(|&start| start <= span.start)).copied()
    };
    operations.iter().map(|o| Span { end: end(o.span).unwrap_or(u32::MAX), ..o.span }).collect()
}
