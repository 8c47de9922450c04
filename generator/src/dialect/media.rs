//! The media types of the bodies of an operation: each of them once.

use std::collections::{HashMap, hash_map::Entry};

use super::Context;
use crate::{
    diagnostic::{Diagnostic, codes},
    model::MediaType,
    source::Span,
};

/// Where bodies in media types stand: by the number of the response, or none for the request, and the media type.
#[derive(Debug, Default)]
pub(crate) struct KnownMedia(HashMap<(Option<usize>, String), Span>);

impl KnownMedia {
    /// Adds a body in a media type, which stands at `span`, to those of the request or of a response; a second one in the same
    /// media type is reported and left out.
    pub(crate) fn add(
        &mut self,
        cx: &mut Context<'_>,
        response: Option<usize>,
        content: &mut Vec<MediaType>,
        media: MediaType,
        span: Span,
    ) {
        match self.0.entry((response, media.name.value.clone())) {
            Entry::Occupied(known) => cx.report(
                Diagnostic::new(
                    codes::DUPLICATE_SECTION,
                    span,
                    format!("body in `{}` documented twice", media.name.value),
                )
                .label("this one is left out")
                .related(*known.get(), "this one stands"),
            ),
            Entry::Vacant(new) => {
                new.insert(media.schema.span);
                content.push(media);
            }
        }
    }
}
