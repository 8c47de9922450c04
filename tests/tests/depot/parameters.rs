//! Arrays in queries and headers, merge patches and other media types of JSON, and default responses, over HTTP.

use docwright_runtime::{
    Secret,
    client::{Error, RequestError},
};
use docwright_tests::{
    fixtures::depot::{
        client::Client,
        types::{AdjustLoadFailure, AdjustLoadParams, AdjustLoadRequest, AdjustLoadXMode, WeighLoadsParams},
    },
    wire::Wire,
};
use serde_json::{Value, json};

use crate::service::{Adjusted, Depot};

fn texts<const N: usize>(texts: [&str; N]) -> Vec<String> {
    texts.map(str::to_owned).into()
}

fn params() -> AdjustLoadParams {
    AdjustLoadParams {
        ids: vec![1, -2],
        words: texts(["a", "b+c"]),
        commas: texts(["a,b", "c d&e", ""]),
        x_mode: Some(AdjustLoadXMode::Safe),
        x_days: vec!["2026-01-02".parse().unwrap(), "2026-03-04".parse().unwrap()],
    }
}

fn patch() -> AdjustLoadRequest {
    AdjustLoadRequest { name: Some(None), size: None }
}

#[tokio::test]
async fn values_are_written_together_as_the_page_says() {
    let server = Wire::always("200 OK\ncontent-type: application/vnd.depot.load+json", "{\"id\":1}").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let (tag, pipes) = (texts(["x", "y,z"]), texts(["p", "q"]));
    client.adjust_load(7, &tag, &pipes, 3, &params(), &patch()).await.unwrap();
    let request = server.request().await;
    let expected = "PATCH /loads/7?tag=x&tag=y%2Cz&pipes=p%7Cq&ids=1,-2&words=a%20b%2Bc&commas=a%2Cb,c%20d%26e, HTTP/1.1\n";
    assert!(request.starts_with(expected), "{request}");
    for line in [
        "x-attempt: 3",
        "x-mode: safe",
        "x-days: 2026-01-02",
        "x-days: 2026-03-04",
        "accept: application/vnd.depot.load+json, application/problem+json",
        "content-type: application/merge-patch+json",
    ] {
        assert!(request.contains(&format!("\n{line}\n")), "{line}: {request}");
    }
    assert!(request.ends_with("\n\n{\"name\":null}"), "{request}");
}

#[tokio::test]
async fn a_value_with_the_delimiter_in_it_is_not_sent() {
    let depot = Depot::default();
    let (tag, pipes) = (texts(["x"]), texts(["p", "q|r"]));
    let error = depot.client().await.adjust_load(7, &tag, &pipes, 3, &params(), &patch()).await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Delimiter { name: "pipes" })), "{error:?}");
    assert_eq!(depot.kept().adjusted, None);
}

#[tokio::test]
async fn a_list_that_must_be_sent_has_values() {
    let depot = Depot::default();
    let client = depot.client().await;
    for (tag, pipes, name) in [(&[][..], &["p"][..], "tag"), (&["x"], &[], "pipes")] {
        let [tag, pipes] =
            [tag, pipes].map(|list| list.iter().copied().map(str::to_owned).collect::<Vec<_>>());
        let error = client.adjust_load(7, &tag, &pipes, 3, &params(), &patch()).await.unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::Missing { name: n }) if n == name), "{error:?}");
    }
    assert_eq!(depot.kept().adjusted, None);
}

#[tokio::test]
async fn an_empty_text_that_would_be_no_value_is_not_sent() {
    let depot = Depot::default();
    let client = depot.client().await;
    let tag = texts(["x"]);
    let error = client.adjust_load(7, &tag, &texts([""]), 3, &params(), &patch()).await.unwrap_err();
    assert!(matches!(error, Error::Request(RequestError::Empty { name: "pipes" })), "{error:?}");
    let pipes = texts(["", ""]);
    client.adjust_load(7, &tag, &pipes, 3, &params(), &patch()).await.unwrap();
    assert_eq!(depot.kept().adjusted.map(|adjusted| adjusted.pipes), Some(pipes));
}

