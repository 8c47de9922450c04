//! What a name cell holds: a name, and whatever else a page puts there.
//!
//! The cell's Markdown comes in, a [`Name`] goes out ([`read_name`]): `` phone  \n`mandatory` `` is required,
//! `data object` holds its type, `-price` is a child, `email*` is required.

mod marks;

use marks::{shown_marks, strip_dashes};

use super::{
    place::{Place, place},
    requirement::{Requirement, is_not, requirement, requirement_of},
    rows::names_type,
    styles::without_styles,
    tables::plain,
};

/// A name cell, taken apart.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Name {
    /// The name, without dashes.
    pub(super) text: String,
    /// The name with its dashes.
    pub(super) verbatim: String,
    /// How deep it stands: how many dashes stand before it, and how far they are indented.
    pub(super) dashes: usize,
    /// Whether the cell says that the field is required.
    pub(super) requirement: Option<Requirement>,
    /// The type, where the cell holds one and the row has no column for it.
    pub(super) type_text: Option<String>,
    /// Where the cell says that a parameter is sent.
    pub(super) location: Option<Place>,
    /// What else stands in the cell.
    pub(super) rest: Option<String>,
}

/// Takes a name cell apart; `type_text` is what the row's own type cell holds.
pub(super) fn read_name(cell: &str, type_text: Option<&str>) -> Name {
    let (dashes, indent, rest) = strip_dashes(cell.trim());
    let shown = without_styles(rest);
    let text = plain(&shown);
    let mut lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let mut more: Vec<&str> = Vec::new();
    let mut name = Name { dashes: dashes + indent, ..Name::default() };
    let mut lines = lines.peekable();
    // A long name is broken before an underscore.
    let continued =
        |line: &&str| line.starts_with('_') && !line.contains(char::is_whitespace) && !first.contains(' ');
    let joined = lines.next_if(continued).map(|rest| format!("{first}{rest}"));
    let first = joined.as_deref().unwrap_or(first);
    for line in lines {
        if !name.take_remark(line, type_text) {
            more.push(line);
        }
    }
    let words: Vec<&str> = first.split_whitespace().collect();
    let words = name.take_requirement(&words);
    let words = name.take_place(words);
    let words = name.take_type(words, type_text);
    let text = words.join(" ");
    let (bare, assigned) = without_value(&text);
    if assigned {
        more.insert(0, &text);
    }
    let bare = bare.trim_matches('"').trim_end_matches(':');
    let unstarred = bare.trim_matches('*').trim();
    if unstarred.len() < bare.len() && !unstarred.is_empty() {
        name.requirement = name.requirement.or(Some(Requirement::Required));
    }
    let bare = if unstarred.is_empty() { bare } else { unstarred };
    name.text = without_indices(bare);
    let cell = cell.trim();
    let marks = shown_marks(cell.get(..cell.len() - rest.len()).unwrap_or_default(), dashes);
    name.verbatim = format!("{marks}{bare}");
    name.rest = (!more.is_empty()).then(|| more.join("\n"));
    name
}

