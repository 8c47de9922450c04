//! `docwright explain`: for each page its dialect and why, what was read, inferred and not understood.

use std::{
    collections::HashSet,
    fmt::{self, Write},
};

use docwright::{
    claims::Claim,
    diagnostic::{Diagnostic, Severity, codes, render::inert},
    dialect::STRONG,
    input::Reading,
    model::{Api, Operation, Page, Schema, Type},
    pipeline::ReadPage,
    source::{Source, Span},
};

use super::{
    exit::{Failure, Outcome},
    input::PageArguments,
    report::Reporter,
    write_result,
};

/// A stretch of text is quoted up to so many characters.
const QUOTED: usize = 60;

/// What there is to say of one page, or of one configuration.
#[derive(Default, Clone)]
struct Said<'r> {
    diagnostics: Vec<&'r Diagnostic>,
    operations: Vec<(&'r Api, &'r Operation)>,
}

/// Prints the explanation; what other commands put on standard error is part of it.
pub(crate) fn run(pages: &PageArguments, reporter: &Reporter) -> Result<Outcome, Failure> {
    let reading = pages.read(reporter.progress())?;
    let said = sort(&reading);
    let (of_pages, of_configs) = said.split_at_checked(reading.pages.len()).unwrap_or_default();
    let mut out = String::new();
    for (index, (page, said)) in reading.pages.iter().zip(of_pages).enumerate() {
        if index > 0 {
            out.push('\n');
        }
        // Writing to a string does not fail.
        let _ = explain(&mut out, page, said);
    }
    for (config, said) in reading.configs.iter().zip(of_configs) {
        let _ = explain_config(&mut out, config, &said.diagnostics);
    }
    write_result(&out)?;
    Ok(Outcome::faults(reading.diagnostics.iter().any(|d| d.severity() == Severity::Error)))
}

/// What there is to say, by page, and by configuration behind the pages, as their ids count.
fn sort(reading: &Reading) -> Vec<Said<'_>> {
    let mut said = vec![Said::default(); reading.pages.len() + reading.configs.len()];
    for diagnostic in &reading.diagnostics {
        if let Some(said) = said.get_mut(diagnostic.span.page.0 as usize) {
            said.diagnostics.push(diagnostic);
        }
    }
    for api in reading.apis.iter().map(|read| &read.api) {
        for operation in &api.operations {
            if let Some(said) = said.get_mut(operation.span.page.0 as usize) {
                said.operations.push((api, operation));
            }
        }
    }
    said
}

/// What of a configuration fits no page.
fn explain_config(out: &mut String, config: &Source, misfits: &[&Diagnostic]) -> fmt::Result {
    if !misfits.is_empty() {
        writeln!(out, "\n{}", inert(&config.name))?;
    }
    for misfit in misfits {
        write!(out, "  ")?;
        explain_diagnostic(out, config, misfit)?;
    }
    Ok(())
}

fn explain(out: &mut String, page: &ReadPage, said: &Said<'_>) -> fmt::Result {
    writeln!(out, "{}", inert(&page.source.name))?;
    match &page.detection {
        Some(detection) => {
            writeln!(out, "  dialect: {}", detection.dialect)?;
            for clue in &detection.clues {
                let strength = if clue.weight >= STRONG { "" } else { " (weak)" };
                let place = place(&page.source, Span::new(page.id, clue.range.clone()));
                writeln!(out, "    {place} {}{strength}", inert(clue.what))?;
            }
        }
        None => writeln!(out, "  dialect: not known")?,
    }
    writeln!(out, "  operations: {}", said.operations.len())?;
    for (api, operation) in &said.operations {
        explain_operation(out, page, api, operation)?;
    }
    if let Some(page) = &page.page {
        explain_page(out, page)?;
    }
    let titles =
        [(Severity::Note, "inferred or noted"), (Severity::Warning, "warnings"), (Severity::Error, "errors")];
    for (severity, title) in titles {
        let of_kind = |d: &&&Diagnostic| d.severity() == severity && d.code != codes::UNCLAIMED_TEXT;
        let diagnostics: Vec<_> = said.diagnostics.iter().filter(of_kind).collect();
        if !diagnostics.is_empty() {
            writeln!(out, "  {title}: {}", diagnostics.len())?;
        }
        for diagnostic in diagnostics {
            write!(out, "    ")?;
            explain_diagnostic(out, &page.source, diagnostic)?;
        }
    }
    explain_text(out, page)
}

/// What a page says besides its operations.
fn explain_page(out: &mut String, page: &Page) -> fmt::Result {
    if let Some(resource) = &page.resource {
        let fields = count_fields(&resource.schema, None);
        writeln!(out, "  resource: {}, {}", inert(&resource.name.value), counted(fields, "field"))?;
    }
    let list = |out: &mut String, title: &str, names: Vec<&str>| match names.is_empty() {
        true => Ok(()),
        false => writeln!(out, "  {title}: {}", inert(&names.join(", "))),
    };
    list(
        out,
        "servers of all operations",
        page.servers.iter().map(|server| server.url.value.as_str()).collect(),
    )?;
    // Those that an operation's page only names, operations have.
    let described = page.security_schemes.iter().filter(|_| page.operations.is_empty());
    list(out, "security schemes", described.map(|(name, _)| name.as_str()).collect())
}

