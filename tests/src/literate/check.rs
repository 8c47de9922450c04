//! Runs one literate case.

use docwright::{
    config::Config,
    diagnostic::render::Renderer,
    pipeline::Settings,
    source::{PageId, Source},
};
use similar::TextDiff;

use super::document::{Case, Fence, Flattened};
use crate::printed::{Reading, flattened};

/// Where and how a case is not as expected.
#[derive(Debug)]
pub struct Failure {
    /// The line in the file.
    pub line: usize,
    /// What is wrong.
    pub message: String,
    /// What the fence on that line should hold instead, where there is one.
    pub update: Option<String>,
}

/// Compares what a case expects with what its pages give.
#[must_use]
pub fn check(case: &Case) -> Vec<Failure> {
    let wrong = |message: &str| Failure { line: case.line, message: message.into(), update: None };
    let pages: Vec<(&str, &str)> = case
        .fences
        .iter()
        .filter_map(|fence| {
            let rest = fence.info.strip_prefix("page")?;
            let name = if rest.is_empty() { "page.md" } else { rest.strip_prefix(' ')? };
            Some((name, fence.text.as_str()))
        })
        .collect();
    if pages.is_empty() {
        return vec![wrong("there is no `page` fence")];
    }
    let settings = match case.fences.iter().find(|fence| fence.info == "config").map(settings) {
        Some(Err(message)) => return vec![wrong(&message)],
        Some(Ok(settings)) => settings,
        None => Settings::default(),
    };
    let reading = Reading::configured("api", pages.iter().copied(), settings.clone());
    let flat: Vec<_> = pages.iter().map(|(name, text)| (*name, flattened(text))).collect();
    let flat = || {
        let pages = flat.iter().map(|(name, text)| (*name, text.as_str()));
        Reading::configured("api", pages, settings.clone())
    };
    let mut failures = Vec::new();
    let mut expectations = 0;
    for fence in &case.fences {
        let actual = match fence.info.as_str() {
            "model" => reading.model(),
            "openapi" => reading.openapi(),
            "rust" => reading.types(),
            "client" => reading.client(),
            "server" => reading.server(),
            "docs" => reading.docs(),
            "diagnostics" => reading.codes(),
            "generating diagnostics" => reading.generating_codes(),
            "messages" => reading.messages(),
            "flattened model" => flat().model(),
            "config" => continue,
            info if info == "page" || info.starts_with("page ") => continue,
            info => {
                failures.push(Failure { line: fence.line, ..wrong(&format!("no such fence: `{info}`")) });
                continue;
            }
        };
        expectations += 1;
        failures.extend(compare(fence, actual));
    }
    if expectations == 0 {
        failures.push(wrong("nothing is expected: there is no fence but pages"));
    }
    if let Some(expected) = case.flattened {
        failures.extend(check_flattened(expected, &reading, &flat()).map(|message| wrong(&message)));
    }
    failures
}

/// What a `config` fence says of the API: the keys below its name but `pages`.
fn settings(fence: &Fence) -> Result<Settings, String> {
    let keys: String = fence.text.lines().map(|line| format!("    {line}\n")).collect();
    let text = format!("out: out\napis:\n  api:\n    pages: [pages]\n{keys}");
    let (source, _) = Source::from_bytes("docwright.yaml", PageId(0), text.as_bytes());
    match Config::parse("docwright.yaml".as_ref(), &source) {
        Ok(config) => Ok(config.apis.into_iter().map(|(_, api)| api.settings).next().unwrap_or_default()),
        Err(diagnostic) => Err(Renderer::default().render(&diagnostic, &[&source])),
    }
}

fn compare(fence: &Fence, actual: String) -> Option<Failure> {
    (fence.text != actual).then(|| Failure {
        line: fence.line,
        message: format!("`{}` is not as expected:\n{}", fence.info, diff(&fence.text, &actual)),
        update: Some(actual),
    })
}

fn check_flattened(expected: Flattened, reading: &Reading, flat: &Reading) -> Option<String> {
    let (lines, collapsed) = (reading.collapsed_model(), flat.collapsed_model());
    match expected {
        Flattened::Same if lines != collapsed => {
            Some(format!("the flattened page gives another model:\n{}", diff(&lines, &collapsed)))
        }
        Flattened::Differs if lines == collapsed => {
            Some("the flattened page gives the same model: write `flattened: same`".into())
        }
        _ => None,
    }
}

fn diff(expected: &str, actual: &str) -> String {
    let diff = TextDiff::from_lines(expected, actual);
    diff.unified_diff().context_radius(3).header("expected", "actual").to_string()
}
