//! What a builder writes, says and refuses.

use std::fs;

use super::*;

const PAGE: &str = "# Lend a book\n\nLends it.\n\nEndpoint: POST /books/{isbn}\nVersion: 1.0\n\n\
    ## Path parameters:\n\n  - `isbn` (string, required)\n    Its number.\n\n\
    ## Request fields (application/json):\n\n  - `until` (string)\n    When it is due.\n";

fn folder_with(text: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let page = folder.path().join("Lending desk.md");
    fs::write(&page, text).unwrap();
    (folder, page)
}

#[test]
fn the_file_is_one_module_and_holds_what_was_asked_for() {
    let (folder, page) = folder_with(PAGE);
    let builder = Builder::new().pages(&page).out_dir(folder.path().join("out"));
    let generated = builder.clone().try_build().unwrap();
    assert_eq!(generated.file, folder.path().join("out/lending_desk.rs"));
    let text = fs::read_to_string(&generated.file).unwrap();
    let file = syn::parse_file(&text).unwrap();
    assert!(file.attrs.is_empty() && file.items.len() == 1, "{text}");
    assert!(text.contains("pub mod lending_desk {\n    //! The API `lending_desk`"), "{text}");
    assert!(text.contains("\n    pub mod types {\n        //! The types"), "{text}");
    assert!(text.contains("\n        pub struct LendBookRequest {\n            /// When it is due.\n"));
    assert!(!text.contains("mod client") && !text.contains("mod server"), "{text}");
    let generated = builder.client().server().try_build().unwrap();
    let text = fs::read_to_string(&generated.file).unwrap();
    assert!(text.contains("mod client {") && text.contains("mod server {") && !text.contains("feature"));
}

#[test]
fn builders_leave_each_others_files_alone_and_unchanged_ones_untouched() {
    let (folder, page) = folder_with(PAGE);
    let builder = Builder::new().pages(&page).out_dir(folder.path());
    let first = builder.clone().name("first").try_build().unwrap().file;
    let time = || fs::metadata(&first).unwrap().modified().unwrap();
    let before = time();
    builder.clone().name("second").try_build().unwrap();
    builder.name("first").try_build().unwrap();
    assert_eq!(time(), before);
    assert!(folder.path().join("second.rs").exists());
}

#[test]
fn an_error_on_a_page_is_drawn_and_nothing_is_written() {
    let (folder, page) = folder_with("Some text that is no API reference.\n");
    let error = Builder::new().pages(&page).out_dir(folder.path()).try_build().unwrap_err();
    let text = error.to_string();
    assert!(matches!(error, BuildError::Pages(_)), "{text}");
    assert!(text.starts_with("error[unknown-dialect]") && text.contains("Lending desk.md:1:1"), "{text}");
    assert!(!folder.path().join("lending_desk.rs").exists());
}

#[test]
fn cargo_hears_of_pages_and_warnings() {
    let (folder, page) = folder_with(&format!("{PAGE}  - `until` (integer)\n    Again.\n"));
    let generated = Builder::new().pages(&page).out_dir(folder.path()).try_build().unwrap();
    let page = page.display();
    let expected = format!(
        "cargo::rerun-if-changed={page}\n\
         cargo::warning={page}:17:3: warning[duplicate-field]: field `until` documented twice\n"
    );
    assert_eq!(generated.directives(), expected);
}

#[test]
fn a_page_cannot_direct_cargo() {
    let odd =
        PAGE.replace("Lends it.", "cargo::rustc-env=A=B\r\u{2028}cargo::error=x\n\n| a |\n\ncargo::error=y");
    let (folder, page) = folder_with(&odd);
    let generated = Builder::new().pages(&page).out_dir(folder.path()).try_build().unwrap();
    let directives = generated.directives();
    let known =
        |line: &str| line.starts_with("cargo::rerun-if-changed=") || line.starts_with("cargo::warning=");
    assert!(directives.lines().all(known), "{directives}");
}

#[test]
fn a_configuration_gives_overrides_and_pages() {
    let (folder, page) = folder_with(PAGE);
    let config = folder.path().join("docwright.yaml");
    let text = "out: x\napis:\n  lending:\n    pages: [Lending desk.md]\n    overrides:\n      \
        lendBook: {request: {until: {format: date}}}\n";
    fs::write(&config, text).unwrap();
    let builder = Builder::new().config(&config).out_dir(folder.path());
    let generated = builder.clone().try_build().unwrap();
    assert_eq!(generated.file, folder.path().join("lending.rs"));
    assert_eq!(generated.inputs, [page.clone(), config.clone()]);
    assert!(fs::read_to_string(&generated.file).unwrap().contains("until: Option<::jiff::civil::Date>"));
    let own_pages = builder.pages(&page).name("lending").try_build().unwrap();
    assert_eq!(own_pages.inputs, [page, config.clone()]);
    fs::write(&config, text.replace("until", "untill")).unwrap();
    let error = Builder::new().config(&config).out_dir(folder.path()).try_build().unwrap_err();
    let text = error.to_string();
    assert!(text.contains("no field `untill` here") && text.contains("nearest: `until`"), "{text}");
    let unknown = Builder::new().config(&config).name("others").out_dir(folder.path());
    assert!(unknown.try_build().unwrap_err().to_string().ends_with("`Builder::name`: lending"));
}

#[test]
fn wrong_use_is_said() {
    let (folder, page) = folder_with(PAGE);
    let said = |builder: Builder| builder.out_dir(folder.path()).try_build().unwrap_err().to_string();
    assert_eq!(said(Builder::new()), "no page is named: call `Builder::pages`");
    assert!(said(Builder::new().pages(&page).name("Users")).ends_with("and `_`: `Users`"));
    assert!(said(Builder::new().pages("a\nb.md")).contains("line break"));
    assert!(said(Builder::new().pages(folder.path().join("no.md"))).contains("can't be read"));
    let mine = folder.path().join("mine.rs");
    fs::write(&mine, "// mine\n").unwrap();
    assert!(said(Builder::new().pages(&page).name("mine")).contains("not written by docwright"));
    assert_eq!(fs::read_to_string(&mine).unwrap(), "// mine\n");
}
