//! Lines of a page's frame that a copy has run together come in, the places where they come apart go out.
//!
//! `Copy pageGET/v1/tidesTry itGet tidescURL`, `200CopyAsk AI`. Enter at [`seams`], and at [`title`] for a line that
//! ends in the page's title.

use std::ops::Range;

use super::{
    responses::status_line,
    words::{ASK, COPY, COPY_PAGE, CURL, TRY},
};
use crate::model::HttpMethod;

/// Where to cut a line.
pub(super) fn seams(line: &str) -> Vec<usize> {
    let mut cuts = Vec::new();
    let mut at = 0;
    let before = || COPY_PAGE.iter().chain(COPY);
    while let Some(word) = before().find(|word| goes_on(line, at, word)) {
        at += word.len();
        cuts.push(at);
    }
    let rest = line.get(at..).unwrap_or_default();
    let mut from = at;
    if let Some((path, button)) = method_and_path(rest) {
        from = at + path + button;
        cuts.extend([at + path, from]);
    }
    let evident = !cuts.is_empty();
    let mut end = line.len();
    let mut behind = Vec::new();
    let behind_it = || [ASK, CURL].iter().chain(COPY_PAGE).chain(COPY);
    while let Some(word) =
        behind_it().find(|word| line.get(from..end).is_some_and(|rest| rest.ends_with(**word)))
    {
        end -= word.len();
        behind.push(end);
    }
    let title = line.get(from..end).unwrap_or_default();
    let glued = title.ends_with(|c: char| c.is_alphanumeric() || ")].?!".contains(c));
    let button = behind.len() > 1 || status_line(title).is_some() || line.ends_with(CURL);
    if title.is_empty() || (glued && (evident || button)) {
        cuts.extend(behind.into_iter().rev());
    }
    cuts.retain(|&cut| cut > 0 && cut < line.len());
    cuts.dedup();
    cuts
}

/// Whether a line goes on with a word, and with a capital letter right behind it: where a script has no capitals, `复制API`
/// is how it writes two words.
fn goes_on(line: &str, at: usize, word: &str) -> bool {
    let rest = line.get(at..).and_then(|rest| rest.strip_prefix(word));
    word.ends_with(char::is_lowercase) && rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
}

/// The length of a method with the path that is glued to it, and that of the button's words that are glued to both.
fn method_and_path(line: &str) -> Option<(usize, usize)> {
    let method = line.bytes().take_while(u8::is_ascii_uppercase).count();
    let word = line.get(..method)?;
    let known = word == "DEL" || word.parse::<HttpMethod>().is_ok();
    let path = line.get(method..)?;
    let (end, button) = TRY.iter().find_map(|button| Some((path.find(button)?, button.len())))?;
    let plain =
        path.get(..end).is_some_and(|path| path.starts_with('/') && !path.contains(char::is_whitespace));
    (known && plain).then_some((method + end, button))
}

/// The mark of the title and its words, that the name of its group is glued to: `Tides# Get tide table`. `C# client`
/// has the name of a language.
///
/// A sentence can look the same, `Order# The number`: ask only for lines above a page's title, on a page whose lines
/// are run together.
pub(super) fn title(line: &str) -> Option<(Range<usize>, Range<usize>)> {
    let at = line.find("# ")?;
    let group = line.get(..at)?;
    let word = group.rsplit(' ').next().filter(|word| word.len() > 1)?;
    let title = line.get(at + 1..)?.trim();
    let start = line.len() - title.len();
    let titled = word.chars().all(char::is_alphabetic) && title.starts_with(char::is_uppercase);
    (titled && !title.ends_with('.') && line.len() < 200).then_some((at..at + 1, start..line.len()))
}

#[cfg(test)]
mod tests {
    use super::{seams, title};

    fn check(line: &str, expected: &[&str]) {
        let mut parts = Vec::new();
        let mut start = 0;
        for cut in seams(line).into_iter().chain([line.len()]) {
            parts.push(&line[start..cut]);
            start = cut;
        }
        assert_eq!(parts, expected);
    }

    #[test]
    fn buttons_come_off() {
        check(
            "Copy pageCopy pageGET/v1/tides/{id}Try itGet tidescURL",
            &["Copy page", "Copy page", "GET/v1/tides/{id}", "Try it", "Get tides", "cURL"],
        );
        check("Copy pageThe tides of a pier.", &["Copy page", "The tides of a pier."]);
        check("200CopyAsk AI", &["200", "Copy", "Ask AI"]);
        check("Get tidescURL", &["Get tides", "cURL"]);
        check("CopyAsk AI", &["Copy", "Ask AI"]);
    }

    #[test]
    fn prose_stays_whole() {
        for line in [
            "Copy pages of it",
            "复制API密钥",
            "Copy",
            "Ask AI",
            "Hard Copy",
            "Uses cURL",
            "GET/v1/x",
            "Copy page",
            "Carbon Copy",
        ] {
            check(line, &[line]);
        }
    }

    #[test]
    fn a_title_comes_off_the_name_of_its_group() {
        let check = |line: &str, expected: Option<&str>| {
            assert_eq!(title(line).map(|(_, words)| &line[words]), expected, "{line}");
        };
        check("Tides# Get tide table", Some("Get tide table"));
        for line in ["C# Client", "# Get tide table", "Tides# get", "Pier# The number.", "Pier 7# Get"] {
            check(line, None);
        }
    }
}
