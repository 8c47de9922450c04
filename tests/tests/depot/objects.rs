//! Objects in the query, in each style that OpenAPI has for them, over HTTP.

use std::collections::BTreeMap;

use docwright_runtime::client::{Error, RequestError};
use docwright_tests::{
    fixtures::depot::{
        client::Client,
        types::{
            Filter, FilterLevel, FilterStatus, FindLoadsBox, FindLoadsCustom, FindLoadsPage, FindLoadsParams,
            Range,
        },
    },
    wire::Wire,
};
use serde_json::{Value, json};

use crate::service::Depot;

fn range() -> Range {
    Range { from: "a,b".to_owned(), to: "c&d=e".to_owned() }
}

fn params() -> FindLoadsParams {
    let filter = Filter {
        status: Some(FilterStatus::Stored),
        limit: Some(3),
        since: Some("2026-01-02".parse().unwrap()),
        fragile: Some(false),
        level: Some(FilterLevel::Value2),
    };
    let labels = [("color", "red"), ("a[b]", "+ %")].map(|(key, value)| (key.to_owned(), value.to_owned()));
    FindLoadsParams {
        filter: Some(filter),
        page: Some(FindLoadsPage { number: 2, per_page: Some(50), order: None }),
        labels: Some(BTreeMap::from(labels)),
        marks: json!({ "a": "x", "b c": "1" }).as_object().cloned(),
        r#box: Some(FindLoadsBox { width: Some(1.5), height: None }),
        custom: Some(FindLoadsCustom {
            floor: Some(2),
            other: BTreeMap::from([("a".to_owned(), json!("7"))]),
        }),
        rows: vec![1, 2],
    }
}

#[tokio::test]
async fn members_are_written_as_the_page_says() {
    let server = Wire::always("200 OK\ncontent-type: application/json", "3").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    client.find_loads(&range(), &params()).await.unwrap();
    let request = server.request().await;
    let expected = [
        "GET /loads?range=from,a%2Cb,to,c%26d%3De",
        "filter%5Bstatus%5D=stored",
        "filter%5Blimit%5D=3",
        "filter%5Bsince%5D=2026-01-02",
        "filter%5Bfragile%5D=false",
        "filter%5Blevel%5D=2",
        "number=2",
        "per%20page=50",
        "labels%5Ba%5Bb%5D%5D=%2B%20%25",
        "labels%5Bcolor%5D=red",
        "marks%5Ba%5D=x",
        "marks%5Bb%20c%5D=1",
        "box=width%7C1.5",
        "custom%5Bfloor%5D=2",
        "custom%5Ba%5D=7",
        "rows=1,2 HTTP/1.1\n",
    ];
    assert!(request.starts_with(&expected.join("&")), "{request}");
}

#[tokio::test]
async fn what_the_client_sends_the_server_reads() {
    let depot = Depot::default();
    let client = depot.client().await;
    client.find_loads(&range(), &params()).await.unwrap();
    assert_eq!(depot.kept().found, Some((range(), params())));
    client.find_loads(&range(), &FindLoadsParams::default()).await.unwrap();
    assert_eq!(depot.kept().found, Some((range(), FindLoadsParams::default())));
}

#[tokio::test]
async fn members_that_no_page_documents_are_scalars_or_not_sent() {
    let depot = Depot::default();
    let marks = |marks: Value| FindLoadsParams { marks: marks.as_object().cloned(), ..params() };
    let error = depot.client().await.find_loads(&range(), &marks(json!({ "a": [1] }))).await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Query { name: "marks" })), "{error:?}");
    // On its way a number is text.
    depot.client().await.find_loads(&range(), &marks(json!({ "a": 1, "b": null }))).await.unwrap();
    assert_eq!(depot.kept().found, Some((range(), marks(json!({ "a": "1" })))));
}

#[tokio::test]
async fn brackets_and_commas_may_be_encoded_or_not() {
    let depot = Depot::default();
    let url = depot.start().await;
    for query in ["range=from,1,to,2&filter[limit]=5", "range=to,2,from,1&filter%5Blimit]=5&other[limit]=6"] {
        let response = reqwest::get(format!("{url}/loads?{query}")).await.unwrap();
        assert_eq!(response.status(), 200, "{query}");
        let (range, params) = depot.kept().found.unwrap();
        assert_eq!(range, Range { from: "1".to_owned(), to: "2".to_owned() });
        let filter = Filter { limit: Some(5), ..Filter::default() };
        assert_eq!(params, FindLoadsParams { filter: Some(filter), ..FindLoadsParams::default() });
    }
}

/// The status of an answer to a request by hand, and the parameter that is wrong.
async fn answer(query: &str) -> (u16, Value) {
    let response = reqwest::get(format!("{}/loads?{query}", Depot::default().start().await)).await.unwrap();
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    let problem: Value = serde_json::from_str(&text).unwrap();
    (status, problem.get("parameter").or(problem.pointer("/errors/0/parameter")).cloned().unwrap_or_default())
}

#[tokio::test]
async fn members_that_do_not_fit_are_refused_by_the_name_of_the_parameter() {
    let range = "range=from,1,to,2";
    assert_eq!(answer("").await, (400, json!("range")));
    for (query, status, name) in [
        ("filter[limit]=x", 400, "filter"),
        ("filter[limit]=1&filter[limit]=2", 400, "filter"),
        ("filter[fragile]=%ff", 400, "filter"),
        ("filter[limit]=51", 422, "filter"),
        ("number=x", 400, "page"),
        ("per+page=5", 400, "page"),
        ("number=0", 422, "page"),
        ("labels[a]=longer", 422, "labels"),
        ("box=width|1|height", 400, "box"),
        ("custom[floor]=x&custom[a]=x", 400, "custom"),
    ] {
        assert_eq!(answer(&format!("{range}&{query}")).await, (status, json!(name)), "{query}");
    }
    for query in ["range=from,1", "range=from,1,to", "range=from,1,to,2&range=from,1,to,2"] {
        assert_eq!(answer(query).await, (400, json!("range")), "{query}");
    }
    assert_eq!(answer("range=from,12345,to,2").await, (422, json!("range")));
    assert_eq!(answer(&format!("{range}&other=%ff&filter[other]=x")).await, (200, Value::Null));
}
