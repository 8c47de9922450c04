//! 001: user and password, five documented errors of one shape, no server.

use docwright_generated::finix::{
    client::Client,
    types::{
        UpdateUserError, UpdateUserFailure, UpdateUserRequest, UpdateUserResponse, UpdateUserResponseRole,
    },
};
use docwright_runtime::client::{BuildError, Error};
use docwright_tests::wire::Wire;

use crate::{body, json};

fn client(server: &Wire) -> Client {
    Client::builder().base_url(server.url()).basic("USfinix", "pass:word").build().unwrap()
}

async fn answered(head: &str, body: &str) -> Result<UpdateUserResponse, Error<UpdateUserFailure>> {
    let server = Wire::always(head, body).await;
    let user = UpdateUserRequest::default();
    client(&server).update_user("US1", &user).await.map(|response| response.into_body())
}

#[tokio::test]
async fn a_request_is_what_the_page_documents() {
    let server = Wire::always(&json("200 OK"), r#"{"id":"US1","role":"ROLE_ADMIN","new_in_2030":[1]}"#).await;
    let user = UpdateUserRequest { enabled: Some(false), tags: None };
    let response = client(&server).update_user("US1", &user).await.unwrap();
    assert_eq!(
        server.request().await,
        "PUT /users/US1 HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: application/json\n\
         content-type: application/json\n\
         authorization: Basic VVNmaW5peDpwYXNzOndvcmQ=\n\
         host: HOST\n\
         content-length: 17\n\
         \n\
         {\"enabled\":false}"
    );
    assert_eq!(response.status(), 200);
    assert_eq!(response.body().id.as_deref(), Some("US1"));
    assert_eq!(response.body().role, Some(UpdateUserResponseRole::Admin));
}

#[tokio::test]
async fn absent_null_and_value_are_apart_on_the_wire() {
    let send = async |tags| {
        let server = Wire::always(&json("200 OK"), "{}").await;
        let user = UpdateUserRequest { enabled: None, tags };
        client(&server).update_user("US1", &user).await.unwrap();
        body(&server.request().await).to_owned()
    };
    assert_eq!(send(None).await, "{}");
    assert_eq!(send(Some(None)).await, r#"{"tags":null}"#);
    let tags = [("order".to_owned(), "25".to_owned())].into();
    assert_eq!(send(Some(Some(tags))).await, r#"{"tags":{"order":"25"}}"#);
}

#[tokio::test]
async fn each_documented_error_is_a_variant_with_its_body() {
    let text = r#"{"total":1,"_embedded":{"errors":[{"code":"UNKNOWN","logref":"l","message":"m"}]}}"#;
    let expected: UpdateUserError = serde_json::from_str(text).unwrap();
    type Variant = fn(UpdateUserError) -> UpdateUserFailure;
    let cases: [(&str, u16, Variant); 5] = [
        ("400 Bad Request", 400, UpdateUserFailure::BadRequest),
        ("401 Unauthorized", 401, UpdateUserFailure::Unauthorized),
        ("403 Forbidden", 403, UpdateUserFailure::Forbidden),
        ("404 Not Found", 404, UpdateUserFailure::NotFound),
        ("406 Not Acceptable", 406, UpdateUserFailure::NotAcceptable),
    ];
    for (status, code, variant) in cases {
        let error = answered(&format!("{}\nx-trace: t", json(status)), text).await.unwrap_err();
        assert_eq!(error.status().map(|status| status.as_u16()), Some(code));
        assert_eq!(error.documented(), Some(&variant(expected.clone())));
        let Error::Documented(response) = error else { panic!("{error:?}") };
        assert_eq!(response.headers()["x-trace"], "t");
        assert_eq!(response.into_body(), variant(expected.clone()));
    }
}

#[tokio::test]
async fn a_status_that_is_not_documented_is_never_taken_for_another() {
    // The body is that of a documented error, and an empty object that a success could be.
    for body in [r#"{"total":0,"_embedded":{}}"#, "{}"] {
        for status in ["201 Created", "204 No Content", "409 Conflict", "500 Internal Server Error"] {
            // 204 has no body (RFC 9110, 15.3.5): what follows its head is not read.
            let sent = if status.starts_with("204") { "" } else { body };
            let error = answered(&json(status), sent).await.unwrap_err();
            let Error::Undocumented(response) = error else { panic!("{status}: {error:?}") };
            assert_eq!(response.status().as_str(), &status[..3]);
            assert_eq!(&**response.body(), sent.as_bytes());
        }
    }
}

#[tokio::test]
async fn an_error_without_its_required_member_names_it() {
    let error = answered(&json("404 Not Found"), r#"{"_embedded":{}}"#).await.unwrap_err();
    let Error::Body(error) = error else { panic!("{error:?}") };
    assert_eq!((error.pointer(), error.expected()), ("/total", "a required member"));
    assert_eq!(error.response().status(), 404);
    assert_eq!(
        error.to_string(),
        "the body of the response 404 Not Found does not fit: expected a required member at /total"
    );
}

#[test]
fn a_base_url_is_required() {
    let error = Client::builder().basic("a", "b").build().unwrap_err();
    assert!(matches!(error, BuildError::NoBaseUrl), "{error:?}");
}
