//! Lists whose values have commas in them, and parameters that are JSON, over HTTP.

use docwright_runtime::client::{Error, RequestError};
use docwright_tests::{
    fixtures::depot::{
        client::Client,
        types::{LabelLoadsParams, LabelLoadsXNote, Where},
    },
    wire::Wire,
};
use serde_json::{Value, json};

use crate::service::Depot;

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn names() -> Vec<String> {
    texts(["a,b", "%2C", "ü/..", ",", "d"])
}

fn place() -> Where {
    let within = Where { rows: vec![], owner: None, within: None };
    Where { rows: vec![1, 2], owner: Some(None), within: Some(Box::new(within)) }
}

fn params() -> LabelLoadsParams {
    LabelLoadsParams {
        x_colors: texts(["red", "dark blue"]),
        order: Some(texts(["a&b", "c"])),
        x_note: Some(Some(LabelLoadsXNote { text: Some("ü\"\n𝄞".to_owned()) })),
    }
}

#[tokio::test]
async fn json_is_one_pair_of_the_query_or_one_header() {
    let server = Wire::always("200 OK\ncontent-type: application/json", "3").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    client.label_loads(&names(), &place(), &Some(2), &params()).await.unwrap();
    let request = server.request().await;
    let path = "PUT /labels/a%2Cb,%252C,%C3%BC%2F..,%2C,d?where=";
    let place =
        "%7B%22rows%22%3A%5B1%2C2%5D%2C%22owner%22%3Anull%2C%22within%22%3A%7B%22rows%22%3A%5B%5D%7D%7D";
    let expected = format!("{path}{place}&floor=2&order=%5B%22a%26b%22%2C%22c%22%5D HTTP/1.1\n");
    assert!(request.starts_with(&expected), "{request}");
    let note = r#"x-note: {"text":"\u00fc\"\n\ud834\udd1e"}"#;
    assert!(request.contains(&format!("\n{note}\n")), "{request}");
}

#[tokio::test]
async fn a_header_in_json_is_not_sent_to_another_origin() {
    let other = Wire::always("200 OK\ncontent-type: application/json", "3").await;
    let head = format!("303 See Other\nlocation: {}/labels", other.url());
    let server = Wire::always(&head, "").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    client.label_loads(&names(), &place(), &Some(2), &params()).await.unwrap();
    // A member of it can be a secret.
    assert!(server.request().await.contains("\nx-note: "));
    let request = other.request().await;
    assert!(request.contains("\nx-colors: ") && !request.contains("x-note"), "{request}");
}

#[tokio::test]
async fn what_the_client_sends_the_server_reads() {
    let depot = Depot::default();
    depot.client().await.label_loads(&names(), &place(), &Some(2), &params()).await.unwrap();
    assert_eq!(depot.kept().labels, Some((names(), place(), Some(2), params())));
    let none = LabelLoadsParams::default();
    depot.client().await.label_loads(&texts(["a"]), &place(), &Some(2), &none).await.unwrap();
    assert_eq!(depot.kept().labels, Some((texts(["a"]), place(), Some(2), none)));
    // Null is there, and nothing is not.
    let null = LabelLoadsParams { x_note: Some(None), ..params() };
    depot.client().await.label_loads(&texts(["a"]), &place(), &None, &null).await.unwrap();
    assert_eq!(depot.kept().labels, Some((texts(["a"]), place(), None, null)));
}

#[tokio::test]
async fn a_header_of_several_values_has_none_with_a_comma() {
    let depot = Depot::default();
    let client = depot.client().await;
    for (color, expected) in [
        ("red,blue", RequestError::Delimiter { name: "X-Colors" }),
        (" red", RequestError::Header { name: "X-Colors" }),
        ("", RequestError::Header { name: "X-Colors" }),
    ] {
        let params = LabelLoadsParams { x_colors: texts(["green", color]), ..params() };
        let error = client.label_loads(&names(), &place(), &Some(2), &params).await.unwrap_err();
        assert!(matches!(&error, Error::Request(found) if *found == expected), "{error:?}");
    }
    assert_eq!(depot.kept().labels, None);
}

/// The status of an answer to a request by hand, and the parameter that is wrong.
async fn answer(query: &str, note: &str) -> (u16, Value) {
    let url = format!("{}/labels/a?floor=2&{query}", Depot::default().start().await);
    let response = reqwest::Client::new().put(url).header("x-note", note).send().await.unwrap();
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    let problem: Value = serde_json::from_str(&text).unwrap();
    (status, problem.get("parameter").or(problem.pointer("/errors/0/parameter")).cloned().unwrap_or_default())
}

#[tokio::test]
async fn json_that_does_not_fit_is_refused_by_the_name_of_the_parameter() {
    assert_eq!(answer("where={%22rows%22:[1]}", "{}").await, (200, Value::Null));
    for (query, note, status, name) in [
        ("", "{}", 400, "where"),
        ("where={%22rows%22:[1]}&floor=2", "{}", 400, "floor"),
        ("where={}", "{}", 400, "where"),
        ("where=x", "{}", 400, "where"),
        ("where={%22rows%22:[1],%22within%22:null}", "{}", 400, "where"),
        ("where={%22rows%22:[1]}&where={%22rows%22:[1]}", "{}", 400, "where"),
        ("where={%22rows%22:[1]}&order=a", "{}", 400, "order"),
        ("where={%22rows%22:[1]}&order=[%22a%22,%22b%22,%22c%22]", "{}", 422, "order"),
        ("where={%22rows%22:[1]}", "", 400, "X-Note"),
        ("where={%22rows%22:[1]}", r#"{"text":"ten letters"}"#, 422, "X-Note"),
    ] {
        assert_eq!(answer(query, note).await, (status, json!(name)), "{query} {note}");
    }
}
