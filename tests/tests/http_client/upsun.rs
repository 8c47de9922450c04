//! 003: a server with a variable, a user in return.

use docwright_generated::upsun::{
    client::Client,
    types::{UpdateUserRequest, UpdateUserResponse, UpdateUserResponseConsentMethod},
};
use docwright_runtime::client::{BuildError, Error, Undocumented};
use docwright_tests::wire::Wire;

use crate::{body, json};

const ID: &str = "d81c8ee2-44b3-429f-b944-a33ad7437690";

const USER: &str = r#"{
  "id": "3c90c3cc-0d44-4b50-8888-8dd25736052a",
  "deactivated": true,
  "namespace": "n",
  "username": "u",
  "email": "jsmith@example.com",
  "email_verified": true,
  "first_name": "f",
  "last_name": "l",
  "picture": "p",
  "company": "c",
  "website": "w",
  "country": "DE",
  "created_at": "2023-11-07T05:31:56Z",
  "updated_at": "2023-11-07T05:31:56Z",
  "consent_method": "opt-in"
}"#;

fn client(server: &Wire) -> Client {
    Client::builder().base_url(server.url()).bearer("TOKEN").build().unwrap()
}

async fn answered(head: &str, body: &str) -> Result<UpdateUserResponse, Error<Undocumented>> {
    let server = Wire::always(head, body).await;
    let user = UpdateUserRequest::default();
    client(&server).update_user(ID.parse().unwrap(), &user).await.map(|response| response.into_body())
}

#[track_caller]
fn misfit(result: Result<UpdateUserResponse, Error<Undocumented>>) -> (String, String, Vec<u8>) {
    match result {
        Err(Error::Body(error)) => {
            (error.pointer().to_owned(), error.expected().to_owned(), error.response().body().to_vec())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn a_request_is_what_the_page_documents() {
    let server = Wire::always(&json("200 OK"), USER).await;
    let user = UpdateUserRequest { country: Some("DE".to_owned()), ..Default::default() };
    let response = client(&server).update_user(ID.parse().unwrap(), &user).await.unwrap();
    assert_eq!(
        server.request().await,
        "PATCH /users/d81c8ee2-44b3-429f-b944-a33ad7437690 HTTP/1.1\n\
         user-agent: docwright-generated/0.1.0\n\
         accept: application/json\n\
         content-type: application/json\n\
         authorization: Bearer TOKEN\n\
         host: HOST\n\
         content-length: 16\n\
         \n\
         {\"country\":\"DE\"}"
    );
    assert_eq!(response.body().country, "DE");
    assert_eq!(response.body().consent_method, Some(UpdateUserResponseConsentMethod::OptIn));
}

#[tokio::test]
async fn absent_and_value_are_apart_on_the_wire() {
    let send = async |user: UpdateUserRequest| {
        let server = Wire::always(&json("200 OK"), USER).await;
        client(&server).update_user(ID.parse().unwrap(), &user).await.unwrap();
        body(&server.request().await).to_owned()
    };
    assert_eq!(send(UpdateUserRequest::default()).await, "{}");
    let empty = UpdateUserRequest { company: Some(String::new()), ..Default::default() };
    assert_eq!(send(empty).await, r#"{"company":""}"#);
}

#[tokio::test]
async fn responses_are_read_tolerantly() {
    let more = USER.replacen('{', r#"{"new_in_2030": {"a": []},"#, 1).replace("opt-in", "opt-out");
    for head in [json("200 OK"), "200 OK\ncontent-type: application/hal+json; charset=utf-8".to_owned()] {
        let user = answered(&head, &more).await.unwrap();
        assert_eq!(user.consent_method, Some(UpdateUserResponseConsentMethod::Unknown("opt-out".to_owned())));
    }
    // A response that does not say what it is.
    answered("200 OK", USER).await.unwrap();
}

#[tokio::test]
async fn a_body_that_does_not_fit_gives_its_place_and_what_was_expected() {
    let cases = [
        (USER.replace("\"country\": \"DE\",", ""), "/country", "a required member"),
        (USER.replace("\"DE\"", "7"), "/country", "a string"),
        (USER.replace("true", "\"hunter2\""), "/deactivated", "a boolean"),
        (USER.replace("3c90c3cc", "hunter2"), "/id", "a formatted UUID string"),
        (USER.replace("2023-11-07T05:31:56Z", "hunter2"), "/created_at", "a timestamp string"),
        ("[]".to_owned(), "", "struct UpdateUserResponse"),
        ("null".to_owned(), "", "struct UpdateUserResponse"),
    ];
    for (body, pointer, expected) in cases {
        let error = answered(&json("200 OK"), &body).await;
        assert_eq!(misfit(error), (pointer.to_owned(), expected.to_owned(), body.into_bytes()));
    }
}

#[tokio::test]
async fn a_body_that_is_no_json_says_where_it_ends() {
    let cut = &USER[..USER.find("\"namespace\"").unwrap() + 13];
    let (pointer, expected, body) = misfit(answered(&json("200 OK"), cut).await);
    assert_eq!((pointer.as_str(), expected.as_str()), ("/namespace", "JSON (line 4, column 15)"));
    assert_eq!(body, cut.as_bytes());
    let (pointer, expected, _) = misfit(answered(&json("200 OK"), "").await);
    assert_eq!((pointer.as_str(), expected.as_str()), ("", "JSON (line 1, column 0)"));
}

#[test]
fn variables_of_the_server_have_defaults_and_can_be_set() {
    let base = |client: Client| format!("{client:?}");
    assert!(base(Client::builder().build().unwrap()).contains("\"https://api.upsun.com\""));
    let plain = Client::builder().server_variable("schemes", "http").build().unwrap();
    assert!(base(plain).contains("\"http://api.upsun.com\""));
    let error = Client::builder().server_variable("region", "eu").build().unwrap_err();
    assert!(matches!(&error, BuildError::UnknownVariable { name } if name == "region"), "{error:?}");
    let error = Client::builder().server_variable("schemes", "javascript").build().unwrap_err();
    assert!(matches!(error, BuildError::BaseUrl { .. }), "{error:?}");
}
