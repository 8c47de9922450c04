//! Which names serde derives, and which it has to be told.
//!
//! The recasing here must be serde's own, letter by letter: see `serde_derive`'s `RenameRule`. A rule is
//! used where it saves at least two single renames.

use super::plan::{FieldPlan, RenameRule, VariantPlan, WireValue};

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
    let rule = best(|rule| fields.iter().filter(|f| field(rule, f.name.unraw()) != f.wire).count());
    for plan in fields {
        plan.rename = (field(rule, plan.name.unraw()) != plan.wire).then(|| plan.wire.clone());
    }
    rule
}

/// Decides the names of an enumeration's variants.
pub(crate) fn variants(variants: &mut [VariantPlan]) -> Option<RenameRule> {
    let differs = |rule, plan: &VariantPlan| match &plan.wire {
        WireValue::Text(wire) => variant(rule, plan.name.as_str()) != *wire,
        WireValue::Integer(_) => false,
    };
    let rule = best(|rule| variants.iter().filter(|plan| differs(rule, plan)).count());
    for plan in variants {
        plan.rename = match &plan.wire {
            WireValue::Text(wire) if differs(rule, plan) => Some(wire.clone()),
            _ => None,
        };
    }
    rule
}

fn best(renames: impl Fn(Option<RenameRule>) -> usize) -> Option<RenameRule> {
    let without = renames(None);
    // Most names are what they are on the wire.
    if without < 2 {
        return None;
    }
    let rule = RULES.into_iter().min_by_key(|&rule| renames(Some(rule)))?;
    (renames(Some(rule)) + 2 <= without).then_some(rule)
}

fn pascal(snake: &str) -> String {
    let mut out = String::with_capacity(snake.len());
    let mut capitalize = true;
    for c in snake.chars() {
        if c == '_' {
            capitalize = true;
        } else if capitalize {
            out.push(c.to_ascii_uppercase());
            capitalize = false;
        } else {
            out.push(c);
        }
    }
    out
}

fn lower_first(name: &str) -> String {
    let mut chars = name.chars();
    chars.next().map_or_else(String::new, |first| first.to_ascii_lowercase().to_string() + chars.as_str())
}

fn snake(pascal: &str) -> String {
    let mut out = String::with_capacity(pascal.len() + 4);
    for (at, c) in pascal.char_indices() {
        if at > 0 && c.is_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    out
}

/// A field's wire name under a rule.
fn field(rule: Option<RenameRule>, name: &str) -> String {
    match rule {
        None | Some(RenameRule::Snake | RenameRule::Lower) => name.to_owned(),
        Some(RenameRule::Upper | RenameRule::ScreamingSnake) => name.to_ascii_uppercase(),
        Some(RenameRule::Pascal) => pascal(name),
        Some(RenameRule::Camel) => lower_first(&pascal(name)),
        Some(RenameRule::Kebab) => name.replace('_', "-"),
        Some(RenameRule::ScreamingKebab) => name.to_ascii_uppercase().replace('_', "-"),
    }
}

/// A variant's wire name under a rule.
fn variant(rule: Option<RenameRule>, name: &str) -> String {
    match rule {
        None | Some(RenameRule::Pascal) => name.to_owned(),
        Some(RenameRule::Lower) => name.to_ascii_lowercase(),
        Some(RenameRule::Upper) => name.to_ascii_uppercase(),
        Some(RenameRule::Camel) => lower_first(name),
        Some(RenameRule::Snake) => snake(name),
        Some(RenameRule::ScreamingSnake) => snake(name).to_ascii_uppercase(),
        Some(RenameRule::Kebab) => snake(name).replace('_', "-"),
        Some(RenameRule::ScreamingKebab) => snake(name).to_ascii_uppercase().replace('_', "-"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_serdes() {
        assert_eq!(field(Some(RenameRule::Camel), "created_at"), "createdAt");
        assert_eq!(field(Some(RenameRule::Camel), "_2fa"), "2fa");
        assert_eq!(field(Some(RenameRule::Pascal), "created_at"), "CreatedAt");
        assert_eq!(variant(Some(RenameRule::Kebab), "OptIn"), "opt-in");
        assert_eq!(variant(Some(RenameRule::ScreamingSnake), "RoleAdmin"), "ROLE_ADMIN");
        assert_eq!(variant(Some(RenameRule::Snake), "V2Beta"), "v2_beta");
    }
}
