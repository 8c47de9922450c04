//! OpenAPI definitions that pages embed, as a whole or as the fragment of one operation.
//!
//! A text in YAML or JSON comes in, operations and the component schemas that they refer to go out. Enter at
//! [`read_definition`]; [`fence`] finds the texts on a page. [`operation`], [`callbacks`], [`parameter`], [`body`], [`links`], [`files`], [`security`], [`schema`],
//! [`values`] and [`limits`] read what they are named for, [`compose`] makes one schema of what `allOf`, `oneOf` and `anyOf`
//! combine ([`merge`] of two that both hold; until then each is a [`draft`]), [`reference`] follows `$ref`, and
//! [`intermediate`] makes a definition of the form in which Mintlify exported pages in October 2025.
//!
//! Invariants: the definition is the best source on its page; every keyword is read, known to say nothing of
//! the contract ([`keywords`]), or reported; work is bounded ([`Reader::spend`]), whatever refers to what.

mod body;
mod callbacks;
mod compose;
mod draft;
pub(crate) mod fence;
mod files;
mod intermediate;
mod keywords;
mod limits;
mod links;
mod merge;
mod operation;
mod parameter;
mod prose;
mod reference;
mod schema;
mod security;
mod values;

use std::{
    collections::{HashMap, HashSet, VecDeque},
    ops::Range,
};

use indexmap::IndexMap;

pub(crate) use operation::report_missing;
pub(super) use parameter::is_token;
pub(crate) use prose::{compare_description, compare_title};

use self::reference::Component;
use super::Context;
use crate::{
    components,
    diagnostic::{Diagnostic, codes},
    model::{HttpMethod, Operation, Page, Text},
    source::Span,
    yaml::{self, Node},
};

/// The most schemas that one definition may grow to, those that compositions repeat counted each time.
const MAX_SCHEMAS: usize = 60_000;

/// Keywords that say nothing of values, but what people are told of them.
const ANNOTATIONS: [&str; 4] = ["description", "example", "summary", "title"];

/// The operation of a definition that a page is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The operation of a method and a path.
    Path(HttpMethod, String),
    /// The webhook of a name.
    Webhook(String),
}

/// Reads the definition in a range of the page: its operations, or the one that is wanted. Schemas and security
/// schemes become the page's. `None` where the text is no definition; what is wrong is reported.
pub(crate) fn read_definition(
    cx: &mut Context<'_>,
    page: &mut Page,
    range: Range<usize>,
    wanted: Option<&Wanted>,
) -> Option<Vec<Operation>> {
    let (tree, repeated) = match yaml::read_tree(cx.slice(range.clone())) {
        Ok(read) => read,
        Err(error) => {
            let at = error.offset.map_or(range.clone(), |offset| {
                let start = range.start + offset.min(range.len());
                start..start
            });
            not_read(cx, at, error.message);
            return None;
        }
    };
    if let Some(key) = repeated.first() {
        let span = cx.span(range.clone());
        cx.report(
            Diagnostic::new(codes::DUPLICATE_FIELD, span, format!("key `{key}` twice in one mapping"))
                .label("in this definition; the first stands"),
        );
    }
    let tree = intermediate::convert(tree);
    if let Some(what) = not_openapi(&tree) {
        not_read(cx, range, what);
        return None;
    }
    let mut reader = Reader::new(cx, range.start, &tree);
    let mut operations = reader.operations(wanted);
    for operation in &mut operations {
        operation.defined = true;
    }
    let mut schemas = reader.schemas();
    files::mark_files(&mut operations, &mut schemas);
    let schemes = reader.security_schemes();
    let [title, version, description] = ["title", "version", "description"].map(|key| reader.info(key));
    for operation in &mut operations {
        operation.version = operation.version.take().or_else(|| version.clone());
    }
    reader.report_keywords();
    page.api_title = page.api_title.take().or(title);
    page.version = page.version.take().or(version);
    page.description = page.description.take().or(description);
    for diagnostic in components::join(&mut page.schemas, schemas, &mut operations) {
        cx.report(diagnostic);
    }
    for (name, scheme) in schemes {
        page.security_schemes.entry(name).or_insert(scheme);
    }
    name_schemes(cx, page, &operations);
    Some(operations)
}

