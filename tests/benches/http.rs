//! What the generated code costs: the generated server against the same handler written by hand in axum, and
//! the generated client against hand-written reqwest, over loopback, one request after the other on one
//! connection.
//!
//! `cargo bench -p docwright-tests --bench http` prints requests per second; what is called `generated` and `by_hand`
//! below one name does the same work in the same run.

use std::{future::Future, hint::black_box};

use axum::{
    Json, Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
    routing::put,
};
use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use docwright_generated::example::{
    client::Client,
    server::{Service, router},
    types::PutUsersByIdRequest,
};
use docwright_runtime::server::{Credentials, Denied};
use tokio::{net::TcpListener, runtime::Runtime};

const TOKEN: &str = "token";

/// What both servers do with a request.
fn handle(id: i64, body: Option<&PutUsersByIdRequest>) -> StatusCode {
    black_box((id, body));
    StatusCode::NO_CONTENT
}

struct Generated;

impl Service for Generated {
    type Caller = ();

    async fn authenticate(&self, credentials: Credentials, _: &'static [&'static str]) -> Result<(), Denied> {
        match credentials {
            Credentials::Bearer(token) if token.expose() == TOKEN => Ok(()),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn put_users_by_id(&self, (): (), id: i64, body: Option<PutUsersByIdRequest>) -> Response {
        handle(id, body.as_ref()).into_response()
    }
}

/// The same, as a user of axum would write it: the suffix taken off the segment, the token compared.
fn by_hand() -> Router {
    async fn update(
        headers: HeaderMap,
        Path(id): Path<String>,
        Json(body): Json<PutUsersByIdRequest>,
    ) -> StatusCode {
        let authorization = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
        if authorization.and_then(|value| value.strip_prefix("Bearer ")) != Some(TOKEN) {
            return StatusCode::UNAUTHORIZED;
        }
        match id.strip_suffix(".json").and_then(|id| id.parse().ok()) {
            Some(id) => handle(id, Some(&body)),
            None => StatusCode::NOT_FOUND,
        }
    }
    Router::new().route("/users/{id}", put(update))
}

/// Serves in the background; gives the base URL.
fn serve(runtime: &Runtime, router: Router) -> String {
    runtime.block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        url
    })
}

fn bodies() -> [(&'static str, PutUsersByIdRequest); 2] {
    let body = |length: usize| PutUsersByIdRequest {
        email: Some("a@b.example".into()),
        archive_reason: Some(Some("x".repeat(length))),
        ..PutUsersByIdRequest::default()
    };
    [("small", body(10)), ("100_kib", body(100 << 10))]
}

async fn send_by_hand(http: &reqwest::Client, url: &str, body: &PutUsersByIdRequest) {
    let response = http
        .put(format!("{url}/users/{}.json", 7))
        .bearer_auth(TOKEN)
        .header("content-type", "application/json")
        .body(serde_json::to_vec(body).unwrap())
        .send()
        .await
        .unwrap();
    assert_eq!(response.status(), 204);
    black_box(response.bytes().await.unwrap());
}

fn bench<F: Future<Output = ()>>(
    criterion: &mut Criterion,
    runtime: &Runtime,
    name: &str,
    what: &str,
    send: impl Fn() -> F,
) {
    let mut group = criterion.benchmark_group(name);
    group.throughput(Throughput::Elements(1));
    group.bench_function(what, |bencher| bencher.to_async(runtime).iter(&send));
    group.finish();
}

fn servers(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let servers =
        [("generated", serve(&runtime, router(Generated))), ("by_hand", serve(&runtime, by_hand()))];
    let http = reqwest::Client::new();
    for (size, body) in bodies() {
        for (what, url) in &servers {
            bench(criterion, &runtime, &format!("server_{size}"), what, || send_by_hand(&http, url, &body));
        }
    }
}

fn clients(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let url = serve(&runtime, by_hand());
    let http = reqwest::Client::new();
    let client = Client::builder().base_url(&url).bearer(TOKEN).build().unwrap();
    for (size, body) in bodies() {
        let name = format!("client_{size}");
        bench(criterion, &runtime, &name, "generated", || async {
            black_box(client.put_users_by_id(7, &body).await.unwrap());
        });
        bench(criterion, &runtime, &name, "by_hand", || send_by_hand(&http, &url, &body));
    }
}

criterion_group!(benches, servers, clients);
criterion_main!(benches);
