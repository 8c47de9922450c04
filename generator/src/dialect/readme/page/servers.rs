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
        let rows = headless.then_some(&table.head).into_iter().chain(&table.rows);
        let Some(rows) = rows.map(|row| ServerRow::read(self.cx, row)).collect::<Option<Vec<_>>>() else {
            return false;
        };
        let headed = |column: usize, says: fn(&str) -> bool| {
            let mut heads = table.head.iter().filter(|_| !headless);
            heads.any(|(at, cell)| *at == column && says(&cell.plain()))
        };
        let is_server = |row: &ServerRow<'_>| {
            let called = |(column, cell): (usize, &Cell)| {
                headed(column, heads_environments) || is_environment(&cell.plain())
            };
            (headless || headed(row.column, heads_urls)) && row.called.is_none_or(called)
        };
        if !rows.iter().all(is_server) {
            return false;
        }
        for row in rows {
            let called =
                row.called.map(|(_, cell)| Text::new(cell.plain().trim(), self.cx.span(cell.range.clone())));
            self.server(row.url, called);
        }
        self.claim_table(table, Claim::Fact);
        true
    }

    /// Takes code that is nothing but URLs, one a line.
    pub(super) fn server_code(&mut self, code: &str, range: &Range<usize>) -> bool {
        if !std::mem::take(&mut self.awaits_servers) || code.trim().is_empty() {
            return false;
        }
        let slice = self.cx.slice(range.clone());
        // One URL may be the beginning of another: each is behind the one before.
        let mut behind = 0;
        let place = |url: &str| {
            let at = behind + slice.get(behind..)?.find(url)?;
            behind = at + url.len();
            is_server(url).then_some(range.start + at..range.start + behind)
        };
        let places: Option<Vec<_>> = code.split_whitespace().map(place).take(MAX_SERVERS).collect();
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

/// A row of a table of servers.
struct ServerRow<'t> {
    /// The column of the URL, and where that stands.
    column: usize,
    url: Range<usize>,
    /// What the server is called, and in which column.
    called: Option<(usize, &'t Cell)>,
}

impl<'t> ServerRow<'t> {
    /// Reads a row that has one URL, and little else.
    fn read(cx: &Context<'_>, row: &'t [(usize, Cell)]) -> Option<Self> {
        const MOST_CELLS: usize = 3;
        let mut urls =
            row.iter().take(MOST_CELLS).filter_map(|(at, cell)| Some((*at, url_within(cx, cell)?)));
        let (column, url) = urls.next()?;
        let called = row.iter().find(|(at, cell)| *at != column && !cell.text.trim().is_empty());
        let called = called.map(|(at, cell)| (*at, cell));
        (row.len() <= MOST_CELLS && urls.next().is_none()).then_some(Self { column, url, called })
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
