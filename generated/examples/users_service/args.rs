//! The command line.
//!
//! Invariant: what is wrong with a secret is said without repeating it, and nobody keeps it.

use std::{net::SocketAddr, path::PathBuf};

use clap::{CommandFactory, Parser, error::ErrorKind};
use docwright_runtime::Secret;

use crate::credentials::{Basic, Digest};

/// One server for the four APIs, nested under `/example`, `/finix`, `/devicehive` and `/upsun`, over one
/// database file. Ctrl-C or SIGTERM ends it when the last request is answered.
#[derive(Debug, Parser)]
struct Typed {
    /// Where to listen; port 0 is any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    listen: SocketAddr,

    /// The database, made where there is none.
    #[arg(long, value_name = "FILE", default_value = "users.redb")]
    database: PathBuf,

    /// The bearer token that `/example`, `/devicehive` and `/upsun` ask for.
    #[arg(long, value_name = "SECRET")]
    token: Secret,

    /// The user and password that `/finix` asks for.
    #[arg(long, value_name = "USER:SECRET")]
    basic: Secret,
}

/// What was typed, understood.
#[derive(Debug)]
pub(crate) struct Args {
    /// Where to listen.
    pub(crate) listen: SocketAddr,
    /// The database.
    pub(crate) database: PathBuf,
    /// The bearer token.
    pub(crate) token: Digest,
    /// The user and password.
    pub(crate) basic: Basic,
}

impl Args {
    /// Reads the command line. Where it is wrong, says so and ends the process.
    pub(crate) fn parse() -> Self {
        let Typed { listen, database, token, basic } = Typed::parse();
        if token.expose().is_empty() {
            refuse("--token: a token is needed");
        }
        // Only a password can have a colon in it (RFC 7617).
        match basic.expose().split_once(':') {
            Some((user, password)) if !user.is_empty() && !password.is_empty() => {
                let basic = Basic { user: Digest::of(user), password: Digest::of(password) };
                Self { listen, database, token: Digest::of(token.expose()), basic }
            }
            _ => refuse("--basic: a user and a password are needed, with a colon between them"),
        }
    }
}

fn refuse(message: &str) -> ! {
    Typed::command().error(ErrorKind::ValueValidation, message).exit()
}
