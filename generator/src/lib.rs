//! docwright reads API reference pages, the way vendors publish them, and writes typed Rust.
//!
//! Build scripts enter at [`Builder`]. Everything else is what the command `docwright` is made of, stage by
//! stage: [`pipeline`] runs them in order, from the bytes of pages to the text of files.
//!
//! ```
//! use docwright::{input::read_apis, pipeline::{Layout, PageInput, generate}};
//!
//! let page = "# Lend a book\n\nEndpoint: POST /books/{isbn}\n\n## Path parameters:\n\n  - `isbn` (string, required)\n";
//! let reading = read_apis(vec![("library".to_owned(), vec![PageInput::new("lend.md", page)])]);
//! let (files, _) = generate(&reading.models(), &Layout::default());
//! assert!(files["library/client.rs".as_ref() as &std::path::Path].contains("pub async fn lend_book("));
//! ```

mod builder;
pub mod claims;
mod components;
pub mod config;
mod curl;
pub mod diagnostic;
pub mod dialect;
mod emit;
mod folder;
mod format;
pub mod input;
mod invisible;
pub mod limits;
mod lower;
mod markdown;
mod media_type;
pub mod model;
pub mod openapi;
pub mod output;
mod parallel;
mod path_template;
pub mod pipeline;
mod reflow;
mod resolve;
pub mod source;
pub mod yaml;

pub use builder::{BuildError, Builder, Generated};
