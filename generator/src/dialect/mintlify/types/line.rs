//! The line of a field's type: the type, and the markers that are glued to it.

use super::{MAX_LENGTH, Printed, may_be_type, read_type};
use crate::{
    dialect::mintlify::labels::{Marker, leading_marker, may_end_in_markers},
    source::Span,
};

/// A field's type line.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::dialect::mintlify) struct TypeLine<'a> {
    /// The type.
    pub(in crate::dialect::mintlify) ty: Printed,
    /// Markers glued to it.
    pub(in crate::dialect::mintlify) markers: Vec<Marker<'a>>,
}

/// The type that `text` begins with, when nothing but markers follow it.
pub(in crate::dialect::mintlify) fn read_type_line(text: &str, span: Span) -> Option<TypeLine<'_>> {
    if !may_be_type(text) {
        return None;
    }
    if let Some(ty) = read_type(text, span) {
        return Some(TypeLine { ty, markers: Vec::new() });
    }
    if text.len() > MAX_LENGTH || !may_end_in_markers(text) {
        return None;
    }
    // Markers are words of their own, so the first place from where on all is markers ends the type.
    let starts = text.char_indices().skip(1).map(|(at, _)| at).filter(|&at| {
        text.get(at..)
            .is_some_and(|rest| leading_marker(rest).is_some() && !rest.starts_with(char::is_whitespace))
    });
    starts.take(8).find_map(|at| {
        let markers = all_markers(text.get(at..)?)?;
        let ty = read_type(text.get(..at)?, span)?;
        Some(TypeLine { ty, markers })
    })
}

/// The markers that `text` consists of, and of nothing else.
fn all_markers(mut text: &str) -> Option<Vec<Marker<'_>>> {
    let mut markers = Vec::new();
    while !text.trim().is_empty() {
        let (marker, length) = leading_marker(text.trim_start())?;
        markers.push(marker);
        text = text.trim_start().get(length..)?;
    }
    Some(markers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glued_markers_are_split_off() {
        let line = read_type_line("stringheaderrequired", Span::default()).unwrap();
        assert_eq!(line.markers, [Marker::Header, Marker::Required]);
        let line = read_type_line("integer<int64>default:10required", Span::default()).unwrap();
        assert_eq!(line.markers, [Marker::Default("10"), Marker::Required]);
        assert_eq!(line.ty.schema.format.unwrap().value, "int64");
        assert!(read_type_line("stringly", Span::default()).is_none());
    }
}