impl Name {
    /// Takes the words at the end off that say whether the field must be there: `email (not required)`.
    fn take_requirement<'w, 't>(&mut self, words: &'w [&'t str]) -> &'w [&'t str] {
        let mut words = words;
        while let [name, rest @ .., last] = words
            && requirement(last).is_some()
        {
            let denied = rest.last().is_some_and(|word| is_not(word));
            let said = words.get(words.len().saturating_sub(2)..).unwrap_or_default();
            self.requirement = self.requirement.or(requirement_of(said));
            let kept = 1 + rest.len() - usize::from(denied);
            words = words.get(..kept).unwrap_or(std::slice::from_ref(name));
        }
        words
    }

    /// Takes the words off that say where the field is sent: `id (path)`, `limit (query parameter)`.
    fn take_place<'w, 't>(&mut self, words: &'w [&'t str]) -> &'w [&'t str] {
        let found = (1..words.len().min(3)).find_map(|length| {
            let (before, after) = words.split_at_checked(words.len() - length)?;
            let marked = after.first().is_some_and(|word| word.starts_with('('));
            Some((before, told_place(&after.join(" ")).filter(|_| marked)?))
        });
        let Some((before, place)) = found else { return words };
        self.location = Some(place);
        before
    }

    /// Takes the words off that are the field's type: `data object`.
    fn take_type<'w, 't>(&mut self, words: &'w [&'t str], type_text: Option<&str>) -> &'w [&'t str] {
        let found = (1..words.len().min(4)).rev().find_map(|length| {
            let (before, after) = words.split_at_checked(words.len() - length)?;
            is_own_type(after, type_text).then_some((before, after))
        });
        let Some((before, after)) = found else { return words };
        self.keep_type(after, type_text);
        before
    }

    /// Takes a line of nothing but where the field is sent, `(query)`, or its type and whether it is required:
    /// `string, mandatory`.
    fn take_remark(&mut self, line: &str, type_text: Option<&str>) -> bool {
        if line.starts_with('(')
            && let Some(place) = told_place(line)
        {
            self.location.get_or_insert(place);
            return true;
        }
        let words: Vec<&str> = line
            .split([' ', ',', '|', ';'])
            .filter(|word| !word.trim_matches(['(', ')']).is_empty())
            .collect();
        let found = requirement_of(&words);
        let bare: Vec<&str> =
            words.into_iter().filter(|word| requirement(word).is_none() && !is_not(word)).collect();
        let typed = !bare.is_empty() && is_own_type(&bare, type_text);
        if !(typed || (bare.is_empty() && found.is_some())) {
            return false;
        }
        self.requirement = self.requirement.or(found);
        if typed {
            self.keep_type(&bare, type_text);
        }
        true
    }

    fn keep_type(&mut self, words: &[&str], type_text: Option<&str>) {
        if type_text.is_none_or(|text| text.trim().is_empty()) {
            self.type_text.get_or_insert_with(|| words.join(" ").trim_matches(['(', ')']).to_owned());
        }
    }
}

/// Whether the words are the field's type: what its type cell says too, or a type where it says nothing.
fn is_own_type(words: &[&str], type_text: Option<&str>) -> bool {
    let joined = words.join(" ");
    let joined = joined.trim_matches(['(', ')', ',']);
    match type_text.map(str::trim).filter(|text| !text.is_empty()) {
        Some(text) => joined.eq_ignore_ascii_case(text),
        None => names_type(&[joined]),
    }
}

/// Where a name's remark says that the field is sent. `logo (url)` is of a type.
fn told_place(remark: &str) -> Option<Place> {
    place(remark).filter(|_| !names_type(&[remark.trim_matches(['(', ')'])]))
}

/// The name of what is written as a query has it, `filter[state]=[on, off]`, and whether a value stands behind it, which is
/// an example or says what can stand there.
fn without_value(text: &str) -> (&str, bool) {
    let named = |c: char| c.is_alphanumeric() || "_-.[]$@:".contains(c);
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() && name.chars().all(named) => (name, !value.is_empty()),
        _ => (text, false),
    }
}

