//! What all four servers do alike: each test is one behaviour, asked of every API.

use axum::{Router, extract::DefaultBodyLimit};
use docwright_generated::{devicehive, example, finix, upsun};

use crate::{
    ADA, JSON, TOKEN,
    services::{DeviceHive, Example, Finix, Log, USER, Upsun},
    wire::{Response, Server, request},
};

/// What the APIs differ in.
struct Api {
    name: &'static str,
    server: Server,
    log: Log,
    method: &'static str,
    /// The path around the id.
    path: (&'static str, &'static str),
    /// An id that is there, one whose handler panics, and one whose handler replies 401.
    ids: [&'static str; 3],
    credentials: &'static str,
    challenge: &'static str,
    /// The challenge for credentials that are wrong.
    invalid: &'static str,
    /// The response to an update without fields.
    success: (&'static str, &'static str),
    /// A body of another shape: its JSON pointer, and what is wrong there.
    misshapen: (&'static str, &'static str, &'static str),
    /// A null that the page does not document, in the same way.
    null: (&'static str, &'static str, &'static str),
    /// Whether the API's page asks for a body.
    body_required: bool,
    /// Whether the implementer gives refusals a form of their own.
    own_form: bool,
}

async fn apis() -> [Api; 4] {
    let logs: [Log; 4] = Default::default();
    // Small enough that a body that is too large can be written out.
    let start = async |router: Router| Server::start(router.layer(DefaultBodyLimit::max(64))).await;
    let bearer = Api {
        name: "example",
        server: start(example::server::router(Example(logs[0].clone()))).await,
        log: logs[0].clone(),
        method: "PUT",
        path: ("/users/", ".json"),
        ids: ["7", "500", "401"],
        credentials: TOKEN,
        challenge: r#"Bearer realm="example""#,
        invalid: r#"Bearer realm="example", error="invalid_token""#,
        success: ("200 OK", r#"{"id":7}"#),
        misshapen: (r#"{"role":["secret"]}"#, "/role", "must be a string"),
        null: (r#"{"email":null}"#, "/email", "must be a string, not null"),
        body_required: false,
        own_form: false,
    };
    let basic = Api {
        name: "finix",
        server: start(finix::server::router(Finix(logs[1].clone()))).await,
        log: logs[1].clone(),
        path: ("/users/", ""),
        ids: ["US1", "panic", "unauthorized"],
        credentials: ADA,
        challenge: r#"Basic realm="finix", charset="UTF-8""#,
        invalid: r#"Basic realm="finix", charset="UTF-8""#,
        success: ("200 OK", r#"{"id":"US1"}"#),
        misshapen: (r#"{"tags":{"a":["secret"]}}"#, "/tags/a", "must be a string"),
        null: (r#"{"enabled":null}"#, "/enabled", "must be a boolean, not null"),
        ..bearer
    };
    let hive = Api {
        name: "devicehive",
        server: start(devicehive::server::router(DeviceHive(logs[2].clone()))).await,
        log: logs[2].clone(),
        path: ("/user/", ""),
        ids: ["7", "666", "401"],
        challenge: r#"Bearer realm="devicehive""#,
        invalid: r#"Bearer realm="devicehive", error="invalid_token""#,
        success: ("204 No Content", ""),
        misshapen: (r#"{"role":"secret"}"#, "/role", "must be an integer"),
        null: (r#"{"password":null}"#, "/password", "must be a string, not null"),
        body_required: true,
        ..bearer
    };
    let own = Api {
        name: "upsun",
        server: start(upsun::server::router(Upsun(logs[3].clone()))).await,
        log: logs[3].clone(),
        method: "PATCH",
        path: ("/users/", ""),
        ids: [
            "d81c8ee2-44b3-429f-b944-a33ad7437690",
            "00000000-0000-0000-0000-000000000500",
            "00000000-0000-0000-0000-000000000401",
        ],
        challenge: r#"Bearer realm="upsun""#,
        invalid: r#"Bearer realm="upsun", error="invalid_token""#,
        success: ("200 OK", USER),
        misshapen: (r#"{"company":["secret"]}"#, "/company", "must be a string"),
        null: (r#"{"company":null}"#, "/company", "must be a string, not null"),
        own_form: true,
        ..bearer
    };
    [bearer, basic, hive, own]
}

impl Api {
    fn line(&self, id: &str) -> String {
        format!("{} {}{id}{}", self.method, self.path.0, self.path.1)
    }

    async fn send(&self, id: &str, headers: &str, body: &str) -> Response {
        self.server.send(&format!("{}\n{headers}", self.line(id)), body).await
    }

    /// Sends a body with everything that it needs.
    async fn send_json(&self, body: &str) -> Response {
        self.send(self.ids[0], &format!("{}\n{JSON}", self.credentials), body).await
    }

    /// Sends a body in chunks: of `size` bytes, twice.
    async fn send_chunks(&self, headers: &str, size: usize) -> Response {
        let head = format!("{}\n{headers}\nTransfer-Encoding: chunked", self.line(self.ids[0]));
        let mut bytes = request(&head, "");
        let chunk = format!("{size:x}\r\n{}\r\n", " ".repeat(size));
        bytes.extend_from_slice(format!("{chunk}{chunk}0\r\n\r\n").as_bytes());
        self.server.send_raw(&bytes).await
    }

    /// Checks a refusal: its status, what follows in the problem, and that no handler saw the request.
    #[track_caller]
    fn refuses(&self, response: &Response, status: &str, members: &str) {
        let (code, title) = status.split_once(' ').unwrap();
        let pointer = members.split_once(r#""pointer":"#).map_or("null", |(_, pointer)| pointer);
        let body = if self.own_form {
            format!(r#"{{"error":"{title}","at":{pointer}}}"#)
        } else {
            format!(r#"{{"type":"about:blank","title":"{title}","status":{code}{members}}}"#)
        };
        let seen = self.log.take();
        assert!(seen.is_empty(), "{}: {seen:?}", self.name);
        assert!(!format!("{response:?}").contains("secret"), "{}: {response:?}", self.name);
        response.is(status, &body);
    }
}

#[tokio::test]
async fn an_update_is_answered() {
    for api in apis().await {
        api.send_json("{}").await.is(api.success.0, api.success.1);
        assert_eq!(api.log.take().len(), 1, "{}", api.name);
    }
}

#[tokio::test]
async fn members_that_are_not_documented_are_ignored() {
    for api in apis().await {
        api.send_json(r#"{"new_in_2030":[{"a":null}]}"#).await.is(api.success.0, api.success.1);
    }
}

#[tokio::test]
async fn a_body_that_is_not_there() {
    for api in apis().await {
        for headers in [api.credentials.to_owned(), format!("{}\n{JSON}", api.credentials)] {
            let plain = api.send(api.ids[0], &headers, "").await;
            let chunked = api.send_chunks(&headers, 0).await;
            if api.body_required {
                let detail = r#","detail":"the body is missing""#;
                api.refuses(&plain, "400 Bad Request", detail);
                api.refuses(&chunked, "400 Bad Request", detail);
            } else {
                plain.is(api.success.0, api.success.1);
                chunked.is(api.success.0, api.success.1);
                assert_eq!(api.log.take().len(), 2, "{}", api.name);
            }
        }
    }
}

#[tokio::test]
async fn another_path_is_a_404() {
    for api in apis().await {
        for path in ["/", "/nowhere", "/users", "/user", "/users/../users/7"] {
            let head = format!("{} {path}\n{}\n{JSON}", api.method, api.credentials);
            api.refuses(&api.server.send(&head, "{}").await, "404 Not Found", "");
        }
    }
}

#[tokio::test]
async fn another_method_is_a_405_that_says_which_ones_there_are() {
    for api in apis().await {
        let head = format!("DELETE {}{}{}", api.path.0, api.ids[0], api.path.1);
        let response = api.server.send(&head, "").await;
        api.refuses(&response, "405 Method Not Allowed", "");
        let allow = if api.method == "PUT" { "OPTIONS, PUT" } else { "OPTIONS, PATCH" };
        assert_eq!(response.header("allow"), allow, "{}", api.name);
    }
}

#[tokio::test]
async fn credentials_that_are_missing_or_malformed_are_a_401_with_a_challenge() {
    for api in apis().await {
        for header in [
            // None, of another scheme, of a known one without anything.
            "Accept: */*",
            "Authorization: Digest username=\"secret\"",
            "Authorization: Basic",
            "Authorization: Bearer",
            // Neither base64 nor a token.
            "Authorization: Basic **secret**",
            "Authorization: Bearer a secret",
            "Authorization: secret",
        ] {
            let response = api.send(api.ids[0], &format!("{header}\n{JSON}"), "{}").await;
            let detail = r#","detail":"credentials are missing or malformed""#;
            api.refuses(&response, "401 Unauthorized", detail);
            assert_eq!(response.header("www-authenticate"), api.challenge, "{}: {header}", api.name);
        }
    }
}

#[tokio::test]
async fn credentials_of_bytes_above_ascii_are_malformed() {
    for api in apis().await {
        for bytes in [&b"\xff\xfe"[..], "größe".as_bytes(), b"YWRhOm9wZW4gc2VzYW1l\xe9"] {
            for scheme in ["Basic", "Bearer"] {
                let line = api.line(api.ids[0]);
                let head = format!("{line} HTTP/1.1\r\nHost: x\r\nAuthorization: {scheme} ");
                let raw = [head.as_bytes(), bytes, b"\r\n\r\n"].concat();
                let response = api.server.send_raw(&raw).await;
                let detail = r#","detail":"credentials are missing or malformed""#;
                api.refuses(&response, "401 Unauthorized", detail);
                assert_eq!(response.header("www-authenticate"), api.challenge, "{}", api.name);
            }
        }
    }
}

#[tokio::test]
async fn credentials_that_are_wrong_are_a_401_with_a_challenge() {
    for api in apis().await {
        // `ada:secret` for the one, a token for the others.
        for header in ["Authorization: Basic YWRhOnNlY3JldA==", "Authorization: Bearer secret"] {
            if header.contains("Basic") != (api.name == "finix") {
                continue;
            }
            let response = api.send(api.ids[0], &format!("{header}\n{JSON}"), "{}").await;
            api.refuses(&response, "401 Unauthorized", r#","detail":"the credentials are not valid""#);
            assert_eq!(response.header("www-authenticate"), api.invalid, "{}", api.name);
        }
    }
}

#[tokio::test]
async fn a_401_of_the_handler_has_a_challenge_too() {
    for api in apis().await {
        let headers = format!("{}\n{JSON}", api.credentials);
        let response = api.send(api.ids[2], &headers, "{}").await;
        assert_eq!(response.status, "401 Unauthorized", "{}", api.name);
        assert_eq!(response.header("www-authenticate"), api.challenge, "{}", api.name);
        assert_eq!(api.log.take().len(), 1, "{}", api.name);
    }
}

#[tokio::test]
async fn another_media_type_is_a_415() {
    for api in apis().await {
        let header = format!("{}\nContent-Type: text/plain", api.credentials);
        let untyped = api.credentials;
        for response in [
            api.send(api.ids[0], &header, "{}").await,
            api.send(api.ids[0], untyped, "{}").await,
            // Larger than what is read, and of no type.
            api.send_chunks(untyped, 40).await,
        ] {
            let detail = r#","detail":"the media type of the body must be application/json""#;
            api.refuses(&response, "415 Unsupported Media Type", detail);
            assert_eq!(response.header("accept"), "application/json", "{}", api.name);
        }
    }
}

#[tokio::test]
async fn a_body_that_is_too_large_is_a_413() {
    for api in apis().await {
        let headers = format!("{}\n{JSON}", api.credentials);
        for response in [api.send_json(&" ".repeat(65)).await, api.send_chunks(&headers, 40).await] {
            api.refuses(&response, "413 Payload Too Large", r#","detail":"the body is too large""#);
        }
        let fits = format!("{{}}{}", " ".repeat(62));
        api.send_json(&fits).await.is(api.success.0, api.success.1);
    }
}

#[tokio::test]
async fn a_body_that_is_not_json_is_a_400() {
    for api in apis().await {
        for (body, column) in [("{", 1), ("secret", 1), (r#"{"a":"secret"#, 12), ("{}secret", 3)] {
            let response = api.send_json(body).await;
            let detail = format!(r#","detail":"the body is not JSON: line 1, column {column}""#);
            api.refuses(&response, "400 Bad Request", &detail);
        }
    }
}

#[tokio::test]
async fn a_body_of_another_shape_is_a_422_with_the_place() {
    for api in apis().await {
        let whole = (r#"["secret"]"#, "", "must be an object");
        let null = ("null", "", "must be an object, not null");
        for (body, pointer, detail) in [api.misshapen, api.null, whole, null] {
            let members = format!(r#","detail":"{detail}","pointer":"{pointer}""#);
            api.refuses(&api.send_json(body).await, "422 Unprocessable Entity", &members);
        }
    }
}

#[tokio::test]
async fn a_handler_that_panics_is_a_500_without_detail() {
    for api in apis().await {
        let headers = format!("{}\n{JSON}", api.credentials);
        let response = api.send(api.ids[1], &headers, "{}").await;
        assert_eq!(api.log.take().len(), 1, "{}", api.name);
        api.refuses(&response, "500 Internal Server Error", "");
        api.send_json("{}").await.is(api.success.0, api.success.1);
    }
}

/// A text is any id; numbers and UUIDs are not. The status is what follows: `404` where it is no path of the API.
#[tokio::test]
async fn hostile_ids_reach_no_other_path() {
    for (id, statuses) in [
        ("..%2Fadmin", ["400", "200", "400", "400"]),
        ("a%2Fb", ["400", "200", "400", "400"]),
        ("%252F", ["400", "200", "400", "400"]),
        ("%3F", ["400", "200", "400", "400"]),
        ("%23", ["400", "200", "400", "400"]),
        ("gr%C3%B6%C3%9Fe", ["400", "200", "400", "400"]),
        ("%FF", ["400", "400", "400", "400"]),
        ("%00", ["400", "200", "400", "400"]),
        ("..", ["400", "200", "400", "400"]),
        ("%2e%2e", ["400", "200", "400", "400"]),
        ("", ["404", "404", "404", "404"]),
        ("../admin", ["404", "404", "404", "404"]),
        ("a/b", ["404", "404", "404", "404"]),
        // An integer is written in one way.
        ("007", ["400", "200", "400", "400"]),
        ("+7", ["400", "200", "400", "400"]),
        ("-0", ["400", "200", "400", "400"]),
        ("%37", ["200", "200", "204", "400"]),
    ] {
        for (api, status) in apis().await.into_iter().zip(statuses) {
            let response = api.send(id, &format!("{}\n{JSON}", api.credentials), "{}").await;
            assert_eq!(&response.status[..3], status, "{} {id:?}", api.name);
            let reached = usize::from(status.starts_with('2'));
            assert_eq!(api.log.take().len(), reached, "{} {id:?}", api.name);
        }
    }
}
