//! What the pages say of the whole API and of each operation, as the documentation of its module.
//!
//! It is said here and nowhere else: the functions of the client and of the server lead here, and optional
//! parameters, bodies and documented errors are documented with their types.

use std::collections::HashMap;

use super::{
    docs, most_common, named,
    names::Name,
    operations::Lowered,
    outcomes::{ResponsePlan, is_told},
    plan::{BodyPlan, ParameterPlan, TypePlan},
    response_docs,
    status::is_success,
};
use crate::model::{Api, Operation, SchemeKind, SecurityScheme, Status};

/// The module's documentation. Gives each operation the summary that leads to its section.
pub(super) fn module_docs(api: &Api, operations: &mut [Lowered], plans: &[TypePlan]) -> Vec<String> {
    let version =
        api.version.as_ref().map_or_else(String::new, |v| format!(", version {}", docs::code(&v.value)));
    let mut lines = vec![format!("The API {}{version}.", docs::code(&api.name))];
    for text in [&api.title, &api.description].into_iter().flatten() {
        docs::separate(&mut lines);
        lines.extend(docs::prose(&text.value));
    }
    // What most operations have in common is said once.
    let servers: Vec<_> = api.operations.iter().map(server_docs).collect();
    let security: Vec<_> = api.operations.iter().map(|model| security_docs(api, model)).collect();
    let common = [&servers, &security].map(|all| most_common(all.iter()).cloned().unwrap_or_default());
    lines.extend(common.iter().flatten().map(|line| line.trim_start_matches("- ")).flat_map(|line| {
        let sentence = line.split_once(": ").map(|(what, it)| format!("{what}, unless said otherwise: {it}"));
        sentence.map(|sentence| [String::new(), capitalized(&sentence)]).into_iter().flatten()
    }));
    let schemes: Vec<String> = api.security_schemes.iter().flat_map(scheme_docs).collect();
    if !schemes.is_empty() {
        docs::separate(&mut lines);
        lines.extend(schemes);
    }
    let mut anchors = Anchors::default();
    let callbacks = api.callbacks();
    let own = servers.into_iter().zip(security);
    for ((lowered, model), (servers, security)) in operations.iter_mut().zip(&api.operations).zip(own) {
        let title = docs::code(&format!("{} {}", model.method, model.path.value));
        let (summary, rest) = operation_docs(model);
        let heading = if summary.is_empty() { title.clone() } else { format!("{title}: {summary}") };
        docs::separate(&mut lines);
        lines.push(format!("# {heading}"));
        let anchor = anchors.of(&heading);
        let link = format!("[{title}](super#{anchor})");
        lowered.plan.summary = if summary.is_empty() { link } else { format!("{link}: {summary}") };
        // A list needs no blank line before it, where it cannot be taken for part of what stands there.
        let ends = rest.is_empty() || docs::end_in_paragraph(&rest);
        lines.extend(rest);
        if !ends {
            docs::separate(&mut lines);
        }
        lines.extend(
            [servers, security]
                .into_iter()
                .zip(&common)
                .filter(|(own, common)| own != *common)
                .flat_map(|(own, _)| own),
        );
        for parameter in lowered.plan.parameters.iter().filter(|parameter| parameter.required) {
            lines.extend(parameter_docs(parameter));
        }
        lines.extend(
            callbacks.get(&model.key()).into_iter().flatten().map(|callback| callback_docs(callback)),
        );
        lines.extend(contract(lowered, plans));
        for response in lowered.responses.iter().filter(|response| is_described(response)) {
            lines.extend(item(format!("- {}:", outcome(response, ", ", plans)), &response.docs));
        }
        lines.extend(response_docs::header_docs(api, model));
        lines.extend(response_docs::link_docs(model));
    }
    lines
}

/// An operation's title, where that is one line of plain text, and the rest of what the page says of it. Some pages
/// have no better title than the method and the path, which stand beside all documentation of an operation.
fn operation_docs(operation: &Operation) -> (String, Vec<String>) {
    let endpoint = format!("{} {}", operation.method, operation.path.value);
    let mut lines = Vec::new();
    if operation.deprecated {
        lines.push("Deprecated.".to_owned());
    }
    let mut title = docs::text(operation.title.as_ref().filter(|text| text.value != endpoint));
    let summary = match title.as_slice() {
        [line] if is_plain(line) => title.pop(),
        _ => None,
    };
    let description = operation.description.as_ref().filter(|text| text.value != endpoint);
    for text in [title, docs::text(description)] {
        docs::separate(&mut lines);
        lines.extend(text);
    }
    // Many pages repeat their title.
    if summary.is_some()
        && lines.len() == 1
        && lines.first().map(|line| line.trim_end_matches('.')) == summary.as_deref()
    {
        lines.clear();
    }
    (summary.unwrap_or_default(), lines)
}

