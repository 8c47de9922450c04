//! Characters that hide, or that change how the text around them reads.
//!
//! They may be part of a name on the wire, so that pages keep them. Where text is shown, in documentation and in messages,
//! they are left out or replaced.

/// Whether a character turns the direction of text: bidirectional marks and controls, which rustc denies in comments.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character has no width: joiners, soft hyphens, annotations, and the tags that repeat ASCII unseen.
pub(crate) fn has_no_width(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2064}' | '\u{206a}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}
