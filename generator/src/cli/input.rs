//! The pages that were named: files, folders, standard input.

use std::{
    io,
    path::{Path, PathBuf},
};

use docwright::{
    config::{Config, FALLBACK_NAME, name_after},
    input::{ApiInput, Reading, read_limited, read_paths},
    limits::Limits,
    model::Api,
    pipeline::{PageInput, Settings},
};

use super::{
    args::Pages,
    exit::Failure,
    progress::Progress,
    report::Reporter,
    target::{configured, find_config},
};

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
    from: From,
}

#[derive(Debug)]
enum From {
    /// Places that were named.
    Places(Vec<Place>),
    /// An API of a configuration; found when it is needed if none was named.
    Config { file: Option<PathBuf>, name: Option<String> },
}

impl PageArguments {
    /// Decides what the arguments mean.
    pub(crate) fn new(pages: Pages) -> Result<Self, Failure> {
        if pages.pages.is_empty() {
            let from = From::Config { file: pages.config, name: pages.name.clone() };
            return Ok(Self { name: pages.name.unwrap_or_default(), from });
        }
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
        Ok(Self { name, from: From::Places(pages.pages.into_iter().map(place).collect()) })
    }

    /// Reads the pages and makes one API of them.
    pub(crate) fn read(&self, progress: Progress) -> Result<Reading, Failure> {
        let places = match &self.from {
            From::Places(places) => places,
            From::Config { file, name } => {
                return Ok(progress.read(read_config(file.as_deref(), name.as_deref())?));
            }
        };
        let limits = Limits::default();
        let mut inputs = Vec::new();
        if places.contains(&Place::Stdin) {
            let bytes = read_limited(io::stdin().lock(), limits).map_err(Failure::Stdin)?;
            inputs.push(PageInput { name: "-".to_owned(), bytes, limits, folder: None });
        }
        let paths = places.iter().filter_map(|place| match place {
            Place::Stdin => None,
            Place::Path(path) => Some((path.clone(), path.clone())),
        });
        inputs.extend(read_paths(paths, limits)?);
        let settings = Settings::default();
        Ok(progress.read(ApiInput { name: self.name.clone(), pages: inputs, settings }))
    }

    /// Reads the pages, and shows what reading had to say.
    pub(crate) fn read_reported(&self, reporter: &mut Reporter) -> Result<Api, Failure> {
        let reading = self.read(reporter.progress())?;
        reporter.diagnostics(&reading.diagnostics, &reading.sources());
        Ok(reading.apis.into_iter().next().map(|read| read.api).unwrap_or_default())
    }
}

/// The pages of one API of a configuration.
fn read_config(file: Option<&Path>, name: Option<&str>) -> Result<ApiInput, Failure> {
    let config = Config::load(&find_config(file)?)?;
    let Some((name, api)) = config.api(name) else {
        let unknown = name.map(|name| format!("there is no API `{name}`; ")).unwrap_or_default();
        let (file, names) = (config.file.display(), config.api_names());
        return Err(Failure::Usage(format!(
            "{unknown}name one of the APIs of {file} with `--name`: {names}"
        )));
    };
    configured(&config, name, api)
}
