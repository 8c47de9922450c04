//! Writing is stopped at each of its operations: by a file system that refuses one, and by a process that
//! ends there.

use std::{
    cell::Cell,
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
};

use super::{
    OutputError, Plan,
    checksum::sign,
    disk::{Disk, FileSystem},
};
use crate::{format::HEADER, pipeline::Files};

/// What happens at the operation that is counted to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fault {
    /// It is refused; those after it are not.
    Refused,
    /// It is done half, as far as it has halves, and nothing is done after it.
    Killed,
}

/// A file system with a fault.
struct Faulty {
    fault: Fault,
    /// How many operations are left until then.
    left: Cell<usize>,
    /// Whether it has happened.
    happened: Cell<bool>,
}

impl Faulty {
    fn new(fault: Fault, after: usize) -> Self {
        Self { fault, left: Cell::new(after), happened: Cell::new(false) }
    }

    fn operate(&self, whole: impl FnOnce() -> io::Result<()>, half: impl FnOnce()) -> io::Result<()> {
        if self.happened.get() {
            return match self.fault {
                Fault::Refused => whole(),
                Fault::Killed => Err(io::Error::other("there is no process any more")),
            };
        }
        if let Some(left) = self.left.get().checked_sub(1) {
            self.left.set(left);
            return whole();
        }
        half();
        self.happened.set(true);
        Err(io::ErrorKind::StorageFull.into())
    }
}

impl Disk for Faulty {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.operate(|| FileSystem.create_folder(folder), || ())
    }

    fn create_file(&self, file: &Path, text: &str) -> io::Result<()> {
        let half = text.get(..text.len() / 2).unwrap();
        self.operate(|| FileSystem.create_file(file, text), || FileSystem.create_file(file, half).unwrap())
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.operate(|| FileSystem.copy_permissions(from, to), || ())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.operate(|| FileSystem.rename(from, to), || ())
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        self.operate(|| FileSystem.remove_file(file), || ())
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        self.operate(|| FileSystem.remove_folder(folder), || ())
    }
}

fn files(version: &str, paths: &[&str]) -> Files {
    let text = |path: &str| {
        let mut text = format!("// {HEADER}\n// {path}, {version}\n");
        sign(&mut text);
        text
    };
    paths.iter().map(|path| (PathBuf::from(path), text(path))).collect()
}

fn old() -> Files {
    files("old", &["mod.rs", "kept/mod.rs", "kept/types.rs", "gone/mod.rs", "gone/types.rs"])
}

fn new() -> Files {
    files("new", &["mod.rs", "kept/mod.rs", "kept/types.rs", "added/mod.rs", "added/types.rs"])
}

/// A folder that an earlier run wrote to, and somebody else too.
fn project() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("src/api");
    Plan::new(&out, &old()).unwrap().write().unwrap();
    fs::write(out.join("notes.md"), "mine").unwrap();
    fs::write(out.join(".docwright-mine.tmp"), "mine").unwrap();
    (folder, out)
}

/// Every file and folder, by path, with the text of files.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    let text = |path: &Path| if path.is_dir() { String::new() } else { fs::read_to_string(path).unwrap() };
    entries.map(|entry| (entry.path().strip_prefix(folder).unwrap().to_owned(), text(entry.path()))).collect()
}

/// Stops writing at each operation in turn until there is none left to stop at, and gives how many there are.
fn at_each_operation(fault: Fault, check: impl Fn(&Path, OutputError)) -> usize {
    for after in 0.. {
        let (_folder, out) = project();
        let disk = Faulty::new(fault, after);
        match Plan::new(&out, &new()).unwrap().write_to(&disk) {
            Ok(_) if !disk.happened.get() => return after,
            // What is not worth an error: a folder that stays, though it is empty now.
            Ok(_) => check_whole(&tree(&out)),
            Err(error) => check(&out, error),
        }
    }
    unreachable!()
}

/// Every file that is not somebody else's is old or new.
fn check_whole(tree: &BTreeMap<PathBuf, String>) {
    let (old, new) = (old(), new());
    for (path, text) in tree.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "rs")) {
        assert!([old.get(path), new.get(path)].contains(&Some(text)), "{}: {text}", path.display());
    }
    assert_eq!(tree.get(Path::new("notes.md")).map(String::as_str), Some("mine"));
    assert_eq!(tree.get(Path::new(".docwright-mine.tmp")).map(String::as_str), Some("mine"));
    // What declares a module comes after the module.
    let root = tree.get(Path::new("mod.rs"));
    let declares_new = root.is_some() && root == new.get(Path::new("mod.rs"));
    assert!(!declares_new || new.iter().all(|(path, text)| tree.get(path) == Some(text)));
}

