//! Keywords of OpenAPI and JSON Schema that say nothing of the contract.

/// Keywords for people, tools and other serializations, wherever they stand.
const NOTHING: &[&str] = &[
    "$anchor",
    "$comment",
    "$id",
    "$schema",
    "$vocabulary",
    "contact",
    "externalDocs",
    "jsonSchemaDialect",
    "license",
    "summary",
    "tags",
    "termsOfService",
    "xml",
];

/// Extensions that give samples or layout, or advice to code generators for other languages. Others are told.
const EXTENSIONS: &[&str] = &[
    "_id",
    "x-code-samples",
    "x-codeSamples",
    "x-code-samples-languages",
    "x-codegen",
    "x-displayName",
    "x-go-name",
    "x-go-type",
    "x-go-type-skip-optional-pointer",
    "x-internal",
    "x-oapi-codegen-extra-tags",
    "x-omitempty",
    "x-order",
    "x-parser-schema-id",
    "x-tagGroups",
];

/// Whether a keyword says nothing of the contract.
pub(super) fn says_nothing(keyword: &str) -> bool {
    let known = NOTHING.contains(&keyword) || EXTENSIONS.contains(&keyword);
    // What some generator or documentation product is told.
    let tools = ["x-speakeasy-", "x-fern-", "x-readme", "x-stainless", "x-mint"];
    known || tools.iter().any(|tool| keyword.starts_with(tool))
}
