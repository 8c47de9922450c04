//! What the words that Mintlify itself puts on pages mean, in the languages that it speaks.
//!
//! Sections, constraint labels, markers beside a type, and furniture: what the product prints on every
//! page and no vendor writes. The words are tables of [`super::words`].

mod reasons;

use memchr::{memchr, memmem};

pub(super) use self::reasons::{status_of_reason, status_with_reason};
use super::{
    lines::is_blank,
    words::{
        AS_IN_PROSE, ASIDES, ASK, BY_HAND, CONSTRAINTS, COPY, COPY_PAGE, CURL, DEFAULTS, FOOT, FOOT_STARTS,
        LANGUAGES, MARKERS, OTHERS, REPORT, REQUESTS, SEARCH, SECTIONS, STARTS, TRY,
    },
};
use crate::model::ParameterLocation;

/// The sections of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Section {
    /// Credentials.
    Authorizations,
    /// Parameters of one place.
    Parameters(ParameterLocation),
    /// The request's body.
    Body,
    /// A response.
    Response,
}

/// The section that a heading opens, whoever has written it.
pub(super) fn section(heading: &str) -> Option<Section> {
    printed_section(heading).or_else(|| find_section(heading, BY_HAND))
}

/// Whether a paragraph of its own heads what belongs to no section of the product.
pub(super) fn is_aside(line: &str) -> bool {
    ASIDES.contains(&line.trim_end_matches(':'))
}

/// Whether a line heads the fields of a request, and says not where each is sent.
pub(super) fn heads_request(line: &str) -> bool {
    REQUESTS.contains(&line.trim_end_matches(':'))
}

/// The section that a heading opens in the product's own words.
pub(super) fn printed_section(heading: &str) -> Option<Section> {
    find_section(heading, SECTIONS)
}

fn find_section(heading: &str, words: &[Words<Section>]) -> Option<Section> {
    let around = |c: char| is_blank(c) || c == '*' || c == ':';
    let heading = heading.trim_start_matches(around);
    // Of most lines no more has to be known.
    if !begins(heading, &FIRST_OF_SECTION) {
        return None;
    }
    let heading = heading.trim_end_matches(around);
    if heading.len() > LONGEST_SECTION {
        return None;
    }
    let find =
        |heading: &str| words.iter().find(|(_, words)| words.contains(&heading)).map(|(section, _)| *section);
    // A copy can keep the blank that breaks no line.
    match heading.contains(NO_BREAK) {
        true => find(&heading.replace(NO_BREAK, " ")),
        false => find(heading),
    }
}

/// A blank that breaks no line.
const NO_BREAK: char = '\u{a0}';
/// The length of the longest heading of a section, in bytes, if each blank takes two.
const LONGEST_SECTION: usize = longest(SECTIONS) + 8;
/// The bytes that headings of sections begin with.
static FIRST_OF_SECTION: [bool; 256] = first_bytes(SECTIONS);
/// The bytes that labels of constraints begin with.
static FIRST_OF_CONSTRAINT: [bool; 256] = first_bytes(CONSTRAINTS);

/// A meaning and the words for it.
type Words<M> = (M, &'static [&'static str]);

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, for tables of this crate")]
const fn longest<M>(table: &[Words<M>]) -> usize {
    let (mut longest, mut row) = (0, 0);
    while row < table.len() {
        let mut word = 0;
        while word < table[row].1.len() {
            let length = table[row].1[word].len();
            longest = if length > longest { length } else { longest };
            word += 1;
        }
        row += 1;
    }
    longest
}

#[expect(clippy::indexing_slicing, reason = "evaluated by the compiler, for tables of this crate")]
const fn first_bytes<M>(table: &[Words<M>]) -> [bool; 256] {
    let (mut first, mut row) = ([false; 256], 0);
    while row < table.len() {
        let mut word = 0;
        while word < table[row].1.len() {
            first[table[row].1[word].as_bytes()[0] as usize] = true;
            word += 1;
        }
        row += 1;
    }
    first
}

/// Whether a text begins with one of some bytes.
fn begins(text: &str, first: &[bool; 256]) -> bool {
    text.as_bytes().first().is_some_and(|&byte| first.get(usize::from(byte)) == Some(&true))
}

/// Whether a text has a colon, as a label and its value have.
fn has_colon(text: &str) -> bool {
    memchr(b':', text.as_bytes()).is_some() || memmem::find(text.as_bytes(), "：".as_bytes()).is_some()
}

