//! The pages that were named: files, folders that are walked, standard input.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
};

use docwright::{
    model::Api,
    pipeline::{PageInput, ReadPage, read_pages, resolve_api},
    source::MAX_PAGE_BYTES,
};
use walkdir::WalkDir;

use super::{args::Pages, exit::Failure, report::Reporter};

/// Where a page comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Stdin,
    Path(PathBuf),
}

/// The pages of one API, as they were named.
#[derive(Debug)]
pub(crate) struct PageArguments {
    /// The API's name.
    pub(crate) name: String,
    places: Vec<Place>,
}

impl PageArguments {
    /// Decides what the arguments mean.
    pub(crate) fn new(pages: Pages) -> Result<Self, Failure> {
        let stdin = |path: &PathBuf| path.as_os_str() == "-";
        if pages.pages.iter().filter(|path| stdin(path)).count() > 1 {
            return Err(Failure::Usage("standard input (`-`) was named twice; it can be read once".into()));
        }
        let name = match (pages.name, pages.pages.first()) {
            (Some(name), _) => name,
            (None, Some(path)) if !stdin(path) => name_after(path),
            _ => FALLBACK_NAME.to_owned(),
        };
        let place = |path| if stdin(&path) { Place::Stdin } else { Place::Path(path) };
        Ok(Self { name, places: pages.pages.into_iter().map(place).collect() })
    }

    /// Reads the pages, and shows what reading had to say.
    pub(crate) fn read_pages(&self) -> Result<Vec<ReadPage>, Failure> {
        let mut inputs = Vec::new();
        for place in &self.places {
            match place {
                Place::Stdin => inputs.push(read_stdin()?),
                Place::Path(path) => inputs.extend(read_path(path)?),
            }
        }
        Ok(read_pages(&inputs))
    }

    /// Reads the pages and makes one API of them; shows what both had to say.
    pub(crate) fn read_api(&self, reporter: &mut Reporter) -> Result<Api, Failure> {
        let pages = self.read_pages()?;
        Ok(resolve_reported(&self.name, &pages, reporter))
    }
}

/// Makes one API of pages, and shows what reading and resolving had to say, in page order.
pub(crate) fn resolve_reported(name: &str, pages: &[ReadPage], reporter: &mut Reporter) -> Api {
    let (api, resolving) = resolve_api(name, pages);
    let mut diagnostics: Vec<_> = pages.iter().flat_map(|page| page.diagnostics.clone()).collect();
    diagnostics.extend(resolving);
    docwright::diagnostic::sort(&mut diagnostics);
    let sources: Vec<_> = pages.iter().map(|page| &page.source).collect();
    reporter.diagnostics(&diagnostics, &sources);
    api
}

const FALLBACK_NAME: &str = "api";

/// A name for an API, after the file or folder that holds it.
fn name_after(path: &Path) -> String {
    let stem = if path.is_dir() {
        // `.` and `..` have no name of their own.
        path.canonicalize().ok().and_then(|path| path.file_name().map(ToOwned::to_owned))
    } else {
        path.file_stem().map(ToOwned::to_owned)
    };
    let stem = stem.unwrap_or_default().to_string_lossy().to_lowercase();
    let words: Vec<_> =
        stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let name = words.join("_");
    if name.starts_with(|c: char| c.is_ascii_lowercase()) { name } else { FALLBACK_NAME.to_owned() }
}

fn read_stdin() -> Result<PageInput, Failure> {
    let name = "-".to_owned();
    let error = |error| Failure::Input { name: "standard input".into(), error };
    Ok(PageInput { bytes: read_limited(io::stdin().lock()).map_err(error)?, name })
}

/// Reads a page, or all pages of a folder in the order of their paths.
pub(crate) fn read_path(path: &Path) -> Result<Vec<PageInput>, Failure> {
    let failed = |path: &Path, error| Failure::Input { name: path.display().to_string(), error };
    let read = |path: &Path| {
        let bytes = fs::File::open(path).and_then(read_limited).map_err(|error| failed(path, error))?;
        Ok(PageInput { name: path.display().to_string(), bytes })
    };
    if !path.is_dir() {
        return Ok(vec![read(path)?]);
    }
    let mut pages = Vec::new();
    let visible = |entry: &walkdir::DirEntry| {
        entry.depth() == 0 || !entry.file_name().to_string_lossy().starts_with('.')
    };
    for entry in WalkDir::new(path).sort_by_file_name().into_iter().filter_entry(visible) {
        let entry = entry.map_err(|error| {
            let place = error.path().unwrap_or(path).to_owned();
            failed(&place, error.into())
        })?;
        if entry.file_type().is_file() && is_page(entry.path()) {
            pages.push(read(entry.path())?);
        }
    }
    if pages.is_empty() { Err(Failure::NoPages(path.to_owned())) } else { Ok(pages) }
}

fn is_page(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "md" || extension == "mdx" || extension == "txt")
}

/// Reads to the end, or to where a page is certainly too large; the source stage says so then.
fn read_limited(input: impl Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    input.take(MAX_PAGE_BYTES as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
