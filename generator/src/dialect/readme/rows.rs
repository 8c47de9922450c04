//! Fields out of a table's rows.
//!
//! A table of fields comes in, [`Documented`] fields go out ([`read_rows`]), with every cell claimed. What
//! one row says about itself is settled here: its name cell may hold a type or `required` too, and a
//! leading dash makes it a child of the row above. Nesting by dotted names is left to `assemble`.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    ops::Range,
};

use super::{
    body::make_array,
    cell_type::{Leading, TypeCell, descriptions_begin_with_types, read_type_cell},
    cell_values::read_values,
    columns::{Role, roles},
    members::Reference,
    name::{Name, read_name},
    place::{Place, place},
    requirement::{Requirement, described_requirement, requirement_cell, says_more},
    tables::{Cell, Row, Table},
    types::{is_type_name, read_type},
};
use crate::{
    claims::Claim,
    diagnostic::{Diagnostic, codes},
    dialect::{Context, Field},
    model::{Object, Schema, Text, Type},
    source::Span,
};

/// A field as a row documents it.
#[derive(Debug, Clone)]
pub(super) struct Documented {
    /// The field; its name is the whole dotted one.
    pub(super) field: Field,
    /// Whether the row says that the field need not be there, or has a default for it.
    pub(super) optional: bool,
    /// Where the row says that a parameter is sent.
    pub(super) location: Option<Place>,
    /// Whether the row is a child of one above, by its dashes.
    pub(super) child: bool,
    /// What there is to find a table of its members by.
    pub(super) reference: Option<Reference>,
}

/// Reads the rows of a table that has a column of names.
pub(super) fn read_rows(cx: &mut Context<'_>, table: &Table) -> Vec<Documented> {
    let roles = roles(table);
    let untyped = !roles.values().any(|(role, _)| *role == Role::Type);
    let described = roles.iter().find(|(_, (role, _))| *role == Role::Description).map(|(column, _)| *column);
    let typed = untyped && described.is_some_and(|column| descriptions_begin_with_types(table, column));
    let mut reader = RowReader { typed, names: names(table, &roles), ..RowReader::default() };
    for (_, cell) in &table.head {
        cx.claim(cell.range.clone(), Claim::Fact);
    }
    for row in &table.rows {
        let mut cells = Cells::default();
        // A name that takes several rows is that of the first; the others say more of it.
        let is_name = |column: &usize| matches!(roles.get(column), Some((Role::Name, _)));
        let goes_on = row.iter().any(|(column, cell)| cell.again && is_name(column));
        for (column, cell) in row {
            let (role, head) =
                roles.get(column).map_or((Role::Other, ""), |(role, head)| (*role, head.as_str()));
            if cell.text.trim().is_empty() || (cell.again && goes_on) {
                continue;
            }
            let place = match role {
                Role::Name => &mut cells.name,
                Role::Member => &mut cells.member,
                Role::Required => &mut cells.required,
                Role::Optional => &mut cells.optional,
                Role::Type => &mut cells.ty,
                Role::Format => &mut cells.format,
                Role::Description => &mut cells.description,
                Role::Nullable => &mut cells.nullable,
                Role::Default => &mut cells.default,
                Role::Example => &mut cells.example,
                Role::Values => &mut cells.values,
                Role::Location => &mut cells.location,
                _ => {
                    cells.other.push((head, cell));
                    continue;
                }
            };
            *place = Some(cell);
        }
        let Some(names) = cells.name.and_then(several_names) else {
            reader.row(cx, row, &cells);
            continue;
        };
        for name in &names {
            reader.row(cx, row, &Cells { name: Some(name), ..cells.clone() });
        }
    }
    reader.name_arrays();
    reader.fields
}