/// Whether a line is nothing but words to Markdown, so that it can stand in a heading and in a link's neighbourhood.
fn is_plain(line: &str) -> bool {
    let plain =
        |c: char| c.is_alphanumeric() || matches!(c, ' ' | ',' | '.' | '(' | ')' | '/' | ':' | ';' | '\'');
    let hyphen = |at: usize| {
        let beside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        beside(line.get(..at).and_then(|before| before.chars().next_back()))
            && beside(line.get(at + 1..).and_then(|behind| behind.chars().next()))
    };
    line.starts_with(char::is_alphanumeric)
        && line.char_indices().all(|(at, c)| plain(c) || (c == '-' && hyphen(at)))
}

/// The anchors of a page's headings, as rustdoc makes them: how often each was asked for.
#[derive(Debug, Default)]
struct Anchors(HashMap<String, usize>);

impl Anchors {
    fn of(&mut self, heading: &str) -> String {
        let slug: String = heading
            .chars()
            .filter_map(|c| match c {
                c if c.is_alphanumeric() || c == '-' || c == '_' => Some(c.to_ascii_lowercase()),
                ' ' => Some('-'),
                _ => None,
            })
            .collect();
        let anchor = match self.0.get_mut(&slug) {
            None => slug,
            Some(count) => {
                let anchor = format!("{slug}-{count}");
                *count += 1;
                anchor
            }
        };
        // A heading may be called like one that was numbered.
        self.0.insert(anchor.clone(), 1);
        anchor
    }
}

fn capitalized(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().to_string() + chars.as_str())
}

fn server_docs(operation: &Operation) -> Vec<String> {
    operation.servers.iter().map(|server| format!("- server: {}", docs::code(&server.url.value))).collect()
}

fn security_docs(api: &Api, operation: &Operation) -> Vec<String> {
    let Some(security) = &operation.security else { return Vec::new() };
    if security.is_empty() {
        return vec!["- authentication: none".to_owned()];
    }
    let describe = |name: &str, scopes: &[String]| {
        let kind = api.security_schemes.get(name).map(|scheme| match &scheme.kind {
            SchemeKind::Http { scheme } => format!("HTTP {}", docs::code(scheme)),
            SchemeKind::ApiKey { name, .. } => format!("API key {}", docs::code(name)),
            SchemeKind::OAuth2 => "OAuth 2".to_owned(),
            SchemeKind::OpenIdConnect { .. } => "OpenID Connect".to_owned(),
            SchemeKind::Unknown => "of a kind that the page does not tell".to_owned(),
        });
        let mut line = format!("{}: {}", docs::code(name), kind.unwrap_or_default());
        for scope in scopes {
            line.push_str(&format!(", permission {}", docs::code(scope)));
        }
        line
    };
    let alternatives = security.iter().map(|requirement| {
        let all: Vec<String> =
            requirement.schemes.iter().map(|(name, scopes)| describe(name, scopes)).collect();
        if all.is_empty() { "none".to_owned() } else { all.join(" and ") }
    });
    vec![format!("- authentication: {}", alternatives.collect::<Vec<_>>().join(" or "))]
}

/// What the pages say of credentials, apart from their kind; nothing where that is all.
fn scheme_docs((name, scheme): (&String, &SecurityScheme)) -> Vec<String> {
    let mut below = docs::text(scheme.description.as_ref());
    for flow in &scheme.flows {
        let urls = [
            ("authorization", &flow.authorization_url),
            ("tokens", &flow.token_url),
            ("renewal", &flow.refresh_url),
        ];
        let at =
            |(what, url): (&str, &Option<String>)| Some(format!("{what} at {}", docs::code(url.as_ref()?)));
        let urls: Vec<String> = urls.into_iter().filter_map(at).collect();
        docs::separate(&mut below);
        let colon = if urls.is_empty() { "" } else { ": " };
        below.push(format!("- {}{colon}{}", flow.kind.name(), urls.join(", ")));
        for (scope, description) in &flow.scopes {
            let said = item(format!("- permission {}:", docs::code(scope)), &docs::prose(description));
            below.extend(indented(&said));
        }
    }
    if below.is_empty() {
        return below;
    }
    item(format!("- credentials {}:", docs::code(name)), &below)
}

