//! Types by what they are, so that equal ones become one.

use std::hash::BuildHasher;

use foldhash::{HashMap, fast::RandomState};

use super::plan::{TypeBody, TypeId, TypePlan};

/// What a type is recognised by besides its body: its documentation, and whether it is a parameter's, because a
/// parameter and a field that look alike are named after different things. A name for a scalar or a list is no shape,
/// and is known to its own operation alone.
pub(super) type Said = (Vec<String>, bool, Option<usize>);

/// The types of an API by what they are. The bodies lie in the plans alone, and are hashed once.
#[derive(Debug, Default)]
pub(super) struct Known {
    hashing: RandomState,
    /// The types with a hash: more than one only by chance.
    hashed: HashMap<u64, Vec<(TypeId, Said)>>,
}

impl Known {
    /// The hash of a type.
    pub(super) fn hash(&self, body: &TypeBody, said: &Said) -> u64 {
        self.hashing.hash_one((body, said))
    }

    /// The type of that hash that is the same.
    pub(super) fn find(&self, hash: u64, plans: &[TypePlan], body: &TypeBody, said: &Said) -> Option<TypeId> {
        let mut known = self.hashed.get(&hash)?.iter();
        let is_it = |(id, known): &&(TypeId, Said)| {
            known == said && plans.get(id.0).is_some_and(|plan| plan.body == *body)
        };
        known.find(is_it).map(|(id, _)| *id)
    }

    /// Makes a type known. Its body stays what it is until all types are known.
    pub(super) fn insert(&mut self, hash: u64, id: TypeId, said: Said) {
        self.hashed.entry(hash).or_default().push((id, said));
    }
}
