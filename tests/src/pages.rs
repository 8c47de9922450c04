//! Writes pages of an API that does not exist, as many as are asked for, in each dialect.
//!
//! Each page documents one operation of a resource: a nested body, answers, errors that all pages share, prose of
//! the usual length. The same number gives the same page, whatever else is written.

use std::fmt::Write;

use docwright::{dialect::Dialect, pipeline::PageInput};

/// The first so many pages of the API.
#[must_use]
pub fn pages(dialect: Dialect, count: usize) -> Vec<PageInput> {
    (0..count).map(|number| page(dialect, number)).collect()
}

/// One page of the API.
#[must_use]
pub fn page(dialect: Dialect, number: usize) -> PageInput {
    let operation = Operation::new(number);
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = match dialect {
        Dialect::Redocly => redocly(&mut out, &operation),
        Dialect::ReadMe => readme(&mut out, &operation),
        Dialect::Bump => bump(&mut out, &operation),
        Dialect::Mintlify => mintlify(&mut out, &operation),
    };
    let name = format!("{}/{}-{}.md", operation.resource, operation.verb.to_lowercase(), operation.resource);
    PageInput::new(name, out)
}

const WORDS: [&str; 24] = [
    "amber", "basin", "cable", "delta", "ember", "flint", "grove", "harbor", "inlet", "juniper", "kettle",
    "ledger", "meadow", "needle", "orchard", "pallet", "quarry", "ribbon", "saddle", "timber", "umbra",
    "valve", "willow", "yarn",
];

const VERBS: [(&str, &str, &str); 5] = [
    ("List", "GET", ""),
    ("Create", "POST", ""),
    ("Get", "GET", "/{id}"),
    ("Update", "PATCH", "/{id}"),
    ("Replace", "PUT", "/{id}"),
];

struct Operation {
    verb: &'static str,
    method: &'static str,
    resource: String,
    path: String,
    by_id: bool,
    fields: Vec<Field>,
}

struct Field {
    name: String,
    ty: &'static str,
    required: bool,
    description: String,
    options: Vec<String>,
    fields: Vec<Field>,
}

impl Operation {
    fn new(number: usize) -> Self {
        let (verb, method, suffix) = VERBS[number % VERBS.len()];
        let of = number / VERBS.len();
        let word = |n: usize| WORDS[n % WORDS.len()];
        let resource = match of / (WORDS.len() * WORDS.len()) {
            0 => format!("{}_{}", word(of), word(of / WORDS.len() + 7 * of)),
            more => format!("{}_{}_{more}", word(of), word(of / WORDS.len() + 7 * of)),
        };
        let path = format!("/v1/{resource}{suffix}");
        Self { verb, method, by_id: !suffix.is_empty(), fields: fields(of, 0), resource, path }
    }

    fn has_body(&self) -> bool {
        self.method != "GET"
    }

    fn title(&self) -> String {
        format!("{} {}", self.verb, self.resource.replace('_', " "))
    }
}

/// Twelve fields, two of which hold six others each.
fn fields(seed: usize, depth: usize) -> Vec<Field> {
    let count = if depth == 0 { 12 } else { 6 };
    let types = ["string", "integer", "boolean", "string", "number", "array", "object", "string"];
    (0..count)
        .map(|at| {
            let word = |n: usize| WORDS[(seed * 5 + at * 7 + n * 11 + depth * 3) % WORDS.len()];
            let ty = if depth == 0 { types[at % types.len()] } else { types[at % 5] };
            let fields = match ty {
                "array" | "object" if depth == 0 => fields(seed + at, depth + 1),
                _ => Vec::new(),
            };
            let options = match at {
                3 => (0..4).map(|n| word(n).to_uppercase()).collect(),
                _ => Vec::new(),
            };
            let description = format!(
                "The {} of the {}, as the {} has it. It is kept for as long as the {} is there.",
                word(0),
                word(1),
                word(2),
                word(3)
            );
            Field {
                name: format!("{}_{}", word(0), ["code", "count", "flag", "kind", "rate", "set"][at % 6]),
                ty,
                required: at % 3 == 0,
                description,
                options,
                fields,
            }
        })
        .collect()
}

