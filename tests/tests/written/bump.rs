//! Writes pages as Bump.sh does.

use serde_json::{Map, Value, json};

use crate::spec::{Field, Spec, Ty, object};

/// Leaves out what these pages do not say: members of members, values, examples, limits, what is required.
pub(crate) fn fit(spec: &mut Spec) {
    spec.each(&|field| {
        field.children.clear();
        field.values.clear();
        (field.example, field.range, field.length, field.required) = (None, None, None, false);
        // Any items are not told from none.
        if field.ty == Ty::Array(None) {
            field.ty = Ty::Array(Some(Box::new(Ty::Object)));
        }
        if let Ty::Union(all) = &mut field.ty {
            all.retain(|ty| *ty != Ty::Array(None));
            if let [one] = all.as_slice() {
                field.ty = one.clone();
            }
        }
        // The text at the start of a field's description goes on with its type's line.
        field.name.retain(|c| c != '*');
    });
}

fn ty(ty: &Ty) -> String {
    let of = |format: &Option<&str>| format.map_or(String::new(), |format| format!("({format})"));
    match ty {
        Ty::Any => "object | null | array | boolean | integer | number | string".to_owned(),
        Ty::String(format) => format!("string{}", of(format)),
        Ty::Integer(format) => format!("integer{}", of(format)),
        Ty::Number(format) => format!("number{}", of(format)),
        Ty::Boolean => "boolean".to_owned(),
        Ty::Object => "object".to_owned(),
        Ty::Array(None) => "array".to_owned(),
        Ty::Array(Some(items)) => format!("array[{}]", self::ty(items)),
        Ty::Union(all) => all.iter().map(self::ty).collect::<Vec<_>>().join(" | "),
    }
}

pub(crate) fn write(spec: &Spec) -> String {
    let mut page = format!("# {}\n\n**{} {}**\n\n", spec.title, spec.method, spec.path());
    if let Some(description) = &spec.description {
        page += &format!("{description}\n\n");
    }
    page += "## Servers\n- Main: https://api.example.com/v1 (Main)\n\n## Parameters\n\n";
    for (place, fields) in
        [("Path parameters", &spec.path), ("Query parameters", &spec.query), ("Headers", &spec.headers)]
    {
        list(&mut page, &format!("### {place}\n"), fields);
    }
    list(&mut page, "### Body: application/json (object)\n\n", &spec.body);
    page += "## Responses\n";
    for (status, fields) in &spec.responses {
        page += &format!("### {status}\nAnswer {status}.\n\n");
        list(&mut page, "#### Body: application/json (object)\n\n", fields);
    }
    page + "\n[Powered by Bump.sh](https://bump.sh)\n"
}

fn list(page: &mut String, heading: &str, fields: &[Field]) {
    if fields.is_empty() {
        return;
    }
    *page += heading;
    for field in fields {
        let null = if field.nullable { " | null" } else { "" };
        *page += &format!("- **{}** ({}{null})\n", field.name, ty(&field.ty));
        for line in field.description.iter().flat_map(|text| text.lines()) {
            *page += &format!("{}\n", format!("  {line}").trim_end());
        }
    }
    *page += "\n";
}

pub(crate) fn model(spec: &Spec) -> Value {
    let mut out = Map::from_iter([
        ("method".to_owned(), json!(spec.method)),
        ("path".to_owned(), json!(spec.path())),
        ("title".to_owned(), json!(spec.title)),
    ]);
    out.extend(spec.description.as_ref().map(|text| ("description".to_owned(), json!(text))));
    out.insert("servers".to_owned(), json!([{ "url": "https://api.example.com/v1", "description": "Main" }]));
    let parameters = spec.parameters();
    if !parameters.is_empty() {
        out.insert("parameters".to_owned(), json!(parameters));
    }
    let content = |fields: &[Field]| json!([{ "name": "application/json", "schema": object(fields) }]);
    if !spec.body.is_empty() {
        out.insert("request_body".to_owned(), json!({ "content": content(&spec.body) }));
    }
    let response = |(status, fields): &(u16, Vec<Field>)| {
        let mut out = json!({ "status": status.to_string(), "description": format!("Answer {status}.") });
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
