//! Hands crates to Cargo: one workspace, so that their dependencies are built once.

use std::{
    env, fs, io,
    path::Path,
    process::{Command, Stdio},
    time::Instant,
};

use docwright::{output::Plan, pipeline::generate};
use serde::Serialize;
use serde_json::Value;

use super::measure::layout;
use crate::repository;

/// The crate of no API: what it takes is what Cargo takes.
const NOTHING: &str = "nothing-at-all";

/// Where Cargo builds, below the workspace.
const TARGET: &str = "target";

/// What `cargo check` with all features had to say of a crate.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Checked {
    /// Whether it compiles.
    pub compiles: bool,
    /// Warnings.
    pub warnings: usize,
    /// Errors.
    pub errors: usize,
    /// The first time, with all dependencies there, in seconds.
    pub seconds: f64,
    /// Again, after a file was touched, in seconds.
    pub again_seconds: f64,
    /// Warnings and errors as rustc draws them.
    pub messages: Vec<String>,
}

/// A workspace of crates.
#[derive(Debug)]
pub struct Workspace<'a> {
    folder: &'a Path,
}

impl<'a> Workspace<'a> {
    /// Makes a workspace of the crates in a folder, and builds what they depend on. Gives what Cargo takes for a
    /// crate that is empty, the first time and again.
    ///
    /// # Errors
    ///
    /// Where a file can't be written, or the dependencies can't be built; Cargo has then said why.
    pub fn new(folder: &'a Path, crates: &[&str], runtime: &Path) -> io::Result<(Self, Checked)> {
        let (files, _) = generate(&[], &layout(NOTHING, runtime));
        Plan::new(&folder.join(NOTHING), &files).and_then(|plan| plan.write()).map_err(io::Error::other)?;
        // Names of crates need no escapes.
        let members: Vec<_> = crates.iter().chain([&NOTHING]).map(|name| format!("\"{name}\"")).collect();
        let manifest = format!("[workspace]\nresolver = \"3\"\nmembers = [{}]\n", members.join(", "));
        fs::write(folder.join("Cargo.toml"), manifest)?;
        // The versions that this repository is tested with.
        fs::copy(repository().join("Cargo.lock"), folder.join("Cargo.lock"))?;
        let workspace = Self { folder };
        let built = workspace.cargo(NOTHING)?;
        if !built.compiles {
            return Err(io::Error::other("the dependencies of generated code can't be built"));
        }
        let nothing = workspace.check(NOTHING)?;
        Ok((workspace, nothing))
    }

    /// Checks a crate, twice.
    ///
    /// # Errors
    ///
    /// Where Cargo can't be run, or a file can't be touched.
    pub fn check(&self, name: &str) -> io::Result<Checked> {
        self.touch(name)?;
        // What an earlier run left would make the first time another second.
        let left = self.folder.join(TARGET).join("debug/incremental");
        match fs::remove_dir_all(left) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let mut checked = self.cargo(name)?;
        self.touch(name)?;
        checked.again_seconds = self.cargo(name)?.seconds;
        Ok(checked)
    }

    fn touch(&self, name: &str) -> io::Result<()> {
        let file = self.folder.join(name).join("src/lib.rs");
        fs::File::options().append(true).open(file)?.set_modified(std::time::SystemTime::now())
    }

    fn cargo(&self, name: &str) -> io::Result<Checked> {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut command = Command::new(cargo);
        command.args(["check", "--quiet", "--all-features", "--message-format", "json", "--package", name]);
        command.env("CARGO_TARGET_DIR", TARGET);
        command.current_dir(self.folder).stdin(Stdio::null()).stderr(Stdio::inherit());
        let started = Instant::now();
        let output = command.output()?;
        let seconds = started.elapsed().as_secs_f64();
        let mut checked = Checked { compiles: output.status.success(), seconds, ..Checked::default() };
        let manifest = self.folder.join(name).join("Cargo.toml");
        for line in output.stdout.split(|byte| *byte == b'\n') {
            if let Some(message) = message(line, &manifest) {
                checked.count(&message);
            }
        }
        Ok(checked)
    }
}

/// What rustc said of a crate's own code.
fn message(line: &[u8], manifest: &Path) -> Option<Value> {
    let mut said: Value = serde_json::from_slice(line).ok()?;
    let of = said.get("manifest_path")?.as_str()?;
    let same = Path::new(of) == manifest || manifest.canonicalize().is_ok_and(|path| path == Path::new(of));
    // Without a place it only counts the others.
    let placed = said["message"]["spans"].as_array().is_some_and(|spans| !spans.is_empty());
    (same && placed && said["reason"] == "compiler-message").then(|| said["message"].take())
}

impl Checked {
    fn count(&mut self, message: &Value) {
        match message["level"].as_str() {
            Some("warning") => self.warnings += 1,
            Some("error") => self.errors += 1,
            _ => return,
        }
        self.messages.extend(message["rendered"].as_str().map(str::to_owned));
    }
}
