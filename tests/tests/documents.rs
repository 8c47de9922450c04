//! The documents name what is there.

use std::{collections::BTreeSet, fs, path::Path};

use docwright::{
    config::Config,
    limits::Limits,
    pipeline::{Layout, Package, generate},
    source::{PageId, Source},
};
use docwright_tests::repository;

/// The words in backticks that look like paths of this repository.
fn paths(text: &str) -> Vec<&str> {
    let mut in_fence = false;
    let mut paths = Vec::new();
    for line in text.lines() {
        if line.trim_start().starts_with("```") {
            in_fence = !in_fence;
            continue;
        }
        if in_fence {
            continue;
        }
        paths.extend(line.split('`').skip(1).step_by(2).filter(|word| is_path(word)));
    }
    paths
}

/// Placeholders (`<api>`, `*.md`), flags, types and routes are not paths.
fn is_path(word: &str) -> bool {
    const ENDINGS: [&str; 7] = [".rs", ".md", ".toml", ".yaml", ".txt", ".lock", "/"];
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-/".contains(c);
    word.chars().all(plain)
        && !word.starts_with(['/', '-'])
        && (ENDINGS.iter().any(|ending| word.ends_with(ending)) || word.starts_with(".ci/"))
}

#[test]
fn every_path_in_architecture_exists() {
    let text = fs::read_to_string(repository().join("ARCHITECTURE.md")).unwrap();
    let paths = paths(&text);
    assert!(paths.len() >= 10, "the map names {} paths only: {paths:?}", paths.len());
    let there = |path: &str| {
        // The map may leave out the crate's source folder.
        ["", "generator/", "generator/src/", "tests/", "runtime/src/", "generated/src/"]
            .iter()
            .any(|folder| repository().join(folder).join(path).exists())
    };
    let missing: Vec<_> = paths.into_iter().filter(|path| !there(path)).collect();
    assert!(missing.is_empty(), "not there: {missing:?}");
}

#[test]
fn every_configuration_in_the_readme_is_one() {
    let text = fs::read_to_string(repository().join("README.md")).unwrap();
    let fences = text.split("```yaml\n").skip(1).filter_map(|rest| rest.split("```").next());
    let mut overrides = 0;
    for fence in fences {
        let fence = if fence.starts_with("out:") { fence.to_owned() } else { format!("out: out\n{fence}") };
        let fence = if fence.contains("apis:") { fence } else { fence + "apis: {}\n" };
        let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), fence.as_bytes());
        let config = Config::parse("docwright.yaml".as_ref(), &source).unwrap();
        assert_eq!(config.limits, Limits::default(), "the limits that are shown are the usual ones");
        overrides += config.apis.values().map(|api| api.settings.overrides.operations.len()).sum::<usize>();
    }
    assert!(overrides > 1, "the overrides are not shown");
}

#[test]
fn the_manifest_in_the_readme_is_that_of_a_generated_crate() {
    let text = fs::read_to_string(repository().join("README.md")).unwrap();
    let (_, shown) = text.split_once("```toml\n[features]\n").expect("no manifest is shown");
    let (shown, _) = shown.split_once("[patch.crates-io]").expect("the copy of the runtime is not named");
    let layout = Layout { package: Some(Package::default()), ..Layout::default() };
    let (files, _) = generate(&[], &layout);
    let (_, manifest) = files[Path::new("Cargo.toml")].split_once("[features]\n").expect("no features");
    // Which features are on is the reader's to say.
    let is_entry =
        |line: &&str| line.contains(" = ") && !line.starts_with('#') && !line.starts_with("default");
    assert_eq!(
        shown.lines().filter(is_entry).collect::<BTreeSet<_>>(),
        manifest.lines().filter(is_entry).collect::<BTreeSet<_>>(),
    );
}

#[test]
fn paths_are_told_from_other_code() {
    let text = "`a/b.rs` `--out` `Api` `x.yaml`\n```\n`c.rs`\n```\n`/users/` `src/` `*.rs` `.ci/run`";
    assert_eq!(paths(text), ["a/b.rs", "x.yaml", "src/", ".ci/run"]);
}
