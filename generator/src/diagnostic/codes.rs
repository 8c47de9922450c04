//! The catalogue: every code that a diagnostic can have, in the order of the stages.
//!
//! Names are stable: tools match on them. A code keeps its severity.

use super::{
    Code,
    Severity::{Error, Note, Warning},
};

const fn code(name: &'static str, severity: super::Severity, summary: &'static str) -> Code {
    Code { name, severity, summary }
}

// Configuration.

/// The configuration is not YAML, or holds a value that can't stand there.
pub const CONFIG_INVALID: Code =
    code("config-invalid", Error, "The configuration is not YAML, or holds a value that can't stand there.");
/// The configuration has a key that is not known.
pub const CONFIG_UNKNOWN_KEY: Code =
    code("config-unknown-key", Error, "The configuration has a key that is not known.");

/// An override does not fit the pages.
pub const OVERRIDE_MISFIT: Code =
    code("override-misfit", Error, "An override in the configuration does not fit the pages.");

// Source.

/// The page is larger than the limit.
pub const PAGE_TOO_LARGE: Code = code("page-too-large", Error, "The page is larger than the limit.");
/// Bytes that do not decode as text.
pub const INVALID_TEXT: Code = code("invalid-text", Warning, "Bytes that do not decode as text.");
/// Control characters in the text.
pub const CONTROL_CHARACTER: Code = code("control-character", Warning, "Control characters in the text.");

// Detection.

/// The page is of no dialect that is known.
pub const UNKNOWN_DIALECT: Code = code("unknown-dialect", Error, "The page is of no dialect that is known.");
/// The page fits two dialects equally well.
pub const AMBIGUOUS_DIALECT: Code =
    code("ambiguous-dialect", Error, "The page fits two dialects equally well.");

/// The page's dialect was told by the other pages of its folder.
pub const DIALECT_FROM_FOLDER: Code = code(
    "dialect-from-folder",
    Note,
    "The page's dialect is not certain; that of the other pages in its folder was taken.",
);

// Reading, all dialects.

/// Line breaks were lost and have been restored.
pub const LINE_BREAKS_RESTORED: Code =
    code("line-breaks-restored", Note, "The page had lost its line breaks; they were restored.");
/// The page has no operation where one was expected.
pub const NO_OPERATION: Code = code("no-operation", Error, "The page documents no operation.");
/// A page of a folder has nothing to read.
pub const PAGE_WITHOUT_OPERATION: Code = code(
    "page-without-operation",
    Warning,
    "A page of a folder has no operation, no resource and no overview, and is left out.",
);
/// An HTTP method that is none.
pub const UNKNOWN_METHOD: Code = code("unknown-method", Error, "The method is not an HTTP method.");
/// A type that is not known; any value is accepted.
pub const UNKNOWN_TYPE: Code =
    code("unknown-type", Warning, "A type that is not known; any value is accepted.");
/// A section heading that the dialect does not have.
pub const UNKNOWN_SECTION: Code =
    code("unknown-section", Warning, "A section that the dialect does not have.");
/// A status that is none.
pub const UNKNOWN_STATUS: Code = code("unknown-status", Warning, "A response status that is not one.");
/// One field is documented twice; the first stands.
pub const DUPLICATE_FIELD: Code =
    code("duplicate-field", Warning, "A field is documented twice; the first stands.");
/// One section is documented twice; the first stands.
pub const DUPLICATE_SECTION: Code =
    code("duplicate-section", Warning, "A section is documented twice; the first stands.");
/// An enumeration that refers to a field which has none.
pub const ENUM_REFERENCE_MISSING: Code = code(
    "enum-reference-missing",
    Warning,
    "An enumeration is said to be that of another field, which has none.",
);
/// Fields are nested deeper than the limit.
pub const NESTING_TOO_DEEP: Code =
    code("nesting-too-deep", Error, "Fields are nested deeper than the limit.");
/// An operation has more fields than the limit.
pub const TOO_MANY_FIELDS: Code =
    code("too-many-fields", Error, "An operation has more fields than the limit, and is left out.");
/// An example that is not JSON.
pub const MALFORMED_EXAMPLE: Code = code("malformed-example", Warning, "An example is not JSON.");
/// An example that does not fit the documented type.
pub const EXAMPLE_MISMATCH: Code =
    code("example-mismatch", Warning, "An example does not fit the documented type.");
/// A value of an enumeration that is not of its type.
pub const ENUM_VALUE_MISMATCH: Code =
    code("enum-value-mismatch", Warning, "A value of an enumeration is not of its type, and is no variant.");
/// Front matter that is not YAML.
pub const MALFORMED_FRONT_MATTER: Code =
    code("malformed-front-matter", Warning, "The front matter is not YAML and is ignored.");
