//! Pages on disk become pages of a run.
//!
//! Enter at [`read_path`] for a page or a folder of pages, then [`read_apis`] for what they say. The order
//! of pages is that of their paths, whatever the file system's.

use std::{
    fs,
    io::{self, Read},
    ops::Range,
    path::{Path, PathBuf},
};

use walkdir::{DirEntry, WalkDir};

use crate::{
    diagnostic::{Diagnostic, sort},
    model::Api,
    pipeline::{PageInput, ReadPage, read_pages, resolve_api},
    source::{MAX_PAGE_BYTES, Source},
};

/// Why pages can't be read.
#[derive(Debug, thiserror::Error)]
pub enum InputError {
    /// A page or folder can't be opened or read.
    #[error("{} can't be read: {error}", path.display())]
    Read {
        /// What was read.
        path: PathBuf,
        /// Why it can't be.
        error: io::Error,
    },
    /// A folder holds no page.
    #[error("{} holds no page: no `.md`, `.mdx` or `.txt` file", .0.display())]
    NoPages(PathBuf),
}

/// Reads a page, or all pages of a folder and the folders below it. Hidden files are left out. `name` is
/// what messages call the path.
///
/// # Errors
///
/// Where something can't be read, or a folder holds no page.
pub fn read_path(path: &Path, name: &Path) -> Result<Vec<PageInput>, InputError> {
    if !path.is_dir() {
        return Ok(vec![read_page(path, name)?]);
    }
    let mut pages = Vec::new();
    let walk = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_visible);
    for entry in walk {
        let entry = entry.map_err(|error| InputError::Read {
            path: error.path().unwrap_or(path).to_owned(),
            error: error.into(),
        })?;
        if entry.file_type().is_file() && is_page(entry.path()) {
            let below = entry.path().strip_prefix(path).unwrap_or(entry.path());
            pages.push(read_page(entry.path(), &name.join(below))?);
        }
    }
    if pages.is_empty() { Err(InputError::NoPages(name.to_owned())) } else { Ok(pages) }
}

/// Reads to the end, or to where a page is certainly too large; the source stage says so then.
///
/// # Errors
///
/// Where reading fails.
pub fn read_limited(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What all pages of a run say.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The APIs, in the order given.
    pub apis: Vec<ReadApi>,
    /// The pages of all of them, in the order of their ids.
    pub pages: Vec<ReadPage>,
    /// What reading and resolving had to say, by position.
    pub diagnostics: Vec<Diagnostic>,
}

/// One API, and which pages it was read from.
#[derive(Debug, Clone)]
pub struct ReadApi {
    /// The API.
    pub api: Api,
    /// Where its pages are among those of the run.
    pub pages: Range<usize>,
}

impl Reading {
    /// The texts of the pages, as drawing diagnostics needs them.
    #[must_use]
    pub fn sources(&self) -> Vec<&Source> {
        self.pages.iter().map(|page| &page.source).collect()
    }

    /// The models of the APIs.
    #[must_use]
    pub fn models(&self) -> Vec<Api> {
        self.apis.iter().map(|read| read.api.clone()).collect()
    }
}

/// Reads pages and makes APIs of them, given by name with the pages of each.
#[must_use]
pub fn read_apis(apis: Vec<(String, Vec<PageInput>)>) -> Reading {
    read_apis_watched(apis, &|| ())
}

/// Like [`read_apis`]; calls `seen` whenever a page has been read, from any thread.
#[must_use]
pub fn read_apis_watched(apis: Vec<(String, Vec<PageInput>)>, seen: &(dyn Fn() + Sync)) -> Reading {
    let mut inputs = Vec::new();
    let mut named = Vec::new();
    for (name, pages) in apis {
        let start = inputs.len();
        inputs.extend(pages);
        named.push((name, start..inputs.len()));
    }
    // One call for all of them, so that an id names one page of the run.
    let pages = read_pages(inputs, seen);
    let mut diagnostics: Vec<_> = pages.iter().flat_map(|page| page.diagnostics.clone()).collect();
    let mut apis = Vec::new();
    for (name, range) in named {
        let (api, resolving) = resolve_api(&name, pages.get(range.clone()).unwrap_or_default());
        diagnostics.extend(resolving);
        apis.push(ReadApi { api, pages: range });
    }
    sort(&mut diagnostics);
    Reading { apis, pages, diagnostics }
}

fn read_page(path: &Path, name: &Path) -> Result<PageInput, InputError> {
    let bytes = fs::File::open(path)
        .and_then(read_limited)
        .map_err(|error| InputError::Read { path: path.to_owned(), error })?;
    // One way to write paths, whatever the system, because names may reach generated text.
    let name = name.display().to_string().replace(std::path::MAIN_SEPARATOR, "/");
    Ok(PageInput { name, bytes })
}

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md" || extension == "mdx" || extension == "txt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folders_are_walked_in_order_and_hidden_files_left_out() {
        let folder = tempfile::tempdir().unwrap();
        for path in ["b.md", "a/z.txt", "a/.git/x.md", ".hidden.md", "a/b.mdx", "a/picture.png"] {
            let path = folder.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        let pages = read_path(folder.path(), Path::new("docs")).unwrap();
        let names: Vec<_> = pages.iter().map(|page| page.name.as_str()).collect();
        assert_eq!(names, ["docs/a/b.mdx", "docs/a/z.txt", "docs/b.md"]);
        let empty = read_path(&folder.path().join("a/.git/.."), Path::new("x"));
        assert!(empty.is_ok());
        let none = tempfile::tempdir().unwrap();
        assert!(matches!(read_path(none.path(), Path::new("x")), Err(InputError::NoPages(_))));
        let missing = read_path(&none.path().join("no.md"), Path::new("no.md"));
        assert!(matches!(missing, Err(InputError::Read { .. })));
    }
}
