//! What it costs to have the compiler check generated code: `docwright-generated` with its types alone, with the
//! client, with the server, and with both, after its root was touched. Nothing is checked by a limit: machines differ.
//!
//! `cargo bench -p docwright-tests --bench check` checks into a folder of its own, so that the first run compiles the
//! dependencies. `cargo run -p docwright-tests --bin corpus` says the same of whole APIs.

use std::{
    fs::File,
    path::Path,
    process::{Command, Stdio},
    time::{Duration, Instant, SystemTime},
};

/// How often each is measured.
const TIMES: usize = 5;

fn check(root: &Path, features: &str) -> Duration {
    let start = Instant::now();
    let status = Command::new(env!("CARGO"))
        .args(["check", "--quiet", "--package", "docwright-generated", "--features", features])
        .current_dir(root)
        .env("CARGO_TARGET_DIR", root.join("target/check-cost"))
        .stdin(Stdio::null())
        .status()
        .expect("cargo starts");
    assert!(status.success(), "features `{features}`: {status}");
    start.elapsed()
}

fn main() {
    // `cargo test --benches` only looks whether this starts.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    for (name, features) in
        [("types", ""), ("types, client", "client"), ("types, server", "server"), ("all", "client,server")]
    {
        check(root, features);
        let mut times: Vec<Duration> = (0..TIMES)
            .map(|_| {
                let touched = File::options().append(true).open(root.join("generated/src/lib.rs"));
                touched.and_then(|file| file.set_modified(SystemTime::now())).expect("the root is touched");
                check(root, features)
            })
            .collect();
        times.sort();
        println!("{name}: {:.2} s of `cargo check` after a touch", times[TIMES / 2].as_secs_f64());
    }
}
