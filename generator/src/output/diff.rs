//! Draws what `check` found.

use std::path::Path;

use similar::TextDiff;

use super::{Entry, Plan};
use crate::diagnostic::render::inert;

impl Plan {
    /// A unified diff from what is there to what should be, empty where nothing drifted. Paths are shown
    /// below `shown`. The text is safe to print.
    #[must_use]
    pub fn diff(&self, shown: &Path) -> String {
        self.drift().map(|entry| diff(entry, shown)).collect()
    }

    /// The part of [`Plan::diff`] that is about [`Plan::edited`].
    #[must_use]
    pub fn diff_of_edited(&self, shown: &Path) -> String {
        self.edited().map(|entry| diff(entry, shown)).collect()
    }
}

fn diff(entry: &Entry, shown: &Path) -> String {
    let path = inert(&shown.join(&entry.path).display().to_string());
    let name = |text: &Option<String>, side: &str| match text {
        Some(_) => format!("{side}/{path}"),
        None => "/dev/null".to_owned(),
    };
    let (old, new) = (entry.old.as_deref().unwrap_or_default(), entry.new.as_deref().unwrap_or_default());
    let diff = TextDiff::from_lines(old, new);
    let mut unified = diff.unified_diff();
    unified.context_radius(3).header(&name(&entry.old, "a"), &name(&entry.new, "b"));
    let mut out = String::new();
    for line in unified.to_string().split_inclusive('\n') {
        let (text, end) = line.strip_suffix('\n').map_or((line, ""), |text| (text, "\n"));
        out.push_str(&inert(text));
        out.push_str(end);
    }
    out
}
