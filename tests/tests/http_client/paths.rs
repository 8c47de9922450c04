//! Ids that would leave their segment, and those that no segment can be.

use docwright_generated::finix::{client::Client, types::UpdateUserRequest};
use docwright_runtime::client::{Error, RequestError};
use docwright_tests::wire::Wire;

use crate::{json, line};

#[tokio::test]
async fn hostile_ids_arrive_as_that_id() {
    let cases = [
        ("../admin", "PUT /users/..%2Fadmin HTTP/1.1"),
        ("a/b", "PUT /users/a%2Fb HTTP/1.1"),
        ("%2F", "PUT /users/%252F HTTP/1.1"),
        ("%2e%2e", "PUT /users/%252e%252e HTTP/1.1"),
        ("?admin=1", "PUT /users/%3Fadmin%3D1 HTTP/1.1"),
        ("#top", "PUT /users/%23top HTTP/1.1"),
        ("größe 名", "PUT /users/gr%C3%B6%C3%9Fe%20%E5%90%8D HTTP/1.1"),
        ("..\\admin", "PUT /users/..%5Cadmin HTTP/1.1"),
        ("a\r\nx-admin: 1", "PUT /users/a%0D%0Ax-admin%3A%201 HTTP/1.1"),
        ("\t", "PUT /users/%09 HTTP/1.1"),
        ("\0", "PUT /users/%00 HTTP/1.1"),
        (" ", "PUT /users/%20 HTTP/1.1"),
        ("...", "PUT /users/... HTTP/1.1"),
        ("@evil.example", "PUT /users/%40evil.example HTTP/1.1"),
        ("//evil.example", "PUT /users/%2F%2Fevil.example HTTP/1.1"),
        ("a-._~Z9", "PUT /users/a-._~Z9 HTTP/1.1"),
    ];
    for (id, expected) in cases {
        let server = Wire::always(&json("200 OK"), "{}").await;
        let client = Client::builder().base_url(server.url()).build().unwrap();
        client.update_user(id, &UpdateUserRequest::default()).await.unwrap();
        assert_eq!(line(&server.request().await), expected, "{id:?}");
    }
}

#[tokio::test]
async fn ids_that_no_url_can_carry_are_refused_before_sending() {
    let server = Wire::always(&json("200 OK"), "{}").await;
    let client = Client::builder().base_url(server.url()).build().unwrap();
    for id in ["", ".", ".."] {
        let error = client.update_user(id, &UpdateUserRequest::default()).await.unwrap_err();
        assert!(matches!(error, Error::Request(RequestError::Path { name: "user_id" })), "{id:?}: {error:?}");
        assert_eq!(
            error.to_string(),
            "the path parameter `user_id` cannot be one segment of a path: it is empty, `.` or `..`"
        );
    }
    assert!(server.requests().await.is_empty());
}
