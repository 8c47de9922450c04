//! `docwright check`: fails, with a diff and the command that mends it, where code and pages disagree.

use docwright::output::State;

use super::{
    exit::{Failure, Outcome},
    report::Reporter,
    target::TargetPlan,
    write_result,
};

/// Compares, and prints a unified diff.
pub(crate) fn run(target: &TargetPlan, reporter: &mut Reporter) -> Result<Outcome, Failure> {
    let comparison = target.compare(reporter)?;
    let plan = &comparison.plan;
    let count = |state: State| plan.drift().filter(|entry| entry.state == state).count();
    if plan.drift().next().is_some() {
        write_result(&plan.diff(&comparison.shown))?;
        // Edits are lost by that, which the command has to be told.
        let force = if plan.edited().next().is_some() { " --force" } else { "" };
        reporter.error(&format!(
            "{} has drifted from its pages: {} changed, {} missing, {} stale; mend it with `{}{force}`",
            comparison.shown.display(),
            count(State::Changed),
            count(State::Missing),
            count(State::Stale),
            target.command(),
        ));
    }
    Ok(reporter.outcome())
}
