//! A crate like a user's: its build script generates a client from the pages in `docs/harbour`, a made-up
//! vendor's, and this file includes it.
//!
//! The lints are the strictest that a user may have.

#![deny(missing_docs, unreachable_pub, unused, clippy::all, clippy::pedantic)]

include!(concat!(env!("OUT_DIR"), "/harbour.rs"));
