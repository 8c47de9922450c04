//! Pairs bodies with the JSON examples that a page shows for them, and reads schemas off examples.
//!
//! The request's example stands in the `curl` command; the response's has the status over it, or none. The
//! JSON that a page shows can be an error's: [`fits`] tells whether it is that of a body.

use indexmap::IndexMap;
use serde_json::{Map, Value};

use crate::{
    curl,
    model::{Api, Object, Operation, Property, Sample, Schema, Status, Type},
    source::Span,
};

/// An example and where it stands.
#[derive(Debug, Clone)]
pub(super) struct Example {
    /// The body.
    pub(super) json: Value,
    /// Where the page shows it.
    pub(super) span: Span,
    /// Whether the page says of which response it is.
    pub(super) certain: bool,
    /// Whether a command sends it.
    pub(super) sent: bool,
}

/// Calls `visit` with the schema of each body and its example, if the page shows one. Bodies that an OpenAPI
/// definition gives are left out: there is nothing to complete in them.
pub(super) fn for_each_body(api: &mut Api, mut visit: impl FnMut(&mut Schema, Option<&Example>)) {
    for operation in api.operations.iter_mut().filter(|operation| !operation.defined) {
        let request = request_example(operation);
        let responses: Vec<Option<Example>> = operation
            .responses
            .iter()
            .enumerate()
            .map(|(at, response)| response_example(operation, response.status, at == 0))
            .collect();
        if let Some(body) = &mut operation.request_body {
            for media in &mut body.content {
                visit(&mut media.schema, request.as_ref());
            }
        }
        for (response, example) in operation.responses.iter_mut().zip(&responses) {
            for media in &mut response.content {
                visit(&mut media.schema, example.as_ref());
            }
        }
    }
}

fn request_example(operation: &Operation) -> Option<Example> {
    operation.samples.iter().find_map(|sample| match sample {
        Sample::Request { json, span } => {
            Some(Example { json: json.clone(), span: *span, certain: true, sent: false })
        }
        Sample::Curl { text } => {
            let json = curl::curl(&text.value, 0)?.0.json()?;
            Some(Example { json, span: text.span, certain: true, sent: true })
        }
        Sample::Response { .. } => None,
    })
}

/// The example of a response: one with its status, else, for the first response, one without.
fn response_example(operation: &Operation, wanted: Status, first: bool) -> Option<Example> {
    let mut open = None;
    for sample in &operation.samples {
        let Sample::Response { status, json, span } = sample else { continue };
        if *status == Some(wanted) {
            return Some(Example { json: json.clone(), span: *span, certain: true, sent: false });
        }
        if status.is_none() && first && open.is_none() {
            open = Some(Example { json: json.clone(), span: *span, certain: false, sent: false });
        }
    }
    open
}

/// Whether JSON is an example of an object: at least half of the documented members are in it.
pub(super) fn fits(object: &Object, example: &Map<String, Value>) -> bool {
    let known = object.properties.keys().filter(|name| example.contains_key(*name)).count();
    known > 0 && 2 * known >= object.properties.len()
}

/// The schema that an example's value shows. Members of objects are inferred, none is required. JSON nests
/// no deeper than its parser allows.
pub(super) fn schema_of(value: &Value, span: Span) -> Schema {
    let ty = match value {
        Value::Null => Type::Any,
        Value::Bool(_) => Type::Boolean,
        Value::Number(number) if number.is_f64() => Type::Number,
        Value::Number(_) => Type::Integer,
        Value::String(_) => Type::String,
        Value::Array(items) => {
            let items =
                items.first().map_or_else(|| Schema::new(Type::Any, span), |item| schema_of(item, span));
            Type::Array(Box::new(items))
        }
        Value::Object(members) => {
            Type::Object(Object { properties: members_of(members, span), ..Object::default() })
        }
    };
    Schema::new(ty, span)
}

/// The members that an example's object shows.
pub(super) fn members_of(members: &Map<String, Value>, span: Span) -> IndexMap<String, Property> {
    let member = |(name, value): (&String, &Value)| {
        let schema = schema_of(value, span);
        (name.clone(), Property { required: false, inferred: true, schema, span })
    };
    members.iter().map(member).collect()
}
