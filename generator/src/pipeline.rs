//! The stages in order, from bytes to files, as pure functions.
//!
//! [`read_pages`] takes bytes to pages, [`resolve_api`] pages to one API, [`generate`] APIs to the files to write, or
//! [`Generation`] one API after the other, [`generate_included`] one API to a file for a build script's `OUT_DIR`.
//! Nothing here touches the disk.

use std::{collections::BTreeMap, mem, path::PathBuf, sync::Arc};

use syn::Item;

use crate::{
    claims::Claims,
    diagnostic::{Diagnostic, Severity, sort},
    dialect::{self, Detected, Detection, Reading},
    emit,
    format::{InlineModule, included_file, rust_file},
    limits::Limits,
    lower::{
        lower,
        names::{Kind, Name, Scope},
        plan::Plan,
    },
    model::{Api, Page},
    output::checksum::sign,
    parallel,
    resolve::{self, NamedPage},
    source::{PageId, Source},
};

pub use crate::resolve::{Answered, Duplicates, Misfit, Resolution, Settings};

/// A page as it comes in.
#[derive(Debug, Clone)]
pub struct PageInput {
    /// How messages name it: its path, or `-` for standard input.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How much of it is read.
    pub limits: Limits,
    /// The folder that it was found in, as messages call it; `None` where the page itself was named. A folder may hold
    /// pages that document nothing.
    pub folder: Option<Arc<str>>,
}

impl PageInput {
    /// A page that was named itself, with the usual limits.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        Self { name: name.into(), bytes: bytes.into(), limits: Limits::default(), folder: None }
    }
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct ReadPage {
    /// Its position among the pages of the run; spans refer to it.
    pub id: PageId,
    /// The folder that it was found in; `None` where the page itself was named.
    pub folder: Option<Arc<str>>,
    /// Its text.
    pub source: Source,
    /// What it was recognised as, and why; `None` where it was not.
    pub detection: Option<Detection>,
    /// What it says; `None` where its dialect is not known.
    pub page: Option<Page>,
    /// What of its text was understood as what.
    pub claims: Claims,
    /// What reading it had to say, in page order.
    pub diagnostics: Vec<Diagnostic>,
}

impl ReadPage {
    /// A page of which only the text is known yet.
    pub(crate) fn unread(id: PageId, folder: Option<Arc<str>>, source: Source) -> Self {
        Self {
            id,
            folder,
            source,
            detection: None,
            page: None,
            claims: Claims::default(),
            diagnostics: Vec::new(),
        }
    }

    /// Takes in what reading the page gave. Gives what there was to say.
    pub(crate) fn fill(&mut self, (detection, reading): (Detection, Reading)) -> Vec<Diagnostic> {
        self.detection = Some(detection);
        self.page = Some(reading.page);
        self.claims = reading.claims;
        reading.diagnostics
    }
}

/// Reads pages, several at a time, and calls `seen` after each. Every input gives a result, in the same order.
#[must_use]
pub fn read_pages(inputs: Vec<PageInput>, seen: &(dyn Fn() + Sync)) -> Vec<ReadPage> {
    let inputs = (0..).map(PageId).zip(inputs).collect();
    parallel::map(inputs, |(id, input)| {
        let page = read_page(id, input);
        seen();
        page
    })
}

fn read_page(id: PageId, input: PageInput) -> ReadPage {
    let (source, mut diagnostics) = Source::within(input.limits, input.name, id, &input.bytes);
    // The text is a copy: of thousands of pages, both would be a lot.
    drop(input.bytes);
    let mut page = ReadPage::unread(id, input.folder, source);
    let refused = diagnostics.iter().any(|d| d.severity() == Severity::Error);
    if !refused {
        match dialect::detect(&page.source, id).map(Detected::read) {
            Ok(read) => diagnostics.extend(page.fill(read)),
            Err(diagnostic) => diagnostics.push(*diagnostic),
        }
    }
    page.diagnostics = diagnostics;
    page
}

/// Makes one API of pages: completes, joins and infers. The operations move from the pages to the API: of thousands,
/// a copy would be a lot. The diagnostics are those of resolving alone.
#[must_use]
pub fn resolve_api(name: &str, pages: &mut [ReadPage], settings: &Settings) -> Resolution {
    let mut operations = Vec::new();
    let mut named = Vec::new();
    for ReadPage { source, page, .. } in pages {
        let Some(page) = page else { continue };
        let own = mem::take(&mut page.operations);
        named.push(NamedPage { name: &source.name, page, has_operations: !own.is_empty() });
        operations.push(own);
    }
    let mut resolution = resolve::resolve(name, &named, operations, settings);
    sort(&mut resolution.diagnostics);
    resolution
}

/// The generated files by their path below the output folder.
pub type Files = BTreeMap<PathBuf, String>;

/// How the generated files are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The file that declares the APIs' modules.
    pub root: RootFile,
    /// The crate to write a `Cargo.toml` for; `None` where there is none to write. Its root file is `src/lib.rs`.
    pub package: Option<Package>,
}

