//! 003: an id that is a UUID, a limit, and an error shape of the implementer.

use docwright_generated::upsun::server::router;

use crate::{
    JSON, TOKEN,
    services::{Log, USER, Upsun},
    wire::{Response, Server},
};

const ID: &str = "d81c8ee2-44b3-429f-b944-a33ad7437690";

async fn start() -> (Server, Log) {
    let service = Upsun::default();
    let log = service.0.clone();
    (Server::start(router(service)).await, log)
}

async fn patch(server: Server, id: &str, body: &str) -> Response {
    server.send(&format!("PATCH /users/{id}\n{TOKEN}\n{JSON}"), body).await
}

#[tokio::test]
async fn a_success_is_typed_json() {
    let (server, log) = start().await;
    patch(server, ID, r#"{"country":"NL"}"#).await.is("200 OK", USER);
    assert_eq!(log.take(), [format!(r#"{ID} Some("NL")"#)]);
}

#[tokio::test]
async fn absent_and_value_reach_the_handler_apart() {
    let (server, log) = start().await;
    for (body, seen) in [("{}", "None"), (r#"{"country":"DE"}"#, "Some(\"DE\")")] {
        patch(server, ID, body).await.is("200 OK", USER);
        assert_eq!(log.take(), [format!("{ID} {seen}")]);
    }
}

#[tokio::test]
async fn refusals_have_the_form_that_the_implementer_gives_them() {
    let (server, log) = start().await;
    patch(server, ID, r#"{"country":"NLD"}"#)
        .await
        .is("422 Unprocessable Entity", r#"{"error":"Unprocessable Entity","at":"/country"}"#);
    patch(server, ID, r#"{"country":7}"#)
        .await
        .is("422 Unprocessable Entity", r#"{"error":"Unprocessable Entity","at":"/country"}"#);
    patch(server, "US1", "{}").await.is("400 Bad Request", r#"{"error":"Bad Request","at":null}"#);
    patch(server, &format!("{ID}/roles"), "{}")
        .await
        .is("404 Not Found", r#"{"error":"Not Found","at":null}"#);
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn headers_that_http_requires_are_there_in_any_form() {
    let (server, _) = start().await;
    let refused = server.send(&format!("PATCH /users/{ID}"), "").await;
    refused.is("401 Unauthorized", r#"{"error":"Unauthorized","at":null}"#);
    assert_eq!(refused.header("www-authenticate"), r#"Bearer realm="upsun""#);
    let refused = server.send(&format!("PUT /users/{ID}"), "").await;
    refused.is("405 Method Not Allowed", r#"{"error":"Method Not Allowed","at":null}"#);
    assert_eq!(refused.header("allow"), "OPTIONS, PATCH");
}
