//! Credentials that are missing, malformed, wrong, or not enough.

use docwright_generated::{devicehive, finix};

use crate::{
    JSON,
    services::{DeviceHive, Finix},
    wire::Server,
};

const MISSING: &str = r#"{"type":"about:blank","title":"Unauthorized","status":401,"detail":"credentials are missing or malformed"}"#;
const WRONG: &str =
    r#"{"type":"about:blank","title":"Unauthorized","status":401,"detail":"the credentials are not valid"}"#;
const FORBIDDEN: &str = r#"{"type":"about:blank","title":"Forbidden","status":403}"#;

#[tokio::test]
async fn user_and_password_missing_or_malformed() {
    let service = Finix::default();
    let log = service.0.clone();
    let server = Server::start(finix::server::router(service)).await;
    for header in [
        "Accept: */*",
        "Authorization:",
        "Authorization: Basic",
        "Authorization: Basic ",
        "Authorization: Bearer YWRhOm9wZW4gc2VzYW1l",
        "Authorization: BasicYWRhOm9wZW4gc2VzYW1l",
        // No base64.
        "Authorization: Basic ***",
        "Authorization: Basic YWRhOm9wZW4gc2VzYW1l=A",
        "Authorization: Basic YWRhOm9wZW4 gc2VzYW1l",
        // `nocolon`.
        "Authorization: Basic bm9jb2xvbg==",
        // A control character, and a byte that is no UTF-8.
        "Authorization: Basic YQA6Yg==",
        "Authorization: Basic /zpi",
        "Authorization: Basic YWRhOm9wZW4gc2VzYW1l\nAuthorization: Basic YWRhOm9wZW4gc2VzYW1l",
    ] {
        let response = server.send(&format!("PUT /users/US1\n{header}"), "").await;
        response.is("401 Unauthorized", MISSING);
        assert_eq!(
            response.header("www-authenticate"),
            r#"Basic realm="finix", charset="UTF-8""#,
            "{header}"
        );
    }
    assert!(log.take().is_empty());
}

#[tokio::test]
async fn the_name_of_the_scheme_has_no_case() {
    let server = Server::start(finix::server::router(Finix::default())).await;
    for scheme in ["basic", "BASIC", "bAsIc"] {
        let head = format!("PUT /users/US1\nAuthorization: {scheme} YWRhOm9wZW4gc2VzYW1l");
        server.send(&head, "").await.is("200 OK", r#"{"id":"US1"}"#);
    }
}

#[tokio::test]
async fn user_and_password_reach_the_check() {
    let service = Finix::default();
    let log = service.0.clone();
    let server = Server::start(finix::server::router(service)).await;
    // `ada:wrong`, `ada:p:w`: the first colon parts them.
    for basic in ["YWRhOndyb25n", "YWRhOnA6dw=="] {
        let response = server.send(&format!("PUT /users/US1\nAuthorization: Basic {basic}"), "").await;
        response.is("401 Unauthorized", WRONG);
        assert_eq!(response.header("www-authenticate"), r#"Basic realm="finix", charset="UTF-8""#);
    }
    let guest = server.send("PUT /users/US1\nAuthorization: Basic Z3Vlc3Q6b3BlbiBzZXNhbWU=", "").await;
    guest.is("403 Forbidden", FORBIDDEN);
    assert!(guest.all("www-authenticate").is_empty());
    // `größe` without padding is a user too.
    let head = "PUT /users/US1\nAuthorization: Basic Z3LDtsOfZTpvcGVuIHNlc2FtZQ";
    server.send(head, "").await.is("200 OK", r#"{"id":"US1"}"#);
    assert_eq!(log.take(), [r#"größe "US1" without a body"#]);
}

#[tokio::test]
async fn tokens_missing_malformed_wrong_or_not_enough() {
    let service = DeviceHive::default();
    let log = service.0.clone();
    let server = Server::start(devicehive::server::router(service)).await;
    let send = async |header: &str| server.send(&format!("PUT /user/7\n{header}\n{JSON}"), "{}").await;
    for header in [
        "Accept: */*",
        "Authorization: Bearer",
        "Authorization: sesame",
        "Authorization: Basic YWRhOm9wZW4gc2VzYW1l",
        "Authorization: Bearer open sesame",
    ] {
        let response = send(header).await;
        response.is("401 Unauthorized", MISSING);
        assert_eq!(response.header("www-authenticate"), r#"Bearer realm="devicehive""#, "{header}");
    }
    let wrong = send("Authorization: Bearer hunter2").await;
    wrong.is("401 Unauthorized", WRONG);
    assert_eq!(wrong.header("www-authenticate"), r#"Bearer realm="devicehive", error="invalid_token""#);
    send("Authorization: Bearer guest").await.is("403 Forbidden", FORBIDDEN);
    send("Authorization: Bearer later").await.is(
        "503 Service Unavailable",
        r#"{"type":"about:blank","title":"Service Unavailable","status":503}"#,
    );
    assert!(log.take().is_empty());
    send("authorization: bearer sesame").await.is("204 No Content", "");
    assert_eq!(log.take(), ["UpdateCurrentUser Integer(7) None None"]);
}
