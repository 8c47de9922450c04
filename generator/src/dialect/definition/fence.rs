//! Fences of a page that hold a definition, and what their info strings say.
//!
//! A text comes in, [`Fence`]s go out, in page order. A fence is closed by a line of at least as many back-ticks, as
//! CommonMark has it; a definition that is not closed ends with the page.

use std::ops::Range;

use memchr::memmem;

use super::Wanted;
use crate::{model::HttpMethod, reflow::is_flat};

/// The most fences that are looked at in a text without line breaks.
const MAX_FLAT: usize = 8;

/// A fence with a definition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fence {
    /// The whole, from its first back-tick to its last.
    pub(crate) range: Range<usize>,
    /// The line that opens it.
    pub(crate) info: Range<usize>,
    /// The definition.
    pub(crate) body: Range<usize>,
    /// What the info string says that the definition is of.
    pub(crate) subject: Subject,
}

/// What a definition is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Subject {
    /// An operation of OpenAPI.
    Operation(Wanted),
    /// A channel of AsyncAPI.
    Channel,
}

/// What an info string such as `yaml openapi.json put /users/{id}` says; `None` where it names no definition.
pub(crate) fn subject(line: &str) -> Option<Subject> {
    let info = line.trim().strip_prefix("```")?.trim_start_matches('`');
    let (language, rest) = info.trim().split_once(char::is_whitespace)?;
    if !matches!(language, "yaml" | "yml" | "json") {
        return None;
    }
    let words: Vec<&str> = rest.split_whitespace().take(4).collect();
    let method = |word: &str| word.to_ascii_uppercase().parse::<HttpMethod>().ok();
    match *words.as_slice() {
        [verb, path, ..] if path.starts_with('/') && method(verb).is_some() => {
            operation(rest, verb, method(verb)?)
        }
        [_, verb, path, ..] if path.starts_with('/') && method(verb).is_some() => {
            operation(rest, verb, method(verb)?)
        }
        [_, "webhook", _, ..] | ["webhook", _, ..] => {
            let (_, name) = rest.split_once("webhook")?;
            Some(Subject::Operation(Wanted::Webhook(name.trim().to_owned())))
        }
        [file, _] if file.contains("asyncapi") => Some(Subject::Channel),
        _ => None,
    }
}

/// A path is all that stands behind the method: it may hold blanks.
fn operation(rest: &str, verb: &str, method: HttpMethod) -> Option<Subject> {
    let path = rest.split_once(verb)?.1.trim();
    let path = path.get(path.find('/')?..)?;
    Some(Subject::Operation(Wanted::Path(method, path.to_owned())))
}

/// Where the definition of a text begins that has lost its line breaks, and with them what YAML says: its info string.
pub(crate) fn flattened(text: &str) -> Option<Range<usize>> {
    const FENCE: &str = "```yaml ";
    if !is_flat(text) {
        return None;
    }
    let opens = |at: usize| {
        let end = at + [" openapi: ", " paths: "].iter().find_map(|root| text.get(at..)?.find(root))?;
        subject(text.get(at..end)?)?;
        Some(text.get(..at)?.trim_end_matches('`').len()..end)
    };
    memmem::find_iter(text.as_bytes(), FENCE).take(MAX_FLAT).find_map(opens)
}

/// The fences of a text.
pub(crate) fn fences(text: &str, start: usize) -> Vec<Fence> {
    let mut found: Vec<Fence> = Vec::new();
    // Most pages have none, and need not be looked at line by line.
    if memmem::find(text.as_bytes(), b"```").is_none() {
        return found;
    }
    let mut at = start;
    // The back-ticks of the fence that is open, and whether it holds a definition.
    let mut open: Option<(usize, Option<Fence>)> = None;
    for line in text.get(start..).unwrap_or_default().split_inclusive('\n') {
        let range = at..at + line.trim_end().len();
        at += line.len();
        let ticks = line.bytes().take_while(|&byte| byte == b'`').count();
        match &mut open {
            None if ticks >= 3 => {
                let fence = subject(line).map(|subject| Fence {
                    range: range.start..text.len(),
                    info: range.clone(),
                    body: at..text.len(),
                    subject,
                });
                open = Some((ticks, fence));
            }
            Some((opened, fence)) if ticks >= *opened && line.trim_end().len() == ticks => {
                if let Some(mut fence) = fence.take() {
                    fence.range.end = range.end;
                    fence.body.end = range.start;
                    found.push(fence);
                }
                open = None;
            }
            _ => {}
        }
    }
    if let Some((_, Some(fence))) = open {
        found.push(fence);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(line: &str) -> Option<String> {
        match subject(line)? {
            Subject::Operation(Wanted::Path(method, path)) => Some(format!("{method} {path}")),
            Subject::Operation(Wanted::Webhook(name)) => Some(format!("webhook {name}")),
            Subject::Channel => Some("channel".to_owned()),
        }
    }

    #[test]
    fn a_definition_that_lost_its_line_breaks_is_found() {
        let flat =
            "# Store > Stores. ````yaml openapi.json put /a/{b} openapi: 3.1.0 paths: /a/{b}: put: {} ````\n";
        assert_eq!(flattened(flat).map(|range| &flat[range]), Some("````yaml openapi.json put /a/{b}"));
        for text in [
            flat.replace(" openapi:", "\nopenapi:").as_str(),
            "A ```yaml example of openapi: 3.1.0 ```",
            "````yaml put /a a: b ````",
        ] {
            assert_eq!(flattened(text), None, "{text}");
        }
    }

    #[test]
    fn info_strings_name_operations() {
        for line in [
            "````yaml openapi.json put /users/{id}",
            "```yaml /openapi.yaml PUT /users/{id}",
            "````yaml put /users/{id}",
            "````yaml https://api.example/v1/openapi.json put /users/{id}",
        ] {
            assert_eq!(path(line).as_deref(), Some("PUT /users/{id}"), "{line}");
        }
        assert_eq!(path("````yaml openapi.json webhook order paid").as_deref(), Some("webhook order paid"));
        assert_eq!(path("````yaml asyncapi.yaml orders").as_deref(), Some("channel"));
        for line in ["```yaml", "```yaml title", "```bash get /users", "put /users", "```json example.json"] {
            assert_eq!(path(line), None, "{line}");
        }
    }

    #[test]
    fn fences_end_where_they_are_closed() {
        let text = "````yaml get /a\nx: |\n  ```\n  y\n  ```\n````\nz\n```yaml get /b\nc\n";
        let bodies: Vec<&str> = fences(text, 0).into_iter().map(|fence| &text[fence.body]).collect();
        assert_eq!(bodies, ["x: |\n  ```\n  y\n  ```\n", "c\n"]);
    }
}
