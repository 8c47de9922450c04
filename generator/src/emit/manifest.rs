//! The `Cargo.toml` of a generated crate.
//!
//! Nothing of a page reaches it. What varies, the names and the path that the caller gives, is written by a TOML
//! library, so that it stays a string whatever is in it.

use toml_writer::{ToTomlValue, TomlStringBuilder};

use crate::{format::HEADER, pipeline::Package};

/// The `Cargo.toml` of a crate that holds the APIs of these names.
pub(crate) fn manifest(package: &Package, apis: &[String]) -> String {
    let listed: Vec<String> = apis.iter().map(|api| format!("`{api}`")).collect();
    let noun = if apis.len() == 1 { "API" } else { "APIs" };
    let description = format!(
        "Types, client and server of the {noun} {}, generated from reference pages",
        listed.join(", ")
    );
    let runtime = runtime(package.runtime_path.as_deref());
    format!(
        r#"# {HEADER}
# Do not edit: change the pages, then run `docwright generate`.

[package]
name = {name}
description = {description}
version = "0.0.0"
edition = "2024"
rust-version = "{rust_version}"
publish = false

[features]
default = []
client = ["docwright-runtime/client"]
server = ["docwright-runtime/server", "dep:axum"]

[dependencies]
axum = {{ version = "0.8", default-features = false, optional = true }}
{runtime}
jiff = {{ version = "0.2", default-features = false, features = ["serde", "std"] }}
serde = {{ version = "1", features = ["derive"] }}
serde_json = "1"
uuid = {{ version = "1", default-features = false, features = ["serde", "std"] }}
"#,
        name = string(&package.name),
        description = string(&description),
        rust_version = env!("CARGO_PKG_RUST_VERSION"),
    )
}

/// The line of the dependency that is not on crates.io yet.
fn runtime(path: Option<&str>) -> String {
    let version = env!("CARGO_PKG_VERSION");
    match path {
        Some(path) => format!(r#"docwright-runtime = {{ version = "{version}", path = {} }}"#, string(path)),
        None => format!(
            r#"# While `docwright-runtime` is not on crates.io: generate with `--runtime-path`, or say where it is in
# the `Cargo.toml` of the workspace:
#     [patch.crates-io]
#     docwright-runtime = {{ path = "<docwright's repository>/runtime" }}
docwright-runtime = "{version}""#
        ),
    }
}

/// A text as TOML's basic string, on one line.
fn string(text: &str) -> String {
    TomlStringBuilder::new(text).as_basic().to_toml_value()
}

#[cfg(test)]
mod tests {
    use toml::{Table, Value};

    use super::*;

    fn parsed(package: &Package, apis: &[&str]) -> Table {
        let apis: Vec<_> = apis.iter().map(|&api| api.to_owned()).collect();
        let text = manifest(package, &apis);
        text.parse().unwrap_or_else(|error| panic!("{error}: {text}"))
    }

    #[test]
    fn whatever_is_in_a_name_or_path_stays_a_string() {
        let hostile = "a\"]\n[dependencies]\nevil = \"1\\ \u{7f}\u{1}\u{85}\u{202e}'''\"\"\"";
        let package = Package { name: hostile.into(), runtime_path: Some(hostile.into()) };
        let table = parsed(&package, &[hostile]);
        assert_eq!(table["package"]["name"].as_str(), Some(hostile));
        assert!(table["package"]["description"].as_str().is_some_and(|text| text.contains(hostile)));
        assert_eq!(table["dependencies"]["docwright-runtime"]["path"].as_str(), Some(hostile));
        assert!(!table["dependencies"].as_table().unwrap().contains_key("evil"));
    }

    /// What is generated in this repository is compiled with its dependencies, and elsewhere with these.
    #[test]
    fn dependencies_are_those_that_generated_code_is_tested_with() {
        let read = |path: &str| -> Table {
            let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
            std::fs::read_to_string(file).unwrap().parse().unwrap()
        };
        let (workspace, generated) = (read("Cargo.toml"), read("generated/Cargo.toml"));
        let written = parsed(&Package { name: "a".into(), runtime_path: None }, &["a"]);
        let names =
            |table: &Table| table["dependencies"].as_table().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(names(&written), names(&generated));
        assert_eq!(written["features"], generated["features"]);
        let version = |value: &Value| value.get("version").unwrap_or(value).as_str().map(str::to_owned);
        let defaults = |value: &Value| value.get("default-features").cloned();
        for (name, value) in written["dependencies"].as_table().unwrap() {
            let tested = &workspace["workspace"]["dependencies"][name];
            assert_eq!((version(value), defaults(value)), (version(tested), defaults(tested)), "{name}");
            let has =
                |feature: &Value| tested["features"].as_array().is_some_and(|all| all.contains(feature));
            let features = value.get("features").and_then(Value::as_array);
            assert!(features.is_none_or(|features| features.iter().all(has)), "{name}");
        }
    }
}
