//! Lowering: a resolved API comes in, a plan of what to write goes out. The only stage that decides.
//!
//! Enter at [`lower`]. Names are made in [`names`], types in [`types`], those of
//! objects that pages repeat in [`again`], operations in [`operations`],
//! their parameters in [`parameters`], their responses in [`outcomes`],
//! documentation in [`docs`] and [`module_docs`]; [`plan`] is what comes out.

mod again;
mod alike;
pub(crate) mod client;
mod components;
mod cycles;
mod docs;
mod enums;
mod examples;
mod known;
mod limits;
mod module_docs;
pub(crate) mod names;
mod objects;
mod operations;
pub(crate) mod outcomes;
mod parameters;
mod place;
pub(crate) mod plan;
mod rename;
mod response_docs;
mod scalars;
pub(crate) mod security;
mod shape;
mod status;
mod structs;
mod told_apart;
mod types;
mod unions;

use std::{collections::BTreeMap, hash::Hash};

use indexmap::IndexMap;

use self::{
    alike::Alike,
    components::Components,
    module_docs::module_docs,
    names::{Kind, Name, Scope},
    operations::Operations,
    plan::{Imports, OperationPlan, Plan, Presence, RustType, TypeBody, TypeId, TypePlan},
    types::Finished,
};
use crate::{diagnostic::Diagnostic, model::Api};

/// The plan of an API, and what there was to say.
pub(crate) fn lower(api: &Api) -> (Plan, Vec<Diagnostic>) {
    let (components, names) = Components::new(api);
    let mut lowering = Operations::new(&components, Alike::new(api), names);
    let schemes = security::lower_schemes(api);
    let numbers = security::numbers(&schemes);
    let mut operations: Vec<_> =
        api.operations.iter().map(|operation| lowering.lower_operation(operation, &numbers)).collect();
    let Finished { types, order, aliases, diagnostics } = lowering.types.finish();
    for parameter in operations.iter_mut().flat_map(|lowered| &mut lowered.plan.parameters) {
        cycles::settle_parameter(parameter, &types);
    }
    let docs = module_docs(api, &mut operations, &types);
    let operations: Vec<_> = operations.into_iter().map(|lowered| lowered.plan).collect();
    let plan = Plan {
        module: Scope::default().name(Kind::Value, &api.name),
        name: api.name.clone(),
        docs,
        aliases: other_names(aliases, lowering.enums.aliases, &types),
        imports: imports(&types, &operations),
        types,
        order,
        server: security::lower_server(api),
        schemes,
        security: security::most_common(&operations),
        responses: lowering.enums.plans,
        operations,
    };
    (plan, diagnostics)
}

/// The names of types and of enums of responses besides their own.
fn other_names(
    types: BTreeMap<Name, TypeId>,
    mut enums: BTreeMap<Name, Name>,
    plans: &[TypePlan],
) -> BTreeMap<Name, Name> {
    let types = types.into_iter().filter_map(|(alias, id)| Some((alias, plans.get(id.0)?.name.clone())));
    enums.extend(types);
    enums
}

/// What the types need in scope.
fn imports(plans: &[TypePlan], operations: &[OperationPlan]) -> Imports {
    let mut imports = Imports::default();
    let parameters = operations.iter().flat_map(|operation| &operation.parameters);
    for parameter in parameters.filter(|parameter| !parameter.required) {
        imports.secret |= holds_secret(&parameter.ty);
        imports.validate |= !parameter.checks.is_empty();
    }
    for plan in plans {
        imports.serialize |= match &plan.body {
            TypeBody::Alias(..) | TypeBody::Enum(_) => false,
            TypeBody::Union(body) => body.marks.is_none(),
            TypeBody::Struct(_) => true,
        };
        imports.deserialize |= matches!(&plan.body, TypeBody::Struct(body) if body.extra.is_none());
        imports.validate |= plan.validate;
        for (_, ty) in members(&plan.body) {
            imports.secret |= holds_secret(ty);
        }
        if let TypeBody::Struct(body) = &plan.body {
            for field in &body.fields {
                let presence = field.presence(plan.in_request);
                imports.double_option |= presence == Presence::DoubleOption;
                imports.nullable |= presence == Presence::Nullable;
                imports.present |= presence == Presence::Present;
            }
        }
    }
    imports
}

/// What occurs most often; of as many, the first.
fn most_common<T: Clone + Eq + Hash>(all: impl Iterator<Item = T>) -> Option<T> {
    let mut counts: IndexMap<T, usize> = IndexMap::new();
    for item in all {
        *counts.entry(item).or_default() += 1;
    }
    let most = counts.into_iter().reduce(|best, next| if next.1 > best.1 { next } else { best });
    most.map(|(item, _)| item)
}

fn members(body: &TypeBody) -> Vec<(&str, &RustType)> {
    match body {
        TypeBody::Struct(plan) => {
            let extra = plan.extra.iter().map(|extra| (extra.name.as_str(), &extra.ty));
            plan.fields.iter().map(|field| (field.wire.as_str(), &field.ty)).chain(extra).collect()
        }
        TypeBody::Union(plan) => plan.variants.iter().map(|v| (v.name.as_str(), &v.ty)).collect(),
        TypeBody::Alias(ty, _) => vec![("items", ty)],
        TypeBody::Enum(_) => Vec::new(),
    }
}

fn named(ty: &RustType) -> Option<TypeId> {
    match innermost(ty) {
        RustType::Named(id) => Some(*id),
        _ => None,
    }
}

/// The type inside of arrays, maps and options.
fn innermost(ty: &RustType) -> &RustType {
    match ty {
        RustType::Vec(inner)
        | RustType::Map(inner)
        | RustType::Option(inner)
        | RustType::Boxed(inner)
        | RustType::Secret(inner) => innermost(inner),
        ty => ty,
    }
}

fn holds_secret(ty: &RustType) -> bool {
    match ty {
        RustType::Secret(_) => true,
        RustType::Vec(inner) | RustType::Map(inner) | RustType::Option(inner) | RustType::Boxed(inner) => {
            holds_secret(inner)
        }
        _ => false,
    }
}
