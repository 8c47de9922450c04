//! What the company of other pages tells of a page that was found in a folder.
//!
//! The pages of an API come in, as they were read one by one; [`settle`] changes those which a folder explains. A
//! vendor's folder holds more than operations: introductions, lists of errors, changes. A page of it that has nothing to read
//! is no error there, as it is where somebody named the page. And a page whose dialect is not certain is read in that of the
//! others, where this gives an operation that the page itself names.
//!
//! Invariant: a folder of which nothing was read stays as it is, with all its errors.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    diagnostic::{Code, Diagnostic, Severity, codes, sort},
    dialect::{self, Dialect},
    model::Page,
    pipeline::ReadPage,
};

/// Settles the pages of one API, which are those of several folders, and others.
pub(crate) fn settle(pages: &mut [ReadPage]) {
    let mut folders: BTreeMap<Arc<str>, Vec<usize>> = BTreeMap::new();
    for (at, page) in pages.iter().enumerate() {
        if let Some(folder) = &page.folder {
            folders.entry(Arc::clone(folder)).or_default().push(at);
        }
    }
    for (folder, members) in folders {
        let read = |at: &usize| pages.get(*at).filter(|page| page.page.as_ref().is_some_and(has_facts));
        let dialects: Vec<Dialect> =
            members.iter().filter_map(read).filter_map(|page| Some(page.page.as_ref()?.dialect)).collect();
        let Some(&first) = dialects.first() else { continue };
        let common = dialects.iter().all(|dialect| *dialect == first).then_some(first);
        for at in members {
            let Some(page) = pages.get_mut(at).filter(|page| !page.page.as_ref().is_some_and(has_facts))
            else {
                continue;
            };
            let read = common.is_some_and(|dialect| read_like_others(page, &folder, dialect));
            if !read && is_guide(page) {
                leave_out(page, &folder);
            }
        }
    }
}

/// Whether a page says anything that reaches an API.
fn has_facts(page: &Page) -> bool {
    !(page.operations.is_empty()
        && page.resource.is_none()
        && page.servers.is_empty()
        && page.security_schemes.is_empty())
}

/// Reads a page of no certain dialect in that of the others, and tells whether that gave an operation. One that only a
/// sample shows is none: any guide can show a call.
fn read_like_others(page: &mut ReadPage, folder: &str, dialect: Dialect) -> bool {
    const UNCERTAIN: [Code; 2] = [codes::UNKNOWN_DIALECT, codes::AMBIGUOUS_DIALECT];
    let Some(at) = page.diagnostics.iter().position(|said| UNCERTAIN.contains(&said.code)) else {
        return false;
    };
    let Some(detected) = dialect::lean(&page.source, page.id, dialect) else { return false };
    let clue = detected.first_clue();
    let read = detected.read();
    let mut tried = ReadPage::unread(page.id, page.folder.clone(), page.source.clone());
    let said = tried.fill(read);
    let named = tried.page.as_ref().is_some_and(|page| !page.operations.is_empty());
    let doubtful = |d: &Diagnostic| d.severity() == Severity::Error || d.code == codes::PATH_FROM_SAMPLE;
    if !named || said.iter().any(doubtful) {
        return false;
    }
    let uncertain = page.diagnostics.remove(at);
    tried.diagnostics.append(&mut page.diagnostics);
    tried.diagnostics.push(
        Diagnostic::new(codes::DIALECT_FROM_FOLDER, uncertain.span, format!("page read as {dialect}"))
            .label(format!("{clue} speaks for it, and so do the other pages of `{folder}`")),
    );
    tried.diagnostics.extend(said);
    sort(&mut tried.diagnostics);
    *page = tried;
    true
}

/// Whether a page is one that has nothing to read, rather than one that cannot be read.
fn is_guide(page: &ReadPage) -> bool {
    let mut errors = page.diagnostics.iter().filter(|said| said.severity() == Severity::Error).peekable();
    errors.peek().is_some() && errors.all(says_nothing)
}

fn says_nothing(said: &Diagnostic) -> bool {
    [codes::NO_OPERATION, codes::OPERATION_ELSEWHERE, codes::UNKNOWN_DIALECT].contains(&said.code)
}

/// Says that a page is left out, in place of all that was said of the text that is.
fn leave_out(page: &mut ReadPage, folder: &str) {
    let Some(refusal) = page.diagnostics.iter().find(|said| says_nothing(said)).cloned() else { return };
    page.diagnostics.retain(|said| !says_nothing(said) && said.code != codes::UNCLAIMED_TEXT);
    // The operations of such a page have pages of their own.
    if page.diagnostics.iter().any(|said| said.code == codes::OPERATION_LINKS) {
        return;
    }
    page.diagnostics.push(if refusal.code == codes::OPERATION_ELSEWHERE {
        Diagnostic { code: codes::PAGE_WITHOUT_OPERATION, ..refusal }
    } else {
        Diagnostic::new(
            codes::PAGE_WITHOUT_OPERATION,
            refusal.span,
            format!("page without an operation in the folder `{folder}`"),
        )
        .label("left out: no operation, resource or overview was found here or below")
        .help(
            "what it says in prose of servers or credentials can be given in docwright.yaml; if it documents an operation, \
             name the page itself to see what is missing",
        )
    });
    sort(&mut page.diagnostics);
}
