//! What only shows when an API is large.

use std::path::Path;

use docwright::{
    input::read_apis,
    pipeline::{Files, Layout, PageInput, generate},
};

/// A quarter of what threads usually have, in bytes.
const STACK: usize = 512 << 10;

/// Whoever reads or prints nested code takes stack for each level: what grows with the pages must not be nested.
fn generated(pages: Vec<String>) -> Files {
    let page = |(number, text): (usize, String)| PageInput::new(format!("{number}.md"), text);
    let pages = pages.into_iter().enumerate().map(page).collect();
    let reading = read_apis(vec![("api".to_owned(), pages)]);
    let threads = rayon::ThreadPoolBuilder::new().stack_size(STACK).build().unwrap();
    threads.install(|| generate(&reading.models(), &Layout::default()).0)
}

#[test]
fn thousands_of_operations_are_not_nested_in_each_other() {
    let page = |number| {
        format!("# Do {number}\n\nEndpoint: GET /do/{number}\nVersion: 1\n\n## Response 204 fields\n")
    };
    let files = generated((0..4000).map(page).collect());
    let server = &files["api/server.rs".as_ref() as &Path];
    assert_eq!(server.matches("\"GET /do/").count(), 4000);
}

#[test]
fn thousands_of_parameters_are_not_nested_in_each_other() {
    let path: String = (0..4000).map(|number| format!("/{{p{number}}}")).collect();
    let parameters: String =
        (0..4000).map(|number| format!("  - `p{number}` (string, required)\n    A part.\n\n")).collect();
    let page = format!("# Do\n\nEndpoint: GET {path}\nVersion: 1\n\n## Path parameters:\n\n{parameters}");
    let files = generated(vec![page]);
    let client = &files["api/client.rs".as_ref() as &Path];
    assert_eq!(client.matches(".path(\"p").count(), 4000);
}

#[test]
fn thousands_of_limits_are_not_nested_in_each_other() {
    let parameters: Vec<String> = (0..4000)
        .map(|number| {
            format!("{{name: p{number}, in: query, required: true, schema: {{type: integer, minimum: 1}}}}")
        })
        .collect();
    let parameters = parameters.join(", ");
    let operation = format!("{{parameters: [{parameters}], responses: {{'204': {{description: Done}}}}}}");
    let page =
        format!("# Do\n\n````yaml get /do\nopenapi: 3.1.0\npaths:\n  /do:\n    get: {operation}\n````\n");
    let files = generated(vec![page]);
    let server = &files["api/server.rs".as_ref() as &Path];
    assert_eq!(server.matches(".minimum(").count(), 4000);
}
