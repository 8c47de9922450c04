//! Strings that are the bytes of files.
//!
//! `format: binary` means bytes where a body is no JSON; in JSON it is a string like any other. Enter at
//! [`mark_files`], with everything read: a component is looked at from the bodies that it stands in.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::{
    media_type::may_be_json,
    model::{Operation, Schema, Type},
};

/// Makes files of binary strings in bodies that are not JSON. A component that JSON holds too stays as it is.
pub(super) fn mark_files(operations: &mut [Operation], schemas: &mut IndexMap<String, Schema>) {
    let mut in_json: HashSet<String> = HashSet::new();
    let mut in_files: HashSet<String> = HashSet::new();
    for operation in operations.iter_mut() {
        let body = operation.request_body.iter_mut().flat_map(|body| &mut body.content);
        let responses = operation.responses.iter_mut().flat_map(|response| &mut response.content);
        for media in body.chain(responses) {
            let is_json = may_be_json(&media.name.value);
            let found = if is_json { &mut in_json } else { &mut in_files };
            reach(&media.schema, schemas, found);
            if !is_json {
                mark(&mut media.schema);
            }
        }
    }
    for name in in_files.difference(&in_json) {
        if let Some(schema) = schemas.get_mut(name) {
            mark(schema);
        }
    }
}

/// Adds the components that a schema leads to.
fn reach(schema: &Schema, schemas: &IndexMap<String, Schema>, found: &mut HashSet<String>) {
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        match &schema.ty {
            Type::Ref(name) if !found.contains(name) => {
                found.insert(name.clone());
                pending.extend(schemas.get(name));
            }
            _ => pending.extend(schema.parts()),
        }
    }
}

/// Makes files of the binary strings in a schema, components aside.
fn mark(schema: &mut Schema) {
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        let binary = schema.format.as_ref().is_some_and(|format| format.value == "binary");
        match &mut schema.ty {
            ty @ Type::String if binary => *ty = Type::File,
            Type::Array(items) => pending.push(items),
            Type::Union(alternatives) => pending.extend(alternatives),
            Type::Object(object) => {
                pending.extend(object.properties.values_mut().map(|property| &mut property.schema));
                pending.extend(object.values.as_deref_mut());
            }
            _ => {}
        }
    }
}
