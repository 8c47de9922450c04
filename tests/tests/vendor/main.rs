//! A made-up vendor of 30 pages, written in each dialect, with mistakes in some of them: what there is to say of all of
//! them, and that no page changes what another page made.
//!
//! `description` says what the vendor offers, `write` how a dialect writes it, `mistakes` what is wrong with which page.

mod description;
mod mistakes;
mod write;

use std::collections::BTreeSet;

use docwright::diagnostic::render::{Format, Renderer};
use docwright_tests::printed::Reading;

use self::{
    description::operations,
    mistakes::{MISTAKES, Mistake},
    write::{Dialect, write},
};

/// The vendor's pages by name, without mistakes.
fn pages(dialect: Dialect) -> Vec<(String, String)> {
    let pages = operations()
        .into_iter()
        .map(|operation| (format!("{}.md", operation.slug()), write(dialect, &operation)));
    pages.collect()
}

fn read(pages: &[(String, String)]) -> Reading {
    Reading::new("aquarium", pages.iter().map(|(name, text)| (name.as_str(), text.as_str())))
}

/// One line for each diagnostic, by page and place.
fn said(pages: &[(String, String)]) -> String {
    let reading = read(pages);
    let (renderer, sources) = (Renderer { format: Format::Short, styled: false }, reading.sources());
    reading.diagnostics().iter().map(|diagnostic| renderer.render(diagnostic, &sources)).collect()
}

#[test]
fn the_vendor_has_thirty_pages_in_each_dialect() {
    for dialect in Dialect::ALL {
        let pages = pages(dialect);
        let names: BTreeSet<&String> = pages.iter().map(|(name, _)| name).collect();
        assert_eq!((pages.len(), names.len()), (30, 30), "{dialect:?}");
        let count = read(&pages).model().matches("\n- id: ").count();
        assert_eq!(count, 30, "{dialect:?}");
    }
}

#[test]
fn pages_without_mistakes_give_no_warnings() {
    for dialect in Dialect::ALL {
        let said = said(&pages(dialect));
        assert!(!said.contains(": warning[") && !said.contains(": error["), "{dialect:?}\n{said}");
    }
}

/// The page that a line of `said` is about.
fn page_of(line: &str) -> String {
    line.split(':').take(1).collect()
}

#[test]
fn what_is_said_of_mistakes() {
    for dialect in Dialect::ALL {
        let mut pages = pages(dialect);
        let clean = said(&pages);
        for Mistake { page, what, from, to, .. } in
            MISTAKES.iter().filter(|mistake| mistake.dialect == dialect)
        {
            let (_, text) = pages.iter_mut().find(|(name, _)| name == page).expect("a page of that name");
            assert!(text.contains(from), "{dialect:?} {page}: {what}: nothing to put wrong in\n{text}");
            *text = text.replacen(from, to, 1);
        }
        // A mistake moves what is said of the rest of its page.
        let unplaced = |line: &str| line.split(": ").skip(1).collect::<String>();
        let known: BTreeSet<(String, String)> =
            clean.lines().map(|line| (page_of(line), unplaced(line))).collect();
        let said = said(&pages);
        let new = said.lines().filter(|line| !known.contains(&(page_of(line), unplaced(line))));
        let new: String = new.map(|line| format!("{line}\n")).collect();
        insta::assert_snapshot!(format!("vendor_{dialect:?}").to_lowercase(), new);
    }
}

#[test]
fn no_page_changes_a_name_that_another_made() {
    for dialect in Dialect::ALL {
        let all = pages(dialect);
        let whole = names(&read(&all));
        // Each third page, so that all actions and all things are among them.
        for left_out in (0..all.len()).step_by(3) {
            let mut some = all.clone();
            let (page, _) = some.remove(left_out);
            let lost: Vec<String> = names(&read(&some)).difference(&whole).cloned().collect();
            assert!(lost.is_empty(), "{dialect:?}: {page} changes {lost:?}");
        }
    }
}

/// The names of all types, and of the functions of the client.
fn names(reading: &Reading) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for text in [reading.types(), reading.client()] {
        for item in syn::parse_file(&text).expect("generated code is Rust").items {
            collect(&item, &mut names);
        }
    }
    names
}

fn collect(item: &syn::Item, names: &mut BTreeSet<String>) {
    match item {
        syn::Item::Struct(item) => drop(names.insert(item.ident.to_string())),
        syn::Item::Enum(item) => drop(names.insert(item.ident.to_string())),
        syn::Item::Type(item) => drop(names.insert(item.ident.to_string())),
        syn::Item::Use(item) => renamed(&item.tree, names),
        syn::Item::Impl(item) => {
            for member in &item.items {
                if let syn::ImplItem::Fn(function) = member {
                    names.insert(function.sig.ident.to_string());
                }
            }
        }
        _ => {}
    }
}

/// The names that an item gives to others.
fn renamed(tree: &syn::UseTree, names: &mut BTreeSet<String>) {
    match tree {
        syn::UseTree::Path(path) => renamed(&path.tree, names),
        syn::UseTree::Group(group) => group.items.iter().for_each(|tree| renamed(tree, names)),
        syn::UseTree::Rename(rename) => drop(names.insert(rename.rename.to_string())),
        syn::UseTree::Name(_) | syn::UseTree::Glob(_) => {}
    }
}
