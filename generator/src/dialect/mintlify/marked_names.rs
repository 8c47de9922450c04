//! Names that their markers are glued to: an older layout of the product prints `amountrequired` above `number`.
//!
//! A page's lines come in, whether it is laid out so goes out ([`are_evident`]), and where to cut one of them ([`cuts`]).
//! A field can be called `is_required`: that counts only where the page has no marker of its own.

use super::labels::{self, Marker};

/// How many names a page must have that end in the marker, where none has a second marker.
const MIN_NAMES: usize = 2;

/// Whether a page is laid out so: `names` are the lines right above types, `others` all others.
pub(super) fn are_evident<'t>(
    names: impl Iterator<Item = &'t str>,
    mut others: impl Iterator<Item = &'t str>,
) -> bool {
    let (mut marked, mut certain) = (0, false);
    for name in names {
        let cuts = cuts(name);
        marked += usize::from(!cuts.is_empty());
        certain |= cuts.len() > 1;
    }
    let required = |line: &str| {
        labels::marker(line) == Some(Marker::Required)
            || line.strip_suffix("required").is_some_and(is_type_like)
    };
    marked > 0 && (certain || marked >= MIN_NAMES) && !others.any(required)
}

/// Whether a line could be a type with its marker: in other layouts those are glued.
fn is_type_like(line: &str) -> bool {
    super::types::read_type(line, crate::source::Span::default()).is_some()
}

/// Where a name ends, and each marker behind it but the last.
pub(super) fn cuts(line: &str) -> Vec<usize> {
    const REQUIRED: &str = "required";
    const MARKS: [&str; 4] = [REQUIRED, "header", "query", "cookie"];
    const MAX_LENGTH: usize = 200;
    let mut cuts = Vec::new();
    if line.len() > MAX_LENGTH || line.contains(char::is_whitespace) {
        return cuts;
    }
    let mut rest = line;
    while let Some(name) = MARKS.iter().find_map(|mark| rest.strip_suffix(mark)) {
        // What is left of `is_required` would be no name, and only `required` stands last.
        let is_last = !cuts.is_empty() || rest.ends_with(REQUIRED);
        if !is_last || name.is_empty() || name.ends_with(['_', '-', '.', ' ']) {
            break;
        }
        cuts.insert(0, name.len());
        rest = name;
    }
    cuts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_are_cut_off_names() {
        assert_eq!(cuts("amountrequired"), [6]);
        assert_eq!(cuts("Authorizationheaderrequired"), [13, 19]);
        for line in ["required", "is_required", "header", "X-header", "not required", "amount"] {
            assert!(cuts(line).is_empty(), "{line}");
        }
    }

    #[test]
    fn one_name_alone_proves_nothing() {
        let evident = |names: &[&'static str], others: &[&'static str]| {
            are_evident(names.iter().copied(), others.iter().copied())
        };
        assert!(evident(&["keyheaderrequired"], &[]));
        assert!(evident(&["pierrequired", "depthrequired"], &["string"]));
        assert!(!evident(&["pierrequired"], &[]));
        assert!(!evident(&["pierrequired", "depthrequired"], &["required"]));
        assert!(!evident(&["pierrequired", "depthrequired"], &["stringrequired"]));
    }
}