/// Adds the schemes that operations ask for and the definition leaves out.
fn name_schemes(cx: &mut Context<'_>, page: &mut Page, operations: &[Operation]) {
    let asked = operations.iter().flat_map(|operation| {
        let schemes = operation.security.iter().flatten().flat_map(|requirement| requirement.schemes.keys());
        schemes.map(|name| (name, operation.span))
    });
    for (name, span) in asked {
        super::security::name_scheme(cx, page, &Text::new(name.as_str(), span));
    }
}

fn not_read(cx: &mut Context<'_>, range: Range<usize>, why: String) {
    let span = cx.span(range);
    cx.report(
        Diagnostic::new(codes::DEFINITION_NOT_READ, span, "OpenAPI definition that cannot be read")
            .label(why)
            .help("put the vendor's own definition in its place"),
    );
}

/// Why a tree is no OpenAPI 3 definition.
fn not_openapi(tree: &Node) -> Option<String> {
    if tree.members().is_none() {
        return Some("it is no mapping".to_owned());
    }
    if tree.get("swagger").is_some() {
        return Some("it is Swagger 2.0; OpenAPI 3.0 and 3.1 are read".to_owned());
    }
    let version = tree.get("openapi").and_then(Node::as_str);
    if version.is_some_and(|version| !version.starts_with("3.")) {
        return Some("it is of another version than OpenAPI 3".to_owned());
    }
    let has = |key| tree.get(key).is_some();
    (!has("paths") && !has("webhooks")).then(|| "it has neither `paths` nor `webhooks`".to_owned())
}

/// One definition while it is read.
struct Reader<'c, 't, 'n> {
    cx: &'c mut Context<'t>,
    /// Where the definition begins on the page.
    base: usize,
    root: &'n Node,
    components: HashMap<String, Component<'n>>,
    /// Component names by the pointers that led to them.
    pointers: HashMap<&'n str, Option<String>>,
    /// Components that are referred to and not yet read, in the order in which they were met.
    pending: VecDeque<String>,
    /// Components that are referred to.
    referred: HashSet<String>,
    /// Keywords that were left out: where first, and how often.
    left_out: IndexMap<String, (Span, usize)>,
    /// Components of which something else is made that says what it is itself, and where each says what it is, in which
    /// keyword.
    unsaid: IndexMap<(String, &'static str), Span>,
    /// The places of required members that are reported to be missing.
    lacking: HashSet<Span>,
    budget: usize,
}

impl<'c, 't, 'n> Reader<'c, 't, 'n> {
    fn new(cx: &'c mut Context<'t>, base: usize, root: &'n Node) -> Self {
        Self {
            cx,
            base,
            root,
            components: HashMap::new(),
            pointers: HashMap::new(),
            pending: VecDeque::new(),
            referred: HashSet::new(),
            left_out: IndexMap::new(),
            unsaid: IndexMap::new(),
            lacking: HashSet::new(),
            budget: MAX_SCHEMAS,
        }
    }

    /// The page's span of a range of the definition.
    fn span(&self, range: &Range<usize>) -> Span {
        self.cx.span(self.base + range.start..self.base + range.end)
    }

    /// The text of a scalar, as it is written where it is no string.
    fn text(&self, node: &Node) -> Option<Text> {
        let span = self.span(&node.range);
        match node.scalar()? {
            serde_json::Value::Null => None,
            serde_json::Value::String(text) => Some(Text::new(text.trim_end(), span)),
            value => Some(Text::new(value.to_string(), span)),
        }
        .filter(|text| !text.value.trim().is_empty())
    }

    fn member_text(&self, node: &Node, key: &str) -> Option<Text> {
        self.text(node.get(key)?)
    }

    fn info(&self, key: &str) -> Option<Text> {
        self.member_text(self.root.get("info")?, key)
    }

    /// Counts work; `false` where there was too much of it, which is reported once.
    fn spend(&mut self, schemas: usize, node: &Node) -> bool {
        if self.budget == 0 {
            return false;
        }
        self.budget = self.budget.saturating_sub(schemas.max(1));
        if self.budget == 0 {
            let span = self.span(&node.range);
            self.cx.report(
                Diagnostic::new(
                    codes::DEFINITION_TOO_LARGE,
                    span,
                    format!("definition of more than {MAX_SCHEMAS} schemas"),
                )
                .label("any value is accepted from here on"),
            );
        }
        self.budget > 0
    }

