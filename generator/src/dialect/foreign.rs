//! Recognises page text of products that no reader knows, where its words are close enough to those of one to be taken for it.
//!
//! A text comes in, the line that tells comes out ([`find`]).
//!
//! Invariant: a line tells only if it is nothing but the product's own words; a heading or a sentence with them is a vendor's.

use std::ops::Range;

use super::lines;

/// The sections of parameters in the page text of Apifox and of ReadMe's site; Mintlify's are called `Query Parameters` and the
/// like.
const SECTIONS: [&str; 5] = ["Path Params", "Query Params", "Header Params", "Cookie Params", "Body Params"];
/// What both call the section of responses, and Mintlify does not: a vendor who writes Mintlify pages by hand may call
/// parameters what they like.
const RESPONSES: &str = "Responses";
/// The line at the foot of pages of Apifox.
const FEET: [&str; 2] = ["Powered by Apifox", "Built with Apifox"];

/// The first line that only such a product prints.
pub(super) fn find(text: &str) -> Option<Range<usize>> {
    // Most pages have none, and need not be looked at line by line.
    let words = [" Params", "Apifox"];
    words.iter().find(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())?;
    let text_of = |range: &Range<usize>| text.get(range.clone()).unwrap_or_default().trim();
    let told = lines(text, 0).find(|range| tells(text_of(range)))?;
    let certain = |range: Range<usize>| text_of(&range) == RESPONSES || FEET.contains(&text_of(&range));
    lines(text, 0).any(certain).then(|| super::trim(text, told))
}

/// Whether a line, without white space around it, is one that only such a product prints.
pub(super) fn tells(line: &str) -> bool {
    FEET.contains(&line)
        || SECTIONS.iter().any(|section| {
            // The media type of a body stands on the same line.
            line.strip_prefix(section).is_some_and(|rest| rest.is_empty() || is_media_type(rest))
        })
}

fn is_media_type(rest: &str) -> bool {
    let Some(media) = rest.strip_prefix(char::is_whitespace) else { return false };
    let media = media.trim();
    media.contains('/') && !media.contains(char::is_whitespace)
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn lines_of_other_products_are_found() {
        for line in ["Query Params", "  Body Params application/json ", "Powered by Apifox"] {
            let text = format!("GET\n/berths\n{line}\nResponses\n");
            assert_eq!(find(&text).map(|range| &text[range]), Some(line.trim()));
        }
        for text in ["Query Parameters", "### Query Params", "Query Params are optional.", "See Apifox."] {
            assert_eq!(find(&format!("{text}\nResponses\n")), None, "{text}");
        }
        for text in ["Query Params\nResponse\n", "Responses\n"] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
