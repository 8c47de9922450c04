//! `docwright generate`: code appears, formatted, compiling.

use docwright::{
    diagnostic::render::inert,
    output::{OutputError, State},
};

use super::{
    exit::{Failure, Outcome},
    report::Reporter,
    target::{Comparison, TargetPlan},
    write_result,
};

/// Writes what changed, or says what would be written.
pub(crate) fn run(
    target: &TargetPlan,
    dry_run: bool,
    force: bool,
    reporter: &mut Reporter,
) -> Result<Outcome, Failure> {
    let comparison = target.compare(reporter).and_then(|comparison| allow(comparison, force));
    if dry_run {
        let comparison = comparison?;
        write_result(&announce(&comparison))?;
        return Ok(reporter.outcome());
    }
    let comparison = comparison.map_err(Failure::unwritten)?;
    let done = comparison.plan.write()?;
    for entry in comparison.plan.stale() {
        reporter.status(&format!("removed {}", comparison.shown.join(&entry.path).display()));
    }
    reporter.status(&format!(
        "{}: {} written, {} removed, {} unchanged",
        comparison.shown.display(),
        done.written,
        done.removed,
        done.unchanged
    ));
    Ok(reporter.outcome())
}

/// Refuses where edits would be lost, and shows them, unless that is wanted.
fn allow(comparison: Comparison, force: bool) -> Result<Comparison, Failure> {
    let Comparison { plan, shown } = comparison;
    let plan = if force { plan.force() } else { plan };
    let edited: Vec<_> = plan.edited().map(|entry| shown.join(&entry.path)).collect();
    if edited.is_empty() {
        return Ok(Comparison { plan, shown });
    }
    write_result(&plan.diff_of_edited(&shown))?;
    Err(OutputError::Edited(edited).into())
}

/// One line for each file that would be written or removed.
fn announce(comparison: &Comparison) -> String {
    comparison
        .plan
        .drift()
        .map(|entry| {
            let verb = if entry.state == State::Stale { "remove" } else { "write" };
            format!("{verb} {}\n", inert(&comparison.shown.join(&entry.path).display().to_string()))
        })
        .collect()
}
