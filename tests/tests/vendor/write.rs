//! Writes an operation's page as a documentation product would.

use crate::description::{Field, Operation};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    Redocly,
    Bump,
    ReadMe,
    Mintlify,
    /// Mintlify's export as Markdown, whose pages hold an OpenAPI definition.
    Export,
}

impl Dialect {
    pub(crate) const ALL: [Self; 5] = [Self::Redocly, Self::Bump, Self::ReadMe, Self::Mintlify, Self::Export];
}

/// The page of an operation.
pub(crate) fn write(dialect: Dialect, operation: &Operation) -> String {
    match dialect {
        Dialect::Redocly => redocly(operation),
        Dialect::Bump => bump(operation),
        Dialect::ReadMe => readme(operation),
        Dialect::Mintlify => mintlify(operation),
        Dialect::Export => export(operation),
    }
}

/// What identifies a thing.
const ID: Field = Field { name: "id", ty: "string", example: "\"a1\"", description: "Which one it is." };

fn response_fields(operation: &Operation) -> impl Iterator<Item = Field> {
    [ID].into_iter().chain(operation.fields.clone())
}

/// Lines of a format for each field.
fn each(fields: impl Iterator<Item = Field>, line: impl Fn(Field) -> String) -> String {
    fields.map(line).collect()
}

fn redocly(operation: &Operation) -> String {
    let Operation { fields, .. } = operation;
    let line = |field: Field| {
        let Field { name, ty, example, description } = field;
        format!("\n  - `{name}` ({ty})\n    {description}\n    Example: {example}\n")
    };
    let mut page = format!(
        "# {}\n\n{}\n\nEndpoint: {} {}\nVersion: 1.0\nSecurity: BearerAuth\n",
        operation.title(),
        operation.description(),
        operation.method(),
        operation.path()
    );
    if operation.has_id() {
        page += "\n## Path parameters:\n\n  - `id` (string, required)\n    Which one it is.\n";
    }
    if operation.has_request() {
        page += &format!("\n## Request fields (application/json):\n{}", each(fields.iter().copied(), line));
    }
    let status = operation.status();
    page += &match operation.has_response() {
        true => format!(
            "\n## Response {status} fields (application/json):\n{}",
            each(response_fields(operation), line)
        ),
        false => format!("\n## Response {status} fields\n"),
    };
    page
}

fn bump(operation: &Operation) -> String {
    let Operation { fields, .. } = operation;
    let line = |Field { name, ty, description, .. }: Field| format!("- **{name}** ({ty})\n  {description}\n");
    let mut page = format!(
        "# {}\n\n**{} {}**\n\n{}\n\n\n## Servers\n- Live: https://api.aquarium.example (Live)\n\n\n\
         ## Authentication methods\n- Bearer auth\n\n\n## Parameters\n",
        operation.title(),
        operation.method(),
        operation.path(),
        operation.description()
    );
    if operation.has_id() {
        page += "\n### Path parameters\n- **id** (string)\n  Which one it is.\n";
    }
    if operation.has_request() {
        page += &format!("\n### Body: application/json (object)\n\n{}", each(fields.iter().copied(), line));
    }
    page += &format!("\n\n\n## Responses\n### {}\nWhat came of it.\n", operation.status());
    if operation.has_response() {
        page +=
            &format!("\n#### Body: application/json (object)\n{}", each(response_fields(operation), line));
    }
    page + "\n\n[Powered by Bump.sh](https://bump.sh)\n"
}

fn readme(operation: &Operation) -> String {
    let Operation { fields, .. } = operation;
    let row = |Field { name, ty, description, .. }: Field| format!("| {name} | {ty} | {description} |\n");
    let table = "| Property Name | Type | Description |\n| :--- | :--- | :--- |\n";
    let mut page = format!(
        "---\ntitle: \"{}\"\nslug: \"{}\"\nexcerpt: \"\"\nhidden: false\nupdatedAt: \"2026-01-02\"\n---\n{}\n\n\
         ## Request\n\n**HTTP Request**\n\n```text\n{} {}\n```\n\n",
        operation.title(),
        operation.slug(),
        operation.description(),
        operation.method(),
        operation.path()
    );
    if operation.has_id() {
        page += "**Parameters**\n\n| Parameter Name | Required | Type | Description |\n\
                 | :--- | :--- | :--- | :--- |\n| id | Yes | string | Which one it is. |\n\n";
    }
    page += "**Authorization**\n\nAccess JSON Web Token (Aquarium)\n\n**Request Body**\n\n";
    page += &match operation.has_request() {
        true => format!(
            "In the request body, supply an object of this structure.\n\n{table}{}\n",
            each(fields.iter().copied(), row)
        ),
        false => "Do not supply a request body with this method.\n\n".to_owned(),
    };
    page += "## Response\n\n";
    page += &match operation.has_response() {
        true => format!(
            "If successful, this method returns an object of this structure in the response body.\n\n{table}{}",
            each(response_fields(operation), row)
        ),
        false => "If successful, this method returns an empty response body.\n".to_owned(),
    };
    page
}