/// The name with the indices of its path empty: `items[i].sku`, `items[0].sku` are `items[].sku`.
fn without_indices(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut rest = name;
    while let Some((before, after)) = rest.split_once('[') {
        out.push_str(before);
        out.push('[');
        rest = after;
        let Some((index, behind)) = after.split_once(']') else { continue };
        let counted =
            matches!(index, "i" | "n" | "x" | "*" | "index") || index.bytes().all(|b| b.is_ascii_digit());
        if counted && behind.starts_with('.') {
            out.push(']');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(cell: &str, type_text: Option<&str>, text: &str, requirement: Option<Requirement>) -> Name {
        let name = read_name(cell, type_text);
        assert_eq!((name.text.as_str(), name.requirement), (text, requirement), "{cell}");
        name
    }

    #[test]
    fn a_name_stays_verbatim() {
        for text in [
            "id",
            "bootstrap.servers",
            "first_name",
            "Location Name",
            "urn:a:b",
            "filter[x]",
            "2fa",
            "_links",
            "required",
        ] {
            check(text, Some("string"), text, None);
        }
        check("networks\\[].id", Some("integer"), "networks[].id", None);
        check("items\\[i].lines\\[0].sku", None, "items[].lines[].sku", None);
        check("items.*.sku", None, "items.*.sku", None);
        check("filter[i]", None, "filter[i]", None);
        check("a b=c", None, "a b=c", None);
        check("`code`", None, "code", None);
    }

    #[test]
    fn requirements_are_taken_off() {
        let required = Some(Requirement::Required);
        check("phone  \n`mandatory`", None, "phone", required);
        check("phone *Required*", None, "phone", required);
        check("phone (optional)", None, "phone", Some(Requirement::Optional));
        check("phone (not required)", None, "phone", Some(Requirement::Optional));
        check("email\\*", None, "email", required);
        check("email <span style=\"color:red\">*</span>", None, "email", required);
        check("Map<a>", None, "Map<a>", None);
        check("<b>email</b><i>required</i>", None, "email", required);
        check("email<sup>*</sup>", None, "email", required);
        check("email<sup>required</sup>", None, "email", required);
        check("email<sup>1</sup>", None, "email", None);
        check("<b>user</b>_id", None, "user_id", None);
        check("email<br>required", None, "email", required);
        let cell = check("**id**<br>*string, mandatory*", None, "id", required);
        assert_eq!(cell.type_text.as_deref(), Some("string"));
        assert_eq!(check("id  \n`double` `optional`", None, "id", Some(Requirement::Optional)).rest, None);
    }

    #[test]
    fn a_type_beside_the_name_is_not_part_of_it() {
        check("data object", Some("object"), "data", None);
        check("data object", Some("string"), "data object", None);
        assert_eq!(check("data object", None, "data", None).type_text.as_deref(), Some("object"));
        assert_eq!(
            check("ids  \narray of strings", None, "ids", None).type_text.as_deref(),
            Some("array of strings")
        );
        assert_eq!(check("a  \nmore text", None, "a", None).rest.as_deref(), Some("more text"));
    }

    #[test]
    fn a_value_behind_a_name_is_not_part_of_it() {
        let told = |cell: &str| {
            let name = read_name(cell, None);
            (name.text, name.rest)
        };
        let whole = "filter[on]=[a, b]".to_owned();
        assert_eq!(told("filter[on]=[a, b]"), ("filter[on]".to_owned(), Some(whole)));
        assert_eq!(told("`limit=`"), ("limit".to_owned(), None));
    }

    #[test]
    fn a_broken_name_is_joined() {
        assert_eq!(check("berth  \n\\_number", Some("string"), "berth_number", None).rest, None);
        assert_eq!(
            check("berth  \n_its_ number", Some("string"), "berth", None).rest.as_deref(),
            Some("its number")
        );
    }

    #[test]
    fn dashes_are_counted() {
        assert_eq!(check("-price", None, "price", None).dashes, 1);
        assert_eq!(check("- - price", None, "price", None).dashes, 2);
        assert_eq!(check("\\-price", None, "price", None).verbatim, "-price");
        assert_eq!(check("..price", None, "price", None).dashes, 2);
        assert_eq!(check(".price", None, "price", None).verbatim, ".price");
        assert_eq!(check("...", None, "...", None).dashes, 0);
        assert_eq!(check("-", None, "-", None).dashes, 0);
        for cell in [
            "» price",
            "\\> price",
            "&raquo;price",
            "└─ price",
            "→ price",
            "&nbsp;&nbsp;↳ price",
            "&nbsp; &nbsp;- price",
            "&#x21B3; price",
            "⇒&nbsp;price",
        ] {
            assert_eq!(check(cell, None, "price", None).dashes, 1, "{cell}");
        }
        for (cell, dashes) in [("• price", 1), ("* price", 1), ("◦ price", 2), ("&nbsp;▪ price", 3)] {
            let name = check(cell, None, "price", None);
            assert_eq!((name.dashes, name.verbatim.as_str()), (dashes, "price"), "{cell}");
        }
        check("\\* price", None, "price", Some(Requirement::Required));
        assert_eq!(check("&nbsp;&nbsp;&nbsp;&nbsp; ↳ price", None, "price", None).dashes, 2);
        let indented = check("&nbsp;&nbsp; price", None, "price", None);
        assert_eq!((indented.dashes, indented.verbatim.as_str()), (2, "price"));
    }
}