/// What a field's constraint lines say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Constraint {
    /// The values of an enumeration.
    Options,
    /// The only value.
    AllowedValue,
    /// `1 <= x <= 100`.
    Range,
    /// `1 - 255`, `2`.
    StringLength,
    /// The longest string.
    MaxLength,
    /// The shortest string.
    MinLength,
    /// The longest of whatever the field is: string or array.
    Longest,
    /// The shortest of whatever the field is.
    Shortest,
    /// `1 - 10 elements`.
    ArrayLength,
    /// The most items.
    MaxItems,
    /// The fewest items.
    MinItems,
    /// The most members.
    MaxProperties,
    /// The fewest members.
    MinProperties,
    /// A regular expression.
    Pattern,
    /// A divisor.
    MultipleOf,
    /// One example.
    Example,
    /// Several.
    Examples,
}

/// The constraint that a line begins with, and how long its label is, the colon included.
pub(super) fn constraint(line: &str) -> Option<(Constraint, usize)> {
    if !begins(line, &FIRST_OF_CONSTRAINT) || !has_colon(line) {
        return None;
    }
    CONSTRAINTS.iter().find_map(|(constraint, words)| {
        words.iter().find_map(|word| {
            let rest = line.strip_prefix(word)?.trim_start();
            let colon = [':', '：'].into_iter().find(|&colon| rest.starts_with(colon))?;
            Some((*constraint, line.len() - rest.len() + colon.len_utf8()))
        })
    })
}

/// A word beside a field's type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marker<'a> {
    /// Sent as a header.
    Header,
    /// Sent in the query.
    Query,
    /// Sent as a cookie.
    Cookie,
    /// Part of the path, or of the body: said again.
    Elsewhere,
    /// Always there.
    Required,
    /// Said by hand-written pages; the same as nothing.
    Optional,
    /// Not to be used any more.
    Deprecated,
    /// Only in responses, or only in requests.
    Direction,
    /// The default, as it is written.
    Default(&'a str),
}

/// The marker that `text` begins with, and its length. A default reaches to the end of the text, or to
/// the marker glued behind it.
pub(super) fn leading_marker(text: &str) -> Option<(Marker<'_>, usize)> {
    if let Some((word, marker)) = MARKERS.iter().find(|(word, _)| text.starts_with(word)) {
        return Some((*marker, word.len()));
    }
    DEFAULTS.iter().find_map(|word| {
        let rest = text.strip_prefix(word)?.trim_start();
        let colon = [':', '：'].into_iter().find(|&colon| rest.starts_with(colon))?;
        let mut value = rest.get(colon.len_utf8()..)?;
        let before_marker = |value: &str| {
            let before = MARKERS.iter().find_map(|(word, _)| value.strip_suffix(word))?;
            (!before.trim().is_empty()).then_some(before.len())
        };
        while let Some(length) = before_marker(value) {
            value = value.get(..length)?;
        }
        let start = text.len() - rest.len() + colon.len_utf8();
        Some((Marker::Default(value.trim()), start + value.len()))
    })
}

/// Whether a line can end in markers: most lines of prose cannot, and need no closer look.
pub(super) fn may_end_in_markers(line: &str) -> bool {
    let find = |word: &str| memmem::find(line.as_bytes(), word.as_bytes());
    MARKERS.iter().any(|(word, _)| line.ends_with(word))
        || (has_colon(line) && DEFAULTS.iter().any(|word| find(word).is_some_and(|at| at > 0)))
}

/// The marker that a line is, wholly.
pub(super) fn marker(line: &str) -> Option<Marker<'_>> {
    let line = line.trim_matches(['`', '*']);
    leading_marker(line).filter(|(_, length)| *length == line.len()).map(|(marker, _)| marker)
}

/// Whether a line is what the product puts on pages: menus, buttons, footers.
pub(super) fn is_furniture(line: &str) -> bool {
    let line = line.trim_start_matches(['>', ' ']).trim_start_matches('#').trim();
    is_phrase(line)
        || is_spaced(line)
        || is_run_together(line)
        || STARTS.iter().chain(FOOT_STARTS).any(|start| line.starts_with(start))
        || (is_links(line) && !line.contains('\n'))
}