/// The names of a cell that has several, each as code: `` `order.id` / `number` ``. The others stand beside the first.
fn several_names(cell: &Cell) -> Option<Vec<Cell>> {
    const MOST: usize = 16;
    let code = cell.text.trim().strip_prefix('`')?.strip_suffix('`')?;
    let parts: Vec<&str> = code.split('`').collect();
    let joined = |part: &&str| matches!(part.trim(), "/" | "," | "or" | "and" | "&");
    if !(3..2 * MOST).contains(&parts.len()) || !parts.iter().skip(1).step_by(2).all(joined) {
        return None;
    }
    let named = |name: &str| {
        let plain = |c: char| c.is_alphanumeric() || "_-.[]".contains(c);
        !name.is_empty() && name.chars().all(plain)
    };
    let names: Vec<&str> = parts.into_iter().step_by(2).map(str::trim).collect();
    let first = *names.first()?;
    let above = first.rfind('.').and_then(|dot| first.get(..=dot)).unwrap_or_default();
    let whole = |name: &&str| if name.contains('.') { (*name).to_owned() } else { format!("{above}{name}") };
    let cells = || names.iter().map(|name| Cell::new(whole(name), cell.range.clone())).collect();
    names.iter().all(|name| named(name)).then(cells)
}

/// The cells of a row, by what their columns hold.
#[derive(Clone, Default)]
pub(super) struct Cells<'t> {
    pub(super) name: Option<&'t Cell>,
    pub(super) member: Option<&'t Cell>,
    pub(super) required: Option<&'t Cell>,
    pub(super) optional: Option<&'t Cell>,
    pub(super) ty: Option<&'t Cell>,
    pub(super) format: Option<&'t Cell>,
    pub(super) description: Option<&'t Cell>,
    pub(super) nullable: Option<&'t Cell>,
    pub(super) default: Option<&'t Cell>,
    pub(super) example: Option<&'t Cell>,
    pub(super) values: Option<&'t Cell>,
    pub(super) location: Option<&'t Cell>,
    pub(super) other: Vec<(&'t str, &'t Cell)>,
}

#[derive(Default)]
struct RowReader {
    fields: Vec<Documented>,
    /// The rows that a dashed row may belong to: dashes and whole name, innermost last.
    parents: Vec<(usize, String)>,
    /// The names of the rows so far, and which field each is.
    declared: HashMap<String, usize>,
    /// Whether the table's descriptions begin with types.
    typed: bool,
    /// The names in the table, as its cells have them.
    names: HashSet<String>,
}

/// The names in a table, and the last parts of those with dots.
fn names(table: &Table, roles: &BTreeMap<usize, (Role, String)>) -> HashSet<String> {
    let named = |column: &usize| matches!(roles.get(column), Some((Role::Name | Role::Member, _)));
    let cells = table.rows.iter().flatten().filter(|(column, _)| named(column));
    let mut names = HashSet::new();
    for (_, cell) in cells {
        let text = cell.plain();
        let name = text.split_whitespace().next().unwrap_or_default().trim_matches(['*', ':', '-']);
        names.extend(name.rsplit_once('.').map(|(_, last)| last.to_owned()));
        names.insert(name.to_owned());
    }
    names
}

