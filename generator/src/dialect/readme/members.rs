//! Which table describes the members of which field of another.
//!
//! Vendors describe an object in a table of its own, under a heading (`Address object`) to which the field's type links
//! (`[Address](#address-object)`), or which has the name of the field or of its type. A row's [`Reference`] says what its type
//! cell gives to go by; [`Holders::under`] finds by a
//! heading the fields that go by it.
//!
//! Invariant: a heading is looked up, however many fields there are.

use std::collections::HashMap;

use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    limits::DEEPEST,
    model::{Schema, Type},
    source::Span,
};

/// What a type cell gives to find a table by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Reference {
    /// The heading that the cell links to: `address-object`.
    pub(super) anchor: Option<String>,
    /// The cell's words.
    pub(super) words: String,
    /// Whether these are no type that is known, so that only a table can say what it is.
    pub(super) unknown: bool,
    /// Where the cell stands.
    pub(super) span: Span,
}

impl Reference {
    /// Says that the type is not known: no table describes it.
    pub(super) fn report(&self, cx: &mut Context<'_>) {
        if !self.unknown {
            return;
        }
        // A text for a message, cut where it grows long.
        let mut shown: String = self.words.chars().take(40).collect();
        if shown.len() < self.words.len() {
            shown.push('…');
        }
        cx.report(
            Diagnostic::new(codes::UNKNOWN_TYPE, self.span, format!("type `{shown}`"))
                .label("not a type that is known")
                .help("any value is accepted; override the type in docwright.yaml"),
        );
    }
}

/// A field whose members another table may describe.
#[derive(Debug)]
pub(super) struct Holder {
    /// Its whole name.
    pub(super) name: String,
    /// What its type cell gives to go by.
    reference: Option<Reference>,
    /// Whether a table describes it.
    described: bool,
}

/// The holders of one body, by what leads to their tables.
#[derive(Debug, Default)]
pub(super) struct Holders {
    all: Vec<Holder>,
    by_anchor: HashMap<String, Vec<usize>>,
    by_words: HashMap<String, Vec<usize>>,
    by_name: HashMap<String, Vec<usize>>,
}

impl Holders {
    /// Adds a field, where it can have members.
    pub(super) fn add(&mut self, name: &str, schema: &Schema, reference: Option<Reference>) {
        if !holds(schema) && !reference.as_ref().is_some_and(|reference| reference.unknown) {
            return;
        }
        // Tables that describe themselves make no name without an end.
        if name.matches('.').count() >= DEEPEST {
            return;
        }
        let at = self.all.len();
        if let Some(reference) = &reference {
            if let Some(anchor) = &reference.anchor {
                self.by_anchor.entry(plain(anchor)).or_default().push(at);
            }
            self.by_words.entry(bare(&reference.words)).or_default().push(at);
        }
        let last = name.rsplit('.').next().unwrap_or_default();
        self.by_name.entry(bare(last)).or_default().push(at);
        self.all.push(Holder { name: name.to_owned(), reference, described: false });
    }

    /// The holders whose members a table under a heading describes: their type cells lead there, or, where `near` says that
    /// the heading follows their own table, they have its name.
    pub(super) fn under(&self, heading: &str, near: bool) -> Vec<usize> {
        if heading.len() > MAX_HEADING {
            return Vec::new();
        }
        let (anchor, subject) = (plain(heading), bare(heading));
        let anchored = [anchor.clone(), format!("section{anchor}")];
        let mut found: Vec<usize> =
            anchored.iter().filter_map(|anchor| self.by_anchor.get(anchor)).flatten().copied().collect();
        if !subject.is_empty() {
            found.extend(self.by_words.get(&subject).into_iter().flatten());
            found.extend(self.by_name.get(&subject).into_iter().flatten().filter(|_| near));
        }
        found.sort_unstable();
        found.dedup();
        found.retain(|at| self.all.get(*at).is_some_and(|holder| !holder.described));
        found
    }

    /// Takes a holder as described; gives its name.
    pub(super) fn describe(&mut self, at: usize) -> Option<String> {
        let holder = self.all.get_mut(at).filter(|holder| !holder.described)?;
        holder.described = true;
        Some(holder.name.clone())
    }

    /// Says of which fields the type stays unknown.
    pub(super) fn report_unknown(&self, cx: &mut Context<'_>) {
        let open = self.all.iter().filter(|holder| !holder.described);
        open.filter_map(|holder| holder.reference.as_ref()).for_each(|reference| reference.report(cx));
    }
}

/// The longest heading that can be about a field, in bytes.
const MAX_HEADING: usize = 100;

fn holds(schema: &Schema) -> bool {
    match &schema.ty {
        Type::Object(object) => object.properties.is_empty(),
        Type::Array(items) => holds(items),
        Type::Any => schema.resource.is_none(),
        _ => false,
    }
}

/// An anchor or a heading without what the one has and the other has not.
fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The words that say what a heading or a type cell is about, without those that say how: `Array of addresses` and
/// `The address object` are about `address` and `addresses`.
fn bare(text: &str) -> String {
    const HOW: [&str; 24] = [
        "the",
        "a",
        "an",
        "of",
        "object",
        "objects",
        "array",
        "list",
        "item",
        "items",
        "field",
        "fields",
        "property",
        "properties",
        "parameter",
        "parameters",
        "params",
        "attributes",
        "details",
        "description",
        "json",
        "structure",
        "schema",
        "model",
    ];
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let own: String = words.iter().filter(|word| !HOW.contains(&word.as_str())).map(String::as_str).collect();
    // A field may be called `items`.
    if own.is_empty() && words.first().is_some_and(|word| word != "the" && word != "an" && word != "a") {
        return words.first().cloned().unwrap_or_default();
    }
    own
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(field: &str, anchor: Option<&str>, words: &str, heading: &str, near: bool) -> bool {
        let span = Span::default();
        let anchor = anchor.map(str::to_owned);
        let reference = Reference { anchor, words: words.to_owned(), unknown: true, span };
        let mut holders = Holders::default();
        holders.add(field, &Schema::new(Type::Any, span), Some(reference));
        let found = holders.under(heading, near);
        found.into_iter().for_each(|at| assert_eq!(holders.describe(at).as_deref(), Some(field)));
        let described = holders.all[0].described;
        assert!(!described || holders.under(heading, near).is_empty());
        described
    }

    #[test]
    fn a_link_a_type_or_a_name_leads_to_the_table() {
        let billing = |heading: &str, near| {
            check("order.billing_address", Some("address-object"), "Address", heading, near)
        };
        for heading in ["Address object", "The Address", "address"] {
            assert!(billing(heading, false), "{heading}");
        }
        assert!(billing("`billing_address` fields", true));
        assert!(!billing("billing_address", false));
        for heading in ["Notes", "", "object", "The", "Addresses of us"] {
            assert!(!billing(heading, true), "{heading}");
        }
        assert!(check("items", None, "array", "Items object", true));
    }
}
