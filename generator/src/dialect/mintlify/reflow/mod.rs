//! Restores the line breaks of a Mintlify page that lost all of them.
//!
//! The flat text comes in; the same text with each of the product's constructs on lines of their own goes out ([`reflow`]). The
//! page is lexed ([`lexer`]), its sections are found ([`sections`]), and the lines of its head ([`head`]) and of each section
//! ([`parts`]): fields ([`fields`], [`types`]), labels with their values ([`labels`]). Descriptions stay one line.
//!
//! Invariant: only white space is put in, and a text is left alone unless it has the product's own marks: a command or a method
//! with its path, and a section that more than its words speak for.

mod fields;
mod head;
mod labels;
mod lexer;
mod parts;
mod sections;
mod types;

use lexer::Flat;

use memchr::memmem;

use super::{glue::TYPES, labels::Section, seams, source::COMPONENTS};
use crate::{
    dialect::front_matter::reflow_front_matter,
    reflow::{Builder, Reflowed},
};

/// The longest field that is glued together, in bytes.
const MAX_FIELD: usize = 200;

/// Whether a text has lost all its line breaks.
pub(super) fn is_flat(text: &str) -> bool {
    !text.trim().contains('\n')
}

/// The text with its lines restored, or nothing where it has lines, or nothing of the product's.
pub(super) fn reflow(text: &str) -> Option<Reflowed> {
    // The product's own source is read with or without lines.
    let has = |word: &str| memmem::find(text.as_bytes(), word.as_bytes()).is_some();
    if !is_flat(text) || COMPONENTS.iter().any(|name| has(name)) {
        return None;
    }
    let mut builder = Builder::new(text);
    let start = reflow_front_matter(text, &mut builder);
    let flat = Flat::new(text, start);
    let sections = flat.sections();
    let first = sections.first().map_or(flat.words.len(), |first| first.start);
    let endpoint = head::endpoint(&flat, first);
    let commands = flat.url.is_some();
    let spaced = endpoint.as_ref().is_some_and(|endpoint| endpoint.is_spaced(&flat));
    let certain = sections::is_certain(&sections);
    let enough = match sections.is_empty() {
        true => spaced,
        false => (commands || endpoint.is_some()) && (certain || commands || spaced || flat.anchored),
    };
    if !enough {
        return None;
    }
    let parameters = sections.iter().any(|heading| matches!(heading.section, Section::Parameters(_)));
    // Other products have the same words for some sections, and others for parameters.
    if (!parameters && !flat.anchored && has(" Params ") && has(" Responses ")) || run_together(&flat) {
        return None;
    }
    let mut breaks = Breaks::default();
    head::write(&flat, &mut breaks, endpoint.as_ref(), first);
    let ends = sections.iter().skip(1).map(|next| next.start).chain([flat.words.len()]);
    for (section, end) in sections.iter().zip(ends) {
        parts::write(&flat, &mut breaks, section, end);
    }
    breaks.build(text, start, &mut builder);
    Some(builder.finish())
}

/// Whether a page without marks had lost line breaks before: where fields begin that are glued to each other, nothing tells
/// any more.
fn run_together(flat: &Flat<'_>) -> bool {
    let evident = |at: usize| {
        let word = flat.plain(at);
        word.len() <= MAX_FIELD && TYPES.iter().any(|ty| word.contains(ty)) && seams::are_evident(word, None)
    };
    !flat.anchored && (0..flat.words.len()).any(evident)
}

/// Where lines begin.
#[derive(Debug, Default)]
struct Breaks {
    /// The offset of the line's first character, and whether a blank line stands before it.
    all: Vec<(usize, bool)>,
}

impl Breaks {
    /// A line begins at an offset.
    fn line(&mut self, at: usize) {
        self.all.push((at, false));
    }

    /// A line begins at an offset, with a blank one before it.
    fn paragraph(&mut self, at: usize) {
        self.all.push((at, true));
    }