    /// Reports a part that is not as OpenAPI has it.
    fn malformed(&mut self, node: &Node, what: impl Into<String>) {
        let span = self.span(&node.range);
        self.cx.report(Diagnostic::new(codes::MALFORMED_DEFINITION, span, what).label("left out"));
    }

    /// Notes a keyword that is left out.
    fn leave_out(&mut self, keyword: &str, range: &Range<usize>) {
        let span = self.span(range);
        self.note_left_out(keyword, span);
    }

    /// The same, by its place on the page.
    fn note_left_out(&mut self, keyword: &str, span: Span) {
        match self.left_out.get_mut(keyword) {
            Some((_, count)) => *count += 1,
            None => _ = self.left_out.insert(keyword.to_owned(), (span, 1)),
        }
    }

    /// Notes the members of an object that its reader does not know.
    fn unknown_members(&mut self, node: &Node, known: &[&str]) {
        for (name, member) in node.members().into_iter().flatten() {
            if !known.contains(&name.as_str()) && !keywords::says_nothing(name) {
                self.leave_out(name, &member.key);
            }
        }
    }

    /// One diagnostic for each keyword that was left out.
    fn report_keywords(&mut self) {
        // What is said of a component stands with its type, where it has one.
        for ((name, keyword), span) in std::mem::take(&mut self.unsaid) {
            if !self.referred.contains(&name) {
                self.note_left_out(&format!("{keyword} (of a component that others are composed of)"), span);
            }
        }
        for (keyword, (span, count)) in std::mem::take(&mut self.left_out) {
            let times = if count > 1 { format!("the first of {count}") } else { "here".to_owned() };
            let word = keyword.split(' ').next().unwrap_or_default();
            let diagnostic = if keyword.starts_with("x-") {
                Diagnostic::new(codes::EXTENSION_NOT_READ, span, format!("extension `{keyword}`"))
                    .label(times)
            } else if ANNOTATIONS.contains(&word) {
                Diagnostic::new(codes::ANNOTATION_NOT_KEPT, span, format!("annotation `{keyword}`"))
                    .label(format!("left out, {times}"))
            } else {
                Diagnostic::new(codes::KEYWORD_NOT_READ, span, format!("keyword `{keyword}`"))
                    .label(format!("left out, {times}"))
                    .help("what it says is neither in the model nor in the code")
            };
            self.cx.report(diagnostic);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        pipeline::{PageInput, read_pages, resolve_api},
        resolve::Settings,
    };

    /// The codes that a page with these component schemas, the first of which it answers with, is reported with.
    fn codes(schemas: impl Iterator<Item = String>) -> Vec<&'static str> {
        let head = "# A\n\n````yaml openapi.json get /a\nopenapi: 3.1.0\npaths:\n  /a:\n    get:\n      responses:\n        \
                    200: {content: {application/json: {schema: {$ref: '#/components/schemas/A0'}}}}\n\
                    components:\n  schemas:\n";
        let text: String = std::iter::once(head.to_owned()).chain(schemas).collect();
        let page = PageInput::new("a.md", text.into_bytes());
        let mut pages = read_pages(vec![page], &|| ());
        let resolved = resolve_api("api", &mut pages, &Settings::default()).diagnostics;
        let said = pages.iter().flat_map(|page| &page.diagnostics).chain(&resolved);
        said.map(|diagnostic| diagnostic.code.name).collect()
    }

    #[test]
    fn compositions_that_double_at_each_step_are_bounded() {
        let schema = |n: usize| {
            format!(
                "    A{n}: {{type: object, properties: {{x: {{}}}}, oneOf: [{{$ref: '#/components/schemas/A{}'}}, \
                 {{$ref: '#/components/schemas/A{}'}}]}}\n",
                n + 1,
                n + 2
            )
        };
        assert!(codes((0..40).map(schema)).contains(&"definition-too-large"));
    }

    #[test]
    fn long_chains_of_references_are_no_nesting() {
        let schema = |n: usize| {
            format!("    A{n}: {{properties: {{a: {{$ref: '#/components/schemas/A{}'}}}}}}\n", n + 1)
        };
        assert_eq!(codes((0..5_000).map(schema)), ["reference-missing"]);
    }
}
