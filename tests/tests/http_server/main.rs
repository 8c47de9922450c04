//! Generated servers over loopback TCP: what is sent and what comes back is written out byte for byte.

mod connection;
mod credentials;
mod devicehive;
mod every_api;
mod example;
mod finix;
mod parameters;
mod refusals;
mod routing;
mod services;
mod upsun;
mod wire;

/// An `Authorization` that the four services take: `ada` with `open sesame`.
const ADA: &str = "Authorization: Basic YWRhOm9wZW4gc2VzYW1l";
const TOKEN: &str = "Authorization: Bearer sesame";
const JSON: &str = "Content-Type: application/json";
