//! What the four documents do not have: query, header and cookie parameters, API keys, templates that compete.

use std::future::{Ready, ready};

use axum::response::{IntoResponse, Response};
use docwright_runtime::{
    Checker, Validate,
    server::{Credentials, Denied, In, Incoming, Problem, Routes, Scheme},
};

use crate::wire::Server;

const ID: Scheme = Scheme::header("Id", "X-Id");
const KEY: Scheme = Scheme::query("Key", "key");
const SESSION: Scheme = Scheme::cookie("Session", "session");

#[derive(Debug)]
struct ItemsParams {
    tags: Vec<String>,
    tenant: Option<String>,
    theme: Option<String>,
    size: Option<i64>,
}

docwright_runtime::parameters! {
    ItemsParams { query tags as "tag[]", header tenant as "X-Tenant", cookie theme, query size as "a/b" }
}

impl Validate for ItemsParams {
    fn check(&self, checker: &mut Checker) {
        checker.member("tag[]").each(&self.tags, |tag, at| at.max_length(tag, 9));
        if let Some(size) = self.size {
            checker.member("a/b").minimum(size, 1);
        }
    }
}

/// What is replied where nothing was read.
fn fixed(text: &'static str) -> impl Fn(&()) -> Ready<Response> {
    move |()| ready(text.into_response())
}

async fn start() -> Server {
    let mut routes = Routes::new("store", (), |(), problem: Problem| problem.into_response())
        .authenticated_by(|(): &(), credentials: Credentials, permissions: &'static [&'static str]| {
            ready(Ok::<_, Denied>(format!("{credentials:?} {permissions:?}")))
        });
    routes
        .at("GET /items")
        .query("limit")
        .limit(|value: &i32, at| at.maximum(*value, 100))
        .params()
        .validated()
        .response(|(): &(), limit: i32, params: ItemsParams| {
            let ItemsParams { tags, tenant, theme, .. } = params;
            ready(format!("{limit} {tags:?} {tenant:?} {theme:?}").into_response())
        });
    routes
        .at("GET /keys")
        .secured(&[(&[ID, KEY], &["read", "write"]), (&[SESSION], &[])])
        .response(|(): &(), caller: String| ready(caller.into_response()));
    routes.at("GET /items/{id}").response(fixed("id"));
    routes.at("GET /items/{id}.json").response(fixed("json"));
    routes.at("GET /items/v{id}.json").response(fixed("version"));
    routes.at("GET /items/latest").response(fixed("latest"));
    routes.at("GET /items/{other}").response(fixed("never"));
    routes
        .at("PUT /items/{other}")
        .path("other")
        .response(|(): &(), other: String| ready(other.into_response()));
    routes.at("GET /{a}/parts/{b}-{c}").request().outcome(|(): &(), request: Incoming| {
        let read = |name| request.required::<String>(In::Path, name);
        let all = ["a", "b", "c"].map(read).into_iter().collect::<Result<Vec<_>, _>>();
        ready(all.map(|all| all.join(" ").into_response()))
    });
    routes.at("GET /{").response(fixed("brace"));
    routes.at("GET /*all").response(fixed("star"));
    routes.at("GET no/slash").response(fixed("no slash"));
    Server::start(routes.into_router()).await
}

fn refused(detail: &str, name: &str) -> String {
    format!(
        r#"{{"type":"about:blank","title":"Bad Request","status":400,"detail":"{detail}","parameter":"{name}"}}"#
    )
}

