//! A file of literate cases, read line by line, so that fences can be rewritten in place.

use std::ops::Range;

/// A file of cases.
#[derive(Debug, Clone)]
pub struct Document {
    lines: Vec<String>,
    /// Its cases, in order.
    pub cases: Vec<Case>,
}

/// One test.
#[derive(Debug, Clone, Default)]
pub struct Case {
    /// Group and heading.
    pub name: String,
    /// The line of its heading, from 1.
    pub line: usize,
    /// Its fences, in order.
    pub fences: Vec<Fence>,
    /// What its prose says of the flattened pages.
    pub flattened: Option<Flattened>,
}

/// What a case says of its pages when white space is collapsed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Flattened {
    /// They give the same model.
    Same,
    /// They do not.
    Differs,
}

/// One fence.
#[derive(Debug, Clone)]
pub struct Fence {
    /// What stands after the opening backticks.
    pub info: String,
    /// The text, every line with its line break.
    pub text: String,
    /// The line of the opening backticks, from 1.
    pub line: usize,
    /// The lines of the text, from 0.
    body: Range<usize>,
}

impl Document {
    /// Reads a file.
    ///
    /// # Panics
    ///
    /// Where a fence is not closed, or stands before the first test.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut cases: Vec<Case> = Vec::new();
        let mut group = String::new();
        let mut at = 0;
        while at < lines.len() {
            let line = &lines[at];
            if let Some((ticks, info)) = opening(line) {
                let close = (at + 1..lines.len()).find(|&end| is_closing(&lines[end], ticks));
                let close = close.unwrap_or_else(|| panic!("line {}: this fence is not closed", at + 1));
                let body = at + 1..close;
                let text = lines[body.clone()].iter().map(|line| format!("{line}\n")).collect();
                let case =
                    cases.last_mut().unwrap_or_else(|| panic!("line {}: a fence before any test", at + 1));
                case.fences.push(Fence { info: info.to_owned(), text, line: at + 1, body });
                at = close;
            } else if let Some(heading) = line.strip_prefix("# ") {
                group = heading.trim().to_owned();
            } else if let Some(heading) = line.strip_prefix("## ") {
                let name = format!("{group}: {}", heading.trim());
                cases.push(Case { name, line: at + 1, ..Case::default() });
            } else if let Some(case) = cases.last_mut() {
                match line.trim() {
                    "flattened: same" => case.flattened = Some(Flattened::Same),
                    "flattened: differs" => case.flattened = Some(Flattened::Differs),
                    _ => {}
                }
            }
            at += 1;
        }
        Self { lines, cases }
    }

    /// The file with the texts of some fences replaced, given by the line of their opening backticks.
    #[must_use]
    pub fn updated(&self, mut texts: Vec<(usize, String)>) -> String {
        let mut lines = self.lines.clone();
        texts.sort_by_key(|(line, _)| *line);
        for (line, text) in texts.into_iter().rev() {
            let fences = self.cases.iter().flat_map(|case| &case.fences);
            let Some(fence) = fences.into_iter().find(|fence| fence.line == line) else { continue };
            let longest = text.lines().filter_map(opening).map(|(ticks, _)| ticks).max().unwrap_or(0);
            let opened = opening(&lines[line - 1]).map_or(3, |(ticks, _)| ticks);
            let ticks = "`".repeat(opened.max(longest + 1));
            let replacement = [format!("{ticks}{}", fence.info)]
                .into_iter()
                .chain(text.lines().map(str::to_owned))
                .chain([ticks.clone()]);
            lines.splice(fence.body.start - 1..fence.body.end + 1, replacement.collect::<Vec<_>>());
        }
        lines.iter().map(|line| format!("{line}\n")).collect()
    }
}

fn opening(line: &str) -> Option<(usize, &str)> {
    let info = line.trim_start_matches('`');
    let ticks = line.len() - info.len();
    (ticks >= 3 && !info.contains('`')).then_some((ticks, info.trim()))
}

fn is_closing(line: &str, ticks: usize) -> bool {
    opening(line).is_some_and(|(count, info)| count >= ticks && info.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "# Group\n\n## first\n\nProse.\n\nflattened: same\n\n````page\n# Title\n```x\n## no\n```\n````\n\n```model\nold\n```\n\n## second\n";

    #[test]
    fn headings_and_fences_are_told_apart() {
        let document = Document::parse(TEXT);
        let names: Vec<_> = document.cases.iter().map(|case| (case.name.as_str(), case.line)).collect();
        assert_eq!(names, [("Group: first", 3), ("Group: second", 20)]);
        let first = &document.cases[0];
        assert_eq!(first.flattened, Some(Flattened::Same));
        assert_eq!(first.fences[0].text, "# Title\n```x\n## no\n```\n");
        assert_eq!((first.fences[1].info.as_str(), first.fences[1].text.as_str()), ("model", "old\n"));
    }

    #[test]
    fn only_the_fence_is_rewritten_and_grows_where_it_must() {
        let document = Document::parse(TEXT);
        let line = document.cases[0].fences[1].line;
        let updated = document.updated(vec![(line, "new\n```y\n".into())]);
        assert_eq!(updated, TEXT.replace("```model\nold\n```", "````model\nnew\n```y\n````"));
        assert_eq!(document.updated(Vec::new()), TEXT);
    }
}