#[test]
fn a_refused_operation_leaves_old_or_new_files_and_says_which() {
    let (_folder, out) = project();
    let before = tree(&out);
    let count = at_each_operation(Fault::Refused, |out, error| {
        let after = tree(out);
        check_whole(&after);
        let is_new = |path: &PathBuf| {
            let path = path.strip_prefix(out).unwrap();
            after.get(path) == new().get(path)
        };
        match &error {
            OutputError::Write { .. } => {
                assert_eq!(after, before, "{error}");
                assert!(error.to_string().ends_with("nothing was changed"), "{error}");
            }
            OutputError::Replace { path, replaced, .. } => {
                assert!(replaced.iter().all(is_new) && !is_new(path), "{error}");
                let changed = new().keys().filter(|path| after.get(*path) != before.get(*path)).count();
                assert_eq!(changed, replaced.len(), "{error}");
                assert!(!after.keys().any(|path| path.to_string_lossy().contains("-0.tmp")), "{after:#?}");
            }
            OutputError::Remove { .. } => {
                assert!(new().keys().all(|path| is_new(&out.join(path))), "{error}")
            }
            error => panic!("{error}"),
        }
    });
    // A folder, five files, the permissions of three, five names, two files to remove and two attempts at their folder.
    assert_eq!(count, 18);
}

#[test]
fn a_killed_run_leaves_old_or_new_files_and_the_next_one_ends_its_work() {
    let count = at_each_operation(Fault::Killed, |out, _| {
        check_whole(&tree(out));
        let plan = Plan::new(out, &new()).unwrap();
        assert_eq!(plan.edited().count(), 0, "nothing half looks edited");
        plan.write().unwrap();
        let after = tree(out);
        check_whole(&after);
        // The folders themselves: the root, `kept`, `added`.
        assert_eq!(after.len(), new().len() + 2 + 3, "{after:#?}");
    });
    assert_eq!(count, 18);
}

#[test]
fn a_first_run_that_is_refused_leaves_no_folder() {
    // Three folders, two files, a name.
    for after in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        let plan = Plan::new(&folder.path().join("a/b"), &files("new", &["mod.rs", "x/types.rs"])).unwrap();
        let error = plan.write_to(&Faulty::new(Fault::Refused, after)).unwrap_err();
        assert!(matches!(error, OutputError::Write { .. }), "{after}: {error}");
        assert_eq!(tree(folder.path()).len(), 1, "{after}: {error}");
    }
}

#[test]
fn what_came_about_meanwhile_stops_everything() {
    let (_folder, out) = project();
    let plan = Plan::new(&out, &new()).unwrap();
    let other = files("other", &["mod.rs", "kept/mod.rs", "kept/types.rs", "gone/mod.rs", "gone/types.rs"]);
    Plan::new(&out, &other).unwrap().write().unwrap();
    let before = tree(&out);
    let error = plan.write().unwrap_err();
    assert!(matches!(error, OutputError::Overtaken(_)), "{error}");
    assert_eq!(tree(&out), before);
}

#[test]
fn what_another_run_did_need_not_be_done_again() {
    let (_folder, out) = project();
    let plan = Plan::new(&out, &new()).unwrap();
    Plan::new(&out, &new()).unwrap().write().unwrap();
    assert_eq!(plan.write().unwrap().unchanged, new().len());
}

#[test]
fn edited_files_are_kept_until_asked_for() {
    let (_folder, out) = project();
    for path in ["kept/types.rs", "gone/types.rs"] {
        let text = fs::read_to_string(out.join(path)).unwrap();
        fs::write(out.join(path), text + "// by hand\n").unwrap();
    }
    let before = tree(&out);
    let plan = Plan::new(&out, &new()).unwrap();
    let error = plan.write().unwrap_err();
    assert!(matches!(&error, OutputError::Edited(paths) if paths.len() == 2), "{error}");
    assert_eq!(tree(&out), before);
    plan.force().write().unwrap();
    assert!(!out.join("gone").exists());
    let unedited = Plan::new(&out, &new()).unwrap();
    assert_eq!(unedited.drift().count(), 0);
}
