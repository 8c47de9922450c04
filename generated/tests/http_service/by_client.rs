//! The service asked with the generated clients.

use std::collections::BTreeMap;

use docwright_generated::{devicehive, example, finix, upsun};
use docwright_runtime::client::Error;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::process::{PASSWORD, Service, TOKEN, USER};

const UPSUN_ID: Uuid = Uuid::from_u128(0xd81c_8ee2_44b3_429f_b944_a33a_d743_7690);

fn example(service: &Service) -> example::client::Client {
    example::client::Client::builder().base_url(service.api("example")).bearer(TOKEN).build().unwrap()
}

fn finix(service: &Service) -> finix::client::Client {
    finix::client::Client::builder().base_url(service.api("finix")).basic(USER, PASSWORD).build().unwrap()
}

fn devicehive(service: &Service) -> devicehive::client::Client {
    devicehive::client::Client::builder().base_url(service.api("devicehive")).bearer(TOKEN).build().unwrap()
}

fn upsun(service: &Service) -> upsun::client::Client {
    upsun::client::Client::builder().base_url(service.api("upsun")).bearer(TOKEN).build().unwrap()
}

#[tokio::test]
async fn example_keeps_what_is_absent_and_clears_what_is_null() {
    use example::types::PutUsersByIdRequest as Request;
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let client = example(&service);
    // The page documents no response: what comes is raw.
    let put = async |body: &Request| -> Value {
        let response = client.put_users_by_id(7, body).await.unwrap();
        assert_eq!(response.status(), 200);
        serde_json::from_slice(response.body()).unwrap()
    };
    let set = put(&Request {
        archive_reason: Some(Some("left".into())),
        channel: Some(json!({ "kind": "mail" })),
        customer_id: Some(Some(12)),
        created_at: Some("2024-02-29T12:00:00Z".parse().unwrap()),
        password: Some("hunter2".into()),
        ..Request::default()
    })
    .await;
    let expected = [
        ("id", json!(7)),
        ("archiveReason", json!("left")),
        ("channel", json!({ "kind": "mail" })),
        ("customerId", json!(12)),
        ("createdAt", json!("2024-02-29T12:00:00Z")),
        ("passwordSet", json!(true)),
    ];
    for (name, value) in expected {
        assert_eq!(set[name], value, "{name}");
    }
    assert_eq!(set.get("password"), None);
    let left =
        put(&Request { customer_id: Some(None), channel: Some(Value::Null), ..Request::default() }).await;
    assert_eq!((&left["archiveReason"], &left["passwordSet"]), (&json!("left"), &json!(true)));
    assert_eq!((left.get("customerId"), left.get("channel")), (None, None));
    service.stop();
}

#[tokio::test]
async fn finix_refuses_in_its_own_shape() {
    use finix::types::{UpdateUserFailure, UpdateUserRequest};
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let client = finix(&service);
    let tags = BTreeMap::from([("order".to_owned(), "25".to_owned())]);
    let update = UpdateUserRequest { enabled: Some(false), tags: Some(Some(tags.clone())) };
    for id in ["US1", "../admin", "a/b", "100%2F", "größe?#"] {
        let user = client.update_user(id, &update).await.unwrap().into_body();
        assert_eq!((user.id.as_deref(), user.enabled), (Some(id), Some(false)));
        assert_eq!(user.tags, Some(tags.clone()));
        assert!(user.created_at.unwrap() <= user.updated_at.unwrap());
    }
    let clear = UpdateUserRequest { enabled: None, tags: Some(None) };
    let user = client.update_user("US1", &clear).await.unwrap().into_body();
    assert_eq!((user.enabled, user.tags), (Some(false), Some(BTreeMap::new())));

    let long = BTreeMap::from([("order".to_owned(), "x".repeat(501))]);
    let update = UpdateUserRequest { enabled: None, tags: Some(Some(long)) };
    // 422 is not documented on this page, so that it keeps the form of RFC 9457.
    let Err(Error::Undocumented(response)) = client.update_user("US1", &update).await else { panic!() };
    let problem: Value = serde_json::from_slice(response.body()).unwrap();
    assert_eq!((response.status().as_u16(), &problem["pointer"]), (422, &json!("/tags/order")));

    let stranger = finix::client::Client::builder().base_url(service.api("finix")).basic(USER, "wrong");
    let error = stranger.build().unwrap().update_user("US1", &clear).await.unwrap_err();
    let Some(UpdateUserFailure::Unauthorized(body)) = error.documented() else { panic!("{error:?}") };
    assert_eq!(body.embedded.errors.as_ref().unwrap()[0].code.as_deref(), Some("UNKNOWN"));
    service.stop();
}

