//! What can be told of types only when all of them are known, because components may hold each other.
//!
//! Enter at [`settle`]: which types requests and responses hold, which have limits, what a type that holds itself is
//! boxed in, and which have a default. All of it takes time linear in the types' members.

use super::{
    members, named,
    plan::{Access, Check, ParameterPlan, Presence, RustType, TypeBody, TypeId, TypePlan},
};

/// Settles what depends on other types.
pub(super) fn settle(plans: &mut [TypePlan]) {
    let held: Vec<Vec<usize>> = plans.iter().map(|plan| holds(&plan.body)).collect();
    spread(plans, &held, |plan| plan.in_request, |plan| plan.in_request = true);
    spread(plans, &held, |plan| plan.in_response, |plan| plan.in_response = true);
    for plan in plans.iter_mut() {
        relax(plan);
    }
    settle_limits(plans);
    box_cycles(plans);
    for plan in plans {
        plan.default = can_default(plan);
    }
}

/// The types that a type holds.
fn holds(body: &TypeBody) -> Vec<usize> {
    members(body).into_iter().filter_map(|(_, ty)| named(ty)).map(|id| id.0).collect()
}

/// Gives a property of types to the types that they hold.
fn spread(
    plans: &mut [TypePlan],
    held: &[Vec<usize>],
    has: impl Fn(&TypePlan) -> bool,
    set: impl Fn(&mut TypePlan),
) {
    let mut pending: Vec<usize> = (0..plans.len()).filter(|at| plans.get(*at).is_some_and(&has)).collect();
    while let Some(at) = pending.pop() {
        for &inner in held.get(at).into_iter().flatten() {
            if let Some(plan) = plans.get_mut(inner).filter(|plan| !has(plan)) {
                set(plan);
                pending.push(inner);
            }
        }
    }
}

/// A member that is sent in one direction alone cannot be required in the other.
fn relax(plan: &mut TypePlan) {
    let TypeBody::Struct(body) = &mut plan.body else { return };
    for field in &mut body.fields {
        field.required &= match field.access {
            Access::Both => true,
            Access::ReadOnly => !plan.in_request,
            Access::WriteOnly => !plan.in_response,
        };
    }
}

/// The checks of a type's members, with the type that each member holds.
fn checks_mut(body: &mut TypeBody) -> Vec<(Option<TypeId>, &mut Vec<Check>)> {
    match body {
        TypeBody::Struct(plan) => {
            let extra = plan.extra.iter_mut().map(|extra| (named(&extra.ty), &mut extra.checks));
            let fields = plan.fields.iter_mut().map(|field| (named(&field.ty), &mut field.checks));
            fields.chain(extra).collect()
        }
        TypeBody::Union(plan) => {
            plan.variants.iter_mut().map(|variant| (named(&variant.ty), &mut variant.checks)).collect()
        }
        TypeBody::Enum(_) | TypeBody::Alias(..) => Vec::new(),
    }
}

/// Finds the types with limits, and takes away the checks of those that have none.
fn settle_limits(plans: &mut [TypePlan]) {
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); plans.len()];
    let mut pending = Vec::new();
    for (at, plan) in plans.iter_mut().enumerate() {
        plan.validate = false;
        for (id, checks) in checks_mut(&mut plan.body) {
            if checks.iter().any(limits) {
                plan.validate = true;
            } else if let Some(users) = id.and_then(|id| users.get_mut(id.0)).filter(|_| !checks.is_empty()) {
                users.push(at);
            }
        }
        if plan.validate {
            pending.push(at);
        }
    }
    while let Some(at) = pending.pop() {
        for user in users.get_mut(at).map(std::mem::take).unwrap_or_default() {
            if let Some(plan) = plans.get_mut(user).filter(|plan| !plan.validate) {
                plan.validate = true;
                pending.push(user);
            }
        }
    }
    let limited: Vec<bool> = plans.iter().map(|plan| plan.validate).collect();
    for plan in plans {
        // What an alias checks, its users do themselves.
        let alias = match &mut plan.body {
            TypeBody::Alias(ty, checks) => Some((named(ty), checks)),
            _ => None,
        };
        let checks = match alias {
            Some(alias) => vec![alias],
            None => checks_mut(&mut plan.body),
        };
        for (id, checks) in checks {
            if !id.and_then(|id| limited.get(id.0)).copied().unwrap_or(false) {
                prune(checks);
            }
        }
    }
}

/// Takes away the check of an object in the query whose type has no limits.
pub(super) fn settle_parameter(parameter: &mut ParameterPlan, plans: &[TypePlan]) {
    let limited = named(&parameter.ty).and_then(|id| plans.get(id.0)).is_some_and(|plan| plan.validate);
    if parameter.is_object() && !limited {
        prune(&mut parameter.checks);
    }
}

