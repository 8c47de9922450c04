//! What is put on lines of its own, and what is left alone.

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
    section.unwrap_or_default().split("\n\n").map(|paragraph| paragraph.trim().replace('\n', "|")).collect()
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
fn descriptions_of_responses_are_no_names_of_titled_fields() {
    for (response, expected) in [
        (
            "Successful Response results Row \u{b7} object[] required The rows.",
            "results|Row \u{b7} object[]|required",
        ),
        (
            "Invite sent id string<uuid> read-only owner User \u{b7} object | null Who",
            "id|string<uuid>|read-only",
        ),
    ] {
        let page = format!("GET / berths Response 200 application/json {response}");
        let text = reflow(&page).map(|reflowed| reflowed.text.replace('\n', "|")).unwrap_or_default();
        assert!(text.contains(&format!("||{expected}||")), "{text}");
    }
}

#[test]
fn fields_are_not_in_the_middle_of_sentences() {
    for prose in [
        "Pass the page_size integer (see above)",
        "An ORDER_BY string \"x\" or a page_size integer 5",
        "Uses pier, page_size integer 5",
        "Given page_size string required, always",
    ] {
        let page = format!("pier string {prose} pier_id string Which");
        assert_eq!(fields(&page), ["pier|string", prose, "pier_id|string", "Which"]);
    }
}

#[test]
fn fields_can_be_called_like_prepositions() {
    assert_eq!(
        fields("from string<date> First day to string<date> Last day"),
        ["from|string<date>", "First day", "to|string<date>", "Last day"],
    );
    assert_eq!(
        fields("days string From from string to the next"),
        ["days|string", "From from string to the next"]
    );
}

#[test]
fn defaults_without_quotes_end_where_samples_show_it() {
    let page = "POST / berths curl --request POST --url https://a.example/berths --data '{ \"greeting\": \"How do you do\" }' \
                    Body application/json greeting string default:How do you do Said first.";
    let text = reflow(page).map(|reflowed| reflowed.text).unwrap_or_default();
    assert!(text.ends_with("greeting\nstring\ndefault:How do you do\n\nSaid first.\n"), "{text}");
}

#[test]
fn headings_are_told_from_sentences_that_speak_of_a_section() {
    let sections = |page: &str| {
        let text = reflow(page).map(|reflowed| reflowed.text).unwrap_or_default();
        text.lines().filter(|line| matches!(*line, "Body" | "Corps" | "Response")).count()
    };
    let page = |prose: &str| {
        format!(
            "PUT / a Body application/json a string {prose} b integer It. Response 200 - application/json Done c string It."
        )
    };
    for prose in ["Text.", "A Response application/json follows.", "Returns it. Response 200 OK with it."] {
        let text = reflow(&page(prose)).map(|reflowed| reflowed.text).unwrap_or_default();
        assert!(text.contains("\n\nb\ninteger\n\nIt.\n\nResponse\n"), "{text}");
    }
    assert_eq!(
        sections(
            "PUT / a Corps application/json a string Un corps. R\u{e9}ponse 200 application/json b string"
        ),
        1
    );
    assert_eq!(sections("PUT / a Corps et biens. Body application/json a string Corps. Response 204"), 2);
}

#[test]
fn reasons_end_with_the_word_of_their_section() {
    for (response, rest) in [
        ("Successful Response id string required", "Successful Response\n\nid\nstring\nrequired\n"),
        ("Successful Response Nothing comes back.", "Successful Response Nothing comes back.\n"),
    ] {
        let page = format!("GET / a / {{id}} Path Parameters id string required Response {response}");
        let text = reflow(&page).map(|reflowed| reflowed.text).unwrap_or_default();
        assert!(text.ends_with(&format!("\nrequired\n\nResponse\n\n{rest}")), "{text}");
    }
}

#[test]
fn a_title_follows_the_name_of_a_webhook() {
    for (head, lines) in [
        ("berth.freed A berth is free", "\nberth.freed\n\nA berth is free\n"),
        ("freed Berth freed", "\nfreed\n\nBerth freed\n"),
        ("Berth freed", "\nBerth freed\n"),
    ] {
        let page = format!("WEBHOOK {head} Body application/json pier string required Which.");
        let text = reflow(&page).map(|reflowed| reflowed.text).unwrap_or_default();
        assert!(text.contains(&format!("WEBHOOK{lines}\nBody\n")), "{text}");
    }
}

#[test]
fn translated_furniture_is_no_description() {
    assert_eq!(
        fields("pier object El muelle. Mostrar atributos secundarios page integer Which"),
        ["pier|object", "El muelle.", "Mostrar atributos secundarios", "page|integer", "Which"],
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
        "GET /berths/{id} Path Parameters id string required The berth. Responses 200 OK Schema name string required Its name.",
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