    /// Copies the text from `start` on, with its line breaks.
    fn build(mut self, text: &str, start: usize, builder: &mut Builder<'_>) {
        self.all.sort_unstable();
        let mut from = start;
        let mut gap = false;
        for (at, blank) in self.all.into_iter().chain([(text.len(), false)]) {
            let range = crate::dialect::trim(text, from..at.max(from));
            if !range.is_empty() {
                builder.insert(if gap { "\n\n" } else { "\n" }).copy(range);
                gap = false;
            }
            gap |= blank;
            from = at.max(from);
        }
        builder.insert("\n");
    }
}

#[cfg(test)]
mod tests {
    use super::reflow;
    use crate::reflow::check_reflow;

    fn check(flat: &str, expected: &str) {
        check_reflow(reflow, flat, expected);
    }

    /// The paragraphs of a section of query parameters.
    fn fields(section: &str) -> Vec<String> {
        let page = format!("GET / berths Query Parameters {section} Response 204");
        let text = reflow(&page).map(|reflowed| reflowed.text).unwrap_or_default();
        let section =
            text.split("Query Parameters\n\n").nth(1).and_then(|text| text.split("\n\nResponse").next());
        section
            .unwrap_or_default()
            .split("\n\n")
            .map(|paragraph| paragraph.trim().replace('\n', "|"))
            .collect()
    }

    #[test]
    fn constructs_get_lines_of_their_own() {
        check(
            "Skip to main content PATCH / berths / {id} Move a berth curl --request PATCH \\ --url https://a.example/berths/{id} \
             { \"depth\": 3 } Moves it. Path Parameters id string<uuid> required The berth. Example: \"x y\" Body application/json \
             depth number default:3.5 In metres. Required range: 0 < x <= 40 Response OK kind enum<string> Its kind. \
             Available options: free, in use Last modified on May 1, 2026",
            "Skip to main content\n\nPATCH\n/\nberths\n/\n{id}\n\nMove a berth\n\ncurl --request PATCH \\ --url https://a.example/berths/{id}\n\n\
             { \"depth\": 3 }\n\nMoves it.\n\nPath Parameters\n\nid\nstring<uuid>\nrequired\n\nThe berth.\n\nExample: \"x y\"\n\n\
             Body\n\napplication/json\n\ndepth\nnumber\ndefault:3.5\n\nIn metres.\n\nRequired range: 0 < x <= 40\n\nResponse\n\nOK\n\n\
             kind\nenum<string>\n\nIts kind.\n\nAvailable options:\nfree,\nin use\n\nLast modified on May 1, 2026",
        );
    }

    #[test]
    fn marks_of_fields_get_lines_of_their_own() {
        check(
            "# Show a berth Shows it. GET / berths Try it Show a berth cURL ``` curl --request GET \\ --url https://a.example/berths ``` \
             200 404 ``` { \"id\": \"a\" } ``` #### Response 200 application/json The berth. [\u{200b}](#response-id) id string required \
             Not a string The. Show child attributes [List berths](/a)[Add a berth](/b)",
            "# Show a berth\n\nShows it.\n\nGET\n/\nberths\n\nTry it\n\nShow a berth\n\ncURL\n\n```\ncurl --request GET \\ --url https://a.example/berths\n```\n\n\
             200\n\n404\n\n```\n{ \"id\": \"a\" }\n```\n\n#### Response\n\n200\n\napplication/json\n\nThe berth.\n\n[\u{200b}](#response-id)\nid\nstring\nrequired\n\n\
             Not a string The.\n\nShow child attributes\n\n[List berths](/a)[Add a berth](/b)",
        );
    }

    #[test]
    fn fields_are_told_from_prose() {
        assert_eq!(
            fields(
                "pier string Where, as a string required by law, it lies. The number object string<date> Taken"
            ),
            [
                "pier|string",
                "Where, as a string required by law, it lies. The number",
                "object|string<date>",
                "Taken"
            ],
        );
        assert_eq!(
            fields("pier string Its short string Known ones"),
            ["pier|string", "Its short string Known ones"]
        );
        assert_eq!(fields("pier string of string[] values"), ["pier|string", "of string[] values"]);
        assert_eq!(
            fields("pier string Without a stop page_size integer How many"),
            ["pier|string", "Without a stop", "page_size|integer", "How many"],
        );
    }

