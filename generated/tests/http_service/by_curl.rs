//! The service asked with curl.

use std::{fs, path::Path};

use serde_json::{Value, json};

use crate::{
    curl::{self, Answer, curl, shell},
    process::{PASSWORD, Service, TOKEN, USER},
};

const UPSUN_ID: &str = "d81c8ee2-44b3-429f-b944-a33ad7437690";

/// Sends a JSON body, with the API's credentials.
fn send(service: &Service, method: &str, path: &str, body: &str) -> Answer {
    let url = format!("{}{path}", service.url);
    let credentials = if path.starts_with("/finix") {
        format!("Authorization: Basic {}", "YWRhOnBhc3M6d29yZA==")
    } else {
        format!("Authorization: Bearer {TOKEN}")
    };
    let json = "Content-Type: application/json";
    curl(&["--request", method, "--header", &credentials, "--header", json, "--data", body, &url])
}

#[test]
fn each_api_creates_changes_and_clears() {
    if !curl::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));

    let set = send(&service, "PUT", "/example/users/7.json", r#"{"role":"admin","customerId":12}"#);
    assert_eq!((set.status, set.content_type.as_str()), (200, "application/json"));
    assert_eq!(set.json()["role"], "admin");
    let cleared = send(&service, "PUT", "/example/users/7.json", r#"{"role":null}"#);
    assert_eq!((cleared.json().get("role"), &cleared.json()["customerId"]), (None, &json!(12)));

    let set = send(&service, "PUT", "/finix/users/US1", r#"{"tags":{"order":"25"}}"#);
    assert_eq!(set.status, 200);
    assert_eq!((&set.json()["tags"], &set.json()["enabled"]), (&json!({"order": "25"}), &json!(true)));
    let left = send(&service, "PUT", "/finix/users/US1", r#"{"enabled":false}"#);
    assert_eq!((&left.json()["tags"], &left.json()["enabled"]), (&json!({"order": "25"}), &json!(false)));
    let cleared = send(&service, "PUT", "/finix/users/US1", r#"{"tags":null}"#);
    assert_eq!((&cleared.json()["tags"], &cleared.json()["enabled"]), (&json!({}), &json!(false)));

    for path in ["/devicehive/user/current", "/devicehive/user/12"] {
        let set = send(&service, "PUT", path, r#"{"login":"ada","role":0,"data":{"a":[1]}}"#);
        assert_eq!((set.status, set.body.as_str()), (204, ""), "{path}");
    }

    let path = format!("/upsun/users/{UPSUN_ID}");
    let set = send(&service, "PATCH", &path, r#"{"company":"Analytical Engines"}"#);
    assert_eq!(set.status, 200);
    assert_eq!(set.json()["company"], "Analytical Engines");
    service.stop();
}

/// The command of the page, with the host of the service in place of `{schemes}://api.upsun.com`.
fn printed_command(service: &Service) -> String {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../seeds/003_026957ddb6ce9e27.txt");
    let page = fs::read_to_string(page).unwrap();
    let command = page.split_once("curl ").unwrap().1.split_once("\n'\n").unwrap().0;
    format!("curl {command}\n'").replace("{schemes}://api.upsun.com", &service.api("upsun"))
}

/// The page's command has three placeholders that a reader fills in, and `<string>` for each value. Six of
/// the seven values may be any text; a country has two characters, and the service says so.
#[test]
fn the_printed_command_works_once_its_placeholders_are_filled_in() {
    if !curl::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));

    let command = printed_command(&service);
    assert!(command.contains("--url http://127.0.0.1:") && command.contains("\"country\": \"<string>\""));
    assert_eq!(shell(&command).status, 401, "`<token>` is not the token");
    let command = command.replace("<token>", TOKEN);
    // curl takes the braces for a list of one: the id that arrives is `user_id`, which is no UUID.
    let refused = shell(&command);
    assert_eq!((refused.status, &refused.json()["parameter"]), (400, &json!("user_id")));
    let command = command.replace("{user_id}", UPSUN_ID);
    let refused = shell(&command);
    assert_eq!((refused.status, refused.content_type.as_str()), (422, "application/problem+json"));
    assert_eq!(refused.json()["pointer"], "/country");
    assert_eq!(refused.json()["limit"], json!({ "maxLength": 2 }));

    let done = shell(&command.replace(r#""country": "<string>""#, r#""country": "NL""#));
    assert_eq!(done.status, 200);
    let user: Value = done.json();
    let expected = [
        ("id", json!(UPSUN_ID)),
        ("deactivated", json!(false)),
        ("namespace", json!("users_service")),
        ("username", json!("<string>")),
        ("email", json!("d81c8ee2-44b3-429f-b944-a33ad7437690@users.invalid")),
        ("email_verified", json!(false)),
        ("first_name", json!("<string>")),
        ("last_name", json!("<string>")),
        ("picture", json!("<string>")),
        ("company", json!("<string>")),
        ("website", json!("<string>")),
        ("country", json!("NL")),
    ];
    for (name, value) in expected {
        assert_eq!(user[name], value, "{name}");
    }
    for name in ["created_at", "updated_at"] {
        assert!(user[name].as_str().unwrap().parse::<jiff::Timestamp>().is_ok(), "{name}");
    }
    service.stop();
}

#[test]
fn a_path_of_no_api_is_a_problem_too() {
    if !curl::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    for path in ["", "users/1", "finix/", "finix/users"] {
        let refused = curl(&["--request", "PUT", &service.api(path)]);
        assert_eq!(refused.status, 404, "{path}");
        assert!(refused.body.contains("Not Found"), "{path}: {}", refused.body);
    }
    service.stop();
}

#[test]
fn credentials_are_asked_for_and_compared() {
    if !curl::is_there() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let url = service.api("finix/users/US1");
    let put = ["--request", "PUT", "--header", "Content-Type: application/json", "--data", "{}", &url];
    let with = |user: &str| curl(&[&["--user", user], &put[..]].concat());
    assert_eq!(with(&format!("{USER}:{PASSWORD}")).status, 200);
    for wrong in ["ada:pass", "ada:", ":pass:word", "eve:pass:word", "ada:pass:word "] {
        let refused = with(wrong);
        assert_eq!(refused.status, 401, "{wrong}");
        // The page's own shape of an error.
        assert_eq!(refused.json()["total"], 1, "{wrong}");
        assert_eq!(refused.json()["_embedded"]["errors"][0]["code"], "UNKNOWN", "{wrong}");
    }
    let headers = curl(&[&["--include"], &put[..]].concat());
    assert_eq!(headers.status, 401);
    assert!(headers.body.to_lowercase().contains("\nwww-authenticate: basic realm="), "{headers:?}");
    for (path, method) in
        [("example/users/7.json", "PUT"), ("devicehive/user/1", "PUT"), ("upsun/users/x", "PATCH")]
    {
        let url = service.api(path);
        for token in ["", "correct-toke", "correct-token2", "Correct-token"] {
            let header = format!("Authorization: Bearer {token}");
            let refused = curl(&["--request", method, "--header", &header, "--data", "{}", &url]);
            assert_eq!(refused.status, 401, "{path} {token}");
        }
    }
    service.stop();
}
