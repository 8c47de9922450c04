//! The samples in other languages than the shell's that the product writes for every operation.
//!
//! They are templates of its own: each begins and ends with the same words, whatever is requested. That tells how far one
//! goes where neither a fence nor a line break does.

use memchr::memmem;

use crate::dialect::mintlify::labels;

/// The longest sample, in bytes.
const MAX_LENGTH: usize = 1 << 16;

/// What samples begin with, and what they end with.
const TEMPLATES: &[(&[&str], &[&str])] = &[
    (&["import requests"], &["print(response.text)", "print(response.json())"]),
    (&["import http.client"], &["print(data.decode(\"utf-8\"))"]),
    (&["const options = ", "const form = ", "const url = "], &[".catch(err => console.error(err));"]),
    (&["<?php"], &["echo $response;"]),
    (&["package main"], &["fmt.Println(string(body))"]),
    (&["HttpResponse<"], &[".asString();"]),
    (&["require 'uri'"], &["puts response.read_body"]),
];

/// Whether a text begins like a sample.
pub(in crate::dialect::mintlify) fn opens(text: &str) -> bool {
    TEMPLATES.iter().any(|(starts, _)| starts.iter().any(|start| text.starts_with(start)))
}

/// The length of the sample that a text begins with; nothing where its end is missing, though that of another sample of its kind
/// or below a heading may follow.
pub(in crate::dialect::mintlify) fn program(text: &str) -> Option<usize> {
    let begins = |start: &&&str| text.starts_with(**start);
    let (start, ends) =
        TEMPLATES.iter().find_map(|(starts, ends)| Some((starts.iter().find(begins)?, *ends)))?;
    let near = text.as_bytes().get(..text.len().min(MAX_LENGTH))?;
    // No further than where the next of its kind begins, so that many without an end cost no more than one.
    let next = near.get(start.len()..).and_then(|rest| memmem::find(rest, start.as_bytes()));
    let own = near.get(..next.map_or(near.len(), |next| start.len() + next))?;
    let found = ends.iter().filter_map(|end| Some(memmem::find(own, end.as_bytes())? + end.len()));
    let end = found.min()?;
    if text.get(..end)?.lines().any(|line| labels::section(line).is_some()) {
        return None;
    }
    // The last statement of some stands in a block.
    let rest = text.get(end..)?.trim_start();
    Some(if rest.starts_with('}') { text.len() - rest.len() + 1 } else { end })
}

#[cfg(test)]
mod tests {
    use super::program;

    #[test]
    fn a_sample_ends_with_the_words_of_its_template() {
        let check = |sample: &str, behind: &str| {
            let text = format!("{sample}{behind}");
            assert_eq!(program(&text).map(|length| &text[..length]), Some(sample), "{text}");
        };
        check("import requests url = \"x\" print(response.text)", "const options = {};");
        check("<?php\nif ($err) {\n} else {\n  echo $response;\n}", "package main");
        check("package main func main() { fmt.Println(string(body)) }", " {\"id\": 1}");
        for text in [
            "import requests",
            "const url = 'a'",
            "print(response.text)",
            "import requests print(1) import requests print(response.text)",
            "import requests\nprint(1)\nResponse\nid\nstring\nprint(response.text)",
            "",
        ] {
            assert_eq!(program(text), None, "{text}");
        }
    }
}
