//! Requests as people type them.

use std::{env, process::Command};

use serde_json::Value;

/// What curl was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) content_type: String,
    pub(crate) body: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

/// Whether there is a curl; says so where there is none. Where `CI` is set, nothing is skipped: there must be one.
pub(crate) fn is_there() -> bool {
    let there = Command::new("curl").arg("--version").output().is_ok_and(|output| output.status.success());
    if !there {
        assert!(env::var_os("CI").is_none(), "there is no curl, and `CI` is set");
        eprintln!("skipped: there is no curl");
    }
    there
}

/// Runs `curl` with these arguments.
pub(crate) fn curl(arguments: &[&str]) -> Answer {
    run(Command::new("curl").args(arguments))
}

/// Runs a command line that begins with `curl` in a shell.
pub(crate) fn shell(line: &str) -> Answer {
    // The function adds what makes the answer readable here, and leaves the line as it is.
    let script = format!("curl() {{ command curl \"$@\"{}; }}\n{line}\n", OUTPUT.map(quoted).concat());
    run_as_is(Command::new("sh").args(["-c", &script]))
}

const OUTPUT: [&str; 4] = ["--silent", "--show-error", "--write-out", "\n%{http_code} %{content_type}"];

fn quoted(word: &str) -> String {
    format!(" '{word}'")
}

fn run(command: &mut Command) -> Answer {
    run_as_is(command.args(OUTPUT))
}

fn run_as_is(command: &mut Command) -> Answer {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    let text = String::from_utf8(output.stdout).unwrap();
    let (body, last) = text.rsplit_once('\n').unwrap();
    let (status, content_type) = last.split_once(' ').unwrap();
    Answer { status: status.parse().unwrap(), content_type: content_type.to_owned(), body: body.to_owned() }
}
