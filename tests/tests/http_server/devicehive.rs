//! 002: an id that is a number or a keyword, a permission, and a success without a documented status.

use docwright_generated::devicehive::server::router;

use crate::{
    JSON, TOKEN,
    services::{DeviceHive, Log},
    wire::{Response, Server},
};

async fn start() -> (Server, Log) {
    let service = DeviceHive::default();
    let log = service.0.clone();
    (Server::start(router(service)).await, log)
}

async fn put(server: Server, id: &str, body: &str) -> Response {
    server.send(&format!("PUT /user/{id}\n{TOKEN}\n{JSON}"), body).await
}

#[tokio::test]
async fn a_success_without_a_body_sends_none() {
    let (server, log) = start().await;
    let empty = put(server, "current", r#"{"login":"ada"}"#).await;
    empty.is("204 No Content", "");
    assert!(empty.all("content-length").is_empty());
    assert!(empty.all("transfer-encoding").is_empty());
    let empty = put(server, "200", r#"{"login":"ada"}"#).await;
    empty.is("200 OK", "");
    assert_eq!(empty.header("content-length"), "0");
    assert_eq!(
        log.take(),
        [
            r#"UpdateCurrentUser Current Some("ada") None"#,
            r#"UpdateCurrentUser Integer(200) Some("ada") None"#,
        ]
    );
}

#[tokio::test]
async fn a_status_of_another_class_is_a_failure_of_the_service() {
    let (server, _) = start().await;
    put(server, "500", "{}").await.is(
        "500 Internal Server Error",
        r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#,
    );
}

#[tokio::test]
async fn what_the_page_leaves_open_is_the_handlers() {
    let (server, _) = start().await;
    let gone = put(server, "404", "{}").await;
    assert_eq!((gone.status.as_str(), gone.body.as_str()), ("404 Not Found", "gone"));
}

#[tokio::test]
async fn an_id_is_a_number_or_the_keyword() {
    let (server, log) = start().await;
    put(server, "7", "{}").await.is("204 No Content", "");
    put(server, "-7", "{}").await.is("204 No Content", "");
    assert_eq!(log.take().len(), 2);
    for id in ["Current", "me", "7.0", "current%00"] {
        put(server, id, "").await.is(
            "400 Bad Request",
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the path parameter `id` is not of the documented type","parameter":"id"}"#,
        );
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn absent_and_value_reach_the_handler_apart() {
    let (server, log) = start().await;
    for (body, seen) in [
        ("{}", "None None"),
        (r#"{"data":{}}"#, "None Some({})"),
        (r#"{"data":{"a":null}}"#, r#"None Some({"a": Null})"#),
    ] {
        put(server, "7", body).await.is("204 No Content", "");
        assert_eq!(log.take(), [format!("UpdateCurrentUser Integer(7) {seen}")]);
    }
}
