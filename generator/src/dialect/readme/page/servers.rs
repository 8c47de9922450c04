//! Servers that a page lists: a table, lines or code under `Environments` or `Base URL`.
//!
//! Other URLs stand there too, so that one is a server's only if it stands alone or is called like one, and none is behind
//! prose that speaks of something else.
//! What stands there goes into the draft; [`with_servers`] settles with the operation what of each is the server and what
//! is its path. Whatever has no URL stays prose.

use std::ops::Range;

use super::{
    PageReader,
    environments::{heads_environments, heads_urls, is_environment, is_file, speaks_of_servers},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{
        Context,
        readme::{
            request_line::{RequestLine, unlinked},
            tables::{Cell, Table},
        },
        servers::read_server,
    },
    model::{Server, Text},
};

/// More servers than this are not read.
const MAX_SERVERS: usize = 32;

impl PageReader<'_, '_> {
    /// Takes a table with a URL in each row, where servers are awaited.
    pub(super) fn server_table(&mut self, table: &Table) -> bool {
        if !std::mem::take(&mut self.awaits_servers) || table.rows.is_empty() {
            return false;
        }
        let headless = table.head.iter().any(|(_, cell)| url_within(self.cx, cell).is_some());
        let first = headless.then_some(&table.head);
        let rows = || first.into_iter().chain(&table.rows);
        let url_of = |cx: &Context<'_>, row: &[(usize, Cell)]| {
            let mut urls = row.iter().filter_map(|(column, cell)| Some((*column, url_within(cx, cell)?)));
            let only = urls.next()?;
            urls.next().is_none().then_some(only)
        };
        if !rows().all(|row| row.len() <= 3 && url_of(self.cx, row).is_some()) {
            return false;
        }
        let label_of = |column: usize, row: &'_ [(usize, Cell)]| {
            row.iter()
                .find(|(other, cell)| *other != column && !cell.text.trim().is_empty())
                .map(|(at, _)| *at)
        };
        let headed = |column: usize, says: fn(&str) -> bool| {
            let mut heads = table.head.iter().filter(|_| !headless);
            heads.any(|(at, cell)| *at == column && says(&cell.plain()))
        };
        let are_servers = rows().all(|row| {
            let Some((column, _)) = url_of(self.cx, row) else { return false };
            if !headless && !headed(column, heads_urls) {
                return false;
            }
            let Some(label) = label_of(column, row) else { return true };
            let called = row.iter().find(|(at, _)| *at == label);
            headed(label, heads_environments) || called.is_some_and(|(_, cell)| is_environment(&cell.plain()))
        });
        if !are_servers {
            return false;
        }
        for row in rows() {
            let Some((column, url)) = url_of(self.cx, row) else { continue };
            let label = label_of(column, row);
            let called = row
                .iter()
                .find(|(at, _)| Some(*at) == label)
                .map(|(_, cell)| Text::new(cell.plain().trim(), self.cx.span(cell.range.clone())));
            self.server(url, called);
        }
        self.claim_table(table, Claim::Fact);
        true
    }

    /// Takes code that is nothing but URLs, one a line.
    pub(super) fn server_code(&mut self, code: &str, range: &Range<usize>) -> bool {
        if !std::mem::take(&mut self.awaits_servers) || code.trim().is_empty() {
            return false;
        }
        let places: Option<Vec<_>> = code
            .split_whitespace()
            .map(|word| {
                let at = self.cx.slice(range.clone()).find(word)?;
                is_server(word).then(|| range.start + at..range.start + at + word.len())
            })
            .take(MAX_SERVERS)
            .collect();
        let Some(places) = places else { return false };
        self.cx.claim(range.clone(), Claim::Fact);
        places.into_iter().for_each(|place| self.server(place, None));
        true
    }

    /// Takes a line that is nothing but a URL and what it is called: `Sandbox: https://host`.
    pub(super) fn server_line(&mut self, range: Range<usize>) -> bool {
        if !self.awaits_servers {
            return false;
        }
        let lines = self.cx.slice(range.clone()).split_inclusive('\n');
        let mut at = range.start;
        let read: Option<Vec<_>> = lines
            .filter_map(|line| {
                let start = at;
                at += line.len();
                (!line.trim().is_empty()).then(|| read_line(line, start))
            })
            .take(MAX_SERVERS)
            .collect();
        let Some(read) = read.filter(|read| !read.is_empty()) else {
            self.awaits_servers = speaks_of_servers(self.cx.slice(range));
            return false;
        };
        self.cx.claim(range, Claim::Fact);
        for (called, url) in read {
            let called = called.map(|called| self.cx.fact(called));
            self.server(url, called);
        }
        true
    }

    fn server(&mut self, url: Range<usize>, called: Option<Text>) {
        if self.draft.servers.len() < MAX_SERVERS {
            let url = self.cx.fact(url);
            self.draft.servers.push((url, called));
        }
    }
}

