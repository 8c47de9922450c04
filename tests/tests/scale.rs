//! What only shows when an API is large.

use docwright::{
    input::read_apis,
    limits::Limits,
    pipeline::{Layout, PageInput, generate},
};

/// A quarter of what threads usually have, in bytes.
const STACK: usize = 512 << 10;

/// Whoever reads or prints nested code takes stack for each level: what grows with the number of operations must not
/// be nested.
#[test]
fn thousands_of_operations_are_not_nested_in_each_other() {
    let page = |number: usize| PageInput {
        name: format!("{number}.md"),
        bytes: format!("# Do {number}\n\nEndpoint: GET /do/{number}\nVersion: 1\n\n## Response 204 fields\n")
            .into(),
        limits: Limits::default(),
        folder: None,
    };
    let reading = read_apis(vec![("api".to_owned(), (0..4000).map(page).collect())]);
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap();
    let (files, _) = threads.install(|| generate(&reading.models(), &Layout::default()));
    let server = &files["api/server.rs".as_ref() as &std::path::Path];
    assert_eq!(server.matches("\"GET /do/").count(), 4000);
}
