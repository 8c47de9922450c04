//! The generated server over TCP, as its bytes are.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use docwright_downstream_server::app;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

const PATH: &str = "/v1/users/d81c8ee2-44b3-429f-b944-a33ad7437690";

/// Serves on a free port, sends one request and gives the response, head and body.
async fn exchange(request: String) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let server = tokio::spawn(async move { axum::serve(listener, app()).await });
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).await.unwrap();
    server.abort();
    response
}

fn patch(path: &str, token: &str, body: &str) -> String {
    format!(
        "PATCH {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[tokio::test]
async fn an_update_is_answered_as_documented() {
    let response = exchange(patch(PATH, "guest", r#"{"first_name":"Ada","country":"GB"}"#)).await;
    let expected = "{\"id\":\"d81c8ee2-44b3-429f-b944-a33ad7437690\",\"deactivated\":false,\
        \"namespace\":\"guest\",\"username\":\"\",\"email\":\"nobody@example.com\",\"email_verified\":false,\
        \"first_name\":\"Ada\",\"last_name\":\"\",\"picture\":\"\",\"company\":\"\",\"website\":\"\",\
        \"country\":\"GB\",\"created_at\":\"1970-01-01T00:00:00Z\",\"updated_at\":\"1970-01-01T00:00:00Z\"}";
    assert!(response.starts_with("HTTP/1.1 200 OK\r\n"), "{response}");
    assert!(response.contains("\r\ncontent-type: application/json\r\n"), "{response}");
    assert_eq!(response.split_once("\r\n\r\n").unwrap().1, expected);
}

#[tokio::test]
async fn what_does_not_fit_is_refused_before_the_service_sees_it() {
    for (request, status, words) in [
        (patch(PATH, "nobody", "{}"), 401, "www-authenticate: Bearer realm=\"upsun\""),
        (patch(PATH, "reader", "{}"), 403, "\"title\":\"Forbidden\""),
        (patch("/v1/users/7", "guest", "{}"), 400, "\"parameter\":\"user_id\""),
        (patch(PATH, "guest", "{"), 400, "application/problem+json"),
        (patch(PATH, "guest", "{\"country\":\"GBR\"}"), 422, "\"limit\":{\"maxLength\":2}"),
        (patch(PATH, "guest", "{\"country\":7}"), 422, "\"pointer\":\"/country\""),
        (patch("/v1/groups", "guest", "{}"), 404, "application/problem+json"),
        (patch(PATH, "guest", "{}").replace("PATCH", "PUT"), 405, "allow: OPTIONS, PATCH"),
    ] {
        let response = exchange(request).await;
        assert!(response.starts_with(&format!("HTTP/1.1 {status} ")), "{status}: {response}");
        assert!(response.contains(words), "{words}: {response}");
    }
}

#[tokio::test]
async fn the_crates_own_pages_stay_its_own() {
    let request = "GET /health HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n".to_owned();
    assert!(exchange(request).await.ends_with("\r\n\r\nwell"));
}
