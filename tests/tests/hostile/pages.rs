//! Pages of each dialect that try, at every place that takes text, to reach code, documentation or a terminal.

use docwright_tests::printed::flattened;
use serde_json::json;

/// What is called where an attack succeeds: whoever finds it outside of text has found one.
pub(crate) const MARK: &str = "pwned()";

/// What is tried. What has several lines is tried only where texts have several lines.
pub(crate) const ATTACKS: &[&str] = &[
    // Out of a string, a comment, an attribute.
    "\"; pwned(); \"",
    "\"); pwned(); (\"",
    "\"#; pwned(); r#\"",
    "\\",
    "\\\"; pwned(); //",
    "pwned() \\",
    "'; pwned(); '",
    "*/ fn x() { pwned() } /*",
    "/* pwned() */ */",
    "\n//! pwned()",
    "x\u{2028}pwned()",
    "x\u{2029}pwned()",
    "x\u{85}pwned()",
    "x\rpwned();",
    "x\r\r\n\rpwned();",
    "#[cfg(any())]",
    "#![feature(pwned)]",
    "#[doc = include_str!(\"/etc/passwd\")]",
    "include_str!(\"/etc/passwd\")",
    "concat!(env!(\"HOME\"))",
    // Format strings, templates, shells.
    "{}",
    "{pwned()}",
    "{0:?} {{}} {{{}",
    "%s%n${pwned()}$(pwned())`pwned()`",
    // Documentation tests.
    "```\npwned();\n```",
    "```rust\npwned();\n```",
    "```rust,should_panic\npwned();\n```",
    "````\n```\npwned();\n```\n````",
    "~~~\npwned();\n~~~",
    "~~~~rust\npwned();",
    "```",
    "text:\n\n    pwned();\n\nmore",
    "text:\n\n\tpwned();\n\nmore",
    "- item\n\n      pwned();\n",
    "- ```\n  pwned();\n  ```",
    "> ```\n> pwned();\n> ```",
    "1. one\n   - two\n\n     ```rust\n     pwned();\n     ```\n",
    "<div>\n\n```\npwned();\n```\n\n</div>",
    "[^1]\n\n[^1]:\n    ```\n    pwned();\n    ```\n",
    "| a |\n|---|\n| ``` |\n\n    pwned();",
    "<pre><code>pwned();</code></pre>",
    "---\n\n    pwned();\n",
    "```text\nx\n``` ```\n\n    pwned();\n",
    "\u{a0}   pwned();",
    "\\```\n\n    pwned();",
    // HTML and links.
    "<script>pwned()</script>",
    "<script src=\"//x/pwned()\"></script>",
    "<img src=x onerror=pwned()>",
    "<svg/onload=pwned()>",
    "<a href=\"javascript:pwned()\">x</a>",
    "<style>*{background:url(pwned())}</style>",
    "<!-- pwned() --><!--",
    "<![CDATA[<script>pwned()</script>]]>",
    "<?php pwned() ?>",
    "</div></body></html><script>pwned()</script>",
    "&lt;script&gt;pwned()&lt;/script&gt;",
    "&#60;script&#62;pwned()&#60;/script&#62;",
    "`<script>pwned()</script>",
    "``<script>pwned()</script>`",
    "[x](javascript:pwned())",
    "[x](JaVaScRiPt:pwned())",
    "[x](&#106;avascript:pwned())",
    "[x](java&Tab;script:pwned())",
    "[x](<javascript:pwned()>)",
    "![x](javascript:pwned())",
    "<javascript:pwned()>",
    "[x]\n\n[x]: javascript:pwned()\n",
    "[x](data:text/html,<script>pwned()</script>)",
    "[x](vbscript:pwned())",
    "[x](\"onmouseover=pwned() \")",
    "[x](https://example.com \"a\\\" onmouseover=pwned() b\")",
    "https://example.com/\"onmouseover=pwned()",
    "[x](file:///etc/passwd)",
    // Links to items.
    "[String]",
    "[`Vec<String>`]",
    "[x][std::string::String]",
    "[x](std::process::Command)",
    "[x](crate::types)",
    "[](String)",
    "[std::vec!]",
    "[macro@vec]",
    "[String]: std::string::String",
    // Terminals and readers.
    "\u{1b}[2Jpwned()\u{1b}]0;pwned()\u{7}",
    "\u{9b}2J\u{9d}0;pwned()\u{9c}",
    "\u{8}\u{8}\u{8}\u{7f}pwned()",
    "\u{202e}pwned()\u{202c}",
    "\u{2066}pwned()\u{2069}\u{200f}",
    "pw\u{200b}ned()\u{feff}\u{ad}\u{2060}",
    "\u{180e}\u{206a}\u{fff9}pwned()",
    "\u{e0001}\u{e0041}pwned()",
    "\u{e0110}\u{fe00}\u{3164}pwned()",
    "\0pwned()",
    // Paths and names.
    "../../../etc/passwd",
    "/etc/passwd",
    "C:\\con",
    "con",
    "mod",
    "lib",
    "self",
    "r#type",
    "_",
    "=====",
    "# pwned()",
    "</br>|`|",
];

