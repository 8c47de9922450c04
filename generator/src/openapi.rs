//! Exports an API as an OpenAPI 3.1 document: a resolved [`Api`] in, JSON out.
//!
//! The export is exact about what pages state: a success whose status no page states is `2XX`, an
//! operation with no documented response has no `responses`, a type that a page leaves open is the empty
//! schema. What OpenAPI has no word for goes into extensions (`x-…`).

mod callbacks;
mod links;
mod schema;

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value, json};

use crate::model::{
    Api, ApiKeyLocation, MediaType, OAuthFlow, Operation, Parameter, QueryStyle, RequestBody, Response,
    Schema, SchemeKind, SecurityRequirement, SecurityScheme, Server, Text,
};

/// All types of JSON Schema.
const TYPES: [&str; 6] = ["array", "boolean", "null", "number", "object", "string"];
/// Those that a parameter can have, which is text on its way.
const SENT_TYPES: [&str; 5] = ["array", "boolean", "number", "object", "string"];

/// The API as an OpenAPI 3.1 document.
#[must_use]
pub fn openapi(api: &Api) -> Value {
    let names = component_names(api);
    let export = Export { schemas: Some(schema_names(api)) };
    let mut paths = Map::new();
    let mut webhooks = Map::new();
    let callbacks = api.callbacks();
    for operation in &api.operations {
        if operation.callback.as_ref().is_some_and(|callback| callbacks.contains_key(&callback.of)) {
            continue;
        }
        let place = if operation.webhook { &mut webhooks } else { &mut paths };
        let item = place.entry(operation.path.value.clone()).or_insert_with(|| json!({}));
        if let Value::Object(item) = item {
            // Resolving leaves one operation of each method and path.
            item.entry(operation.method.as_str().to_ascii_lowercase()).or_insert_with(|| {
                let own = callbacks.get(&operation.key()).map(Vec::as_slice).unwrap_or_default();
                export.with_callbacks(export.operation(operation, &names), own, &names)
            });
        }
    }
    let mut document = Map::new();
    document.insert("openapi".into(), json!("3.1.0"));
    let version = api.version.as_ref().map_or("unspecified", |version| &version.value);
    let title = api.title.as_ref().map_or(&api.name, |title| &title.value);
    let mut info = Map::new();
    info.insert("title".into(), json!(title));
    insert_text(&mut info, "description", api.description.as_ref());
    info.insert("version".into(), json!(version));
    document.insert("info".into(), Value::Object(info));
    document.insert("paths".into(), Value::Object(paths));
    if !webhooks.is_empty() {
        document.insert("webhooks".into(), Value::Object(webhooks));
    }
    let schemes: Map<String, Value> = api
        .security_schemes
        .iter()
        .filter_map(|(name, scheme)| Some((names.get(name.as_str())?.clone(), security_scheme(scheme))))
        .collect();
    let schemas: Map<String, Value> = api
        .schemas
        .iter()
        .filter_map(|(name, schema)| Some((export.key(name)?.to_owned(), export.schema(schema))))
        .collect();
    let mut components = Map::new();
    if !schemas.is_empty() {
        components.insert("schemas".into(), Value::Object(schemas));
    }
    if !schemes.is_empty() {
        components.insert("securitySchemes".into(), Value::Object(schemes));
    }
    if !components.is_empty() {
        document.insert("components".into(), Value::Object(components));
    }
    Value::Object(document)
}

/// The names of security schemes as component keys. Schemes of unknown kind have none: OpenAPI cannot describe
/// them.
fn component_names(api: &Api) -> HashMap<&str, String> {
    let known = api.security_schemes.iter().filter(|(_, scheme)| scheme.kind != SchemeKind::Unknown);
    keys(known.map(|(name, _)| name.as_str()))
}

/// The names of component schemas as component keys.
fn schema_names(api: &Api) -> HashMap<&str, String> {
    keys(api.schemas.keys().map(String::as_str))
}

/// Names as component keys, which OpenAPI limits to `[A-Za-z0-9._-]`.
fn keys<'n>(names: impl Iterator<Item = &'n str>) -> HashMap<&'n str, String> {
    let mut taken: HashSet<String> = HashSet::new();
    let mut keys: HashMap<&str, String> = HashMap::new();
    for name in names {
        let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-');
        let mut key: String = name.chars().map(|c| if allowed(c) { c } else { '-' }).collect();
        while key.is_empty() || taken.contains(&key) {
            key.push('_');
        }
        taken.insert(key.clone());
        keys.insert(name, key);
    }
    keys
}