fn explain_operation(out: &mut String, page: &ReadPage, api: &Api, operation: &Operation) -> fmt::Result {
    let count_fields = |schema| count_fields(schema, Some(api));
    let body = operation.request_body.iter().flat_map(|body| &body.content);
    let body: usize = body.map(|media| count_fields(&media.schema)).sum();
    let place = place(&page.source, operation.span);
    let kind = if operation.webhook { "webhook " } else { "" };
    let path = inert(&operation.path.value);
    let parameters = counted(operation.parameters.len(), "parameter");
    write!(out, "    {place} {kind}{} {path}: {parameters}", operation.method)?;
    if operation.request_body.is_some() {
        write!(out, ", request with {}", counted(body, "field"))?;
    }
    for response in &operation.responses {
        let fields: usize = response.content.iter().map(|media| count_fields(&media.schema)).sum();
        match response.content.is_empty() {
            true => write!(out, ", {} without a body", response.status)?,
            false => write!(out, ", {} with {}", response.status, counted(fields, "field"))?,
        }
    }
    if operation.responses.is_empty() {
        write!(out, ", no documented response")?;
    }
    let overridden = count_overridden(operation);
    if overridden > 0 {
        write!(out, ", {overridden} overridden by the configuration")?;
    }
    writeln!(out)
}

/// One line: where, what was found, why, and what to do.
fn explain_diagnostic(out: &mut String, source: &Source, diagnostic: &Diagnostic) -> fmt::Result {
    write!(out, "{} {}", place(source, diagnostic.span), inert(&diagnostic.message))?;
    if let Some(label) = &diagnostic.label {
        write!(out, ": {}", inert(label))?;
    }
    write!(out, " [{}]", diagnostic.code.name)?;
    if let Some(help) = &diagnostic.help {
        write!(out, "; {}", inert(help))?;
    }
    writeln!(out)
}

/// How much of the text was understood as what, and the stretches that were not.
fn explain_text(out: &mut String, page: &ReadPage) -> fmt::Result {
    let text = page.source.text();
    let counts = page.claims.counts(text);
    let all: usize = counts.values().sum();
    let count = |claim| counts.get(&claim).copied().unwrap_or(0);
    let kinds = [
        ("facts", count(Some(Claim::Fact))),
        ("descriptions", count(Some(Claim::Description))),
        ("examples", count(Some(Claim::Example))),
        ("furniture", count(Some(Claim::Furniture))),
        ("not understood", count(None)),
    ];
    let shares: Vec<_> =
        kinds.iter().map(|(kind, count)| format!("{} {kind}", percentage(*count, all))).collect();
    writeln!(out, "  text: {}", shares.join(", "))?;
    let unclaimed = page.claims.unclaimed(text);
    if unclaimed.is_empty() {
        return Ok(());
    }
    writeln!(out, "  not understood: {}", counted(unclaimed.len(), "stretch"))?;
    for range in unclaimed {
        let stretch = inert(text.get(range.clone()).unwrap_or_default());
        let more = if stretch.chars().count() > QUOTED { "…" } else { "" };
        let stretch: String = stretch.chars().take(QUOTED).collect();
        writeln!(out, "    {} {stretch}{more}", place(&page.source, Span::new(page.id, range)))?;
    }
    Ok(())
}

fn place(source: &Source, span: Span) -> String {
    let (line, column) = source.line_column(span.start);
    format!("{line}:{column}")
}

/// The operation and those of its schemas that the configuration says something of.
fn count_overridden(operation: &Operation) -> usize {
    let overridden = operation.schemas().flat_map(Schema::all).filter(|schema| schema.overridden);
    usize::from(operation.overridden) + overridden.count()
}

/// The named members at any depth; those of a component count once.
fn count_fields(schema: &Schema, api: Option<&Api>) -> usize {
    let mut counted: HashSet<&str> = HashSet::new();
    let mut fields = 0;
    let mut pending = vec![schema];
    while let Some(schema) = pending.pop() {
        match &schema.ty {
            Type::Object(object) => {
                fields += object.properties.len() + object.unnamed.len();
                pending.extend(object.properties.values().map(|property| &property.schema));
                pending.extend(object.unnamed.iter().map(|member| &member.property.schema));
                pending.extend(object.values.as_deref());
            }
            Type::Array(items) => pending.push(items),
            Type::Union(alternatives) => pending.extend(alternatives),
            Type::Ref(name) if counted.insert(name) => {
                pending.extend(api.and_then(|api| api.schemas.get(name)));
            }
            _ => {}
        }
    }
    fields
}

fn counted(count: usize, noun: &str) -> String {
    let ending = match (count, noun.ends_with("ch")) {
        (1, _) => "",
        (_, true) => "es",
        _ => "s",
    };
    format!("{count} {noun}{ending}")
}

/// In tenths of a percent, rounded to the nearest.
fn percentage(part: usize, all: usize) -> String {
    let tenths = (part * 1000 + all / 2).checked_div(all).unwrap_or(0);
    format!("{}.{} %", tenths / 10, tenths % 10)
}
