//! The example's binary as a process.

use std::{
    fs,
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    thread::sleep,
    time::{Duration, Instant, SystemTime},
};

/// The token that the service is started with.
pub(crate) const TOKEN: &str = "correct-token";
/// The user and password that the service is started with.
pub(crate) const USER: &str = "ada";
pub(crate) const PASSWORD: &str = "pass:word";
/// Both, as basic credentials.
pub(crate) const BASIC: &str = "YWRhOnBhc3M6d29yZA==";

/// The service, ended when it is dropped.
pub(crate) struct Service {
    child: Child,
    /// Where it listens: `http://127.0.0.1:PORT`.
    pub(crate) url: String,
}

impl Service {
    /// Starts the service on a free port and waits until it listens.
    pub(crate) fn start(database: &Path) -> Self {
        Self::spawn(command(database))
    }

    /// Starts a command of the service, as [`Service::start`] does.
    pub(crate) fn spawn(mut command: Command) -> Self {
        let mut child = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("listening on ").unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self { child, url }
    }

    /// The process's id.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// The base URL of one of the APIs.
    pub(crate) fn api(&self, name: &str) -> String {
        format!("{}/{name}", self.url)
    }

    /// `127.0.0.1:PORT`.
    pub(crate) fn address(&self) -> &str {
        self.url.strip_prefix("http://").unwrap()
    }

    /// Sends a signal: `INT` is Ctrl-C.
    pub(crate) fn signal(&self, name: &str) {
        let kill = format!("kill -{name} {}", self.child.id());
        assert!(Command::new("sh").args(["-c", &kill]).status().unwrap().success());
    }

    /// Waits for the end.
    pub(crate) fn ended(mut self) -> ExitStatus {
        let start = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status;
            }
            assert!(start.elapsed() < Duration::from_secs(20), "the service does not end");
            sleep(Duration::from_millis(10));
        }
    }

    /// Ends the service as Ctrl-C does.
    pub(crate) fn stop(self) {
        self.signal("INT");
        assert!(self.ended().success());
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        // It has ended already where the test went well.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The service's command, on a free port.
pub(crate) fn command(database: &Path) -> Command {
    let mut command = Command::new(binary());
    command.args(["--listen", "127.0.0.1:0", "--token", TOKEN, "--basic", &format!("{USER}:{PASSWORD}")]);
    command.arg("--database").arg(database);
    command
}

/// The example. Cargo builds it along with the tests of its package, but not where it is told which tests to
/// build or to run: what would be run then might be an older one.
fn binary() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!("users_service{}", std::env::consts::EXE_SUFFIX);
    let binary = test.parent().unwrap().parent().unwrap().join("examples").join(name);
    let built = fs::metadata(&binary).and_then(|found| found.modified()).ok();
    let sources = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/users_service");
    let changed =
        fs::read_dir(sources).unwrap().map(|file| file.unwrap().metadata().unwrap().modified().unwrap());
    let changed: SystemTime = changed.max().unwrap();
    assert!(
        built.is_some_and(|built| built >= changed),
        "the example is not built, or out of date: `cargo build -p docwright-generated --all-features --examples`",
    );
    binary
}
