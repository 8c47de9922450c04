//! YAML front matter, as documentation products and tools that save pages write it.

mod flat;

use std::{collections::BTreeMap, ops::Range};

use serde::{Deserialize, de::IgnoredAny};

pub(crate) use flat::{flat_body_start, flat_title, reflow_front_matter};

use super::{Context, saved::Saved};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    limits::{LimitName, raise},
    model::Text,
    yaml,
};

/// What front matter says that matters here. Other keys are the product's own.
#[derive(Debug, Default)]
pub(crate) struct FrontMatter {
    /// `title`.
    pub(crate) title: Option<Text>,
    /// `slug`.
    pub(crate) slug: Option<Text>,
    /// `excerpt`.
    pub(crate) excerpt: Option<Text>,
    /// `description`.
    pub(crate) description: Option<Text>,
    /// `api`: the method and path of a page's operation.
    pub(crate) api: Option<Text>,
    /// `openapi`: the method and path of an operation, behind the file that defines it.
    pub(crate) openapi: Option<Text>,
    /// `api` of ReadMe's repositories: the operation of a page, in the file that defines it.
    pub(crate) defined: Option<Defined>,
    /// The offset after the closing `---` line, and after what else stands before the page.
    pub(crate) end: usize,
}

#[derive(Debug, Default, PartialEq, Deserialize)]
struct Keys {
    title: Option<String>,
    slug: Option<String>,
    excerpt: Option<String>,
    #[serde(flatten)]
    others: BTreeMap<String, Other>,
}

/// An operation of an OpenAPI definition.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Defined {
    /// The name of the definition's file.
    pub(crate) file: String,
    /// The operation's `operationId`.
    pub(crate) operation_id: String,
}

/// The value of a key that is a product's own.
#[derive(Debug, PartialEq, Deserialize)]
#[serde(untagged)]
enum Other {
    Text(String),
    Defined(Defined),
    Any(IgnoredAny),
}

/// The keys that products and tools write the date of the last change under.
const MODIFIED: [&str; 9] = [
    "updatedAt",
    "updated_at",
    "lastModified",
    "last_modified",
    "lastmod",
    "lastUpdated",
    "last_updated",
    "updated",
    "date",
];

/// Reads and claims the front matter that the text begins with, if it begins with one, and what else a tool that saves
/// pages has put before the page.
pub(crate) fn read_front_matter(cx: &mut Context<'_>) -> FrontMatter {
    let before = Saved::find(cx.text(), 0);
    let mut front = read_keys(cx, before.end(0));
    let start = front.end.max(before.end(0));
    let behind = Saved::find(cx.text(), start);
    front.end = behind.end(start);
    if let Some(title) = before.title.or(behind.title).filter(|_| front.title.is_none()) {
        front.title = Some(cx.fact(title));
    }
    before.ranges.into_iter().chain(behind.ranges).for_each(|range| cx.claim(range, Claim::Furniture));
    front
}

/// Where the front matter of a page stands: its keys, and the whole with the `---` lines around them. Only what a tool
/// that saves pages has put there can stand before it.
pub(crate) fn find_front_matter(text: &str) -> Option<(Range<usize>, Range<usize>)> {
    find_from(text, Saved::find(text, 0).end(0))
}

/// Where the page itself begins: behind its front matter, and behind what a tool that saves pages has put before it. It is
/// where [`read_front_matter`] ends.
pub(crate) fn body_start(text: &str) -> usize {
    let before = Saved::find(text, 0).end(0);
    let start = find_from(text, before).map_or(before, |(_, whole)| whole.end);
    Saved::find(text, start).end(start)
}

/// The front matter that comes next behind an offset.
fn find_from(text: &str, at: usize) -> Option<(Range<usize>, Range<usize>)> {
    let body = text.get(at..)?.trim_start();
    let lead = text.len() - body.len();
    let mut lines = body.split_inclusive('\n');
    let opening = lines.next().filter(|line| line.trim_end() == "---")?;
    let start = lead + opening.len();
    let mut end = start;
    for line in lines {
        if line.trim_end() == "---" {
            // Without the last line end.
            return Some((start..end.saturating_sub(1).max(start), lead..end + line.len()));
        }
        end += line.len();
    }
    None
}

