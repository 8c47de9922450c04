//! Bodies that are refused, and the order of all checks.

use axum::extract::DefaultBodyLimit;
use docwright_generated::{example, finix};

use crate::{
    ADA, JSON, TOKEN,
    services::{Example, Finix, Log},
    wire::Server,
};

const TOO_LARGE: &str =
    r#"{"type":"about:blank","title":"Payload Too Large","status":413,"detail":"the body is too large"}"#;
const MEDIA_TYPE: &str = r#"{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the media type of the body must be application/json"}"#;

async fn start() -> (Server, Log) {
    let service = Finix::default();
    let log = service.0.clone();
    (Server::start(finix::server::router(service)).await, log)
}

#[tokio::test]
async fn a_body_of_another_media_type_is_refused() {
    let (server, log) = start().await;
    for header in [
        "Accept: */*",
        "Content-Type: text/plain",
        "Content-Type: application/x-www-form-urlencoded",
        "Content-Type: application/jsonp",
        "Content-Type: application/json-patch+json",
        "Content-Type: text/json",
        "Content-Type: json",
        "Content-Type:",
        "Content-Type: ;",
        "Content-Type: application/json\nContent-Type: text/plain",
    ] {
        let response = server.send(&format!("PUT /users/US1\n{ADA}\n{header}"), "{}").await;
        response.is("415 Unsupported Media Type", MEDIA_TYPE);
        assert_eq!(response.header("accept"), "application/json");
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn parameters_and_case_of_the_media_type_do_not_matter() {
    let (server, _) = start().await;
    for media_type in [
        "application/json; charset=utf-8",
        "Application/JSON",
        "application/json;charset=\"UTF-8\"",
        "application/json ;",
    ] {
        let head = format!("PUT /users/US1\n{ADA}\nContent-Type: {media_type}");
        server.send(&head, "{}").await.is("200 OK", r#"{"id":"US1"}"#);
    }
}

#[tokio::test]
async fn an_encoded_body_is_refused() {
    let (server, _) = start().await;
    let response = server.send(&format!("PUT /users/US1\n{ADA}\n{JSON}\nContent-Encoding: gzip"), "{}").await;
    response.is(
        "415 Unsupported Media Type",
        r#"{"type":"about:blank","title":"Unsupported Media Type","status":415,"detail":"the body must not be encoded"}"#,
    );
    assert_eq!(response.header("accept-encoding"), "identity");
}

#[tokio::test]
async fn what_is_not_json_is_refused_by_its_place() {
    let (server, log) = start().await;
    for (body, line, column) in [
        ("{", 1, 1),
        ("{\"enabled\":secret}", 1, 12),
        ("{\"enabled\":true}x", 1, 17),
        ("{\n\"tags\": {\"a\": \"\u{1}\"}}", 2, 16),
        ("nothing", 1, 2),
        ("{'enabled':true}", 1, 2),
        (" ", 1, 1),
        // Of another shape too, before it stops to be JSON.
        ("{\"enabled\":\"secret\"}x", 1, 21),
        ("{\"enabled\":\"secret\",", 1, 20),
    ] {
        server.send(&format!("PUT /users/US1\n{ADA}\n{JSON}"), body).await.is(
            "400 Bad Request",
            &format!(
                r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":"the body is not JSON: line {line}, column {column}"}}"#
            ),
        );
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn deep_nesting_is_refused() {
    let server = Server::start(example::server::router(Example::default())).await;
    let deep = format!("{{\"channel\":{}", "[".repeat(100_000));
    let response = server.send(&format!("PUT /users/7.json\n{TOKEN}\n{JSON}"), &deep).await;
    assert_eq!(response.status, "400 Bad Request");
}

#[tokio::test]
async fn a_body_of_another_shape_is_refused_by_its_place() {
    let (server, log) = start().await;
    for (body, pointer, detail) in [
        (r#"{"tags":{"order":25}}"#, "/tags/order", "must be a string"),
        (r#"{"tags":["secret"]}"#, "/tags", "must be an object"),
        (r#"{"enabled":"secret"}"#, "/enabled", "must be a boolean"),
        (r#"{"tags":{"order":null}}"#, "/tags/order", "must be a string, not null"),
        (r#"{"enabled":true,"enabled":true}"#, "", "the member `enabled` is there twice"),
        (r#"[true,{"a":"b"}]"#, "", "must be an object"),
        ("7", "", "must be an object"),
    ] {
        server.send(&format!("PUT /users/US1\n{ADA}\n{JSON}"), body).await.is(
            "422 Unprocessable Entity",
            &format!(
                r#"{{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"{detail}","pointer":"{pointer}"}}"#
            ),
        );
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn two_mebibytes_are_read_and_no_more() {
    let (server, log) = start().await;
    let head = format!("PUT /users/US1\n{ADA}\n{JSON}");
    let fits = format!("{{}}{}", " ".repeat(2 * 1024 * 1024 - 2));
    server.send(&head, &fits).await.is("200 OK", r#"{"id":"US1"}"#);
    assert_eq!(log.take().len(), 1);
    // The length alone is enough: not a byte of the body is sent.
    let raw =
        format!("PUT /users/US1 HTTP/1.1\r\nHost: x\r\n{ADA}\r\n{JSON}\r\nContent-Length: 2097153\r\n\r\n");
    server.send_raw(raw.as_bytes()).await.is("413 Payload Too Large", TOO_LARGE);
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn a_chunked_body_has_the_same_maximum() {
    let router = finix::server::router(Finix::default()).layer(DefaultBodyLimit::max(8));
    let server = Server::start(router).await;
    let head = format!(
        "PUT /users/US1 HTTP/1.1\r\nHost: x\r\n{ADA}\r\n{JSON}\r\nTransfer-Encoding: chunked\r\n\r\n"
    );
    let fits = format!("{head}2\r\n{{}}\r\n6\r\n      \r\n0\r\n\r\n");
    server.send_raw(fits.as_bytes()).await.is("200 OK", r#"{"id":"US1"}"#);
    let large = format!("{head}2\r\n{{}}\r\n7\r\n       \r\n0\r\n\r\n");
    server.send_raw(large.as_bytes()).await.is("413 Payload Too Large", TOO_LARGE);
}

#[tokio::test]
async fn the_maximum_can_be_set() {
    let router = finix::server::router(Finix::default()).layer(DefaultBodyLimit::max(2));
    let server = Server::start(router).await;
    let head = format!("PUT /users/US1\n{ADA}\n{JSON}");
    server.send(&head, "{}").await.is("200 OK", r#"{"id":"US1"}"#);
    server.send(&head, "{ }").await.is("413 Payload Too Large", TOO_LARGE);
}

#[tokio::test]
async fn a_body_that_breaks_off_never_reaches_the_handler() {
    let (server, log) = start().await;
    let head = format!("PUT /users/US1 HTTP/1.1\r\nHost: x\r\n{ADA}\r\n{JSON}\r\n");
    let raw = format!("{head}Transfer-Encoding: chunked\r\n\r\nsecret\r\n");
    let response = server.send_raw(raw.as_bytes()).await;
    assert_eq!(response.status, "400 Bad Request");
    assert!(!response.body.contains("secret"));
    assert!(log.take().is_empty());
}

/// Each request has all faults that the one before it was refused for mended, and no other.
#[tokio::test]
async fn checks_come_in_one_order() {
    let service = Example::default();
    let log = service.0.clone();
    let server = Server::start(example::server::router(service).layer(DefaultBodyLimit::max(40))).await;
    let text = "Content-Type: text/plain";
    let long = format!("not JSON{}", "!".repeat(40));
    let shape = r#"{"customerId":"seven"}"#;
    for (head, body, status) in [
        (format!("PUT /user/seven.json\n{text}"), long.as_str(), "404 Not Found"),
        (format!("POST /users/seven.json\n{text}"), &long, "405 Method Not Allowed"),
        (format!("PUT /users/seven.json\n{text}"), &long, "401 Unauthorized"),
        (format!("PUT /users/seven.json\n{text}\n{TOKEN}"), &long, "400 Bad Request"),
        (format!("PUT /users/7.json\n{text}\n{TOKEN}"), &long, "415 Unsupported Media Type"),
        (format!("PUT /users/7.json\n{TOKEN}"), &long, "415 Unsupported Media Type"),
        (format!("PUT /users/7.json\n{JSON}\n{TOKEN}"), &long, "413 Payload Too Large"),
        (format!("PUT /users/7.json\n{JSON}\n{TOKEN}"), "not JSON", "400 Bad Request"),
        (format!("PUT /users/7.json\n{JSON}\n{TOKEN}"), shape, "422 Unprocessable Entity"),
        (format!("PUT /users/7.json\n{JSON}\n{TOKEN}"), "{}", "200 OK"),
    ] {
        assert_eq!(server.send(&head, body).await.status, status, "{head}");
    }
    assert_eq!(log.take().len(), 1);
}

#[tokio::test]
async fn limits_are_checked_after_the_shape() {
    let (server, log) = start().await;
    let long = "x".repeat(501);
    for (body, pointer) in [
        (format!(r#"{{"tags":{{"a":"{long}"}},"enabled":1}}"#), "/enabled"),
        (format!(r#"{{"tags":{{"a":"{long}"}},"enabled":true}}"#), "/tags/a"),
    ] {
        let response = server.send(&format!("PUT /users/US1\n{ADA}\n{JSON}"), &body).await;
        assert_eq!(response.status, "422 Unprocessable Entity");
        assert!(response.body.contains(&format!(r#""pointer":"{pointer}""#)), "{}", response.body);
    }
    assert!(log.take().is_empty());
}
