//! Writes pages on ReadMe, as those vendors do that keep to tables in blocks.

use serde_json::{Map, Value, json};

use crate::spec::{Field, Spec, Ty, object};

const REQUEST: &str = "In the request body, supply an object with the following properties:";
const RESPONSE: &str = "If successful, this method returns an object with the following properties:";
const NOTHING: &str = "If successful, this method returns an empty response body.";

/// Leaves out what these pages do not say: values, examples, limits, null, headers; one response without a status.
pub(crate) fn fit(spec: &mut Spec) {
    spec.each(&|field| {
        field.values.clear();
        (field.example, field.range, field.length, field.nullable) = (None, None, None, false);
        field.ty = match &field.ty {
            Ty::String(Some("date-time")) => Ty::String(Some("date-time")),
            Ty::Integer(Some("int64")) => Ty::Integer(Some("int64")),
            Ty::Any | Ty::Union(_) => Ty::Boolean,
            ty => ty.plain(),
        };
        // Names in cells say more where they have blanks, brackets or dots of their own.
        field.name.retain(|c| c.is_alphanumeric() || "_-$".contains(c));
        field.name.insert(0, 'x');
    });
    for list in [&mut spec.path, &mut spec.query, &mut spec.body] {
        distinct(list);
    }
    let path: Vec<_> = spec.path.iter().map(|field| field.name.clone()).collect();
    spec.query.retain(|field| !path.contains(&field.name));
    spec.headers.clear();
    spec.responses.truncate(1);
    spec.responses.iter_mut().for_each(|(_, fields)| distinct(fields));
}

fn distinct(fields: &mut Vec<Field>) {
    let mut known = std::collections::HashSet::new();
    fields.retain(|field| known.insert(field.name.clone()));
    fields.iter_mut().for_each(|field| distinct(&mut field.children));
}

pub(crate) fn write(spec: &Spec) -> String {
    let mut page = format!("---\ntitle: {}\nslug: \"update-it\"\n---\n", json!(spec.title));
    if let Some(description) = &spec.description {
        page += &format!("{description}\n\n");
    }
    page += &format!("## Request\n\n**HTTP Request**\n\n```text\n{} {}\n```\n\n", spec.method, spec.path());
    let parameters: Vec<_> = spec.path.iter().chain(&spec.query).cloned().collect();
    if !parameters.is_empty() {
        page += &format!("**Parameters**\n\n{}", table("Parameter Name", &parameters));
    }
    page += "**Authorization**\n\nNone\n\n";
    if spec.body.is_empty() {
        page += "**Request Body**\n\nDo not supply a request body with this method.\n\n";
    } else {
        page += &format!("**Request Body**\n\n{REQUEST}\n\n{}", table("Property Name", &spec.body));
    }
    match spec.responses.first() {
        Some((_, fields)) if !fields.is_empty() => {
            page + &format!("## Response\n\n{RESPONSE}\n\n{}", table("Property Name", fields))
        }
        _ => page + &format!("## Response\n\n{NOTHING}\n"),
    }
}

fn table(name: &str, fields: &[Field]) -> String {
    let mut data = Map::new();
    for (column, head) in [name, "Required", "Type", "Description"].into_iter().enumerate() {
        data.insert(format!("h-{column}"), json!(head));
    }
    let mut rows = 0;
    fields.iter().for_each(|field| row(&mut data, &mut rows, "", field));
    let block = json!({ "data": data, "cols": 4, "rows": rows });
    format!("[block:parameters]\n{}\n[/block]\n\n", serde_json::to_string_pretty(&block).unwrap())
}

fn row(data: &mut Map<String, Value>, rows: &mut usize, parent: &str, field: &Field) {
    let name = format!("{parent}{}", field.name);
    let ty = match &field.ty {
        Ty::String(Some(_)) => "datetime",
        Ty::Integer(Some(_)) => "long",
        ty => ty.kind(),
    };
    let required = if field.required { "Yes" } else { "No" };
    let description = field.description.as_deref().unwrap_or_default();
    for (column, cell) in
        [name.replace('_', "\\_").as_str(), required, ty, description].into_iter().enumerate()
    {
        data.insert(format!("{rows}-{column}"), json!(cell));
    }
    *rows += 1;
    field.children.iter().for_each(|child| row(data, rows, &format!("{name}."), child));
}

pub(crate) fn model(spec: &Spec) -> Value {
    let mut out = json!({ "method": spec.method, "path": spec.path(), "title": spec.title });
    if let Some(description) = &spec.description {
        out["description"] = json!(description);
    }
    out["slug"] = json!("update-it");
    out["security"] = json!([]);
    let parameters = spec.parameters();
    if !parameters.is_empty() {
        out["parameters"] = json!(parameters);
    }
    let content = |fields: &[Field]| json!([{ "name": "application/json", "inferred": true, "schema": object(fields) }]);
    if !spec.body.is_empty() {
        out["request_body"] = json!({ "description": REQUEST, "content": content(&spec.body) });
    }
    let fields = spec.responses.first().map(|(_, fields)| fields).filter(|fields| !fields.is_empty());
    out["responses"] = match fields {
        Some(fields) => {
            json!([{ "status": "2XX", "inferred": true, "description": RESPONSE, "content": content(fields) }])
        }
        None => json!([{ "status": "2XX", "inferred": true, "description": NOTHING }]),
    };
    out
}
