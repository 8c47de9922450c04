//! Servers that do not answer, or too late, or too much; and many requests at once.

use std::time::{Duration, Instant};

use docwright_generated::finix::{
    client::Client,
    types::{UpdateUserFailure, UpdateUserRequest, UpdateUserResponse},
};
use docwright_runtime::client::{Builder, Error, Outcome, Response, TransportError};
use docwright_tests::wire::{Answer, Wire, response};

use crate::json;

async fn call(
    url: String,
    set_up: impl FnOnce(Builder<Client>) -> Builder<Client>,
) -> Outcome<UpdateUserResponse, UpdateUserFailure> {
    let client = set_up(Client::builder().base_url(url)).build().unwrap();
    client.update_user("US1", &UpdateUserRequest::default()).await
}

#[tokio::test]
async fn a_late_response_is_a_timeout() {
    let server = Wire::answer([Answer::Wait(Duration::from_secs(30))]).await;
    let start = Instant::now();
    let error = call(server.url(), |it| it.timeout(Duration::from_millis(100))).await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
    assert!(start.elapsed() < Duration::from_secs(10));
    assert_eq!(error.to_string(), "the response did not arrive in time");
}

#[tokio::test]
async fn a_body_that_stops_is_a_timeout_too() {
    // The length is never reached, and the connection stays open.
    let head = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{";
    let server = Wire::answer([Answer::Stall(head.to_owned(), Duration::from_secs(30))]).await;
    let error = call(server.url(), |it| it.timeout(Duration::from_millis(200))).await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
}

#[tokio::test]
async fn all_redirects_together_take_no_longer_than_the_timeout() {
    let again = Answer::Late(
        Duration::from_millis(150),
        "HTTP/1.1 307 Again\r\nlocation: /\r\ncontent-length: 0\r\nconnection: close\r\n\r\n".to_owned(),
    );
    let server = Wire::answer([again]).await;
    let error = call(server.url(), |it| it.timeout(Duration::from_millis(400))).await.unwrap_err();
    assert!(matches!(error, Error::Timeout), "{error:?}");
}

#[tokio::test]
async fn a_timeout_that_no_clock_reaches_is_none() {
    let server = Wire::answer([response(&json("200 OK"), "{}")]).await;
    assert!(call(server.url(), |it| it.timeout(Duration::MAX)).await.is_ok());
}

#[tokio::test]
async fn a_server_that_is_gone_is_a_transport_error() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    drop(listener);
    let error = call(format!("http://{address}"), |it| it).await.unwrap_err();
    assert!(matches!(&error, Error::Transport(TransportError::Http(http)) if http.is_connect()), "{error:?}");
    assert_eq!(error.status(), None);
}

#[tokio::test]
async fn a_connection_that_ends_is_a_transport_error() {
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_owned();
    for answer in [Answer::HangUp, Answer::Bytes(cut), Answer::Bytes("not HTTP\r\n\r\n".to_owned())] {
        let server = Wire::answer([answer]).await;
        let error = call(server.url(), |it| it).await.unwrap_err();
        assert!(matches!(error, Error::Transport(_)), "{error:?}");
    }
}

#[tokio::test]
async fn a_body_is_read_up_to_its_bound() {
    let body = r#"{"id":"US1"}"#;
    let server = Wire::always(&json("200 OK"), body).await;
    call(server.url(), |it| it.max_body(body.len())).await.unwrap();
    let error = call(server.url(), |it| it.max_body(body.len() - 1)).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { limit: 11 }), "{error:?}");
    // A body without a length.
    let endless = "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n".to_owned() + &" ".repeat(100_000);
    let server = Wire::answer([Answer::Bytes(endless)]).await;
    let error = call(server.url(), |it| it.max_body(99_999)).await.unwrap_err();
    assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_requests_at_once_are_all_answered() {
    let server = Wire::answer([response(&json("200 OK"), r#"{"id":"US1"}"#)]).await;
    let client = Client::builder().base_url(server.url()).basic("a", "b").build().unwrap();
    let calls: Vec<_> = (0..1000)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let id = format!("US{number}");
                client.update_user(&id, &UpdateUserRequest::default()).await.map(Response::into_body)
            })
        })
        .collect();
    for call in calls {
        assert_eq!(call.await.unwrap().unwrap().id.as_deref(), Some("US1"));
    }
    let mut ids: Vec<u32> = server
        .requests()
        .await
        .iter()
        .map(|request| request["PUT /users/US".len()..].split(' ').next().unwrap().parse().unwrap())
        .collect();
    ids.sort_unstable();
    assert_eq!(ids, (0..1000).collect::<Vec<_>>());
}
