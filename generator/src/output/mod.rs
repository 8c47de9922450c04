//! Generated files meet a folder: what is to write, to leave and to remove.
//!
//! Enter at [`Plan::new`], which looks and touches nothing, then [`Plan::write`], or compare with
//! [`Plan::drift`].
//!
//! Invariants: everything is checked before the first byte is written; a file appears whole or not at all;
//! what does not bear docwright's header on its first line is never touched, what was edited under it only when
//! that is asked for, and what is outside of the folder is out of reach, by whatever path or link; only what
//! this layout could have written is removed; one run at a time writes to a folder.

pub(crate) mod checksum;
#[cfg(feature = "cli")]
mod diff;
mod disk;
#[cfg(test)]
mod faults;
mod inspect;
mod stale;
#[cfg(test)]
mod tests;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::pipeline::Files;
use disk::{Disk, FileSystem, Lock};
use inspect::Owner;
pub use write::Written;
use write::{Staging, sweep};

/// What is to do in a folder so that it holds exactly some files, of those that docwright writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    folder: PathBuf,
    entries: Vec<Entry>,
    owner: Owner,
    force: bool,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its path below the folder.
    pub path: PathBuf,
    /// How what is there differs from what should be.
    pub state: State,
    /// What is there, if anything; bytes that are not text are replaced.
    pub old: Option<String>,
    /// What should be there, if anything.
    pub new: Option<String>,
    /// Whether what is there was edited since docwright wrote it.
    pub edited: bool,
}

/// How what is there differs from what should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Not at all.
    Unchanged,
    /// It has another content.
    Changed,
    /// It is not there.
    Missing,
    /// It is there and should not be: an earlier run wrote it.
    Stale,
}

