//! Operations with as many arguments as a route can collect, and with more, over HTTP.
//!
//! How many that are is said by the generator (`emit::server::crowded`) and the runtime (`server::handler`), each for itself: were
//! the generator to take more for a route than the runtime has functions for, one of the two would not compile.

use docwright_runtime::Validate;
use docwright_tests::fixtures::depot::types::{MeasureLoadParams, MeasureLoadRequest, MeasureLoadScale};
use serde_json::{Value, json};

use crate::service::Depot;

fn params(unit: &str, levels: &[i64]) -> MeasureLoadParams {
    MeasureLoadParams { unit: Some(unit.to_owned()), levels: levels.to_vec() }
}

#[tokio::test]
async fn a_route_collects_sixteen_arguments() {
    let client = Depot::default().client().await;
    let row = client.fill_row(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15).await.unwrap();
    assert_eq!(*row.body(), (0..16).collect::<Vec<i64>>());
    let server = include_str!("../../src/fixtures/depot/server.rs");
    assert!(server.contains(", S::fill_row)"), "it is no function that a route calls");
}

#[tokio::test]
async fn the_route_of_an_operation_with_more_reads_the_request() {
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
    assert_eq!(answer(13, "marks=a", "1, 2", "{}").await.0, 200);
    assert_eq!(answer(12, "marks=a", "x", "x").await, (400, json!(["side-13", none])));
    assert_eq!(answer(13, "", "x", "x").await, (400, json!(["marks", none])));
    assert_eq!(answer(13, "marks=a", "x", "x").await, (400, json!(["Levels", none])));
    assert_eq!(answer(13, "marks=a&unit=mm&unit=cm", "1", "x").await, (400, json!(["unit", none])));
    assert_eq!(answer(13, "marks=a&unit=long", "1", "x").await, (400, json!([none, none])));
    let broken = json!([["unit", none], ["Levels", none], [none, "/weight"]]);
    assert_eq!(answer(13, "marks=a&unit=long", "1, 10", r#"{"weight":0}"#).await, (422, broken));
}

#[tokio::test]
async fn limits_of_all_values_of_a_parameter_are_checked() {
    let none = Value::Null;
    let query = "marks=a&marks=b&marks=a";
    assert_eq!(answer(13, query, "1, 2", "{}").await, (422, json!(["marks", none])));
    assert_eq!(answer(13, "marks=a", "1, 2, 3, 4", "{}").await, (422, json!(["Levels", none])));
    let violations = params("mm", &[1]).validate().unwrap_err();
    assert_eq!(violations.to_string(), "/Levels must have at least 2 items");
    assert!(params("mm", &[]).validate().is_ok(), "without values it is not there");
}

#[test]
fn the_struct_of_optional_parameters_checks_them_before_they_are_sent() {
    assert!(params("mm", &[9, 1]).validate().is_ok());
    let violations = params("inch", &[1, 10]).validate().unwrap_err();
    assert_eq!(violations.to_string(), "/unit must have at most 2 characters; /Levels/1 must be at most 9");
}