/// Whether a line is furniture but for its spaces: `Show   child attributes`.
fn is_spaced(line: &str) -> bool {
    const MAX_LENGTH: usize = 40;
    let spaced = line.len() <= MAX_LENGTH && (line.contains("  ") || line.contains('\n'));
    spaced && is_phrase(&line.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Whether a line is furniture that a copy has run together: `Copy pageCopy page`.
fn is_run_together(line: &str) -> bool {
    const MAX_LENGTH: usize = 120;
    if line.len() > MAX_LENGTH {
        return false;
    }
    let mut rest = line;
    while let Some(length) = phrases_told_apart()
        .chain(REPORT.iter().copied())
        .filter(|&phrase| rest.starts_with(phrase))
        .map(str::len)
        .max()
    {
        rest = rest.get(length..).unwrap_or_default().trim_start();
    }
    rest.is_empty() && !line.is_empty()
}

fn is_phrase(line: &str) -> bool {
    AS_IN_PROSE.contains(&line)
        || REPORT.contains(&line)
        || line == ASK
        || TOLD_APART.iter().any(|words| words.contains(&line))
}

/// The words of furniture that no sentence holds, but for [`ASK`].
const TOLD_APART: [&[&str]; 7] = [OTHERS, COPY_PAGE, COPY, TRY, SEARCH, LANGUAGES, FOOT];

/// The furniture that can be told from prose where no line break does: several words, or none of ASCII.
pub(super) fn phrases() -> impl Iterator<Item = &'static str> {
    phrases_told_apart().filter(|phrase| phrase.contains(' ') || !phrase.is_ascii())
}

fn phrases_told_apart() -> impl Iterator<Item = &'static str> {
    TOLD_APART.into_iter().flatten().copied().chain([ASK])
}

/// Whether a word is that of a button right above a sample: to choose a language, or to copy it.
pub(super) fn is_button(word: &str) -> bool {
    is_language(word) || COPY.contains(&word)
}

/// Whether a word is that of a button to choose a language, however a vendor spells it.
pub(super) fn is_language(word: &str) -> bool {
    LANGUAGES.iter().any(|language| word.eq_ignore_ascii_case(language))
}

/// A text without the words of a button above a sample that it ends in; `None` where it ends in none.
pub(super) fn before_button(text: &str) -> Option<&str> {
    COPY.iter().chain([&ASK, &CURL]).find_map(|button| text.strip_suffix(button))
}

/// A text without the words of the button to copy that it ends in; `None` where it ends in none.
pub(super) fn before_copy(text: &str) -> Option<&str> {
    COPY.iter().find_map(|button| text.strip_suffix(button))
}

/// Whether a line opens the page's foot: nothing after it belongs to the operation.
pub(super) fn opens_foot(line: &str) -> bool {
    let line = line.trim_end_matches(FRAMEWORK);
    FOOT.contains(&line)
        || REPORT.contains(&line)
        || line.strip_suffix("⌘I").is_some_and(is_links)
        || FOOT_STARTS.iter().any(|start| line.starts_with(start))
}

/// What is left of comments by which the product's framework parts what it has put on a page: `<!--$-->`, `<!--/$-->`.
const FRAMEWORK: [char; 2] = ['$', '/'];

/// Whether a text is nothing but links: the neighbouring pages, the vendor's accounts, a side menu.
pub(super) fn is_links(line: &str) -> bool {
    const BETWEEN: [char; 4] = [' ', '|', '·', '•'];
    let mut rest = line.trim_start_matches(['*', '-', '+', ' ']).trim_start_matches(FRAMEWORK);
    let mut links = 0;
    while let Some(after) = rest.strip_prefix('[') {
        let Some((label, target)) = after.split_once("](") else { return false };
        let Some((_, next)) = target.split_once(')') else { return false };
        if label.is_empty() {
            return false;
        }
        links += 1;
        rest = next.trim_start().trim_start_matches(BETWEEN);
    }
    links > 0 && rest.is_empty()
}

/// Whether an anchor's identifier is that of a field.
pub(super) fn is_field_anchor(id: &str) -> bool {
    const STARTS: [&str; 7] =
        ["body-", "response-", "parameter-", "authorization-", "header-", "param-", "query-"];
    STARTS.iter().any(|start| id.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_known_in_other_languages() {
        assert_eq!(section("请求体"), Some(Section::Body));
        assert_eq!(section("Body"), Some(Section::Body));
        assert_eq!(section("Bodybuilding"), None);
        assert_eq!(section("Request body"), Some(Section::Body));
        assert_eq!(printed_section("Request body"), None);
        assert_eq!(constraint("可用选项:").map(|(c, _)| c), Some(Constraint::Options));
        assert_eq!(marker("默认值:0"), Some(Marker::Default("0")));
        assert_eq!(marker("必需"), Some(Marker::Required));
    }

    #[test]
    fn labels_end_in_a_colon() {
        assert_eq!(constraint("Example: 5"), Some((Constraint::Example, 8)));
        assert_eq!(constraint("Examples:"), Some((Constraint::Examples, 9)));
        assert_eq!(constraint("Example code"), None);
    }

    #[test]
    fn links_alone_are_furniture() {
        assert!(is_furniture("[Get a](/a)[Delete b](/b)"));
        assert!(is_furniture("> Use this file to discover all available pages before exploring further."));
        assert!(!is_furniture("See [a](/a)"));
        assert!(!is_furniture("The page"));
    }
}
