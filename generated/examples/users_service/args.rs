//! The command line.

use std::{net::SocketAddr, path::PathBuf, str::FromStr};

use clap::Parser;

use crate::credentials::Digest;

/// One server for the four APIs, nested under `/example`, `/finix`, `/devicehive` and `/upsun`, over one
/// database file. Ctrl-C or SIGTERM ends it when the last request is answered.
#[derive(Debug, Parser)]
pub(crate) struct Args {
    /// Where to listen; port 0 is any that is free.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8080")]
    pub(crate) listen: SocketAddr,

    /// The database, made where there is none.
    #[arg(long, value_name = "FILE", default_value = "users.redb")]
    pub(crate) database: PathBuf,

    /// The bearer token that `/example`, `/devicehive` and `/upsun` ask for.
    #[arg(long, value_name = "SECRET", value_parser = token)]
    pub(crate) token: Digest,

    /// The user and password that `/finix` asks for.
    #[arg(long, value_name = "USER:SECRET")]
    pub(crate) basic: Basic,
}

/// A user and a password.
#[derive(Debug, Clone)]
pub(crate) struct Basic {
    /// The user.
    pub(crate) user: Digest,
    /// The password.
    pub(crate) password: Digest,
}

impl FromStr for Basic {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        // Only a password can have a colon in it (RFC 7617).
        match text.split_once(':') {
            Some((user, password)) if !user.is_empty() && !password.is_empty() => {
                Ok(Self { user: Digest::of(user), password: Digest::of(password) })
            }
            _ => Err("a user and a password are needed, with a colon between them"),
        }
    }
}

fn token(text: &str) -> Result<Digest, &'static str> {
    if text.is_empty() { Err("a token is needed") } else { Ok(Digest::of(text)) }
}
