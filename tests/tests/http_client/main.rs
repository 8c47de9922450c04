//! The generated clients over real HTTP: requests are captured as bytes, and answered with bytes, by a server
//! that knows nothing of the generated code. What is expected on the wire is written out here.

mod devicehive;
mod every_api;
mod example;
mod failures;
mod finix;
mod obstacle;
mod parameters;
mod paths;
mod redirects;
mod secrets;
mod setup;
mod upsun;

/// The head of a JSON response.
fn json(status: &str) -> String {
    format!("{status}\ncontent-type: application/json")
}

/// The body of a captured request.
fn body(request: &str) -> &str {
    request.split_once("\n\n").expect("a head").1
}

/// The first line of a captured request.
fn line(request: &str) -> &str {
    request.lines().next().expect("a request line")
}
