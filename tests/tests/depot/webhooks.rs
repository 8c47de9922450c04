//! Webhooks over HTTP: each at the path that its receiver chose.

use docwright_runtime::server::{Credentials, Denied, Reply, Undocumented};
use docwright_tests::fixtures::depot::{
    server::{Webhooks, webhooks},
    types::{LoadLeftRequest, LoadLostRequest, LoadLostResponse, Sender, UploadPapersPapersReadResponse},
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

struct Receiver;

impl Webhooks for Receiver {
    type Caller = ();

    async fn authenticate(&self, credentials: Credentials, _: &'static [&'static str]) -> Result<(), Denied> {
        match credentials {
            Credentials::Bearer(token) if token.expose() == "sesame" => Ok(()),
            _ => Err(Denied::Unauthorized),
        }
    }

    async fn load_left(&self, x_attempt: i64, body: Option<LoadLeftRequest>) -> Reply<(), Undocumented> {
        assert_eq!((x_attempt, body.map(|body| body.load).as_deref()), (2, Some("L1")));
        Ok(())
    }

    async fn load_lost(&self, (): (), body: LoadLostRequest) -> Reply<LoadLostResponse, Undocumented> {
        Ok(body.load == "L1")
    }

    async fn upload_papers_papers_read(
        &self,
        body: Sender,
    ) -> Reply<UploadPapersPapersReadResponse, Undocumented> {
        Ok(body.name == "Ada")
    }
}

/// The status of what is answered, and the body.
async fn post(path: &str, header: (&str, &str), body: Value) -> (u16, String) {
    let paths = |name| match name {
        "LoadLeft" => "/hooks/left",
        "loadLost" => "/lost",
        "uploadPapers.papersRead" => "/uploadPapers.papersRead",
        other => other,
    };
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}{path}", listener.local_addr().unwrap());
    let app = axum::Router::new().nest("/in", webhooks(Receiver, paths));
    tokio::spawn(async move { axum::serve(listener, app).await });
    let request = reqwest::Client::new().post(url).header(header.0, header.1);
    let request = request.header("content-type", "application/json").body(body.to_string());
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

#[tokio::test]
async fn a_webhook_is_received_at_its_path() {
    let load = json!({ "load": "L1" });
    assert_eq!(post("/in/hooks/left", ("X-Attempt", "2"), load.clone()).await, (204, String::new()));
    let bearer = ("authorization", "Bearer sesame");
    assert_eq!(post("/in/lost", bearer, load).await, (200, "true".to_owned()));
}

#[tokio::test]
async fn a_callback_is_received_like_a_webhook() {
    // Its path is its name here, which the receiver is free to take.
    let (path, header) = ("/in/uploadPapers.papersRead", ("x-any", "1"));
    assert_eq!(post(path, header, json!({ "name": "Ada" })).await, (200, "true".to_owned()));
    assert_eq!(post(path, header, json!({ "floor": 1 })).await.0, 422);
}

#[tokio::test]
async fn a_webhook_is_checked_as_an_operation_is() {
    let load = json!({ "load": "L1" });
    assert_eq!(post("/in/lost", ("authorization", "Bearer x"), load.clone()).await.0, 401);
    assert_eq!(post("/in/hooks/left", ("X-Attempt", "two"), load.clone()).await.0, 400);
    assert_eq!(post("/in/hooks/left", ("X-Attempt", "2"), json!({ "load": 1 })).await.0, 422);
    assert_eq!(post("/in/LoadLeft", ("X-Attempt", "2"), load).await.0, 404);
}
