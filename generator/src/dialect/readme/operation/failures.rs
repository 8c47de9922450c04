//! Samples of what goes wrong, which a page shows under no status.
//!
//! They are collected in the draft; each is given a status here ([`Draft::sample_failures`]), with a note.

use indexmap::IndexSet;

use super::Draft;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::{Context, readme::samples},
    model::{Sample, Status},
};

/// More failures than this are not each given the sample of one.
const MOST_FAILURES: usize = 16;

impl Draft {
    /// Gives the samples of what goes wrong a status: that of the failures that the page states and shows no body of, or else
    /// `default`.
    pub(super) fn sample_failures(&mut self, cx: &mut Context<'_>) {
        let failures = std::mem::take(&mut self.failures);
        if failures.is_empty() {
            return;
        }
        let sampled = samples::sampled_responses(&self.samples);
        let bare = self.responses.iter().filter(|body| body.is_stated().is_none());
        let bare = bare.filter_map(|body| body.status).chain(self.stated.iter().map(|stated| stated.status));
        let is_bare = |status: &Status| status.is_failure() && !sampled.contains_key(&Some(*status));
        let mut statuses: Vec<Status> = bare.filter(is_bare).collect::<IndexSet<_>>().into_iter().collect();
        // Each has a copy.
        if statuses.is_empty() || statuses.len() > MOST_FAILURES {
            statuses = vec![Status::Default];
        }
        // As many as there are statuses stand in their order.
        let paired = failures.len() > 1 && failures.len() == statuses.len();
        for (nth, (json, span)) in failures.into_iter().enumerate() {
            // The first is that of all, and those that follow are not each given to all again.
            let own = if paired {
                nth..nth + 1
            } else if nth == 0 {
                0..statuses.len()
            } else {
                0..1
            };
            let statuses = statuses.get(own).unwrap_or_default();
            let shown: Vec<String> = statuses.iter().map(ToString::to_string).collect();
            cx.report(
                Diagnostic::new(codes::STATUS_OF_ERROR_SAMPLE, span, "sample of an error without its status")
                    .label(format!("read as the body of {}", shown.join(", ")))
                    .help("override the response in docwright.yaml if it is that of another"),
            );
            let sample = |status| Sample::Response { status: Some(status), json: json.clone(), span };
            self.samples.extend(statuses.iter().copied().map(sample));
        }
    }
}