/// Front matter is larger than the limit.
pub const FRONT_MATTER_TOO_LARGE: Code =
    code("front-matter-too-large", Error, "Front matter is larger than the limit, and is ignored.");
/// A block that carries no facts.
pub const BLOCK_LEFT_OUT: Code = code("block-left-out", Note, "A block that carries no facts is left out.");
/// A block of an unknown kind, or one that is broken.
pub const UNKNOWN_BLOCK: Code =
    code("unknown-block", Warning, "A block of an unknown kind, or one whose JSON is broken.");
/// A table has cells outside of its own size.
pub const TABLE_SIZE: Code =
    code("table-size", Note, "A table has cells outside of the rows and columns that it says it has.");
/// An OpenAPI definition on the page cannot be read.
pub const DEFINITION_NOT_READ: Code =
    code("definition-not-read", Warning, "The page holds an OpenAPI definition that cannot be read.");
/// An OpenAPI definition lacks the operation that its page is about.
pub const DEFINITION_WITHOUT_OPERATION: Code = code(
    "definition-without-operation",
    Error,
    "An OpenAPI definition cannot be read, or lacks the operation that its page is about.",
);
/// A part of an OpenAPI definition is not as OpenAPI has it.
pub const MALFORMED_DEFINITION: Code = code(
    "malformed-definition",
    Warning,
    "A part of an OpenAPI definition is not as OpenAPI has it, and is left out.",
);
/// An OpenAPI definition grows beyond the limit.
pub const DEFINITION_TOO_LARGE: Code =
    code("definition-too-large", Error, "An OpenAPI definition composes more schemas than the limit.");
/// The page's prose and its OpenAPI definition differ.
pub const DEFINITION_DISAGREES: Code = code(
    "definition-disagrees",
    Warning,
    "The page's prose and its OpenAPI definition differ; the definition counts.",
);
/// A reference that leads to nothing.
pub const REFERENCE_MISSING: Code =
    code("reference-missing", Warning, "A reference leads to nothing on the page; any value is accepted.");
/// Schemas that are to hold together contradict each other.
pub const SCHEMAS_CONTRADICT: Code =
    code("schemas-contradict", Warning, "Schemas that are to hold together contradict each other.");
/// A keyword of OpenAPI or JSON Schema that is left out.
pub const KEYWORD_NOT_READ: Code =
    code("keyword-not-read", Warning, "A keyword of an OpenAPI definition is left out.");
/// An extension of OpenAPI that is left out.
pub const EXTENSION_NOT_READ: Code =
    code("extension-not-read", Note, "An extension of an OpenAPI definition is left out.");
/// A way to write a parameter that OpenAPI leaves open.
pub const STYLE_UNDEFINED: Code =
    code("style-undefined", Warning, "OpenAPI leaves open how a parameter of this style is written.");
/// The end of a title was lost with the line breaks.
pub const TITLE_END_LOST: Code =
    code("title-end-lost", Note, "The end of the title was lost with the line breaks.");
/// Too many fields have lost their names and types to trust the rest.
pub const PAGE_TOO_LOSSY: Code =
    code("page-too-lossy", Error, "The page has lost too many of its fields' names and types to be trusted.");
/// A field whose type the page lost.
pub const TYPE_LOST: Code = code("type-lost", Warning, "A field has lost its type; any value is accepted.");
/// A status that only the response's description tells.
pub const STATUS_FROM_REASON: Code =
    code("status-from-reason", Note, "A response's status was inferred from its description.");
/// A path that only the code sample tells.
pub const PATH_FROM_SAMPLE: Code =
    code("path-from-sample", Note, "The operation's method or path was read from the code sample.");
/// A webhook of which the page gives only the name.
pub const WEBHOOK_METHOD: Code =
    code("webhook-method", Note, "A webhook's method is not stated; it is read as POST.");
/// Variants of which the page shows one.
pub const VARIANT_NOT_SHOWN: Code =
    code("variant-not-shown", Note, "The page names several variants and shows only the first.");
/// Bullets of a description that look like fields.
pub const FIELD_IN_DESCRIPTION: Code = code(
    "field-in-description",
    Note,
    "Bullets that look like fields are part of a description, as their indentation tells.",
);
/// Text that nothing claimed.
pub const UNCLAIMED_TEXT: Code =
    code("unclaimed-text", Warning, "Text that was not understood and is left out.");

// Security and servers.

/// A security scheme inferred from its name.
pub const SCHEME_FROM_NAME: Code =
    code("scheme-from-name", Note, "A security scheme was inferred from its name.");
/// A security scheme that only its description tells.
pub const SCHEME_FROM_DESCRIPTION: Code =
    code("scheme-from-description", Note, "A security scheme was inferred from its description.");