/// Reads the front matter that comes next behind an offset.
fn read_keys(cx: &mut Context<'_>, at: usize) -> FrontMatter {
    let Some((keys, whole)) = find_from(cx.text(), at) else { return FrontMatter::default() };
    let end = whole.end;
    cx.claim(whole.clone(), Claim::Furniture);
    let yaml_text = cx.slice(keys);
    let span = cx.span(whole);
    let most = cx.limits().front_matter_bytes;
    if yaml_text.len() > most {
        let message = format!("front matter of {} bytes, the limit is {most}", yaml_text.len());
        cx.report(
            Diagnostic::new(codes::FRONT_MATTER_TOO_LARGE, span, message)
                .label("ignored")
                .help(raise(LimitName::FrontMatterBytes)),
        );
        return FrontMatter { end, ..FrontMatter::default() };
    }
    // They can grow a small text without bound.
    let keys = if has_anchor(yaml_text) {
        Err("it has anchors, which front matter has no use for".to_owned())
    } else {
        quoted_keys(yaml_text).map_or_else(|| yaml::from_str(yaml_text).map_err(|error| error.message), Ok)
    };
    match keys {
        Ok(keys) => {
            let text = |value: Option<String>| {
                value
                    .map(|value| value.trim().to_owned())
                    .filter(|v| !v.is_empty())
                    .map(|v| Text::new(v, span))
            };
            let other = |key: &str| match keys.others.get(key) {
                Some(Other::Text(value)) => text(Some(value.clone())),
                _ => None,
            };
            let defined = match keys.others.get("api") {
                Some(Other::Defined(defined)) => Some(defined.clone()),
                _ => None,
            };
            cx.modified = MODIFIED.into_iter().find_map(other);
            let (api, openapi, description) = (other("api"), other("openapi"), other("description"));
            let (title, slug, excerpt) = (text(keys.title), text(keys.slug), text(keys.excerpt));
            FrontMatter { title, slug, excerpt, description, api, openapi, defined, end }
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

/// The keys of front matter in which each line is a key and a text in double quotes, as tools that save pages write it:
/// the library would take as long for it as all other reading of a small page. `None` where anything else stands in it.
fn quoted_keys(yaml: &str) -> Option<Keys> {
    // Beyond it, the library has limits of its own.
    const MAX_LENGTH: usize = 4096;
    if yaml.len() > MAX_LENGTH {
        return None;
    }
    let mut keys = Keys::default();
    for line in yaml.lines() {
        let (key, value) = line.split_once(": \"")?;
        let value = value.strip_suffix('"')?;
        let names = key.starts_with(|c: char| c.is_ascii_alphabetic())
            && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        // These are no texts.
        let is_word = ["null", "true", "false"].iter().any(|word| key.eq_ignore_ascii_case(word));
        let verbatim = value.bytes().all(|b| matches!(b, b' '..=b'~') && b != b'"' && b != b'\\');
        if !names || is_word || !verbatim {
            return None;
        }
        let text = value.to_owned();
        // What stands twice is an error, or not; the library knows.
        let before = match key {
            "title" => keys.title.replace(text).is_some(),
            "slug" => keys.slug.replace(text).is_some(),
            "excerpt" => keys.excerpt.replace(text).is_some(),
            _ => keys.others.insert(key.to_owned(), Other::Text(text)).is_some(),
        };
        if before {
            return None;
        }
    }
    Some(keys)
}

/// Whether there is an `&anchor` where a value begins, without which there is no alias: front matter has no use for either.
fn has_anchor(yaml: &str) -> bool {
    let is_anchor = |line: &str, at: usize| {
        let (before, mark) = line.split_at_checked(at).unwrap_or_default();
        // As libyaml has it: `&amp;` is none.
        let name = mark.strip_prefix('&').unwrap_or_default();
        let behind = name.trim_start_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'));
        let ends = behind.chars().next().is_none_or(|c| c.is_whitespace() || "?:,]}%@`".contains(c));
        let is_named = behind.len() < name.len() && ends;
        let parted = before.trim_end();
        let begins = parted.is_empty() || parted.ends_with([':', '-', '?', '[', '{', ',']);
        let last = || parted.rsplit(char::is_whitespace).next().unwrap_or_default();
        is_named && (begins || (parted.len() < before.len() && last().starts_with('!')))
    };
    yaml.lines().any(|line| memchr::memchr_iter(b'&', line.as_bytes()).any(|at| is_anchor(line, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn front_matter_ends_at_a_line_of_nothing_but_its_mark() {
        let keys =
            |text: &str| find_front_matter(text).map(|(keys, whole)| (text[keys].to_owned(), whole.end));
        assert_eq!(keys("\n--- \na: ---\n---x\n---\t\nb"), Some(("a: ---\n---x".to_owned(), 23)));
        assert_eq!(keys("---\n---"), Some((String::new(), 7)));
        assert_eq!(keys("---\na: b\n ---\n"), None);
        assert_eq!(keys("a\n---\nb\n---\n"), None);
    }

    #[test]
    fn quoted_keys_are_what_the_library_reads() {
        for text in [
            "title: \"GET /a/{b}: c # d\"\nurl: \"https://a.example/x?y=[1]&z=*\"\ndate: \" 2026-01-01 \"",
            "slug: \"\"\nexcerpt: \"- it's, *all* text\"\n",
        ] {
            let keys = quoted_keys(text);
            assert!(keys.is_some(), "{text}");
            assert_eq!(keys, yaml::from_str(text).ok(), "{text}");
        }
        for text in [
            "title: plain",
            "title: \"a\" # why",
            "title: \"a\\nb\"",
            "title: \"a\"\ntitle: \"b\"",
            "a: \"b\"\na: \"c\"",
            "null: \"a\"",
            "1: \"a\"",
            " title: \"a\"",
            "a:\n  title: \"b\"",
            "- title: \"a\"",
            "title: \"a\"\n\nslug: \"b\"",
        ] {
            assert_eq!(quoted_keys(text), None, "{text}");
        }
    }

    #[test]
    fn anchors_are_found_wherever_they_may_stand() {
        for text in [
            "a: &x [b]",
            "a:\n  &x b: c",
            "- &x a",
            "[a, &x b]",
            "{a: {b: 1, c: &x d}}",
            "a: !!seq &x [b]",
            "? &x a",
        ] {
            assert!(has_anchor(text), "{text}");
        }
        for text in [
            "title: R&D",
            "title: A & B",
            "excerpt: Use &amp; or *all*",
            "title: 'a&b: c'",
            "a: b",
            "a: \"Fish, &amp; *chips*\"",
            "a: b - &quot;c&quot;",
            "a: b, & c",
        ] {
            assert!(!has_anchor(text), "{text}");
        }
    }
}
