//! Carries out what was planned.
//!
//! First every new text is written to a temporary file in the output folder: a full disk is met there, while
//! nothing has changed yet. Then each file is replaced in one step, and at last what is stale is removed. A
//! process that is killed leaves temporary files behind; the next run removes them.

use std::{
    cmp::Reverse,
    fs, io,
    path::{Path, PathBuf},
    process,
};

use super::{Entry, OutputError, State, disk::Disk};

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

/// How the names of temporary files begin and end.
const TEMPORARY: (&str, &str) = (".docwright-", ".tmp");

/// What was made on the way to new files, and goes again where they can't be had.
pub(super) struct Staging<'a, D: Disk> {
    disk: &'a D,
    folder: &'a Path,
    folders: Vec<PathBuf>,
    /// Temporary files, and what they will replace.
    files: Vec<(PathBuf, PathBuf)>,
}

impl<'a, D: Disk> Staging<'a, D> {
    /// Creates the output folder, if it is not there yet.
    pub(super) fn new(disk: &'a D, folder: &'a Path) -> Result<Self, OutputError> {
        let mut staging = Self { disk, folder, folders: Vec::new(), files: Vec::new() };
        match staging.create_folder(folder) {
            Ok(()) => Ok(staging),
            Err(error) => Err(staging.fail(folder.to_owned(), error)),
        }
    }

    /// Writes and removes. Deeper files come first, so that no file declares a module that is not there yet.
    pub(super) fn write(mut self, entries: &[Entry]) -> Result<Written, OutputError> {
        let mut ordered: Vec<&Entry> = entries.iter().collect();
        ordered.sort_by_key(|entry| Reverse(entry.path.components().count()));
        for entry in &ordered {
            let Some(text) = entry.new.as_ref().filter(|_| entry.state != State::Unchanged) else { continue };
            let path = self.folder.join(&entry.path);
            if let Err(error) = self.stage(&path, text) {
                return Err(self.fail(path, error));
            }
        }
        let written = self.files.len();
        self.replace()?;
        let stale: Vec<_> = ordered.iter().filter(|entry| entry.state == State::Stale).collect();
        for entry in &stale {
            self.remove(&self.folder.join(&entry.path))?;
        }
        let unchanged = entries.iter().filter(|entry| entry.state == State::Unchanged).count();
        Ok(Written { written, removed: stale.len(), unchanged })
    }

    /// Gives up, as if nothing had been tried.
    pub(super) fn undo(&mut self) {
        // What fails here leaves an empty folder or a temporary file, which harm nobody; the reason for giving up is
        // what has to be told.
        for (temporary, _) in self.files.drain(..) {
            let _ = self.disk.remove_file(&temporary);
        }
        for folder in self.folders.drain(..).rev() {
            let _ = self.disk.remove_folder(&folder);
        }
    }

    fn fail(&mut self, path: PathBuf, error: io::Error) -> OutputError {
        self.undo();
        OutputError::Write { path, error }
    }

    /// Creates a folder and those above it, as far as they are not there.
    fn create_folder(&mut self, folder: &Path) -> io::Result<()> {
        let is_missing = |folder: &&Path| !folder.as_os_str().is_empty() && !folder.exists();
        let missing: Vec<_> = folder.ancestors().take_while(is_missing).collect();
        for folder in missing.into_iter().rev() {
            match self.disk.create_folder(folder) {
                Ok(()) => self.folders.push(folder.to_owned()),
                // Another run was faster.
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    /// Writes what a file will be to a temporary one.
    fn stage(&mut self, path: &Path, text: &str) -> io::Result<()> {
        self.create_folder(path.parent().unwrap_or(self.folder))?;
        // All of them lie in the output folder itself: there the next run finds what a killed one left.
        let (start, end) = TEMPORARY;
        let name = format!("{start}{}-{}{end}", process::id(), self.files.len());
        let temporary = self.folder.join(name);
        let written = self.disk.create_file(&temporary, text);
        let exists = written.as_ref().is_err_and(|error| error.kind() == io::ErrorKind::AlreadyExists);
        if !exists {
            // Also where it failed: a part may be there.
            self.files.push((temporary.clone(), path.to_owned()));
        }
        written?;
        if path.exists() { self.disk.copy_permissions(path, &temporary) } else { Ok(()) }
    }

    /// Puts the new files in place.
    fn replace(&mut self) -> Result<(), OutputError> {
        let mut replaced = Vec::new();
        for (temporary, path) in &self.files {
            let Err(error) = self.disk.rename(temporary, path) else {
                replaced.push(path.clone());
                continue;
            };
            let path = path.clone();
            self.files.drain(..replaced.len());
            self.undo();
            return Err(match replaced.is_empty() {
                true => OutputError::Write { path, error },
                false => OutputError::Replace { path, error, replaced },
            });
        }
        self.files.clear();
        Ok(())
    }

    /// Removes a file, and the folders above it up to the output folder, as far as they are empty.
    fn remove(&self, file: &Path) -> Result<(), OutputError> {
        match self.disk.remove_file(file) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(OutputError::Remove { path: file.to_owned(), error });
            }
            _ => {}
        }
        for above in file.ancestors().skip(1).take_while(|above| *above != self.folder) {
            // It fails where the folder is not empty, which is the question.
            if self.disk.remove_folder(above).is_err() {
                break;
            }
        }
        Ok(())
    }
}

/// Removes what killed runs left. Only for who holds the lock: other runs' files look the same.
pub(super) fn sweep(disk: &impl Disk, folder: &Path) {
    let (start, end) = TEMPORARY;
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| {
            let middle = name.strip_prefix(start).and_then(|name| name.strip_suffix(end));
            middle.is_some_and(|middle| {
                !middle.is_empty() && middle.bytes().all(|b| b.is_ascii_digit() || b == b'-')
            })
        });
        if is_ours && entry.file_type().is_ok_and(|ty| ty.is_file()) {
            // What can't be removed does no harm but to be there.
            let _ = disk.remove_file(&entry.path());
        }
    }
}