/// A security scheme that only the code sample shows.
pub const SCHEME_FROM_SAMPLE: Code =
    code("scheme-from-sample", Note, "A security scheme was inferred from the code sample.");
/// A security scheme whose kind the page leaves open.
pub const UNKNOWN_SCHEME: Code =
    code("unknown-scheme", Warning, "The page names a security scheme without saying what it is.");
/// Several security schemes, and the page does not say whether all are needed.
pub const SCHEMES_AS_ALTERNATIVES: Code = code(
    "schemes-as-alternatives",
    Note,
    "Several security schemes are named without saying whether all are needed; each is taken to suffice.",
);
/// A server variable whose values the page leaves open.
pub const OPEN_SERVER_VARIABLE: Code =
    code("open-server-variable", Note, "The server's URL has a variable whose values the page leaves open.");

// Resolving.

/// A link to a resource whose page is not there.
pub const LINKED_PAGE_MISSING: Code =
    code("linked-page-missing", Note, "A linked resource names a type, but its page is not among the pages.");
/// A parameter that the path has, but the page does not document.
pub const UNDOCUMENTED_PATH_PARAMETER: Code = code(
    "undocumented-path-parameter",
    Warning,
    "The path has a parameter that the page does not document; it is a string.",
);
/// A documented path parameter that the path does not have.
pub const UNUSED_PATH_PARAMETER: Code =
    code("unused-path-parameter", Warning, "A documented path parameter does not occur in the path.");
/// A path parameter that is spelt differently where it is documented.
pub const PATH_PARAMETER_SPELLING: Code = code(
    "path-parameter-spelling",
    Note,
    "A path parameter is spelt differently in the path and where it is documented.",
);
/// An enumeration read from prose.
pub const ENUM_FROM_PROSE: Code = code("enum-from-prose", Note, "An enumeration was read from prose.");
/// A limit read from prose.
pub const LIMIT_FROM_PROSE: Code = code("limit-from-prose", Note, "A limit was read from prose.");
/// A default read from prose.
pub const DEFAULT_FROM_PROSE: Code = code("default-from-prose", Note, "A default was read from prose.");
/// A type read from prose.
pub const TYPE_FROM_PROSE: Code = code("type-from-prose", Note, "A type was read from prose.");
/// A field whose name the page lost, recovered from its example.
pub const NAME_FROM_EXAMPLE: Code =
    code("name-from-example", Note, "A field has lost its name; the example still has it.");
/// A type read from an example.
pub const TYPE_FROM_EXAMPLE: Code = code("type-from-example", Note, "A type was read from an example.");
/// Parameters in no stated place that a sample sends in the body.
pub const PARAMETERS_IN_BODY: Code = code(
    "parameters-in-body",
    Note,
    "Parameters in no stated place were read as members of the body, as a sample sends them.",
);
/// Fields under no heading.
pub const PLACE_FROM_SAMPLE: Code = code(
    "place-from-sample",
    Note,
    "Fields stand under no heading; the path and the code sample tell where each is sent.",
);
/// A field under no heading that no sample has.
pub const PLACE_LOST: Code =
    code("place-lost", Warning, "Nothing tells where a field under no heading is sent, and it is left out.");
/// A field whose name the page lost, and nothing tells it.
pub const NAME_LOST: Code = code("name-lost", Warning, "A field has lost its name and is left out.");
/// A field that stands only in an example.
pub const FIELD_FROM_EXAMPLE: Code =
    code("field-from-example", Note, "A field stands only in the page's example.");
/// The page's request sample and its fields disagree.
pub const SAMPLE_DISAGREES: Code =
    code("sample-disagrees", Warning, "The page's code sample and its documentation disagree.");
/// An operation is documented twice, differently; the first stands.
pub const DUPLICATE_OPERATION: Code =
    code("duplicate-operation", Error, "An operation is documented twice, differently; the first stands.");
/// An operation is documented twice, in the same way.
pub const EQUAL_OPERATION: Code =
    code("equal-operation", Note, "An operation is documented twice, in the same way.");
/// An operation is documented twice; that of the newer page stands.
pub const OLDER_OPERATION: Code =
    code("older-operation", Note, "An operation is documented twice; that of the newer page stands.");
/// Pages describe a security scheme differently.
pub const SCHEME_CONFLICT: Code =
    code("scheme-conflict", Warning, "Pages describe a security scheme differently; the first stands.");
/// Overview pages of one place differ.
pub const OVERVIEW_CONFLICT: Code =
    code("overview-conflict", Warning, "Overview pages of one place differ; the first stands.");
