//! Pages on disk become pages of a run.
//!
//! Enter at [`read_path`] for a page or a folder of pages, then [`read_apis`] for what they say. The order
//! of pages is that of their paths, whatever the file system's.

use std::{
    collections::{BTreeMap, btree_map::Entry},
    fs,
    io::{self, Read},
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
};

use walkdir::{DirEntry, WalkDir};

use crate::{
    config::locate,
    diagnostic::{Diagnostic, codes, sort},
    folder,
    limits::{LimitName, Limits, raise},
    model::Api,
    pipeline::{Misfit, PageInput, ReadPage, Settings, read_pages, resolve_api},
    source::{PageId, Source, Span},
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
    #[error("{} holds no page: no `.md`, `.mdx` or `.txt` file, hidden ones and links aside", .0.display())]
    NoPages(PathBuf),
    /// An API has more pages than the limit.
    #[error("an API has more pages than the limit of {most}; {}", raise(LimitName::Pages))]
    TooManyPages {
        /// The limit.
        most: usize,
    },
}

/// Reads a page, or all pages of a folder and the folders below it: files that end in `.md`, `.mdx` or `.txt`, but for
/// hidden ones and symbolic links. `name` is what messages call the path.
///
/// # Errors
///
/// Where something can't be read, or a folder holds no page, or more than the limit.
pub fn read_path(path: &Path, name: &Path, limits: Limits) -> Result<Vec<PageInput>, InputError> {
    find_pages(path, name, limits)?.iter().map(|(_, page)| read_page(page, limits)).collect()
}

/// A page on disk, and what messages call it.
struct FoundPage {
    path: PathBuf,
    name: PathBuf,
    /// The folder that it was found in; `None` where the page itself was named.
    folder: Option<Arc<str>>,
}

/// The pages, each with the place where it lies, whichever way leads there.
fn find_pages(path: &Path, name: &Path, limits: Limits) -> Result<Vec<(PathBuf, FoundPage)>, InputError> {
    let place = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if !place.is_dir() {
        return Ok(vec![(place, FoundPage { path: path.to_owned(), name: name.to_owned(), folder: None })]);
    }
    let mut pages = Vec::new();
    let folder: Arc<str> = shown(name).into();
    let walk = WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(is_visible);
    for entry in walk {
        let entry = entry.map_err(|error| InputError::Read {
            path: error.path().unwrap_or(path).to_owned(),
            // Its own words would name the path again. Without one it is a circle of links, and none is followed.
            error: error.into_io_error().unwrap_or_else(|| io::ErrorKind::Other.into()),
        })?;
        if entry.file_type().is_file() && is_page(entry.path()) {
            let below = entry.path().strip_prefix(path).unwrap_or(entry.path());
            // Below a folder no link is followed.
            pages.push((
                place.join(below),
                FoundPage {
                    path: entry.path().to_owned(),
                    name: name.join(below),
                    folder: Some(Arc::clone(&folder)),
                },
            ));
            check_count(pages.len(), limits)?;
        }
    }
    if pages.is_empty() { Err(InputError::NoPages(name.to_owned())) } else { Ok(pages) }
}

/// Reads pages and folders of pages, given by path and by what messages call it. The order is that of their places
/// on disk, whatever the order in which they are given and the folder from which; a page that is named twice is
/// read once.
///
/// # Errors
///
/// Where something can't be read, or a folder holds no page, or there are more than the limit.
pub fn read_paths(
    paths: impl Iterator<Item = (PathBuf, PathBuf)>,
    limits: Limits,
) -> Result<Vec<PageInput>, InputError> {
    let mut pages = BTreeMap::new();
    for (path, name) in paths {
        for (place, found) in find_pages(&path, &name, limits)? {
            let named = found.folder.is_none();
            match pages.entry(place) {
                Entry::Vacant(entry) => {
                    entry.insert(found);
                }
                // Named and in a folder: named.
                Entry::Occupied(mut entry) if named => entry.get_mut().folder = None,
                Entry::Occupied(_) => {}
            }
        }
        check_count(pages.len(), limits)?;
    }
    pages.values().map(|page| read_page(page, limits)).collect()
}

