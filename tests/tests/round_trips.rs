//! What is on the wire and what is in Rust are the same: for each seed, a body is read, looked at, and
//! written again. The JSON is written out here; that of 003 is the page's own.

use docwright_generated::{devicehive, example, finix, upsun};
use docwright_runtime::Validate;
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

/// Reads a body, checks that it is written back the same, and gives it.
#[track_caller]
fn round_trip<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let body: T = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(serde_json::to_value(&body).unwrap(), json);
    body
}

#[track_caller]
fn refused<T: DeserializeOwned>(json: Value) -> String {
    serde_json::from_value::<T>(json).err().expect("the body does not fit").to_string()
}

mod example_000 {
    use super::*;
    use example::types::PutUsersByIdRequest as Request;

    #[test]
    fn absent_null_and_value_are_told_apart() {
        assert_eq!(round_trip::<Request>(json!({})), Request::default());
        let cleared: Request = round_trip(json!({ "archiveReason": null }));
        assert_eq!(cleared.archive_reason, Some(None));
        let set: Request = round_trip(json!({ "archiveReason": "left" }));
        assert_eq!(set.archive_reason, Some(Some("left".to_owned())));
    }

    #[test]
    fn a_field_of_any_type_keeps_an_explicit_null() {
        for value in [json!(null), json!(1), json!("a"), json!([true]), json!({ "a": {} })] {
            let body: Request = round_trip(json!({ "channel": value }));
            assert_eq!(body.channel, Some(value));
        }
        assert_eq!(round_trip::<Request>(json!({})).channel, None);
    }

    #[test]
    fn formats_are_types() {
        let body: Request =
            round_trip(json!({ "createdAt": "2024-02-29T12:00:00Z", "customerId": 7, "id": 1 }));
        assert_eq!(body.created_at, Some("2024-02-29T12:00:00Z".parse().unwrap()));
        assert_eq!(body.customer_id, Some(Some(7i32)));
        refused::<Request>(json!({ "createdAt": "yesterday" }));
        refused::<Request>(json!({ "id": 2_147_483_648_i64 }));
    }

    #[test]
    fn secrets_stay_out_of_debug() {
        let body: Request = round_trip(
            json!({ "password": "hunter2", "token": "hunter3", "resetToken": "hunter4", "email": "a@b" }),
        );
        let debug = format!("{body:?}");
        assert!(!debug.contains("hunter"), "{debug}");
        assert!(debug.contains("a@b"), "{debug}");
    }
}

mod finix_001 {
    use super::*;
    use finix::types::{UpdateUserError, UpdateUserRequest, UpdateUserResponse, UpdateUserResponseRole};

    #[test]
    fn tags_are_absent_null_or_a_map() {
        assert_eq!(round_trip::<UpdateUserRequest>(json!({})).tags, None);
        assert_eq!(round_trip::<UpdateUserRequest>(json!({ "tags": null })).tags, Some(None));
        let set: UpdateUserRequest = round_trip(json!({ "enabled": false, "tags": { "order": "25" } }));
        assert_eq!(set.tags.unwrap().unwrap()["order"], "25");
        refused::<UpdateUserRequest>(json!({ "tags": { "order": 25 } }));
    }

    #[test]
    fn limits_of_the_prose_are_checked() {
        let tags = |count: usize, key: usize, value: usize| {
            let tags = (0..count).map(|at| (format!("{at:0key$}"), "x".repeat(value))).collect();
            UpdateUserRequest { enabled: None, tags: Some(Some(tags)) }
                .validate()
                .map_err(|error| error.to_string())
        };
        assert_eq!(tags(50, 40, 500), Ok(()));
        assert_eq!(tags(51, 2, 1).unwrap_err(), "/tags must have at most 50 entries");
        assert_eq!(tags(1, 41, 1).unwrap_err(), "/tags must have keys of at most 40 characters");
        assert_eq!(tags(1, 1, 501).unwrap_err(), "/tags/0 must have at most 500 characters");
        let user = UpdateUserResponse {
            email: Some("x".repeat(101)),
            first_name: Some("ä".repeat(50)),
            last_name: Some("x".repeat(51)),
            ..UpdateUserResponse::default()
        };
        let broken = user.validate().unwrap_err();
        let pointers: Vec<_> = broken.as_slice().iter().map(|violation| violation.pointer.as_str()).collect();
        assert_eq!(pointers, ["/email", "/last_name"]);
    }

    #[test]
    fn a_role_that_is_not_documented_is_kept() {
        let known: UpdateUserResponse = round_trip(json!({ "role": "ROLE_MERCHANT" }));
        assert_eq!(known.role, Some(UpdateUserResponseRole::Merchant));
        let new: UpdateUserResponse = round_trip(json!({ "role": "ROLE_NEW" }));
        assert_eq!(new.role, Some(UpdateUserResponseRole::Unknown("ROLE_NEW".to_owned())));
    }

