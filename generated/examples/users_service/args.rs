//! The command line.
//!
//! Invariant: what is wrong with a secret is said without repeating it, and nobody keeps it.

use std::{net::SocketAddr, path::PathBuf, time::Duration};

use clap::{CommandFactory, Parser, error::ErrorKind};
use docwright_runtime::Secret;
use tokio::sync::Semaphore;

use crate::{
    credentials::{Basic, Digest},
    serve::Limits,
};

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

    /// How many seconds the head of a request may take, and then the rest of it.
    #[arg(long, value_name = "SECONDS", default_value = "30", value_parser = clap::value_parser!(u64).range(1..=3600))]
    timeout: u64,

    /// How many connections there can be at a time.
    #[arg(long, value_name = "NUMBER", default_value = "10000", value_parser = clap::value_parser!(u32).range(1..))]
    connections: u32,
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
    /// What a client may take.
    pub(crate) limits: Limits,
}

impl Args {
    /// Reads the command line. Where it is wrong, says so and ends the process.
    pub(crate) fn parse() -> Self {
        let Typed { listen, database, token, basic, timeout, connections } = Typed::parse();
        let connections = usize::try_from(connections).unwrap_or(usize::MAX).min(Semaphore::MAX_PERMITS);
        let limits = Limits { patience: Duration::from_secs(timeout), connections };
        if token.expose().is_empty() {
            refuse("--token: a token is needed");
        }
        // Only a password can have a colon in it (RFC 7617).
        match basic.expose().split_once(':') {
            Some((user, password)) if !user.is_empty() && !password.is_empty() => {
                let basic = Basic { user: Digest::of(user), password: Digest::of(password) };
                Self { listen, database, token: Digest::of(token.expose()), basic, limits }
            }
            _ => refuse("--basic: a user and a password are needed, with a colon between them"),
        }
    }
}

fn refuse(message: &str) -> ! {
    Typed::command().error(ErrorKind::ValueValidation, message).exit()
}
