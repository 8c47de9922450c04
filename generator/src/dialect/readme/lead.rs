//! What stands before a page that is none of it: a quote that leads to the index of the documentation, before or behind
//! what tools that save pages put there (`saved`).

use std::ops::Range;

use memchr::memmem;

use crate::{
    claims::Claim,
    dialect::{Context, lines, saved::Saved},
};

/// How the quote begins that the product puts before a page.
pub(super) const INDEX: &str = "> ## Documentation Index";
/// How the product writes a callout, with the signs that it has for them.
const CALLOUTS: [&str; 5] = ["> 📘 ", "> 👍 ", "> 🚧 ", "> ❗️ ", "> ❗ "];

/// Claims what stands before the page, and gives the offset after it.
pub(super) fn read_lead(cx: &mut Context<'_>, start: usize) -> usize {
    let end = lead_end(cx.text(), start);
    cx.claim(start..end, Claim::Furniture);
    end
}

fn lead_end(text: &str, start: usize) -> usize {
    let saved = |at: usize| Saved::find(text, at).end(at);
    let mut end = saved(start);
    while let Some(index) = index_end(text, end) {
        end = saved(index);
    }
    end
}

/// Where the quote ends, if it is what comes next.
fn index_end(text: &str, at: usize) -> Option<usize> {
    let mut end = None;
    for line in lines(text, at) {
        let bare = text.get(line.clone())?.trim();
        if bare.starts_with(INDEX) || (end.is_some() && bare.starts_with('>')) {
            end = Some(line.end);
        } else if end.is_some() || !bare.is_empty() {
            break;
        }
    }
    end
}

/// The first callout of a page that begins with the quote: other products have either, not both.
pub(super) fn callout_below_index(text: &str) -> Option<Range<usize>> {
    let end = lead_end(text, 0);
    text.get(..end)?.find(INDEX)?;
    lines(text, end).find(|line| {
        let line = text.get(line.clone()).unwrap_or_default();
        CALLOUTS.iter().any(|begin| line.starts_with(begin))
    })
}

/// The same of a page that lost its line breaks.
pub(super) fn flat_callout_below_index(text: &str) -> Option<Range<usize>> {
    let start = text.find(INDEX)?;
    let rest = text.get(start..)?;
    CALLOUTS
        .iter()
        .find_map(|begin| rest.find(begin).map(|at| start + at..start + at + begin.trim_end().len()))
}

/// Where the quote ends that begins a text without line breaks: where the page's first heading begins.
pub(super) fn flat_index_end(rest: &str) -> Option<usize> {
    const LONGEST: usize = 1024;
    rest.strip_prefix(INDEX)?;
    memmem::find(rest.as_bytes().get(..LONGEST).unwrap_or(rest.as_bytes()), b" # ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_page_begins_after_what_a_product_and_a_tool_put_before_it() {
        let page = "# Title\n\n> Text\n";
        for lead in [
            "",
            "> ## Documentation Index\n> Fetch it.\n> Use it.\n",
            "# Source: https://a.example/b.md\n",
            "Source: https://a.example/b.md\n\n> ## Documentation Index\n> Fetch it.\n",
            "> ## Documentation Index\n> Fetch it.\n\nSource URL: https://a.example/b.md\n",
        ] {
            let text = format!("{lead}\n{page}");
            assert_eq!(text[lead_end(&text, 0)..].trim_start(), page, "{lead}");
        }
        assert_eq!(lead_end("> A quote\n> of two lines", 0), 0);
    }

    #[test]
    fn a_callout_below_an_index_is_the_product_s() {
        let callout = |text: &str| callout_below_index(text).map(|range| text[range].trim().to_owned());
        let index = "> ## Documentation Index\n> Fetch it.\n\n# T\n\n";
        assert_eq!(callout(&format!("{index}> 📘 Note\n>\n> Text\n")).as_deref(), Some("> 📘 Note"));
        assert_eq!(callout(&format!("{index}> Note\n")), None);
        assert_eq!(callout("# T\n\n> 📘 Note\n"), None);
        let flat = "> ## Documentation Index > Fetch it. # T > 📘 Note > Text";
        assert_eq!(flat_callout_below_index(flat).map(|range| &flat[range]), Some("> 📘"));
        assert_eq!(
            flat_index_end(flat).map(|end| &flat[..end]),
            Some("> ## Documentation Index > Fetch it.")
        );
    }
}
