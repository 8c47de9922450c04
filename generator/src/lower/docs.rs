//! What pages say becomes documentation that can do nothing: every line goes through
//! [`inert`], every name and value through [`code`].

use foldhash::HashMap;
use indexmap::IndexSet;
use serde_json::{Number, Value};

use super::plan::Access;
use crate::{
    markdown::{inert, is_invisible, longest_run},
    model::{EnumValue, Limits, Schema, Text, Type},
};

/// The width that a paragraph's last line is filled to.
const WIDTH: usize = 96;

/// The longest example that stands in a line of its own text, in bytes; a longer one is set apart.
const MAX_INLINE_EXAMPLE: usize = 100;

/// The lines of a text; none where there is no text.
pub(crate) fn text(text: Option<&Text>) -> Vec<String> {
    text.map_or_else(Vec::new, |text| prose(&text.value))
}

/// The lines of Markdown.
pub(crate) fn prose(markdown: &str) -> Vec<String> {
    inert(markdown)
}

/// Long descriptions that were rendered before: pages repeat them. Short ones take no longer than looking them up.
#[derive(Debug, Default)]
pub(crate) struct Rendered(HashMap<String, Vec<String>>);

/// The shortest description that is kept, in bytes.
const LONG: usize = 200;

/// A schema's description.
pub(crate) fn description(schema: &Schema, rendered: &mut Rendered) -> Vec<String> {
    let Some(text) = &schema.description else { return Vec::new() };
    match rendered.0.get(&text.value) {
        _ if text.value.len() < LONG => inert(&text.value),
        Some(known) => known.clone(),
        None => rendered.0.entry(text.value.clone()).or_insert(inert(&text.value)).clone(),
    }
}

/// A body without a type of its own. `validate` checks what it holds, not the whole.
pub(crate) fn alias(schema: &Schema, rendered: &mut Rendered) -> Vec<String> {
    let mut lines = description(schema, rendered);
    let mut limits = Vec::new();
    self::limits(&schema.limits, &mut limits);
    if !limits.is_empty() {
        append(&mut lines, &format!("{} Not checked.", limits.join(" ")));
    }
    lines
}

/// A field: its description, then what its type does not say, but for its examples.
pub(crate) fn property(
    schema: &Schema,
    inferred: bool,
    access: Access,
    rendered: &mut Rendered,
) -> Vec<String> {
    let mut facts = facts(schema);
    match access {
        Access::Both => {}
        Access::ReadOnly => facts.insert(0, "In responses only.".to_owned()),
        Access::WriteOnly => facts.insert(0, "In requests only.".to_owned()),
    }
    if inferred {
        facts.insert(0, "Inferred from the page’s example.".to_owned());
    }
    field(description(schema, rendered), &facts)
}

/// A parameter, in the same way, with its examples.
pub(crate) fn parameter(schema: &Schema, rendered: &mut Rendered) -> Vec<String> {
    let mut lines = field(description(schema, rendered), &facts(schema));
    examples(&mut lines, schema.examples.iter().map(json));
    lines
}

/// A place, and what it refers to or is itself, where that has no type to say it on.
pub(crate) fn referring(place: &Schema, target: &Schema, rendered: &mut Rendered) -> Vec<String> {
    let of_place = facts(place);
    let mut facts = facts(target);
    facts.extend(of_place.into_iter().filter(|fact| !facts.contains(fact)).collect::<Vec<_>>());
    let described = if place.description.is_some() { place } else { target };
    let mut lines = field(description(described, rendered), &facts);
    examples(&mut lines, place.examples.iter().chain(&target.examples).map(json));
    lines
}

/// What is said of each item or value of a plain type.
pub(crate) fn each(what: &str, schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    inner(what, schema, &mut facts);
    facts
}

/// The lines of a description, then facts.
fn field(mut lines: Vec<String>, facts: &[String]) -> Vec<String> {
    if !facts.is_empty() {
        append(&mut lines, &facts.join(" "));
    }
    lines
}

