//! Generated files meet a folder: what is to write, to leave and to remove.
//!
//! Enter at [`Plan::new`], which looks and touches nothing, then [`Plan::write`], or compare with
//! [`Plan::drift`].
//!
//! Invariants: everything is checked before the first byte is written; a file appears whole or not at all;
//! what does not bear docwright's header on its first line is never touched, and what is outside of the
//! folder is out of reach, by whatever path or link; only what this layout could have written is removed.

#[cfg(feature = "cli")]
mod diff;
mod inspect;
mod stale;
mod write;

use std::{
    io,
    path::{Path, PathBuf},
};

use crate::pipeline::Files;
use inspect::Owner;
pub use inspect::is_generated;
pub use write::Written;

/// What is to do in a folder so that it holds exactly some files, of those that docwright writes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    folder: PathBuf,
    entries: Vec<Entry>,
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
    /// Writing failed.
    #[error("{} can't be written: {error}; it is as it was, and so are the files that follow it", path.display())]
    Write {
        /// What was written.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
    /// Removing failed.
    #[error("{} can't be removed: {error}", path.display())]
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
        let entries = inspect::inspect(folder, files, Owner::Run)?;
        Ok(Self { folder: folder.to_owned(), entries })
    }

    /// Like [`Plan::new`], for a folder that several runs write to, such as a build script's `OUT_DIR`: no
    /// other file in it is stale.
    ///
    /// # Errors
    ///
    /// Those of [`Plan::new`].
    pub fn shared(folder: &Path, files: &Files) -> Result<Self, OutputError> {
        let entries = inspect::inspect(folder, files, Owner::Shared)?;
        Ok(Self { folder: folder.to_owned(), entries })
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

    /// Does it: writes what changed or is missing, removes what is stale and the folders that this
    /// emptied. Each file is replaced in one step; unchanged files keep their times.
    ///
    /// # Errors
    ///
    /// Where the file system refuses. Files are then old or new, each of them whole.
    pub fn write(&self) -> Result<Written, OutputError> {
        write::write(&self.folder, &self.entries)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const HEADER: &str = "// @generated by docwright\n";

    fn files(entries: &[(&str, &str)]) -> Files {
        entries.iter().map(|(path, text)| (PathBuf::from(path), format!("{HEADER}{text}"))).collect()
    }

    fn states(plan: &Plan) -> Vec<(String, State)> {
        plan.entries().iter().map(|entry| (entry.path.display().to_string(), entry.state)).collect()
    }

    fn put(folder: &Path, path: &str, text: &str) {
        let path = folder.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    #[test]
    fn a_second_run_changes_nothing_and_keeps_times() {
        let folder = tempfile::tempdir().unwrap();
        let out = folder.path().join("deep/out");
        let files = files(&[("lib.rs", "a"), ("x/mod.rs", "b")]);
        let plan = Plan::new(&out, &files).unwrap();
        assert_eq!(states(&plan), [("lib.rs".into(), State::Missing), ("x/mod.rs".into(), State::Missing)]);
        assert_eq!(plan.write().unwrap(), Written { written: 2, removed: 0, unchanged: 0 });
        let time = || fs::metadata(out.join("lib.rs")).unwrap().modified().unwrap();
        let before = time();
        let plan = Plan::new(&out, &files).unwrap();
        assert_eq!(plan.drift().count(), 0);
        assert_eq!(plan.write().unwrap(), Written { written: 0, removed: 0, unchanged: 2 });
        assert_eq!(time(), before);
        assert_eq!(fs::read_dir(&out).unwrap().count(), 2, "no temporary file is left");
    }

    fn stale(folder: &Path, files: &Files) -> Vec<String> {
        let plan = Plan::new(folder, files).unwrap();
        plan.stale().map(|entry| entry.path.display().to_string()).collect()
    }

    #[test]
    fn stale_files_and_emptied_folders_go_and_foreign_ones_stay() {
        let folder = tempfile::tempdir().unwrap();
        for file in ["old/mod.rs", "old/types.rs", "old/client.rs", "kept/types.rs", "mod.rs"] {
            put(folder.path(), file, HEADER);
        }
        put(folder.path(), "kept/mod.rs", "// @generated by docwrights\n");
        let files = files(&[("lib.rs", ""), ("new/types.rs", "")]);
        let expected = ["kept/types.rs", "mod.rs", "old/client.rs", "old/mod.rs", "old/types.rs"];
        assert_eq!(stale(folder.path(), &files), expected);
        let done = Plan::new(folder.path(), &files).unwrap().write().unwrap();
        assert_eq!(done, Written { written: 2, removed: 5, unchanged: 0 });
        assert!(!folder.path().join("old").exists() && folder.path().join("kept/mod.rs").exists());
    }

    #[test]
    fn only_what_the_layout_could_have_written_is_stale() {
        let folder = tempfile::tempdir().unwrap();
        let others = [
            "notes.md",
            "mine.rs",
            "old/deep/types.rs",
            "vendors/mod.rs",
            "vendors/billing/mod.rs",
            "vendors/billing/types.rs",
            "target/out/types.rs",
            ".hidden/types.rs",
            "Old/types.rs",
            "src/old/types.rs",
            "project/types.rs",
            "crate_/types.rs",
        ];
        for file in others {
            put(folder.path(), file, HEADER);
        }
        put(folder.path(), "project/docwright.yaml", "");
        put(folder.path(), "crate_/Cargo.toml", "# @generated by docwright\n");
        put(folder.path(), "Cargo.toml", "# @generated by docwright\n");
        assert_eq!(stale(folder.path(), &files(&[("mod.rs", "")])), Vec::<String>::new());
        put(folder.path(), "src/mod.rs", HEADER);
        let mut krate = files(&[("src/lib.rs", "")]);
        krate.insert("Cargo.toml".into(), "# @generated by docwright\n".into());
        assert_eq!(stale(folder.path(), &krate), ["src/mod.rs", "src/old/types.rs"]);
    }

    #[test]
    fn foreign_files_in_the_way_stop_everything() {
        let folder = tempfile::tempdir().unwrap();
        put(folder.path(), "lib.rs", "// mine\n");
        put(folder.path(), "a/mod.rs/x", "");
        let foreign = Plan::new(folder.path(), &files(&[("lib.rs", ""), ("b/mod.rs", "")])).unwrap_err();
        assert!(matches!(&foreign, OutputError::Foreign(paths) if paths.len() == 1), "{foreign}");
        let folder_there = Plan::new(folder.path(), &files(&[("a/mod.rs", "")])).unwrap_err();
        assert!(matches!(folder_there, OutputError::InTheWay(_)));
        let file_there = Plan::new(folder.path(), &files(&[("lib.rs/a.rs", "")])).unwrap_err();
        assert!(matches!(file_there, OutputError::InTheWay(_)));
        let no_folder = Plan::new(&folder.path().join("lib.rs"), &files(&[("a.rs", "")])).unwrap_err();
        assert!(matches!(no_folder, OutputError::NotAFolder(_)));
        for path in ["../a.rs", "/a.rs", "a/../../b.rs", ""] {
            let outside = Plan::new(folder.path(), &files(&[(path, "")])).unwrap_err();
            assert!(matches!(outside, OutputError::Outside(_)), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_not_followed() {
        use std::os::unix::fs::symlink;

        let folder = tempfile::tempdir().unwrap();
        let elsewhere = tempfile::tempdir().unwrap();
        put(elsewhere.path(), "types.rs", HEADER);
        symlink(elsewhere.path(), folder.path().join("a")).unwrap();
        symlink(elsewhere.path().join("types.rs"), folder.path().join("b.rs")).unwrap();
        for path in ["a/types.rs", "b.rs"] {
            let link = Plan::new(folder.path(), &files(&[(path, "")])).unwrap_err();
            assert!(matches!(link, OutputError::Link(_)), "{path}");
        }
        symlink(elsewhere.path().join("types.rs"), folder.path().join("lib.rs")).unwrap();
        let plan = Plan::new(folder.path(), &Files::new()).unwrap();
        assert_eq!(plan.entries(), [], "nothing behind a link is stale");
    }

    #[cfg(unix)]
    #[test]
    fn files_get_the_usual_permissions_and_keep_what_they_have() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().permissions().mode() & 0o777;
        put(folder.path(), "usual", "");
        put(folder.path(), "kept.rs", HEADER);
        fs::set_permissions(folder.path().join("kept.rs"), fs::Permissions::from_mode(0o640)).unwrap();
        let files = files(&[("new.rs", "a"), ("kept.rs", "b")]);
        Plan::new(folder.path(), &files).unwrap().write().unwrap();
        assert_eq!((mode("new.rs"), mode("kept.rs")), (mode("usual"), 0o640));
    }
}
