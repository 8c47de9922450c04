//! Which names serde derives, and which it has to be told.
//!
//! The recasing here must be serde's own, letter by letter: see `serde_derive`'s `RenameRule`. A rule is
//! used where it saves at least two single renames.

use super::plan::{FieldPlan, RenameRule};

const RULES: [RenameRule; 8] = [
    RenameRule::Camel,
    RenameRule::Pascal,
    RenameRule::Snake,
    RenameRule::ScreamingSnake,
    RenameRule::Kebab,
    RenameRule::ScreamingKebab,
    RenameRule::Lower,
    RenameRule::Upper,
];

/// Decides the names of a struct's fields: the rule, and the exceptions in each field.
pub(crate) fn fields(fields: &mut [FieldPlan]) -> Option<RenameRule> {
    let differs = |rule, plan: &FieldPlan| !is_field(rule, plan.name.unraw(), &plan.wire);
    let rule = best(|rule| fields.iter().filter(|plan| differs(rule, plan)).count());
    for plan in fields {
        plan.rename = differs(rule, plan).then(|| plan.wire.clone());
    }
    rule
}

fn best(renames: impl Fn(Option<RenameRule>) -> usize) -> Option<RenameRule> {
    let without = renames(None);
    // Most names are what they are on the wire.
    if without < 2 {
        return None;
    }
    let counts = RULES.into_iter().map(|rule| (rule, renames(Some(rule))));
    let (rule, with) = counts.min_by_key(|(_, renames)| *renames)?;
    (with + 2 <= without).then_some(rule)
}

/// Whether that is a field's wire name under a rule. Names are ASCII.
fn is_field(rule: Option<RenameRule>, name: &str, wire: &str) -> bool {
    let wire = wire.bytes();
    match rule {
        None | Some(RenameRule::Snake | RenameRule::Lower) => wire.eq(name.bytes()),
        Some(RenameRule::Upper | RenameRule::ScreamingSnake) => wire.eq(upper(name.bytes())),
        Some(RenameRule::Pascal) => wire.eq(pascal(name)),
        Some(RenameRule::Camel) => wire.eq(lower_first(pascal(name))),
        Some(RenameRule::Kebab) => wire.eq(kebab(name.bytes())),
        Some(RenameRule::ScreamingKebab) => wire.eq(kebab(upper(name.bytes()))),
    }
}

fn upper(name: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    name.map(|byte| byte.to_ascii_uppercase())
}

fn kebab(name: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    name.map(|byte| if byte == b'_' { b'-' } else { byte })
}

fn lower_first(mut name: impl Iterator<Item = u8>) -> impl Iterator<Item = u8> {
    name.next().map(|first| first.to_ascii_lowercase()).into_iter().chain(name)
}

fn pascal(snake: &str) -> impl Iterator<Item = u8> {
    let mut capitalize = true;
    snake.bytes().filter_map(move |byte| {
        let first = std::mem::replace(&mut capitalize, byte == b'_');
        (byte != b'_').then_some(if first { byte.to_ascii_uppercase() } else { byte })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_serdes() {
        for (rule, name, wire) in [
            (RenameRule::Camel, "created_at", "createdAt"),
            (RenameRule::Camel, "_2fa", "2fa"),
            (RenameRule::Pascal, "created_at", "CreatedAt"),
            (RenameRule::Upper, "created_at", "CREATED_AT"),
            (RenameRule::Kebab, "created_at", "created-at"),
            (RenameRule::ScreamingKebab, "created_at", "CREATED-AT"),
            (RenameRule::Lower, "created_at", "created_at"),
        ] {
            assert!(is_field(Some(rule), name, wire), "{rule:?}");
            assert!(!is_field(Some(rule), name, "created_At"), "{rule:?}");
        }
    }
}
