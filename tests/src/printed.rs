//! What docwright makes of pages, printed so that it can be compared.

use std::path::Path;

use docwright::{
    diagnostic::{Diagnostic, render::Renderer},
    input::{self, ApiInput, read_configured},
    model::Api,
    pipeline::{Layout, PageInput, ReadPage, Settings, generate},
    source::Source,
    yaml,
};
use serde_json::Value;

/// Some pages of one API, and what became of them.
#[derive(Debug)]
pub struct Reading {
    reading: input::Reading,
    api: Api,
}

impl Reading {
    /// Reads pages, given as names and texts.
    #[must_use]
    pub fn new<'t>(api: &str, pages: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        Self::configured(api, pages, Settings::default())
    }

    /// Reads pages as a configuration says.
    #[must_use]
    pub fn configured<'t>(
        api: &str,
        pages: impl IntoIterator<Item = (&'t str, &'t str)>,
        settings: Settings,
    ) -> Self {
        let pages = pages.into_iter().map(|(name, text)| PageInput::new(name, text));
        Self::of(api, pages.collect(), settings)
    }

    /// Reads pages as they come in.
    #[must_use]
    pub fn of(api: &str, pages: Vec<PageInput>, settings: Settings) -> Self {
        let reading = read_configured(vec![ApiInput { name: api.to_owned(), pages, settings }]);
        let api = reading.models().pop().unwrap_or_default();
        Self { reading, api }
    }

    /// The pages.
    #[must_use]
    pub fn pages(&self) -> &[ReadPage] {
        &self.reading.pages
    }

    /// Their texts.
    #[must_use]
    pub fn sources(&self) -> Vec<&Source> {
        self.reading.sources()
    }

    /// What reading and resolving had to say, by position.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.reading.diagnostics
    }

    /// The model.
    #[must_use]
    pub fn api(&self) -> &Api {
        &self.api
    }

    /// The model as YAML, without spans.
    #[must_use]
    pub fn model(&self) -> String {
        print_yaml(&self.model_value())
    }

    /// The model as YAML, without spans, with the white space in all strings collapsed.
    #[must_use]
    pub fn collapsed_model(&self) -> String {
        let mut value = self.model_value();
        collapse(&mut value);
        print_yaml(&value)
    }

    fn model_value(&self) -> Value {
        let mut value = serde_json::to_value(&self.api).expect("a model has a JSON form");
        remove_spans(&mut value);
        value
    }

    /// The OpenAPI document, indented.
    #[must_use]
    pub fn openapi(&self) -> String {
        let document = docwright::openapi::openapi(&self.api);
        serde_json::to_string_pretty(&document).expect("a JSON value has a text") + "\n"
    }

    /// The generated types.
    #[must_use]
    pub fn types(&self) -> String {
        self.file("types.rs")
    }

    /// The generated client.
    #[must_use]
    pub fn client(&self) -> String {
        self.file("client.rs")
    }

    /// The generated server.
    #[must_use]
    pub fn server(&self) -> String {
        self.file("server.rs")
    }

    /// The documentation of the generated module, as Markdown.
    #[must_use]
    pub fn docs(&self) -> String {
        let module = self.file("mod.rs");
        let lines = module.lines().filter_map(|line| line.strip_prefix("//!"));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line).to_owned() + "\n").collect()
    }

    /// A file of the API's module, without the checksum, which says no more than what follows it.
    fn file(&self, name: &str) -> String {
        let (files, _) = generate(std::slice::from_ref(&self.api), &Layout::default());
        let text = &files[&Path::new(&self.api.name).join(name)];
        let (header, rest) = text.split_once('\n').expect("a file has a header");
        let (header, _) = header.split_once(", checksum ").expect("a header has a checksum");
        format!("{header}\n{rest}")
    }

    /// The diagnostics, drawn over the text.
    #[must_use]
    pub fn messages(&self) -> String {
        let sources = self.sources();
        self.diagnostics().iter().map(|d| Renderer::default().render(d, &sources)).collect()
    }

    /// The diagnostics, one `code: message` a line.
    #[must_use]
    pub fn codes(&self) -> String {
        codes(self.diagnostics())
    }

    /// What generating had to say, one `code: message` a line.
    #[must_use]
    pub fn generating_codes(&self) -> String {
        codes(&generate(std::slice::from_ref(&self.api), &Layout::default()).1)
    }
}

fn codes(diagnostics: &[Diagnostic]) -> String {
    diagnostics.iter().map(|d| format!("{}: {}\n", d.code.name, d.message)).collect()
}

/// A text with all white space collapsed to single blanks, as tools leave it that lose line breaks.
#[must_use]
pub fn flattened(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A printed model without its spans.
#[must_use]
pub fn without_spans(value: &Value) -> Value {
    let mut value = value.clone();
    remove_spans(&mut value);
    value
}

fn print_yaml(value: &Value) -> String {
    yaml::to_string(value).expect("a JSON value has a YAML form")
}

/// Removes what [`docwright::source::Span`] prints; a documented field may be called `span` too.
fn remove_spans(value: &mut Value) {
    let is_span = |value: &Value| {
        value.as_str().is_some_and(|text| {
            let mut numbers = text.split([':', '.']).filter(|part| !part.is_empty());
            text.contains("..") && numbers.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
        })
    };
    match value {
        Value::Object(members) => {
            members.retain(|name, value| name != "span" || !is_span(value));
            members.values_mut().for_each(remove_spans);
        }
        Value::Array(items) => items.iter_mut().for_each(remove_spans),
        _ => {}
    }
}

fn collapse(value: &mut Value) {
    match value {
        Value::String(text) => *text = flattened(text),
        Value::Array(items) => items.iter_mut().for_each(collapse),
        Value::Object(members) => {
            *members = std::mem::take(members)
                .into_iter()
                .map(|(name, mut value)| {
                    collapse(&mut value);
                    (flattened(&name), value)
                })
                .collect();
        }
        _ => {}
    }
}
