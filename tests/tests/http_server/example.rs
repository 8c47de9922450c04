//! 000: a path that ends in `.json`, and no documented response.

use docwright_generated::example::server::router;

use crate::{
    JSON, TOKEN,
    services::{Example, Log},
    wire::{Response, Server},
};

async fn start() -> (Server, Log) {
    let service = Example::default();
    let log = service.0.clone();
    (Server::start(router(service)).await, log)
}

async fn put(server: Server, path: &str, body: &str) -> Response {
    server.send(&format!("PUT {path}\n{TOKEN}\n{JSON}"), body).await
}

#[tokio::test]
async fn what_the_handler_makes_is_the_response() {
    let (server, log) = start().await;
    put(server, "/users/7.json", "{}").await.is("200 OK", r#"{"id":7}"#);
    let gone = put(server, "/users/404.json", "{}").await;
    assert_eq!((gone.status.as_str(), gone.body.as_str()), ("404 Not Found", "no such user"));
    assert_eq!(log.take(), ["7 None None None", "404 None None None"]);
}

#[tokio::test]
async fn the_suffix_is_part_of_the_path() {
    let (server, log) = start().await;
    let unknown = r#"{"type":"about:blank","title":"Not Found","status":404}"#;
    for path in ["/users/7", "/users/.json", "/users/7.jsonx", "/users/7.json/", "/users", "/", "//"] {
        put(server, path, "{}").await.is("404 Not Found", unknown);
    }
    put(server, "/users/7%2Ejson", "{}").await.is("200 OK", r#"{"id":7}"#);
    assert_eq!(log.take().len(), 1);
}

#[tokio::test]
async fn an_id_of_another_type_is_refused_and_not_repeated() {
    let (server, log) = start().await;
    for id in ["seven", "7.5", "9223372036854775808", "7.json", "%F0%9F%A6%80", "0x7", "-"] {
        put(server, &format!("/users/{id}.json"), "{}").await.is(
            "400 Bad Request",
            r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the path parameter `id` is not of the documented type","parameter":"id"}"#,
        );
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn absent_null_and_value_reach_the_handler_apart() {
    let (server, log) = start().await;
    for (body, seen) in [
        (r#"{}"#, "7 None None None"),
        (r#"{"archiveReason":null,"channel":null}"#, "7 Some(None) Some(Null) None"),
        (r#"{"archiveReason":"left","channel":1}"#, r#"7 Some(Some("left")) Some(Number(1)) None"#),
        (r#"{"password":"hunter2"}"#, "7 None None Some([redacted])"),
        ("", "7 without a body"),
    ] {
        put(server, "/users/7.json", body).await.is("200 OK", r#"{"id":7}"#);
        assert_eq!(log.take(), [seen]);
    }
}

#[tokio::test]
async fn a_value_of_another_type_is_named_and_not_repeated() {
    let (server, log) = start().await;
    for (body, pointer, detail) in [
        (r#"{"customerId":"secret"}"#, "/customerId", "must be an integer"),
        (r#"{"customerId":2147483648}"#, "/customerId", "is not of the documented shape"),
        (r#"{"archiveReason":["secret"]}"#, "/archiveReason", "must be a string"),
        (r#"{"enabled":"secret, expected secret"}"#, "/enabled", "must be a boolean"),
        (r#"{"createdAt":"secret"}"#, "/createdAt", "is not of the documented shape"),
        (r#"["secret"]"#, "", "must be an object"),
    ] {
        let response = put(server, "/users/7.json", body).await;
        response.is(
            "422 Unprocessable Entity",
            &format!(
                r#"{{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"{detail}","pointer":"{pointer}"}}"#
            ),
        );
        assert!(!format!("{response:?}").contains("secret"));
    }
    assert!(log.take().is_empty());
}
