//! What stands before a name and makes its row the child of one above: dashes, arrows, bullets, dots, indentation.

/// What stands before the name of a child, once for each level. A table's own HTML can spell it.
const CHILD_MARKS: [&str; 22] = [
    "&#x21B3;", "&#x21b3;", "&rArr;", "⇒", "⤷", "-", "–", "—", "↳", "└─", "└", "├─", "├", "»", "›", "→",
    "&raquo;", "&gt;", "&rsaquo;", "&#8627;", "> ", ">",
];

/// The bullets of lists that cells hold, and how deep each stands, as their shapes tell: `• order`, `◦ lines`.
const BULLETS: [(&str, usize); 7] = [("•", 1), ("●", 1), ("* ", 1), ("◦", 2), ("○", 2), ("▪", 3), ("■", 3)];

/// Takes the marks off that make a row the child of the one above: how many they are, how many levels they are indented,
/// and what follows. One mark, indented further, is a child of the child.
pub(super) fn strip_dashes(cell: &str) -> (usize, usize, &str) {
    const LEVEL: usize = 4;
    let blank = |text: &str| text.trim_start().starts_with("&nbsp;");
    let mut indented = cell;
    while blank(indented) {
        indented = indented.trim_start().trim_start_matches("&nbsp;");
    }
    let mut rest = indented;
    let mut dashes = 0;
    if let Some(dotted) = strip_dots(indented) {
        return dotted;
    }
    if let Some((bullet, depth)) =
        BULLETS.into_iter().find(|(bullet, _)| indented.trim_start().starts_with(bullet))
        && let Some(name) = indented.trim_start().strip_prefix(bullet).map(str::trim_start)
        && !name.is_empty()
    {
        return (depth, 0, name);
    }
    while dashes < 32 {
        let bare = rest.trim_start().trim_start_matches('\\');
        let Some(after) = CHILD_MARKS.into_iter().find_map(|mark| bare.strip_prefix(mark)) else { break };
        rest = after;
        dashes += 1;
    }
    let name = rest.trim_start();
    if dashes == 0 && indented.len() < cell.len() && !indented.trim().is_empty() {
        // Indentation alone: how many blanks a level has, the rows above tell.
        let blanks = cell.get(..cell.len() - indented.len()).unwrap_or_default().matches("&nbsp;").count();
        return (0, blanks.min(32 * LEVEL), indented.trim_start());
    }
    if name.is_empty() || dashes == 0 {
        return (0, 0, cell);
    }
    let before = cell.get(..cell.len() - indented.len()).unwrap_or_default();
    (dashes, before.matches("&nbsp;").take(32 * LEVEL).count() / LEVEL, name)
}

/// Takes off the dots that a table writes before the names of children, one for each level: `..type`.
fn strip_dots(cell: &str) -> Option<(usize, usize, &str)> {
    let bare = cell.trim_start_matches(['\\', '`', '*']);
    let name = bare.trim_start_matches(['.', '\\']);
    let dots = bare.get(..bare.len() - name.len())?.bytes().filter(|byte| *byte == b'.').count();
    let named = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    let whole = bare.len() == cell.len();
    (whole && named && (1..32).contains(&dots)).then_some((dots, 0, name))
}

/// The marks as they are part of a name that is no child's after all. A bullet never is.
pub(super) fn shown_marks(marks: &str, dashes: usize) -> String {
    let bare = marks.replace('\\', "").replace("&nbsp;", "");
    let bare = bare.trim();
    if bare.contains(['-', '–', '—']) {
        "-".repeat(dashes)
    } else if BULLETS.iter().any(|(bullet, _)| bullet.trim() == bare) {
        String::new()
    } else {
        bare.to_owned()
    }
}
