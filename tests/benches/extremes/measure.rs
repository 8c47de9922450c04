//! What a case takes, in a process of its own.
//!
//! Time is that of all cores, where the system tells it, so that other work of the machine does not count.

use std::{
    fs,
    hint::black_box,
    time::{Duration, Instant},
};

use docwright::{
    diagnostic::render::Renderer,
    input::read_apis,
    openapi::openapi,
    pipeline::{Layout, PageInput, generate},
};

use crate::cases;

/// What says that this process is to run one case of one size.
pub const ONE: &str = "--one";

/// Bytes, seconds and KiB.
pub type Measured = (usize, f64, usize);

/// Runs a case in a process of its own, so that each has its own peak.
pub fn measured(name: &str, size: usize) -> Option<Measured> {
    let mut command = std::process::Command::new(std::env::current_exe().ok()?);
    let output = command.args([ONE, name, &size.to_string()]).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    let mut numbers = text.split_whitespace();
    let bytes = numbers.next()?.parse().ok()?;
    Some((bytes, numbers.next()?.parse().ok()?, numbers.next()?.parse().ok()?))
}

/// Runs the case that the arguments name, and prints what it took.
pub fn run_one(arguments: &[String]) {
    let [name, size] = arguments else { panic!("{ONE} takes a name and a size") };
    let (_, _, make) = cases().find(|(found, ..)| found == name).expect("a case of that name");
    let pages = make(size.parse().expect("a size"));
    let bytes: usize = pages.iter().map(String::len).sum();
    let time = run(pages);
    println!("{bytes} {} {}", time.as_secs_f64(), memory("VmHWM:"));
}

fn run(pages: Vec<String>) -> Duration {
    let (start, busy) = (Instant::now(), busy());
    let input = |(at, text): (usize, String)| PageInput::new(format!("{at}.md"), text);
    let reading = read_apis(vec![("api".to_owned(), pages.into_iter().enumerate().map(input).collect())]);
    let models = reading.models();
    let (files, lowering) = generate(&models, &Layout::default());
    let sources = reading.sources();
    for diagnostic in reading.diagnostics.iter().chain(&lowering) {
        black_box(Renderer::default().render(diagnostic, &sources));
    }
    for api in &models {
        black_box(openapi(api).to_string());
    }
    black_box(files);
    self::busy().zip(busy).map_or_else(|| start.elapsed(), |(now, before)| now.saturating_sub(before))
}

/// How long the threads of this process have run; `None` where the system does not tell.
fn busy() -> Option<Duration> {
    let threads = fs::read_dir("/proc/self/task").ok()?;
    let times = threads.map(|thread| {
        let text = fs::read_to_string(thread.ok()?.path().join("schedstat")).ok()?;
        text.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
    });
    times.sum()
}

/// A field of `/proc/self/status` in KiB; 0 where there is no such file.
fn memory(field: &str) -> usize {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(field));
    line.and_then(|line| line.split_whitespace().next()?.parse().ok()).unwrap_or(0)
}