/// Before they are read: together they might not fit into memory.
fn check_count(pages: usize, limits: Limits) -> Result<(), InputError> {
    if pages > limits.pages { Err(InputError::TooManyPages { most: limits.pages }) } else { Ok(()) }
}

/// Reads to the end, or to where a page is certainly too large; the source stage says so then.
///
/// # Errors
///
/// Where reading fails.
pub fn read_limited(input: impl Read, limits: Limits) -> io::Result<Vec<u8>> {
    read_expected(input, 0, limits)
}

/// Like [`read_limited`], where a length is expected: one that is right saves asking for more.
fn read_expected(input: impl Read, length: u64, limits: Limits) -> io::Result<Vec<u8>> {
    let most = (limits.page_bytes as u64).saturating_add(1);
    let mut bytes = Vec::with_capacity(usize::try_from(length.min(most)).unwrap_or_default());
    input.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// What all pages of a run say.
#[derive(Debug, Clone, Default)]
pub struct Reading {
    /// The APIs, in the order given.
    pub apis: Vec<ReadApi>,
    /// The pages of all of them, in the order of their ids.
    pub pages: Vec<ReadPage>,
    /// The texts of configurations, whose ids follow those of the pages.
    pub configs: Vec<Arc<Source>>,
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
        self.pages
            .iter()
            .map(|page| &page.source)
            .chain(self.configs.iter().map(|config| &**config))
            .collect()
    }

    /// The models of the APIs.
    #[must_use]
    pub fn models(&self) -> Vec<Api> {
        self.apis.iter().map(|read| read.api.clone()).collect()
    }
}

/// The pages of an API, and what the configuration says of it.
#[derive(Debug, Clone, Default)]
pub struct ApiInput {
    /// The API's name.
    pub name: String,
    /// Its pages, in the order in which they are joined.
    pub pages: Vec<PageInput>,
    /// How they are joined.
    pub settings: Settings,
}

/// Reads pages and makes APIs of them, given by name with the pages of each.
#[must_use]
pub fn read_apis(apis: Vec<(String, Vec<PageInput>)>) -> Reading {
    let input = |(name, pages)| ApiInput { name, pages, settings: Settings::default() };
    read_configured(apis.into_iter().map(input).collect())
}

/// Reads pages and makes APIs of them, as the configuration says.
#[must_use]
pub fn read_configured(apis: Vec<ApiInput>) -> Reading {
    read_watched(apis, &|| ())
}

/// Like [`read_configured`]; calls `seen` whenever a page has been read, from any thread.
#[must_use]
pub fn read_watched(apis: Vec<ApiInput>, seen: &(dyn Fn() + Sync)) -> Reading {
    let mut inputs = Vec::new();
    let mut named = Vec::new();
    for ApiInput { name, pages, settings } in apis {
        let start = inputs.len();
        inputs.extend(pages);
        named.push((name, start..inputs.len(), settings));
    }
    // One call for all of them, so that an id names one page of the run.
    let mut pages = read_pages(inputs, seen);
    let mut diagnostics = Vec::new();
    let mut apis = Vec::new();
    let mut configs = Configs { pages: pages.len(), texts: Vec::new() };
    for (name, range, settings) in named {
        let own = pages.get_mut(range.clone()).unwrap_or_default();
        folder::settle(own);
        let resolution = resolve_api(&name, own, &settings);
        let said = own.iter().flat_map(|page| &page.diagnostics);
        diagnostics.extend(said.filter(|said| !resolution.answered.covers(said)).cloned());
        diagnostics.extend(resolution.diagnostics);
        diagnostics.extend(configs.diagnose(&name, &settings, resolution.misfits));
        apis.push(ReadApi { api: resolution.api, pages: range });
    }
    sort(&mut diagnostics);
    Reading { apis, pages, configs: configs.texts, diagnostics }
}

/// The most misfits of one API that are shown; finding the place of each means reading the configuration.
const MAX_MISFITS: usize = 50;

/// The configurations of a run, which messages point into like into pages.
struct Configs {
    /// How many pages there are.
    pages: usize,
    texts: Vec<Arc<Source>>,
}

