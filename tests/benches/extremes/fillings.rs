//! Pages that repeat one text: in their descriptions, and after all else.

use crate::Case;

/// What fills a page when it is repeated.
const FILLINGS: &[(&str, &str)] = &[
    ("brackets", "["),
    ("images", "!["),
    ("link ends", "]("),
    ("links", "[a]("),
    ("reference links", "[a][b]"),
    ("stars", "*"),
    ("emphasis", "*a _b "),
    ("underscores", "_a"),
    ("back-ticks", "`"),
    ("growing back-ticks", "` `` ``` "),
    ("angles", "<"),
    ("tags", "<a b='"),
    ("comments", "<!--"),
    ("entities", "&"),
    ("backslashes", "\\"),
    ("quotes", "> "),
    ("braces", "{"),
    ("pipes", "|"),
    ("strings", "\""),
    ("colons", "::"),
    ("addresses", "http://a.b/c."),
    ("blanks", " "),
    ("lines", "\n"),
    ("letters", "a"),
    ("words", "word "),
    ("sentences", "Default: a. Possible values are `a`, `b`. At most 3 characters. "),
    ("or", "a or "),
    ("values", "`a`, "),
    ("bullets", "- a\n"),
    ("bullets on a line", " - a"),
    ("indented bullets", "  - a\n"),
    ("numbers", "1. a\n"),
    ("headings", "# a\n"),
    ("sections", "## a\n\n"),
    ("rules", "---\n"),
    ("fences", "```\n"),
    ("tildes", "~~~\n\n"),
    ("rows", "| a | b |\n"),
    ("tabs", "a\tb\tc\td\n"),
    ("footnotes", "[^a]: b\n"),
    ("definitions", "[a]: b\n"),
    ("blocks", "[block:parameters]\n"),
    ("closed blocks", "[block:a]\n{}\n[/block]\n"),
    ("curl", "curl --request GET --url https://a/b\n"),
    ("curl quotes", "curl 'a' \\\n  --data '{\n"),
    ("methods", "GET\n/\na\n"),
    ("zero-width", "\u{200b}"),
    ("bidirectional", "\u{202e}"),
    ("controls", "\u{1}"),
    ("returns", "\r"),
    ("four bytes", "\u{1f468}\u{200d}"),
    ("code", "    a\n\n"),
    ("bold fields", "- **a** (string)\n"),
    ("ticked fields", "  - `a` (string)\n"),
    ("bold fields of strange types", "- **a** (b c)\n"),
    ("ticked fields of strange types", "  - `a` (b c)\n\n"),
    ("links to operations", "## a\n\n - [GET /a](b)\n\n"),
    ("type lines", "a\nstring\nrequired\n\n"),
    ("options", "Available options:\na,\nb\n\n"),
    ("flat fields", "a string required "),
    ("flat titles", "T \u{b7} ("),
    ("flat unions", "(string | "),
    ("flat headings", "Response Body "),
    ("flat paths", "GET / a "),
    ("flat anchors", "[](#body-a)a "),
    ("flat commands", "curl --url '"),
    ("json", "{\"a\": [1, "),
    ("closed json", "{\"a\": [1, {\"b\": null}]}\n"),
    ("examples", "Example: \"a\"\n"),
    ("enumerations", "Enum: \"a\", \"b\"\n"),
    ("dashes", "-"),
    ("dots", "a."),
    ("hashes", "#"),
    ("equals", "a\n===\n"),
];

/// A page with a text in its descriptions.
type Page = fn(&str) -> String;

/// The dialects.
const DIALECTS: &[(&str, Page)] = &[
    ("bump", |text| {
        format!(
            "# A\n\n**POST /a**\n\n{text}\n\n## Parameters\n\n### Body: application/json (object)\n- **a** (string)\n  {text}\n\n## Responses\n### 200\nOK\n\n[Powered by Bump.sh](https://bump.sh)\n"
        )
    }),
    ("redocly", |text| {
        format!(
            "# A\n\n{text}\n\nEndpoint: PUT /a\nVersion: 1\n\n## Request fields (application/json):\n\n  - `a` (string)\n    {text}\n\n  - `b` (integer)\n    B.\n"
        )
    }),
    ("readme", |text| {
        format!(
            "---\ntitle: a\nslug: a\n---\n{text}\n\n## Request\n\n**HTTP Request**\n\n```text\nPUT /a\n```\n\n**Parameters**\n\n| Parameter Name | Required | Type | Description |\n|---|---|---|---|\n| id | Yes | string | A. |\n\n## Response\n\n{text}\n"
        )
    }),
    ("mintlify", |text| {
        format!(
            "Skip to main content\nPUT\n/\na\nA\ncurl --request PUT \\\n  --url https://a.example/a\n{{\n  \"a\": 1\n}}\n\n{text}\n\nBody\n\napplication/json\na\nstring\nrequired\n\n{text}\n\nResponse\n\n200 - application/json\n\nb\ninteger\n\nB.\n"
        )
    }),
];

/// The cases: each filling in each dialect.
pub fn cases() -> Vec<Case> {
    const SIZES: [usize; 3] = [10_000, 100_000, 1_000_000];
    let mut cases: Vec<Case> = Vec::new();
    for &(dialect, page) in DIALECTS {
        for &(what, filling) in FILLINGS {
            let text = move |size: usize| filling.repeat(size / filling.len());
            cases.push((
                format!("{dialect}: {what}"),
                SIZES.into(),
                Box::new(move |size| vec![page(&text(size / 2))]),
            ));
            cases.push((
                format!("{dialect}, flattened: {what}"),
                SIZES.into(),
                Box::new(move |size| {
                    vec![page(&text(size / 2)).split_whitespace().collect::<Vec<_>>().join(" ")]
                }),
            ));
            cases.push((
                format!("{dialect}, after the page: {what}"),
                SIZES.into(),
                Box::new(move |size| vec![page("A.") + "\n" + &text(size)]),
            ));
        }
    }
    for &(dialect, page) in DIALECTS {
        for (what, filling) in [("letters", "a"), ("words", "word "), ("bullets", "- a\n"), ("brackets", "[")]
        {
            cases.push((
                format!("large: {dialect}: {what}"),
                vec![1_000_000, 10_000_000],
                Box::new(move |size| vec![page("A.") + "\n" + &filling.repeat(size / filling.len())]),
            ));
        }
    }
    // Beyond the limit: it is not read.
    cases.push((
        "large: a line of 50 MB".to_owned(),
        vec![50_000_000],
        Box::new(|size| vec!["a".repeat(size)]),
    ));
    for &(what, filling) in FILLINGS {
        cases.push((
            format!("no dialect: {what}"),
            SIZES.into(),
            Box::new(move |size| vec![filling.repeat(size / filling.len())]),
        ));
    }
    cases
}
