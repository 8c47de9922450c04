//! Prints what was counted, as a table or as JSON.

use std::fmt::Write;

use serde::Serialize;

use super::{compile::Checked, measure::Counts};

/// What came of one API.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// Its folder.
    pub api: String,
    /// Why nothing was generated, if so.
    pub failure: Option<String>,
    /// What was counted.
    #[serde(flatten)]
    pub counts: Counts,
    /// What Cargo said, if it was asked.
    pub check: Option<Checked>,
}

/// What came of all of them.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Report {
    /// By API.
    pub apis: Vec<Line>,
    /// Of all APIs together.
    pub total: Counts,
    /// What Cargo takes for a crate that is empty: of each time below, so much is Cargo's.
    pub nothing: Option<Checked>,
}

const HEADS: [&str; 18] = [
    "pages", "ops", "claimed", "left", "errors", "warns", "notes", "types", "lines", "/op", "read ms",
    "gen ms", "ops/s", "check s", "ms/op", "again s", "ms/op", "API",
];

impl Line {
    /// Whether it was generated, and compiles without a warning.
    #[must_use]
    pub fn is_well(&self) -> bool {
        let checked = |check: &Checked| check.compiles && check.warnings == 0;
        self.failure.is_none() && self.check.as_ref().is_none_or(checked)
    }
}

impl Report {
    /// The report of these APIs.
    #[must_use]
    pub fn new(apis: Vec<Line>, nothing: Option<Checked>) -> Self {
        let mut total = Counts::default();
        apis.iter().for_each(|line| total.add(&line.counts));
        Self { apis, total, nothing }
    }

    /// Whether all is well.
    #[must_use]
    pub fn is_well(&self) -> bool {
        self.apis.iter().all(Line::is_well)
    }

    /// As people read it: a line for each API, then diagnostics by code, then what Cargo complained of.
    #[must_use]
    pub fn table(&self) -> String {
        let mut rows = vec![HEADS.map(str::to_owned)];
        rows.extend(self.apis.iter().map(|line| row(&line.api, &line.counts, line.check.as_ref())));
        rows.push(row("total", &self.total, self.checked().as_ref()));
        let mut out = aligned(&rows);
        let counts = self.apis.iter().map(|line| (line.api.as_str(), &line.counts));
        for (api, counts) in counts.chain([("total", &self.total)]) {
            for (severity, codes) in &counts.diagnostics {
                let codes: Vec<_> = codes.iter().map(|(code, count)| format!("{code} {count}")).collect();
                // Writing to a string does not fail.
                let _ = writeln!(out, "{api}: {severity}s: {}", codes.join(", "));
            }
        }
        if let Some(nothing) = &self.nothing {
            let (first, again) = (nothing.seconds, nothing.again_seconds);
            let _ = writeln!(out, "Of each check, Cargo itself takes {first:.2} s, and {again:.2} s again.");
        }
        for line in self.apis.iter().filter(|line| !line.is_well()) {
            let failure = line.failure.clone().unwrap_or_else(|| "does not compile without warnings".into());
            let _ = writeln!(out, "\n{}: {failure}", line.api);
            for message in line.check.iter().flat_map(|check| &check.messages).take(SHOWN) {
                out.push_str(message);
            }
        }
        out
    }

    /// What Cargo said of all of them.
    fn checked(&self) -> Option<Checked> {
        let mut all = self.apis.iter().filter_map(|line| line.check.as_ref()).peekable();
        all.peek()?;
        let start = Checked { compiles: true, ..Checked::default() };
        Some(all.fold(start, |sum, one| Checked {
            compiles: sum.compiles && one.compiles,
            warnings: sum.warnings + one.warnings,
            errors: sum.errors + one.errors,
            seconds: sum.seconds + one.seconds,
            again_seconds: sum.again_seconds + one.again_seconds,
            messages: Vec::new(),
        }))
    }
}

/// So many of a crate's warnings and errors are shown.
const SHOWN: usize = 5;

#[expect(clippy::cast_precision_loss, reason = "counts are small")]
fn row(api: &str, counts: &Counts, check: Option<&Checked>) -> [String; HEADS.len()] {
    let of = |severity: &str| {
        let codes = counts.diagnostics.get(severity);
        codes.map_or(0, |codes| codes.values().sum::<usize>()).to_string()
    };
    let per_operation = |value: f64| match counts.operations {
        0 => "-".to_owned(),
        operations => format!("{:.1}", value / operations as f64),
    };
    let claimed = match counts.text_lines {
        0 => "-".to_owned(),
        lines => format!("{:.2} %", 100.0 - 100.0 * counts.unclaimed_lines as f64 / lines as f64),
    };
    let seconds = counts.time().as_secs_f64();
    let checked = |value: &dyn Fn(&Checked) -> String| check.map_or_else(|| "-".to_owned(), value);
    [
        counts.pages.to_string(),
        counts.operations.to_string(),
        claimed,
        counts.unclaimed_lines.to_string(),
        of("error"),
        of("warning"),
        of("note"),
        counts.types.to_string(),
        counts.rust_lines.to_string(),
        per_operation(counts.rust_lines as f64),
        format!("{:.1}", counts.read_seconds * 1e3),
        format!("{:.1}", counts.generate_seconds * 1e3),
        format!("{:.0}", if seconds > 0.0 { counts.operations as f64 / seconds } else { 0.0 }),
        checked(&|check| match (check.compiles, check.warnings) {
            (false, _) => "FAILS".to_owned(),
            (true, 0) => format!("{:.2}", check.seconds),
            (true, warnings) => format!("{warnings} WARNINGS"),
        }),
        checked(&|check| per_operation(check.seconds * 1e3)),
        checked(&|check| format!("{:.2}", check.again_seconds)),
        checked(&|check| per_operation(check.again_seconds * 1e3)),
        api.to_owned(),
    ]
}

/// Columns: numbers to the right, and the name, which may be long, after them.
fn aligned(rows: &[[String; HEADS.len()]]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: [usize; HEADS.len()] = std::array::from_fn(width);
    let mut out = String::new();
    for row in rows {
        for (column, (cell, width)) in row.iter().zip(widths).enumerate() {
            let _ = match column {
                0 => write!(out, "{cell:>width$}"),
                _ if column + 1 == HEADS.len() => write!(out, "  {cell}"),
                _ => write!(out, "  {cell:>width$}"),
            };
        }
        out.push('\n');
    }
    out
}
