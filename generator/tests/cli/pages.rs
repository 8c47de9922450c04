//! Which pages an API has, and what it is called.

use std::fs;

use serde_json::Value;

use crate::*;

#[test]
fn named_pages_do_not_replace_another_api() {
    let project = Project::new();
    assert_eq!(project.run(&["generate", "page.md", "--out", "x", "--name", "a"]).status, 0);
    let before = project.files("x");
    for command in [&["generate"][..], &["generate", "--dry-run"], &["check"]] {
        let done = project.run(&[command, &["page.md", "--out", "x", "--name", "b"]].concat());
        assert_eq!((done.status, done.stdout.as_str()), (2, ""), "{}", done.stderr);
        assert!(done.stderr.contains("x holds generated code") && done.stderr.contains(": a; "));
        assert_eq!(done.stderr.contains("nothing was written"), command == ["generate"]);
        assert_eq!(project.files("x"), before);
    }
    let krate = |name| project.run(&["generate", "page.md", "--out", "y", "--crate", "y", "--name", name]);
    assert_eq!((krate("a").status, krate("a").status, krate("b").status), (0, 0, 2));
    assert!(krate("b").stderr.contains(": src/a; "), "{}", krate("b").stderr);
}

#[test]
fn an_api_is_named_after_its_first_page() {
    let project = Project::new();
    for (file, name) in [
        ("Users v2.md", "users_v2"),
        ("003_x.txt", "api_003_x"),
        ("type.md", "api_type"),
        ("client.md", "api_client"),
        ("名前.md", "api"),
        (&format!("{}.md", "1".repeat(90)), &format!("api_{}", "1".repeat(60))),
    ] {
        project.put(file, PAGE);
        let model = project.run(&["model", file]).stdout;
        assert!(model.starts_with(&format!("name: {name}\n")), "{file}: {model}");
    }
}

#[test]
fn one_bad_page_does_not_stop_the_others() {
    let project = Project::new();
    project.put("docs/a.md", "nothing of the kind\n");
    project.put("docs/b.md", PAGE);
    project.put("docs/.c.md", "hidden\n");
    let done = project.run(&["openapi", "docs", "docs/a.md"]);
    assert_eq!(done.status, 1);
    assert_eq!(done.stderr.matches("error[").count(), 1, "{}", done.stderr);
    let document: Value = serde_json::from_str(&done.stdout).unwrap();
    assert!(document["paths"]["/users/{id}"]["patch"].is_object(), "{}", done.stdout);
}

#[test]
fn code_lacks_what_a_bad_page_says_and_the_status_tells() {
    let project = Project::new();
    project.put("bad.md", &PAGE.replace("PATCH /users", "PATCHY /people"));
    project.put("docwright.yaml", &CONFIG.replace("[page.md]", "[page.md, bad.md]"));
    let done = project.run(&["generate", "--message-format", "short"]);
    assert_eq!(done.status, 1, "{}", done.stderr);
    assert!(done.stderr.contains("bad.md:5:11: error[unknown-method]: "), "{}", done.stderr);
    assert!(done.stderr.ends_with("src/api: 5 written, 0 removed, 0 unchanged\n"), "{}", done.stderr);
    // The code is what the pages give, but the page is still bad.
    let done = project.run(&["check", "--message-format", "short"]);
    assert_eq!((done.status, done.stdout.as_str()), (1, ""));
    assert!(done.stderr.contains("bad.md:5:11: ") && !done.stderr.contains("drifted"), "{}", done.stderr);
}

#[test]
fn guides_of_a_folder_do_not_fail_it() {
    let project = Project::new();
    project.put("docs/a.md", "# Introduction\n\nAll about us.\n");
    project.put("docs/b.md", PAGE);
    let done = project.run(&["generate", "docs", "--out", "out"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(done.stderr.contains("warning[page-without-operation]"), "{}", done.stderr);
    let done = project.run(&["explain", "docs"]);
    assert_eq!(done.status, 0);
    assert!(done.stdout.contains("[page-without-operation]"), "{}", done.stdout);
    assert_eq!(project.run(&["check", "docs", "--out", "out"]).status, 0);
    // Of a folder with nothing else, the user has to hear more than a warning.
    project.put("guides/a.md", "# Introduction\n\nAll about us.\n");
    assert_eq!(project.run(&["openapi", "guides"]).status, 1);
}

#[test]
fn pages_can_be_named_instead() {
    let project = Project::new();
    let done = project.run(&["generate", "page.md", "--out", "out", "--name", "people"]);
    assert_eq!(done.status, 0, "{}", done.stderr);
    assert!(project.path("out/mod.rs").exists() && project.path("out/people/types.rs").exists());
    let arguments = ["generate", "page.md", "--out", "my out", "--crate", "people-api"];
    assert_eq!(project.run(&arguments).status, 0);
    assert!(project.path("my out/Cargo.toml").exists() && project.path("my out/src/lib.rs").exists());
    fs::remove_file(project.path("my out/src/lib.rs")).unwrap();
    let done = project.run(&[&["check"], &arguments[1..]].concat());
    assert_eq!(done.status, 1);
    let command = "`docwright generate page.md --out 'my out' --crate people-api`";
    assert!(done.stderr.contains(command), "{}", done.stderr);
}

#[test]
fn code_is_generated_from_standard_input_too() {
    let project = Project::new();
    let done =
        project.run_in("", &["generate", "-", "page.md", "--out", "out"], &PAGE.replace("users", "people"));
    assert_eq!(done.status, 0, "{}", done.stderr);
    let client = fs::read_to_string(project.path("out/api/client.rs")).unwrap();
    assert!(
        client.contains("\"PATCH /users/{id}\"") && client.contains("\"PATCH /people/{id}\""),
        "{client}"
    );
}

#[test]
fn a_page_without_a_dialect_still_gives_a_document() {
    let project = Project::new();
    for command in ["openapi", "model", "explain"] {
        let done = project.run_in("", &[command, "-"], "\u{1b}[31mnothing\u{202e}\n");
        assert_eq!(done.status, 1);
        assert!(!done.stdout.is_empty());
        assert!(!(done.stdout + &done.stderr).contains(['\u{1b}', '\u{202e}']));
    }
}
