//! Each limit can be set, and has an error of its own where a page goes beyond it.

use std::fs;

use docwright::{
    BuildError, Builder,
    input::{InputError, Reading, read_apis, read_path},
    limits::Limits,
    pipeline::PageInput,
};

fn read(page: &str, limits: Limits) -> Reading {
    let input = PageInput { limits, ..PageInput::new("page.md", page) };
    read_apis(vec![("api".to_owned(), vec![input])])
}

/// The errors among the diagnostics, by code.
fn errors(reading: &Reading) -> Vec<(&'static str, String)> {
    let errors =
        reading.diagnostics.iter().filter(|d| d.severity() == docwright::diagnostic::Severity::Error);
    errors.map(|d| (d.code.name, format!("{}; {}", d.message, d.help.clone().unwrap_or_default()))).collect()
}

#[track_caller]
fn check(page: &str, least: Limits, less: Limits, code: &str, message: &str) -> Reading {
    assert_eq!(errors(&read(page, least)), [], "at the limit");
    let reading = read(page, less);
    let found = errors(&reading);
    assert_eq!(found.len(), 1, "beyond it: {found:?}");
    assert_eq!(found[0].0, code);
    assert!(found[0].1.contains(message) && found[0].1.contains("raise `limits."), "{}", found[0].1);
    reading
}

const USUAL: fn() -> Limits = Limits::default;

const PAGE: &str = "---\ntitle: Anchors\n---\n# Drop an anchor\n\nEndpoint: PUT /anchors/{id}\nVersion: 1\n\n\
    ## Path parameters:\n\n  - `id` (string, required)\n    Which.\n\n\
    ## Request fields (application/json):\n\n  - `chain` (object)\n    Its chain.\n\n\
    \x20 - `chain.links` (array)\n    Its links.\n\n  - `chain.links.weight` (integer)\n    In grams.\n";

#[test]
fn page_size() {
    let bytes = PAGE.len();
    let (least, less) =
        (Limits { page_bytes: bytes, ..USUAL() }, Limits { page_bytes: bytes - 1, ..USUAL() });
    let reading = check(PAGE, least, less, "page-too-large", &format!("more than {} bytes", bytes - 1));
    assert!(reading.pages[0].page.is_none() && reading.pages[0].source.text().is_empty());
}

#[test]
fn nesting() {
    let (least, less) = (Limits { nesting: 2, ..USUAL() }, Limits { nesting: 1, ..USUAL() });
    let reading = check(PAGE, least, less, "nesting-too-deep", "deeper than 1");
    assert!(!format!("{:?}", reading.models()).contains("weight"));
}

#[test]
fn fields_of_an_operation() {
    let (least, less) = (Limits { fields: 4, ..USUAL() }, Limits { fields: 3, ..USUAL() });
    let reading = check(PAGE, least, less, "too-many-fields", "4 fields, the limit is 3");
    assert!(reading.models()[0].operations.is_empty());
}

#[test]
fn front_matter_size() {
    let bytes = "title: Anchors".len();
    let (least, less) = (
        Limits { front_matter_bytes: bytes, ..USUAL() },
        Limits { front_matter_bytes: bytes - 1, ..USUAL() },
    );
    check(PAGE, least, less, "front-matter-too-large", "of 14 bytes, the limit is 13");
}

#[test]
fn pages_of_an_api() {
    let folder = tempfile::tempdir().unwrap();
    for page in 0..3 {
        fs::write(folder.path().join(format!("{page}.md")), PAGE).unwrap();
    }
    let with = |pages| read_path(folder.path(), "docs".as_ref(), Limits { pages, ..USUAL() });
    assert_eq!(with(3).unwrap().len(), 3);
    let error = with(2).unwrap_err();
    assert!(matches!(error, InputError::TooManyPages { most: 2 }), "{error}");
    assert!(
        error.to_string().contains("more pages than the limit of 2")
            && error.to_string().contains("`limits.pages`")
    );
    // Also where they are named one by one.
    let builder =
        (0..3).fold(Builder::new(), |builder, page| builder.pages(folder.path().join(format!("{page}.md"))));
    let limited = builder.out_dir(folder.path()).limits(Limits { pages: 2, ..USUAL() }).try_build();
    assert!(matches!(limited, Err(BuildError::Input(InputError::TooManyPages { most: 2 }))), "{limited:?}");
}

#[test]
fn the_deepest_page_that_can_be_allowed_becomes_code() {
    let mut page = "# A\n\nEndpoint: PUT /a\n\n## Request fields (application/json):\n\n".to_owned();
    let mut name = "a".to_owned();
    for _ in 0..=128 {
        page += &format!("  - `{name}` (array)\n    Text.\n\n");
        name += ".a";
    }
    let reading = read(&page, Limits { nesting: 128, ..USUAL() });
    assert_eq!(errors(&reading), []);
    let (files, _) =
        docwright::pipeline::generate(&reading.models(), &docwright::pipeline::Layout::default());
    for text in files.values() {
        docwright_tests::harmless::check_code(text).unwrap();
    }
    let document = docwright::openapi::openapi(&reading.models()[0]);
    assert!(docwright::yaml::to_string(&document).unwrap().lines().count() > 128);
    docwright::yaml::to_string(&reading.models()[0]).unwrap();
}

#[test]
fn limits_have_limits() {
    for (limits, message) in [
        (Limits { page_bytes: (1 << 30) + 1, ..USUAL() }, "`page_bytes` has to be from 1 to 1073741824"),
        (Limits { pages: 0, ..USUAL() }, "`pages` has to be from 1"),
        (Limits { nesting: 129, ..USUAL() }, "`nesting` has to be from 1 to 128, not 129"),
        (Limits { fields: 0, ..USUAL() }, "`fields` has to be from 1"),
        (
            Limits { front_matter_bytes: 2 << 20, ..USUAL() },
            "`front_matter_bytes` has to be from 1 to 1048576",
        ),
    ] {
        let error = limits.check().unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
        let refused = Builder::new().pages("x.md").out_dir("x").limits(limits).try_build().unwrap_err();
        assert_eq!(refused.to_string(), error);
    }
}
