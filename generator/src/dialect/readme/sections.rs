//! What the headings and labels of ReadMe pages announce.
//!
//! A heading's text comes in, a [`Section`] goes out ([`section`]); `None` where the text announces
//! nothing that is known, so that it is prose.

use super::{statuses::leading_status, translated::english};
use crate::model::{ParameterLocation, Status};

/// What a heading or label announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Free text before or between sections.
    Prose,
    /// The line that names method and path, and all that belongs to the request.
    Request,
    /// Parameters, with their location where the heading says it.
    Parameters(Option<ParameterLocation>),
    /// Credentials.
    Authorization,
    /// The request's body.
    RequestBody,
    /// The response, with its status where the heading says it.
    Response(Option<Status>),
    /// A request as an example.
    RequestSample,
    /// A response as an example, with its status where the heading says it.
    ResponseSample(Option<Status>),
    /// The headers of the response.
    ResponseHeaders,
    /// The servers of the API.
    Servers,
    /// The members of a field that another table has.
    Members,
    /// A table of statuses.
    Statuses,
    /// The methods of a resource.
    Methods,
    /// The resource that the page describes.
    Resource,
    /// An OpenAPI document in a fence.
    Definition,
}

impl Section {
    /// Whether a table in the section is one of fields or statuses.
    pub(super) fn tabulates(self) -> bool {
        self.shows() || matches!(self, Self::Parameters(_) | Self::Statuses | Self::ResponseHeaders)
    }

    /// Whether code in the section is the body of a response that is no failure, as far as the section tells.
    pub(super) fn answers_well(self) -> bool {
        match self {
            Self::Response(status) | Self::ResponseSample(status) => !status.is_some_and(Status::is_failure),
            _ => false,
        }
    }

    /// Whether code in the section is a body, of a request or a response.
    pub(super) fn shows(self) -> bool {
        matches!(self, Self::RequestBody | Self::Response(_) | Self::RequestSample | Self::ResponseSample(_))
    }
}

/// Whether a heading that announces nothing says no more than the one that it stands below: `Success` below `Response`.
pub(super) fn says_the_same(heading: &str) -> bool {
    let mut words = heading.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some()
        && words.all(|word| {
            matches!(
                word.to_lowercase().as_str(),
                "success"
                    | "successful"
                    | "ok"
                    | "example"
                    | "examples"
                    | "sample"
                    | "samples"
                    | "json"
                    | "body"
                    | "payload"
                    | "properties"
                    | "attributes"
                    | "params"
                    | "format"
                    | "schema"
                    | "structure"
                    | "fields"
                    | "parameters"
                    | "description"
                    | "common"
                    | "scenario"
            )
        })
}

/// Whether a heading that announces nothing is that of a sample.
pub(super) fn says_sample(heading: &str) -> bool {
    const LANGUAGES: [&str; 16] = [
        "json",
        "curl",
        "shell",
        "ruby",
        "python",
        "java",
        "javascript",
        "typescript",
        "node",
        "php",
        "go",
        "csharp",
        "kotlin",
        "swift",
        "rust",
        "http",
    ];
    let lower = heading.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let sample = |word: &str| {
        matches!(word, "sample" | "samples" | "example" | "examples" | "success" | "successful")
            || LANGUAGES.contains(&word)
    };
    words.any(sample) && !tells_other_calls(heading)
}

/// Whether a heading is that of what no call of the operation sends or gets.
pub(super) fn tells_other_calls(heading: &str) -> bool {
    heading.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "webhook"
                | "webhooks"
                | "callback"
                | "callbacks"
                | "event"
                | "events"
                | "notification"
                | "notifications"
                | "configuration"
                | "config"
                | "settings"
        )
    })
}

/// Whether a heading is that of what goes wrong.
pub(super) fn tells_failure(heading: &str) -> bool {
    heading.split(|c: char| !c.is_alphanumeric()).any(|word| {
        matches!(
            word.to_lowercase().as_str(),
            "error"
                | "errors"
                | "fail"
                | "fails"
                | "failed"
                | "failure"
                | "failures"
                | "invalid"
                | "unsuccessful"
                | "unauthorized"
        )
    })
}

