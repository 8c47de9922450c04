//! What fuzzing found stays found: `tests/finds` has a folder for each target of `generator/fuzz`, and a file for each
//! input that once broke docwright's word.

use std::fs;

use docwright_tests::{
    fuzzed::{TARGETS, call},
    repository,
};

#[test]
fn what_was_found_is_mended() {
    let mut count = 0;
    for folder in fs::read_dir(repository().join("tests/finds")).unwrap() {
        let folder = folder.unwrap();
        let target = folder.file_name().into_string().unwrap();
        for file in fs::read_dir(folder.path()).unwrap() {
            let path = file.unwrap().path();
            println!("{}", path.display());
            call(&target, &fs::read(path).unwrap());
            count += 1;
        }
    }
    assert!(count > 0, "there are no finds");
}

/// The targets of `generator/fuzz` are those of the tests.
#[test]
fn every_target_can_be_run() {
    let manifest = fs::read_to_string(repository().join("generator/fuzz/Cargo.toml")).unwrap();
    let script = fs::read_to_string(repository().join("generator/fuzz/run")).unwrap();
    for file in ["fuzzed.rs", "harmless.rs"] {
        let source = fs::read_to_string(repository().join("tests/src").join(file)).unwrap();
        let used = source.lines().filter_map(|line| line.strip_prefix("use ")?.split("::").next());
        for used in used.filter(|used| !matches!(*used, "std" | "crate")) {
            assert!(manifest.contains(&format!("\n{} = ", used.replace('_', "-"))), "{file} uses {used}");
        }
    }
    for (target, call) in TARGETS {
        let source = repository().join(format!("generator/fuzz/fuzz_targets/{target}.rs"));
        assert!(fs::read_to_string(source).unwrap().contains(&format!("call(\"{target}\", bytes)")));
        assert!(manifest.contains(&format!("name = \"{target}\"")) && script.contains(target), "{target}");
        for page in fs::read_dir(repository().join("tests/fixtures")).unwrap() {
            call(&fs::read(page.unwrap().path()).unwrap());
        }
        call(b"");
    }
}
