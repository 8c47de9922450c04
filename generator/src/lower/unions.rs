//! Unions become enums.
//!
//! Alternatives of different kinds are tried in an order in which none hides another; objects are told apart by what
//! [`told_apart`](super::told_apart) finds. A union that is not told apart is any value.

use super::{
    components::Components,
    docs, enums, limits,
    names::{Kind, Scope},
    place::{Called, Place},
    plan::{MarksPlan, RustType, TypeBody, UnionPlan, UnionVariant},
    scalars::{strictness, variant_name},
    told_apart::{Apart, Marks},
    types::Types,
};
use crate::{
    diagnostic::{Diagnostic, codes},
    model::{Schema, Type},
};

impl Types<'_> {
    /// A union whose alternatives are told apart becomes an enum; any other is any value.
    pub(super) fn lower_union(
        &mut self,
        schema: &Schema,
        alternatives: &[Schema],
        place: Place<'_>,
    ) -> RustType {
        let reason = match self.components.apart(schema, alternatives) {
            Err(reason) => reason,
            // What is sent as text has no members.
            Ok(Apart::Objects(_) | Apart::Mixed) if place.parameter => "objects have no text form",
            Ok(_) => {
                let met = self.meet();
                let plan = self.union_plan(schema, alternatives, place);
                return match (plan.keywords.is_empty(), plan.variants.as_slice()) {
                    (true, [only]) => only.ty.clone(),
                    _ => RustType::Named(self.define(met, TypeBody::Union(plan), schema, place)),
                };
            }
        };
        self.report(
            Diagnostic::new(codes::UNION_AS_ANY, schema.span, "union that nothing tells apart")
                .label(format!("any value is accepted: {reason}")),
        );
        RustType::Value
    }

    /// The enum of a union's alternatives.
    pub(super) fn union_plan(
        &mut self,
        schema: &Schema,
        alternatives: &[Schema],
        place: Place<'_>,
    ) -> UnionPlan {
        match self.components.apart(schema, alternatives) {
            Ok(Apart::Objects(marks)) => self.objects_plan(schema, alternatives, marks, place),
            Ok(Apart::Mixed) => {
                let (objects, mut kinds): (Vec<Schema>, Vec<Schema>) =
                    alternatives.iter().cloned().partition(|it| self.components.objects(it).is_some());
                let mut within = Schema::new(Type::Union(objects), schema.span);
                within.discriminator.clone_from(&schema.discriminator);
                kinds.push(within);
                self.kinds_plan(schema, &kinds, place)
            }
            Ok(Apart::Kinds) | Err(_) => self.kinds_plan(schema, alternatives, place),
        }
    }

    /// The enum of objects that marks tell apart.
    fn objects_plan(
        &mut self,
        schema: &Schema,
        alternatives: &[Schema],
        marks: Marks,
        place: Place<'_>,
    ) -> UnionPlan {
        let mut scope = Scope::default();
        let mut variants = Vec::with_capacity(alternatives.len() + 1);
        let (mut told, mut untold, mut rest) = (Vec::new(), Vec::new(), None);
        let mut add = |types: &mut Self, alternative: &Schema, called: &str| {
            let name = scope.name(Kind::Variant, called);
            let inside = Place { name: Called::Part(&place.name, name.as_str()), field: "", ..place };
            let (ty, mut checks) = types.lower(alternative, inside);
            checks.extend(limits::checks(schema, &ty));
            let docs = docs::alternative(alternative, &mut types.rendered);
            variants.push(UnionVariant { name: name.clone(), docs, ty, checks });
            name
        };
        let components = self.components;
        let member = match marks {
            Marks::Values { member, alternatives: marks } => {
                for (alternative, (values, holds)) in alternatives.iter().zip(marks) {
                    match values.as_slice() {
                        // The type has no member that keeps which of the values it was.
                        [_, _, ..] if !holds => {
                            for value in values {
                                let name = add(self, alternative, &value);
                                untold.push((value, name));
                            }
                        }
                        _ => {
                            let mark = values.first().map(String::as_str);
                            let name = add(self, alternative, called(components, alternative, mark));
                            match holds {
                                true => told.push((values, name)),
                                false => untold.extend(values.into_iter().map(|value| (value, name.clone()))),
                            }
                        }
                    }
                }
                Some(member)
            }
            Marks::Names(marks) => {
                for (alternative, mark) in alternatives.iter().zip(marks) {
                    let name = add(self, alternative, called(components, alternative, mark.as_deref()));
                    match mark {
                        Some(member) => told.push((vec![member], name)),
                        None => rest = Some(name),
                    }
                }
                None
            }
        };
        let rest = rest.unwrap_or_else(|| {
            let unknown = if scope.is_free(Kind::Variant, "Unknown") { "Unknown" } else { "Undocumented" };
            let name = scope.name(Kind::Variant, unknown);
            variants.push(UnionVariant {
                name: name.clone(),
                docs: Vec::new(),
                ty: RustType::Value,
                checks: Vec::new(),
            });
            name
        });
        UnionPlan { keywords: Vec::new(), variants, marks: Some(MarksPlan { member, told, untold, rest }) }
    }

    /// The enum of alternatives of different kinds.
    fn kinds_plan(&mut self, schema: &Schema, alternatives: &[Schema], place: Place<'_>) -> UnionPlan {
        let components = self.components;
        let mut scope = Scope::default();
        let targets = alternatives.iter().map(|alternative| (components.target(alternative), alternative));
        let mut ordered: Vec<(&Schema, &Schema)> = targets.collect();
        let plain_string = ordered.iter().any(|(a, _)| a.ty == Type::String && a.values.is_empty());
        let mut plan = UnionPlan { keywords: Vec::new(), variants: Vec::new(), marks: None };
        // The stricter come first, because serde takes the first that fits.
        ordered.sort_by_key(|(target, _)| strictness(target));
        for (target, alternative) in ordered {
            if target.ty == Type::String && !target.values.is_empty() {
                if !plain_string {
                    plan.keywords.extend(enums::keywords(target, &mut scope));
                }
                continue;
            }
            let kind = if matches!(target.ty, Type::Union(_)) { "object" } else { target.ty.kind() };
            let inside = Place { name: Called::Part(&place.name, kind), field: "", ..place };
            let (ty, mut checks) = self.lower(alternative, inside);
            // What the page says of the whole holds for each alternative that it fits.
            checks.extend(limits::checks(schema, &ty));
            if let Some(known) = plan.variants.iter_mut().find(|variant| variant.ty == ty) {
                // A value that is of the one need not be of the other.
                known.checks.retain(|check| checks.contains(check));
                continue;
            }
            plan.variants.push(UnionVariant {
                name: scope.name(Kind::Variant, variant_name(target)),
                docs: docs::alternative(alternative, &mut self.rendered),
                ty,
                checks,
            });
        }
        if !plan.keywords.is_empty() && !plain_string && !place.parameter {
            plan.variants.push(UnionVariant {
                name: scope.name(Kind::Variant, "unknown"),
                docs: Vec::new(),
                ty: RustType::String,
                checks: Vec::new(),
            });
        }
        plan
    }
}

/// What an alternative is called: its component's name, its title, or what tells it.
fn called<'s>(components: &'s Components<'_>, alternative: &'s Schema, mark: Option<&'s str>) -> &'s str {
    let title = || alternative.title.as_ref().map(|title| title.value.as_str());
    components.name_of(alternative).or_else(title).or(mark).unwrap_or("other")
}
