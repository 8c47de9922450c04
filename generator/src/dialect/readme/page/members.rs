//! Tables of the members of a field that another table has.

use super::PageReader;
use crate::{
    claims::Claim,
    dialect::readme::{rows::read_rows, sections::Section, tables::Table},
};

/// How many bodies a heading is looked up in.
const MAX_BODIES: usize = 64;
/// The number of the resource among the bodies of a page.
const RESOURCE: usize = usize::MAX;

impl PageReader<'_, '_> {
    /// Remembers the body that a table of fields was read for.
    pub(super) fn note_table(&mut self) {
        self.tabled = match self.section {
            Section::RequestBody => Some(0),
            Section::Response(_) | Section::ResponseSample(_) => Some(self.draft.last_body()),
            Section::Resource => Some(RESOURCE),
            _ => self.tabled,
        };
    }

    /// Enters what a heading announces where it names a field, or the type of one, whose members are not described yet.
    pub(super) fn enter_members(&mut self, heading: &str) -> bool {
        let tabled = self.tabled;
        let resource = self.resource.as_ref().map(|body| (RESOURCE, body));
        let found = self
            .draft
            .bodies()
            .take(MAX_BODIES)
            .chain(resource)
            .map(|(number, body)| (number, body.holders_under(heading, tabled == Some(number))));
        let found: Vec<_> = found.filter(|(_, holders)| !holders.is_empty()).collect();
        let any = !found.is_empty();
        if any {
            self.members = found;
            self.section = Section::Members;
        }
        any
    }

    /// Takes a table of members.
    pub(super) fn member_table(&mut self, table: &Table) {
        self.cx.claim(table.range.clone(), Claim::Furniture);
        let rows = read_rows(self.cx, table);
        let most = self.cx.limits().fields;
        for (number, holders) in &self.members {
            let body = match *number {
                RESOURCE => self.resource.as_mut(),
                number => self.draft.body_of(number),
            };
            if let Some(body) = body {
                body.add_members(&rows, holders, most);
            }
        }
    }
}
