//! 001: user and password, documented errors, limits from prose.

use docwright_generated::finix::server::router;

use crate::{
    ADA, JSON,
    services::{Finix, Log},
    wire::{Response, Server},
};

async fn start() -> (Server, Log) {
    let service = Finix::default();
    let log = service.0.clone();
    (Server::start(router(service)).await, log)
}

async fn put(server: Server, id: &str, body: &str) -> Response {
    server.send(&format!("PUT /users/{id}\n{ADA}\n{JSON}"), body).await
}

#[tokio::test]
async fn a_success_is_typed_json() {
    let (server, log) = start().await;
    let response = put(server, "US1", r#"{"enabled":false}"#).await;
    response.is("200 OK", r#"{"id":"US1","enabled":false}"#);
    assert_eq!(response.header("content-length"), "28");
    assert_eq!(log.take(), [r#"ada "US1" Some(false) None"#]);
}

#[tokio::test]
async fn every_documented_error_is_a_reply() {
    let (server, _) = start().await;
    for (id, status, code) in [
        ("bad-request", "400 Bad Request", "BAD"),
        ("unauthorized", "401 Unauthorized", "UNKNOWN"),
        ("forbidden", "403 Forbidden", "UNKNOWN"),
        ("not-found", "404 Not Found", "NOT_FOUND"),
        ("not-acceptable", "406 Not Acceptable", "ACCEPT"),
    ] {
        let body = format!(r#"{{"total":1,"_embedded":{{"errors":[{{"code":"{code}"}}]}}}}"#);
        put(server, id, "{}").await.is(status, &body);
    }
}

#[tokio::test]
async fn a_response_that_is_not_documented_has_its_own_variant() {
    let (server, _) = start().await;
    put(server, "teapot", "{}").await.is("418 I'm a teapot", "");
}

#[tokio::test]
async fn absent_null_and_value_reach_the_handler_apart() {
    let (server, log) = start().await;
    for (body, seen) in [
        (r#"{}"#, "None"),
        (r#"{"tags":null}"#, "Some(None)"),
        (r#"{"tags":{}}"#, "Some(Some({}))"),
        (r#"{"tags":{"order":"25"}}"#, r#"Some(Some({"order": "25"}))"#),
    ] {
        put(server, "US1", body).await.is("200 OK", r#"{"id":"US1"}"#);
        assert_eq!(log.take(), [format!(r#"ada "US1" None {seen}"#)]);
    }
}

#[tokio::test]
async fn an_absent_body_is_no_error() {
    let (server, log) = start().await;
    let empty_chunks = "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n";
    let raw = format!("PUT /users/US1 HTTP/1.1\r\nHost: x\r\n{ADA}\r\n{empty_chunks}");
    server.send_raw(raw.as_bytes()).await.is("200 OK", r#"{"id":"US1"}"#);
    server.send(&format!("PUT /users/US1\n{ADA}"), "").await.is("200 OK", r#"{"id":"US1"}"#);
    put(server, "US1", "").await.is("200 OK", r#"{"id":"US1"}"#);
    assert_eq!(log.take(), [r#"ada "US1" without a body"#; 3]);
}

#[tokio::test]
async fn hostile_ids_arrive_as_they_are() {
    let (server, log) = start().await;
    for (sent, seen) in [
        ("..%2Fadmin", r#""../admin""#),
        ("a%2Fb", r#""a/b""#),
        ("%252F", r#""%2F""#),
        ("%3F", r#""?""#),
        ("%23", r##""#""##),
        ("gr%C3%B6%C3%9Fe", r#""größe""#),
        ("a+b", r#""a+b""#),
        ("a%20b", r#""a b""#),
        ("..", r#""..""#),
        (".", r#"".""#),
        ("%2e%2e", r#""..""#),
        ("100%25", r#""100%""#),
        ("%zz", r#""%zz""#),
        ("a;b=c,d", r#""a;b=c,d""#),
        ("US1?a=b", r#""US1""#),
        ("%00", r#""\0""#),
        ("%7Buser_id%7D", r#""{user_id}""#),
    ] {
        let response = put(server, sent, "").await;
        assert_eq!(response.status, "200 OK", "{sent}");
        assert_eq!(log.take(), [format!("ada {seen} without a body")], "{sent}");
    }
}

#[tokio::test]
async fn an_id_that_is_not_utf_8_is_refused() {
    let (server, log) = start().await;
    put(server, "%FF", "").await.is(
        "400 Bad Request",
        r#"{"type":"about:blank","title":"Bad Request","status":400,"detail":"the path parameter `user_id` is not of the documented type","parameter":"user_id"}"#,
    );
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn a_broken_limit_is_named() {
    let (server, log) = start().await;
    let long = "x".repeat(501);
    put(server, "US1", &format!(r#"{{"tags":{{"a/b":"{long}"}}}}"#)).await.is(
        "422 Unprocessable Entity",
        r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"must have at most 500 characters","pointer":"/tags/a~1b","limit":{"maxLength":500}}"#,
    );
    let key = "k".repeat(41);
    put(server, "US1", &format!(r#"{{"tags":{{"{key}":"v"}}}}"#)).await.is(
        "422 Unprocessable Entity",
        r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"must have keys of at most 40 characters","pointer":"/tags","limit":{"maxKeyLength":40}}"#,
    );
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn all_broken_limits_are_listed() {
    let (server, _) = start().await;
    let tags: Vec<String> = (0..51).map(|at| format!(r#""{at}":"v""#)).collect();
    let long = format!(r#"{{"tags":{{{},"{}":"v"}}}}"#, tags.join(","), "k".repeat(41));
    put(server, "US1", &long).await.is(
        "422 Unprocessable Entity",
        r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"must have at most 50 entries","pointer":"/tags","limit":{"maxProperties":50},"errors":[{"detail":"must have at most 50 entries","pointer":"/tags","limit":{"maxProperties":50}},{"detail":"must have keys of at most 40 characters","pointer":"/tags","limit":{"maxKeyLength":40}}]}"#,
    );
}

#[tokio::test]
async fn a_panic_is_a_500_without_detail_and_the_server_goes_on() {
    let (server, _) = start().await;
    let mut connection = server.connect().await;
    for _ in 0..3 {
        let panics = crate::wire::request(&format!("PUT /users/panic\n{ADA}"), "");
        connection.write(&panics).await;
        connection.read(false).await.is(
            "500 Internal Server Error",
            r#"{"type":"about:blank","title":"Internal Server Error","status":500}"#,
        );
    }
    connection.write(&crate::wire::request(&format!("PUT /users/US1\n{ADA}"), "")).await;
    connection.read(false).await.is("200 OK", r#"{"id":"US1"}"#);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn panics_under_load_are_500s_of_their_own_and_nobody_elses() {
    let (server, _) = start().await;
    let client = |at: usize| async move {
        let mut connection = server.connect().await;
        for request in 0..50 {
            let (id, status) = match (at + request) % 3 {
                0 => ("panic", "500 Internal Server Error"),
                _ => ("US1", "200 OK"),
            };
            connection.write(&crate::wire::request(&format!("PUT /users/{id}\n{ADA}"), "")).await;
            assert_eq!(connection.read(false).await.status, status);
        }
    };
    let clients: Vec<_> = (0..40).map(|at| tokio::spawn(client(at))).collect();
    for client in clients {
        client.await.unwrap();
    }
}
