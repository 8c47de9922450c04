//! What `generate` and `check` have in common: which APIs, which folder, and what it takes to get there.

use std::path::{Path, PathBuf};

use docwright::{
    config::{ApiConfig, Config, check_api_name, check_crate_name},
    input::{ApiInput, Reading, read_paths},
    output::Plan,
    pipeline::{Generation, Layout, Package},
};

use super::{
    args::{Pages, Target},
    exit::Failure,
    input::PageArguments,
    report::Reporter,
    runtime::path_from,
};

/// What to generate, decided.
#[derive(Debug)]
pub(crate) struct TargetPlan {
    from: From,
    /// The arguments again, to be typed after `docwright generate`.
    arguments: String,
}

#[derive(Debug)]
enum From {
    /// A configuration; found when it is needed if none was named.
    Config(Option<PathBuf>),
    /// Pages that were named.
    Pages { pages: PageArguments, out: PathBuf, package: Option<Package> },
}

/// Generated code beside the folder that it belongs into.
pub(crate) struct Comparison {
    /// What is to write there.
    pub(crate) plan: Plan,
    /// The folder as people know it.
    pub(crate) shown: PathBuf,
}

impl TargetPlan {
    /// Decides what the arguments mean.
    pub(crate) fn new(target: Target) -> Result<Self, Failure> {
        let arguments = target.arguments();
        let Some(out) = target.out else {
            return Ok(Self { from: From::Config(target.config), arguments });
        };
        let pages = Pages { pages: target.pages, config: None, name: target.name };
        let pages = PageArguments::new(pages)?;
        check_api_name(&pages.name).map_err(|error| Failure::Usage(format!("{error}: `{}`", pages.name)))?;
        let package = match target.krate {
            Some(name) => Some(package(name, target.runtime_path.as_deref(), &out)?),
            None => None,
        };
        Ok(Self { from: From::Pages { pages, out, package }, arguments })
    }

    /// The command that brings the folder up to date.
    pub(crate) fn command(&self) -> String {
        format!("docwright generate{}", self.arguments)
    }

    /// Reads and generates, and compares with what is there; shows what reading had to say.
    pub(crate) fn compare(&self, reporter: &mut Reporter) -> Result<Comparison, Failure> {
        match &self.from {
            From::Pages { pages, out, package } => {
                let layout = Layout { package: package.clone(), ..Layout::default() };
                let mut generation = Generation::new(layout);
                add(&mut generation, &pages.read(reporter.progress())?, reporter)?;
                let plan = Plan::new(out, &generation.finish())?;
                let comparison = Comparison { plan, shown: out.clone() };
                refuse_others(&comparison)?;
                Ok(comparison)
            }
            From::Config(file) => {
                let config = Config::load(&find_config(file.as_deref())?)?;
                let layout = Layout { root: config.root, package: None };
                let mut generation = Generation::new(layout);
                // One after the other: in memory are the pages of one API, and the files of all.
                for (name, api) in &config.apis {
                    let input = configured(&config, name, api)?;
                    add(&mut generation, &reporter.progress().read(input), reporter)?;
                }
                let plan = Plan::new(&config.path(&config.out), &generation.finish())?;
                Ok(Comparison { plan, shown: config.out })
            }
        }
    }
}

/// Generates what was read; shows what there was to say.
fn add(generation: &mut Generation, reading: &Reading, reporter: &mut Reporter) -> Result<(), Failure> {
    reporter.diagnostics(&reading.diagnostics, &reading.sources());
    for read in &reading.apis {
        let pages = reading.pages.get(read.pages.clone()).unwrap_or_default();
        if pages.iter().all(|page| page.page.is_none()) {
            // Its module would be removed as stale: that is not what a broken page should do.
            return Err(Failure::NothingRead(read.api.name.clone()));
        }
        let said = reporter.progress().generate(&read.api, generation);
        reporter.diagnostics(&said, &reading.sources());
    }
    Ok(())
}

/// Named pages are one API, and say nothing of others that share its folder: these are not stale.
fn refuse_others(comparison: &Comparison) -> Result<(), Failure> {
    let mut others: Vec<String> = Vec::new();
    for entry in comparison.plan.stale() {
        // A module is named by its folder, a root file by itself.
        let module =
            entry.path.parent().filter(|folder| !folder.as_os_str().is_empty() && !folder.ends_with("src"));
        let name = module.unwrap_or(&entry.path).display().to_string();
        if !others.contains(&name) {
            others.push(name);
        }
    }
    if others.is_empty() {
        return Ok(());
    }
    Err(Failure::Others { folder: comparison.shown.clone(), others: others.join(", ") })
}

/// What goes into a crate's manifest.
fn package(name: String, runtime: Option<&Path>, out: &Path) -> Result<Package, Failure> {
    check_crate_name(&name).map_err(|error| Failure::Usage(format!("{error}: `{name}`")))?;
    let runtime_path = runtime.map(|runtime| path_from(out, runtime)).transpose()?;
    Ok(Package { name, runtime_path })
}

/// An API of a configuration with its pages.
pub(crate) fn configured(config: &Config, name: &str, api: &ApiConfig) -> Result<ApiInput, Failure> {
    // Named as the configuration has them, so that no current directory matters.
    let paths = api.pages.iter().map(|page| (config.path(page), page.clone()));
    let pages = read_paths(paths, config.limits)?;
    Ok(ApiInput { name: name.to_owned(), pages, settings: api.settings.clone() })
}

/// The configuration that was named, or the one of this folder or those above.
pub(crate) fn find_config(named: Option<&Path>) -> Result<PathBuf, Failure> {
    if let Some(file) = named {
        return Ok(file.to_owned());
    }
    let here = std::env::current_dir().map_err(Failure::CurrentFolder)?;
    let found = Config::find_upwards(&here).ok_or(Failure::NoConfig)?;
    // Messages name it as seen from here where that is shorter.
    Ok(found.strip_prefix(&here).map(Path::to_owned).unwrap_or(found))
}

impl Target {
    /// The arguments as one would type them again, each after a blank.
    fn arguments(&self) -> String {
        let mut out = String::new();
        let paths = self.pages.iter().map(|path| ("", path.display().to_string()));
        let config = self.config.iter().map(|path| (" --config", path.display().to_string()));
        let folder = self.out.iter().map(|path| (" --out", path.display().to_string()));
        let name = self.name.iter().map(|name| (" --name", name.clone()));
        let krate = self.krate.iter().map(|name| (" --crate", name.clone()));
        let runtime = self.runtime_path.iter().map(|path| (" --runtime-path", path.display().to_string()));
        let options = config.chain(folder).chain(name).chain(krate).chain(runtime);
        for (option, value) in paths.chain(options) {
            out.push_str(option);
            out.push(' ');
            out.push_str(&quoted(&value));
        }
        out
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:\\@%+=,".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}
