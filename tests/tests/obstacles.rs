//! A page full of difficult names becomes code that is compiled as part of this crate
//! (`docwright_tests::fixtures`), and whose wire names are those of the page.

use docwright::{
    input::{read_apis, read_path},
    output::Plan,
    pipeline::{Layout, generate},
};
use docwright_tests::{
    fixtures::obstacle::types::{NameObstaclesRequest, NameObstaclesRequestKind, NameObstaclesResponse},
    repository,
};
use serde_json::{Value, json};

/// The fixtures of `tests/fixtures` are generated into `tests/src/fixtures`.
#[test]
fn fixtures_agree_with_their_pages() {
    let page = repository().join("tests/fixtures/obstacle.md");
    let inputs = read_path(&page, "tests/fixtures/obstacle.md".as_ref()).unwrap();
    let reading = read_apis(vec![("obstacle".into(), inputs)]);
    let (files, _) = generate(&reading.models(), &Layout::default());
    let out = repository().join("tests/src/fixtures");
    let plan = Plan::new(&out, &files).unwrap();
    if std::env::var_os("DOCWRIGHT_UPDATE").is_some() {
        plan.write().unwrap();
        return;
    }
    let diff = plan.diff("tests/src/fixtures".as_ref());
    assert!(diff.is_empty(), "mend it with `DOCWRIGHT_UPDATE=1 cargo test -p docwright-tests`\n\n{diff}");
}

/// Every documented name, with a value that fits.
fn body() -> Value {
    json!({
        "type": "a",
        "self": "b",
        "Self": { "crate": "c" },
        "super": null,
        "async": true,
        "gen": 1,
        "2fa": false,
        "fooBar": "d",
        "foo_bar": "e",
        "foo-bar": "f",
        "+1": 2,
        "-1": 3,
        "größe": "g",
        "имя": "h",
        "名前": "i",
        "***": "j",
        "api.version": "k",
        "urn:ietf:params:scim:schemas:core:2.0:User": { "department": "l" },
        "Location Name(Required)": "m",
        "fields[]": ["n"],
        "option": { "some": "o", "none": "p" },
        "string": { "vec": [{ "result": "q" }] },
        "value": null,
        "checker": "r",
        "quote\"backslash\\": "s",
        "kind": "foo_bar",
    })
}

#[test]
fn difficult_names_keep_their_wire_names() {
    let request: NameObstaclesRequest = serde_json::from_value(body()).unwrap();
    assert_eq!(request.r#type, "a");
    assert_eq!(request.self_.as_deref(), Some("b"));
    assert_eq!(request.self_2.as_ref().and_then(|inner| inner.crate_.as_deref()), Some("c"));
    assert_eq!(request.super_, Some(None));
    assert_eq!((request.foo_bar.as_deref(), request.foo_bar_2.as_deref()), (Some("d"), Some("e")));
    assert_eq!(request.value, Some(Value::Null));
    assert_eq!(serde_json::to_value(&request).unwrap(), body());
}

#[test]
fn every_value_of_an_enumeration_keeps_its_wire_name() {
    for value in ["self", "Self", "unknown", "", "2fa", "foo-bar", "foo_bar", "type", "default"] {
        let kind: NameObstaclesRequestKind = serde_json::from_value(json!(value)).unwrap();
        assert!(!matches!(kind, NameObstaclesRequestKind::Undocumented(_)), "{value}");
        assert_eq!(kind.as_str(), value);
        assert_eq!(serde_json::to_value(&kind).unwrap(), json!(value));
    }
}

#[test]
fn members_named_after_traits_compile_and_read() {
    let text = json!({ "Default": "a", "clone": { "Debug": { "Serialize": "b" } } });
    let response: NameObstaclesResponse = serde_json::from_value(text.clone()).unwrap();
    assert_eq!(serde_json::to_value(&response).unwrap(), text);
}
