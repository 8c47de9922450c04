//! A real service on the generated servers: the four APIs in one process, over one database file.
//!
//! ```console
//! cargo run -p docwright-generated --all-features --example users_service -- \
//!     --listen 127.0.0.1:8080 --database users.redb --token SECRET --basic USER:SECRET
//! ```
//!
//! `example`, `finix`, `devicehive` and `upsun` implement one generated trait each: what an API says of a user
//! and what is kept of it. `record` merges, `store` keeps, `credentials` compares, `serve` accepts
//! connections and limits their time.
//!
//! The four APIs can only update users. Whoever is updated first is created, with sensible values for what
//! the page says every user has.

mod args;
mod credentials;
mod devicehive;
mod example;
mod finix;
mod record;
mod serve;
mod store;
mod upsun;

use std::{
    error::Error,
    future::Future,
    io::{self, Write},
    net::SocketAddr,
    process::ExitCode,
};

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use docwright_generated as generated;
use docwright_runtime::server::{Problem, Reason};
use tokio::net::TcpListener;

use crate::{args::Args, store::Store};

#[tokio::main]
async fn main() -> ExitCode {
    match run(Args::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // Where standard error is closed, the status still tells.
            let _ = writeln!(io::stderr(), "users_service: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    // From here on a signal is not the process's end.
    let signal = signal()?;
    let path = args.database.clone();
    let store = Store::open(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let listener =
        TcpListener::bind(args.listen).await.map_err(|error| format!("{}: {error}", args.listen))?;
    announce(listener.local_addr()?)?;
    let limits = args.limits;
    Ok(serve::serve(listener, router(&store, args), limits, signal).await?)
}

/// All four APIs. Each is nested below its name, as it would be below a host of its own.
fn router(store: &Store, args: Args) -> Router {
    let example = example::Users { store: store.clone(), token: args.token.clone() };
    let finix = finix::Users { store: store.clone(), basic: args.basic };
    let devicehive = devicehive::Users { store: store.clone(), token: args.token.clone() };
    let upsun = upsun::Users { store: store.clone(), token: args.token };
    Router::new()
        .nest("/example", generated::example::server::router(example))
        .nest("/finix", generated::finix::server::router(finix))
        .nest("/devicehive", generated::devicehive::server::router(devicehive))
        .nest("/upsun", generated::upsun::server::router(upsun))
        .fallback(async || Problem::new(StatusCode::NOT_FOUND, Reason::Path))
}

/// The answer to a request that the service could not do. What went wrong is for the one who runs it.
fn failed(error: &redb::Error) -> Response {
    let _ = writeln!(io::stderr(), "users_service: {error}");
    Problem::internal().into_response()
}

/// Says where the service is to be found: with port 0, only it knows.
fn announce(address: SocketAddr) -> io::Result<()> {
    let mut out = io::stdout().lock();
    writeln!(out, "listening on http://{address}")?;
    out.flush()
}

/// Is done when someone asks for the end: Ctrl-C, or SIGTERM as service managers send it.
#[cfg(unix)]
fn signal() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Is done when someone asks for the end: Ctrl-C.
#[cfg(not(unix))]
fn signal() -> io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    })
}
