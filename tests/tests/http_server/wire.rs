//! HTTP by hand: bytes are written to a socket, bytes are read back and taken apart.

use std::net::SocketAddr;

use axum::Router;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A server on a port of its own.
#[derive(Debug, Clone, Copy)]
pub struct Server {
    address: SocketAddr,
}

impl Server {
    pub async fn start(router: Router) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address }
    }

    pub async fn connect(self) -> Connection {
        Connection { stream: TcpStream::connect(self.address).await.unwrap(), read: Vec::new() }
    }

    /// Sends one request on a connection of its own: its head, one header a line, and its body.
    pub async fn send(self, head: &str, body: &str) -> Response {
        let mut connection = self.connect().await;
        connection.write(&request(head, body)).await;
        connection.read(head.starts_with("HEAD ")).await
    }

    /// Sends bytes as they are.
    pub async fn send_raw(self, bytes: &[u8]) -> Response {
        let mut connection = self.connect().await;
        connection.write(bytes).await;
        connection.read(false).await
    }
}

/// The bytes of a request. Its lines get the line ends of HTTP, its body a length.
pub fn request(head: &str, body: &str) -> Vec<u8> {
    let (line, headers) = head.split_once('\n').unwrap_or((head, ""));
    let mut text = format!("{line} HTTP/1.1\r\nHost: api.example\r\n");
    for header in headers.lines() {
        text.push_str(&format!("{}\r\n", header.trim()));
    }
    if !body.is_empty() {
        text.push_str(&format!("Content-Length: {}\r\n", body.len()));
    }
    text.push_str("\r\n");
    text.push_str(body);
    text.into_bytes()
}

/// A connection that stays open.
#[derive(Debug)]
pub struct Connection {
    stream: TcpStream,
    read: Vec<u8>,
}

impl Connection {
    pub async fn write(&mut self, bytes: &[u8]) {
        self.stream.write_all(bytes).await.unwrap();
    }

    /// Reads one response: its head, and as many bytes as `Content-Length` says.
    pub async fn read(&mut self, head_only: bool) -> Response {
        let end = loop {
            if let Some(at) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            assert!(self.more().await, "the connection was closed: {}", String::from_utf8_lossy(&self.read));
        };
        let head = String::from_utf8(self.read.drain(..end).collect()).unwrap();
        let mut lines = head.trim_end().lines();
        let status = lines.next().unwrap().strip_prefix("HTTP/1.1 ").unwrap().to_owned();
        let headers: Vec<(String, String)> = lines
            .map(|line| line.split_once(": ").unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let length = headers.iter().find(|(name, _)| name == "content-length");
        let length: usize = length.map_or(0, |(_, value)| value.parse().unwrap());
        let length = if head_only { 0 } else { length };
        while self.read.len() < length {
            assert!(self.more().await, "the body ended early");
        }
        let body = String::from_utf8(self.read.drain(..length).collect()).unwrap();
        Response { status, headers, body }
    }

    /// Whether more bytes came before the other side closed.
    pub async fn more(&mut self) -> bool {
        let mut buffer = [0; 4096];
        let count = self.stream.read(&mut buffer).await.unwrap();
        self.read.extend_from_slice(&buffer[..count]);
        count > 0
    }
}

/// A response as it came.
#[derive(Debug)]
pub struct Response {
    /// Code and reason.
    pub status: String,
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Response {
    /// All values of a header.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(found, _)| found == name).map(|(_, value)| value.as_str()).collect()
    }

    /// The only value of a header.
    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        let values = self.all(name);
        assert_eq!(values.len(), 1, "{name} in {self:?}");
        values[0]
    }

    /// Checks status and body, and the media type: that of a problem or of plain JSON.
    #[track_caller]
    pub fn is(&self, status: &str, body: &str) -> &Self {
        assert_eq!((self.status.as_str(), self.body.as_str()), (status, body));
        let wanted = match body {
            "" => vec![],
            problem if problem.starts_with("{\"type\":\"about:blank\"") => vec!["application/problem+json"],
            _ => vec!["application/json"],
        };
        assert_eq!(self.all("content-type"), wanted);
        self
    }
}
