//! An operation with more arguments than a route can collect, over HTTP.

use docwright_runtime::Validate;
use docwright_tests::fixtures::depot::types::{MeasureLoadParams, MeasureLoadRequest, MeasureLoadScale};
use serde_json::{Value, json};

use crate::service::Depot;

fn params(unit: &str, levels: &[i64]) -> MeasureLoadParams {
    MeasureLoadParams { unit: Some(unit.to_owned()), levels: levels.to_vec() }
}

#[tokio::test]
async fn all_arguments_arrive() {
    let client = Depot::default().client().await;
    let marks = ["a".to_owned(), "b".to_owned()];
    let (scale, body) = (MeasureLoadScale { factor: 2 }, MeasureLoadRequest { weight: Some(1_000) });
    let sum = client
        .measure_load(
            7,
            1,
            2,
            3,
            4,
            5,
            6,
            7,
            8,
            9,
            10,
            11,
            12,
            13,
            &marks,
            &scale,
            &params("mm", &[1, 9]),
            &body,
        )
        .await
        .unwrap();
    // Load, sides, number of marks, length of the unit, sum of levels, weight; all of it by the scale.
    assert_eq!(sum.body().sum, (7 + 91 + 2 + 2 + 10 + 1_000) * 2);
}

/// The status of an answer to a request by hand, with the parameters and the pointers that are wrong.
async fn answer(sides: i64, query: &str, levels: &'static str, body: &'static str) -> (u16, Value) {
    let sides: String = (1..=sides).map(|side| format!("side-{side}={side}&")).collect();
    let url = format!("{}/loads/7/sizes?{sides}scale[factor]=1&{query}", Depot::default().start().await);
    let request = reqwest::Client::new().post(url).header("levels", levels).body(body);
    let response = request.header("content-type", "application/json").send().await.unwrap();
    let status = response.status().as_u16();
    let problem: Value = serde_json::from_str(&response.text().await.unwrap()).unwrap();
    let wrong = |problem: &Value| json!([problem["parameter"], problem["pointer"]]);
    match problem["errors"].as_array() {
        Some(errors) => (status, errors.iter().map(wrong).collect()),
        None => (status, wrong(&problem)),
    }
}

#[tokio::test]
async fn what_does_not_fit_is_refused_in_the_order_of_all_checks() {
    let none = Value::Null;
    assert_eq!(answer(13, "marks=a", "1", "{}").await.0, 200);
    assert_eq!(answer(12, "marks=a", "x", "x").await, (400, json!(["side-13", none])));
    assert_eq!(answer(13, "", "x", "x").await, (400, json!(["marks", none])));
    assert_eq!(answer(13, "marks=a", "x", "x").await, (400, json!(["Levels", none])));
    assert_eq!(answer(13, "marks=a&unit=mm&unit=cm", "1", "x").await, (400, json!(["unit", none])));
    assert_eq!(answer(13, "marks=a&unit=long", "1", "x").await, (400, json!([none, none])));
    let broken = json!([["unit", none], ["Levels", none], [none, "/weight"]]);
    assert_eq!(answer(13, "marks=a&unit=long", "1, 10", r#"{"weight":0}"#).await, (422, broken));
}

#[test]
fn the_struct_of_optional_parameters_checks_them_before_they_are_sent() {
    assert!(params("mm", &[9]).validate().is_ok());
    let violations = params("inch", &[1, 10]).validate().unwrap_err();
    assert_eq!(violations.to_string(), "/unit must have at most 2 characters; /Levels/1 must be at most 9");
}
