//! Redirects: followed, counted, and without credentials where they lead elsewhere.

use docwright_generated::finix::{client::Client, types::UpdateUserRequest};
use docwright_runtime::client::{Builder, Error, TransportError};
use docwright_tests::wire::{Wire, response};

use crate::{json, line};

fn builder(server: &Wire) -> Builder<Client> {
    Client::builder().base_url(server.url()).basic("user", "hunter2")
}

/// A server that answers with a redirect.
async fn to(status: &str, location: &str) -> Wire {
    Wire::always(&format!("{status}\nlocation: {location}"), "").await
}

async fn put(client: &Client) -> Result<(), Error<impl std::fmt::Debug + use<>>> {
    client.update_user("US1", &UpdateUserRequest::default()).await.map(|_| ())
}

#[tokio::test]
async fn the_same_origin_gets_the_request_again_with_its_credentials() {
    let answers = [
        response("307 Temporary Redirect\nlocation: /v2/users/US1?a=b", ""),
        response(&json("200 OK"), "{}"),
    ];
    let server = Wire::answer(answers).await;
    put(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(
        server.requests().await[1],
        "PUT /v2/users/US1?a=b HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: application/json\n\
         content-type: application/json\n\
         authorization: Basic dXNlcjpodW50ZXIy\n\
         host: HOST\n\
         content-length: 2\n\
         \n\
         {}"
    );
}

#[tokio::test]
async fn another_host_gets_no_credentials() {
    let other = Wire::always(&json("200 OK"), "{}").await;
    // Another port, and another name: each is another origin.
    for location in [other.url(), other.url_by_name()] {
        let server = to("303 See Other", &format!("{location}/u")).await;
        let mut secret = reqwest::header::HeaderValue::from_static("hunter3");
        secret.set_sensitive(true);
        let client = builder(&server).default_header("x-key", secret).default_header("x-plain", "p");
        put(&client.build().unwrap()).await.unwrap();
        let first = server.request().await;
        assert!(first.contains("authorization: Basic dXNlcjpodW50ZXIy"), "{first}");
        assert!(first.contains("x-key: hunter3"), "{first}");
    }
    for request in other.requests().await {
        assert_eq!(
            request,
            "GET /u HTTP/1.1\n\
             accept: application/json\n\
             x-plain: p\n\
             user-agent: docwright-generated/0.1.0\n\
             host: HOST\n\
             \n"
        );
    }
    assert_eq!(other.requests().await.len(), 2);
}

#[tokio::test]
async fn a_body_is_not_sent_to_another_host() {
    let other = Wire::always(&json("200 OK"), "{}").await;
    for status in ["307 Temporary Redirect", "308 Permanent Redirect", "302 Found"] {
        let server = to(status, &format!("{}/u", other.url())).await;
        let error = put(&builder(&server).build().unwrap()).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), status[..3].parse().ok());
    }
    assert!(other.requests().await.is_empty());
}

#[tokio::test]
async fn credentials_that_were_dropped_stay_dropped() {
    let back = Wire::answer([response(&json("200 OK"), "{}")]).await;
    let other = to("303 See Other", &format!("{}/back", back.url())).await;
    let first = to("303 See Other", &format!("{}/away", other.url())).await;
    put(&builder(&first).build().unwrap()).await.unwrap();
    assert!(!back.request().await.contains("authorization"));
}

#[tokio::test]
async fn a_303_becomes_get_without_a_body() {
    let other = Wire::always(&json("200 OK"), "{}").await;
    let server = to("303 See Other", &format!("{}/u", other.url())).await;
    put(&builder(&server).build().unwrap()).await.unwrap();
    assert_eq!(
        other.request().await,
        "GET /u HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: application/json\n\
         host: HOST\n\
         \n"
    );
}

#[tokio::test]
async fn ten_redirects_are_followed_and_no_more() {
    let server = to("302 Found", "/again").await;
    let error = put(&builder(&server).build().unwrap()).await.unwrap_err();
    assert!(matches!(error, Error::Transport(TransportError::Redirects { limit: 10 })), "{error:?}");
    assert_eq!(server.requests().await.len(), 11);
    assert_eq!(line(&server.requests().await[10]), "PUT /again HTTP/1.1");
}

#[tokio::test]
async fn a_redirect_to_nowhere_is_a_response() {
    for location in ["ftp://x.example/", "http://user:pw@127.0.0.1:1/", "http://[", "javascript:1"] {
        let server = to("302 Found", location).await;
        let error = put(&builder(&server).build().unwrap()).await.unwrap_err();
        assert!(
            matches!(&error, Error::Undocumented(response) if response.status() == 302),
            "{location}: {error:?}"
        );
    }
}
