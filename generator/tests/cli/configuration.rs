//! What `docwright.yaml` says.

use std::fs;

use serde_json::Value;

use crate::*;

#[test]
fn the_configuration_is_read_strictly() {
    let project = Project::new();
    project.put("docwright.yaml", &CONFIG.replace("pages", "page"));
    let done = project.run(&["generate"]);
    assert_eq!((done.status, done.stdout.as_str()), (2, ""));
    for part in ["unknown key `page`", " docwright.yaml:4:5\n", "did you mean `pages`?"] {
        assert!(done.stderr.contains(part), "{part}: {}", done.stderr);
    }
    fs::remove_file(project.path("docwright.yaml")).unwrap();
    let done = project.run(&["generate"]);
    assert_eq!(done.status, 2);
    assert!(done.stderr.contains("there is no `docwright.yaml`"), "{}", done.stderr);
}

#[test]
fn the_configuration_that_help_shows_works() {
    let project = Project::new();
    let help = project.run(&["--help"]).stdout;
    let (_, example) = help.split_once("where the code goes:\n\n").expect(&help);
    let (example, _) = example.split_once("\n\n").expect(&help);
    project.put("docwright.yaml", example);
    project.put("docs/billing/page.md", PAGE);
    let done = project.run(&["generate"]);
    assert_eq!(
        (done.status, done.stderr.as_str()),
        (0, "note: src/vendors: 5 written, 0 removed, 0 unchanged\n")
    );
}

#[test]
fn a_configuration_is_read_by_every_command_and_its_overrides_count() {
    let project = Project::new();
    let overrides =
        "    overrides:\n      updateUser:\n        request: {name: {format: email, rename: mail}}\n";
    project.put("docwright.yaml", &format!("{CONFIG}{overrides}"));
    let done = project.run(&["openapi"]);
    let document: Value = serde_json::from_str(&done.stdout).unwrap();
    let body = "/paths/~1users~1{id}/patch/requestBody/content/application~1json/schema/properties/name";
    assert_eq!(document.pointer(body).unwrap()["format"], "email", "{}", done.stdout);
    project.put("sub/x", "");
    let model = project.run_in("sub", &["model", "--name", "users"], "");
    assert!(model.stdout.contains("overridden: true"), "{}", model.stdout);
    let explained = project.run(&["explain", "--config", "docwright.yaml"]);
    assert!(explained.stdout.contains("204 without a body, 1 overridden"), "{}", explained.stdout);
    assert_eq!(project.run(&["generate"]).status, 0);
    let types = fs::read_to_string(project.path("src/api/users/types.rs")).unwrap();
    assert!(types.contains("pub mail: Option<String>"), "{types}");
}

#[test]
fn an_override_of_nothing_is_an_error_with_its_place() {
    let project = Project::new();
    let overrides = "    overrides:\n      updateUser:\n        request: {nam: {required: true}}\n";
    project.put("docwright.yaml", &format!("{CONFIG}{overrides}"));
    let done = project.run(&["generate", "--message-format", "short"]);
    let expected = "docwright.yaml:7:19: error[override-misfit]: no field `nam` here\n";
    assert!(done.status == 1 && done.stderr.contains(expected), "{}", done.stderr);
    let explained = project.run(&["explain"]);
    assert!(explained.stdout.contains("  7:19 no field `nam` here [override-misfit]; nearest: `name`"));
}

#[test]
fn one_of_several_configured_apis_is_named() {
    let project = Project::new();
    project.put("docwright.yaml", &format!("{CONFIG}  others:\n    pages: [page.md]\n"));
    let done = project.run(&["openapi"]);
    assert!(done.status == 2 && done.stderr.contains("with `--name`: users, others"), "{}", done.stderr);
    assert_eq!(project.run(&["openapi", "--name", "others"]).status, 0);
    let done = project.run(&["openapi", "--name", "no"]);
    let expected =
        "error: there is no API `no`; name one of the APIs of docwright.yaml with `--name`: users, others\n";
    assert_eq!((done.status, done.stderr.as_str()), (2, expected));
}
