//! Operations that only a `curl` command names.
//!
//! Many pages of vendors who write by hand say method and path nowhere but in their sample. The commands of a page come in,
//! the operation that they call goes into the draft ([`PageReader::request_from_sample`]), with a note.
//!
//! Invariant: a guide that shows a call documents no operation; what the command calls must be documented too, by fields or
//! by a response, and all commands of the page must call the same.

use std::{collections::HashSet, ops::Range};

use super::PageReader;
use crate::{
    curl::{self, Command},
    diagnostic::{Diagnostic, codes},
    dialect::readme::request_line::{RequestLine, read_target},
    model::Sample,
    path_template::placeholders,
};

impl PageReader<'_, '_> {
    /// Takes method and path from the page's samples, where it names an operation nowhere else.
    pub(super) fn request_from_sample(&mut self) {
        if self.draft.request.is_some() || self.resource.is_some() || !self.draft.is_documented() {
            return;
        }
        let mut called: Option<(RequestLine, Range<usize>)> = None;
        for (command, range) in self.commands() {
            let Some(found) = self.call(&command, range) else { return };
            match &called {
                Some((known, _)) if known.path != found.0.path || known.method != found.0.method => return,
                Some(_) => {}
                None => called = Some(found),
            }
        }
        let Some((mut line, range)) = called else { return };
        let names = self.draft.parameters.in_path();
        let label = match name_values(&mut line.path, &names) {
            true => {
                "they are read from here, the whole path of the URL; its values are taken for the documented parameters"
            }
            false => "they are read from here, the whole path of the URL",
        };
        let span = self.cx.span(range.clone());
        self.cx.report(
            Diagnostic::new(codes::PATH_FROM_SAMPLE, span, "page that prints no method and path")
                .label(label)
                .help("if the server's URL has a path of its own, override the server in docwright.yaml"),
        );
        self.draft.request = Some((line, range));
    }

    /// Puts the names of documented path parameters in the place of their values, where the request is a sample.
    pub(super) fn name_sampled_values(&mut self) {
        let names = self.draft.parameters.in_path();
        if let Some((line, _)) = self.draft.request.as_mut().filter(|_| self.draft.request_is_sample) {
            name_values(&mut line.path, &names);
        }
    }

    /// The page's commands, each with the place of its sample.
    pub(super) fn commands(&self) -> Vec<(Command, Range<usize>)> {
        let texts = self.draft.samples.iter().filter_map(|sample| match sample {
            Sample::Curl { text } => Some(&text.value),
            _ => None,
        });
        let command = |(text, range): (&String, &Range<usize>)| Some((curl::curl(text, 0)?.0, range.clone()));
        texts.zip(&self.draft.commands).filter_map(command).collect()
    }

    /// The request of a command, with places relative to the URL, and where that stands.
    fn call(&self, command: &Command, sample: Range<usize>) -> Option<(RequestLine, Range<usize>)> {
        let method = command.sent_method().map_err(str::to_owned);
        let url = command.url.as_deref()?;
        let slice = self.cx.slice(sample.clone());
        let start = sample.start + slice.find(url)?;
        Some((read_target(url, 0, method)?, start..start + url.len()))
    }
}

/// Puts the names of documented path parameters in the place of the values that a sample has for them, where there are as
/// many of the one as of the other. Tells whether it did.
fn name_values(path: &mut String, names: &[String]) -> bool {
    let known: HashSet<&str> = placeholders(path).map(|(_, name)| name).collect();
    let missing: Vec<&String> = names.iter().filter(|name| !known.contains(name.as_str())).collect();
    let values = path.split('/').filter(|segment| is_value(segment)).count();
    if missing.is_empty() || values != missing.len() {
        return false;
    }
    let mut names = missing.into_iter();
    let named = path.split('/').map(|segment| match is_value(segment).then(|| names.next()).flatten() {
        Some(name) => format!("{{{name}}}"),
        None => segment.to_owned(),
    });
    *path = named.collect::<Vec<_>>().join("/");
    true
}

/// Whether a segment looks like the value of a parameter: it has a digit and is no version, or is a placeholder.
fn is_value(segment: &str) -> bool {
    let version = segment.strip_prefix(['v', 'V']).is_some_and(|rest| {
        !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
    });
    let digits = segment.bytes().any(|byte| byte.is_ascii_digit());
    let placeholder = segment.starts_with(['<', '$'])
        || (segment.len() > 1 && segment.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'));
    (digits && !version && !segment.starts_with('{')) || placeholder
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, names: &[&str], expected: &str) {
        let mut path = path.to_owned();
        name_values(&mut path, &names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>());
        assert_eq!(path, expected);
    }

    #[test]
    fn values_take_the_names_of_parameters() {
        check("/v1/berths/br_12", &["id"], "/v1/berths/{id}");
        check("/v1.1/berths/<id>/days/3", &["id", "day"], "/v1.1/berths/{id}/days/{day}");
        check("/berths/BERTH_ID", &["id"], "/berths/{id}");
    }

    #[test]
    fn what_is_not_certain_stays() {
        check("/v1/berths/12/days/3", &["id"], "/v1/berths/12/days/3");
        check("/v1/berths/all", &["id"], "/v1/berths/all");
        check("/v1/berths/{id}", &["id"], "/v1/berths/{id}");
        check("/v1/berths/12", &[], "/v1/berths/12");
    }
}