/// `- **Sandbox:** <https://host/v1>`: what the URL is called, and the URL.
fn read_line(line: &str, start: usize) -> Option<(Option<Range<usize>>, Range<usize>)> {
    let marks =
        |c: char| c.is_whitespace() || matches!(c, '*' | '_' | '-' | '`' | '\\' | ':' | '+' | '(' | ')');
    let at = line.find("http")?;
    let bare = line.get(..at)?.trim_end_matches(['<', '[', '`']);
    let called = bare.trim_matches(marks);
    let shown = line.get(bare.len()..)?;
    let text = shown.trim_start_matches('`').trim_end_matches(marks);
    let within = unlinked(text);
    let url = text.get(within.clone())?;
    if !is_server(url) || !(called.is_empty() || is_environment(called)) {
        return None;
    }
    let from = bare.len() + (shown.len() - shown.trim_start_matches('`').len()) + within.start;
    let place = start + from..start + from + url.len();
    let name =
        bare.find(called).filter(|_| !called.is_empty()).map(|at| start + at..start + at + called.len());
    Some((name, place))
}

/// Where the URL of a cell that holds nothing else stands.
fn url_within(cx: &Context<'_>, cell: &Cell) -> Option<Range<usize>> {
    let plain = cell.plain();
    let url = plain.trim();
    is_server(url).then_some(())?;
    let at = cx.slice(cell.range.clone()).find(url)?;
    Some(cell.range.start + at..cell.range.start + at + url.len())
}

/// Whether a text is a URL that can be a server's: one with a host and no query.
fn is_server(text: &str) -> bool {
    let host = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    let host = host.and_then(|rest| rest.split('/').next());
    host.is_some_and(|host| host.contains(['.', ':', '{']) || host == "localhost")
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '?' | '#' | '`' | '"' | '<' | '>'))
        && !is_file(text)
}

/// A URL with the variables of samples, `{{host}}`, written as templates have them.
fn single_braces(mut url: Text) -> Text {
    if url.value.contains("{{") {
        url.value = url.value.replace("{{", "{").replace("}}", "}");
    }
    url
}

/// The servers of an operation: those that its page lists, without the operation's own path where they end in it, and that
/// of its request line. Where the request line is a URL on a listed server, its path is what comes behind that.
pub(in crate::dialect::readme) fn with_servers(
    cx: &mut Context<'_>,
    line: &mut RequestLine,
    own: Option<Text>,
    listed: Vec<(Text, Option<Text>)>,
) -> Vec<Server> {
    let behind = |own: &Text| {
        let whole = format!("{}{}", own.value, line.path);
        let path = |(url, _): &(Text, Option<Text>)| {
            let path = whole.strip_prefix(url.value.trim_end_matches('/'))?;
            path.starts_with('/').then(|| path.to_owned())
        };
        listed.iter().find_map(path)
    };
    // A host of its own, which may be that of a sample, is the operation's where no listed server has it.
    let own = match own.as_ref().and_then(behind) {
        Some(path) => {
            line.path = path;
            None
        }
        None => own,
    };
    let mut servers: Vec<Server> =
        own.map(|own| read_server(cx, single_braces(own), None)).into_iter().collect();
    for (mut url, called) in listed {
        let bare = url.value.trim_end_matches('/');
        let shorter = bare.strip_suffix(line.path.as_str());
        if let Some(shorter) = shorter.filter(|shorter| shorter.len() < bare.len()) {
            cx.report(
                Diagnostic::new(
                    codes::PATH_IN_SERVER,
                    url.span,
                    format!("server's URL that ends in the operation's path `{}`", line.path),
                )
                .label(format!("read as `{shorter}`, without it"))
                .help("override the server in docwright.yaml if the path stands there twice"),
            );
        }
        url.value = shorter.unwrap_or(bare).to_owned();
        if !servers.iter().any(|known| known.url.value == url.value) {
            servers.push(read_server(cx, single_braces(url), called));
        }
    }
    servers
}
