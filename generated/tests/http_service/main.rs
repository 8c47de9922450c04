//! The example `users_service` as a process: started, asked over TCP by the generated clients and by curl,
//! ended by signals, started again on the same file, and attacked.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    reason = "a panic is how a test fails"
)]

mod attack;
mod by_client;
mod by_curl;
mod curl;
mod ending;
mod malformed;
mod process;
mod starting;
