//! Code is what docwright wrote, whatever the page.

use docwright_tests::harmless::check_code;

use crate::{
    pages::{ATTACKS, pages},
    run,
};

#[test]
fn page_text_is_nothing_but_names_literals_and_documentation() {
    let (mut read, mut count, mut literals) = (0, 0, 0);
    for attack in ATTACKS {
        for page in pages(attack) {
            let outcome = run("page.md", &page);
            count += 1;
            read += usize::from(outcome.reading.apis.iter().any(|read| !read.api.operations.is_empty()));
            for (path, text) in &outcome.files {
                if let Err(found) = check_code(text) {
                    panic!("{attack:?}: {}: {found}\n{page}\n{text}", path.display());
                }
                literals += text.matches("pwned").count();
            }
        }
    }
    // A path that is no path any more leaves nothing to read.
    assert!(read * 10 > count * 8, "an operation was read of {read} pages of {count} only");
    assert!(literals > 1000, "{literals} texts of the pages are too few to mean anything");
}
