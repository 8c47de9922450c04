//! The catalogue: every code that a diagnostic can have, in the order of the stages.
//!
//! Names are stable: tools match on them. A code keeps its severity.

use super::{Code, Severity};

/// Makes a constant of each code, documented by its summary, and [`ALL`] of them together.
macro_rules! catalogue {
    ($($code:ident = $severity:ident($name:literal, $summary:literal);)*) => {
        $(
            #[doc = $summary]
            pub const $code: Code = Code { name: $name, severity: Severity::$severity, summary: $summary };
        )*

        /// Every code, in the order of the stages.
        pub const ALL: &[Code] = &[$($code),*];

        #[cfg(test)]
        const CONSTANTS: &[&str] = &[$(stringify!($code)),*];
    };
}

catalogue! {
    // Configuration.
    CONFIG_INVALID = Error(
        "config-invalid",
        "The configuration is not YAML, or holds a value that can't stand there."
    );
    CONFIG_UNKNOWN_KEY = Error("config-unknown-key", "The configuration has a key that is not known.");
    OVERRIDE_MISFIT = Error("override-misfit", "An override in the configuration does not fit the pages.");

    // Source.
    PAGE_TOO_LARGE = Error("page-too-large", "The page is larger than the limit.");
    INVALID_TEXT = Warning("invalid-text", "Bytes that do not decode as text.");
    CONTROL_CHARACTER = Warning("control-character", "Control characters in the text.");

    // Detection.
    UNKNOWN_DIALECT = Error("unknown-dialect", "The page is of no dialect that is known.");
    AMBIGUOUS_DIALECT = Error("ambiguous-dialect", "The page fits two dialects equally well.");
    DIALECT_FROM_FOLDER = Note(
        "dialect-from-folder",
        "The page's dialect is not certain; that of the other pages in its folder was taken."
    );

    // Reading, all dialects.
    LINE_BREAKS_RESTORED = Note(
        "line-breaks-restored",
        "The page had lost its line breaks; they were restored."
    );
    NO_OPERATION = Error("no-operation", "The page documents no operation.");
    OPERATION_ELSEWHERE = Error(
        "operation-elsewhere",
        "The page only names an operation, which a file that is not part of it defines."
    );
    PAGE_WITHOUT_OPERATION = Warning(
        "page-without-operation",
        "A page of a folder has no operation, no resource and no overview, and is left out."
    );
    OPERATION_LINKS = Note(
        "operation-links",
        "The page is that of a group of operations, and only links to their own pages."
    );
    UNKNOWN_METHOD = Error("unknown-method", "The method is not an HTTP method.");
    UNKNOWN_TYPE = Warning("unknown-type", "A type that is not known; any value is accepted.");
    UNKNOWN_SECTION = Warning("unknown-section", "A section that the dialect does not have.");
    UNKNOWN_STATUS = Warning("unknown-status", "A response status that is not one.");
    DUPLICATE_FIELD = Warning("duplicate-field", "A field is documented twice; the first stands.");
    DUPLICATE_SECTION = Warning("duplicate-section", "A section is documented twice; the first stands.");
    ENUM_REFERENCE_MISSING = Warning(
        "enum-reference-missing",
        "An enumeration is said to be that of another field, which has none."
    );
    NESTING_TOO_DEEP = Error("nesting-too-deep", "Fields are nested deeper than the limit.");
    TOO_MANY_FIELDS = Error(
        "too-many-fields",
        "An operation has more fields than the limit, and is left out."
    );
    MALFORMED_EXAMPLE = Warning("malformed-example", "An example is not JSON.");
    EXAMPLE_MISMATCH = Warning("example-mismatch", "An example does not fit the documented type.");
    ENUM_VALUE_MISMATCH = Warning(
        "enum-value-mismatch",
        "A value of an enumeration is not of its type, and is no variant."
    );
    MALFORMED_FRONT_MATTER = Warning(
        "malformed-front-matter",
        "The front matter is not YAML and is ignored."
    );
    FRONT_MATTER_TOO_LARGE = Error(
        "front-matter-too-large",
        "Front matter is larger than the limit, and is ignored."
    );
    BLOCK_LEFT_OUT = Note("block-left-out", "A block that carries no facts is left out.");
    UNKNOWN_BLOCK = Warning("unknown-block", "A block of an unknown kind, or one whose JSON is broken.");
    TABLE_SIZE = Note("table-size", "A table has cells outside of the rows and columns that it says it has.");
    DEFINITION_NOT_READ = Warning(
        "definition-not-read",
        "The page holds an OpenAPI definition that cannot be read."
    );
    DEFINITION_WITHOUT_OPERATION = Error(
        "definition-without-operation",
        "An OpenAPI definition cannot be read, or lacks the operation that its page is about."
    );
    MALFORMED_DEFINITION = Warning(
        "malformed-definition",
        "A part of an OpenAPI definition is not as OpenAPI has it, and is left out."
    );
    DEFINITION_TOO_LARGE = Error(
        "definition-too-large",
        "An OpenAPI definition composes more schemas than the limit."
    );
    DEFINITION_DISAGREES = Warning(
        "definition-disagrees",
        "The page's prose and its OpenAPI definition differ; the definition counts."
    );
    REFERENCE_MISSING = Warning(
        "reference-missing",
        "A reference leads to nothing on the page; any value is accepted."
    );
    SCHEMAS_CONTRADICT = Warning(
        "schemas-contradict",
        "Schemas that are to hold together contradict each other."
    );
    KEYWORD_NOT_READ = Warning("keyword-not-read", "A keyword of an OpenAPI definition is left out.");
    ANNOTATION_NOT_KEPT = Note(
        "annotation-not-kept",
        "A title, a description, a summary or an example of an OpenAPI definition is left out."
    );
    EXTENSION_NOT_READ = Note("extension-not-read", "An extension of an OpenAPI definition is left out.");
    STYLE_UNDEFINED = Warning(
        "style-undefined",
        "OpenAPI leaves open how a parameter of this style is written."
    );
    TITLE_END_LOST = Note("title-end-lost", "The end of the title was lost with the line breaks.");
    PAGE_TOO_LOSSY = Error(
        "page-too-lossy",
        "The page has lost too many of its fields' names and types to be trusted."
    );
    TYPE_LOST = Warning("type-lost", "A field has lost its type; any value is accepted.");
    STATUS_FROM_REASON = Note("status-from-reason", "A response's status was inferred from its description.");
    STATUS_OF_ERROR_SAMPLE = Note(
        "status-of-error-sample",
        "A sample of an error has no status; it is taken for that of the errors that the page states, or of all."
    );
    PATH_FROM_SAMPLE = Note(
        "path-from-sample",
        "The operation's method or path was read from the code sample."
    );
    OPTIONAL_PATH_PARAMETER = Note(
        "optional-path-parameter",
        "The path has a parameter that can be left out; it is read as one that is always there."
    );
    REQUEST_LINE_AS_SAMPLE = Note(
        "request-line-as-sample",
        "A request line of another operation was taken for an example of a call."
    );
    WEBHOOK_METHOD = Note("webhook-method", "A webhook's method is not stated; it is read as POST.");
    VARIANT_NOT_SHOWN = Note(
        "variant-not-shown",
        "The page names several variants and shows only the first."
    );
    FIELD_IN_DESCRIPTION = Note(
        "field-in-description",
        "Lines that look like fields are part of a description, as their indentation or their lack of a type tells."
    );
    UNCLAIMED_TEXT = Warning("unclaimed-text", "Text that was not understood and is left out.");

    // Security and servers.
    SCHEME_FROM_NAME = Note("scheme-from-name", "A security scheme was inferred from its name.");
    SCHEME_FROM_DESCRIPTION = Note(
        "scheme-from-description",
        "A security scheme was inferred from its description."
    );
    SCHEME_FROM_SAMPLE = Note("scheme-from-sample", "A security scheme was inferred from the code sample.");
    UNKNOWN_SCHEME = Warning("unknown-scheme", "The page names a security scheme without saying what it is.");
    SCHEMES_AS_ALTERNATIVES = Note(
        "schemes-as-alternatives",
        "Several security schemes are named without saying whether all are needed; each is taken to suffice."
    );
    OPEN_SERVER_VARIABLE = Note(
        "open-server-variable",
        "The server's URL has a variable whose values the page leaves open."
    );
    PATH_IN_SERVER = Note(
        "path-in-server",
        "The server's URL ends in the operation's path; the server is what comes before it."
    );

    // Resolving.
    LINKED_PAGE_MISSING = Note(
        "linked-page-missing",
        "A linked resource names a type, but its page is not among the pages."
    );
    UNDOCUMENTED_PATH_PARAMETER = Warning(
        "undocumented-path-parameter",
        "The path has a parameter that the page does not document; it is a string."
    );
    UNUSED_PATH_PARAMETER = Warning(
        "unused-path-parameter",
        "A documented path parameter does not occur in the path."
    );
    PATH_PARAMETER_SPELLING = Note(
        "path-parameter-spelling",
        "A path parameter is spelt differently in the path and where it is documented."
    );
    ENUM_FROM_PROSE = Note("enum-from-prose", "An enumeration was read from prose.");
    LIMIT_FROM_PROSE = Note("limit-from-prose", "A limit was read from prose.");
    DEFAULT_FROM_PROSE = Note("default-from-prose", "A default was read from prose.");
    TYPE_FROM_PROSE = Note("type-from-prose", "A type was read from prose.");
    NAME_FROM_EXAMPLE = Note("name-from-example", "A field has lost its name; the example still has it.");
    TYPE_FROM_EXAMPLE = Note("type-from-example", "A type was read from an example.");
    PARAMETERS_IN_BODY = Note(
        "parameters-in-body",
        "Parameters in no stated place were read as members of the body, as a sample sends them or the method has one."
    );
    PLACE_FROM_SAMPLE = Note(
        "place-from-sample",
        "Fields stand under no heading; the path, the code sample, their names or the field above tell where each is sent."
    );
    PLACE_LOST = Warning(
        "place-lost",
        "Nothing tells where a field under no heading is sent, and it is left out."
    );
    NAME_LOST = Warning("name-lost", "A field has lost its name and is left out.");
    FIELD_FROM_EXAMPLE = Note("field-from-example", "A field stands only in the page's example.");
    SAMPLE_DISAGREES = Warning("sample-disagrees", "The page's code sample and its documentation disagree.");
    DUPLICATE_OPERATION = Error(
        "duplicate-operation",
        "An operation is documented twice, differently; the first stands."
    );
    EQUAL_OPERATION = Note("equal-operation", "An operation is documented twice, in the same way.");
    OLDER_OPERATION = Note(
        "older-operation",
        "An operation is documented twice; that of the newer page stands."
    );
    SCHEME_CONFLICT = Warning(
        "scheme-conflict",
        "Pages describe a security scheme differently; the first stands."
    );
    OVERVIEW_CONFLICT = Warning("overview-conflict", "Overview pages of one place differ; the first stands.");
    SECURITY_FROM_OVERVIEW = Note(
        "security-from-overview",
        "The credentials that operations need were inferred from the API's overview page."
    );
    SCHEME_NOT_ASKED_FOR = Warning(
        "scheme-not-asked-for",
        "A definition describes a security scheme, and states no security that asks for it."
    );
    RESOURCE_DIFFERS = Note(
        "resource-differs",
        "A body and the resource that it links to differ; the body's table stands."
    );
    DUPLICATE_RESOURCE = Warning(
        "duplicate-resource",
        "Two pages describe a resource under one slug; the first stands."
    );
    COMPONENT_DIFFERS = Warning(
        "component-differs",
        "Components of one name differ between definitions and are kept apart."
    );

    // Lowering.
    RECURSION_AS_ANY = Note(
        "recursion-as-any",
        "An array or map of itself, without an object between, holds any value."
    );
    UNION_AS_ANY = Note("union-as-any", "A union whose alternatives nothing tells apart accepts any value.");
    FORM_AS_BYTES = Warning(
        "form-as-bytes",
        "A form that is neither an object nor one of several objects is sent as bytes."
    );
    OBJECT_AS_TEXT = Warning(
        "object-as-text",
        "An object in a parameter that no style has a form for is sent as one text."
    );
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_unique_and_those_of_the_constants() {
        let names: BTreeSet<_> = ALL.iter().map(|code| code.name).collect();
        assert_eq!(names.len(), ALL.len());
        for (code, constant) in ALL.iter().zip(CONSTANTS) {
            assert_eq!(code.name, constant.to_ascii_lowercase().replace('_', "-"));
        }
    }
}
