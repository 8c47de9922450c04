//! Generates the client of the harbour's API.

fn main() {
    docwright::Builder::new().pages("docs/harbour").client().build();
}
