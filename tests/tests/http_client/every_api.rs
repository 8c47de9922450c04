//! What all four clients do alike: each test is one behaviour of servers, asked of every API's client.

use std::{fmt::Debug, future::Future, pin::Pin, time::Duration};

use docwright_generated::{devicehive, example, finix, upsun};
use docwright_runtime::client::{Api, Builder, Error, Response, TransportError};
use docwright_tests::wire::{Answer, Wire};

use crate::json;

const UPSUN_USER: &str = r#"{"id":"3c90c3cc-0d44-4b50-8888-8dd25736052a","deactivated":true,"namespace":"n","username":"u","email":"e@example.com","email_verified":true,"first_name":"f","last_name":"l","picture":"p","company":"c","website":"w","country":"DE","created_at":"2023-11-07T05:31:56Z","updated_at":"2023-11-07T05:31:56Z","consented_at":null,"consent_method":"opt-in"}"#;

/// A call of an API's client, and what came of it, in a few words.
type Call = fn(String) -> Pin<Box<dyn Future<Output = String> + Send>>;

/// In the order of their pages: no documented response; JSON for 200 and five errors; no body for any 2xx; JSON
/// for 200.
const APIS: [(&str, Call); 4] = [
    ("example", |url| {
        Box::pin(async move {
            let client: example::client::Client = client(Builder::new(), url);
            told(client.put_users_by_id(7, &Default::default()).await, |body| {
                String::from_utf8(body.to_vec()).unwrap()
            })
        })
    }),
    ("finix", |url| {
        Box::pin(async move {
            let client: finix::client::Client = client(Builder::new(), url);
            told(client.update_user("US1", &Default::default()).await, |body| {
                format!("{:?} {:?}", body.id, body.role)
            })
        })
    }),
    ("devicehive", |url| {
        Box::pin(async move {
            let client: devicehive::client::Client = client(Builder::new(), url);
            let id = devicehive::types::UpdateUserId::Integer(7);
            told(client.update_user(&id, &Default::default()).await, |()| "nothing".to_owned())
        })
    }),
    ("upsun", |url| {
        Box::pin(async move {
            let client: upsun::client::Client = client(Builder::new(), url);
            let id = uuid::Uuid::nil();
            told(client.update_user(id, &Default::default()).await, |body| {
                format!("{} {:?} {:?}", body.country, body.consented_at, body.consent_method)
            })
        })
    }),
];

fn client<A: Api>(builder: Builder<A>, url: String) -> A {
    builder.base_url(url).timeout(Duration::from_millis(500)).build().unwrap()
}

fn told<T, E: Debug>(result: Result<Response<T>, Error<E>>, tell: impl Fn(&T) -> String) -> String {
    match result {
        Ok(response) => format!("{}: {}", response.status().as_u16(), tell(response.body())),
        Err(Error::Undocumented(response)) => format!("undocumented {}", response.status().as_u16()),
        Err(Error::Documented(response)) => format!("documented {}", response.status().as_u16()),
        Err(Error::Body(error)) => {
            let status = error.response().status().as_u16();
            format!("misfit of {status} at {:?}: {}", error.pointer(), error.expected())
        }
        Err(Error::Timeout) => "timeout".to_owned(),
        Err(Error::Transport(TransportError::Http(error))) if error.is_connect() => {
            "no connection".to_owned()
        }
        Err(Error::Transport(_)) => "broken connection".to_owned(),
        Err(error) => format!("{error:?}"),
    }
}

/// Asks each API's client, of a server that answers with these bodies, one for each API.
async fn answered(head: &str, bodies: [&str; 4]) -> [String; 4] {
    let mut told: [String; 4] = Default::default();
    for (at, (_, call)) in APIS.into_iter().enumerate() {
        let server = Wire::always(head, bodies[at]).await;
        told[at] = call(server.url()).await;
    }
    told
}

/// Asks each API's client, of a server that does this.
async fn asked(answer: Answer) -> [String; 4] {
    let mut told: [String; 4] = Default::default();
    for (at, (_, call)) in APIS.into_iter().enumerate() {
        let server = Wire::answer([answer.clone()]).await;
        told[at] = call(server.url()).await;
    }
    told
}