impl RowReader {
    fn row(&mut self, cx: &mut Context<'_>, row: &Row, cells: &Cells<'_>) {
        let Some((first, last)) = row.first().zip(row.last()) else { return };
        let range = first.1.range.start.min(last.1.range.start)..last.1.range.end.max(first.1.range.end);
        let span = cx.span(range);
        let Some(name_cell) = cells.name.or(cells.member) else {
            self.nameless(cx, cells, span);
            return;
        };
        cx.claim(name_cell.range.clone(), Claim::Fact);
        let type_text = cells.ty.map(|cell| cell.words().into_owned());
        let mut name = read_name(&name_cell.text, type_text.as_deref());
        name.dashes += usize::from(cells.name.is_none());
        let TypeCell { mut schema, requirement, remark, reference } = read_type_cell(
            cx,
            cells.ty,
            &name,
            name_cell,
            Leading { cell: cells.description, example: cells.example, typed: self.typed },
        );
        schema.description = describe(cx, cells, &name, remark);
        read_values(cx, cells, &mut schema, &self.names);
        let stated = self.requirement(cx, cells, &name, requirement);
        let required = stated == Some(Requirement::Required);
        let optional = stated == Some(Requirement::Optional)
            || schema.default.is_some()
            || cells.description.is_some_and(|cell| has_default(&cell.text));
        let (whole, child) = self.whole_name(&name, &schema);
        let whole = self.without_stars(whole, cx.span(name_cell.range.clone()));
        self.declare_arrays(&whole, cx.span(name_cell.range.clone()));
        self.declared.insert(whole.clone(), self.fields.len());
        let location = cells.location.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            place(&cell.words())
        });
        let location = location.or(name.location);
        let name = Some(Text::new(whole, cx.span(name_cell.range.clone())));
        self.fields.push(Documented {
            field: Field { name, required, schema, span },
            optional,
            location,
            child,
            reference,
        });
    }

    /// A row without a name goes on with the description above, unless it has a type of its own.
    fn nameless(&mut self, cx: &mut Context<'_>, cells: &Cells<'_>, span: Span) {
        let above = self.fields.last_mut().filter(|_| cells.ty.is_none());
        if let (Some(above), Some(cell)) = (above, cells.description) {
            cx.claim(cell.range.clone(), Claim::Description);
            let more = cell.text.trim();
            match &mut above.field.schema.description {
                Some(description) => description.value.push_str(&format!("\n\n{more}")),
                none => *none = Some(Text::new(more, cx.span(cell.range.clone()))),
            }
        } else if cells.ty.is_some() || cells.description.is_some() {
            cx.report(
                Diagnostic::new(codes::NAME_LOST, span, "row without a name")
                    .label("left out")
                    .help("name the field in the page"),
            );
        }
    }

    fn requirement(
        &self,
        cx: &mut Context<'_>,
        cells: &Cells<'_>,
        name: &Name,
        from_type: Option<Requirement>,
    ) -> Option<Requirement> {
        let column = cells.required.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            requirement_cell(&cell.words())
        });
        let optional = cells.optional.and_then(|cell| {
            cx.claim(cell.range.clone(), Claim::Fact);
            Some(match requirement_cell(&cell.words())? {
                Requirement::Required => Requirement::Optional,
                Requirement::Optional => Requirement::Required,
            })
        });
        let described = || cells.description.and_then(|cell| described_requirement(&cell.text));
        column.or(optional).or(name.requirement).or(from_type).or_else(described)
    }

    /// The name with those of the rows that it belongs to by its dashes. Dashes that have nothing above
    /// which could hold members belong to the name.
    fn whole_name(&mut self, name: &Name, schema: &Schema) -> (String, bool) {
        while self.parents.last().is_some_and(|(dashes, _)| *dashes >= name.dashes) {
            self.parents.pop();
        }
        let (whole, child) = match self.parents.last() {
            Some((_, parent)) if name.dashes > 0 => (format!("{parent}.{}", name.text), true),
            _ if name.dashes > 0 => (name.verbatim.clone(), false),
            _ => (name.text.clone(), false),
        };
        let holds = matches!(&schema.ty, Type::Any | Type::Object(_) | Type::Array(_));
        if holds && self.parents.len() < crate::limits::DEEPEST {
            self.parents.push((name.dashes, whole.clone()));
        }
        (whole, child)
    }

    /// The name with what stands for all keys: `list.*.id` names the members of a list's items, and `map.*.id` those of an
    /// object's values where a row says that `map` is an object.
    fn without_stars(&mut self, whole: String, span: Span) -> String {
        if !whole.contains(".*.") {
            return whole;
        }
        if whole.matches(".*.").count() > crate::dialect::fields::MAX_NESTING {
            return whole.replace(".*.", "[].");
        }
        let mut parts = whole.split(".*.");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            let above = self.declared.get(&out).and_then(|row| self.fields.get(*row));
            if above.is_some_and(|above| matches!(above.field.schema.ty, Type::Object(_))) {
                out.push_str(".{key}");
                if !self.declared.contains_key(&out) {
                    self.infer(out.clone(), Type::Object(Object::default()), span);
                }
                out.push('.');
            } else {
                out.push_str("[].");
            }
            out.push_str(part);
        }
        out
    }

    /// Adds a field that other names tell of.
    fn infer(&mut self, name: String, ty: Type, span: Span) {
        self.declared.insert(name.clone(), self.fields.len());
        let schema = Schema::new(ty, span);
        let field = Field { name: Some(Text::new(name, span)), required: false, schema, span };
        self.fields.push(Documented {
            field,
            optional: false,
            location: None,
            child: false,
            reference: None,
        });
    }

    /// Takes the marks of an array off the names that `list[].id` is below: `list[]` is the list.
    fn name_arrays(&mut self) {
        let owners = |name: &str| {
            let levels = name.match_indices("[].").take(crate::dialect::fields::MAX_NESTING);
            levels.map(|(at, _)| at + 2).collect::<Vec<_>>()
        };
        let mut arrays: HashSet<String> = HashSet::new();
        for name in self.fields.iter().filter_map(|row| row.field.name.as_ref()) {
            arrays.extend(
                owners(&name.value).into_iter().filter_map(|end| name.value.get(..end)).map(str::to_owned),
            );
        }
        for row in &mut self.fields {
            let Some(name) = row.field.name.as_mut().filter(|name| arrays.contains(&name.value)) else {
                continue;
            };
            name.value.truncate(name.value.len() - 2);
            make_array(&mut row.field.schema, row.field.span);
        }
    }

    /// `list[].id` says that there is an array `list`, even where no row does; at each level.
    fn declare_arrays(&mut self, whole: &str, span: Span) {
        let levels = whole.match_indices("[].").take(crate::dialect::fields::MAX_NESTING);
        for array in levels.filter_map(|(at, _)| whole.get(..at)) {
            if array.is_empty() || self.declared.contains_key(&format!("{array}[]")) {
                continue;
            }
            if let Some(&row) = self.declared.get(array) {
                // A row that does not say what it is, is told by those below.
                if let Some(above) =
                    self.fields.get_mut(row).filter(|above| above.field.schema.ty == Type::Any)
                {
                    above.field.schema.ty = Type::array_of_any(span);
                }
                continue;
            }
            self.infer(array.to_owned(), Type::array_of_any(span), span);
        }
    }
}

