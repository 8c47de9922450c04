//! The code of a page: request lines, samples, a whole definition.

use std::ops::Range;

use serde_json::{Map, Value};

use super::PageReader;
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::definition::read_definition,
    dialect::readme::{
        key_line::is_media_type,
        request_line::read_request_line,
        sections::{self, Section},
    },
    model::{Sample, Text},
};

impl PageReader<'_, '_> {
    /// Takes a fence or a code block; `name` is what its tab is called.
    pub(super) fn code(&mut self, info: &str, name: &str, code: &str, range: Range<usize>) {
        let trimmed = code.trim();
        let first = trimmed.lines().next().unwrap_or_default();
        if self.section == Section::Definition {
            self.defined = true;
            self.cx.claim(range.clone(), Claim::Fact);
            let within = verbatim(self.cx.slice(range.clone()), code);
            let body = range.start + within.start..range.start + within.end;
            let operations = read_definition(self.cx, &mut self.page, body, None);
            self.definition.extend(operations.unwrap_or_default());
            return;
        }
        if self.server_code(code, &range) {
            return;
        }
        let awaited = matches!(self.section, Section::Prose | Section::Request | Section::RequestSample)
            && self.draft.request.is_none();
        let within = awaited || self.section == Section::Request;
        let named = || if awaited { read_request_line(name).map(|line| (line, name)) } else { None };
        let read = if within { read_request_line(first).map(|line| (line, first)) } else { None };
        match read.or_else(named) {
            Some((line, text)) => {
                // The code's own offsets: a block's JSON may have shifted them, a fence has not.
                let at = self.cx.slice(range.clone()).find(text).unwrap_or(0);
                let sends = line.sends_body();
                self.request(line.moved(at), range.clone());
                self.other_requests(trimmed, &range);
                if sends {
                    self.message(trimmed, range);
                }
            }
            None => self.sample(info, name, trimmed, range),
        }
    }

    /// Says of the request lines below the first that they are none of an operation of their own.
    fn other_requests(&mut self, code: &str, range: &Range<usize>) {
        let request = |line: &str| read_request_line(line).is_some_and(|line| line.method.is_ok());
        if code.lines().skip(1).any(request) {
            self.cx.report(
                Diagnostic::new(
                    codes::REQUEST_LINE_AS_SAMPLE,
                    self.cx.span(range.clone()),
                    "code with several request lines",
                )
                .label("the first is the operation's, the others are taken for examples of calls")
                .help("an operation of its own stands directly below a heading that names it"),
            );
        }
    }

    /// Takes what a request sends that is written out like HTTP: below the request line headers, then JSON.
    fn message(&mut self, code: &str, range: Range<usize>) {
        let mut at = 0;
        for line in code.split_inclusive('\n') {
            if line.starts_with(['{', '[']) {
                break;
            }
            at += line.len();
            if let Some((header, value)) = line.split_once(':')
                && header.trim().eq_ignore_ascii_case("content-type")
                && self.draft.media.is_none()
                && let Some(media) =
                    value.split(';').next().map(str::trim).filter(|media| is_media_type(media))
            {
                let text = Text::new(media, self.cx.span(range.clone()));
                self.draft.media = Some((text, range.clone()));
            }
        }
        let json = code.get(at..).and_then(|body| serde_json::from_str::<Value>(body).ok());
        if let Some(json) = json {
            self.draft.samples.push(Sample::Request { json, span: self.cx.span(range) });
        }
    }

    /// The section that code is of: what its tab is called says more than the heading above.
    fn shown_in(&self, name: &str, json: bool) -> Section {
        let named = sections::section(name)
            .filter(|named| matches!(named, Section::RequestBody | Section::Request | Section::Response(_)));
        match named {
            Some(Section::Request) => Section::RequestBody,
            Some(Section::Response(None)) => match self.section {
                Section::Response(status) => Section::Response(status),
                _ => Section::Response(None),
            },
            Some(named) => named,
            // Beside the tab of a success, that of an error has no status of its own.
            None if self.section.answers_well() && sections::tells_failure(name) => Section::Statuses,
            // Below `## Sample response`, `### A paid order` shows one.
            None if self.section == Section::Prose && json => self.sampled.unwrap_or(self.section),
            None => self.section,
        }
    }

