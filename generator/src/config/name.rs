//! Which names an API can have: those that are a module's, a folder's and nothing else's.

use std::path::Path;

/// The longest name; file systems allow no more than 255 bytes, and prefixes come on top.
const MAX_NAME: usize = 64;

/// The name of an API where nothing names it, and what goes before words that are no name.
pub const FALLBACK_NAME: &str = "api";

/// Names that mean something to Rust, to Cargo, to docwright or to a file system.
const TAKEN: &[&str] = &[
    "alloc",
    "aux",
    "build",
    "client",
    "con",
    "core",
    "docwright",
    "lib",
    "main",
    "mod",
    "nul",
    "prn",
    "proc_macro",
    "server",
    "std",
    "test",
    "tests",
    "types",
];

/// Why a name can't be an API's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameError {
    /// There is no name.
    #[error("the name of an API is empty")]
    Empty,
    /// It does not begin with a letter.
    #[error("the name of an API has to start with a letter of `a-z`")]
    Start,
    /// Another character occurs.
    #[error("the name of an API is made of `a-z`, `0-9` and `_`")]
    Character,
    /// It is too long.
    #[error("the name of an API has at most {MAX_NAME} characters")]
    TooLong,
    /// Rust has it.
    #[error("the name of an API can't be a Rust keyword")]
    Keyword,
    /// Something else has it.
    #[error("the name of an API can't be one that is taken: {}", TAKEN.join(", "))]
    Taken,
}

/// Whether an API can have this name: it becomes a module's.
///
/// # Errors
///
/// Where it can't.
pub fn check_api_name(name: &str) -> Result<(), NameError> {
    let numbered = |device: &str| {
        name.strip_prefix(device)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    match name.bytes().next() {
        None => Err(NameError::Empty),
        Some(_) if name.len() > MAX_NAME => Err(NameError::TooLong),
        Some(_) if !name.bytes().all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'_')) => {
            Err(NameError::Character)
        }
        Some(first) if !first.is_ascii_lowercase() => Err(NameError::Start),
        // `syn` knows the keywords.
        Some(_) if syn::parse_str::<syn::Ident>(name).is_err() => Err(NameError::Keyword),
        Some(_) if TAKEN.contains(&name) || numbered("com") || numbered("lpt") => Err(NameError::Taken),
        Some(_) => Ok(()),
    }
}

/// A name for an API, after the page or folder that it is read from: `api_…` where that begins with a digit or is
/// a keyword, `api` where it gives no word.
#[must_use]
pub fn name_after(path: &Path) -> String {
    let stem = if path.is_dir() {
        // `.` and `..` have no name of their own.
        path.canonicalize().ok().and_then(|path| path.file_name().map(ToOwned::to_owned))
    } else {
        path.file_stem().map(ToOwned::to_owned)
    };
    let stem = stem.unwrap_or_default().to_string_lossy().to_lowercase();
    let words: Vec<_> =
        stem.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let mut name = words.join("_");
    // It may begin with a digit, or be a keyword.
    if check_api_name(&name).is_err() && !name.is_empty() {
        name = format!("{FALLBACK_NAME}_{name}");
    }
    // All is ASCII here.
    name.truncate(MAX_NAME);
    if check_api_name(&name).is_ok() { name } else { FALLBACK_NAME.to_owned() }
}

/// What generated crates depend on: a crate of such a name would be its own dependency to Cargo, and not to Rust.
const DEPENDENCIES: &[&str] = &["axum", "docwright_runtime", "jiff", "serde", "serde_json", "uuid"];

/// Why a name can't be a crate's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error(
    "the name of a crate starts with a letter, is made of ASCII letters, digits, `-` and `_`, has at most \
     {MAX_NAME} characters, and is neither a keyword nor a name that is taken, such as those of {}",
    DEPENDENCIES.join(", ")
)]
pub struct CrateNameError;

/// Whether a crate can have this name.
///
/// # Errors
///
/// Where it can't.
pub fn check_crate_name(name: &str) -> Result<(), CrateNameError> {
    let module = name.to_ascii_lowercase().replace('-', "_");
    check_api_name(&module).map_err(|_| CrateNameError)?;
    if DEPENDENCIES.contains(&module.as_str()) { Err(CrateNameError) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn crate_names_are_what_cargo_takes() {
        for name in ["a", "My-crate_2"] {
            assert_eq!(check_crate_name(name), Ok(()), "{name}");
        }
        for name in ["", "1a", "a b", "a\"", "a\n", "fn", "test", "../a", "Serde-JSON", "uuid"] {
            assert_eq!(check_crate_name(name), Err(CrateNameError), "{name}");
        }
    }

    #[test]
    fn only_module_names_pass() {
        // `gen` is a keyword of edition 2024 only; its module is `r#gen`.
        for name in ["a", "users_v2", "finix", "gen"] {
            assert_eq!(check_api_name(name), Ok(()), "{name}");
        }
        let long = "a".repeat(65);
        for name in ["", "A", "1a", "_a", "a-b", "a/b", "..", "é", "async", "self", "mod", "com1", &long] {
            assert!(check_api_name(name).is_err(), "{name}");
        }
    }
}
