//! What is secret is in no `Debug` and in no error, whatever happens.

use std::error::Error as _;

use docwright_generated::{
    finix::{
        client::Client,
        types::{UpdateUserFailure, UpdateUserRequest},
    },
    upsun,
};
use docwright_runtime::client::Error;
use docwright_tests::wire::{Answer, Wire};

use crate::json;

/// Everything that is secret here: a password, its base64, a token, what servers send.
const SECRETS: [&str; 4] = ["hunter", "dXNlcjpodW50ZXIy", "hunt%65r", "SEKRET"];

#[track_caller]
fn check(text: &str) {
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} in {text}");
    }
}

/// An error as a log shows it: with its sources, both ways.
#[track_caller]
fn check_error(error: &Error<UpdateUserFailure>) {
    check(&format!("{error:?} {error:#?} {error}"));
    let mut source = error.source();
    while let Some(cause) = source {
        check(&format!("{cause:?} {cause}"));
        source = cause.source();
    }
}

fn client(url: String) -> Client {
    Client::builder()
        .base_url(url)
        .basic("user", "hunter2")
        .default_header("x-api-key", "hunter3")
        .build()
        .unwrap()
}

#[test]
fn builders_and_clients_show_no_credential() {
    let builder = Client::builder().basic("user", "hunter2").default_header("x-api-key", "hunter3");
    check(&format!("{builder:?} {builder:#?}"));
    let client = client("http://127.0.0.1:1".to_owned());
    check(&format!("{client:?} {client:#?}"));
    assert!(format!("{client:?}").contains("BasicAuth"), "what is set is named: {client:?}");
    let bearer = upsun::client::Client::builder().bearer("hunter2");
    check(&format!("{bearer:?}"));
    check(&format!("{:?}", bearer.build().unwrap()));
}

#[test]
fn settings_that_cannot_be_are_refused_without_being_shown() {
    let errors = [
        Client::builder().base_url("http://user:hunter2@127.0.0.1").build().unwrap_err(),
        Client::builder().base_url("http://127.0.0.1/?key=hunter2").build().unwrap_err(),
        Client::builder().base_url("hunter2").build().unwrap_err(),
        Client::builder().basic("us:er", "hunter2").build().unwrap_err(),
        Client::builder().basic("user", "hunter2\n").build().unwrap_err(),
        Client::builder().default_header("x-api-key", "hunter2\n").build().unwrap_err(),
    ];
    for error in errors {
        check(&format!("{error:?} {error}"));
    }
    let error = upsun::client::Client::builder().bearer("hunter2\r\nx: y").build().unwrap_err();
    assert_eq!(error.to_string(), "the credential for `bearer` cannot be sent");
}

#[tokio::test]
async fn errors_show_neither_bodies_nor_urls_nor_headers() {
    let secret = |status: &str| format!("{}\nset-cookie: s=SEKRET", json(status));
    let servers = [
        Wire::always(&secret("500 Oops"), r#"{"password":"SEKRET"}"#).await,
        Wire::always(&secret("200 OK"), r#"{"id":["SEKRET"]}"#).await,
        Wire::always(&secret("200 OK"), r#"{"id":"SEKRET"#).await,
        Wire::always("200 OK\ncontent-type: text/SEKRET", "SEKRET").await,
        Wire::always(&secret("302 Found\nlocation: /hunter?token=SEKRET"), "").await,
        Wire::answer([Answer::HangUp]).await,
        Wire::answer([Answer::Bytes("SEKRET\r\n\r\n".to_owned())]).await,
    ];
    for server in servers {
        let client = client(server.url() + "/hunter");
        let error = client.update_user("hunter", &UpdateUserRequest::default()).await.unwrap_err();
        check_error(&error);
    }
    let gone = client("http://127.0.0.1:1/hunter".to_owned());
    check_error(&gone.update_user("hunter", &UpdateUserRequest::default()).await.unwrap_err());
}

#[tokio::test]
async fn responses_show_the_names_of_headers() {
    let head = format!("{}\nset-cookie: s=SEKRET", json("200 OK"));
    let server = Wire::always(&head, r#"{"id":"US1","password":"SEKRET"}"#).await;
    let response = client(server.url()).update_user("US1", &UpdateUserRequest::default()).await.unwrap();
    let debug = format!("{response:?}");
    check(&debug);
    assert!(debug.contains("set-cookie") && debug.contains("US1"), "{debug}");
    assert_eq!(response.headers()["set-cookie"], "s=SEKRET");
    assert_eq!(response.body().password.as_ref().unwrap().expose(), "SEKRET");
}
