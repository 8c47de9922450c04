//! What the columns of a table hold.
//!
//! A table comes in, the role of each of its columns goes out ([`roles`]), by the words of its head, in
//! any order. A column whose head is missing is told by what its cells hold.

use std::collections::BTreeMap;

use super::{
    tables::{Row, Table},
    types::{is_type_name, requirement_cell},
};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// The name of a field.
    Name,
    /// Whether the field must be there.
    Required,
    /// Its type.
    Type,
    /// Its format.
    Format,
    /// Prose about it.
    Description,
    /// Its default.
    Default,
    /// An example of it.
    Example,
    /// Its possible values.
    Values,
    /// Where a parameter is sent.
    Location,
    /// A status code.
    Status,
    /// The method of an operation, as resource pages list them.
    Method,
    /// The path of an operation.
    Uri,
    /// The credentials of an operation.
    Authorization,
    /// Something else, which goes to the description under its head.
    Other,
}

/// How many rows are looked at to tell a column without head.
const SAMPLE: usize = 32;

/// The role that a head announces; `None` where it is none that is known.
pub(super) fn role(head: &str) -> Option<Role> {
    let head = head.trim().trim_end_matches([':', '?']).to_lowercase();
    Some(match head.as_str() {
        "name" | "parameter name" | "property name" | "field name" | "attribute name" | "header name"
        | "param name" | "argument name" | "variable name" | "key name" | "parameter" | "parameters"
        | "property" | "properties" | "field" | "fields" | "param" | "params" | "attribute"
        | "attributes" | "argument" | "key" | "header" => Role::Name,
        "required" | "mandatory" | "is required" | "mandatory/optional" | "required/optional"
        | "optional/required" | "presence" => Role::Required,
        "type" | "data type" | "datatype" | "value type" | "field type" | "property type" => Role::Type,
        "format" => Role::Format,
        "description" | "desc" | "details" | "notes" | "note" | "comment" | "comments" | "meaning"
        | "explanation" | "definition" | "remarks" => Role::Description,
        "default" | "default value" | "defaults" => Role::Default,
        "example" | "examples" | "sample" | "example value" | "sample value" => Role::Example,
        "values" | "possible values" | "allowed values" | "accepted values" | "valid values" | "enum"
        | "options" => Role::Values,
        "in" | "location" | "parameter type" | "located in" => Role::Location,
        "status" | "code" | "status code" | "http status" | "http code" | "http status code"
        | "error code" | "response code" => Role::Status,
        "method" => Role::Method,
        "uri" | "url" | "path" | "endpoint" => Role::Uri,
        "authorization" => Role::Authorization,
        _ => return None,
    })
}

/// The role of each column, with the text of its head. No role but [`Role::Other`] occurs twice.
pub(super) fn roles(table: &Table) -> BTreeMap<usize, (Role, String)> {
    let mut found: BTreeMap<usize, (Role, String)> = BTreeMap::new();
    let taken = |found: &BTreeMap<usize, (Role, String)>, role: Role| found.values().any(|(r, _)| *r == role);
    for (column, cell) in &table.head {
        let head = cell.plain();
        if head.trim().is_empty() {
            continue;
        }
        let role =
            role(&head).filter(|role| found.len() < 64 && !taken(&found, *role)).unwrap_or(Role::Other);
        found.insert(*column, (role, head.trim().to_owned()));
    }
    let headless: Vec<usize> = table
        .rows
        .iter()
        .take(SAMPLE)
        .flat_map(|row| row.iter().take(SAMPLE).map(|(column, _)| *column))
        .filter(|column| !found.contains_key(column))
        .collect();
    for column in headless {
        if found.contains_key(&column) {
            continue;
        }
        let guess = guess(&table.rows, column);
        let free = |role: &Role| !taken(&found, *role);
        let role = guess.into_iter().find(free).unwrap_or(Role::Other);
        found.insert(column, (role, String::new()));
    }
    found
}

/// What a column without head may hold, the likeliest first.
fn guess(rows: &[Row], column: usize) -> Vec<Role> {
    let cells: Vec<_> = rows
        .iter()
        .take(SAMPLE)
        .filter_map(|row| row.iter().find(|(c, _)| *c == column).map(|(_, cell)| cell.plain()))
        .filter(|text| !text.trim().is_empty())
        .collect();
    let all = |test: &dyn Fn(&str) -> bool| !cells.is_empty() && cells.iter().all(|text| test(text.trim()));
    if all(&|text| requirement_cell(text).is_some()) {
        vec![Role::Required]
    } else if all(&is_type_name) {
        vec![Role::Type]
    } else if column == 0 && all(&|text| !text.contains(char::is_whitespace)) {
        vec![Role::Name, Role::Description]
    } else {
        vec![Role::Description]
    }
}

#[cfg(test)]
mod tests {
    use super::{super::tables::from_lines, *};

    fn check(lines: &str, expected: &[Role]) {
        let mut start = 0;
        let ranges: Vec<_> = lines
            .split('\n')
            .map(|line| {
                let range = start..start + line.len();
                start = range.end + 1;
                range
            })
            .collect();
        let found: Vec<Role> =
            roles(&from_lines(lines, &ranges)).into_values().map(|(role, _)| role).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn heads_name_roles_in_any_order() {
        check(
            "Type\tProperty Name\tRequired?\tdescription\tSince",
            &[Role::Type, Role::Name, Role::Required, Role::Description, Role::Other],
        );
    }

    #[test]
    fn columns_without_head_are_told_by_their_cells() {
        check(
            "\t\tType\t\nid\tYes\tinteger\tThe number.",
            &[Role::Name, Role::Required, Role::Type, Role::Description],
        );
    }
}