/// The description, with what other columns say below it.
fn describe(cx: &mut Context<'_>, cells: &Cells<'_>, name: &Name, remark: Option<String>) -> Option<Text> {
    let mut parts: Vec<String> = Vec::new();
    let mut place: Option<Range<usize>> = None;
    parts.extend(name.rest.clone());
    parts.extend(remark);
    let described = cells.description.map(|cell| ("", cell));
    let conditional = cells.required.filter(|cell| says_more(&cell.words()));
    let described = described.into_iter().chain(conditional.map(|cell| ("Required", cell)));
    for (head, cell) in described.chain(cells.other.iter().copied()) {
        cx.claim(cell.range.clone(), Claim::Description);
        place.get_or_insert_with(|| cell.range.clone());
        let text = cell.text.trim();
        parts.push(if head.is_empty() { text.to_owned() } else { format!("{head}: {text}") });
    }
    let place = place.or_else(|| cells.name.map(|cell| cell.range.clone()))?;
    (!parts.is_empty()).then(|| Text::new(parts.join("\n\n"), cx.span(place)))
}

/// Whether a description says what is taken where the field is not there.
fn has_default(text: &str) -> bool {
    let text = text.to_lowercase();
    ["defaults to", "default:", "default is", "default value", "by default"]
        .iter()
        .any(|words| text.contains(words))
}

/// Whether a text is the name of a type; used where a name cell holds one too.
pub(super) fn names_type(words: &[&str]) -> bool {
    is_type_name(&words.join(" ")) || read_type(&words.join(" "), Span::default()).is_some()
}