#[tokio::test]
async fn truncated_json_is_a_misfit_where_json_is_documented() {
    let cut = r#"{"id":"3c90"#;
    assert_eq!(
        answered(&json("200 OK"), [cut; 4]).await,
        [
            r#"200: {"id":"3c90"#,
            r#"misfit of 200 at "/id": JSON (line 1, column 11)"#,
            "200: nothing",
            r#"misfit of 200 at "/id": JSON (line 1, column 11)"#,
        ]
    );
}

#[tokio::test]
async fn another_media_type_is_a_misfit_where_json_is_documented() {
    assert_eq!(
        answered("200 OK\ncontent-type: text/html", [UPSUN_USER; 4]).await,
        [
            &format!("200: {UPSUN_USER}"),
            r#"misfit of 200 at "": the media type `application/json`"#,
            "200: nothing",
            r#"misfit of 200 at "": the media type `application/json`"#,
        ]
    );
}

#[tokio::test]
async fn a_204_is_no_documented_200() {
    assert_eq!(
        answered("204 No Content", [""; 4]).await,
        ["204: ", "undocumented 204", "204: nothing", "undocumented 204"]
    );
}

#[tokio::test]
async fn a_status_that_is_not_documented_is_no_other() {
    assert_eq!(answered(&json("418 I'm a teapot"), [UPSUN_USER; 4]).await, ["undocumented 418"; 4]);
}

#[tokio::test]
async fn members_that_are_not_documented_are_ignored() {
    let user = UPSUN_USER.replacen('{', r#"{"new_in_2030":{"a":[null]},"#, 1);
    assert_eq!(
        answered(&json("200 OK"), ["{}", r#"{"new_in_2030":1,"id":"US1"}"#, "{}", &user]).await,
        ["200: {}", r#"200: Some("US1") None"#, "200: nothing", "200: DE None Some(OptIn)"]
    );
}

#[tokio::test]
async fn values_of_an_enumeration_that_are_not_documented_are_kept() {
    let user = UPSUN_USER.replace("opt-in", "opt-out");
    assert_eq!(
        answered(&json("200 OK"), ["", r#"{"role":"ROLE_NEW"}"#, "", &user]).await,
        [
            "200: ",
            r#"200: None Some(Unknown("ROLE_NEW"))"#,
            "200: nothing",
            r#"200: DE None Some(Unknown("opt-out"))"#,
        ]
    );
}

#[tokio::test]
async fn a_null_that_is_not_documented_is_read_as_absent() {
    let user = UPSUN_USER.replace("\"opt-in\"", "null");
    assert_eq!(
        answered(&json("200 OK"), ["", r#"{"id":null,"role":null}"#, "", &user]).await,
        ["200: ", "200: None None", "200: nothing", "200: DE None None"]
    );
}

#[tokio::test]
async fn a_required_member_that_is_missing_is_named() {
    // 001 has some in its errors, 003 in its success; the others have none.
    let user = UPSUN_USER.replace(r#""country":"DE","#, "");
    let told = answered(&json("200 OK"), ["", "{}", "", &user]).await;
    assert_eq!(told[3], r#"misfit of 200 at "/country": a required member"#);
    let told = answered(&json("404 Not Found"), ["", r#"{"total":1}"#, "", ""]).await;
    assert_eq!(told[1], r#"misfit of 404 at "/_embedded": a required member"#);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_a_timeout() {
    assert_eq!(asked(Answer::Wait(Duration::from_secs(30))).await, ["timeout"; 4]);
}

#[tokio::test]
async fn a_server_that_is_gone_is_no_connection() {
    for (name, call) in APIS {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        assert_eq!(call(format!("http://{address}")).await, "no connection", "{name}");
    }
}

#[tokio::test]
async fn a_server_that_hangs_up_is_a_broken_connection() {
    assert_eq!(asked(Answer::HangUp).await, ["broken connection"; 4]);
    let cut = "HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\n{".to_owned();
    assert_eq!(asked(Answer::Bytes(cut)).await, ["broken connection"; 4]);
}
