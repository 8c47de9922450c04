//! The tables of a page: which section they stand in says what they are tables of.

use std::ops::Range;

use super::PageReader;
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::readme::{
        columns::{self, Role},
        rows::read_rows,
        sections::{Section, section},
        tables::{Cell, Row, Table},
    },
    model::{ParameterLocation, Sample, Status, Text},
};

/// How many titles of a table can say where the rows below them are sent.
const MAX_PLACES: usize = 16;

impl PageReader<'_, '_> {
    /// Takes a table.
    pub(super) fn table(&mut self, table: &Table, pipes: bool) {
        let places: Vec<_> = table.titles.iter().map(|title| self.place(title)).collect();
        // The cells of a table within a string have no places of their own.
        let placed = table.titles.iter().all(|title| title.range != table.range);
        if !placed || !(1..=MAX_PLACES).contains(&places.iter().flatten().count()) {
            return self.whole_table(table, pipes);
        }
        self.report_table(table);
        let around = self.section;
        let mut rows = table.rows.as_slice();
        let mut titles = Vec::new();
        let mut start = table.range.start;
        for (title, place) in table.titles.iter().zip(places) {
            let Some(place) = place else {
                titles.push(title.clone());
                continue;
            };
            let above =
                |row: &&Row| row.first().is_some_and(|(_, cell)| cell.range.start < title.range.start);
            let (part, rest) = rows.split_at(rows.iter().take_while(above).count());
            let range = start..title.range.start.max(start);
            self.part(table, range, part, std::mem::take(&mut titles), pipes);
            (rows, start) = (rest, title.range.start.max(start));
            self.cx.claim(title.range.clone(), Claim::Fact);
            self.section = place;
        }
        self.part(table, start..table.range.end.max(start), rows, titles, pipes);
        self.section = around;
    }

    /// Takes the rows of a table that stand below one of its titles.
    fn part(&mut self, table: &Table, range: Range<usize>, rows: &[Row], titles: Vec<Cell>, pipes: bool) {
        let (head, rows) = (table.head.clone(), rows.to_vec());
        let part = Table { range, head, rows, titles, oversize: false, broken: false };
        if part.rows.is_empty() && part.titles.is_empty() {
            self.claim_table(&part, Claim::Fact);
        } else {
            self.whole_table(&part, pipes);
        }
    }

    /// Where the rows below a title are sent, in a table of what a request sends.
    fn place(&self, title: &Cell) -> Option<Section> {
        let request = matches!(
            self.section,
            Section::Prose
                | Section::Request
                | Section::RequestSample
                | Section::Parameters(_)
                | Section::RequestBody
        );
        let announced = section(&title.plain()).filter(|_| request);
        announced.filter(|section| matches!(section, Section::Parameters(Some(_)) | Section::RequestBody))
    }

    /// Takes a table whose rows all stand in the same section.
    fn whole_table(&mut self, table: &Table, pipes: bool) {
        let roles = columns::roles(table);
        let has = |role: Role| roles.values().any(|(known, _)| *known == role);
        let fields = has(Role::Name);
        self.report_table(table);
        for title in &table.titles {
            self.cx.claim(title.range.clone(), Claim::Description);
            let title = Text::new(title.text.trim(), self.cx.span(title.range.clone()));
            self.draft.prose.add_text(title);
        }
        if fields {
            self.note_table();
        }
        if self.server_table(table) || self.request_table(table) {
            return;
        }
        match self.section {
            Section::Methods => self.claim_table(table, Claim::Fact),
            Section::Statuses | Section::Response(_) | Section::ResponseSample(_)
                if has(Role::Status) && !fields =>
            {
                self.statuses(table);
            }
            _ if has(Role::Method) && has(Role::Uri) => {
                self.lists_methods = true;
                self.claim_table(table, Claim::Fact);
            }
            Section::Parameters(location) if fields => {
                self.headed_table(table, location, has(Role::Required) || has(Role::Optional));
            }
            Section::Request if fields => self.parameter_table(table),
            // Beside a sample stands what it is made of; `| Header | Value |` is another sample.
            Section::RequestSample
                if fields && (has(Role::Type) || has(Role::Required) || has(Role::Description)) =>
            {
                self.parameter_table(table);
            }
            Section::RequestBody if fields => self.draft.body.read_table(self.cx, table),
            Section::Response(_) | Section::ResponseSample(_) if fields => {
                if let Some(response) = self.draft.last_response() {
                    response.read_table(self.cx, table);
                }
            }
            Section::ResponseHeaders if fields => {
                if let Some(response) = self.draft.last_response() {
                    response.read_headers(self.cx, table);
                }
            }
            Section::Resource if fields => {
                self.resource.get_or_insert_default().read_table(self.cx, table);
            }
            Section::Members if fields => self.member_table(table),
            _ if pipes => self.describe(table.range.clone()),
            _ => self.cx.report(
                Diagnostic::new(
                    codes::UNKNOWN_SECTION,
                    self.cx.span(table.range.clone()),
                    "table in no known section",
                )
                .label("left out")
                .help("nothing around it says what it is a table of"),
            ),
        }
    }