/// A crate of its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Package {
    /// Its name.
    pub name: String,
    /// Where `docwright-runtime` lies, from the crate's folder, for as long as no registry has it.
    pub runtime_path: Option<String>,
}

/// The file that declares the APIs' modules.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RootFile {
    /// `lib.rs`: the output folder is a crate's `src`.
    LibRs,
    /// `mod.rs`: the output folder is a module.
    #[default]
    ModRs,
}

/// A part of an API's code: a module of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Types,
    Client,
    Server,
}

impl Part {
    fn name(self) -> &'static str {
        match self {
            Self::Types => "types",
            Self::Client => "client",
            Self::Server => "server",
        }
    }

    fn docs(self, plan: &Plan) -> Vec<String> {
        let (what, more) = match self {
            Self::Types => (
                "The types",
                " Enumerations are open: a value that no page documents is kept in their last variant.",
            ),
            Self::Client => ("A client", ""),
            Self::Server => ("A server", ""),
        };
        vec![format!("{what} of the API `{}`.{more}", plan.module)]
    }

    fn emit(self, plan: &Plan) -> Vec<Item> {
        match self {
            Self::Types => emit::types(plan),
            Self::Client => emit::client(plan),
            Self::Server => emit::server(plan),
        }
    }
}

/// What of an API's code is wanted besides its types.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Parts {
    /// The client.
    pub client: bool,
    /// The server.
    pub server: bool,
}

/// Generates one file for an API, to be read by `include!`: a module of the API's name, with the modules of
/// the parts in it. No part is behind a feature.
#[must_use]
pub fn generate_included(api: &Api, parts: Parts) -> (String, Vec<Diagnostic>) {
    let (plan, mut diagnostics) = lower(api);
    let wanted = [(parts.client, Part::Client), (parts.server, Part::Server), (true, Part::Types)];
    let modules = wanted.into_iter().filter(|(wanted, _)| *wanted).map(|(_, part)| InlineModule {
        name: Scope::default().name(Kind::Value, part.name()),
        docs: part.docs(&plan),
        items: part.emit(&plan),
        modules: Vec::new(),
    });
    let modules = modules.collect();
    let module = InlineModule { name: plan.module, docs: plan.docs, items: Vec::new(), modules };
    sort(&mut diagnostics);
    (included_file(module), diagnostics)
}

/// Generates the files of APIs, by their path below the output folder, and what there was to say.
#[must_use]
pub fn generate(apis: &[Api], layout: &Layout) -> (Files, Vec<Diagnostic>) {
    let mut generation = Generation::new(layout.clone());
    let mut diagnostics: Vec<_> = apis.iter().flat_map(|api| generation.add(api)).collect();
    sort(&mut diagnostics);
    (generation.finish(), diagnostics)
}

/// The files of APIs while they are generated, one API after the other: none has to wait for the others in memory.
#[derive(Debug)]
pub struct Generation {
    layout: Layout,
    files: Files,
    modules: Vec<Name>,
    apis: Vec<String>,
}

impl Generation {
    /// No API yet.
    #[must_use]
    pub fn new(layout: Layout) -> Self {
        Self { layout, files: Files::new(), modules: Vec::new(), apis: Vec::new() }
    }

    /// Generates the files of an API. Gives what there was to say.
    pub fn add(&mut self, api: &Api) -> Vec<Diagnostic> {
        let (plan, mut diagnostics) = lower(api);
        let folder = self.source().join(plan.module.unraw());
        self.files.insert(folder.join("mod.rs"), rust_file(&plan.docs, emit::module()));
        let parts = parallel::map(vec![Part::Types, Part::Client, Part::Server], |part| {
            (part, rust_file(&part.docs(&plan), part.emit(&plan)))
        });
        for (part, text) in parts {
            self.files.insert(folder.join(part.name()).with_extension("rs"), text);
        }
        self.modules.push(plan.module);
        self.apis.push(api.name.clone());
        sort(&mut diagnostics);
        diagnostics
    }

    /// All files, with those that stand for all APIs.
    #[must_use]
    pub fn finish(mut self) -> Files {
        self.modules.sort();
        let root = match (&self.layout.package, self.layout.root) {
            (Some(_), _) | (None, RootFile::LibRs) => "lib.rs",
            (None, RootFile::ModRs) => "mod.rs",
        };
        let docs = "Types, clients (feature `client`) and servers (feature `server`), generated from API reference pages.";
        let text = rust_file(&[docs.to_owned()], emit::root(&self.modules));
        self.files.insert(self.source().join(root), text);
        if let Some(package) = &self.layout.package {
            self.files.insert(PathBuf::from("Cargo.toml"), emit::manifest(package, &self.apis));
        }
        self.files.values_mut().for_each(sign);
        self.files
    }

    /// Where the modules' folders are.
    fn source(&self) -> PathBuf {
        if self.layout.package.is_some() { PathBuf::from("src") } else { PathBuf::new() }
    }
}
