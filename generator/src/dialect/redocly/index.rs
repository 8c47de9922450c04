//! Pages of a group of operations: a title, a description, and links to the operations' own pages.
//!
//! A page's text comes in, where its links begin goes out ([`find`]). Each stands below a heading, and is named by method and
//! path: `## Update a user`, then ` - [PUT /users/{id}](https://…)`. Tools save such pages in one file with those that they lead to:
//! [`mark_pages`] finds them there.

use std::ops::Range;

use memchr::memmem;

use super::grammar::{MAX_NAME, Mark, is_title};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context,
        marks::{Marked, window},
    },
    model::HttpMethod,
    source::Span,
};

/// The links of a page that has nothing else below its description, from an offset of its text on. The text may have lost
/// its line breaks.
pub(super) fn find(text: &str, start: usize) -> Option<Range<usize>> {
    let page = text.get(start..)?;
    if !page.trim_start().starts_with("# ") {
        return None;
    }
    let headings = memmem::find_iter(page.as_bytes(), "## ").filter(|&at| {
        page.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace) && !before.ends_with('#'))
    });
    let mut headings = headings.peekable();
    let first = *headings.peek()?;
    while let Some(at) = headings.next() {
        let below = page.get(at..headings.peek().copied().unwrap_or(page.len()))?;
        link(below)?;
    }
    Some(start + first..text.len())
}

/// Makes one mark of each page of links among the marks of a text, which are of either form: a title, and no other mark up to
/// the next title.
pub(super) fn mark_pages(text: &str, marks: &mut [Marked<Mark>]) {
    let next = marks.iter().skip(1).map(|next| Some((next.range.start, is_title(&next.mark))));
    let next: Vec<_> = next.chain([None]).collect();
    for (marked, next) in marks.iter_mut().zip(next) {
        let end = match next {
            Some((end, true)) => end,
            None => text.len(),
            Some((_, false)) => continue,
        };
        let Some(page) = text.get(..end).filter(|_| is_title(&marked.mark)) else { continue };
        if let Some(links) = find(page.trim_end(), marked.range.start) {
            marked.range.end = links.end;
            marked.mark = Mark::Links(links);
        }
    }
}

/// Where the first link stands that is named by a method and a path, or by a method and the name of a webhook.
fn link(text: &str) -> Option<usize> {
    memmem::find_iter(text.as_bytes(), "- [").find(|at| {
        let name = text.get(at + "- [".len()..).map(|rest| window(rest, MAX_NAME));
        let name = name.and_then(|name| name.lines().next()?.split_once("]("));
        let method = name.and_then(|(name, _)| name.split_once(' '));
        method.is_some_and(|(method, path)| method.parse::<HttpMethod>().is_ok() && !path.is_empty())
    })
}

/// Claims a page that has nothing but links, and gives its place. It is no page of an API by itself; among others it is none to miss.
fn read(cx: &mut Context<'_>, start: usize, links: Range<usize>) -> Span {
    let head = cx.trim(start..links.start);
    let span = cx.span(head.clone());
    cx.claim(head, Claim::Description);
    cx.claim(links, Claim::Furniture);
    cx.report(
        Diagnostic::new(codes::OPERATION_LINKS, span, "page of links to operations")
            .label("title and description of a group of operations are left out"),
    );
    span
}

/// Claims the pages of links among the marks, and gives the place of the first.
pub(super) fn read_pages(cx: &mut Context<'_>, marks: &[Marked<Mark>]) -> Option<Span> {
    let mut first = None;
    for marked in marks {
        if let Mark::Links(links) = &marked.mark {
            let span = read(cx, marked.range.start, links.clone());
            first.get_or_insert(span);
        }
    }
    first
}

/// Says that a file has nothing but links.
pub(super) fn report_links_only(cx: &mut Context<'_>, place: Span) {
    cx.report(
        Diagnostic::new(codes::NO_OPERATION, place, "page without an operation")
            .label("it only links to operations")
            .help("name the pages that it links to, or their folder"),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, links: bool) {
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(find(text, 0).is_some(), links, "{text}");
        assert_eq!(find(&flat, 0).is_some(), links, "{flat}");
    }

    #[test]
    fn every_heading_has_a_link() {
        check(
            "# Tea\n\nAll of it.\n\n## Order\n\n - [POST /orders](a.md): Makes ### one.\n\n## Ready\n\n - [POST ready](b.md)\n",
            true,
        );
        check("# Tea\n\n## Order\n\n - [POST /orders](a.md)\n\n## Notes\n\nNone.\n", false);
        check("# Tea\n\n## Order\n\n - [see there](a.md)\n", false);
        check("# Tea\n\nNothing.\n", false);
        check("Tea\n\n## Order\n\n - [POST /orders](a.md)\n", false);
    }
}
