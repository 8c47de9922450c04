//! The targets call what the workspace's tests call, so that a find is a test at once.

#[path = "../../../tests/src/fuzzed.rs"]
pub mod fuzzed;
#[path = "../../../tests/src/harmless.rs"]
pub mod harmless;
