//! The pieces of a page, put together.
//!
//! Pieces come in page order ([`PageReader::piece`]); headings and labels say what the next ones are
//! about, and a request line begins an operation. [`PageReader::finish`] gives the page.
//!
//! Invariant: every piece is claimed, or left for the report of text that was not understood.

use std::ops::Range;

use super::{
    authorization::{Authorization, read_authorization},
    body::Body,
    columns::{self, Role},
    operation::Draft,
    pieces::{Piece, PieceKind},
    request_line::RequestLine,
    rows::read_rows,
    sections::Section,
    sentences::{request_statement, response_statement},
    tables::Table,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, FrontMatter},
    model::{Page, Resource, Sample, SchemeKind, SecurityScheme, Status, Text},
};

/// What is known of a page so far.
pub(super) struct PageReader<'c, 't> {
    cx: &'c mut Context<'t>,
    page: Page,
    section: Section,
    draft: Draft,
    resource: Option<Body>,
    /// Whether the page lists methods, as resource pages do.
    lists_methods: bool,
    /// Whether the page ends in a definition, which says what the page does not.
    defined: bool,
}

impl<'c, 't> PageReader<'c, 't> {
    /// Starts with what the front matter says.
    pub(super) fn new(cx: &'c mut Context<'t>, mut page: Page, front: FrontMatter) -> Self {
        page.title = front.title;
        page.slug = front.slug;
        let mut draft = Draft::default();
        front.excerpt.into_iter().for_each(|excerpt| draft.prose.add_text(excerpt));
        Self {
            cx,
            page,
            section: Section::Prose,
            draft,
            resource: None,
            lists_methods: false,
            defined: false,
        }
    }

    /// Takes the next piece.
    pub(super) fn piece(&mut self, piece: Piece) {
        let Piece { kind, range } = piece;
        match kind {
            PieceKind::Heading { text, section } => self.heading(text, section, range),
            PieceKind::Label(section) => {
                self.cx.claim(range, Claim::Fact);
                self.enter(section);
            }
            PieceKind::Request(line) => self.request(line, range),
            PieceKind::Table { table, pipes } => self.table(&table, pipes),
            PieceKind::Code { info, code } => self.code(&info, &code, range),
            PieceKind::Prose => self.prose(range),
            PieceKind::Callout(text) => {
                self.cx.claim(range.clone(), Claim::Description);
                let span = self.cx.span(range);
                self.draft.prose.add_text(Text::new(text.trim(), span));
            }
            PieceKind::Picture(kind) => {
                self.cx.claim(range.clone(), Claim::Furniture);
                self.cx.report(
                    Diagnostic::new(
                        codes::BLOCK_LEFT_OUT,
                        self.cx.span(range),
                        format!("block of kind `{kind}`"),
                    )
                    .label("it carries no facts and is left out"),
                );
            }
            PieceKind::Unknown(kind) => self.cx.report(
                Diagnostic::new(
                    codes::UNKNOWN_BLOCK,
                    self.cx.span(range),
                    format!("block `{kind}` that cannot be read"),
                )
                .label("left out")
                .help("the block is of an unknown kind, or its JSON is broken"),
            ),
            PieceKind::Rule => self.cx.claim(range, Claim::Furniture),
        }
    }

    fn enter(&mut self, section: Section) {
        self.section = section;
        self.lists_methods |= section == Section::Methods;
        match section {
            Section::Response(status) => self.draft.response(status),
            Section::RequestBody => self.draft.body_announced = true,
            _ => {}
        }
    }

    fn heading(&mut self, text: String, section: Option<Section>, range: Range<usize>) {
        let title = text.trim().to_owned();
        if let Some(section) = section {
            self.cx.claim(range, Claim::Fact);
            self.enter(section);
            return;
        }
        self.section = Section::Prose;
        let is_title = self.page.title.as_ref().is_none_or(|known| known.value == title);
        if is_title && self.draft.request.is_none() && !title.is_empty() {
            self.cx.claim(range.clone(), Claim::Fact);
            let span = self.cx.span(range);
            self.page.title.get_or_insert_with(|| Text::new(title, span));
        } else {
            self.describe(range);
        }
    }

    fn request(&mut self, line: RequestLine, range: Range<usize>) {
        let again = self
            .draft
            .request
            .as_ref()
            .is_some_and(|(known, _)| known.method != line.method || known.path != line.path);
        if again && self.section != Section::Request {
            // Within another section, it is an example of a call.
            self.cx.claim(range, Claim::Example);
            return;
        }
        if again {
            self.end_operation();
        }
        self.cx.claim(range.clone(), Claim::Fact);
        if self.draft.request.is_none() {
            self.draft.request = Some((line, range));
        }
        if self.section == Section::Prose {
            self.section = Section::Request;
        }
    }

