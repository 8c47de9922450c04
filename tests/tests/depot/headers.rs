//! Headers of responses, over HTTP: a service replies with them beside what is documented, a client has them beside the
//! body.

use docwright_tests::fixtures::depot::types::{KeepPlacesError, KeepPlacesFailure, Where};
use reqwest::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderMap, LOCATION, SET_COOKIE};

use crate::service::Depot;

fn places(number: usize) -> Vec<Where> {
    vec![Where { rows: vec![1], owner: None, within: None }; number]
}

fn texts<'h>(headers: &'h HeaderMap, name: &str) -> Vec<&'h str> {
    headers.get_all(name).iter().map(|value| value.to_str().unwrap()).collect()
}

#[tokio::test]
async fn a_success_has_the_headers_that_the_service_gave() {
    let response = Depot::default().client().await.keep_places(&places(2)).await.unwrap();
    let headers = response.headers();
    assert_eq!(response.status().as_u16(), 201);
    assert_eq!(headers[LOCATION], "/places/7");
    assert_eq!(texts(headers, "x-rate"), ["7"]);
    assert_eq!(texts(headers, SET_COOKIE.as_str()), ["a=1", "b=2"]);
    // The length is the body's, whatever the service says.
    assert_eq!(headers[CONTENT_LENGTH], "0");
}

#[tokio::test]
async fn an_error_has_headers_too() {
    let error = Depot::default().client().await.keep_places(&places(3)).await.unwrap_err();
    let docwright_runtime::client::Error::Documented(response) = error else { panic!("{error:?}") };
    assert_eq!(response.body(), &KeepPlacesFailure::TooManyRequests(KeepPlacesError { title: None }));
    assert_eq!(texts(response.headers(), "x-rate"), ["0"]);
    assert_eq!(response.headers()[CONTENT_TYPE], "application/json");
}

#[tokio::test]
async fn a_response_to_head_says_what_the_service_says_of_the_body_that_is_not_there() {
    let response = Depot::default().client().await.look_at_papers().await.unwrap();
    assert_eq!(response.headers()[CONTENT_LENGTH], "12");
    assert_eq!(response.headers()[CONTENT_TYPE], "text/csv");
}