/// Whether a check is of more than what the value holds.
fn limits(check: &Check) -> bool {
    match check {
        Check::Nested => false,
        Check::Each(inner) | Check::Present(inner) => inner.iter().any(limits),
        _ => true,
    }
}

/// Takes away checks of what a value holds.
fn prune(checks: &mut Vec<Check>) {
    checks.retain_mut(|check| match check {
        Check::Nested => false,
        Check::Each(inner) | Check::Present(inner) => {
            prune(inner);
            !inner.is_empty()
        }
        _ => true,
    });
}

/// The members that a value of a type holds in itself, not behind a pointer.
fn direct(body: &mut TypeBody) -> Vec<&mut RustType> {
    let types: Vec<&mut RustType> = match body {
        TypeBody::Struct(plan) => plan.fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeBody::Union(plan) => plan.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeBody::Enum(_) | TypeBody::Alias(..) => Vec::new(),
    };
    let inline = |ty: &&mut RustType| matches!(outer(ty), RustType::Named(_));
    types.into_iter().filter(inline).collect()
}

/// The type inside of what holds its value in itself.
fn outer(ty: &RustType) -> &RustType {
    match ty {
        RustType::Option(inner) | RustType::Secret(inner) => outer(inner),
        ty => ty,
    }
}

/// Boxes the members through which a type would hold itself: those that lead back to a type that is still being
/// looked into, in the order of the types.
fn box_cycles(plans: &mut [TypePlan]) {
    let edges: Vec<Vec<usize>> = plans
        .iter_mut()
        .map(|plan| direct(&mut plan.body).iter().filter_map(|ty| named(ty)).map(|id| id.0).collect())
        .collect();
    let mut open = vec![false; plans.len()];
    let mut seen = vec![false; plans.len()];
    let mut boxed: Vec<(usize, usize)> = Vec::new();
    for root in 0..plans.len() {
        // Each entry is a type and the member that is looked at next.
        let mut path: Vec<(usize, usize)> = Vec::new();
        enter(root, &mut seen, &mut open, &mut path);
        while let Some((at, next)) = path.last_mut() {
            let target = edges.get(*at).and_then(|targets| targets.get(*next)).copied();
            let (at, nth) = (*at, *next);
            *next += 1;
            match target {
                None => {
                    path.pop();
                    if let Some(open) = open.get_mut(at) {
                        *open = false;
                    }
                }
                Some(target) if open.get(target) == Some(&true) => boxed.push((at, nth)),
                Some(target) => enter(target, &mut seen, &mut open, &mut path),
            }
        }
    }
    for (at, nth) in boxed {
        let mut direct = plans.get_mut(at).map(|plan| direct_at(&mut plan.body)).unwrap_or_default();
        if let Some(ty) = direct.get_mut(nth) {
            wrap(ty);
        }
    }
}

/// As [`direct`], with those that are boxed already, so that places stay.
fn direct_at(body: &mut TypeBody) -> Vec<&mut RustType> {
    let types: Vec<&mut RustType> = match body {
        TypeBody::Struct(plan) => plan.fields.iter_mut().map(|field| &mut field.ty).collect(),
        TypeBody::Union(plan) => plan.variants.iter_mut().map(|variant| &mut variant.ty).collect(),
        TypeBody::Enum(_) | TypeBody::Alias(..) => Vec::new(),
    };
    let inline = |ty: &&mut RustType| matches!(outer(ty), RustType::Named(_) | RustType::Boxed(_));
    types.into_iter().filter(inline).collect()
}

fn enter(at: usize, seen: &mut [bool], open: &mut [bool], path: &mut Vec<(usize, usize)>) {
    if let (Some(seen @ false), Some(open)) = (seen.get_mut(at), open.get_mut(at)) {
        (*seen, *open) = (true, true);
        path.push((at, 0));
    }
}

fn wrap(ty: &mut RustType) {
    match ty {
        RustType::Option(inner) | RustType::Secret(inner) => wrap(inner),
        RustType::Boxed(_) => {}
        ty => {
            let inner = std::mem::replace(ty, RustType::Unit);
            *ty = RustType::Boxed(Box::new(inner));
        }
    }
}

/// Whether all members may be absent.
fn can_default(plan: &TypePlan) -> bool {
    let absent = |field: &super::plan::FieldPlan| {
        !matches!(field.presence(plan.in_request), Presence::Required | Presence::Nullable)
    };
    matches!(&plan.body, TypeBody::Struct(body) if body.fields.iter().all(absent))
}
