//! Links, which stand with the responses that they lead on from.

use serde_json::{Map, Value, json};

use super::insert_text;
use crate::model::{Link, LinkTarget};

/// The Link Objects of a response, by their names.
pub(super) fn links(links: &[Link]) -> Value {
    Value::Object(links.iter().map(|it| (it.name.value.clone(), link(it))).collect())
}

fn link(link: &Link) -> Value {
    let mut object = Map::new();
    match &link.operation {
        LinkTarget::Id(id) => object.insert("operationId".into(), json!(id)),
        LinkTarget::Reference(uri) => object.insert("operationRef".into(), json!(uri)),
    };
    if !link.parameters.is_empty() {
        object.insert("parameters".into(), json!(link.parameters));
    }
    if let Some(body) = &link.request_body {
        object.insert("requestBody".into(), body.clone());
    }
    insert_text(&mut object, "description", link.description.as_ref());
    Value::Object(object)
}
