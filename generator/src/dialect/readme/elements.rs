//! The elements that ReadMe writes beside its blocks: `<Table>` and HTML's `<table>`, `<HTMLBlock>`, `<Image …/>`,
//! `<Callout>`.
//!
//! A line that begins with a tag comes in, an [`Element`] goes out ([`Elements::at`]). They are found before Markdown is
//! parsed, which would end them at their first blank line. What a tab or a column wraps is left to Markdown: of
//! these, each tag is an element of its own.
//!
//! Invariant: where tags close is found once for the whole text, so that elements without an end cost nothing.

use std::ops::Range;

/// What an element is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ElementKind {
    /// A table.
    Table,
    /// One that carries no facts.
    Picture,
    /// A note beside the text.
    Callout,
    /// A tag around content.
    Wrapper,
}

/// An element, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Element {
    pub(super) kind: ElementKind,
    /// With its tags.
    pub(super) range: Range<usize>,
}

/// Where elements end.
pub(super) struct Elements<'t> {
    text: &'t str,
    /// The ends of `</table>` and its like, by name.
    closes: [(&'static str, Vec<usize>); 4],
}

/// The tag of a picture ends within so many bytes.
const MAX_TAG: usize = 1024;

impl<'t> Elements<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        let ends = |tag: &str| text.match_indices(tag).map(|(at, _)| at + tag.len()).collect();
        let closes = ["</table>", "</Table>", "</HTMLBlock>", "</Callout>"].map(|tag| (tag, ends(tag)));
        Self { text, closes }
    }

    /// The element that begins at an offset, which is that of the first character of a line.
    pub(super) fn at(&self, start: usize) -> Option<Element> {
        let rest = self.text.get(start..)?.strip_prefix('<')?;
        let closing = rest.starts_with('/');
        let rest = rest.strip_prefix('/').unwrap_or(rest);
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len());
        let name = rest.get(..length)?;
        let line = self.text.get(start..)?.lines().next()?.trim_end();
        let end = start + line.len();
        let element = |kind, end| Some(Element { kind, range: start..end });
        match name {
            "table" | "Table" | "HTMLBlock" | "Callout" if !closing => {
                let kind = match name {
                    "HTMLBlock" => ElementKind::Picture,
                    "Callout" => ElementKind::Callout,
                    _ => ElementKind::Table,
                };
                element(kind, self.close(name, start)?)
            }
            "Image" | "Embed" | "Recipe" | "Glossary" | "TutorialTile" | "Anchor" if !closing => {
                let reach = (start + MAX_TAG).min(self.text.len());
                let reach = (start..=reach).rev().find(|at| self.text.is_char_boundary(*at))?;
                let close = self.text.get(start..reach)?.find("/>")?;
                element(ElementKind::Picture, start + close + 2)
            }
            // A component of the vendor's own is written in the same way.
            _ if name.starts_with(|c: char| c.is_ascii_uppercase())
                && line.ends_with('>')
                && !line.ends_with("/>")
                && line.matches('<').count() == 1 =>
            {
                element(ElementKind::Wrapper, end)
            }
            _ => None,
        }
    }

    /// The end of the element that begins at an offset, where it is one that has a closing tag.
    pub(super) fn whole(&self, start: usize) -> Option<usize> {
        let rest = self.text.get(start..)?.strip_prefix('<')?;
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric())?;
        self.close(rest.get(..length)?, start)
    }

    fn close(&self, name: &str, start: usize) -> Option<usize> {
        let is_of = |tag: &str| tag.strip_prefix("</").and_then(|tag| tag.strip_suffix('>')) == Some(name);
        let (_, ends) = self.closes.iter().find(|(tag, _)| is_of(tag))?;
        ends.get(ends.partition_point(|&end| end <= start)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Option<(ElementKind, &str)>) {
        let found = Elements::new(text).at(0);
        assert_eq!(found.as_ref().map(|found| (found.kind, &text[found.range.clone()])), expected, "{text}");
    }

    #[test]
    fn elements_end_with_their_tag_and_wrappers_with_their_line() {
        let table = "<Table align={[\"left\"]}>\n\n</Table>";
        check(&format!("{table}\nmore"), Some((ElementKind::Table, table)));
        check("<table>\n<tr></tr></table> more", Some((ElementKind::Table, "<table>\n<tr></tr></table>")));
        check("<Image\n  src=\"a\"\n/>\n", Some((ElementKind::Picture, "<Image\n  src=\"a\"\n/>")));
        let callout = "<Callout icon=\"a\">\n\n  ### Note\n</Callout>";
        check(&format!("{callout}\n"), Some((ElementKind::Callout, callout)));
        check("<Tab title=\"a\">\ntext", Some((ElementKind::Wrapper, "<Tab title=\"a\">")));
        check("</Tabs>", Some((ElementKind::Wrapper, "</Tabs>")));
        check("<Note title=\"a\">\ntext", Some((ElementKind::Wrapper, "<Note title=\"a\">")));
    }

    #[test]
    fn what_has_no_end_is_no_element() {
        for text in
            ["<table>\n<tr>", "<Table>", "<Image src", "<Callout>", "<Tab", "<div>", "< table>", "<é>", "<"]
        {
            check(text, None);
        }
    }
}
