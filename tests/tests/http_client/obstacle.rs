//! Difficult names, two path parameters, a documented default.

use docwright_runtime::client::Error;
use docwright_tests::{
    fixtures::obstacle::{
        client::Client,
        types::{NameObstaclesFailure, NameObstaclesRequest},
    },
    wire::Wire,
};

use crate::{json, line};

async fn answered(status: &str, body: &str) -> (String, Result<u16, Error<NameObstaclesFailure>>) {
    let server = Wire::always(&json(status), body).await;
    let client = Client::builder().base_url(server.url() + "/base/").build().unwrap();
    let request: NameObstaclesRequest = serde_json::from_str(r#"{"type":"t"}"#).unwrap();
    let result = client.name_obstacles("a/b", "c d", &request).await;
    (server.request().await, result.map(|response| response.status().as_u16()))
}

#[tokio::test]
async fn names_are_on_the_wire_as_the_page_has_them() {
    let (request, result) = answered("200 OK", "{}").await;
    assert_eq!(line(&request), "POST /base/obstacles/a%2Fb/c%20d HTTP/1.1");
    assert!(request.ends_with("\n\n{\"type\":\"t\"}"), "{request}");
    assert_eq!(result.unwrap(), 200);
}

#[tokio::test]
async fn errors_of_different_shapes_are_told_apart_by_status() {
    let (_, result) = answered("400 Bad Request", r#"{"Err":"e"}"#).await;
    assert!(matches!(result.unwrap_err().documented(), Some(NameObstaclesFailure::BadRequest(_))));
    let (_, result) = answered("409 Conflict", r#"{"Ok":"o"}"#).await;
    assert!(matches!(result.unwrap_err().documented(), Some(NameObstaclesFailure::Conflict(_))));
    // The body of one status under another.
    let (_, result) = answered("409 Conflict", r#"{"Err":"e"}"#).await;
    assert!(matches!(result.unwrap_err(), Error::Body(error) if error.pointer() == "/Ok"));
}

#[tokio::test]
async fn a_default_is_for_every_other_status_and_keeps_it() {
    for status in ["201 Created", "404 Not Found", "500 Internal Server Error"] {
        let (_, result) = answered(status, r#"{"_":"u"}"#).await;
        let error = result.unwrap_err();
        assert!(matches!(error.documented(), Some(NameObstaclesFailure::Default(..))), "{error:?}");
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
    }
}
