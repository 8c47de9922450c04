//! Which folders are APIs.

use std::{
    collections::BTreeSet,
    fs, io,
    path::{Path, PathBuf},
};

use docwright::{
    config::{check_crate_name, name_after},
    input::is_page,
};

/// The longest name of a crate, without what makes it unique.
const MAX_NAME: usize = 56;

/// A folder whose pages, and those of the folders below it, are one API.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The folder, below the one that was searched; empty where it is that one.
    pub folder: PathBuf,
    /// A name for its API.
    pub api: String,
    /// A name for its crate that no other has.
    pub krate: String,
}

/// All APIs below a folder, in order: the topmost folders that directly hold pages, or with `depth` those so many
/// levels down. Hidden files are left out, and links are not followed.
///
/// # Errors
///
/// Where a folder can't be read.
pub fn find(root: &Path, depth: Option<usize>) -> io::Result<Vec<Found>> {
    let mut found = Vec::new();
    let mut names = BTreeSet::new();
    let mut folders = vec![(root.to_owned(), 0)];
    while let Some((folder, level)) = folders.pop() {
        let (holds_pages, below) = look(&folder)?;
        if depth.map_or(holds_pages, |depth| level == depth) {
            let api = name_after(&folder);
            let folder = folder.strip_prefix(root).unwrap_or(&folder).to_owned();
            let krate = crate_name(&folder, &api, &mut names);
            found.push(Found { folder, api, krate });
        } else {
            // The last in is the first out.
            folders.extend(below.into_iter().rev().map(|folder| (folder, level + 1)));
        }
    }
    Ok(found)
}

/// Whether a folder directly holds pages, and the folders in it.
fn look(folder: &Path) -> io::Result<(bool, Vec<PathBuf>)> {
    let mut entries = fs::read_dir(folder)?.collect::<io::Result<Vec<_>>>()?;
    entries.retain(|entry| !entry.file_name().to_string_lossy().starts_with('.'));
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut holds_pages = false;
    let mut below = Vec::new();
    for entry in entries {
        let ty = entry.file_type()?;
        if ty.is_dir() {
            below.push(entry.path());
        }
        holds_pages |= ty.is_file() && is_page(&entry.path());
    }
    Ok((holds_pages, below))
}

/// A name after a folder's path.
fn crate_name(folder: &Path, api: &str, names: &mut BTreeSet<String>) -> String {
    let path = folder.to_string_lossy().to_lowercase();
    let words: Vec<_> =
        path.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut name = if words.is_empty() { api.replace('_', "-") } else { words.join("-") };
    name.truncate(MAX_NAME);
    name.truncate(name.trim_end_matches('-').len());
    if check_crate_name(&name).is_err() {
        name = format!("api-{name}");
    }
    let unique = (1usize..).map(|n| if n == 1 { name.clone() } else { format!("{name}-{n}") });
    let name = unique.into_iter().find(|name| !names.contains(name)).unwrap_or_default();
    names.insert(name.clone());
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn crates(root: &Path, depth: Option<usize>) -> Vec<(String, String)> {
        let found = find(root, depth).unwrap();
        found.into_iter().map(|api| (api.krate, api.api)).collect()
    }

    #[test]
    fn an_api_is_a_folder_with_all_that_is_below_it() {
        let root = tempfile::tempdir().unwrap();
        for file in [
            "b/2 x/p.md",
            "b/2-x/q.txt",
            "b/2-x/deep/r.mdx",
            "a/serde/p.md",
            "serde/p.md",
            "no/x.png",
            ".git/p.md",
        ] {
            let path = root.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        }
        let expected =
            [("a-serde", "serde"), ("b-2-x", "api_2_x"), ("b-2-x-2", "api_2_x"), ("api-serde", "serde")];
        let owned = |(krate, api): (&str, &str)| (krate.to_owned(), api.to_owned());
        assert_eq!(crates(root.path(), None), expected.map(owned));
        let expected = [("a", "a"), ("b", "b"), ("no", "no"), ("api-serde", "serde")];
        assert_eq!(crates(root.path(), Some(1)), expected.map(owned));
        let deep = root.path().join("x".repeat(55)).join("y");
        fs::create_dir_all(&deep).unwrap();
        let names: Vec<_> = crates(root.path(), Some(2)).into_iter().map(|(krate, _)| krate).collect();
        assert_eq!(names.last(), Some(&"x".repeat(55)));
    }
}