    #[test]
    fn links_and_unknown_members() {
        let text = json!({
            "id": "US1",
            "_links": {
                "application": { "href": "https://finix.example/applications/AP1" },
                "applications": { "href": "https://finix.example/applications" },
                "self": { "href": "https://finix.example/users/US1" },
            },
        });
        let user: UpdateUserResponse = round_trip(text.clone());
        assert_eq!(user.links.unwrap().self_.unwrap()["href"], "https://finix.example/users/US1");
        let mut more = text;
        more["new_in_2030"] = json!(true);
        serde_json::from_value::<UpdateUserResponse>(more).unwrap();
    }

    #[test]
    fn errors_have_a_total_and_their_list() {
        let error: UpdateUserError = round_trip(json!({
            "total": 1,
            "_embedded": { "errors": [{
                "code": "UNKNOWN",
                "logref": "abc",
                "message": "no",
                "_links": { "self": { "href": "https://finix.example" } },
            }] },
        }));
        assert_eq!(error.embedded.errors.unwrap()[0].code.as_deref(), Some("UNKNOWN"));
        assert!(refused::<UpdateUserError>(json!({ "_embedded": {} })).contains("total"));
    }
}

mod devicehive_002 {
    use super::*;
    use devicehive::types::{UpdateUserId, User, UserRole, UserStatus};

    #[test]
    fn integers_have_names() {
        let user: User = round_trip(json!({ "login": "a", "role": 0, "status": 1 }));
        assert_eq!((user.role, user.status), (Some(UserRole::Administrator), Some(UserStatus::LockedOut)));
        let user: User = round_trip(json!({ "role": 1, "status": 2 }));
        assert_eq!((user.role, user.status), (Some(UserRole::Client), Some(UserStatus::Disabled)));
        let user: User = round_trip(json!({ "status": 9 }));
        assert_eq!(user.status, Some(UserStatus::Unknown(9)));
        refused::<User>(json!({ "status": "0" }));
    }

    #[test]
    fn data_is_any_object() {
        let user: User = round_trip(json!({ "data": { "a": [1, null] }, "introReviewed": true }));
        assert_eq!(user.data.unwrap()["a"], json!([1, null]));
        refused::<User>(json!({ "data": [] }));
        assert_eq!(round_trip::<User>(json!({})), User::default());
        // The page does not say that a field may be null: it is read as absent.
        assert_eq!(serde_json::from_value::<User>(json!({ "login": null })).unwrap(), User::default());
    }

    #[test]
    fn an_id_is_an_integer_or_current() {
        assert_eq!(round_trip::<UpdateUserId>(json!(7)), UpdateUserId::Integer(7));
        assert_eq!(round_trip::<UpdateUserId>(json!("current")), UpdateUserId::Current);
        refused::<UpdateUserId>(json!("other"));
    }

    #[test]
    fn the_password_stays_out_of_debug() {
        let user: User = round_trip(json!({ "password": "hunter2" }));
        assert!(!format!("{user:?}").contains("hunter2"));
        assert_eq!(user.password.unwrap().expose(), "hunter2");
    }
}

mod upsun_003 {
    use super::*;
    use upsun::types::{UpdateUserRequest, UpdateUserResponse, UpdateUserResponseConsentMethod};

    /// The JSON that the page shows for a response.
    fn example() -> Value {
        let page = std::fs::read_to_string(docwright_tests::seed("003_026957ddb6ce9e27.txt")).unwrap();
        let start = page.find("'\n{\n  \"id\"").unwrap() + 2;
        let end = start + page[start..].find("\n}\n").unwrap() + 2;
        serde_json::from_str(&page[start..end]).unwrap()
    }

    #[test]
    fn the_example_of_the_page_fits_and_is_written_back_equal() {
        let user: UpdateUserResponse = round_trip(example());
        assert_eq!(user.id.to_string(), "3c90c3cc-0d44-4b50-8888-8dd25736052a");
        assert_eq!(user.consent_method, Some(UpdateUserResponseConsentMethod::OptIn));
        assert_eq!(user.created_at.to_string(), "2023-11-07T05:31:56Z");
    }

    #[test]
    fn fourteen_members_are_required_and_two_are_not() {
        let mut without = example();
        let names: Vec<String> = without.as_object().unwrap().keys().cloned().collect();
        let required = |name: &String| {
            let mut body = example();
            body.as_object_mut().unwrap().remove(name);
            serde_json::from_value::<UpdateUserResponse>(body).is_err()
        };
        assert_eq!(names.iter().filter(|name| required(name)).count(), 14);
        for name in ["consented_at", "consent_method"] {
            without.as_object_mut().unwrap().remove(name);
        }
        round_trip::<UpdateUserResponse>(without);
    }

    #[test]
    fn a_country_has_two_characters() {
        let request =
            |country: &str| UpdateUserRequest { country: Some(country.to_owned()), ..Default::default() };
        assert_eq!(request("DE").validate(), Ok(()));
        assert_eq!(
            request("D").validate().unwrap_err().to_string(),
            "/country must have at least 2 characters"
        );
        assert_eq!(
            request("DEU").validate().unwrap_err().to_string(),
            "/country must have at most 2 characters"
        );
        assert_eq!(round_trip::<UpdateUserRequest>(json!({})), UpdateUserRequest::default());
        // The example holds `<string>` for a country: it reads, and breaks the limit.
        let user: UpdateUserResponse = round_trip(example());
        assert_eq!(user.validate().unwrap_err().as_slice().len(), 1);
    }
}