#[tokio::test]
async fn what_the_client_sends_the_server_reads() {
    let depot = Depot::default();
    let (tag, pipes) = (texts(["x", "y,z"]), texts(["p", "q"]));
    let response = depot.client().await.adjust_load(7, &tag, &pipes, 3, &params(), &patch()).await.unwrap();
    assert_eq!(response.body().id, 7);
    let sent = Adjusted { load: 7, tag, pipes, x_attempt: 3, params: params(), body: patch() };
    assert_eq!(depot.kept().adjusted, Some(sent));
}

#[tokio::test]
async fn a_list_in_a_path_is_read_as_it_is_written() {
    let server = Wire::always("200 OK\ncontent-type: application/json", "6").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    let (password, params) = (Secret::from("open".to_owned()), WeighLoadsParams::default());
    client.weigh_loads(&[1, 2, 3], &password, &params).await.unwrap();
    assert!(server.request().await.starts_with("GET /scales/1,2,3/weight HTTP/1.1\n"));
    let depot = Depot::default();
    let weight = depot.client().await.weigh_loads(&[1, 2, 3], &password, &params).await.unwrap();
    assert_eq!(*weight.body(), 6);
    assert_eq!(weigh("1,,3", "open", "").await, (400, "loads".into()), "one of three is none");
}

#[tokio::test]
async fn limits_of_secrets_are_checked_and_nothing_of_them_is_told() {
    assert_eq!(weigh("1", "open", "token=open").await, (200, Value::Null));
    assert_eq!(weigh("1", "opened", "").await, (422, "X-Password".into()));
    assert_eq!(weigh("1", "open", "token=opened").await, (422, "token".into()));
}

/// The status of an answer to a request by hand, and the parameter that is wrong.
async fn weigh(loads: &str, password: &str, query: &str) -> (u16, Value) {
    let url = format!("{}/scales/{loads}/weight?{query}", Depot::default().start().await);
    let response = reqwest::Client::new().get(url).header("x-password", password).send().await.unwrap();
    let (status, text) = (response.status().as_u16(), response.text().await.unwrap());
    assert!(!text.contains("opened"), "{text}");
    let problem: Value = serde_json::from_str(&text).unwrap();
    let named =
        |problem: &Value| problem.get("parameter").or(problem.pointer("/errors/0/parameter")).cloned();
    (status, named(&problem).unwrap_or_default())
}

#[tokio::test]
async fn every_other_status_is_the_default_response() {
    let depot = Depot::default();
    let (tag, pipes) = (texts(["x"]), texts(["p"]));
    let (client, params) = (depot.client().await, AdjustLoadParams::default());
    let error = client.adjust_load(404, &tag, &pipes, 1, &params, &patch()).await.unwrap_err();
    let Some(AdjustLoadFailure::Default(status, problem)) = error.documented() else { panic!("{error:?}") };
    assert_eq!((*status, problem.title.as_str()), (404, "No such load"));
}

/// The status of an answer to a request by hand, and the parameter that is wrong.
async fn answer(query: &str, headers: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/loads/7?{query}", Depot::default().start().await);
    let mut request = reqwest::Client::new().patch(url).body("{}");
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let body: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    (status, body["parameter"].clone())
}

#[tokio::test]
async fn parameters_that_do_not_fit_are_refused_by_name() {
    let patch = ("content-type", "application/merge-patch+json");
    let good = [patch, ("x-attempt", "1"), ("x-days", "2026-01-02, 2026-01-03")];
    assert_eq!(answer("tag=a&pipes=b", &good).await, (200, Value::Null));
    assert_eq!(answer("tag=a&pipes=b&ids=", &good).await, (200, Value::Null));
    assert_eq!(answer("tag=a&pipes=b&ids=1,x", &good).await, (400, json!("ids")));
    assert_eq!(answer("tag=a", &good).await, (400, json!("pipes")));
    assert_eq!(answer("pipes=a", &good).await, (400, json!("tag")));
    assert_eq!(answer("tag=a&pipes=b", &[patch]).await, (400, json!("X-Attempt")));
    assert_eq!(answer("tag=a&pipes=b", &[patch, ("x-attempt", "0")]).await, (422, json!("X-Attempt")));
    let days = [patch, ("x-attempt", "1"), ("x-days", "today")];
    assert_eq!(answer("tag=a&pipes=b", &days).await, (400, json!("X-Days")));
    let json = [("content-type", "application/json"), ("x-attempt", "1")];
    assert_eq!(answer("tag=a&pipes=b", &json).await, (415, Value::Null));
}
