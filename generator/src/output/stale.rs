//! Finds what an earlier run wrote and this one does not.
//!
//! Only what this layout could have written counts: the other root file, and the folders of modules beside
//! the root file. Nothing deeper is looked at, so that an output folder may hold other generated code, and
//! be as large as a disk.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    Entry, OutputError, State,
    checksum::is_intact,
    inspect::{bears_header, into_text},
};
use crate::{
    config::{FILE_NAME, check_api_name},
    pipeline::Files,
};

/// The file that only the folder of an API's module has.
const TYPES: &str = "types.rs";
/// The files of an API's module.
const MODULE: [&str; 4] = ["client.rs", "mod.rs", "server.rs", TYPES];
/// The files that declare the modules.
const ROOTS: [&str; 2] = ["lib.rs", "mod.rs"];
/// What makes a folder a project of its own.
const PROJECT: [&str; 2] = [FILE_NAME, "Cargo.toml"];

/// The files that an earlier run wrote and this one does not.
pub(super) fn stale(folder: &Path, files: &Files) -> Result<Vec<Entry>, OutputError> {
    // A whole crate has its modules in `src`.
    let below = if files.contains_key(Path::new("Cargo.toml")) { "src" } else { "" };
    let sources = folder.join(below);
    let mut paths: Vec<PathBuf> = ROOTS.iter().map(PathBuf::from).collect();
    for module in modules(&sources)? {
        paths.extend(MODULE.map(|file| module.join(file)));
    }
    let mut stale = Vec::new();
    for path in paths {
        let file = sources.join(&path);
        let path = Path::new(below).join(path);
        if files.contains_key(&path) || !is_ours(&file) {
            continue;
        }
        let old = into_text(fs::read(&file).map_err(|error| OutputError::Read { path: file, error })?);
        let edited = !is_intact(&old);
        stale.push(Entry { path, state: State::Stale, old: Some(old), new: None, edited });
    }
    Ok(stale)
}

/// The names of the folders that hold a generated module.
fn modules(sources: &Path) -> Result<Vec<PathBuf>, OutputError> {
    if !sources.exists() {
        return Ok(Vec::new());
    }
    let unreadable = |error| OutputError::Read { path: sources.to_owned(), error };
    let mut modules = Vec::new();
    for entry in fs::read_dir(sources).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let name = entry.file_name();
        // A link is none: this is the type of the entry itself.
        let is_folder = entry.file_type().is_ok_and(|ty| ty.is_dir());
        let is_named = name.to_str().is_some_and(|name| check_api_name(name).is_ok());
        let is_project = || PROJECT.iter().any(|file| entry.path().join(file).exists());
        // The root file of other output is called `mod.rs` too, but no types lie beside it.
        if is_folder && is_named && !is_project() && is_ours(&entry.path().join(TYPES)) {
            modules.push(PathBuf::from(name));
        }
    }
    Ok(modules)
}

/// Whether there is a file, not a link to one, that docwright wrote. One that can't be read is not.
fn is_ours(file: &Path) -> bool {
    fs::symlink_metadata(file).is_ok_and(|found| found.is_file()) && bears_header(file).unwrap_or(false)
}