    fn prose(&mut self, range: Range<usize>) {
        let text = self.cx.slice(range.clone());
        match self.section {
            Section::RequestBody => {
                let statement = request_statement(text);
                self.draft.body.describe(self.cx, range, statement);
            }
            Section::Response(_) => {
                let statement = response_statement(text);
                if let Some(response) = self.draft.last_response() {
                    response.describe(self.cx, range, statement);
                }
            }
            Section::Authorization => self.authorization(range),
            Section::Resource => {
                self.resource.get_or_insert_default().describe(self.cx, range, None);
            }
            _ => self.describe(range),
        }
    }

    /// Adds prose to the description of the operation, or of the resource.
    fn describe(&mut self, range: Range<usize>) {
        self.draft.prose.add(self.cx, range);
    }

    fn authorization(&mut self, range: Range<usize>) {
        let Some(read) = read_authorization(self.cx.slice(range.clone())) else {
            self.describe(range);
            return;
        };
        let name = self.cx.fact(range.clone());
        match read {
            Authorization::Open => {
                self.draft.security.get_or_insert_default();
            }
            Authorization::Scheme { name: scheme, kind, permissions } => {
                self.draft.require(&scheme, permissions);
                if !self.page.security_schemes.contains_key(&scheme) {
                    self.report_scheme(&name, &scheme, kind.as_ref());
                    let kind = kind.unwrap_or(SchemeKind::Unknown);
                    let scheme_facts =
                        SecurityScheme { kind, description: None, inferred: true, span: name.span };
                    self.page.security_schemes.insert(scheme, scheme_facts);
                }
            }
        }
    }

    fn report_scheme(&mut self, line: &Text, name: &str, kind: Option<&SchemeKind>) {
        let diagnostic = match kind {
            Some(kind) => {
                let what = match kind {
                    SchemeKind::Http { scheme } => format!("HTTP `{scheme}` authentication"),
                    SchemeKind::OAuth2 => "OAuth 2".to_owned(),
                    _ => "credentials".to_owned(),
                };
                Diagnostic::new(codes::SCHEME_FROM_NAME, line.span, format!("security scheme `{name}`"))
                    .label(format!("read as {what}, by its name"))
            }
            None => Diagnostic::new(codes::UNKNOWN_SCHEME, line.span, format!("security scheme `{name}`"))
                .label("the page does not say what it is"),
        };
        self.cx
            .report(diagnostic.help("say what it is in a corrected copy of the page if this is not right"));
    }

    fn table(&mut self, table: &Table, pipes: bool) {
        let roles = columns::roles(table);
        let has = |role: Role| roles.values().any(|(known, _)| *known == role);
        let fields = has(Role::Name);
        self.report_table(table);
        match self.section {
            Section::Methods => self.claim_table(table, Claim::Fact),
            Section::Statuses | Section::Response(_) if has(Role::Status) && !fields => self.statuses(table),
            _ if has(Role::Method) && has(Role::Uri) => {
                self.lists_methods = true;
                self.claim_table(table, Claim::Fact);
            }
            Section::Parameters(location) if fields => {
                self.cx.claim(table.range.clone(), Claim::Furniture);
                let rows = read_rows(self.cx, table);
                self.draft.add_parameters(self.cx, rows, location);
            }
            Section::Request if fields => {
                self.cx.claim(table.range.clone(), Claim::Furniture);
                let rows = read_rows(self.cx, table);
                self.draft.add_parameters(self.cx, rows, None);
            }
            Section::RequestBody if fields => self.draft.body.read_table(self.cx, table),
            Section::Response(_) if fields => {
                if let Some(response) = self.draft.last_response() {
                    response.read_table(self.cx, table);
                }
            }
            Section::Resource if fields => {
                self.resource.get_or_insert_default().read_table(self.cx, table);
            }
            _ if pipes => self.describe(table.range.clone()),
            _ => self.cx.report(
                Diagnostic::new(
                    codes::UNKNOWN_SECTION,
                    self.cx.span(table.range.clone()),
                    "table in no known section",
                )
                .label("left out")
                .help("nothing around it says what it is a table of"),
            ),
        }
    }

    fn report_table(&mut self, table: &Table) {
        let span = self.cx.span(table.range.clone());
        if table.broken {
            self.cx.report(
                Diagnostic::new(codes::UNKNOWN_BLOCK, span, "table whose JSON is broken")
                    .label("read as far as it goes"),
            );
        } else if table.oversize {
            self.cx.report(
                Diagnostic::new(codes::TABLE_SIZE, span, "table with cells outside of its rows and columns")
                    .label("they are read like the others"),
            );
        }
    }

    fn claim_table(&mut self, table: &Table, claim: Claim) {
        self.cx.claim(table.range.clone(), Claim::Furniture);
        for (_, cell) in table.head.iter().chain(table.rows.iter().flatten()) {
            self.cx.claim(cell.range.clone(), claim);
        }
    }

