//! Says of bodies’ types where they are bodies.

use std::collections::HashMap;

use super::{
    docs,
    plan::{TypeId, TypePlan},
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

/// Says of bodies' types where they are bodies. All other types are named after where they stand.
pub(super) fn document(plans: &mut [TypePlan], uses: &HashMap<TypeId, Vec<Use>>) {
    for (at, plan) in plans.iter_mut().enumerate() {
        if let Some(sentence) = uses.get(&TypeId(at)).and_then(|uses| use_docs(uses)) {
            docs::append(&mut plan.docs, &sentence);
        }
    }
}

/// Where a type is a body: in full for the first operation. The module's documentation has them all.
fn use_docs(uses: &[Use]) -> Option<String> {
    let first = &uses.first()?.operation;
    let whats: Vec<&str> =
        uses.iter().take_while(|used| used.operation == *first).map(|used| used.what.as_str()).collect();
    let others = uses.chunk_by(|a, b| a.operation == b.operation).count() - 1;
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
    let more = match others {
        0 => String::new(),
        1 => ", and of one more operation".to_owned(),
        others => format!(", and of {others} more operations"),
    };
    Some(format!("{sentence} of {}{more}.", docs::code(first)))
}
