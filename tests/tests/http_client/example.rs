//! 000: a bearer token, an id before `.json`, no documented response.

use docwright_generated::example::{client::Client, types::PutUsersByIdRequest};
use docwright_runtime::client::Error;
use docwright_tests::wire::Wire;
use serde_json::json;

use crate::body;

fn client(server: &Wire) -> Client {
    Client::builder().base_url(server.url()).bearer("TOKEN").build().unwrap()
}

#[tokio::test]
async fn a_request_is_what_the_page_documents() {
    let server = Wire::always("200 OK\nx-request: 7", "anything").await;
    let user = PutUsersByIdRequest { email: Some("a@b.example".to_owned()), ..Default::default() };
    let response = client(&server).put_users_by_id(42, &user).await.unwrap();
    assert_eq!(
        server.request().await,
        "PUT /users/42.json HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         content-type: application/json\n\
         authorization: Bearer TOKEN\n\
         accept: */*\n\
         host: HOST\n\
         content-length: 23\n\
         \n\
         {\"email\":\"a@b.example\"}"
    );
    assert_eq!(response.status(), 200);
    assert_eq!(response.headers()["x-request"], "7");
    assert_eq!(&**response.body(), b"anything");
}

#[tokio::test]
async fn absent_null_and_value_are_apart_on_the_wire() {
    let send = async |user: PutUsersByIdRequest| {
        let server = Wire::always("200 OK", "").await;
        client(&server).put_users_by_id(1, &user).await.unwrap();
        body(&server.request().await).to_owned()
    };
    assert_eq!(send(PutUsersByIdRequest::default()).await, "{}");
    let cleared = PutUsersByIdRequest { archive_reason: Some(None), ..Default::default() };
    assert_eq!(send(cleared).await, r#"{"archiveReason":null}"#);
    let set = PutUsersByIdRequest { archive_reason: Some(Some("left".into())), ..Default::default() };
    assert_eq!(send(set).await, r#"{"archiveReason":"left"}"#);
    let any = PutUsersByIdRequest { channel: Some(json!(null)), ..Default::default() };
    assert_eq!(send(any).await, r#"{"channel":null}"#);
}

#[tokio::test]
async fn any_status_below_400_is_success() {
    for status in ["200 OK", "201 Created", "204 No Content", "304 Not Modified"] {
        let server = Wire::always(status, "").await;
        let response = client(&server).put_users_by_id(1, &Default::default()).await.unwrap();
        assert_eq!(response.status().as_str(), &status[..3]);
    }
}

#[tokio::test]
async fn an_error_is_undocumented_and_keeps_its_body() {
    let server = Wire::always("422 Unprocessable Content\nretry-after: 3", "<no>").await;
    let error = client(&server).put_users_by_id(1, &Default::default()).await.unwrap_err();
    let Error::Undocumented(response) = error else { panic!("{error:?}") };
    assert_eq!(response.status(), 422);
    assert_eq!(response.headers()["retry-after"], "3");
    assert_eq!(&**response.body(), b"<no>");
}

#[tokio::test]
async fn the_server_of_the_page_needs_no_base_url() {
    let client = Client::builder().build().unwrap();
    assert!(format!("{client:?}").contains("\"http://api.example.com/v1\""), "{client:?}");
}