impl Configs {
    /// Shows where the configuration of an API does not fit its pages.
    fn diagnose(&mut self, name: &str, settings: &Settings, misfits: Vec<Misfit>) -> Vec<Diagnostic> {
        let known = |text: &Arc<Source>| {
            self.texts.iter().position(|other| Arc::ptr_eq(text, other)).unwrap_or(self.texts.len())
        };
        let at = settings.config.as_ref().map(known);
        if let (Some(text), Some(true)) = (&settings.config, at.map(|at| at == self.texts.len())) {
            self.texts.push(Arc::clone(text));
        }
        let id = PageId(at.and_then(|at| u32::try_from(self.pages + at).ok()).unwrap_or(u32::MAX));
        let diagnose = |misfit: Misfit| {
            let keys: Vec<String> =
                ["apis", name].map(str::to_owned).into_iter().chain(misfit.keys).collect();
            let span = match &settings.config {
                Some(text) => locate(text, id, &keys),
                None => Span::new(id, 0..0),
            };
            let diagnostic = Diagnostic::new(codes::OVERRIDE_MISFIT, span, misfit.message);
            match misfit.help {
                Some(help) => diagnostic.help(help),
                None => diagnostic,
            }
        };
        misfits.into_iter().take(MAX_MISFITS).map(diagnose).collect()
    }
}

fn read_page(page: &FoundPage, limits: Limits) -> Result<PageInput, InputError> {
    let bytes = fs::File::open(&page.path)
        .and_then(|file| {
            let length = file.metadata().map_or(0, |found| found.len());
            read_expected(file, length, limits)
        })
        .map_err(|error| InputError::Read { path: page.path.clone(), error })?;
    Ok(PageInput { name: shown(&page.name), bytes, limits, folder: page.folder.clone() })
}

/// One way to write paths, whatever the system, because names may reach generated text.
fn shown(path: &Path) -> String {
    path.display().to_string().replace(std::path::MAIN_SEPARATOR, "/")
}

fn is_visible(entry: &DirEntry) -> bool {
    entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
}

/// Whether a file of a folder is taken for a page, as its ending tells: `.md`, `.mdx` or `.txt`, in any case.
#[must_use]
pub fn is_page(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default();
    ["md", "mdx", "txt"].iter().any(|known| extension.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use tempfile::{TempDir, tempdir};

    use super::*;

    fn folder_with(files: &[&str]) -> TempDir {
        let folder = tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "text").unwrap();
        }
        folder
    }

    fn read(path: &Path) -> Result<Vec<PageInput>, InputError> {
        read_path(path, Path::new("docs"), Limits::default())
    }

    #[test]
    fn folders_are_walked_in_order_and_hidden_files_left_out() {
        let files = ["b.MD", "a/z.txt", "a/.git/x.md", ".hidden.md", "a/b.mdx", "a/picture.png", "md"];
        let folder = folder_with(&files);
        let pages = read(folder.path()).unwrap();
        let names: Vec<_> = pages.iter().map(|page| page.name.as_str()).collect();
        assert_eq!(names, ["docs/a/b.mdx", "docs/a/z.txt", "docs/b.MD"]);
    }

    #[test]
    fn a_hidden_folder_that_is_named_is_read() {
        let folder = folder_with(&["a/.git/x.md"]);
        assert_eq!(read(&folder.path().join("a/.git")).unwrap().len(), 1);
    }

    #[test]
    fn what_gives_no_page_is_an_error() {
        let folder = folder_with(&["picture.png"]);
        assert!(matches!(read(folder.path()), Err(InputError::NoPages(_))));
        assert!(matches!(read(&folder.path().join("no.md")), Err(InputError::Read { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_where_they_are_named_and_nowhere_else() {
        let folder = folder_with(&["outside/a.md", "docs/b.md"]);
        let link =
            |to: &str, at: &str| std::os::unix::fs::symlink(folder.path().join(to), folder.path().join(at));
        link("outside", "docs/folder").unwrap();
        link("outside/a.md", "docs/a.md").unwrap();
        link("docs", "named").unwrap();
        for (path, pages) in [("docs", 1), ("named", 1), ("docs/folder", 1), ("docs/a.md", 1)] {
            assert_eq!(read(&folder.path().join(path)).unwrap().len(), pages, "{path}");
        }
    }
}
