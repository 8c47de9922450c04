//! What a run leaves behind that is killed, that meets a full disk or a folder that takes no writing, that is
//! not alone, or that finds edits: files old or new, whole, and a message that says which.
//!
//! What needs rights that a test may not have is skipped, with a message.

#![cfg(unix)]
#![expect(clippy::unwrap_used, clippy::print_stderr, reason = "a panic is how a test fails")]

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::Instant,
};

use tempfile::TempDir;

const CONFIG: &str = "out: out\napis:\n  users:\n    pages: [page.md]\n";

/// A page with so many fields that its code is written in several blocks.
fn page(version: &str) -> String {
    let mut page = format!(
        "# Update a user\n\nChanges a user, {version}.\n\nEndpoint: PATCH /users/{{id}}\nVersion: 1.0.0\n\n\
         ## Path parameters:\n\n  - `id` (string, required)\n    The id.\n\n\
         ## Request fields (application/json):\n\n"
    );
    for field in 0..300 {
        page += &format!("  - `field_{field}` (string)\n    Field {field} of {version}.\n\n");
    }
    page
}

/// A folder with a page and a configuration.
struct Project {
    folder: TempDir,
}

impl Project {
    /// A project whose output is that of the old page, while the page is new.
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        fs::write(project.path("docwright.yaml"), CONFIG).unwrap();
        project.page("old");
        project.expect(0, &["generate"]);
        project.page("new");
        project
    }

    fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn page(&self, version: &str) {
        fs::write(self.path("page.md"), page(version)).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_docwright"));
        command.current_dir(self.folder.path()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// Runs, checks the status, and gives both streams.
    #[track_caller]
    fn expect(&self, status: i32, arguments: &[&str]) -> (String, String) {
        expect(status, &self.command(arguments).output().unwrap())
    }

    fn out(&self) -> BTreeMap<PathBuf, String> {
        tree(&self.path("out"))
    }
}

#[track_caller]
fn expect(status: i32, output: &Output) -> (String, String) {
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    let (stdout, stderr) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(status), "{stdout}{stderr}");
    (stdout, stderr)
}

/// Every file below a folder with its text.
fn tree(folder: &Path) -> BTreeMap<PathBuf, String> {
    let mut files = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files.insert(path.clone(), fs::read_to_string(path).unwrap());
            }
        }
    }
    files
}

/// The outputs of both pages, below one project's folder.
fn both(project: &Project) -> [BTreeMap<PathBuf, String>; 2] {
    let old = project.out();
    project.expect(0, &["generate"]);
    let new = project.out();
    assert_ne!(old, new);
    [old, new]
}

#[test]
fn a_killed_run_leaves_whole_files() {
    let project = Project::new();
    let start = Instant::now();
    let versions = both(&project);
    let duration = start.elapsed();
    let mut stopped = 0;
    for at in 0..40 {
        project.page(if at % 2 == 0 { "old" } else { "new" });
        let mut child = project.command(&["generate"]).spawn().unwrap();
        // The later part of a run is the one that writes.
        thread::sleep(duration.mul_f64(0.5 + f64::from(at) / 60.0));
        child.kill().unwrap();
        stopped += usize::from(child.wait().unwrap().code().is_none());
        for (path, text) in project.out() {
            let is_temporary = path.extension().is_some_and(|extension| extension == "tmp");
            let is_whole = versions.iter().any(|version| version.get(&path) == Some(&text));
            assert!(is_whole || is_temporary, "{}: {text}", path.display());
        }
    }
    assert!(stopped > 0, "no run was killed before its end");
    project.page("new");
    project.expect(0, &["generate"]);
    assert_eq!(project.out(), versions[1], "the next run ends the work, and leaves no temporary file");
}

#[test]
fn runs_at_once_give_what_one_of_them_gives() {
    let project = Project::new();
    let versions = both(&project);
    for round in 0..4 {
        let runs: Vec<_> = (0..6)
            .map(|run| {
                // Each run has its own page; the folder is one.
                let (file, version) = (format!("{round}-{run}.md"), ["old", "new"][run % 2]);
                fs::write(project.path(&file), page(version)).unwrap();
                project.command(&["generate", &file, "--out", "out", "--name", "users"]).spawn().unwrap()
            })
            .collect();
        for run in runs {
            let output = run.wait_with_output().unwrap();
            if output.status.code() != Some(0) {
                let (_, stderr) = expect(2, &output);
                assert!(stderr.contains("changed while docwright ran; nothing was written"), "{stderr}");
            }
        }
        let out = project.out();
        assert!(versions.contains(&out), "{:#?}", out.keys());
    }
}

