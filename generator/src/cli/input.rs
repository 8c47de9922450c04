//! The pages that were named: files, folders, standard input.

use std::{io, path::PathBuf};

use docwright::{
    config::{FALLBACK_NAME, name_after},
    input::{Reading, read_limited, read_path},
    model::Api,
    pipeline::PageInput,
};

use super::{args::Pages, exit::Failure, progress::Progress, report::Reporter};

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
            return Err(Failure::Usage("standard input (`-`) is named twice; it can be read once".into()));
        }
        let name = match (pages.name, pages.pages.first()) {
            (Some(name), _) => name,
            (None, Some(path)) if !stdin(path) => name_after(path),
            _ => FALLBACK_NAME.to_owned(),
        };
        let place = |path| if stdin(&path) { Place::Stdin } else { Place::Path(path) };
        Ok(Self { name, places: pages.pages.into_iter().map(place).collect() })
    }

    /// Reads the pages and makes one API of them.
    pub(crate) fn read(&self, progress: Progress) -> Result<Reading, Failure> {
        let mut inputs = Vec::new();
        for place in &self.places {
            match place {
                Place::Stdin => {
                    let bytes = read_limited(io::stdin().lock()).map_err(Failure::Stdin)?;
                    inputs.push(PageInput { name: "-".to_owned(), bytes });
                }
                Place::Path(path) => inputs.extend(read_path(path, path)?),
            }
        }
        Ok(progress.read(&self.name, inputs))
    }

    /// Reads the pages, and shows what reading had to say.
    pub(crate) fn read_reported(&self, reporter: &mut Reporter) -> Result<Api, Failure> {
        let reading = self.read(reporter.progress())?;
        reporter.diagnostics(&reading.diagnostics, &reading.sources());
        Ok(reading.models().into_iter().next().unwrap_or_default())
    }
}
