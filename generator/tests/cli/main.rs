//! The command as a process: statuses, streams, and what it does to a folder.

#![expect(clippy::unwrap_used, reason = "a panic is how a test fails")]

mod configuration;
mod pages;
mod streams;
mod writing;

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

const PAGE: &str = "\
# Update a user

Changes a user.

Endpoint: PATCH /users/{id}
Version: 1.0.0
Security: bearer

## Path parameters:

  - `id` (string, required)
    The user's id.

## Request fields (application/json):

  - `name` (string)
    The user's name.

## Response 204 fields
";

const CONFIG: &str = "out: src/api\napis:\n  users:\n    pages: [page.md]\n";

/// A folder with a page and a configuration.
struct Project(TempDir);

impl Project {
    fn new() -> Self {
        let project = Self(tempfile::tempdir().unwrap());
        project.put("page.md", PAGE);
        project.put("docwright.yaml", CONFIG);
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        fs::create_dir_all(self.path(path).parent().unwrap()).unwrap();
        fs::write(self.path(path), text).unwrap();
    }

    fn run(&self, arguments: &[&str]) -> Done {
        self.run_in("", arguments, "")
    }

    fn run_in(&self, folder: &str, arguments: &[&str], stdin: &str) -> Done {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        command.current_dir(self.path(folder)).args(arguments).write_stdin(stdin);
        let output = command.output().unwrap();
        Done {
            status: output.status.code().unwrap(),
            stdout: String::from_utf8(output.stdout).unwrap(),
            stderr: String::from_utf8(output.stderr).unwrap(),
        }
    }

    /// Every file below a folder with its text.
    fn files(&self, folder: &str) -> Vec<(PathBuf, String)> {
        let mut files = Vec::new();
        let mut folders = vec![self.path(folder)];
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    files.push((path.clone(), fs::read_to_string(path).unwrap()));
                }
            }
        }
        files.sort();
        files
    }
}

#[derive(Debug)]
struct Done {
    status: i32,
    stdout: String,
    stderr: String,
}