/// What the attack has for places that take one line.
fn line(attack: &str) -> String {
    attack.replace('\n', " ")
}

/// Each line of a text indented.
fn indented(text: &str, by: &str) -> String {
    text.replace('\n', &format!("\n{by}"))
}

fn quoted(text: &str) -> String {
    json!(text).to_string()
}

/// The pages that try one thing: in texts, and in names and values.
pub(crate) fn pages(attack: &str) -> Vec<String> {
    let line = line(attack);
    [(attack, "name", "value"), ("Text.", line.as_str(), line.as_str())]
        .into_iter()
        .flat_map(|(text, name, value)| {
            [
                bump(text, name, value),
                redocly(text, name, value),
                readme(text, name, value),
                mintlify(text, name, value),
                flattened(&mintlify(text, name, value)),
                definition(text, name, value),
            ]
        })
        .collect()
}

fn bump(text: &str, name: &str, value: &str) -> String {
    let item = indented(text, "  ");
    format!(
        "# {value}\n\n**POST /orders/{{id}}/{value}**\n\n{text}\n\n## Servers\n- {value}: https://x.example/{value} ({value})\n\n\
         ## Authentication methods\n- {value}\n\n## Parameters\n\n### Path parameters\n- **id** (string)\n  {item}\n\n\
         ### Query parameters\n- **{name}** (string)\n  {item}\n\n### Headers\n- **X-{name}** ({value})\n  {item}\n\n\
         ### Body: application/json (object)\n\n{text}\n- **{name}** (string)\n  {item}\n- **{name}.a** ({value})\n  {item}\n\n\
         ## Responses\n### 200\n{text}\n#### Body: application/json (object)\n- **{name}** (array[{value}])\n  {item}\n\
         ### 400\n{text}\n\n[Powered by Bump.sh](https://bump.sh)\n"
    )
}

fn redocly(text: &str, name: &str, value: &str) -> String {
    let item = indented(text, "    ");
    let quoted = quoted(value);
    format!(
        "# {value}\n\n{text}\n\nEndpoint: PUT /x/{{id}}/{value}\nVersion: {value}\nSecurity: {value}\n\n\
         ## Path parameters:\n\n  - `id` (string, required)\n    {item}\n\n\
         ## Query parameters:\n\n  - `{name}` (string)\n    {item}\n    Example: {quoted}\n\n\
         ## Request fields (application/json):\n\n  - `{name}` (object, required)\n    {item}\n\n\
         \x20 - `{name}.{name}` (string)\n    {item}\n    Enum: {quoted}, \"other\", \"\"\n\n\
         \x20 - `when` (string)\n    Default: {value}. Must match {value}. Possible values are {quoted} and `{value}`.\n\n\
         ## Response 200 fields (application/json):\n\n  - `{name}` (string)\n    {item}\n    Example: {quoted}\n\n\
         ## Response 400 fields (application/{value}):\n\n  - `{name}` ({value})\n    {item}\n\n\
         ## Servers\n\n{value}\n```\nhttps://x.example/{value}\n```\n\n## Security\n\n### {value}\n\nType: apiKey\nIn: header\nName: {value}\n"
    )
}

