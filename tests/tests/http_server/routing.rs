//! Paths and methods.

use std::time::Duration;

use axum::{Router, http::StatusCode, routing::get};
use docwright_generated::{devicehive, example, finix, upsun};
use tower_http::timeout::TimeoutLayer;

use crate::{
    ADA, JSON, TOKEN,
    services::{DeviceHive, Example, Finix, Upsun},
    wire::Server,
};

const UNKNOWN: &str = r#"{"type":"about:blank","title":"Not Found","status":404}"#;
const METHOD: &str = r#"{"type":"about:blank","title":"Method Not Allowed","status":405}"#;

#[tokio::test]
async fn all_four_nest_below_base_paths() {
    let app = Router::new()
        .nest("/example", example::server::router(Example::default()))
        .nest("/finix", finix::server::router(Finix::default()))
        .nest("/devicehive", devicehive::server::router(DeviceHive::default()))
        .nest("/upsun/v1", upsun::server::router(Upsun::default()))
        .route("/health", get(async || "well"));
    let server = Server::start(app).await;
    server.send(&format!("PUT /example/users/7.json\n{TOKEN}"), "").await.is("200 OK", r#"{"id":7}"#);
    server.send(&format!("PUT /finix/users/a%2Fb\n{ADA}"), "").await.is("200 OK", r#"{"id":"a/b"}"#);
    server.send(&format!("PUT /devicehive/user/7\n{TOKEN}\n{JSON}"), "{}").await.is("204 No Content", "");
    let id = "d81c8ee2-44b3-429f-b944-a33ad7437690";
    let response = server.send(&format!("PATCH /upsun/v1/users/{id}\n{TOKEN}"), "").await;
    assert_eq!(response.status, "200 OK");
    assert_eq!(server.send("GET /health", "").await.body, "well");
    for path in ["/finix", "/finix/users", "/finix/users/7.json/x"] {
        server.send(&format!("PUT {path}\n{ADA}"), "").await.is("404 Not Found", UNKNOWN);
    }
    server.send("PUT /upsun/v1/x", "").await.is("404 Not Found", r#"{"error":"Not Found","at":null}"#);
    assert_eq!(server.send("PUT /users/7.json", "").await.status, "404 Not Found");
}

#[tokio::test]
async fn a_base_path_with_a_slash_is_covered_by_nest_service() {
    let router = || finix::server::router(Finix::default());
    let nested = Server::start(Router::new().nest("/finix", router())).await;
    let service = Server::start(Router::new().nest_service("/finix", router())).await;
    for path in ["/finix", "/finix/x", "/finix//"] {
        nested.send(&format!("PUT {path}"), "").await.is("404 Not Found", UNKNOWN);
    }
    for path in ["/finix", "/finix/", "/finix/x", "/finix//"] {
        service.send(&format!("PUT {path}"), "").await.is("404 Not Found", UNKNOWN);
    }
    // Axum leaves this one to the outer router.
    nested.send("PUT /finix/", "").await.is("404 Not Found", "");
    service.send(&format!("PUT /finix/users/a%2Fb\n{ADA}"), "").await.is("200 OK", r#"{"id":"a/b"}"#);
}

#[tokio::test]
async fn a_known_path_with_another_method_says_which_ones_it_has() {
    let server = Server::start(finix::server::router(Finix::default())).await;
    for method in ["GET", "POST", "PATCH", "DELETE", "BREW"] {
        let response = server.send(&format!("{method} /users/US1"), "").await;
        response.is("405 Method Not Allowed", METHOD);
        assert_eq!(response.header("allow"), "OPTIONS, PUT");
    }
    let head = server.send("HEAD /users/US1", "").await;
    assert_eq!(head.status, "405 Method Not Allowed");
}

#[tokio::test]
async fn options_tells_the_methods_without_credentials() {
    let server = Server::start(finix::server::router(Finix::default())).await;
    let options = server.send("OPTIONS /users/US1", "").await;
    options.is("204 No Content", "");
    assert_eq!(options.header("allow"), "OPTIONS, PUT");
    server.send("OPTIONS /elsewhere", "").await.is("404 Not Found", UNKNOWN);
}

#[tokio::test]
async fn paths_that_are_no_paths_are_not_found() {
    let server = Server::start(finix::server::router(Finix::default())).await;
    for path in
        ["*", "/users/", "/users//", "//users/US1", "/users/US1/", "/%75sers", "/users%2FUS1", "/Users/US1"]
    {
        let method = if path == "*" { "OPTIONS" } else { "PUT" };
        server.send(&format!("{method} {path}\n{ADA}"), "").await.is("404 Not Found", UNKNOWN);
    }
    server.send(&format!("PUT /%75sers/US1\n{ADA}"), "").await.is("200 OK", r#"{"id":"US1"}"#);
    server.send(&format!("PUT http://other/users/US1\n{ADA}"), "").await.is("200 OK", r#"{"id":"US1"}"#);
}

#[tokio::test]
async fn layers_of_tower_http_go_around_a_router() {
    let timeout = TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_millis(100));
    let server = Server::start(finix::server::router(Finix::default()).layer(timeout)).await;
    let slow = server.send(&format!("PUT /users/slow\n{ADA}"), "").await;
    slow.is("503 Service Unavailable", "");
    server.send(&format!("PUT /users/US1\n{ADA}"), "").await.is("200 OK", r#"{"id":"US1"}"#);
}
