//! Tables that name the operation: `| Method | URL |` over one row, or a row for each, `| HTTP method | POST |`.

use super::PageReader;
use crate::{
    claims::Claim,
    dialect::readme::{
        columns::{self, Role},
        key_line::{Key, key},
        request_line::{RequestLine, read_bare_target},
        tables::{Cell, Row, Table},
    },
    model::HttpMethod,
};

/// A table of what a page says of a request is no longer than this.
const MAX_ROWS: usize = 32;

impl PageReader<'_, '_> {
    /// Takes a table that names the operation, where the page has not named one yet.
    pub(super) fn request_table(&mut self, table: &Table) -> bool {
        if self.draft.request.is_some() {
            return false;
        }
        let across = || {
            let [row] = table.rows.as_slice() else { return None };
            let roles = columns::roles(table);
            let of = |role: Role| {
                let mut cells = row.iter();
                cells.find(|(column, _)| roles.get(column).is_some_and(|(known, _)| *known == role))
            };
            let (method, uri) = (&of(Role::Method)?.1, &of(Role::Uri)?.1);
            (roles.len() == 2).then_some((method, uri, true))
        };
        let Some((method, uri, only)) = across().or_else(|| down(table)) else { return false };
        let Some(line) = self.request_of(method, uri) else { return false };
        if only {
            self.claim_table(table, Claim::Fact);
        } else {
            // What else it says is said of the operation.
            self.describe(table.range.clone());
        }
        self.request(line, uri.range.clone());
        true
    }

    fn request_of(&self, method: &Cell, uri: &Cell) -> Option<RequestLine> {
        let method: HttpMethod = method.plain().trim().parse().ok()?;
        let text = self.cx.slice(uri.range.clone());
        let target = text.trim_matches(['`', ' ', '"']);
        let start = text.find(target)?;
        read_bare_target(target, method).map(|line| line.moved(start))
    }
}

/// The method and the path of a table with a row for each, and whether it has no other rows.
fn down(table: &Table) -> Option<(&Cell, &Cell, bool)> {
    let rows = || std::iter::once(&table.head).chain(&table.rows);
    if table.rows.is_empty() || table.rows.len() > MAX_ROWS || !rows().all(|row| row.len() <= 2) {
        return None;
    }
    let value = |wanted: Key| {
        let mut rows = rows().filter(|row| key_of(row) == Some(wanted));
        let (_, cell) = rows.next()?.get(1)?;
        // Of two that differ, neither is the operation's.
        rows.next().is_none().then_some(cell)
    };
    Some((value(Key::Method)?, value(Key::Target)?, table.rows.len() == 1))
}

fn key_of(row: &Row) -> Option<Key> {
    let (_, cell) = row.first()?;
    key(&cell.plain())
}
