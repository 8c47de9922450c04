//! Unions as a service meets them, with the types of `tests/apis/depot`.

use docwright::pipeline::{PageInput, Parts, Settings, generate_included, read_pages, resolve_api};
use docwright_tests::fixtures::depot::types::{
    Load, StoreLoadResponse, StoreLoadResponseNote, StoreLoadResponsePayee, StoreLoadResponsePlace,
};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, from_value, json, to_value};

/// Reads a value and writes it again: what comes out is what went in.
#[track_caller]
fn read<T: DeserializeOwned + Serialize>(json: Value) -> T {
    let read: T = from_value(json.clone()).unwrap();
    assert_eq!(to_value(&read).unwrap(), json);
    read
}

#[test]
fn a_discriminator_tells_and_is_written_whether_the_type_has_it_or_not() {
    assert!(matches!(read(json!({ "kind": "box", "size": 1 })), Load::Box(load) if load.kind == "box"));
    assert!(matches!(read(json!({ "kind": "crate" })), Load::Box(load) if load.kind == "crate"));
    assert!(matches!(read(json!({ "kind": "tank", "litres": 2 })), Load::Tank(load) if load.litres == 2));
    assert!(matches!(read(json!({ "kind": "sand" })), Load::Sand(_)));
    assert!(matches!(read(json!({ "kind": "coal", "tons": 1.5 })), Load::Coal(_)));
}

#[test]
fn what_no_page_documents_is_kept() {
    for json in [json!({ "kind": "gas", "bar": 3 }), json!({ "size": 1 }), json!({ "kind": null }), json!({})]
    {
        assert!(matches!(read(json.clone()), Load::Unknown(kept) if kept == json));
    }
}

#[test]
fn a_union_that_holds_itself_is_read_at_any_depth() {
    let top =
        json!({ "kind": "stack", "top": { "kind": "stack", "others": [{ "kind": "tank", "litres": 1 }] } });
    let Load::Stack(stack) = read(top) else { panic!("no stack") };
    let Load::Stack(top) = *stack.top.unwrap() else { panic!("no stack") };
    assert!(matches!(top.others.as_deref(), Some([Load::Tank(tank)]) if tank.litres == 1));
}

#[test]
fn a_form_that_was_told_is_not_tried_as_another() {
    let error = from_value::<Load>(json!({ "kind": "tank", "size": 1 })).unwrap_err();
    assert_eq!(error.to_string(), "missing field `litres`");
}

#[test]
fn required_members_and_documented_values_tell() {
    let whole = json!({
        "payee": { "name": "Ada", "card": 7 },
        "place": { "kind": "field" },
        "note": { "litres": 1 },
        "range": { "to": 1 },
    });
    let response: StoreLoadResponse = read(whole);
    assert!(matches!(response.payee, Some(StoreLoadResponsePayee::Card(card)) if card.card == 7));
    assert!(matches!(response.place, Some(StoreLoadResponsePlace::Yard(_))));
    assert!(matches!(response.note, Some(StoreLoadResponseNote::Object(_))));
    let response: StoreLoadResponse = read(json!({ "note": "a", "place": { "kind": "shelf", "row": 2 } }));
    assert!(matches!(response.note, Some(StoreLoadResponseNote::Text(text)) if text == "a"));
    assert!(matches!(response.place, Some(StoreLoadResponsePlace::Shelf(shelf)) if shelf.row == Some(2)));
}

/// Why the union of these alternatives is any value.
fn reason(alternatives: &str) -> String {
    let page = format!(
        "# Find\n\n````yaml openapi.json get /a\nopenapi: 3.1.0\npaths: {{/a: {{get: {{responses: {{'200': {{description: \
         A, content: {{application/json: {{schema: {{type: object, properties: {{a: {{oneOf: [{alternatives}]}}}}}}}}}}}}}}}}}}\
         }}\n````\n"
    );
    let mut pages = read_pages(vec![PageInput::new("a.md", page)], &|| ());
    let api = resolve_api("a", &mut pages, &Settings::default()).api;
    let (_, diagnostics) = generate_included(&api, Parts::default());
    let [only] = diagnostics.as_slice() else { panic!("{alternatives}: {diagnostics:?}") };
    assert_eq!(only.code.name, "union-as-any");
    only.label.clone().unwrap().into_owned()
}

#[test]
fn why_a_union_is_any_value_is_said() {
    let object = |inside: &str| format!("{{type: object, {inside}}}");
    let optional = |name: &str| object(&format!("properties: {{{name}: {{type: string}}}}"));
    let required =
        |name: &str| object(&format!("properties: {{{name}: {{type: string}}}}, required: [{name}]"));
    for (alternatives, why) in [
        ([optional("a"), optional("b")], "several of the alternatives require no member that no other has"),
        ([required("a"), required("a")], "several of the alternatives require no member that no other has"),
        (
            [required("a"), object("additionalProperties: {type: string}")],
            "one of the alternatives is an object with any names",
        ),
        (
            ["{type: array, items: {type: string}}", "{type: array, items: {type: integer}}"]
                .map(str::to_owned),
            "several of the alternatives are arrays",
        ),
    ] {
        assert_eq!(reason(&alternatives.join(", ")), format!("any value is accepted: {why}"));
    }
}
