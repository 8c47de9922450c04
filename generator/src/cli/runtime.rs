//! Where a generated crate finds `docwright-runtime`, as its manifest has to say it.

use std::{
    fs, io,
    path::{Path, PathBuf, absolute},
};

use super::exit::Failure;

/// The path of the runtime's folder as a manifest in `out` names it: relative to there where it was typed
/// relative to here, so that the same files come out wherever the repository lies.
pub(super) fn path_from(out: &Path, runtime: &Path) -> Result<String, Failure> {
    let usage =
        |problem: String| Failure::Usage(format!("`--runtime-path {}`: {problem}", runtime.display()));
    let unreadable = |error: io::Error| usage(format!("can't be read: {error}"));
    let found = runtime.canonicalize().map_err(unreadable)?;
    if !found.join("Cargo.toml").is_file() {
        return Err(usage("there is no `Cargo.toml`".into()));
    }
    let relative = if runtime.is_absolute() {
        None
    } else {
        pathdiff::diff_paths(&found, canonical(out).map_err(unreadable)?)
    };
    let path = relative.unwrap_or_else(|| runtime.to_owned());
    let path = path.to_str().ok_or_else(|| usage("the path is not text".into()))?;
    Ok(path.replace(std::path::MAIN_SEPARATOR, "/"))
}

/// The path of a folder without links, though it may not be there yet.
fn canonical(folder: &Path) -> io::Result<PathBuf> {
    let folder = absolute(folder)?;
    for above in folder.ancestors() {
        if fs::symlink_metadata(above).is_ok() {
            let below = folder.strip_prefix(above).unwrap_or(Path::new(""));
            return Ok(above.canonicalize()?.join(below));
        }
    }
    Ok(folder)
}
