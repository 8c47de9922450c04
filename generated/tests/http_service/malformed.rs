//! A list of malformed requests (`malformed.txt`), and what each is answered with.

use std::{
    io::{ErrorKind, Read, Write},
    net::TcpStream,
    time::Duration,
};

use crate::process::{BASIC, Service, TOKEN};

const LIST: &str = include_str!("malformed.txt");

/// A request of the list.
struct Entry {
    /// `None` where the connection ends without an answer.
    status: Option<u16>,
    name: &'static str,
    bytes: Vec<u8>,
}

fn entries() -> Vec<Entry> {
    let lines = LIST.lines().filter(|line| !line.starts_with('#'));
    let entry = |line: &'static str| {
        let (status, rest) = line.split_once('\t').unwrap();
        let (name, request) = rest.split_once('\t').unwrap();
        Entry {
            status: (status != "-").then(|| status.parse().unwrap()),
            name,
            bytes: repeated(unescaped(request)),
        }
    };
    lines.map(entry).collect()
}

fn unescaped(text: &str) -> Vec<u8> {
    let text = text.replace("<TOKEN>", TOKEN).replace("<BASIC>", BASIC);
    let mut out = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        rest = after;
        if *first != b'\\' {
            out.push(*first);
            continue;
        }
        out.push(match rest[0] {
            b'r' => b'\r',
            b'n' => b'\n',
            b't' => b'\t',
            b'x' => u8::from_str_radix(std::str::from_utf8(&rest[1..3]).unwrap(), 16).unwrap(),
            other => other,
        });
        rest = &rest[if rest[0] == b'x' { 3 } else { 1 }..];
    }
    out
}

/// `<3*ab>` is `ababab`.
fn repeated(bytes: Vec<u8>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = &bytes[..];
    while let Some(start) = rest.iter().position(|byte| *byte == b'<') {
        out.extend(&rest[..start]);
        rest = &rest[start..];
        let end = rest.iter().position(|byte| *byte == b'>');
        let inner = end.and_then(|end| {
            let star = rest[..end].iter().position(|byte| *byte == b'*')?;
            let times: usize = std::str::from_utf8(&rest[1..star]).ok()?.parse().ok()?;
            Some((times, &rest[star + 1..end], end))
        });
        match inner {
            Some((times, inner, end)) => {
                out.extend(inner.repeat(times));
                rest = &rest[end + 1..];
            }
            None => {
                out.push(b'<');
                rest = &rest[1..];
            }
        }
    }
    out.extend(rest);
    out
}

/// The status that a request is answered with; `None` where the connection ends without one.
fn ask(service: &Service, bytes: &[u8]) -> Option<u16> {
    let mut stream = TcpStream::connect(service.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(20))).unwrap();
    // Who is refused early may not get rid of the rest.
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let mut buffer = [0; 1024];
    while !answer.windows(4).any(|window| window == b"\r\n\r\n") {
        match stream.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => answer.extend(&buffer[..read]),
            Err(error) if error.kind() == ErrorKind::ConnectionReset => break,
            Err(error) => panic!("no answer: {error}"),
        }
    }
    let text = String::from_utf8_lossy(&answer);
    text.strip_prefix("HTTP/1.")?.get(2..5)?.parse().ok()
}

#[test]
fn each_request_has_its_answer() {
    let folder = tempfile::tempdir().unwrap();
    let service = Service::start(&folder.path().join("users.redb"));
    let entries = entries();
    assert!(entries.len() >= 200, "{} requests", entries.len());
    let well_formed = entries.iter().find(|entry| entry.name == "well-formed").unwrap();
    let mut wrong = Vec::new();
    for entry in &entries {
        let answer = ask(&service, &entry.bytes);
        if answer != entry.status {
            wrong.push(format!("{}: {answer:?} instead of {:?}", entry.name, entry.status));
        }
    }
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), entries.len(), wrong.join("\n"));
    assert_eq!(ask(&service, &well_formed.bytes), Some(204), "the service is as well as before");
    service.stop();
}