    /// Whether JSON below the request line or the parameters, which nothing names, is what calls send: those of some methods
    /// send none, and below parameters a value that has none of them is more likely what comes back.
    fn is_sent(&self, json: &Value) -> bool {
        let sends = self.draft.request.as_ref().is_some_and(|(line, _)| line.sends_body());
        let parameters = &self.draft.parameters;
        let member = |object: &Map<String, Value>| object.keys().any(|name| parameters.documents(name));
        let told = match json {
            Value::Object(object) => member(object),
            Value::Array(items) => items.iter().filter_map(Value::as_object).any(member),
            _ => false,
        };
        // Of values in a row, the first is what is sent.
        let first = !matches!(self.draft.samples.last(), Some(Sample::Request { .. }));
        sends && ((first && self.section == Section::Request) || told)
    }

    fn sample(&mut self, info: &str, name: &str, code: &str, range: Range<usize>) {
        let span = self.cx.span(range.clone());
        if code.starts_with("curl ") || code.starts_with("$ curl ") {
            self.cx.claim(range.clone(), Claim::Example);
            let text = Text::new(code.trim_start_matches("$ "), span);
            self.draft.samples.push(Sample::Curl { text });
            self.draft.commands.push(range);
            return;
        }
        let (remark, json) = remarked_json(code);
        // A remark above the value tells of it what the name of a tab does.
        let section = self.shown_in(if name.is_empty() { remark } else { name }, json.is_some());
        match (section, json) {
            (Section::Request | Section::Parameters(None), Some(json)) if self.is_sent(&json) => {
                self.cx.claim(range, Claim::Example);
                self.draft.samples.push(Sample::Request { json, span });
            }
            (Section::RequestBody | Section::RequestSample, Some(json)) => {
                self.cx.claim(range, Claim::Example);
                self.draft.samples.push(Sample::Request { json, span });
            }
            (Section::Response(status) | Section::ResponseSample(status), Some(json)) => {
                self.cx.claim(range, Claim::Example);
                if matches!(section, Section::ResponseSample(None)) {
                    // A page may say of the response no more than this.
                    self.draft.last_response();
                }
                self.draft.samples.push(Sample::Response { status, json, span });
            }
            (Section::Statuses, Some(json)) => {
                self.cx.claim(range, Claim::Example);
                self.draft.failures.push((json, span));
            }
            (
                Section::RequestBody
                | Section::RequestSample
                | Section::Response(_)
                | Section::ResponseSample(_),
                None,
            ) if info.eq_ignore_ascii_case("json") => {
                self.cx.claim(range, Claim::Example);
                self.cx.report(
                    Diagnostic::new(codes::MALFORMED_EXAMPLE, span, "example that is not JSON")
                        .label("left out"),
                );
            }
            // The same call in another language says nothing new.
            (section, _) if section.shows() => self.cx.claim(range, Claim::Example),
            // Nor does what the request line or a table says.
            (Section::Request, None) | (Section::Resource | Section::Members, _) => {
                self.cx.claim(range, Claim::Example);
            }
            _ => self.describe(range),
        }
    }
}

/// The object or array that code holds, and what a few lines above it remark: `Where it fails:`, `// 200 OK`, or the status
/// of a message that is written out like HTTP.
fn remarked_json(code: &str) -> (&str, Option<Value>) {
    const MOST_LINES: usize = 16;
    let mut start = 0;
    for line in code.split_inclusive('\n').take(MOST_LINES) {
        if line.trim_start().starts_with(['{', '[']) {
            let (lead, value) = code.split_at_checked(start).unwrap_or_default();
            let json = serde_json::from_str(value).ok();
            return (if json.is_some() { remark(lead.trim()) } else { "" }, json);
        }
        start += line.len();
    }
    ("", None)
}

/// What a lead says of the value below it. A whole sentence may speak of anything.
fn remark(lead: &str) -> &str {
    const MOST_WORDS: usize = 4;
    let first = lead.lines().next().unwrap_or_default();
    let bare = first.trim_start_matches(['/', '#', ' ']);
    match bare.strip_prefix("HTTP/").and_then(|message| message.split_once(' ')) {
        Some((_, status)) => status,
        None if first.len() == lead.len() && bare.split_whitespace().count() <= MOST_WORDS => bare,
        None => "",
    }
}

/// Where the code of a fence or a block is in its text, the first line with its indentation like the others. A block's code
/// may have been escaped: then it is not there as such, and the whole text stands for it.
fn verbatim(text: &str, code: &str) -> Range<usize> {
    let Some(at) = text.find(code) else { return 0..text.len() };
    let (before, _) = text.split_at(at);
    before.trim_end_matches([' ', '\t']).len()..at + code.len()
}