/// The credentials of operations were inferred from the overview page.
pub const SECURITY_FROM_OVERVIEW: Code = code(
    "security-from-overview",
    Note,
    "The credentials that operations need were inferred from the API's overview page.",
);
/// A body and the resource that it links to have different members.
pub const RESOURCE_DIFFERS: Code = code(
    "resource-differs",
    Note,
    "A body and the resource that it links to differ; the body's table stands.",
);
/// Two pages hold the resource that links lead to.
pub const DUPLICATE_RESOURCE: Code =
    code("duplicate-resource", Warning, "Two pages describe a resource under one slug; the first stands.");

/// Components of one name that differ.
pub const COMPONENT_DIFFERS: Code = code(
    "component-differs",
    Warning,
    "Components of one name differ between definitions and are kept apart.",
);

// Lowering.

/// A type that holds itself in a way that no Rust type can.
pub const RECURSION_AS_ANY: Code =
    code("recursion-as-any", Note, "An array or map of itself, without an object between, holds any value.");

/// A union whose alternatives nothing tells apart.
pub const UNION_AS_ANY: Code =
    code("union-as-any", Note, "A union whose alternatives nothing tells apart accepts any value.");

/// An object in the query that its style has no form for.
pub const OBJECT_AS_TEXT: Code = code(
    "object-as-text",
    Warning,
    "An object in a parameter that no style has a form for is sent as one text.",
);

/// Every code, in the order above.
pub const ALL: &[Code] = &[
    CONFIG_INVALID,
    CONFIG_UNKNOWN_KEY,
    OVERRIDE_MISFIT,
    PAGE_TOO_LARGE,
    INVALID_TEXT,
    CONTROL_CHARACTER,
    UNKNOWN_DIALECT,
    AMBIGUOUS_DIALECT,
    DIALECT_FROM_FOLDER,
    LINE_BREAKS_RESTORED,
    NO_OPERATION,
    PAGE_WITHOUT_OPERATION,
    UNKNOWN_METHOD,
    UNKNOWN_TYPE,
    UNKNOWN_SECTION,
    UNKNOWN_STATUS,
    DUPLICATE_FIELD,
    DUPLICATE_SECTION,
    ENUM_REFERENCE_MISSING,
    NESTING_TOO_DEEP,
    TOO_MANY_FIELDS,
    MALFORMED_EXAMPLE,
    EXAMPLE_MISMATCH,
    ENUM_VALUE_MISMATCH,
    MALFORMED_FRONT_MATTER,
    FRONT_MATTER_TOO_LARGE,
    BLOCK_LEFT_OUT,
    UNKNOWN_BLOCK,
    TABLE_SIZE,
    DEFINITION_NOT_READ,
    DEFINITION_WITHOUT_OPERATION,
    MALFORMED_DEFINITION,
    DEFINITION_TOO_LARGE,
    DEFINITION_DISAGREES,
    REFERENCE_MISSING,
    SCHEMAS_CONTRADICT,
    KEYWORD_NOT_READ,
    EXTENSION_NOT_READ,
    STYLE_UNDEFINED,
    TITLE_END_LOST,
    PAGE_TOO_LOSSY,
    TYPE_LOST,
    STATUS_FROM_REASON,
    PATH_FROM_SAMPLE,
    WEBHOOK_METHOD,
    VARIANT_NOT_SHOWN,
    FIELD_IN_DESCRIPTION,
    UNCLAIMED_TEXT,
    SCHEME_FROM_NAME,
    SCHEME_FROM_DESCRIPTION,
    SCHEME_FROM_SAMPLE,
    UNKNOWN_SCHEME,
    SCHEMES_AS_ALTERNATIVES,
    OPEN_SERVER_VARIABLE,
    LINKED_PAGE_MISSING,
    UNDOCUMENTED_PATH_PARAMETER,
    UNUSED_PATH_PARAMETER,
    PATH_PARAMETER_SPELLING,
    ENUM_FROM_PROSE,
    LIMIT_FROM_PROSE,
    DEFAULT_FROM_PROSE,
    TYPE_FROM_PROSE,
    NAME_FROM_EXAMPLE,
    TYPE_FROM_EXAMPLE,
    PARAMETERS_IN_BODY,
    PLACE_FROM_SAMPLE,
    PLACE_LOST,
    NAME_LOST,
    FIELD_FROM_EXAMPLE,
    SAMPLE_DISAGREES,
    DUPLICATE_OPERATION,
    EQUAL_OPERATION,
    OLDER_OPERATION,
    SCHEME_CONFLICT,
    OVERVIEW_CONFLICT,
    SECURITY_FROM_OVERVIEW,
    RESOURCE_DIFFERS,
    DUPLICATE_RESOURCE,
    COMPONENT_DIFFERS,
    RECURSION_AS_ANY,
    UNION_AS_ANY,
    OBJECT_AS_TEXT,
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    #[test]
    fn names_are_unique() {
        let names: BTreeSet<_> = super::ALL.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), super::ALL.len());
    }
}