/// What the text of a heading or label announces. Behind a dash stands what kind of it: `Request body — new lamps`.
pub(super) fn section(text: &str) -> Option<Section> {
    let kind = || {
        let (what, _) = [" — ", " – ", " - "].iter().find_map(|dash| text.split_once(dash))?;
        let body = |section: &Section| section.shows() && !matches!(section, Section::Response(Some(_)));
        whole_section(what).filter(body)
    };
    whole_section(text).or_else(kind)
}

fn whole_section(text: &str) -> Option<Section> {
    let text = text.trim().trim_end_matches([':', '：']).trim().to_lowercase();
    if text.len() > 60 {
        return None;
    }
    let text = english(&text).map_or(text, str::to_owned);
    if let Some(status) = leading_status(&text) {
        return Some(Section::Response(Some(status)));
    }
    let words: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let words = match words.as_slice() {
        // `Required path parameters` are path parameters.
        ["required" | "mandatory" | "optional" | "available" | "supported", rest @ ..]
            if rest.last().is_some_and(|what| is_parameters(what) || *what == "headers") =>
        {
            rest
        }
        words => words,
    };
    Some(match words {
        ["http", "request"]
        | ["request"]
        | ["endpoint"]
        | ["request", "url"]
        | ["url"]
        | ["resource" | "endpoint" | "api", "url"]
        | ["api", "endpoint"] => Section::Request,
        ["body"] | ["payload"] | ["form", "data"] => Section::RequestBody,
        ["json" | "post", "body"] => Section::RequestBody,
        ["body" | "payload" | "form" | "json" | "post", what]
        | ["request", "body" | "payload" | "json", what]
            if is_parameters(what) =>
        {
            Section::RequestBody
        }
        ["request", "format"] => Section::RequestSample,
        ["success" | "successful", "response"] => Section::ResponseSample(None),
        ["error" | "failure" | "failed", "response" | "responses"]
        | ["error" | "failure" | "failed", "response", "sample" | "example"]
        | ["sample" | "example", "error" | "failure" | "failed", "response"] => Section::Statuses,
        ["query", what] | ["query", "string", what] | ["request", "query", what] if is_parameters(what) => {
            Section::Parameters(Some(ParameterLocation::Query))
        }
        ["path", what] | ["url", what] | ["uri", what] | ["request", "path" | "url", what]
            if is_parameters(what) =>
        {
            Section::Parameters(Some(ParameterLocation::Path))
        }
        ["headers"] | ["request", "headers"] | ["http", "headers"] => {
            Section::Parameters(Some(ParameterLocation::Header))
        }
        ["header", what] | ["request", "header", what] if is_parameters(what) => {
            Section::Parameters(Some(ParameterLocation::Header))
        }
        [what] | ["request", what] | ["input", what] if is_parameters(what) => Section::Parameters(None),
        // Of a call that sends no body, too.
        ["input", "data"] => Section::Parameters(None),
        ["response", "headers"] | ["response", "header", "fields" | "parameters"] => Section::ResponseHeaders,
        ["authorization" | "authentication"] => Section::Authorization,
        ["returns"] => Section::Response(None),
        ["response", "details"] => Section::Response(None),
        ["response" | "output" | "return" | "returned", what]
        | ["response", "body" | "payload" | "json" | "data", what]
            if is_parameters(what) =>
        {
            Section::Response(None)
        }
        ["return", "value" | "values"] | ["output"] => Section::Response(None),
        ["errors"] | ["error" | "status" | "response", "codes"] | ["http", "status", "codes"] => {
            Section::Statuses
        }
        ["environment" | "environments" | "server" | "servers" | "host" | "hosts"]
        | ["api", "environments" | "servers" | "host"]
        | ["base" | "server" | "host" | "environment", "url" | "urls" | "uri" | "uris"]
        | ["api", "base", "url" | "urls" | "uri"]
        | ["base", "endpoint" | "endpoints"] => Section::Servers,
        ["methods"] => Section::Methods,
        ["resource"] | ["resource", "representation"] | ["representation"] => Section::Resource,
        ["openapi", "definition"] => Section::Definition,
        words => return by_words(words),
    })
}

