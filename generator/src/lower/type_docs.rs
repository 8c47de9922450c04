//! Gives every type documentation: what the page says of it, and where it stands.

use std::collections::HashMap;

use super::{
    docs, members, named,
    plan::{OperationPlan, TypeId, TypePlan},
};

/// [`Use::what`] of a request's body.
pub(super) const REQUEST: &str = "request";

/// Where a type is a body.
#[derive(Debug)]
pub(super) struct Use {
    /// [`REQUEST`], or the response's status.
    pub(super) what: String,
    /// Method and path.
    pub(super) operation: String,
}

/// Gives every type documentation: what the page says, and where it is a body or whose member it is.
pub(super) fn document(
    plans: &mut [TypePlan],
    uses: &HashMap<TypeId, Vec<Use>>,
    operations: &[OperationPlan],
) {
    let mut owners: HashMap<TypeId, String> = HashMap::new();
    for operation in operations {
        for parameter in &operation.parameters {
            if let Some(id) = named(&parameter.ty) {
                let title = docs::code(&format!("{} {}", operation.method, operation.path));
                let owner = format!("Parameter {} of {title}.", docs::code(&parameter.wire));
                owners.entry(id).or_insert(owner);
            }
        }
    }
    for (at, plan) in plans.iter().enumerate() {
        for (wire, ty) in members(&plan.body) {
            // What holds itself is not told by that.
            if let Some(id) = named(ty).filter(|id| id.0 != at) {
                owners.entry(id).or_insert_with(|| format!("{} of [`{}`].", docs::code(wire), plan.name));
            }
        }
    }
    for (at, plan) in plans.iter_mut().enumerate() {
        let id = TypeId(at);
        if let Some(uses) = uses.get(&id) {
            docs::separate(&mut plan.docs);
            plan.docs.extend(use_docs(uses));
        } else if plan.docs.is_empty() {
            plan.docs.extend(owners.get(&id).cloned());
        }
    }
}

/// Where a type is a body: one sentence for each operation.
fn use_docs(uses: &[Use]) -> Vec<String> {
    let mut operations: Vec<(&str, Vec<&str>)> = Vec::new();
    for used in uses {
        match operations.iter_mut().find(|(operation, _)| *operation == used.operation) {
            Some((_, whats)) => whats.push(&used.what),
            None => operations.push((&used.operation, vec![&used.what])),
        }
    }
    let sentence = |(operation, whats): &(&str, Vec<&str>)| {
        let mut words: Vec<String> = Vec::new();
        words.extend(whats.contains(&REQUEST).then(|| "request body".to_owned()));
        let statuses: Vec<&str> = whats.iter().filter(|what| **what != REQUEST).copied().collect();
        match statuses.split_last() {
            None => {}
            Some((only, [])) => words.push(format!("response {only}")),
            Some((last, before)) => words.push(format!("responses {} and {last}", before.join(", "))),
        }
        let mut sentence = words.join(" and ");
        if let Some(first) = sentence.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        format!("{sentence} of {}.", docs::code(operation))
    };
    match operations.as_slice() {
        [only] => vec![sentence(only)],
        all => all.iter().map(|entry| format!("- {}", sentence(entry))).collect(),
    }
}
