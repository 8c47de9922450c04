//! Connections: accepted as long as nobody asks for the end, as many as are allowed, none of them for longer
//! than it has something to say.
//!
//! `axum::serve` knows no time limits: who sends half a head, or half a body, would be waited for without end.

use std::{convert::Infallible, future::Future, io, pin::pin, sync::Arc, time::Duration};

use axum::{
    Router,
    extract::Request,
    http::StatusCode,
    middleware::{Next, from_fn},
    response::{IntoResponse, Response},
};
use docwright_runtime::server::{Problem, Reason};
use hyper::server::conn::http1;
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
    service::TowerToHyperService,
};
use tokio::{
    net::TcpListener,
    sync::Semaphore,
    time::{sleep, timeout},
};

/// How long requests that have begun may take when the service is asked to end.
const GRACE: Duration = Duration::from_secs(10);
/// The largest head, in bytes; a larger one is a 431.
const MAX_HEAD: usize = 64 << 10;
/// How long to wait before a connection is accepted again, where the system has no room for one.
const PAUSE: Duration = Duration::from_millis(50);

/// What a client may take of the service.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limits {
    /// How long the head of a request may take, and then the rest of it.
    pub(crate) patience: Duration,
    /// How many connections there are at a time. More of them wait until the system lets them in.
    pub(crate) connections: usize,
}

/// Serves until `end` is done, and then what has begun.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    end: impl Future<Output = ()>,
) -> Result<(), &'static str> {
    let service = TowerToHyperService::new(
        router.layer(from_fn(move |request, next| in_time(limits.patience, request, next))),
    );
    // HTTP/1 alone: to tell HTTP/2 from it, the first bytes would be waited for without a limit.
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(limits.patience).max_buf_size(MAX_HEAD);
    // Who has nothing more to ask may still want the answer; time is limited anyway.
    builder.half_close(true);
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(limits.connections));
    let mut end = pin!(end);
    loop {
        let accepted = async {
            let permit = Arc::clone(&room).acquire_owned().await;
            (listener.accept().await, permit)
        };
        let (accepted, permit) = tokio::select! {
            accepted = accepted => accepted,
            () = &mut end => break,
        };
        let stream = match accepted {
            Ok((stream, _)) => stream,
            // Who went away again is no reason to wait; no room for another file is one.
            Err(error) if is_of_a_connection(&error) => continue,
            Err(_) => {
                sleep(PAUSE).await;
                continue;
            }
        };
        let connection = graceful.watch(builder.serve_connection(TokioIo::new(stream), service.clone()));
        tokio::spawn(async move {
            // What is wrong with a connection has been answered, as far as it can be.
            let _ = connection.await;
            drop(permit);
        });
    }
    // From here on nobody is let in.
    drop(listener);
    timeout(GRACE, graceful.shutdown()).await.map_err(|_| "a request was not done in time and was cut off")
}

fn is_of_a_connection(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::ConnectionAborted
            | io::ErrorKind::ConnectionRefused
            | io::ErrorKind::ConnectionReset
            | io::ErrorKind::Interrupted
    )
}

/// Answers a request, of which the body has to arrive in time.
async fn in_time(patience: Duration, request: Request, next: Next) -> Result<Response, Infallible> {
    let late =
        || Problem::new(StatusCode::REQUEST_TIMEOUT, Reason::Body).with_detail("the request took too long");
    Ok(timeout(patience, next.run(request)).await.unwrap_or_else(|_| late().into_response()))
}
