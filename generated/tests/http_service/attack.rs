//! The service under attack, over loopback and with counts that end: others are answered meanwhile, nothing is a 5xx, and
//! memory stays bounded.

use std::{
    fs,
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    thread,
    time::{Duration, Instant},
};

use crate::process::{Service, TOKEN, command};

/// What the service may take under any attack here, in KiB.
const MOST_MEMORY: usize = 512 << 10;
/// How long an answer may take that others have nothing to do with.
const PROMPT: Duration = Duration::from_secs(10);

/// A request that is well.
fn good(connection: &str) -> String {
    let body = r#"{"login":"ada"}"#;
    format!("{}Connection: {connection}\r\nContent-Length: {}\r\n\r\n{body}", head(), body.len())
}

/// The head of a request, but for its end.
fn head() -> String {
    format!(
        "PUT /devicehive/user/1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n\
         Content-Type: application/json\r\n"
    )
}

fn connect(service: &Service) -> TcpStream {
    let stream = TcpStream::connect(service.address()).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(30))).unwrap();
    stream.set_write_timeout(Some(Duration::from_secs(30))).unwrap();
    stream
}

/// All that comes until the connection ends; nothing where the other side resets it.
fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    let _ = stream.read_to_end(&mut bytes);
    String::from_utf8_lossy(&bytes).into_owned()
}

/// The statuses of answers that follow each other.
fn statuses(answers: &str) -> Vec<&str> {
    answers.split("HTTP/1.1 ").skip(1).map(|answer| &answer[..3]).collect()
}

/// Somebody else is answered, and soon.
#[track_caller]
fn check_well(service: &Service) {
    let start = Instant::now();
    let mut stream = connect(service);
    stream.write_all(good("close").as_bytes()).unwrap();
    assert_eq!(statuses(&rest(&mut stream)), ["204"]);
    assert!(start.elapsed() < PROMPT, "{:?}", start.elapsed());
    let memory = memory(service);
    assert!(memory < MOST_MEMORY, "{memory} KiB");
}

/// The most memory that the service has had, in KiB; 0 where the system does not tell.
fn memory(service: &Service) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", service.id())).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}

/// Starts a service with arguments of its own.
fn start(arguments: &[&str]) -> (Service, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let mut command = command(&folder.path().join("users.redb"));
    command.args(arguments);
    (Service::spawn(command), folder)
}

#[test]
fn who_sends_slowly_is_not_waited_for() {
    let (service, _folder) = start(&["--timeout", "1"]);
    let body = format!("{}Content-Length: 15\r\n\r\n{{\"log", head());
    let chunks = format!("{}Transfer-Encoding: chunked\r\n\r\n5\r\n{{\"log", head());
    for (what, sent, answer) in [
        ("nothing", String::new(), &[][..]),
        ("half a line", "PUT /devi".to_owned(), &[]),
        ("half a head", head(), &[]),
        ("half a body", body, &["408"]),
        ("half a chunk", chunks, &["408"]),
        ("nothing more", good("keep-alive"), &["204"]),
    ] {
        let start = Instant::now();
        let mut stream = connect(&service);
        stream.write_all(sent.as_bytes()).unwrap();
        check_well(&service);
        let answers = rest(&mut stream);
        assert!(start.elapsed() < PROMPT, "{what}: {:?}", start.elapsed());
        // Of a head that does not come, hyper may say so (408) or not.
        let found = statuses(&answers);
        assert!(found == answer || answer.is_empty() && found == ["408"], "{what}: {answers}");
    }
    // A byte now and then does not extend the time.
    let start = Instant::now();
    let mut stream = connect(&service);
    let dripping = head().bytes().cycle().any(|byte| {
        thread::sleep(Duration::from_millis(50));
        stream.write_all(&[byte]).is_err() || start.elapsed() > 2 * PROMPT
    });
    assert!(dripping && start.elapsed() < PROMPT, "{:?}", start.elapsed());
    service.stop();
}

#[test]
fn ten_thousand_connections_keep_nobody_out() {
    const WANTED: usize = 10_000;
    let allowed = rlimit::increase_nofile_limit(u64::MAX).unwrap_or(256);
    let count = WANTED.min(usize::try_from(allowed).unwrap_or(WANTED).saturating_sub(200));
    if count < WANTED {
        eprintln!("only {count} connections: this process may have no more files open");
    }
    let (service, _folder) = start(&["--connections", "11000"]);
    let mut held = Vec::with_capacity(count);
    for at in 0..count {
        let mut stream = connect(&service);
        // Some say nothing, some half of what they have to.
        if at % 2 == 0 {
            stream.write_all(b"PUT /devicehive/user/1 HTTP/1.1\r\nHost: ").unwrap();
        }
        held.push(stream);
        if at % 1000 == 0 {
            check_well(&service);
        }
    }
    check_well(&service);
    drop(held);
    check_well(&service);
    service.stop();
}