fn readme(text: &str, name: &str, value: &str) -> String {
    let quoted = quoted(value);
    let cell = text.replace('\n', "<br>").replace('|', "\\|");
    let block = json!({
        "data": {
            "h-0": "Property Name", "h-1": "Required", "h-2": "Type", "h-3": "Description",
            "0-0": name, "0-1": "Yes", "0-2": "string", "0-3": text,
            "1-0": format!("{name}.a"), "1-1": "No", "1-2": value, "1-3": format!("Available values are {value} and B. {text}"),
        },
        "cols": 4, "rows": 2,
    });
    let name_cell = name.replace('|', "\\|");
    format!(
        "---\ntitle: {quoted}\nslug: {quoted}\nexcerpt: {quoted}\n---\n{text}\n\n## Request\n\n**HTTP Request**\n\n\
         ```text\nPUT /x/{{id}}/{value}?a={{{value}}}\n```\n\n**Parameters**\n\n\
         | Parameter Name | Required | Type | Description |\n|---|---|---|---|\n| id | Yes | string | {cell} |\n\
         | {name_cell} | no | string | {cell} |\n\n**Authorization**\n\nAccess JSON Web Token ({value})\n\n\
         **Request Body**\n\n[block:parameters]\n{block}\n[/block]\n\n## Response\n\n{text}\n\n\
         [block:callout]\n{{\"type\":\"info\",\"title\":{quoted},\"body\":{}}}\n[/block]\n\n[block:code]\n\
         {{\"codes\":[{{\"code\":{quoted},\"language\":\"json\",\"name\":{quoted}}}]}}\n[/block]\n",
        json!(text)
    )
}

fn mintlify(text: &str, name: &str, value: &str) -> String {
    let quoted = quoted(value);
    format!(
        "Skip to main content\nPUT\n/\nx\n/\n{{id}}\n{value}\ncurl --request PUT \\\n  --url https://x.example/x/{{id}} \\\n\
         \x20 --header '{value}: <token>' \\\n  --data '\n{{\"{name}\": {quoted}}}\n'\n{{\n  \"{name}\": {quoted}\n}}\n\n{text}\n\n\
         Authorizations\n\n{name}\nstring\nheader\nrequired\n\n{text}\n\nPath Parameters\n\nid\nstring\nrequired\n\n{text}\n\n\
         Body\n\napplication/json\n{name}\nstring\nrequired\n\n{text}\n\nExample:\n\n{quoted}\n\nother\nenum<string>\n\
         default:{value}\n\n{text}\n\nAvailable options:\n{value},\nb\n\nResponse\n\n200 - application/json\n\n{text}\n\n\
         {name}\nstring<{value}>\n\n{text}\n\nPattern: {value}\n"
    )
}

/// A page of Mintlify that holds the definition of its operation.
fn definition(text: &str, name: &str, value: &str) -> String {
    let schema = json!({
        "type": "object", "title": value, "description": text, "required": [name],
        "properties": {
            name: { "type": "string", "description": text, "enum": [value, "b"], "default": value, "example": value },
            "format": { "type": "string", "format": value, "pattern": value },
            "referred": { "$ref": format!("#/components/schemas/{value}") },
        },
        "additionalProperties": { "type": "string", "description": text },
    });
    let operation = json!({
        "operationId": value, "summary": value, "description": text, "tags": [value],
        "security": [{ value: [value] }],
        "parameters": [
            { "in": "path", "name": "id", "required": true, "schema": { "type": "string" }, "description": text },
            { "in": "query", "name": name, "schema": { "type": "string", "enum": [value] }, "description": text },
            { "in": "header", "name": name, "schema": { "type": "string" }, "example": value },
        ],
        "requestBody": { "description": text, "content": { "application/json": { "schema": schema } } },
        "responses": {
            "200": { "description": text, "headers": { name: { "schema": { "type": "string" }, "description": text } },
                     "content": { "application/json": { "schema": schema, "example": { name: value } } } },
            value: { "description": text },
        },
    });
    let document = json!({
        "openapi": "3.1.0",
        "info": { "title": value, "version": value, "description": text },
        "servers": [{ "url": format!("https://x.example/{value}"), "description": text }],
        "paths": { "/x/{id}": { "put": operation } },
        "components": {
            "schemas": { value: { "type": "object", "properties": { name: { "type": "integer", "description": text } } } },
            "securitySchemes": { value: { "type": "apiKey", "in": "header", "name": name, "description": text } },
        },
    });
    let quote = text.replace('\n', "\n> ");
    format!("# {value}\n\n> {quote}\n\n````yaml openapi.json put /x/{{id}}\n{document}\n````\n")
}
