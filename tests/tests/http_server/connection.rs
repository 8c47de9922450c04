//! Connections: kept alive, pipelined, many at once.

use docwright_generated::finix::server::router;
use tokio::task::JoinSet;

use crate::{
    ADA, JSON,
    services::Finix,
    wire::{Server, request},
};

#[tokio::test]
async fn a_connection_survives_refusals() {
    let server = Server::start(router(Finix::default())).await;
    let mut connection = server.connect().await;
    let requests = [
        (format!("PUT /nowhere\n{ADA}\n{JSON}"), "{}", "404 Not Found"),
        ("PUT /users/US1\nContent-Type: application/json".to_owned(), "{}", "401 Unauthorized"),
        (format!("DELETE /users/US1\n{ADA}"), "", "405 Method Not Allowed"),
        (format!("PUT /users/US1\n{ADA}\nContent-Type: text/plain"), "text", "415 Unsupported Media Type"),
        (format!("PUT /users/US1\n{ADA}\n{JSON}"), "{", "400 Bad Request"),
        (format!("PUT /users/US1\n{ADA}\n{JSON}"), "[]", "422 Unprocessable Entity"),
        (format!("PUT /users/US1\n{ADA}\n{JSON}"), "{}", "200 OK"),
    ];
    for (head, body, status) in &requests {
        connection.write(&request(head, body)).await;
        assert_eq!(connection.read(false).await.status, *status);
    }
    // The same again, all sent before the first response is read.
    let all: Vec<u8> = requests.iter().flat_map(|(head, body, _)| request(head, body)).collect();
    connection.write(&all).await;
    for (_, _, status) in &requests {
        assert_eq!(connection.read(false).await.status, *status);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_thousand_requests_at_once_are_all_answered() {
    let server = Server::start(router(Finix::default())).await;
    let mut tasks = JoinSet::new();
    for at in 0..1000 {
        tasks.spawn(async move {
            let head = format!("PUT /users/US{at}\n{ADA}\n{JSON}");
            let response = server.send(&head, r#"{"enabled":true}"#).await;
            response.is("200 OK", &format!(r#"{{"id":"US{at}","enabled":true}}"#));
        });
    }
    let mut answered = 0;
    while let Some(outcome) = tasks.join_next().await {
        outcome.unwrap();
        answered += 1;
    }
    assert_eq!(answered, 1000);
}
