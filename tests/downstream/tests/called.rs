//! The client that the build script generated, against a server of a few lines: what is sent and what is
//! read, byte for byte.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic is how a test fails")]

use docwright_downstream::harbour::{
    client::Client,
    types::{GetBerthFailure, GetBerthLanguage, GetBerthParams, UpdateBerthFailure, UpdateBerthRequest},
};
use docwright_runtime::client::Error;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpListener,
    task::JoinHandle,
};

/// A client, and a server that answers one request with these bytes and gives what it was sent.
async fn client(status: &str, body: &str) -> (Client, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}/v3", listener.local_addr().unwrap());
    let response = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = Vec::new();
        while !is_whole(&request) {
            assert_ne!(stream.read_buf(&mut request).await.unwrap(), 0, "the request is cut off");
        }
        stream.write_all(response.as_bytes()).await.unwrap();
        String::from_utf8(request).unwrap()
    });
    let client = Client::builder().base_url(url).bearer("mooring-line").user_agent("harbour-test").build();
    (client.unwrap(), served)
}

/// Whether head and body are there.
fn is_whole(request: &[u8]) -> bool {
    let text = String::from_utf8_lossy(request);
    let Some((head, body)) = text.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    body.len() >= length.map_or(0, |length| length.parse().unwrap())
}

/// The request line, the headers in the order of their names, and the body.
fn taken_apart(request: &str) -> (&str, Vec<&str>, &str) {
    let (head, body) = request.split_once("\r\n\r\n").unwrap();
    let (line, headers) = head.split_once("\r\n").unwrap();
    let mut headers: Vec<_> = headers.lines().filter(|header| !header.starts_with("host: ")).collect();
    headers.sort_unstable();
    (line, headers, body)
}

#[tokio::test]
async fn parameters_and_a_success_are_typed() {
    let body = r#"{"id":"A/12","boat":null,"length":9.5,"notice":"Ice","since":"not documented"}"#;
    let (client, served) = client("200 OK", body).await;
    let params = GetBerthParams { language: Some(GetBerthLanguage::Nl) };
    let berth = client.get_berth("A/12 ß", &params).await.unwrap();
    assert_eq!((berth.body().id.as_str(), berth.body().length), ("A/12", 9.5));
    assert_eq!((berth.body().boat.as_deref(), berth.body().notice.as_deref()), (None, Some("Ice")));
    let request = served.await.unwrap();
    let (line, headers, body) = taken_apart(&request);
    assert_eq!(line, "GET /v3/berths/A%2F12%20%C3%9F?language=nl HTTP/1.1");
    let expected =
        ["accept: application/json", "authorization: Bearer mooring-line", "user-agent: harbour-test"];
    assert_eq!((headers.as_slice(), body), (expected.as_slice(), ""));
}

#[tokio::test]
async fn absent_null_and_value_are_sent_apart() {
    for (paid_until, expected) in [
        (None, r#"{"boat":"Vrouwe Maria"}"#),
        (Some(None), r#"{"boat":"Vrouwe Maria","paid_until":null}"#),
        (Some(Some("2031-05-01".to_owned())), r#"{"boat":"Vrouwe Maria","paid_until":"2031-05-01"}"#),
    ] {
        let (client, served) = client("200 OK", r#"{"id":"7","length":4}"#).await;
        let boat = Some(Some("Vrouwe Maria".to_owned()));
        let update = UpdateBerthRequest { boat, paid_until, ..UpdateBerthRequest::default() };
        client.update_berth("7", &update).await.unwrap();
        let request = served.await.unwrap();
        let (line, headers, body) = taken_apart(&request);
        assert_eq!((line, body), ("PATCH /v3/berths/7 HTTP/1.1", expected));
        assert!(headers.contains(&"content-type: application/json"), "{headers:?}");
    }
}

#[tokio::test]
async fn documented_errors_are_variants_and_others_keep_what_came() {
    let (client_404, _) = client("404 Not Found", r#"{"reason":"no such pier"}"#).await;
    let error = client_404.get_berth("Z", &GetBerthParams::default()).await.unwrap_err();
    assert!(
        matches!(error.documented(), Some(GetBerthFailure::NotFound(body)) if body.reason == "no such pier"),
        "{error:?}"
    );
    let (client_409, _) = client("409 Conflict", r#"{"lies_there":"Batavia"}"#).await;
    let error = client_409.update_berth("7", &UpdateBerthRequest::default()).await.unwrap_err();
    assert!(
        matches!(error.documented(), Some(UpdateBerthFailure::Conflict(body)) if body.lies_there == "Batavia"),
        "{error:?}"
    );
    let (client_503, _) = client("503 Service Unavailable", "fog").await;
    let error = client_503.get_berth("7", &GetBerthParams::default()).await.unwrap_err();
    let Error::Undocumented(response) = error else { panic!("{error:?}") };
    assert_eq!((response.status().as_u16(), &response.body()[..]), (503, &b"fog"[..]));
}

#[test]
fn limits_are_checked_and_secrets_hidden() {
    use docwright_runtime::Validate;
    let update = UpdateBerthRequest {
        boat: Some(Some("x".repeat(41))),
        gate_token: Some("open-sesame".into()),
        ..UpdateBerthRequest::default()
    };
    assert_eq!(update.validate().unwrap_err().to_string(), "/boat must have at most 40 characters");
    assert!(!format!("{update:?}").contains("open-sesame"));
}
