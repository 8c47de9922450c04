//! How the service ends, and what is left then.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    thread::sleep,
    time::Duration,
};

use redb::{Database, ReadableDatabase, TableDefinition};
use serde_json::{Value, json};

use crate::process::{Service, TOKEN};

/// Sends a request over a connection of its own and gives the response, head and body.
fn exchange(service: &Service, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(service.address()).unwrap();
    stream.write_all(request(method, path, body).as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    response
}

fn request(method: &str, path: &str, body: &str) -> String {
    format!(
        "{method} {path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\nauthorization: Bearer {TOKEN}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

#[test]
fn both_signals_end_it_in_good_order() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let service = Service::start(&folder.path().join("users.redb"));
        // An idle connection does not keep it.
        let _idle = TcpStream::connect(service.address()).unwrap();
        service.signal(signal);
        assert!(service.ended().success(), "{signal}");
    }
}

#[test]
fn a_request_that_has_begun_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let request = request("PUT", "/devicehive/user/1", r#"{"login":"ada"}"#);
    let (first, rest) = request.split_at(request.len() - 5);
    let mut stream = TcpStream::connect(service.address()).unwrap();
    stream.write_all(first.as_bytes()).unwrap();
    sleep(Duration::from_millis(200));
    service.signal("INT");
    sleep(Duration::from_millis(200));
    assert!(TcpStream::connect(service.address()).is_err(), "nobody else is let in");
    stream.write_all(rest.as_bytes()).unwrap();
    let mut response = String::new();
    stream.read_to_string(&mut response).unwrap();
    assert!(response.starts_with("HTTP/1.1 204 "), "{response}");
    assert!(service.ended().success());
}

#[test]
fn updates_survive_and_secrets_are_not_kept() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.redb");
    let service = Service::start(&file);
    let body = r#"{"login":"ada","status":2,"password":"hunter2-and-more"}"#;
    assert!(exchange(&service, "PUT", "/devicehive/user/current", body).starts_with("HTTP/1.1 204 "));
    let body = r#"{"firstName":"Ada","token":"hunter3-and-more","password":"hunter4-and-more"}"#;
    let response = exchange(&service, "PUT", "/example/users/7.json", body);
    assert!(response.starts_with("HTTP/1.1 200 "), "{response}");
    assert!(response.contains(r#""passwordSet":true"#) && !response.contains("hunter"), "{response}");
    service.stop();

    let bytes = fs::read(&file).unwrap();
    assert!(!String::from_utf8_lossy(&bytes).contains("hunter"));
    let user = stored(&file, "devicehive", "1");
    assert_eq!(user["fields"], json!({ "login": "ada", "status": 2 }));
    assert_eq!(user["secrets"], json!(["password"]));

    let service = Service::start(&file);
    let response =
        exchange(&service, "PUT", "/example/users/7.json", r#"{"lastName":"Lovelace","token":null}"#);
    assert!(response.contains(r#""firstName":"Ada""#), "{response}");
    service.stop();
    let user = stored(&file, "example", "7");
    assert_eq!(user["fields"], json!({ "firstName": "Ada", "lastName": "Lovelace" }));
    assert_eq!(user["secrets"], json!(["password"]));
}

#[test]
fn a_kill_loses_nothing_that_was_answered() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.redb");
    for login in ["ada", "grace"] {
        let service = Service::start(&file);
        let body = format!(r#"{{"login":"{login}"}}"#);
        assert!(exchange(&service, "PUT", "/devicehive/user/1", &body).starts_with("HTTP/1.1 204 "));
        service.signal("KILL");
        assert!(!service.ended().success());
        assert_eq!(stored(&file, "devicehive", "1")["fields"]["login"], login);
    }
}

/// What the file holds of a user.
fn stored(file: &std::path::Path, table: &str, id: &str) -> Value {
    let users: TableDefinition<'_, &str, &[u8]> = TableDefinition::new(table);
    let reading = Database::create(file).unwrap().begin_read().unwrap();
    let users = reading.open_table(users).unwrap();
    let user = users.get(id).unwrap().unwrap();
    serde_json::from_slice(user.value()).unwrap()
}