    #[test]
    fn fields_can_be_called_like_what_the_product_prints() {
        assert_eq!(
            fields("note any header string required boolean required Whether it is."),
            ["note|any", "header|string", "required|boolean|required", "Whether it is."],
        );
        assert_eq!(fields("in string required The list."), ["in|string|required", "The list."]);
    }

    #[test]
    fn titles_end_before_types_and_begin_behind_names() {
        assert_eq!(
            fields("arm Arm \u{b7} object The arm owner Owner details \u{b7} object[] | null Who"),
            ["arm|Arm \u{b7} object", "The arm", "owner|Owner details \u{b7} object[] | null", "Who"],
        );
        assert_eq!(
            fields("crew (A \u{b7} object | B \u{b7} object)[] Who"),
            ["crew|(A \u{b7} object | B \u{b7} object)[]", "Who"]
        );
    }

    #[test]
    fn labels_need_values_of_their_form() {
        assert_eq!(
            fields("pier string Its name. Example: the north pier. page integer Which. Example: 5"),
            ["pier|string", "Its name. Example: the north pier.", "page|integer", "Which.", "Example: 5"],
        );
    }

    #[test]
    fn lost_names_leave_paragraphs() {
        assert_eq!(
            fields("since string<date> From when. How it lies. Available options: deep, dry"),
            ["since|string<date>", "From when.", "How it lies.", "Available options:|deep,|dry"],
        );
    }

    #[test]
    fn the_command_tells_where_the_path_ends() {
        let path = |url: &str| {
            let page =
                format!("GET / v2 {{id}} / piers List them curl --request GET \\ --url {url} Response 204");
            let text = reflow(&page).map(|reflowed| reflowed.text).unwrap_or_default();
            text.trim().split("\n\n").next().unwrap_or_default().replace('\n', " ")
        };
        assert_eq!(path("https://a.example/api/v2/{id}/piers"), "GET / v2 {id} / piers");
        assert_eq!(path("https://a.example/"), "GET /");
        assert_eq!(path("https://a.example/v2"), "GET / v2");
    }

    #[test]
    fn prose_and_other_pages_are_left_alone() {
        for text in [
            "The request has a Body application/json and a Response 200 application/json follows.",
            "Use GET /berths to list them. Path Parameters are strings.",
            "GET /berths Request Query Params page integer Body Params name string Responses 200 application/json Body id string x",
            "GET / berths Body application/json berthIdnumberrequired The berth.",
            "<ParamField body=\"a\" type=\"string\" /> GET / a Body application/json a string",
            "GET\n/\nberths\nBody\na\nstring\n",
        ] {
            assert!(reflow(text).is_none(), "{text}");
        }
    }

    #[test]
    fn hostile_pages_stay_linear() {
        for part in [
            "a string ",
            "a ",
            "( ",
            "(string | ",
            "string | ",
            "T \u{b7} ",
            "Body ",
            "Response ",
            "Response 200 ",
            "Path Parameters ",
            "GET / ",
            "GET /a/",
            "WEBHOOK ",
            "curl ",
            "curl ' ",
            "curl \" ",
            "curl -X ",
            "{ \"a\": ",
            "[ ",
            "[ [1], ",
            "{ ",
            "``` ",
            "[code] ",
            "[a](/b)",
            "[](",
            "[](#body-a) ",
            "[](#body-a)",
            "\u{200b} ",
            "Example: ",
            "Example: \" ",
            "Example: [1, ",
            "Available options: a, ",
            "Available options: ",
            "Pattern: a ",
            "default: ",
            "default:\"a ",
            "required ",
            "string required",
            "# ",
            "#### Body ",
            "Copy ",
            "200 ",
            "Last modified on ",
            "Show child attributes ",
            "* ",
            "\u{4f8b}: ",
        ] {
            for page in ["", "GET / a Body application/json a string "] {
                let text = page.to_owned() + &part.repeat(50_000 / part.len());
                reflow(&text);
            }
        }
    }
}