fn redocly(out: &mut String, operation: &Operation) -> std::fmt::Result {
    fn write_fields(out: &mut String, prefix: &str, fields: &[Field]) -> std::fmt::Result {
        for field in fields {
            let required = if field.required { ", required" } else { "" };
            writeln!(
                out,
                "  - `{prefix}{}` ({}{required})\n    {}",
                field.name, field.ty, field.description
            )?;
            if !field.options.is_empty() {
                let options: Vec<_> = field.options.iter().map(|option| format!("\"{option}\"")).collect();
                writeln!(out, "    Enum: {}", options.join(", "))?;
            }
            out.push('\n');
            write_fields(out, &format!("{prefix}{}.", field.name), &field.fields)?;
        }
        Ok(())
    }
    writeln!(out, "# {}\n\nSees to the {}.\n", operation.title(), operation.resource.replace('_', " "))?;
    writeln!(out, "Endpoint: {} {}\nVersion: 1.0.0\nSecurity: bearer\n", operation.method, operation.path)?;
    if operation.by_id {
        writeln!(out, "## Path parameters:\n\n  - `id` (string, required)\n    What it is known by.\n")?;
    } else {
        writeln!(
            out,
            "## Query parameters:\n\n  - `limit` (integer)\n    How many at most.\n    Example: 20\n"
        )?;
    }
    if operation.has_body() {
        writeln!(out, "## Request fields (application/json):\n")?;
        write_fields(out, "", &operation.fields)?;
    }
    writeln!(out, "## Response 200 fields (application/json):\n")?;
    write_fields(out, "", &operation.fields)?;
    for status in [400, 401, 404] {
        writeln!(out, "## Response {status} fields (application/json):\n")?;
        writeln!(out, "  - `code` (string, required)\n    What went wrong.\n    Example: \"E{status}\"\n")?;
        writeln!(out, "  - `message` (string, required)\n    The same for people.\n")?;
    }
    Ok(())
}

fn bump(out: &mut String, operation: &Operation) -> std::fmt::Result {
    fn write_fields(out: &mut String, fields: &[Field]) -> std::fmt::Result {
        for field in fields {
            let ty = if field.ty == "array" { "array[object]" } else { field.ty };
            writeln!(out, "- **{}** ({ty})\n  {}", field.name, field.description)?;
        }
        out.push('\n');
        Ok(())
    }
    writeln!(out, "# {}\n\n**{} {}**\n", operation.title(), operation.method, operation.path)?;
    writeln!(out, "Sees to the {}.\n", operation.resource.replace('_', " "))?;
    writeln!(out, "## Servers\n\n- Production: https://api.example.com (Production)\n")?;
    writeln!(out, "## Authentication methods\n\n- Bearer auth\n\n## Parameters\n")?;
    if operation.by_id {
        writeln!(out, "### Path parameters\n\n- **id** (string)\n  What it is known by.\n")?;
    } else {
        writeln!(out, "### Query parameters\n\n- **limit** (integer)\n  How many at most.\n")?;
    }
    if operation.has_body() {
        writeln!(out, "### Body: application/json (object)\n")?;
        write_fields(out, &operation.fields)?;
    }
    writeln!(out, "## Responses\n\n### 200\n\nIt is done.\n\n#### Body: application/json (object)\n")?;
    write_fields(out, &operation.fields)?;
    for status in [400, 404] {
        writeln!(out, "### {status}\n\nIt is not done.\n\n#### Body: application/json (object)\n")?;
        writeln!(out, "- **code** (string)\n  What went wrong.\n- **message** (string)\n  For people.\n")?;
    }
    writeln!(out, "[Powered by Bump.sh](https://bump.sh)")
}

fn readme(out: &mut String, operation: &Operation) -> std::fmt::Result {
    fn write_table(out: &mut String, name: &str, fields: &[Field]) -> std::fmt::Result {
        let mut data = serde_json::Map::new();
        for (at, head) in [name, "Required", "Type", "Description"].iter().enumerate() {
            data.insert(format!("h-{at}"), (*head).into());
        }
        for (row, field) in fields.iter().enumerate() {
            let required = if field.required { "Yes" } else { "No" };
            for (at, cell) in [&*field.name, required, field.ty, &*field.description].iter().enumerate() {
                data.insert(format!("{row}-{at}"), (*cell).into());
            }
        }
        let table = serde_json::json!({"data": data, "cols": 4, "rows": fields.len()});
        writeln!(out, "[block:parameters]\n{table:#}\n[/block]\n")
    }
    let slug = operation.title().to_lowercase().replace(' ', "-");
    writeln!(out, "---\ntitle: \"{}\"\nslug: \"{slug}\"\n---\n", operation.title())?;
    writeln!(out, "Sees to the {}.\n\n## Request\n", operation.resource.replace('_', " "))?;
    writeln!(out, "**HTTP Request**\n\n```\n{} {}\n```\n", operation.method, operation.path)?;
    if operation.by_id {
        writeln!(out, "**Parameters**\n")?;
        let id = Field {
            name: "id".into(),
            ty: "string",
            required: true,
            description: "What it is known by.".into(),
            options: Vec::new(),
            fields: Vec::new(),
        };
        write_table(out, "Parameter Name", &[id])?;
    }
    writeln!(out, "**Authorization**\n\nAccess JSON Web Token (Manage)\n\n**Request Body**\n")?;
    if operation.has_body() {
        write_table(out, "Property Name", &operation.fields)?;
    } else {
        writeln!(out, "Do not supply a request body with this method.\n")?;
    }
    writeln!(out, "## Response\n\nIf successful, this method returns the following structure:\n")?;
    write_table(out, "Property Name", &operation.fields)
}