/// Puts examples, each as JSON on one line and once, behind what else is said.
pub(crate) fn examples(lines: &mut Vec<String>, examples: impl IntoIterator<Item = String>) {
    let examples: IndexSet<String> = examples.into_iter().collect();
    let (short, long): (Vec<_>, Vec<_>) =
        examples.into_iter().partition(|json| json.len() <= MAX_INLINE_EXAMPLE);
    let short: Vec<String> = short.iter().map(|json| code(json)).collect();
    match short.as_slice() {
        [] => {}
        [one] => append(lines, &format!("Example: {one}.")),
        more => append(lines, &format!("Examples: {}.", more.join(", "))),
    }
    for example in long {
        separate(lines);
        lines.push("Example:".to_owned());
        lines.push(String::new());
        lines.extend(inert(&format!("````text\n{example}\n````")));
    }
}

/// A documented value: what the page says it means. Its name on the wire stands beside it.
pub(crate) fn enum_value(value: &EnumValue) -> Vec<String> {
    text(value.description.as_ref())
}

/// An alternative of a union.
pub(crate) fn alternative(schema: &Schema, rendered: &mut Rendered) -> Vec<String> {
    description(schema, rendered)
}

/// Puts a sentence behind lines: into their last paragraph, where they end in one, otherwise below.
pub(crate) fn append(lines: &mut Vec<String>, sentence: &str) {
    let is_paragraph = end_in_paragraph(lines);
    let Some(last) = lines.last_mut().filter(|_| is_paragraph) else {
        separate(lines);
        return lines.push(sentence.to_owned());
    };
    // What has no end is parted visibly: a full stop might be taken for the page's.
    if !last.ends_with(['.', '!', '?', ':', ';', ',', '…', '。']) {
        last.push_str(" —");
    }
    if last.chars().count() + sentence.chars().count() < WIDTH {
        last.push(' ');
        last.push_str(sentence);
    } else {
        lines.push(sentence.to_owned());
    }
}

/// Whether lines end in a paragraph of their own, in no list, quote, table or code.
pub(crate) fn end_in_paragraph(lines: &[String]) -> bool {
    let start = lines.iter().rposition(String::is_empty).map_or(0, |blank| blank + 1);
    let fences = lines.iter().filter(|line| line.trim_start().starts_with("```")).count();
    fences % 2 == 0
        && lines
            .get(start..)
            .is_some_and(|last| !last.is_empty() && !last.iter().any(|line| begins_block(line)))
}

/// Whether a line begins a list, a quote, a table, a heading, a rule or code: behind other text it would no longer do so, and it
/// goes on with no paragraph.
pub(crate) fn begins_block(line: &str) -> bool {
    let marks_item = |rest: Option<&str>| rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = digits.len() < line.len() && marks_item(digits.strip_prefix(['.', ')']));
    numbered
        || marks_item(line.strip_prefix(['-', '*', '+']))
        || line.starts_with(['#', '>', '|', '=', '~', ' ', '\t'])
        || line.starts_with("```")
        || line.chars().all(|c| matches!(c, '-' | '*' | '_'))
}

/// Sets lines apart from those before them.
pub(crate) fn separate(lines: &mut Vec<String>) {
    if lines.last().is_some_and(|line| !line.is_empty()) {
        lines.push(String::new());
    }
}

/// Sentences on what the Rust type does not say.
fn facts(schema: &Schema) -> Vec<String> {
    let mut facts = Vec::new();
    if schema.deprecated {
        facts.push("Deprecated.".to_owned());
    }
    if let Some(format) = &schema.format
        && schema.ty != Type::File
        && !matches!(
            format.value.as_str(),
            "date-time" | "date" | "uuid" | "int32" | "int64" | "float" | "double"
        )
    {
        facts.push(format!("Format: {}.", code(&format.value)));
    }
    if !schema.values.is_empty() && !matches!(schema.ty, Type::String | Type::Integer) {
        let values: Vec<String> = schema.values.iter().map(|value| code(&json(&value.value))).collect();
        facts.push(format!("One of {}.", values.join(", ")));
    }
    limits(&schema.limits, &mut facts);
    match &schema.ty {
        Type::Object(object) => {
            if let Some(values) = &object.values {
                inner("value", values, &mut facts);
            }
        }
        Type::Array(items) => inner("item", items, &mut facts),
        _ => {}
    }
    if let Some(default) = &schema.default {
        facts.push(format!("Default: {}.", code(&json(default))));
    }
    facts
}