fn insert_text(object: &mut Map<String, Value>, key: &str, text: Option<&Text>) {
    if let Some(text) = text {
        object.insert(key.into(), json!(text.value));
    }
}

fn server(server: &Server) -> Value {
    let mut object = Map::new();
    object.insert("url".into(), json!(server.url.value));
    insert_text(&mut object, "description", server.description.as_ref());
    if !server.variables.is_empty() {
        let variables: Map<String, Value> = server
            .variables
            .iter()
            .map(|(name, variable)| {
                let mut object = Map::new();
                object.insert("default".into(), json!(variable.default));
                if !variable.values.is_empty() {
                    object.insert("enum".into(), json!(variable.values));
                }
                (name.clone(), Value::Object(object))
            })
            .collect();
        object.insert("variables".into(), Value::Object(variables));
    }
    Value::Object(object)
}

/// Requirements with a scheme of unknown kind go into an extension, for want of a component.
fn insert_security(
    object: &mut Map<String, Value>,
    security: &[SecurityRequirement],
    names: &HashMap<&str, String>,
) {
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for requirement in security {
        let named: Option<Map<String, Value>> = requirement
            .schemes
            .iter()
            .map(|(name, scopes)| Some((names.get(name.as_str())?.clone(), json!(scopes))))
            .collect();
        match named {
            Some(named) => known.push(Value::Object(named)),
            None => unknown.push(json!(requirement.schemes)),
        }
    }
    if unknown.is_empty() || !known.is_empty() {
        object.insert("security".into(), Value::Array(known));
    }
    if !unknown.is_empty() {
        object.insert("x-undescribed-security".into(), Value::Array(unknown));
    }
}

fn security_scheme(scheme: &SecurityScheme) -> Value {
    let mut object = Map::new();
    match &scheme.kind {
        SchemeKind::Http { scheme } => {
            object.insert("type".into(), json!("http"));
            object.insert("scheme".into(), json!(scheme));
        }
        SchemeKind::ApiKey { location, name } => {
            let location = match location {
                ApiKeyLocation::Header => "header",
                ApiKeyLocation::Query => "query",
                ApiKeyLocation::Cookie => "cookie",
            };
            object.insert("type".into(), json!("apiKey"));
            object.insert("in".into(), json!(location));
            object.insert("name".into(), json!(name));
        }
        SchemeKind::OAuth2 | SchemeKind::Unknown => {
            object.insert("type".into(), json!("oauth2"));
            let flows = scheme.flows.iter().map(|flow| (flow.kind.name().to_owned(), oauth_flow(flow)));
            object.insert("flows".into(), Value::Object(flows.collect()));
        }
        SchemeKind::OpenIdConnect { url } => {
            object.insert("type".into(), json!("openIdConnect"));
            object.insert("openIdConnectUrl".into(), json!(url));
        }
    }
    insert_text(&mut object, "description", scheme.description.as_ref());
    Value::Object(object)
}

/// An OAuth Flow Object: the URLs that its grant has are required, and others are not allowed.
fn oauth_flow(flow: &OAuthFlow) -> Value {
    let mut object = Map::new();
    let required = |url: &Option<String>| json!(url.as_deref().unwrap_or_default());
    if flow.kind.has_authorization_url() {
        object.insert("authorizationUrl".into(), required(&flow.authorization_url));
    }
    if flow.kind.has_token_url() {
        object.insert("tokenUrl".into(), required(&flow.token_url));
    }
    if let Some(url) = &flow.refresh_url {
        object.insert("refreshUrl".into(), json!(url));
    }
    object.insert("scopes".into(), json!(flow.scopes));
    Value::Object(object)
}

/// What schemas are exported with.
struct Export<'a> {
    /// The component keys of schemas by their names; `None` where nothing but comparing is wanted, and names do.
    schemas: Option<HashMap<&'a str, String>>,
}

/// What an operation says, apart from where and in which order of pages it stands.
pub(crate) fn operation_facts(operation: &Operation) -> Value {
    let schemes = operation.security.iter().flatten().flat_map(|requirement| requirement.schemes.keys());
    let names = schemes.map(|name| (name.as_str(), name.clone())).collect();
    let mut facts = Export { schemas: None }.operation(operation, &names);
    if let (Some(facts), Some(callback)) = (facts.as_object_mut(), &operation.callback) {
        facts.insert("url".into(), json!(callback.url));
    }
    facts
}

/// What a schema says, apart from where it stands.
pub(crate) fn schema_facts(schema: &Schema) -> Value {
    Export { schemas: None }.schema(schema)
}

