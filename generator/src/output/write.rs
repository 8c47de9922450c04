//! Carries out what was planned.

use std::{
    cmp::Reverse,
    fs,
    io::{self, Write},
    path::Path,
};

use super::{Entry, OutputError, State};

/// What was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Files written anew or for the first time.
    pub written: usize,
    /// Files removed.
    pub removed: usize,
    /// Files that were as they should be.
    pub unchanged: usize,
}

/// Writes and removes. Deeper files come first, so that no file declares a module that is not there yet;
/// removing comes last.
pub(super) fn write(folder: &Path, entries: &[Entry]) -> Result<Written, OutputError> {
    let mut done = Written::default();
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by_key(|entry| Reverse(entry.path.components().count()));
    for entry in &ordered {
        match (&entry.new, entry.state) {
            (_, State::Unchanged) => done.unchanged += 1,
            (Some(text), _) => {
                let path = folder.join(&entry.path);
                replace(&path, text).map_err(|error| OutputError::Write { path, error })?;
                done.written += 1;
            }
            (None, _) => {}
        }
    }
    for entry in ordered.iter().filter(|entry| entry.state == State::Stale) {
        let path = folder.join(&entry.path);
        fs::remove_file(&path).map_err(|error| OutputError::Remove { path: path.clone(), error })?;
        done.removed += 1;
        remove_emptied(folder, &path);
    }
    Ok(done)
}

/// Puts a text in place of a file in one step.
fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    builder.prefix(".docwright-").suffix(".tmp");
    // Temporary files are for their owner only; these become files like others.
    #[cfg(unix)]
    let usual = std::os::unix::fs::PermissionsExt::from_mode(0o666);
    #[cfg(unix)]
    builder.permissions(usual);
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    if let Ok(found) = fs::metadata(path) {
        file.as_file().set_permissions(found.permissions())?;
    }
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}

/// Removes the folders above a removed file, up to the output folder, as far as they are empty.
fn remove_emptied(folder: &Path, removed: &Path) {
    let above = removed.ancestors().skip(1).take_while(|above| *above != folder);
    for above in above {
        // It fails where the folder is not empty, which is the question.
        if fs::remove_dir(above).is_err() {
            break;
        }
    }
}