/// What is said of each item or value of a plain type: it has no documentation of its own in Rust.
fn inner(what: &str, schema: &Schema, facts: &mut Vec<String>) {
    let mut inner = Vec::new();
    if let Some(format) = &schema.format
        && matches!(schema.ty, Type::String)
        && !matches!(format.value.as_str(), "date-time" | "date" | "uuid")
    {
        inner.push(format!("format {}", code(&format.value)));
    }
    let mut sentences = Vec::new();
    limits(&schema.limits, &mut sentences);
    inner.extend(sentences.into_iter().map(|sentence| {
        let mut chars = sentence.trim_end_matches('.').chars();
        chars.next().map_or_else(String::new, |first| first.to_lowercase().to_string() + chars.as_str())
    }));
    if !inner.is_empty() {
        facts.push(format!("Each {what}: {}.", inner.join(", ")));
    }
}

fn limits(limits: &Limits, facts: &mut Vec<String>) {
    let mut say = |before: &str, value: Option<String>| {
        facts.extend(value.map(|value| format!("{before} {value}.")));
    };
    let count = |count: Option<u64>, one: &str, more: &str| {
        count.map(|count| format!("{count} {}", if count == 1 { one } else { more }))
    };
    let characters = |length| count(length, "character", "characters");
    let items = |length| count(length, "item", "items");
    let entries = |length| count(length, "entry", "entries");
    let number = |number: &Option<Number>| number.as_ref().map(ToString::to_string);
    if limits.min_length == limits.max_length {
        say("Exactly", characters(limits.min_length));
    } else {
        say("At least", characters(limits.min_length));
        say("At most", characters(limits.max_length));
    }
    say("Pattern, not checked:", limits.pattern.as_deref().map(code));
    say("At least", number(&limits.minimum));
    say("At most", number(&limits.maximum));
    say("More than", number(&limits.exclusive_minimum));
    say("Less than", number(&limits.exclusive_maximum));
    say("A multiple of", number(&limits.multiple_of));
    say("At least", items(limits.min_items));
    say("At most", items(limits.max_items));
    say("No item", limits.unique_items.then(|| "twice".to_owned()));
    say("At least", entries(limits.min_properties));
    say("At most", entries(limits.max_properties));
    say("Keys of at most", characters(limits.max_key_length));
}

/// A value as JSON on one line.
pub(crate) fn json(value: &Value) -> String {
    value.to_string()
}

/// Any text as a code span: on one line, fenced by more back-ticks than it holds, and without characters
/// that change how the line reads.
pub(crate) fn code(text: &str) -> String {
    // Most are nothing else.
    if text.bytes().all(|byte| matches!(byte, b'!'..=b'_' | b'a'..=b'~')) && !text.is_empty() {
        return ["`", text, "`"].concat();
    }
    let shown = |&c: &char| !c.is_control() && !is_invisible(c);
    let text: String = text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).filter(shown).collect();
    let fence = "`".repeat(longest_run(&text) + 1);
    if text.trim().is_empty() {
        return "(empty)".to_owned();
    }
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

#[cfg(test)]
mod tests {
    use super::{append, begins_block, code};

    #[test]
    fn blocks_are_told_from_running_text() {
        for line in [
            "- a", "-", "* a", "+ a", "1. a", "2) a", "# a", "> a", "| a |", "```text", "---", "***", "    a",
        ] {
            assert!(begins_block(line), "{line}");
        }
        for line in ["a", "**a** b", "*a* b", "-5 to 5", "1.5 m", "2024", "_a_"] {
            assert!(!begins_block(line), "{line}");
        }
    }

    #[test]
    fn a_sentence_goes_behind_a_paragraph_and_below_a_list() {
        let appended = |lines: &[&str]| {
            let mut lines: Vec<String> = lines.iter().map(|&line| line.to_owned()).collect();
            append(&mut lines, "Default: `a`.");
            lines
        };
        assert_eq!(appended(&["**Note.**"]), ["**Note.** — Default: `a`."]);
        assert_eq!(appended(&["- a"]), ["- a", "", "Default: `a`."]);
    }

    #[test]
    fn code_spans_cannot_be_left() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("a`b``c"), "```a`b``c```");
        assert_eq!(code("`"), "`` ` ``");
        assert_eq!(code("a\nb\u{202e}c"), "`a bc`");
        assert_eq!(code(""), "(empty)");
    }
}