fn mintlify(operation: &Operation) -> String {
    let Operation { fields, .. } = operation;
    let entry = |Field { name, ty, example, description }: Field| {
        format!("{name}\n{ty}\n\n{description}\n\nExample:\n\n{example}\n\n")
    };
    let path: String = operation.path().split('/').skip(1).map(|part| format!("/\n{part}\n")).collect();
    let mut page = format!(
        "{}\n{path}{}\ncurl --request {} \\\n  --url https://api.aquarium.example{} \\\n  \
         --header 'Authorization: Bearer <token>'",
        operation.method(),
        operation.title(),
        operation.method(),
        operation.path()
    );
    if operation.has_request() {
        let json = operation.json(false);
        page += &format!(" \\\n  --header 'Content-Type: application/json' \\\n  --data '\n{json}\n'");
    }
    page += "\n";
    if operation.has_response() {
        page += &format!("{}\n", operation.json(true));
    }
    page += &format!(
        "\n{}\n\nAuthorizations\n\nAuthorization\nstring\nheader\nrequired\n\n\
                      Bearer authentication header of the form Bearer <token>, where <token> is your auth token.\n\n",
        operation.description()
    );
    if operation.has_id() {
        page += "Path Parameters\n\nid\nstring\nrequired\n\nWhich one it is.\n\n";
    }
    if operation.has_request() {
        page += &format!("Body\n\napplication/json\n{}", each(fields.iter().copied(), entry));
    }
    let status = operation.status();
    page += &match operation.has_response() {
        true => format!(
            "Response\n\n{status} - application/json\n\nWhat came of it.\n\n{}",
            each(response_fields(operation), entry)
        ),
        false => format!("Response\n\n{status}\n\nNothing is left.\n\n"),
    };
    page + "Last modified on May 1, 2026\n"
}

fn export(operation: &Operation) -> String {
    let (title, description) = (operation.title(), operation.description());
    let (method, path) = (operation.method().to_lowercase(), operation.path());
    // What a request body or a response holds, as deep as it stands.
    let content = |indent: &str, fields: &mut dyn Iterator<Item = Field>| {
        let property = |Field { name, ty, example, description }: Field| {
            let lines =
                [format!("type: {ty}"), format!("description: {description}"), format!("example: {example}")];
            let lines: String = lines.map(|line| format!("{indent}          {line}\n")).concat();
            format!("{indent}        {name}:\n{lines}")
        };
        let lines =
            ["content:", "  application/json:", "    schema:", "      type: object", "      properties:"];
        lines.map(|line| format!("{indent}{line}\n")).concat() + &each(fields, property)
    };
    let mut page = format!(
        "> ## Documentation Index\n> Fetch the complete documentation index at: \
         https://docs.aquarium.example/llms.txt\n> Use this file to discover all available pages before exploring \
         further.\n\n# {title}\n\n> {description}\n\n## OpenAPI\n\n````yaml {method} {path}\nopenapi: 3.0.1\ninfo:\n  \
         title: Aquarium\n  version: 1.0.0\nservers:\n  - url: https://api.aquarium.example\nsecurity:\n  - bearer: []\n\
         paths:\n  {path}:\n    {method}:\n      summary: {title}\n      description: {description}\n"
    );
    if operation.has_id() {
        page += "      parameters:\n        - name: id\n          in: path\n          required: true\n          \
                 description: Which one it is.\n          schema:\n            type: string\n";
    }
    if operation.has_request() {
        page += "      requestBody:\n";
        page += &content("        ", &mut operation.fields.iter().copied());
    }
    page += &format!(
        "      responses:\n        '{}':\n          description: What came of it.\n",
        operation.status()
    );
    if operation.has_response() {
        page += &content("          ", &mut response_fields(operation));
    }
    page + "components:\n  securitySchemes:\n    bearer:\n      type: http\n      scheme: bearer\n\n````\n"
}
