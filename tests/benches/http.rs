//! What the generated code costs: the generated server against the same handler written by hand in axum, and
//! the generated client against hand-written reqwest, over loopback, one request after the other on one
//! connection.
//!
//! `cargo bench -p docwright-tests --bench http` prints requests per second; what is called `generated` and `by_hand`
//! below one name does the same work in the same run. The ratios at the end are of both in turn on one thread, so that
//! what else the machine does slows down both alike.

use std::{
    future::Future,
    hint::black_box,
    time::{Duration, Instant},
};

use axum::{
    Json, Router,
    extract::Path,
    http::{HeaderMap, StatusCode, header::AUTHORIZATION},
    response::{IntoResponse, Response},
    routing::put,
};
use criterion::{Criterion, Throughput};
use docwright_generated::example::{
    client::Client,
    server::{Service, router},
    types::PutUsersByIdRequest,
};
use docwright_runtime::server::{Credentials, Denied};
use tokio::{
    net::TcpListener,
    runtime::{Builder, Runtime},
};

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

/// What is sent by hand, with the timeout that the generated client has.
fn http() -> reqwest::Client {
    reqwest::Client::builder().timeout(Duration::from_secs(60)).build().unwrap()
}

fn client(url: &str) -> Client {
    Client::builder().base_url(url).bearer(TOKEN).build().unwrap()
}

fn servers(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let servers =
        [("generated", serve(&runtime, router(Generated))), ("by_hand", serve(&runtime, by_hand()))];
    let http = http();
    for (size, body) in bodies() {
        for (what, url) in &servers {
            bench(criterion, &runtime, &format!("server_{size}"), what, || send_by_hand(&http, url, &body));
        }
    }
}

fn clients(criterion: &mut Criterion) {
    let runtime = Runtime::new().unwrap();
    let url = serve(&runtime, by_hand());
    let (http, client) = (http(), client(&url));
    for (size, body) in bodies() {
        let name = format!("client_{size}");
        bench(criterion, &runtime, &name, "generated", || async {
            black_box(client.put_users_by_id(7, &body).await.unwrap());
        });
        bench(criterion, &runtime, &name, "by_hand", || send_by_hand(&http, &url, &body));
    }
}

/// How often both are measured, in turn.
const ROUNDS: usize = 100;
/// How many requests each time.
const REQUESTS: u32 = 200;

/// The time of some requests in a row, each.
async fn time<F: Future<Output = ()>>(send: impl Fn() -> F) -> f64 {
    let start = Instant::now();
    for _ in 0..REQUESTS {
        send().await;
    }
    start.elapsed().as_secs_f64() / f64::from(REQUESTS)
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}

/// Measures both in turn, and prints the medians.
fn compare<A: Future<Output = ()>, B: Future<Output = ()>>(
    runtime: &Runtime,
    name: &str,
    generated: impl Fn() -> A,
    by_hand: impl Fn() -> B,
) {
    let pairs: Vec<(f64, f64)> = (0..ROUNDS)
        .map(|_| runtime.block_on(async { (time(&generated).await, time(&by_hand).await) }))
        .collect();
    let ratio = median(pairs.iter().map(|(generated, by_hand)| by_hand / generated).collect());
    let generated = 1.0 / median(pairs.iter().map(|(generated, _)| *generated).collect());
    let by_hand = 1.0 / median(pairs.iter().map(|(_, by_hand)| *by_hand).collect());
    println!("{name}: {generated:.0} requests/s generated, {by_hand:.0} by hand, ratio {ratio:.3}");
}

fn ratios() {
    let runtime = Builder::new_current_thread().enable_all().build().unwrap();
    let (generated, url) = (serve(&runtime, router(Generated)), serve(&runtime, by_hand()));
    let (http, client) = (http(), client(&url));
    for (size, body) in bodies() {
        compare(
            &runtime,
            &format!("server_{size}"),
            || send_by_hand(&http, &generated, &body),
            || send_by_hand(&http, &url, &body),
        );
        compare(
            &runtime,
            &format!("client_{size}"),
            || async { drop(black_box(client.put_users_by_id(7, &body).await.unwrap())) },
            || send_by_hand(&http, &url, &body),
        );
    }
}

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    servers(&mut criterion);
    clients(&mut criterion);
    criterion.final_summary();
    // `cargo test --benches` only looks whether all that runs.
    if std::env::args().any(|argument| argument == "--bench") {
        ratios();
    }
}
