//! A server that is nothing but bytes: it keeps what it receives and answers what it is told.
//!
//! Scripted answers come in, one for each connection's request in turn; the bytes of the requests come out. It
//! knows of HTTP only where a request ends, so that nothing that is tested judges itself.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
    sync::Mutex,
};

/// What the server does with a request.
#[derive(Debug, Clone)]
pub enum Answer {
    /// Sends these bytes and closes the connection.
    Bytes(String),
    /// Sends nothing for this long.
    Wait(Duration),
    /// Waits this long, then sends these bytes.
    Late(Duration, String),
    /// Sends these bytes, and nothing more for this long.
    Stall(String, Duration),
    /// Closes the connection.
    HangUp,
}

/// A running server; it ends with the runtime.
#[derive(Debug)]
pub struct Wire {
    address: SocketAddr,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Wire {
    /// A server that gives these answers in turn, the last of them from then on.
    ///
    /// # Panics
    ///
    /// Where the machine has no loopback address to listen on.
    pub async fn answer(answers: impl IntoIterator<Item = Answer>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("loopback");
        let address = listener.local_addr().expect("it is bound");
        let requests = Arc::new(Mutex::new(Vec::new()));
        let answers: Vec<Answer> = answers.into_iter().collect();
        let kept = Arc::clone(&requests);
        tokio::spawn(async move {
            let mut turn = 0;
            while let Ok((stream, _)) = listener.accept().await {
                let answer = answers.get(turn).or(answers.last()).cloned().unwrap_or(Answer::HangUp);
                turn += 1;
                tokio::spawn(serve(stream, answer, Arc::clone(&kept)));
            }
        });
        Self { address, requests }
    }

    /// A server that answers every request with these bytes. Lines are written with `\n`.
    pub async fn always(head: &str, body: &str) -> Self {
        Self::answer([response(head, body)]).await
    }

    /// Its URL.
    #[must_use]
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The same server by another name, which is another host to a client.
    #[must_use]
    pub fn url_by_name(&self) -> String {
        format!("http://localhost:{}", self.address.port())
    }

    /// What was received, each request as text: lines end with `\n`, the server's address is `HOST`.
    pub async fn requests(&self) -> Vec<String> {
        let requests = self.requests.lock().await;
        let host = self.address.to_string();
        let name = format!("localhost:{}", self.address.port());
        requests
            .iter()
            .map(|text| text.replace("\r\n", "\n").replace(&host, "HOST").replace(&name, "HOST"))
            .collect()
    }

    /// The only request that was received.
    ///
    /// # Panics
    ///
    /// Where there was none, or more than one.
    pub async fn request(&self) -> String {
        let mut requests = self.requests().await;
        assert_eq!(requests.len(), 1, "one request: {requests:#?}");
        requests.remove(0)
    }
}

/// A response with its length: `head` is the status line and the headers, one a line.
#[must_use]
pub fn response(head: &str, body: &str) -> Answer {
    let head = head.trim().lines().map(str::trim).collect::<Vec<_>>().join("\r\n");
    let length = body.len();
    Answer::Bytes(format!("HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"))
}

async fn serve(mut stream: TcpStream, answer: Answer, requests: Arc<Mutex<Vec<String>>>) {
    let Some(request) = receive(&mut stream).await else { return };
    requests.lock().await.push(request);
    let (before, bytes, after) = match answer {
        Answer::Bytes(bytes) => (Duration::ZERO, bytes, Duration::ZERO),
        Answer::Wait(wait) => (wait, String::new(), Duration::ZERO),
        Answer::Late(wait, bytes) => (wait, bytes, Duration::ZERO),
        Answer::Stall(bytes, wait) => (Duration::ZERO, bytes, wait),
        Answer::HangUp => return,
    };
    tokio::time::sleep(before).await;
    // The client may be gone already.
    let _ = stream.write_all(bytes.as_bytes()).await;
    tokio::time::sleep(after).await;
    let _ = stream.shutdown().await;
}

/// The bytes of a request, body included; `None` where the client closed before it was complete.
async fn receive(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = Vec::new();
    let mut chunk = [0; 8192];
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head.lines().find_map(|line| {
                line.to_lowercase()
                    .strip_prefix("content-length:")
                    .map(|value| value.trim().parse::<usize>().unwrap_or_default())
            });
            if body.len() >= length.unwrap_or_default() {
                return Some(text);
            }
        }
        let read = stream.read(&mut chunk).await.ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(chunk.get(..read)?);
    }
}
