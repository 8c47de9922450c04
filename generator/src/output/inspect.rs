//! Looks at a folder before anything is written.

use std::{
    collections::BTreeMap,
    fs,
    io::{self, BufRead, BufReader, Read},
    path::{Component, Path, PathBuf},
};

use super::{Entry, OutputError, State, checksum::is_intact, stale::stale};
use crate::{format::HEADER, pipeline::Files};

/// The first line is looked for in so many bytes.
const HEADER_BYTES: u64 = 256;

/// Whether a file's first line says that docwright wrote it.
fn is_generated(path: &Path, first_line: &str) -> bool {
    let sign = if path.file_name().is_some_and(|name| name == "Cargo.toml") { "# " } else { "// " };
    let rest = first_line.strip_prefix(sign).and_then(|line| line.strip_prefix(HEADER));
    rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '_')))
}

/// Whose a folder is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// One run's: what earlier runs wrote there and this one does not is stale.
    Run,
    /// Several runs': each leaves the others' files alone.
    Shared,
}

/// Compares files with a folder; every check that can be made is made here.
pub(super) fn inspect(folder: &Path, files: &Files, owner: Owner) -> Result<Vec<Entry>, OutputError> {
    match fs::metadata(folder) {
        Ok(found) if !found.is_dir() => return Err(OutputError::NotAFolder(folder.to_owned())),
        Ok(_) => {}
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
            return Err(OutputError::NotAFolder(folder.to_owned()));
        }
        Err(error) => return Err(OutputError::Read { path: folder.to_owned(), error }),
    }
    let mut entries = BTreeMap::new();
    let mut foreign = Vec::new();
    for (path, text) in files {
        let old = read_target(folder, path, &mut foreign)?;
        let state = match &old {
            None => State::Missing,
            Some(old) if old == text.as_bytes() => State::Unchanged,
            Some(_) => State::Changed,
        };
        let old = old.map(into_text);
        let edited = owner == Owner::Run
            && state == State::Changed
            && old.as_deref().is_some_and(|old| !is_intact(old));
        entries
            .insert(path.clone(), Entry { path: path.clone(), state, old, new: Some(text.clone()), edited });
    }
    if !foreign.is_empty() {
        return Err(OutputError::Foreign(foreign));
    }
    if owner == Owner::Run {
        for entry in stale(folder, files)? {
            entries.insert(entry.path.clone(), entry);
        }
    }
    Ok(entries.into_values().collect())
}

/// The content of a file that is to be written, if it is there. One that docwright did not write is added
/// to `foreign`.
fn read_target(
    folder: &Path,
    path: &Path,
    foreign: &mut Vec<PathBuf>,
) -> Result<Option<Vec<u8>>, OutputError> {
    let inside = path.components().all(|component| matches!(component, Component::Normal(_)));
    if !inside || path.as_os_str().is_empty() {
        return Err(OutputError::Outside(path.to_owned()));
    }
    let mut place = folder.to_owned();
    let mut components = path.components().peekable();
    while let Some(component) = components.next() {
        place.push(component);
        let found = match fs::symlink_metadata(&place) {
            Ok(found) => found,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(OutputError::Read { path: place, error }),
        };
        if found.is_symlink() {
            return Err(OutputError::Link(place));
        }
        let fits = if components.peek().is_some() { found.is_dir() } else { found.is_file() };
        if !fits {
            return Err(OutputError::InTheWay(place));
        }
    }
    if !bears_header(&place)? {
        foreign.push(place);
        return Ok(None);
    }
    fs::read(&place).map(Some).map_err(|error| OutputError::Read { path: place, error })
}

/// The text of a file; what is no UTF-8 in it is replaced.
pub(super) fn into_text(bytes: Vec<u8>) -> String {
    String::from_utf8(bytes).unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned())
}

/// Whether docwright wrote a file.
pub(super) fn bears_header(path: &Path) -> Result<bool, OutputError> {
    let mut line = Vec::new();
    fs::File::open(path)
        .and_then(|file| BufReader::new(file.take(HEADER_BYTES)).read_until(b'\n', &mut line))
        .map_err(|error| OutputError::Read { path: path.to_owned(), error })?;
    Ok(is_generated(path, &String::from_utf8_lossy(&line)))
}
