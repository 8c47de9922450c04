//! Literate cases: a page, then what is expected of it, in Markdown that people read.
//!
//! `# Heading` opens a group, `## heading` a test. Fences of three or more backticks hold its parts; the
//! word after the backticks says which:
//!
//! | fence | holds |
//! |---|---|
//! | `page`, `page NAME` | a page; several make one API |
//! | `model` | the expected model as YAML, without spans |
//! | `openapi` | the expected OpenAPI document as JSON |
//! | `config` | what `docwright.yaml` says of the API, below its name, but for `pages` |
//! | `rust` | the expected `types.rs` |
//! | `client`, `server` | the expected `client.rs` and `server.rs` |
//! | `docs` | the expected documentation of the API's module |
//! | `diagnostics` | the expected diagnostics, one `code: message` a line, by position |
//! | `generating diagnostics` | those that generating code adds, in the same way |
//! | `messages` | the expected diagnostics as they are drawn over the text |
//! | `flattened model` | the expected model of the flattened pages |
//!
//! Each fence that is there is checked, and a test without any expectation fails. The line `flattened: same`
//! in a test's prose says that its pages with all white space collapsed give the same model, white space in
//! strings aside; `flattened: differs` says that they do not, which a `flattened model` fence can detail.
//!
//! With `DOCWRIGHT_UPDATE=1` expectations are rewritten in place; `DOCWRIGHT_CASE=text` runs only the cases
//! whose name contains the text.

mod check;
mod document;

pub use check::{Failure, check};
pub use document::{Case, Document, Fence, Flattened};
