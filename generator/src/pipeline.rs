//! The stages in order, from bytes to files, as pure functions.
//!
//! [`read_pages`] takes bytes to pages, [`resolve_api`] pages to one API, [`generate`] APIs to the files
//! to write. Nothing here touches the disk.

use std::{collections::BTreeMap, path::PathBuf};

use crate::{
    claims::Claims,
    diagnostic::{Diagnostic, Severity, sort},
    dialect::{self, Detection},
    emit,
    format::rust_file,
    lower::lower,
    model::{Api, Page},
    resolve,
    source::{PageId, Source},
};

/// A page as it comes in.
#[derive(Debug, Clone)]
pub struct PageInput {
    /// How messages name it: its path, or `-` for standard input.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A page that was read.
#[derive(Debug, Clone)]
pub struct ReadPage {
    /// Its position among the pages of the run; spans refer to it.
    pub id: PageId,
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

/// Reads pages. Every input gives a result, in the same order.
#[must_use]
pub fn read_pages(inputs: &[PageInput]) -> Vec<ReadPage> {
    inputs
        .iter()
        .zip(0..)
        .map(|(input, id)| {
            let id = PageId(id);
            let (source, mut diagnostics) = Source::from_bytes(input.name.clone(), id, &input.bytes);
            let mut page = ReadPage {
                id,
                source,
                detection: None,
                page: None,
                claims: Claims::default(),
                diagnostics: Vec::new(),
            };
            let refused = diagnostics.iter().any(|d| d.severity() == Severity::Error);
            if !refused {
                match dialect::detect(&page.source, id) {
                    Ok(detection) => {
                        let reading = dialect::read(&page.source, id, detection.dialect);
                        page.detection = Some(detection);
                        page.page = Some(reading.page);
                        page.claims = reading.claims;
                        diagnostics.extend(reading.diagnostics);
                    }
                    Err(diagnostic) => diagnostics.push(*diagnostic),
                }
            }
            page.diagnostics = diagnostics;
            page
        })
        .collect()
}

/// Makes one API of pages: completes, joins and infers. The diagnostics are those of resolving alone.
#[must_use]
pub fn resolve_api(name: &str, pages: &[ReadPage]) -> (Api, Vec<Diagnostic>) {
    let (api, mut diagnostics) = resolve::resolve(name, pages.iter().filter_map(|page| page.page.as_ref()));
    sort(&mut diagnostics);
    (api, diagnostics)
}

/// The generated files by their path below the output folder.
pub type Files = BTreeMap<PathBuf, String>;

/// How the generated files are laid out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Layout {
    /// The file that declares the APIs' modules.
    pub root: RootFile,
    /// The name of the crate to write a `Cargo.toml` for; `None` where there is none to write.
    pub crate_name: Option<String>,
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

/// Generates the files of APIs, by their path below the output folder, and what there was to say.
#[must_use]
pub fn generate(apis: &[Api], layout: &Layout) -> (Files, Vec<Diagnostic>) {
    let mut files = Files::new();
    let mut diagnostics = Vec::new();
    let mut modules = Vec::new();
    let source = if layout.crate_name.is_some() { PathBuf::from("src") } else { PathBuf::new() };
    for api in apis {
        let (plan, said) = lower(api);
        diagnostics.extend(said);
        let folder = source.join(plan.module.unraw());
        files.insert(folder.join("mod.rs"), rust_file(&plan.docs, emit::module()));
        let docs = [format!("The types of the API `{}`.", plan.module)];
        files.insert(folder.join("types.rs"), rust_file(&docs, emit::types(&plan)));
        let docs = [format!("A client of the API `{}`.", plan.module)];
        files.insert(folder.join("client.rs"), rust_file(&docs, emit::client(&plan)));
        let docs = [format!("A server of the API `{}`.", plan.module)];
        files.insert(folder.join("server.rs"), rust_file(&docs, emit::server(&plan)));
        modules.push(plan.module);
    }
    modules.sort();
    let root = if layout.crate_name.is_some() { RootFile::LibRs } else { layout.root };
    let root = match root {
        RootFile::LibRs => "lib.rs",
        RootFile::ModRs => "mod.rs",
    };
    let docs = ["Types, generated from API reference pages.".to_owned()];
    files.insert(source.join(root), rust_file(&docs, emit::root(&modules)));
    if let Some(name) = &layout.crate_name {
        files.insert(PathBuf::from("Cargo.toml"), emit::manifest(name));
    }
    sort(&mut diagnostics);
    (files, diagnostics)
}