#[tokio::test]
async fn parameters_are_read_where_they_are_sent() {
    let server = start().await;
    for (head, seen) in [
        ("GET /items?limit=5", "5 [] None None"),
        ("GET /items?tag[]=a+b&limit=5&tag%5B%5D=%26c&other=1", r#"5 ["a b", "&c"] None None"#),
        ("GET /items?limit=%35&tag[]\nx-tenant: größe", r#"5 [""] Some("größe") None"#),
        ("GET /items?limit=5\nCookie: a=b; theme=dark\nCookie: c=d", r#"5 [] None Some("dark")"#),
    ] {
        let response = server.send(head, "").await;
        assert_eq!((response.status.as_str(), response.body.as_str()), ("200 OK", seen), "{head}");
    }
}

#[tokio::test]
async fn parameters_that_are_missing_wrong_or_repeated_are_named() {
    let server = start().await;
    let missing = refused("the query parameter `limit` is missing", "limit");
    let wrong = refused("the query parameter `limit` is not of the documented type", "limit");
    let twice = refused("the query parameter `limit` is there more than once", "limit");
    for (query, body) in [
        ("", &missing),
        ("?", &missing),
        ("?Limit=5", &missing),
        ("?limit=", &wrong),
        ("?limit", &wrong),
        ("?limit=secret", &wrong),
        ("?limit=%FF", &wrong),
        ("?limit=2147483648", &wrong),
        ("?limit=5&limit=5", &twice),
    ] {
        server.send(&format!("GET /items{query}"), "").await.is("400 Bad Request", body);
    }
    let wrong = refused("the query parameter `tag[]` is not of the documented type", "tag[]");
    server.send("GET /items?limit=5&tag[]=%FF", "").await.is("400 Bad Request", &wrong);
    let twice = refused("the header parameter `X-Tenant` is there more than once", "X-Tenant");
    server.send("GET /items?limit=5\nX-Tenant: a\nX-Tenant: b", "").await.is("400 Bad Request", &twice);
}

#[tokio::test]
async fn a_limit_of_a_parameter_is_named() {
    start().await.send("GET /items?limit=101", "").await.is(
        "422 Unprocessable Entity",
        r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"must be at most 100","parameter":"limit","limit":{"maximum":100}}"#,
    );
}

#[tokio::test]
async fn limits_of_all_parameters_are_named_together() {
    start().await.send("GET /items?limit=101&tag[]=a&tag[]=ten+letters&a/b=0", "").await.is(
        "422 Unprocessable Entity",
        concat!(
            r#"{"type":"about:blank","title":"Unprocessable Entity","status":422,"detail":"must be at most 100","#,
            r#""parameter":"limit","limit":{"maximum":100},"errors":["#,
            r#"{"detail":"must be at most 100","parameter":"limit","limit":{"maximum":100}},"#,
            r#"{"detail":"must have at most 9 characters","parameter":"tag[]","limit":{"maxLength":9}},"#,
            r#"{"detail":"must be at least 1","parameter":"a/b","limit":{"minimum":1}}]}"#,
        ),
    );
}

#[tokio::test]
async fn the_first_alternative_that_is_complete_is_taken() {
    let server = start().await;
    let both = r#"Several([("Id", ApiKey([redacted])), ("Key", ApiKey([redacted]))]) ["read", "write"]"#;
    let session = "ApiKey([redacted]) []";
    for (head, seen) in [
        ("GET /keys?key=secret\nX-Id: secret", both),
        ("GET /keys?key=secret\nX-Id: secret\nCookie: session=secret", both),
        ("GET /keys?key=secret\nCookie: session=secret", session),
    ] {
        assert_eq!(server.send(head, "").await.body, seen);
    }
    for head in [
        "GET /keys",
        "GET /keys?key=secret",
        "GET /keys?key=\nX-Id: secret",
        "GET /keys?key=a&key=b\nX-Id: secret",
        "GET /keys?key=secret\nX-Id: größe",
        "GET /keys\nCookie: session=",
        "GET /keys\nCookie: session=a; session=b",
    ] {
        let response = server.send(head, "").await;
        assert_eq!(response.status, "401 Unauthorized", "{head}");
        let challenges = [
            r#"ApiKey realm="store", header="X-Id""#,
            r#"ApiKey realm="store", query="key""#,
            r#"ApiKey realm="store", cookie="session""#,
        ];
        assert_eq!(response.all("www-authenticate"), challenges, "{head}");
    }
}

#[tokio::test]
async fn the_most_specific_template_that_has_the_method_wins() {
    let server = start().await;
    for (line, seen) in [
        ("GET /items/latest", "latest"),
        ("PUT /items/latest", "latest"),
        ("GET /items/v7.json", "version"),
        ("GET /items/v.json", "json"),
        ("GET /items/.json", "id"),
        ("GET /items/v7", "id"),
        ("PUT /items/v7.json", "v7.json"),
        ("GET /items/parts/b-c-d", "items b c-d"),
        ("GET /%7B", "brace"),
        ("GET /*all", "star"),
        ("GET /no/slash", "no slash"),
    ] {
        let response = server.send(line, "").await;
        assert_eq!((response.status.as_str(), response.body.as_str()), ("200 OK", seen), "{line}");
    }
    let delete = server.send("DELETE /items/v7.json", "").await;
    assert_eq!(
        (delete.status.as_str(), delete.header("allow")),
        ("405 Method Not Allowed", "GET, HEAD, OPTIONS, PUT")
    );
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let server = start().await;
    let mut connection = server.connect().await;
    connection.write(&crate::wire::request("HEAD /items/7", "")).await;
    let head = connection.read(true).await;
    assert_eq!((head.status.as_str(), head.header("content-length")), ("200 OK", "2"));
    connection.write(&crate::wire::request("GET /items/7", "")).await;
    assert_eq!(connection.read(false).await.body, "id");
}
