//! What was said of one place and is settled by another: by a better page, or by the configuration.

use std::collections::HashMap;

use crate::{
    diagnostic::{Code, Diagnostic},
    source::{PageId, Span},
};

/// The diagnostics that need not be shown any more, by code and place.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answered {
    /// By page, because a page has few of them.
    answers: HashMap<PageId, Vec<(&'static [Code], Span)>>,
}

impl Answered {
    /// Settles diagnostics of some codes that stand within a place, or point there.
    pub(crate) fn settle(&mut self, codes: &'static [Code], span: Span) {
        self.answers.entry(span.page).or_default().push((codes, span));
    }

    /// Whether a diagnostic is settled.
    #[must_use]
    pub fn covers(&self, diagnostic: &Diagnostic) -> bool {
        let settled = |place: Span| {
            let mut answers = self.answers.get(&place.page).into_iter().flatten();
            answers.any(|(codes, span)| {
                span.start <= place.start && place.end <= span.end && codes.contains(&diagnostic.code)
            })
        };
        settled(diagnostic.span) || diagnostic.related.iter().any(|(place, _)| settled(*place))
    }
}