/// Why files can't be written to a folder.
#[derive(Debug, thiserror::Error)]
pub enum OutputError {
    /// The folder is something else.
    #[error("the output folder {} is not a folder", .0.display())]
    NotAFolder(PathBuf),
    /// A file is in the way.
    #[error(
        "{} not written by docwright: {}; move {} away or choose another folder",
        if .0.len() == 1 { "a file in the way was" } else { "files in the way were" },
        list(.0),
        if .0.len() == 1 { "it" } else { "them" }
    )]
    Foreign(Vec<PathBuf>),
    /// Files were edited that would be replaced or removed.
    #[error(
        "{} edited since docwright wrote {}: {}; take the edits out, or overwrite them with `--force`",
        if .0.len() == 1 { "a file was" } else { "files were" },
        if .0.len() == 1 { "it" } else { "them" },
        list(.0),
    )]
    Edited(Vec<PathBuf>),
    /// Another run does not come to its end.
    #[error("another run is writing to {} and does not end; nothing was changed", .0.display())]
    Busy(PathBuf),
    /// Something else wrote to the folder after it was looked at.
    #[error("{} changed while docwright ran; nothing was written; run it again", .0.display())]
    Overtaken(PathBuf),
    /// A symbolic link is in the way.
    #[error("{} is a symbolic link; docwright follows none below the output folder", .0.display())]
    Link(PathBuf),
    /// A folder is where a file should be, or the other way round.
    #[error("{} is in the way", .0.display())]
    InTheWay(PathBuf),
    /// A file's path leads out of the folder.
    #[error("{} leads out of the output folder", .0.display())]
    Outside(PathBuf),
    /// Looking failed.
    #[error("{} can't be read: {error}", path.display())]
    Read {
        /// What was looked at.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Writing failed before anything was replaced.
    #[error("{} can't be written: {error}; nothing was changed", path.display())]
    Write {
        /// What was written.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Replacing a file failed after others were replaced.
    #[error(
        "{} can't be replaced: {error}; it is as it was, and so are all files but these, which are new: {}",
        path.display(),
        list(replaced)
    )]
    Replace {
        /// What could not be replaced.
        path: PathBuf,
        /// Why.
        error: io::Error,
        /// What was.
        replaced: Vec<PathBuf>,
    },
    /// Removing failed.
    #[error("{} can't be removed: {error}; all that was to be written is written", path.display())]
    Remove {
        /// What was removed.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

fn list(paths: &[PathBuf]) -> String {
    paths.iter().map(|path| path.display().to_string()).collect::<Vec<_>>().join(", ")
}

impl Plan {
    /// Compares files with a folder, which need not exist yet. Nothing is touched.
    ///
    /// # Errors
    ///
    /// Where writing would touch what is not docwright's, or the folder can't be read.
    pub fn new(folder: &Path, files: &Files) -> Result<Self, OutputError> {
        Self::compare(folder, files, Owner::Run)
    }

    /// Like [`Plan::new`], for a folder that several runs write to, such as a build script's `OUT_DIR`: no
    /// other file in it is stale, and nobody edits what lies there.
    ///
    /// # Errors
    ///
    /// Those of [`Plan::new`].
    pub fn shared(folder: &Path, files: &Files) -> Result<Self, OutputError> {
        Self::compare(folder, files, Owner::Shared)
    }

    fn compare(folder: &Path, files: &Files, owner: Owner) -> Result<Self, OutputError> {
        let entries = inspect::inspect(folder, files, owner)?;
        Ok(Self { folder: folder.to_owned(), entries, owner, force: false })
    }

    /// Lets [`Plan::write`] replace and remove what was edited.
    #[must_use]
    pub fn force(self) -> Self {
        Self { force: true, ..self }
    }

    /// Every file, by path.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The files that are not as they should be, by path.
    pub fn drift(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.state != State::Unchanged)
    }

    /// The files that an earlier run wrote and this one does not, by path: writing removes them.
    pub fn stale(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter().filter(|entry| entry.state == State::Stale)
    }

    /// The files that were edited since docwright wrote them and that writing would replace or remove, by path;
    /// none where that is asked for.
    pub fn edited(&self) -> impl Iterator<Item = &Entry> {
        self.drift().filter(|entry| entry.edited && !self.force)
    }

    /// Does it: writes what changed or is missing, removes what is stale and the folders that this
    /// emptied. Each file is replaced in one step; unchanged files keep their times.
    ///
    /// # Errors
    ///
    /// Where files were edited or have changed since the plan was made, or where the file system refuses. What
    /// the error says to be as it was is so; every file is old or new, and whole.
    pub fn write(&self) -> Result<Written, OutputError> {
        self.write_to(&FileSystem)
    }

    fn write_to(&self, disk: &impl Disk) -> Result<Written, OutputError> {
        let edited: Vec<_> = self.edited().map(|entry| self.folder.join(&entry.path)).collect();
        if !edited.is_empty() {
            return Err(OutputError::Edited(edited));
        }
        if self.drift().next().is_none() && !self.folder.exists() {
            return Ok(Written::default());
        }
        let mut staging = Staging::new(disk, &self.folder)?;
        let lock = Lock::new(&self.folder).map_err(|_| OutputError::Busy(self.folder.clone()));
        let ready = lock.and_then(|lock| {
            if lock.is_some() {
                sweep(disk, &self.folder);
            }
            Ok((self.look_again()?, lock))
        });
        match ready {
            Ok((entries, _lock)) => staging.write(&entries),
            Err(error) => {
                staging.undo();
                Err(error)
            }
        }
    }

    /// Looks at the folder once more, now that no other run writes to it. What has become as it should be is
    /// well; any other change is not what was decided about.
    fn look_again(&self) -> Result<Vec<Entry>, OutputError> {
        let wanted = self.entries.iter().filter_map(|entry| Some((entry.path.clone(), entry.new.clone()?)));
        let now = inspect::inspect(&self.folder, &wanted.collect(), self.owner)?;
        let seen = |path: &Path| self.entries.iter().find(|entry| entry.path == path);
        let other = now.iter().find(|entry| {
            entry.state != State::Unchanged && seen(&entry.path).is_none_or(|seen| seen.old != entry.old)
        });
        match other {
            Some(entry) => Err(OutputError::Overtaken(self.folder.join(&entry.path))),
            None => Ok(now),
        }
    }
}