    /// A table of statuses: one response each.
    fn statuses(&mut self, table: &Table) {
        self.claim_table(table, Claim::Fact);
        let roles = columns::roles(table);
        for row in &table.rows {
            let of = |role: Role| {
                row.iter().find(|(c, _)| roles.get(c).is_some_and(|(r, _)| *r == role)).map(|(_, cell)| cell)
            };
            let Some(cell) = of(Role::Status) else { continue };
            let span = self.cx.span(cell.range.clone());
            let text = cell.plain();
            let Some(status) = text.split_whitespace().next().and_then(|word| word.parse::<Status>().ok())
            else {
                self.cx.report(
                    Diagnostic::new(codes::UNKNOWN_STATUS, span, "status that is none").label("left out"),
                );
                continue;
            };
            let description = of(Role::Description)
                .map(|cell| Text::new(cell.text.trim(), self.cx.span(cell.range.clone())));
            self.draft.state(status, description, span);
        }
    }

    fn code(&mut self, info: &str, code: &str, range: Range<usize>) {
        let trimmed = code.trim();
        let first = trimmed.lines().next().unwrap_or_default();
        if self.section == Section::Definition {
            self.defined = true;
            self.cx.claim(range.clone(), Claim::Example);
            self.cx.report(
                Diagnostic::new(
                    codes::DEFINITION_NOT_READ,
                    self.cx.span(range),
                    "OpenAPI definition on the page",
                )
                .label("not read yet; the rest of the page is"),
            );
            return;
        }
        let awaited =
            matches!(self.section, Section::Prose | Section::Request) && self.draft.request.is_none();
        if (awaited || self.section == Section::Request)
            && let Some(mut line) = super::request_line::read_request_line(first)
        {
            // The code's own offsets: a block's JSON may have shifted them, a fence has not.
            let at = self.cx.slice(range.clone()).find(first).unwrap_or(0);
            shift(&mut line, at);
            self.request(line, range);
            return;
        }
        self.sample(info, trimmed, range);
    }

    fn sample(&mut self, info: &str, code: &str, range: Range<usize>) {
        let span = self.cx.span(range.clone());
        if code.starts_with("curl ") || code.starts_with("$ curl ") {
            self.cx.claim(range, Claim::Example);
            let text = Text::new(code.trim_start_matches("$ "), span);
            self.draft.samples.push(Sample::Curl { text });
            return;
        }
        let json = serde_json::from_str::<serde_json::Value>(code)
            .ok()
            .filter(|json| json.is_object() || json.is_array());
        match (self.section, json) {
            (Section::RequestBody, Some(json)) => {
                self.cx.claim(range, Claim::Example);
                self.draft.samples.push(Sample::Request { json, span });
            }
            (Section::Response(status), Some(json)) => {
                self.cx.claim(range, Claim::Example);
                self.draft.samples.push(Sample::Response { status, json, span });
            }
            (Section::Prose, _) => self.describe(range),
            (Section::RequestBody | Section::Response(_), None) if info.eq_ignore_ascii_case("json") => {
                self.cx.claim(range, Claim::Example);
                self.cx.report(
                    Diagnostic::new(codes::MALFORMED_EXAMPLE, span, "example that is not JSON")
                        .label("left out"),
                );
            }
            _ => self.cx.claim(range, Claim::Example),
        }
    }

    fn end_operation(&mut self) {
        let draft = std::mem::take(&mut self.draft);
        let operation = draft.finish(self.cx, self.page.title.as_ref(), self.page.slug.as_ref());
        self.page.operations.extend(operation);
    }

    /// The page. One that has neither operation nor resource is reported.
    pub(super) fn finish(mut self) -> Page {
        if self.draft.request.is_some() {
            self.end_operation();
            return self.page;
        }
        let description = self.draft.prose.read(self.cx);
        if let Some(body) = self.resource.take() {
            let title = self.page.title.clone();
            let representation = body.description(self.cx);
            let mut schema = body.resource_schema(self.cx);
            schema.description = description.or(representation);
            if let Some(name) = title {
                self.page.resource = Some(Resource { name, schema });
            }
        } else if self.page.operations.is_empty() && !self.lists_methods && !self.defined {
            let end = self.cx.text().find('\n').unwrap_or(self.cx.text().len());
            self.cx.report(
                Diagnostic::new(codes::NO_OPERATION, self.cx.span(0..end), "page without an operation")
                    .label("no line of it names a method and a path")
                    .help("leave the page out, or write `METHOD /path` under `**HTTP Request**`"),
            );
        }
        self.page
    }
}

/// Moves a request line's places to where the line begins in its piece.
fn shift(line: &mut RequestLine, by: usize) {
    let moved = |range: &Range<usize>| range.start + by..range.end + by;
    line.path_range = moved(&line.path_range);
    line.server = line.server.as_ref().map(moved);
    for (_, range) in &mut line.query {
        *range = moved(range);
    }
}