/// The schema of anything, where readers of the document take an empty one for a missing one: of a parameter,
/// and of a map's values, which the page documents even where it leaves their type open.
fn spelled_out(schema: Value, types: &[&str]) -> Value {
    match schema {
        Value::Object(object) if object.is_empty() => json!({ "type": types }),
        schema => schema,
    }
}

impl Export<'_> {
    fn operation(&self, operation: &Operation, names: &HashMap<&str, String>) -> Value {
        let mut object = Map::new();
        if !operation.id.is_empty() {
            object.insert("operationId".into(), json!(operation.id));
        }
        insert_text(&mut object, "summary", operation.title.as_ref());
        insert_text(&mut object, "description", operation.description.as_ref());
        if operation.deprecated {
            object.insert("deprecated".into(), json!(true));
        }
        if !operation.servers.is_empty() {
            object.insert("servers".into(), operation.servers.iter().map(server).collect());
        }
        if let Some(security) = &operation.security {
            insert_security(&mut object, security, names);
        }
        if !operation.parameters.is_empty() {
            object.insert(
                "parameters".into(),
                operation.parameters.iter().map(|it| self.parameter(it)).collect(),
            );
        }
        if let Some(body) = &operation.request_body {
            object.insert("requestBody".into(), self.request_body(body));
        }
        let mut responses = Map::new();
        for documented in &operation.responses {
            responses.entry(documented.status.to_string()).or_insert_with(|| self.response(documented));
        }
        // OpenAPI 3.1 wants at least one response in `responses`, or no `responses`.
        if !responses.is_empty() {
            object.insert("responses".into(), Value::Object(responses));
        }
        Value::Object(object)
    }

    fn parameter(&self, parameter: &Parameter) -> Value {
        let mut object = Map::new();
        object.insert("name".into(), json!(parameter.name.value));
        object.insert("in".into(), json!(parameter.location));
        insert_text(&mut object, "description", parameter.schema.description.as_ref());
        if parameter.required {
            object.insert("required".into(), json!(true));
        }
        if parameter.schema.deprecated {
            object.insert("deprecated".into(), json!(true));
        }
        // What OpenAPI takes for said is not said.
        let style = parameter.style.filter(|style| *style != QueryStyle::FormExploded);
        if let Some((style, explode)) = style.and_then(QueryStyle::keywords) {
            object.insert("style".into(), json!(style));
            object.insert("explode".into(), json!(explode));
        }
        let schema = self.undescribed(&parameter.schema);
        match style {
            Some(QueryStyle::Json) => {
                object.insert("content".into(), json!({ "application/json": { "schema": schema } }));
            }
            _ => drop(object.insert("schema".into(), spelled_out(schema, &SENT_TYPES))),
        }
        Value::Object(object)
    }

    fn request_body(&self, body: &RequestBody) -> Value {
        let mut object = Map::new();
        insert_text(&mut object, "description", body.description.as_ref());
        object.insert("content".into(), self.content(&body.content));
        if body.required == Some(true) {
            object.insert("required".into(), json!(true));
        }
        Value::Object(object)
    }

    fn response(&self, response: &Response) -> Value {
        let mut object = Map::new();
        // OpenAPI requires a description; a page need not give one.
        let description = response.description.as_ref().map_or("", |text| &text.value);
        object.insert("description".into(), json!(description));
        if !response.headers.is_empty() {
            let headers: Map<String, Value> = response
                .headers
                .iter()
                .map(|header| {
                    let mut object = Map::new();
                    insert_text(&mut object, "description", header.schema.description.as_ref());
                    if header.required {
                        object.insert("required".into(), json!(true));
                    }
                    object.insert("schema".into(), self.undescribed(&header.schema));
                    (header.name.value.clone(), Value::Object(object))
                })
                .collect();
            object.insert("headers".into(), Value::Object(headers));
        }
        if !response.content.is_empty() {
            object.insert("content".into(), self.content(&response.content));
        }
        if !response.links.is_empty() {
            object.insert("links".into(), links::links(&response.links));
        }
        Value::Object(object)
    }

    fn content(&self, content: &[MediaType]) -> Value {
        let entries = content
            .iter()
            .map(|media| (media.name.value.clone(), json!({ "schema": self.schema(&media.schema) })));
        Value::Object(entries.collect())
    }

    /// The schema of a parameter, whose description stands beside it.
    fn undescribed(&self, of: &Schema) -> Value {
        let mut value = self.schema(of);
        if let Value::Object(object) = &mut value {
            object.shift_remove("description");
            object.shift_remove("deprecated");
        }
        value
    }
}
