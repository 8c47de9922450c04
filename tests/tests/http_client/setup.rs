//! What a client can be told.

use docwright_generated::finix::{client::Client, types::UpdateUserRequest};
use docwright_runtime::client::{BuildError, Builder};
use docwright_tests::wire::Wire;

use crate::json;

async fn request(set_up: impl FnOnce(Builder<Client>) -> Builder<Client>) -> String {
    let server = Wire::always(&json("200 OK"), "{}").await;
    let client = set_up(Client::builder().base_url(server.url())).build().unwrap();
    client.update_user("US1", &UpdateUserRequest::default()).await.unwrap();
    server.request().await
}

#[tokio::test]
async fn without_credentials_none_are_sent() {
    assert_eq!(
        request(|it| it).await,
        "PUT /users/US1 HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: application/json\n\
         content-type: application/json\n\
         host: HOST\n\
         content-length: 2\n\
         \n\
         {}"
    );
}

#[tokio::test]
async fn headers_and_user_agent_can_be_set() {
    let request = request(|it| it.user_agent("mine/1").default_header("x-tenant", "t")).await;
    assert!(request.contains("\nuser-agent: mine/1\n"), "{request}");
    assert!(request.contains("\nx-tenant: t\n"), "{request}");
}

#[tokio::test]
async fn credentials_that_are_set_twice_are_sent_once() {
    let request = request(|it| it.basic("old", "old").basic("user", "hunter2")).await;
    assert_eq!(request.matches("authorization").count(), 1);
    assert!(request.contains("\nauthorization: Basic dXNlcjpodW50ZXIy\n"), "{request}");
}

#[tokio::test]
async fn user_and_password_are_utf_8() {
    let request = request(|it| it.basic("jörg", "größe:2")).await;
    assert!(request.contains("\nauthorization: Basic asO2cmc6Z3LDtsOfZToy\n"), "{request}");
}

#[tokio::test]
async fn an_own_http_client_is_used() {
    let own = reqwest::Client::builder().user_agent("own").default_headers(
        [(reqwest::header::VIA, reqwest::header::HeaderValue::from_static("1.1 own"))].into_iter().collect(),
    );
    let request = request(|it| it.http_client(own.build().unwrap())).await;
    assert!(request.contains("\nvia: 1.1 own\n"), "{request}");
    assert!(request.contains("\nuser-agent: docwright-generated/0.1.0\n"), "{request}");
}

#[test]
fn base_urls_are_checked() {
    let build = |url: &str| Client::builder().base_url(url).build();
    for url in ["http://h", "https://h:8443/v1/", "http://[::1]:8080/a/b"] {
        build(url).unwrap();
    }
    for url in ["", "h/v1", "/v1", "ftp://h", "http://", "http://h?a", "http://h#a", "http://u@h"] {
        let error = build(url).unwrap_err();
        assert!(matches!(error, BuildError::BaseUrl { .. }), "{url}: {error:?}");
    }
}
