//! 002: an id that may be the word `current`, numbered enumerations, a success without a body.

use docwright_generated::devicehive::{
    client::Client,
    types::{UpdateUserId, User, UserRole, UserStatus},
};
use docwright_runtime::client::Error;
use docwright_tests::wire::Wire;

use crate::{body, line};

fn client(server: &Wire) -> Client {
    Client::builder().base_url(server.url()).bearer("a.b.c").build().unwrap()
}

#[tokio::test]
async fn a_request_is_what_the_page_documents() {
    let server = Wire::always("204 No Content", "").await;
    let user = User {
        login: Some("größe".to_owned()),
        role: Some(UserRole::Administrator),
        status: Some(UserStatus::Unknown(9)),
        password: Some("hunter2".into()),
        ..User::default()
    };
    let response = client(&server).update_user(&UpdateUserId::Integer(7), &user).await.unwrap();
    assert_eq!(
        server.request().await,
        "PUT /user/7 HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         content-type: application/json\n\
         authorization: Bearer a.b.c\n\
         accept: */*\n\
         host: HOST\n\
         content-length: 60\n\
         \n\
         {\"login\":\"größe\",\"role\":0,\"status\":9,\"password\":\"hunter2\"}"
    );
    assert_eq!(response.status(), 204);
}

#[tokio::test]
async fn absent_and_value_are_apart_on_the_wire() {
    let send = async |user: User| {
        let server = Wire::always("200 OK", "").await;
        client(&server).update_user(&UpdateUserId::Current, &user).await.unwrap();
        let request = server.request().await;
        assert_eq!(line(&request), "PUT /user/current HTTP/1.1");
        body(&request).to_owned()
    };
    assert_eq!(send(User::default()).await, "{}");
    let data = serde_json::from_str(r#"{"a":null}"#).unwrap();
    let user = User { data: Some(data), intro_reviewed: Some(true), ..User::default() };
    assert_eq!(send(user).await, r#"{"data":{"a":null},"introReviewed":true}"#);
}

#[tokio::test]
async fn every_2xx_is_success_and_a_body_is_left_alone() {
    for (status, sent) in [("200 OK", ""), ("200 OK", "<p>done"), ("202 Accepted", "{}")] {
        let server = Wire::always(status, sent).await;
        client(&server).update_user(&UpdateUserId::Current, &User::default()).await.unwrap();
    }
}

#[tokio::test]
async fn other_statuses_are_undocumented() {
    for status in ["304 Not Modified", "401 Unauthorized", "503 Service Unavailable"] {
        let server = Wire::always(status, "").await;
        let error = client(&server).update_user(&UpdateUserId::Current, &User::default()).await.unwrap_err();
        assert!(matches!(error, Error::Undocumented(_)), "{error:?}");
        assert_eq!(error.status().unwrap().as_str(), &status[..3]);
    }
}