fn mintlify(out: &mut String, operation: &Operation) -> std::fmt::Result {
    fn example(fields: &[Field]) -> serde_json::Value {
        let value = |field: &Field| match field.ty {
            "integer" => 123.into(),
            "number" => 1.5.into(),
            "boolean" => true.into(),
            "array" => vec![example(&field.fields)].into(),
            "object" => example(&field.fields),
            _ => field.options.first().map_or("<string>", String::as_str).into(),
        };
        fields.iter().map(|field| (field.name.clone(), value(field))).collect()
    }
    fn write_fields(out: &mut String, prefix: &str, fields: &[Field]) -> std::fmt::Result {
        for field in fields {
            let ty = match field.ty {
                "string" if !field.options.is_empty() => "enum<string>",
                "array" => "object[]",
                ty => ty,
            };
            writeln!(out, "{prefix}{}\n\n{ty}", field.name)?;
            if field.required {
                writeln!(out, "required")?;
            }
            writeln!(out, "\n{}\n", field.description)?;
            if !field.options.is_empty() {
                writeln!(out, "Available options: `{}`\n", field.options.join("`, `"))?;
            }
            write_fields(out, &format!("{prefix}{}.", field.name), &field.fields)?;
        }
        Ok(())
    }
    let json = serde_json::to_string_pretty(&example(&operation.fields)).unwrap_or_default();
    let segments = operation.path.trim_start_matches('/').replace('/', "\n\n/\n\n");
    writeln!(out, "{}\n\n/\n\n{segments}\n\nTry it\n\n{}\n", operation.method, operation.title())?;
    writeln!(out, "cURL\n\nCopy\n\n```\ncurl --request {} \\", operation.method)?;
    writeln!(out, "  --url https://api.example.com{} \\", operation.path)?;
    writeln!(out, "  --header 'Authorization: Bearer <token>'\n```\n\n200\n\nCopy\n\n```\n{json}\n```\n")?;
    writeln!(out, "Sees to the {}.\n", operation.resource.replace('_', " "))?;
    writeln!(out, "#### Authorizations\n\nAuthorization\n\nstring\n\nheader\n\nrequired\n")?;
    writeln!(
        out,
        "Bearer authentication header of the form `Bearer <token>`, where `<token>` is your auth token.\n"
    )?;
    if operation.by_id {
        writeln!(out, "#### Path Parameters\n\nid\n\nstring\n\nrequired\n\nWhat it is known by.\n")?;
    }
    if operation.has_body() {
        writeln!(out, "#### Body\n\napplication/json\n")?;
        write_fields(out, "", &operation.fields)?;
    }
    writeln!(out, "#### Response\n\n200\n\napplication/json\n\nIt is done.\n")?;
    write_fields(out, "", &operation.fields)?;
    writeln!(out, "⌘I")
}

#[cfg(test)]
mod tests {
    use docwright::{diagnostic::Severity, input::read_apis};

    use super::*;

    /// A benchmark over pages that are not understood would measure something else.
    #[test]
    fn every_page_is_understood_without_a_warning() {
        for dialect in [Dialect::Redocly, Dialect::ReadMe, Dialect::Bump, Dialect::Mintlify] {
            let reading = read_apis(vec![("api".to_owned(), pages(dialect, 10))]);
            let said: Vec<_> =
                reading.diagnostics.iter().filter(|said| said.severity() > Severity::Note).collect();
            assert!(said.is_empty(), "{dialect}: {said:#?}");
            assert_eq!(reading.apis[0].api.operations.len(), 10, "{dialect}");
            assert!(reading.pages.iter().all(|page| page.detection.as_ref().unwrap().dialect == dialect));
            let bodies = reading.apis[0].api.operations.iter().filter(|it| it.request_body.is_some());
            assert_eq!(bodies.count(), 6, "{dialect}");
        }
    }
}