/// What a heading announces that has the words for it in any order: `Example of a JSON response object`.
fn by_words(words: &[&str]) -> Option<Section> {
    const SHOWS: [&str; 4] = ["example", "examples", "sample", "samples"];
    const RESPONDS: [&str; 2] = ["response", "responses"];
    const GIVES: [&str; 3] = ["output", "result", "results"];
    const ASKS: [&str; 3] = ["request", "requests", "input"];
    const BODY: [&str; 6] = ["body", "payload", "object", "data", "schema", "json"];
    const BESIDE: [&str; 18] = [
        "api",
        "http",
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "is",
        "from",
        "objects",
        "format",
        "structure",
        "success",
        "successful",
        "message",
        "server",
        "returned",
    ];
    let any = |wanted: &[&str]| words.iter().any(|word| wanted.contains(word));
    let known = |word: &&str| {
        [&SHOWS[..], &RESPONDS, &GIVES, &ASKS, &BODY, &BESIDE].iter().any(|words| words.contains(word))
    };
    let (answers, asks) = (any(&RESPONDS) || any(&GIVES), any(&ASKS));
    if answers == asks || !words.iter().all(known) {
        return None;
    }
    match (answers, any(&SHOWS)) {
        (true, true) => Some(Section::ResponseSample(None)),
        (false, true) => Some(Section::RequestSample),
        (true, false) => any(&RESPONDS).then_some(Section::Response(None)),
        (false, false) => any(&BODY).then_some(Section::RequestBody),
    }
}

/// Whether a heading says of all that it announces that it must be there.
pub(super) fn requires_all(heading: &str) -> bool {
    let first =
        heading.trim_start_matches(|c: char| !c.is_alphabetic()).split(' ').next().unwrap_or_default();
    ["required", "mandatory"].iter().any(|word| first.eq_ignore_ascii_case(word))
}

fn is_parameters(word: &str) -> bool {
    matches!(
        word,
        "parameters"
            | "params"
            | "parameter"
            | "param"
            | "arguments"
            | "fields"
            | "properties"
            | "attributes"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_in_any_case_announce_sections() {
        assert_eq!(section("HTTP Request"), Some(Section::Request));
        assert_eq!(section("http request:"), Some(Section::Request));
        assert_eq!(section("Query Params"), Some(Section::Parameters(Some(ParameterLocation::Query))));
        assert_eq!(section("Parameters"), Some(Section::Parameters(None)));
        assert_eq!(section("Request Body"), Some(Section::RequestBody));
        let path = Some(Section::Parameters(Some(ParameterLocation::Path)));
        assert_eq!(section("Required path parameters"), path);
        assert_eq!(section("Optional parameters"), Some(Section::Parameters(None)));
        assert_eq!(section("Response 404"), Some(Section::Response(Some(Status::Code(404)))));
        for text in ["200 OK", "Success (200)", "HTTP 200", "Response: 200 OK", "Example response 200"] {
            assert_eq!(section(text), Some(Section::Response(Some(Status::Code(200)))), "{text}");
        }
        for text in ["404 - Too dark", "404: none", "404 Lamp not found", "404 application/json", "404) x"] {
            assert_eq!(section(text), Some(Section::Response(Some(Status::Code(404)))), "{text}");
        }
        assert_eq!(section("Sample Request"), Some(Section::RequestSample));
        assert_eq!(section("Example Response:"), Some(Section::ResponseSample(None)));
        assert_eq!(section("Error Response"), Some(Section::Statuses));
        assert_eq!(section("Success — 200 OK"), Some(Section::Response(Some(Status::Code(200)))));
        assert_eq!(section("Request Body — new lamps"), Some(Section::RequestBody));
    }

    #[test]
    fn other_headings_are_prose() {
        for text in ["200 requests per minute", "101 ways to break a lamp", "100 lamps"] {
            assert_eq!(section(text), None, "{text}");
        }
        for text in [
            "Notes",
            "Request limits",
            "Parameters - notes",
            "Required scopes",
            "Responsibilities",
            "2000 users",
            "",
        ] {
            assert_eq!(section(text), None, "{text}");
        }
    }
}
