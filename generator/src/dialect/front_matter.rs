//! YAML front matter, as documentation products and tools that save pages write it.

use serde::Deserialize;

use super::Context;
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    model::Text,
    yaml,
};

/// The largest front matter that is read, in bytes. YAML aliases can grow a small text without bound.
const MAX_BYTES: usize = 64 << 10;

/// What front matter says that matters here. Other keys are the product's own.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    /// `title`.
    pub(crate) title: Option<Text>,
    /// `slug`.
    pub(crate) slug: Option<Text>,
    /// `excerpt`.
    pub(crate) excerpt: Option<Text>,
    /// The offset after the closing `---` line.
    pub(crate) end: usize,
}

#[derive(Deserialize)]
struct Keys {
    title: Option<String>,
    slug: Option<String>,
    excerpt: Option<String>,
}

/// Reads and claims the front matter that the text begins with, if it begins with one.
pub(crate) fn read_front_matter(cx: &mut Context<'_>) -> FrontMatter {
    let text = cx.text();
    let lead = text.len() - text.trim_start().len();
    let body = text.get(lead..).unwrap_or_default();
    let Some(rest) = body.strip_prefix("---\n") else { return FrontMatter::default() };
    let Some(close) = rest.find("\n---\n").or_else(|| rest.strip_suffix("\n---").map(str::len)) else {
        return FrontMatter::default();
    };
    let start = lead + "---\n".len();
    let end = (start + close + "\n---\n".len()).min(text.len());
    cx.claim(lead..end, Claim::Furniture);
    let yaml_text = cx.slice(start..start + close);
    let span = cx.span(lead..end);
    let keys = if yaml_text.len() > MAX_BYTES || has_alias(yaml_text) {
        Err("it is too large, or has aliases".to_owned())
    } else {
        yaml::from_str::<Keys>(yaml_text).map_err(|error| error.message)
    };
    match keys {
        Ok(keys) => {
            let text = |value: Option<String>| {
                value
                    .map(|value| value.trim().to_owned())
                    .filter(|v| !v.is_empty())
                    .map(|v| Text::new(v, span))
            };
            FrontMatter { title: text(keys.title), slug: text(keys.slug), excerpt: text(keys.excerpt), end }
        }
        Err(message) => {
            cx.report(
                Diagnostic::new(codes::MALFORMED_FRONT_MATTER, span, "front matter that cannot be read")
                    .label("ignored")
                    .help(message),
            );
            FrontMatter { end, ..FrontMatter::default() }
        }
    }
}

/// Whether a plain `*alias` stands as a value: front matter has no use for one.
fn has_alias(yaml: &str) -> bool {
    yaml.lines().any(|line| {
        let value = line.split_once(": ").map_or(line.trim_start_matches([' ', '-']), |(_, value)| value);
        value.trim_start_matches([' ', '[', '{']).starts_with('*')
    })
}
