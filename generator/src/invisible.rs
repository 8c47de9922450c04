//! Characters that hide, or that change how the text around them reads.
//!
//! They may be part of a name on the wire, so that pages keep them. Where text is shown, in documentation and in messages,
//! they are left out or replaced.

/// Whether a character turns the direction of text: bidirectional marks and controls, which rustc denies in comments.
pub(crate) fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a character is shown as nothing, and turns no direction: those with the property Default_Ignorable_Code_Point
/// (Unicode 16, `DerivedCoreProperties.txt`), such as joiners, soft hyphens, fillers, variation selectors and the tags that
/// repeat ASCII unseen, and annotations.
pub(crate) fn has_no_width(c: char) -> bool {
    matches!(c,
        '\u{ad}' | '\u{34f}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
        | '\u{200b}'..='\u{200d}' | '\u{2060}'..='\u{2065}' | '\u{206a}'..='\u{206f}' | '\u{3164}'
        | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
        | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}' | '\u{e0000}'..='\u{e0fff}')
}
