//! The pieces of a page, put together.
//!
//! Pieces come in page order ([`PageReader::piece`]; `tables` and `code` take theirs); headings and labels say what the next ones are
//! about, and a request line begins an operation. [`PageReader::finish`] gives the page.
//!
//! Invariant: every piece is claimed, or left for the report of text that was not understood.

mod called;
mod code;
mod credentials;
mod definition;
mod environments;
mod headings;
mod members;
mod request_table;
mod servers;
mod tables;

pub(super) use servers::with_servers;

use std::ops::Range;

use super::{
    body::Body,
    operation::Draft,
    pieces::{Piece, PieceKind},
    request_line::RequestLine,
    sections::Section,
    sentences::{request_statement, response_statement},
    statuses::told_status,
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Defined, FrontMatter},
    limits::DEEPEST,
    model::{Operation, Page, Resource, SecurityRequirement, Text},
};

/// What is known of a page so far.
pub(super) struct PageReader<'c, 't> {
    cx: &'c mut Context<'t>,
    page: Page,
    section: Section,
    /// What the last heading announced that announced anything, and its level.
    headed: (Section, u8),
    /// Whether a heading has announced servers that have not come yet.
    awaits_servers: bool,
    /// The heading of responses that the page has not left yet.
    responses: Option<(Section, u8)>,
    /// How deep the heading below it is that announces nothing, and that the page has not left yet; 0 where there is none.
    aside: u8,
    /// What samples below the last heading are of, which says no more than that they are samples.
    sampled: Option<Section>,
    /// The sections that stand around open components.
    around: Vec<Section>,
    /// The fields that the section is about, by the number of their body.
    members: Vec<(usize, Vec<usize>)>,
    /// The number of the body that the last table of fields was for.
    tabled: Option<usize>,
    draft: Draft,
    /// What credentials all operations of the page need that say nothing of it.
    security: Option<Vec<SecurityRequirement>>,
    resource: Option<Body>,
    /// Whether the section's heading says that all of its fields must be there.
    requires_all: bool,
    /// Whether the page lists methods, as resource pages do.
    lists_methods: bool,
    /// Whether the page ends in a definition, which says what the page does not.
    defined: bool,
    /// The operations of that definition.
    definition: Vec<Operation>,
    /// The definition elsewhere that the front matter names.
    elsewhere: Option<Defined>,
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
            headed: (Section::Prose, 0),
            responses: None,
            aside: 0,
            sampled: None,
            awaits_servers: false,
            around: Vec::new(),
            members: Vec::new(),
            tabled: None,
            draft,
            security: None,
            resource: None,
            requires_all: false,
            lists_methods: false,
            defined: false,
            definition: Vec::new(),
            elsewhere: front.defined,
        }
    }

    /// Takes the next piece.
    pub(super) fn piece(&mut self, piece: Piece) {
        let Piece { kind, range } = piece;
        match kind {
            PieceKind::Heading { text, section, level } => self.heading(text, section, level, range),
            PieceKind::Operation(title) => self.operation(title, range),
            PieceKind::Label(section) => self.label(section, range),
            PieceKind::Request(line) => self.request(line, range),
            PieceKind::Table { table, pipes } => self.table(&table, pipes),
            PieceKind::Code { info, name, code } => self.code(&info, &name, &code, range),
            PieceKind::Media(media) => self.media(media, range),
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
            PieceKind::Open { section, title } => {
                self.cx.claim(range.clone(), section.map_or(Claim::Furniture, |_| Claim::Fact));
                if let Some(title) = title {
                    self.title(title, range.clone());
                }
                if self.around.len() < DEEPEST {
                    self.around.push(self.section);
                }
                match section {
                    // What is headed so may be a sample; what parameters are sent in the body is still to be told.
                    Some(Section::RequestBody) => self.section = Section::RequestBody,
                    section => section.into_iter().for_each(|section| self.enter(section, range.clone())),
                }
            }
            PieceKind::Close => {
                // What a title announces ends with its component.
                self.cx.claim(range, Claim::Furniture);
                self.section = self.around.pop().unwrap_or(self.section);
            }
            PieceKind::Rule => self.cx.claim(range, Claim::Furniture),
        }
    }

    /// Takes a line with a media type. It is that of the request unless the page has come to the response.
    fn media(&mut self, media: Range<usize>, line: Range<usize>) {
        let of_request = match self.section {
            Section::Request
            | Section::Parameters(_)
            | Section::Authorization
            | Section::RequestBody
            | Section::RequestSample => true,
            Section::Response(_) | Section::ResponseSample(_) | Section::Statuses => false,
            _ => !self.draft.has_response(),
        };
        if matches!(self.section, Section::Response(_) | Section::ResponseSample(_))
            && self
                .draft
                .last_response()
                .is_some_and(|response| response.media.is_none() && !response.is_bodiless())
        {
            self.cx.claim(line, Claim::Fact);
            let media = self.cx.fact(media);
            if let Some(response) = self.draft.last_response() {
                response.media = Some(media);
            }
            return;
        }
        if !of_request || self.draft.media.is_some() {
            return self.prose(line);
        }
        self.cx.claim(line.clone(), Claim::Fact);
        let media = self.cx.fact(media);
        self.draft.media = Some((media, line));
    }

    fn request(&mut self, line: RequestLine, range: Range<usize>) {
        let again = self
            .draft
            .request
            .as_ref()
            .is_some_and(|(known, _)| known.method != line.method || known.path != line.path);
        let shown = self.draft.request.as_ref().is_some_and(|(known, _)| known.is_called_by(&line));
        if shown || (again && self.section != Section::Request) {
            // Within another section, it is an example of a call.
            self.cx.claim(range.clone(), Claim::Example);
            if !shown && !matches!(self.section, Section::RequestSample | Section::ResponseSample(_)) {
                self.cx.report(
                    Diagnostic::new(
                        codes::REQUEST_LINE_AS_SAMPLE,
                        self.cx.span(self.cx.trim(range)),
                        "request line of another operation",
                    )
                    .label("taken for an example of a call")
                    .help("an operation of its own stands directly below a heading that names it"),
                );
            }
            return;
        }
        if again {
            self.end_operation();
        }
        self.cx.claim(range.clone(), Claim::Fact);
        if self.draft.request.is_none() {
            self.draft.request = Some((line, range));
            self.draft.request_is_sample = self.section == Section::RequestSample;
        }
        if self.section == Section::Prose {
            self.section = Section::Request;
        }
    }

    /// Begins one of several operations. The servers of the page are those of all, and so are the credentials above them.
    fn operation(&mut self, title: String, range: Range<usize>) {
        self.cx.claim(range.clone(), Claim::Fact);
        if self.draft.request.is_some() {
            self.end_operation();
        } else if self.page.operations.is_empty() {
            self.security = self.draft.security.take();
        }
        self.section = Section::Request;
        self.draft.title = Some(Text::new(title.trim(), self.cx.span(range)));
    }

    fn prose(&mut self, range: Range<usize>) {
        if self.server_line(range.clone()) {
            return;
        }
        let text = self.cx.slice(range.clone());
        if let Some(label) = bold(text)
            && self.enter_members(label)
        {
            self.cx.claim(range, Claim::Fact);
            return;
        }
        match self.section {
            Section::RequestBody => {
                let statement = request_statement(text);
                self.draft.body.describe(self.cx, range, statement);
            }
            Section::ResponseHeaders => {
                if let Some(response) = self.draft.last_response() {
                    response.describe(self.cx, range, None);
                }
            }
            Section::Response(status) => {
                let statement = response_statement(text);
                let open =
                    status.is_none() && self.draft.last_response().is_some_and(|r| r.is_stated().is_none());
                if let Some(status) = told_status(text).filter(|_| open) {
                    let span = self.cx.span(self.cx.trim(range.clone()));
                    self.draft.response(Some(status), span);
                    self.section = Section::Response(Some(status));
                }
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

    fn end_operation(&mut self) {
        if self.draft.security.is_none() {
            self.draft.security.clone_from(&self.security);
        }
        self.security_from_sample();
        self.name_sampled_values();
        let mut draft = std::mem::take(&mut self.draft);
        draft.defined = !self.definition.is_empty();
        self.draft.servers.clone_from(&draft.servers);
        let operation = draft.finish(self.cx, self.page.title.as_ref(), self.page.slug.as_ref());
        self.page.operations.extend(operation);
        // What headings and tables announced was the operation's.
        self.headed = (Section::Prose, 0);
        self.responses = None;
        self.aside = 0;
        self.sampled = None;
        self.awaits_servers = false;
        self.requires_all = false;
        self.members.clear();
        self.tabled = None;
    }

    /// The page. One that has neither operation nor resource is reported.
    pub(super) fn finish(mut self) -> Page {
        if self.definition.is_empty() && !self.defined {
            self.request_from_sample();
        }
        if self.draft.request.is_some() {
            self.end_operation();
            self.define(None);
            return self.page;
        }
        let description = self.draft.prose.read(self.cx);
        if !self.definition.is_empty() {
            self.define(description);
            return self.page;
        }
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
            let span = self.cx.span(0..end);
            self.cx.report(match &self.elsewhere {
                Some(Defined { file, operation_id }) => {
                    let message = format!("page that only names the operation `{operation_id}`");
                    Diagnostic::new(codes::OPERATION_ELSEWHERE, span, message)
                        .label(format!("`{file}` has its definition, which is not part of the page"))
                        .help("save the `.md` export of the published page instead, which holds the definition")
                }
                None => Diagnostic::new(codes::NO_OPERATION, span, "page without an operation")
                    .label("no line of it names a method and a path, and no sample of a documented call has them")
                    .help("leave the page out, or write `METHOD /path` under `**HTTP Request**`"),
            });
        }
        self.page
    }
}

/// The text of a line that is bold as a whole, as headings are where there are none.
fn bold(text: &str) -> Option<&str> {
    let text = text.trim().trim_end_matches(':');
    let inner = ["**", "__"].into_iter().find_map(|mark| text.strip_prefix(mark)?.strip_suffix(mark))?;
    let inner = inner.trim().trim_end_matches(':');
    (inner.len() <= 60 && !inner.contains(['*', '\n'])).then_some(inner)
}
