//! Writes pages as Redocly does.

use serde_json::{Map, Value, json};

use crate::spec::{Field, Spec, Ty, object};

/// Leaves out what these pages do not say: formats, items, limits.
pub(crate) fn fit(spec: &mut Spec) {
    spec.each(&|field| {
        field.ty = field.ty.plain();
        (field.range, field.length) = (None, None);
    });
}

pub(crate) fn write(spec: &Spec) -> String {
    let mut page = format!("# {}\n\n", spec.title);
    if let Some(description) = &spec.description {
        page += &format!("{description}\n\n");
    }
    page += &format!("Endpoint: {} {}\nVersion: 1.0.0\n\n", spec.method, spec.path());
    for (place, fields) in [("Path", &spec.path), ("Query", &spec.query), ("Header", &spec.headers)] {
        section(&mut page, &format!("{place} parameters:"), fields);
    }
    section(&mut page, "Request fields (application/json):", &spec.body);
    for (status, fields) in &spec.responses {
        match fields.is_empty() {
            true => page += &format!("## Response {status} fields\n\n"),
            false => section(&mut page, &format!("Response {status} fields (application/json):"), fields),
        }
    }
    page
}

fn section(page: &mut String, heading: &str, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    *page += &format!("## {heading}\n\n");
    fields.iter().for_each(|field| write_field(page, "", field));
}

fn write_field(page: &mut String, parent: &str, field: &Field) {
    let name = format!("{parent}{}", field.name);
    let mut ty = match &field.ty {
        Ty::Union(all) => all.iter().map(Ty::kind).collect::<Vec<_>>().join(","),
        ty => ty.kind().to_owned(),
    };
    if field.nullable {
        ty += ",null";
    }
    let required = if field.required { ", required" } else { "" };
    *page += &format!("  - `{name}` ({ty}{required})\n");
    if let Some(description) = &field.description {
        for line in description.lines() {
            *page += if line.is_empty() { "\n".to_owned() } else { format!("    {line}\n") }.as_str();
        }
    }
    if let Some(example) = &field.example {
        *page += &format!("    Example: {example}\n");
    }
    if !field.values.is_empty() {
        let values: Vec<_> = field.values.iter().map(Value::to_string).collect();
        *page += &format!("    Enum: {}\n", values.join(", "));
    }
    *page += "\n";
    field.children.iter().for_each(|child| write_field(page, &format!("{name}."), child));
}

pub(crate) fn model(spec: &Spec) -> Value {
    let mut out = Map::from_iter([
        ("method".to_owned(), json!(spec.method)),
        ("path".to_owned(), json!(spec.path())),
        ("title".to_owned(), json!(spec.title)),
    ]);
    out.extend(spec.description.as_ref().map(|text| ("description".to_owned(), json!(text))));
    out.insert("version".to_owned(), json!("1.0.0"));
    let parameters = spec.parameters();
    if !parameters.is_empty() {
        out.insert("parameters".to_owned(), json!(parameters));
    }
    let content = |fields: &[Field]| json!([{ "name": "application/json", "schema": object(fields) }]);
    if !spec.body.is_empty() {
        out.insert("request_body".to_owned(), json!({ "content": content(&spec.body) }));
    }
    let response = |(status, fields): &(u16, Vec<Field>)| {
        let mut out = json!({ "status": status.to_string() });
        if !fields.is_empty() {
            out["content"] = content(fields);
        }
        out
    };
    if !spec.responses.is_empty() {
        out.insert("responses".to_owned(), spec.responses.iter().map(response).collect());
    }
    Value::Object(out)
}
