//! Writes the text of pages of Mintlify.

use serde_json::{Value, json};

use crate::spec::{Field, Spec, Ty, object};

/// Leaves out what the text of these pages does not say: all but prose of descriptions, responses but one. A name is a
/// line of its own, which has no blanks and is not a label.
pub(crate) fn fit(spec: &mut Spec) {
    let prose = |text: &mut Option<String>| {
        if let Some(text) = text {
            let blocks =
                text.split("\n\n").filter(|block| block.starts_with("Says ") && !block.contains('\n'));
            *text = blocks.collect::<Vec<_>>().join("\n\n");
        }
    };
    prose(&mut spec.description);
    spec.each(&|field| {
        prose(&mut field.description);
        field.name.retain(|c| c.is_alphanumeric() || "_-$".contains(c));
        field.name.insert_str(0, "x_");
        field.values.retain(|value| {
            value.as_str().is_none_or(|text| text.bytes().all(|b| b.is_ascii_alphanumeric()))
        });
        if !field.values.is_empty() {
            field.ty = field.ty.plain();
        }
        if field.ty == Ty::Array(None) && field.children.is_empty() {
            field.ty = Ty::Array(Some(Box::new(Ty::Object)));
        }
        if let Ty::Union(all) = &mut field.ty {
            all.retain(|ty| *ty != Ty::Array(None));
            if let [one] = all.as_slice() {
                field.ty = one.clone();
            }
        }
    });
    for list in [&mut spec.path, &mut spec.query, &mut spec.headers, &mut spec.body] {
        distinct(list);
    }
    spec.responses.retain(|(_, fields)| !fields.is_empty());
    spec.responses.truncate(1);
    spec.responses.iter_mut().for_each(|(_, fields)| distinct(fields));
}

fn distinct(fields: &mut Vec<Field>) {
    let mut known = std::collections::HashSet::new();
    fields.retain(|field| known.insert(field.name.clone()));
    fields.iter_mut().for_each(|field| distinct(&mut field.children));
}

fn ty(ty: &Ty) -> String {
    let of = |format: &Option<&str>| format.map_or(String::new(), |format| format!("<{format}>"));
    match ty {
        Ty::Any => "any".to_owned(),
        Ty::String(format) => format!("string{}", of(format)),
        Ty::Integer(format) => format!("integer{}", of(format)),
        Ty::Number(format) => format!("number{}", of(format)),
        Ty::Boolean => "boolean".to_owned(),
        Ty::Object => "object".to_owned(),
        Ty::Array(None) => "object[]".to_owned(),
        Ty::Array(Some(items)) => format!("{}[]", self::ty(items)),
        Ty::Union(all) => all.iter().map(self::ty).collect::<Vec<_>>().join(" | "),
    }
}

pub(crate) fn write(spec: &Spec) -> String {
    let mut page = format!("Skip to main content\n{}\n", spec.method);
    for (at, segment) in spec.segments.iter().enumerate() {
        page += &format!("/\n{segment}\n");
        if let Some(parameter) = spec.path.get(at) {
            page += &format!("/\n{{{}}}\n", parameter.name);
        }
    }
    page += &format!("{}\n", spec.title);
    if let Some(description) = &spec.description {
        page += &format!("{description}\n\n");
    }
    for (heading, fields) in
        [("Headers", &spec.headers), ("Path Parameters", &spec.path), ("Query Parameters", &spec.query)]
    {
        section(&mut page, heading, "", fields);
    }
    section(&mut page, "Body", "application/json\n", &spec.body);
    for (status, fields) in &spec.responses {
        section(
            &mut page,
            "Response",
            &format!("{status} - application/json\n\nSays the answer to it.\n\n"),
            fields,
        );
    }
    page
}

fn section(page: &mut String, heading: &str, intro: &str, fields: &[Field]) {
    if !fields.is_empty() {
        *page += &format!("{heading}\n\n{intro}");
        fields.iter().for_each(|field| write_field(page, "", field));
    }
}

fn write_field(page: &mut String, parent: &str, field: &Field) {
    let name = format!("{parent}{}", field.name);
    let null = if field.nullable { " | null" } else { "" };
    let whole = match field.values.is_empty() {
        true => ty(&field.ty),
        false => format!("enum<{}>", field.ty.kind()),
    };
    *page += &format!("{name}\n{whole}{null}\n");
    if field.required {
        *page += "required\n";
    }
    *page += "\n";
    if let Some(description) = &field.description {
        *page += &format!("{description}\n\n");
    }
    if let Some((from, to)) = field.range {
        *page += &format!("Required range: {from} <= x <= {to}\n\n");
    }
    if let Some((from, to)) = field.length {
        *page += &format!("Required string length: {from} - {to}\n\n");
    }
    if !field.values.is_empty() {
        let values =
            field.values.iter().map(|value| value.as_str().map_or_else(|| value.to_string(), str::to_owned));
        *page += &format!("Available options:\n{}\n\n", values.collect::<Vec<_>>().join(",\n"));
    }
    if let Some(example) = &field.example {
        *page += &format!("Example:\n\n{example}\n\n");
    }
    field.children.iter().for_each(|child| write_field(page, &format!("{name}."), child));
}

pub(crate) fn model(spec: &Spec) -> Value {
    let mut out = json!({ "method": spec.method, "path": spec.path(), "title": spec.title });
    if let Some(description) = &spec.description {
        out["description"] = json!(description);
    }
    // The order of the page's sections.
    let places = [(&spec.headers, "header"), (&spec.path, "path"), (&spec.query, "query")];
    let parameters: Vec<_> = places
        .into_iter()
        .flat_map(|(fields, place)| fields.iter().map(move |field| field.parameter(place)))
        .collect();
    if !parameters.is_empty() {
        out["parameters"] = json!(parameters);
    }
    let content = |fields: &[Field]| json!([{ "name": "application/json", "schema": object(fields) }]);
    if !spec.body.is_empty() {
        out["request_body"] = json!({ "content": content(&spec.body) });
    }
    if let Some((status, fields)) = spec.responses.first() {
        out["responses"] = json!([{ "status": status.to_string(), "description": "Says the answer to it.", "content": content(fields) }]);
    }
    out
}