#[test]
fn more_connections_than_are_allowed_wait_for_their_turn() {
    let (service, _folder) = start(&["--connections", "4", "--timeout", "1"]);
    let held: Vec<_> = (0..12).map(|_| connect(&service)).collect();
    check_well(&service);
    drop(held);
    service.stop();
}

#[test]
fn requests_in_a_row_are_answered_in_a_row() {
    let (service, _folder) = start(&[]);
    let mut stream = connect(&service);
    let bad = good("keep-alive").replace("user/1", "user/x");
    let requests = [good("keep-alive"), bad].concat().repeat(50) + &good("close");
    stream.write_all(requests.as_bytes()).unwrap();
    let expected: Vec<_> = ["204", "400"].repeat(50).into_iter().chain(["204"]).collect();
    assert_eq!(statuses(&rest(&mut stream)), expected);
    check_well(&service);
    service.stop();
}

#[test]
fn who_does_not_read_is_not_kept_in_memory() {
    let (service, _folder) = start(&["--timeout", "2"]);
    let request = good("keep-alive").replace("user/1", "user/x").repeat(100);
    let mut streams = Vec::new();
    for _ in 0..20 {
        let mut stream = connect(&service);
        stream.set_write_timeout(Some(Duration::from_millis(200))).unwrap();
        // Until nothing more is taken.
        let _ = (0..2000).try_for_each(|_| stream.write_all(request.as_bytes()));
        streams.push(stream);
    }
    check_well(&service);
    drop(streams);
    service.stop();
}

#[test]
fn half_closed_connections_get_their_answer() {
    let (service, _folder) = start(&[]);
    for (sent, answer) in [
        (good("close"), &["204"][..]),
        (good("keep-alive"), &["204"]),
        (format!("{}Content-Length: 15\r\n\r\n{{\"log", head()), &["400"]),
        (head(), &[]),
        (String::new(), &[]),
    ] {
        let mut stream = connect(&service);
        stream.write_all(sent.as_bytes()).unwrap();
        stream.shutdown(Shutdown::Write).unwrap();
        let answers = rest(&mut stream);
        let found = statuses(&answers);
        assert!(found == answer || answer.is_empty() && found == ["400"], "{sent}: {answers}");
        check_well(&service);
    }
    service.stop();
}

#[test]
fn large_bodies_at_once_cost_little() {
    let (service, _folder) = start(&["--timeout", "10"]);
    let body = vec![b'a'; 10 << 20];
    thread::scope(|scope| {
        for at in 0..32 {
            let (service, body) = (&service, &body);
            scope.spawn(move || {
                let mut stream = connect(service);
                let length = match at % 2 {
                    0 => format!("Content-Length: {}", body.len()),
                    _ => "Transfer-Encoding: chunked".to_owned(),
                };
                let sent =
                    stream.write_all(format!("{}{length}\r\n\r\n", head()).as_bytes()).and_then(|()| {
                        if at % 2 == 1 {
                            stream.write_all(format!("{:x}\r\n", body.len()).as_bytes())?;
                        }
                        stream.write_all(body)
                    });
                let answers = rest(&mut stream);
                // Who still sends when it is refused may lose the answer to the reset of the connection.
                let found = statuses(&answers);
                assert!(found == ["413"] || found.is_empty() && (sent.is_err() || at % 2 == 1), "{answers}");
            });
        }
        check_well(&service);
    });
    check_well(&service);
    service.stop();
}

#[test]
fn bytes_at_random_are_no_failure_of_the_service() {
    let (service, _folder) = start(&["--timeout", "1"]);
    let whole = good("close").into_bytes();
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = |below: usize| {
        // xorshift: the same every time.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    };
    let mut requests = Vec::new();
    for _ in 0..300 {
        let mut bytes = whole.clone();
        for _ in 0..=next(4) {
            let at = next(bytes.len());
            match next(4) {
                0 => bytes[at] = u8::try_from(next(256)).unwrap(),
                1 => bytes.insert(at, u8::try_from(next(256)).unwrap()),
                2 => drop(bytes.remove(at)),
                _ => bytes.splice(at..at, b"\r\n".repeat(next(3))).for_each(drop),
            }
        }
        requests.push(bytes);
    }
    thread::scope(|scope| {
        for requests in requests.chunks(20) {
            let service = &service;
            scope.spawn(move || {
                for bytes in requests {
                    let mut stream = connect(service);
                    let _ = stream.write_all(bytes);
                    let answers = rest(&mut stream);
                    let failed = statuses(&answers).iter().any(|status| status.starts_with('5'));
                    assert!(!failed, "{}: {answers}", bytes.escape_ascii());
                }
            });
        }
    });
    check_well(&service);
    service.stop();
}