#[tokio::test]
async fn devicehive_answers_with_nothing() {
    use devicehive::types::{UpdateUserId, User, UserRole, UserStatus};
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let client = devicehive(&service);
    let user = User {
        login: Some("ada".into()),
        role: Some(UserRole::Client),
        status: Some(UserStatus::Unknown(9)),
        intro_reviewed: Some(true),
        ..User::default()
    };
    for id in [UpdateUserId::Current, UpdateUserId::Integer(-3)] {
        let response = client.update_user(&id, &user).await.unwrap();
        assert_eq!(response.status(), 204);
    }
    service.stop();
}

#[tokio::test]
async fn upsun_gives_every_documented_field_from_the_first_update_on() {
    use upsun::types::UpdateUserRequest;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.redb");
    let service = Service::start(&file);
    let update = UpdateUserRequest { first_name: Some("Ada".into()), ..UpdateUserRequest::default() };
    // A body that lacked one of the 14 required fields would be an error here.
    let first = upsun(&service).update_user(UPSUN_ID, &update).await.unwrap().into_body();
    assert_eq!((first.id, first.first_name.as_str(), first.country.as_str()), (UPSUN_ID, "Ada", "ZZ"));
    assert_eq!((&first.username, first.created_at), (&UPSUN_ID.to_string(), first.updated_at));
    service.stop();

    let service = Service::start(&file);
    let update = UpdateUserRequest { country: Some("GB".into()), ..UpdateUserRequest::default() };
    let second = upsun(&service).update_user(UPSUN_ID, &update).await.unwrap().into_body();
    assert_eq!((second.first_name.as_str(), second.country.as_str()), ("Ada", "GB"));
    assert_eq!(second.created_at, first.created_at);
    assert!(second.updated_at >= first.updated_at);
    service.stop();
}

/// Many requests at once, each of which sets one field of one user.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn updates_of_different_fields_are_all_kept() {
    use upsun::types::UpdateUserRequest as Request;
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let clients = [upsun(&service), upsun(&service)];
    let users: Vec<Uuid> = (0..20).map(Uuid::from_u128).collect();
    let updates = [
        Request { first_name: Some("Ada".into()), ..Request::default() },
        Request { last_name: Some("Lovelace".into()), ..Request::default() },
        Request { company: Some("Analytical Engines".into()), ..Request::default() },
        Request { website: Some("https://example.com".into()), ..Request::default() },
        Request { country: Some("GB".into()), ..Request::default() },
    ];
    let mut running = Vec::new();
    for (at, (update, user)) in updates.iter().flat_map(|u| users.iter().map(move |id| (u, *id))).enumerate()
    {
        let (client, update) = (clients[at % 2].clone(), update.clone());
        running.push(tokio::spawn(async move { client.update_user(user, &update).await.map(|_| ()) }));
    }
    for request in running {
        request.await.unwrap().unwrap();
    }
    for user in users {
        let user = clients[0].update_user(user, &Request::default()).await.unwrap().into_body();
        let texts = [&user.first_name, &user.last_name, &user.company, &user.website, &user.country];
        assert_eq!(texts, ["Ada", "Lovelace", "Analytical Engines", "https://example.com", "GB"]);
    }
    service.stop();
}
