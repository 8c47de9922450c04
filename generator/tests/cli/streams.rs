//! Statuses, streams and formats.

use assert_cmd::Command;
use serde_json::Value;

use crate::*;

#[test]
fn usage_errors_have_status_two() {
    let project = Project::new();
    for arguments in [
        &["generate", "page.md"][..],
        &["generate", "--out", "out"],
        &["generate", "--config", "docwright.yaml", "page.md", "--out", "out"],
        &["generate", "page.md", "--out", "out", "--name", "../x"],
        &["generate", "page.md", "--out", "out", "--name", "type"],
        &["generate", "page.md", "--out", "out", "--crate", "a\"b"],
        &["generate", "page.md", "--out", "out", "--crate", "serde-json"],
        &["generate", "page.md", "--out", "out", "--runtime-path", "."],
        &["generate", "page.md", "--out", "out", "--crate", "a", "--runtime-path", "."],
        &["generate", "page.md", "--out", "out", "--crate", "a", "--runtime-path", "no-such-folder"],
        &["openapi", "--config", "no-such-file.yaml"],
        &["openapi", "--config", "docwright.yaml", "page.md"],
        &["openapi", "no-such-page.md"],
        &["openapi", "-", "-"],
        &["openapi", "page.md", "--format", "xml"],
        &["model", "page.md", "--quiet", "--verbose"],
        &["frobnicate"],
        &[],
    ] {
        let done = project.run(arguments);
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{arguments:?}: {}", done.stderr);
        assert!(!done.stderr.is_empty());
    }
    assert!(!project.path("out").exists());
    for arguments in [&["--help"][..], &["--version"], &["generate", "--help"]] {
        let done = project.run(arguments);
        assert_eq!((done.status, done.stderr.as_str()), (0, ""));
    }
}

#[test]
fn results_go_to_standard_output_and_standard_input_is_a_page() {
    let project = Project::new();
    let done = project.run_in("", &["openapi", "-"], PAGE);
    assert_eq!(done.status, 0, "{}", done.stderr);
    let document: Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(document["openapi"].as_str().map(|version| &version[..3]), Some("3.1"));
    let yaml = project.run(&["openapi", "page.md", "--format", "yaml"]).stdout;
    assert!(yaml.contains("  /users/{id}:\n"), "{yaml}");
    let model = project.run(&["model", "page.md"]).stdout;
    assert!(model.contains("  method: PATCH\n  path: /users/{id}\n"), "{model}");
    let explained = project.run(&["explain", "page.md"]).stdout;
    assert!(explained.starts_with("page.md\n  dialect: Redocly\n"), "{explained}");
    assert!(explained.contains("PATCH /users/{id}: 1 parameter, request with 1 field"), "{explained}");
}

#[test]
fn what_was_inferred_is_explained_with_what_became_of_it() {
    let project = Project::new();
    project.put(
        "tea.md",
        "# Tea\n\n## Servers\n\n```\nhttps://tea.example\n```\n\n## Security\n\n### key\n\nType: mutualTLS\n",
    );
    let explained = project.run(&["explain", "tea.md"]).stdout;
    for line in [
        "  servers of all operations: https://tea.example\n",
        "  security schemes: key\n",
        "    11:5 security scheme `key` of unknown kind: the lines below do not tell how credentials are sent [unknown-scheme]; describe",
    ] {
        assert!(explained.contains(line), "{explained}");
    }
}

#[test]
fn diagnostics_come_short_full_and_as_json() {
    let project = Project::new();
    project.put("bad.md", "nothing\n");
    let with = |format: &str| project.run(&["model", "bad.md", "--message-format", format]).stderr;
    assert!(with("short").starts_with("bad.md:1:1: error[unknown-dialect]: "), "{}", with("short"));
    assert!(with("full").contains(" --> bad.md:1:1\n"));
    for line in with("json").lines() {
        let value: Value = serde_json::from_str(line).unwrap();
        assert_eq!((&value["code"], &value["line"]), (&"unknown-dialect".into(), &1.into()));
    }
    let failure = project.run(&["model", "missing.md", "--message-format", "json"]).stderr;
    let value: Value = serde_json::from_str(&failure).unwrap();
    assert_eq!((&value["severity"], &value["code"]), (&"error".into(), &Value::Null));
    assert_eq!(project.run(&["--quiet", "model", "bad.md"]).stderr, with("full"));
}

#[test]
fn a_quiet_run_that_does_well_says_nothing() {
    let project = Project::new();
    for command in ["generate", "check"] {
        let done = project.run(&[command, "--quiet"]);
        assert_eq!((done.status, done.stdout.as_str(), done.stderr.as_str()), (0, "", ""), "{command}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_result_that_cannot_be_written_is_an_error() {
    let project = Project::new();
    for command in ["openapi", "model", "explain"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let mut process = std::process::Command::new(env!("CARGO_BIN_EXE_docwright"));
        let output =
            process.args([command, "page.md"]).current_dir(project.path("")).stdout(full).output().unwrap();
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}: {stderr}");
        assert!(
            stderr.contains("error: standard output can't be written: No space left"),
            "{command}: {stderr}"
        );
    }
}

#[test]
fn completions_for_each_shell() {
    let project = Project::new();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let done = project.run(&["completions", shell]);
        assert_eq!(done.status, 0);
        assert!(done.stdout.contains("docwright") && done.stdout.contains("explain"), "{shell}");
    }
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_is_not_an_error() {
    let project = Project::new();
    let page = project.path("page.md");
    let script = format!(
        "'{}' openapi '{}' | true; exit ${{PIPESTATUS[0]}}",
        env!("CARGO_BIN_EXE_docwright"),
        Path::display(&page)
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("panicked"));
}
