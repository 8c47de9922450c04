//! What a client and a server make of a body that must be sent, may be left out, or of which nothing is said.

use docwright::pipeline::{PageInput, Parts, Settings, generate_included, read_pages, resolve_api};

const PAGE: &str = "# Search the shelves

Endpoint: POST /searches
Version: 1.0
Security:

## Request fields (MEDIA TYPE):

  - `title` (string)
";

/// How the client's method and the server's function take the body.
fn arguments(media_type: &str, required: Option<bool>) -> [String; 2] {
    let bytes = PAGE.replace("MEDIA TYPE", media_type).into_bytes();
    let mut pages = read_pages(vec![PageInput::new("search.md", bytes)], &|| ());
    let mut api = resolve_api("library", &mut pages, &Settings::default()).api;
    api.operations[0].request_body.as_mut().unwrap().required = required;
    let (text, _) = generate_included(&api, Parts { client: true, server: true });
    let mut arguments = text
        .lines()
        .filter(|line| !line.contains("///"))
        .filter_map(|line| line.split_once("body: "))
        .map(|(_, ty)| ty.to_owned());
    let mut next = || {
        let argument = arguments.next().unwrap();
        let end = [",", ") ->"].iter().filter_map(|end| argument.find(end)).min().unwrap_or(argument.len());
        argument[..end].to_owned()
    };
    [next(), next()]
}

#[test]
fn a_page_that_says_nothing_has_the_client_send_one_and_the_server_do_without() {
    let json = ["&SearchShelvesRequest", "Option<SearchShelvesRequest>"];
    assert_eq!(arguments("application/json", None), json);
    let raw = ["impl Into<Bytes>", "Option<::axum::body::Bytes>"];
    assert_eq!(arguments("text/csv", None), raw);
}

#[test]
fn a_body_that_must_be_sent_is_asked_for_by_both() {
    let json = ["&SearchShelvesRequest", "SearchShelvesRequest"];
    assert_eq!(arguments("application/json", Some(true)), json);
}

#[test]
fn a_body_that_may_be_left_out_is_optional_for_both() {
    let json = ["Option<&SearchShelvesRequest>", "Option<SearchShelvesRequest>"];
    assert_eq!(arguments("application/json", Some(false)), json);
    let raw = ["Option<Bytes>", "Option<::axum::body::Bytes>"];
    assert_eq!(arguments("text/csv", Some(false)), raw);
}
