//! The API of `tests/apis/depot`, with what no seed has: its types, and its client and server over HTTP.

mod crowded;
mod forms;
mod headers;
mod labels;
mod objects;
mod parameters;
mod service;
mod unions;
mod webhooks;