/// A parameter that is an argument; nothing where the page says no more than its name.
fn parameter_docs(parameter: &ParameterPlan) -> Vec<String> {
    if parameter.docs.is_empty() {
        return Vec::new();
    }
    let location = format!("{:?}", parameter.location).to_lowercase();
    item(format!("- {location} parameter {}:", docs::code(&parameter.wire)), &parameter.docs)
}

/// What an operation makes the vendor call.
fn callback_docs(operation: &Operation) -> String {
    let url = operation.callback.as_ref().map_or("", |callback| &callback.url);
    let name = format!("{} {}", operation.method, operation.path.value);
    format!("- callback {}, sent to {}", docs::code(&name), docs::code(url))
}

/// Whether the page says more of a response than its status does: it has an item of its own.
fn is_described(response: &ResponsePlan) -> bool {
    is_success(response.status) && !is_told(response)
}

/// A response's status and, behind `between`, its bodies.
fn outcome(response: &ResponsePlan, between: &str, plans: &[TypePlan]) -> String {
    let bodies: Vec<String> = response.bodies.iter().map(|body| self::body(body, plans)).collect();
    let bodies = if bodies.is_empty() { "no body".to_owned() } else { bodies.join(" or ") };
    format!("response {}{between}{bodies}", response.status)
}

/// What goes in and what comes out, on one line, but for responses of which the page says more.
fn contract(lowered: &Lowered, plans: &[TypePlan]) -> Option<String> {
    let Lowered { plan, responses } = lowered;
    let mut words: Vec<String> = Vec::new();
    words.extend(plan.params.as_ref().map(|params| format!("optional parameters {}", link(&params.name))));
    let bodies: Vec<String> =
        plan.request.iter().flat_map(|request| &request.bodies).map(|body| self::body(body, plans)).collect();
    words.extend((!bodies.is_empty()).then(|| format!("request {}", bodies.join(" or "))));
    let is_outcome = |status| matches!(status, Status::Code(..400) | Status::Class(..4));
    let short = responses.iter().filter(|response| is_outcome(response.status) && !is_described(response));
    words.extend(short.map(|response| outcome(response, ": ", plans)));
    words.extend(plan.failure.as_ref().map(|name| format!("errors {}", link(name))));
    (!words.is_empty()).then(|| format!("- {}", words.join("; ")))
}

fn link(name: &Name) -> String {
    format!("[`{name}`](types::{name})")
}

/// A body's type, and its media type where that is not JSON's own.
fn body(body: &BodyPlan, plans: &[TypePlan]) -> String {
    let ty = named(&body.ty)
        .filter(|_| body.is_typed())
        .and_then(|id| plans.get(id.0))
        .map(|plan| link(&plan.name));
    match (ty, body.media_type.as_str()) {
        (Some(ty), "application/json") => ty,
        (Some(ty), media_type) => format!("{ty} as {}", docs::code(media_type)),
        (None, media_type) => docs::code(media_type),
    }
}

/// An item and what is said of it: behind it, where that is a paragraph, otherwise below.
pub(super) fn item(head: String, below: &[String]) -> Vec<String> {
    if below.is_empty() {
        return vec![head.trim_end_matches(':').to_owned()];
    }
    // Of a fence, the end would be taken for the start.
    let is_paragraph = below.iter().all(|line| !line.is_empty() && !line.contains("```"));
    match below.split_first() {
        Some((first, rest)) if is_paragraph && !docs::begins_block(first) => {
            let mut lines = vec![format!("{head} {first}")];
            lines.extend(rest.iter().map(|line| format!("  {line}")));
            lines
        }
        _ => {
            let mut lines = vec![head, String::new()];
            lines.extend(indented(below));
            docs::separate(&mut lines);
            lines
        }
    }
}

/// Lines as they stand below an item.
fn indented(lines: &[String]) -> impl Iterator<Item = String> {
    lines.iter().map(|line| if line.is_empty() { String::new() } else { format!("  {line}") })
}

#[cfg(test)]
mod tests {
    use super::Anchors;

    #[test]
    fn a_numbered_anchor_is_taken() {
        let mut anchors = Anchors::default();
        let headings = ["`GET /a`", "`GET /a/`", "`GET /a-1`", "`GET /a`"];
        let all = headings.map(|heading| anchors.of(heading));
        // What rustdoc gives for these headings.
        assert_eq!(all, ["get-a", "get-a-1", "get-a-1-1", "get-a-2"]);
    }
}