#[test]
fn a_write_that_is_cut_off_changes_nothing() {
    let project = Project::new();
    let before = project.out();
    // No file may be longer than 4 KiB; what reaches further is refused in the middle of writing.
    let script = format!("ulimit -f 4; trap '' XFSZ; exec '{}' generate", env!("CARGO_BIN_EXE_docwright"));
    let output =
        Command::new("bash").args(["-c", &script]).current_dir(project.folder.path()).output().unwrap();
    let (_, stderr) = expect(2, &output);
    assert!(stderr.contains("can't be written") && stderr.contains("nothing was changed"), "{stderr}");
    assert_eq!(project.out(), before);
}

/// What is undone when a test ends, however it ends.
struct Undo(&'static str, Vec<String>);

impl Drop for Undo {
    fn drop(&mut self) {
        let _ = Command::new(self.0).args(&self.1).output();
    }
}

fn succeeds(program: &str, arguments: &[&str]) -> bool {
    Command::new(program).args(arguments).output().is_ok_and(|output| output.status.success())
}

#[test]
fn a_full_disk_changes_nothing() {
    let project = Project::new();
    let disk = project.path("disk");
    fs::create_dir(&disk).unwrap();
    let path = disk.to_str().unwrap().to_owned();
    if !succeeds("mount", &["-t", "tmpfs", "-o", "size=256k", "tmpfs", &path]) {
        eprintln!("skipped: no small file system can be mounted");
        return;
    }
    let _unmounted = Undo("umount", vec!["-l".to_owned(), path]);
    let arguments = ["generate", "page.md", "--out", "disk/out", "--name", "users"];
    project.page("old");
    project.expect(0, &arguments);
    let before = tree(&disk);
    let mut filling = vec![0; 256 << 10];
    while fs::write(disk.join("filling"), &filling).is_err() {
        filling.truncate(filling.len() - (4 << 10));
    }
    fs::write(disk.join("filling"), filling).unwrap();
    project.page("new");
    let (_, stderr) = expect(2, &project.command(&arguments).output().unwrap());
    assert!(stderr.contains("No space left") && stderr.contains("nothing was changed"), "{stderr}");
    fs::remove_file(disk.join("filling")).unwrap();
    assert_eq!(tree(&disk), before);
    project.expect(0, &arguments);
    assert_ne!(tree(&disk), before);
}

#[test]
fn a_folder_that_takes_no_writing_is_named_and_stays_as_it_was() {
    use std::os::unix::fs::PermissionsExt;

    let project = Project::new();
    let before = project.out();
    let out = project.path("out");
    let path = out.to_str().unwrap().to_owned();
    fs::set_permissions(&out, fs::Permissions::from_mode(0o555)).unwrap();
    let _permitted = Undo("chmod", vec!["755".to_owned(), path.clone()]);
    let is_writable =
        || fs::write(out.join("probe"), "").is_ok() && fs::remove_file(out.join("probe")).is_ok();
    // Permissions don't bind the super-user; being immutable does, where the file system knows of it.
    let immutable = is_writable() && succeeds("chattr", &["+i", &path]);
    let _mutable = immutable.then(|| Undo("chattr", vec!["-i".to_owned(), path.clone()]));
    let mounted = is_writable()
        && succeeds("mount", &["--bind", &path, &path])
        && succeeds("mount", &["-o", "remount,ro,bind", &path]);
    let _unmounted = mounted.then(|| Undo("umount", vec!["-l".to_owned(), path]));
    if is_writable() {
        eprintln!("skipped: nothing makes a folder read-only for who runs this test");
        return;
    }
    let (_, stderr) = project.expect(2, &["generate"]);
    assert!(stderr.contains("can't be written") && stderr.contains("nothing was changed"), "{stderr}");
    assert_eq!(project.out(), before);
}

#[test]
fn a_folder_that_cannot_be_read_is_named_once_and_nothing_is_written() {
    use std::os::unix::{
        fs::{MetadataExt, PermissionsExt},
        process::CommandExt,
    };

    const NOBODY: u32 = 65534;
    let project = Project::new();
    let closed = project.path("docs/closed");
    fs::create_dir_all(&closed).unwrap();
    fs::copy(project.path("page.md"), project.path("docs/page.md")).unwrap();
    fs::set_permissions(project.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    let _permitted = Undo("chmod", vec!["755".to_owned(), closed.to_str().unwrap().to_owned()]);
    let mut command = project.command(&["generate", "docs", "--out", "other"]);
    // Permissions don't bind the super-user, who can be somebody else.
    if fs::metadata(project.folder.path()).unwrap().uid() == 0 {
        command.uid(NOBODY).gid(NOBODY);
    }
    let Ok(output) = command.output() else {
        eprintln!("skipped: the command can't be run by a user whom permissions bind");
        return;
    };
    let (_, stderr) = expect(2, &output);
    assert_eq!(stderr, "error: docs/closed can't be read: Permission denied (os error 13)\n");
    assert!(!project.path("other").exists());
}

#[test]
fn edits_are_shown_and_kept_until_the_user_lets_go_of_them() {
    let project = Project::new();
    let types = project.path("out/users/types.rs");
    let edited = fs::read_to_string(&types).unwrap() + "// by hand\n";
    fs::write(&types, &edited).unwrap();
    let before = project.out();
    for arguments in [&["generate"][..], &["generate", "--dry-run"]] {
        let (stdout, stderr) = project.expect(2, arguments);
        assert!(stdout.starts_with("--- a/out/users/types.rs\n+++ b/out/users/types.rs\n"), "{stdout}");
        assert!(stdout.contains("\n-// by hand\n") && !stdout.contains("mod.rs"), "{stdout}");
        assert!(stderr.contains("a file was edited") && stderr.contains("`--force`"), "{stderr}");
        assert_eq!(stderr.contains("nothing was written"), arguments.len() == 1, "{stderr}");
        assert_eq!(project.out(), before);
    }
    let (_, stderr) = project.expect(1, &["check"]);
    assert!(stderr.contains("`docwright generate --force`"), "{stderr}");
    let (stdout, _) = project.expect(0, &["generate", "--force", "--dry-run"]);
    assert!(stdout.contains("write out/users/types.rs\n"), "{stdout}");
    project.expect(0, &["generate", "--force"]);
    assert!(!fs::read_to_string(&types).unwrap().contains("by hand"));
    project.expect(0, &["check"]);
}

#[test]
fn an_edited_file_of_an_api_that_is_gone_is_kept_too() {
    let project = Project::new();
    let types = project.path("out/users/types.rs");
    fs::write(&types, fs::read_to_string(&types).unwrap().replace("Field 1 ", "My field ")).unwrap();
    fs::write(project.path("docwright.yaml"), CONFIG.replace("users", "people")).unwrap();
    let (stdout, _) = project.expect(2, &["generate"]);
    assert!(stdout.starts_with("--- a/out/users/types.rs\n+++ /dev/null\n"), "{}", stdout.len());
    assert!(types.exists() && !project.path("out/people").exists());
}

#[test]
fn whatever_a_page_is_called_its_code_stays_in_the_folder() {
    let project = Project::new();
    let names = [
        "con.md",
        "mod.md",
        "lib.md",
        "...md",
        "-x.md",
        "a\nb.md",
        "\u{1b}[2J.md",
        "..\\..\\x.md",
        "名.md",
        "{}\".md",
    ];
    for (at, name) in names.iter().enumerate() {
        let folder = format!("case{at}");
        fs::create_dir_all(project.path(&folder).join("pages")).unwrap();
        // What a page says of itself leads nowhere either.
        let page = page("x").replace("# Update", "---\nslug: ../../../x\ntitle: /etc/x\n---\n# Update");
        fs::write(project.path(&folder).join("pages").join(name), page).unwrap();
        let (page, out) = (format!("./{folder}/pages/{name}"), format!("{folder}/out"));
        let (_, stderr) = project.expect(0, &["generate", &page, "--out", &out]);
        assert!(!stderr.contains('\u{1b}'), "{stderr:?}");
        let root = project.path(&folder);
        let written: Vec<_> = tree(&root).into_keys().filter(|path| !path.ends_with(name)).collect();
        assert_eq!(written.len(), 5, "{written:#?}");
        for path in written {
            let below = path.strip_prefix(root.join("out")).unwrap();
            let mut parts: Vec<_> = below.iter().map(|part| part.to_str().unwrap()).collect();
            let file = parts.pop().unwrap();
            assert!(["mod.rs", "types.rs", "client.rs", "server.rs"].contains(&file), "{file}");
            assert!(
                parts.iter().all(|part| part
                    .bytes()
                    .all(|b| b.is_ascii_lowercase() || b == b'_' || b.is_ascii_digit()))
            );
            assert!(
                parts.len() < 2 && !["con", "mod", "lib"].iter().any(|name| parts.contains(name)),
                "{parts:?}"
            );
        }
    }
}

#[test]
fn links_in_the_output_folder_are_named_and_followed_nowhere() {
    use std::os::unix::fs::symlink;

    for (link, target) in [
        ("users", "elsewhere"),
        ("users/types.rs", "elsewhere/types.rs"),
        ("mod.rs", "elsewhere/mod.rs"),
        ("mod.rs", "nowhere"),
    ] {
        let project = Project::new();
        fs::rename(project.path("out/users"), project.path("elsewhere")).unwrap();
        fs::rename(project.path("out/mod.rs"), project.path("elsewhere/mod.rs")).unwrap();
        fs::create_dir_all(project.path("out").join(link).parent().unwrap()).unwrap();
        symlink(project.path(target), project.path("out").join(link)).unwrap();
        let before = tree(&project.path("elsewhere"));
        let (_, stderr) = project.expect(2, &["generate"]);
        let expected = format!("out/{link} is a symbolic link");
        assert!(stderr.contains(&expected) && stderr.contains("nothing was written"), "{stderr}");
        assert_eq!(tree(&project.path("elsewhere")), before);
        assert!(!project.path("nowhere").exists());
    }
}