    /// A table of parameters below a heading that may say where they are sent, and that all of them must be there. A column or
    /// a remark of the table's own says more of the latter.
    fn headed_table(&mut self, table: &Table, location: Option<ParameterLocation>, column: bool) {
        self.cx.claim(table.range.clone(), Claim::Furniture);
        let mut rows = read_rows(self.cx, table);
        let told = column || rows.iter().any(|row| row.field.required);
        if self.requires_all && !told {
            let silent = rows.iter_mut().filter(|row| !row.optional);
            silent.for_each(|row| row.field.required = true);
        }
        self.draft.parameters.add(self.cx, rows, location);
    }

    /// A table of parameters in no stated place.
    fn parameter_table(&mut self, table: &Table) {
        self.cx.claim(table.range.clone(), Claim::Furniture);
        let rows = read_rows(self.cx, table);
        self.draft.parameters.add(self.cx, rows, None);
    }

    fn report_table(&mut self, table: &Table) {
        let span = self.cx.span(table.range.clone());
        if table.broken {
            self.cx.report(
                Diagnostic::new(codes::UNKNOWN_BLOCK, span, "table whose JSON is broken")
                    .label("read as far as it goes"),
            );
        } else if table.oversize {
            self.cx.report(
                Diagnostic::new(codes::TABLE_SIZE, span, "table with cells outside of its rows and columns")
                    .label("they are read like the others"),
            );
        }
    }

    pub(super) fn claim_table(&mut self, table: &Table, claim: Claim) {
        self.cx.claim(table.range.clone(), Claim::Furniture);
        for (_, cell) in table.head.iter().chain(table.rows.iter().flatten()) {
            self.cx.claim(cell.range.clone(), claim);
        }
    }

    /// A table of statuses: one response each. What other columns hold is its sample, or said of it.
    fn statuses(&mut self, table: &Table) {
        self.claim_table(table, Claim::Fact);
        let roles = columns::roles(table);
        for row in &table.rows {
            let of = |role: Role| {
                row.iter().find(|(c, _)| roles.get(c).is_some_and(|(r, _)| *r == role)).map(|(_, cell)| cell)
            };
            let Some(cell) = of(Role::Status) else { continue };
            let span = self.cx.span(cell.range.clone());
            let text = cell.plain();
            let Some(status) = text.split_whitespace().next().and_then(|word| word.parse::<Status>().ok())
            else {
                // A word in a row with nothing else is the heading of those below.
                let alone = row.iter().filter(|(_, cell)| !cell.text.trim().is_empty()).count() == 1;
                if !alone || text.contains(|c: char| c.is_ascii_digit()) {
                    self.cx.report(
                        Diagnostic::new(codes::UNKNOWN_STATUS, span, "status that is none").label("left out"),
                    );
                }
                continue;
            };
            let mut said: Vec<String> = Vec::new();
            for (column, cell) in row {
                let text = cell.text.trim();
                let json = serde_json::from_str::<serde_json::Value>(&cell.plain()).ok();
                match (roles.get(column), json.filter(|json| json.is_object() || json.is_array())) {
                    _ if text.is_empty() => {}
                    (Some((Role::Status, _)) | None, _) => {}
                    (_, Some(json)) => {
                        let span = self.cx.span(cell.range.clone());
                        self.draft.samples.push(Sample::Response { status: Some(status), json, span });
                    }
                    (Some((Role::Description, _)), None) => said.insert(0, text.to_owned()),
                    (Some((_, head)), None) => said.push(format!("{head}: {text}")),
                }
            }
            let described = of(Role::Description).unwrap_or(cell);
            let description = (!said.is_empty())
                .then(|| Text::new(said.join("\n\n"), self.cx.span(described.range.clone())));
            self.draft.state(status, description, span);
        }
    }
}
