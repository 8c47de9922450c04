//! Which resources become components, because their links lead in a circle or further than links are followed.
//!
//! Enter at [`in_circles`]. All other resources are written out wherever links lead to them.
//!
//! Invariant: time is linear in the resources' links, and no depth of links costs stack.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::MAX_LINKS;
use crate::model::{Resource, Schema, Type};

/// The links between resources, each by its place among them.
struct Graph {
    /// Where the links of each lead to.
    links: Vec<Vec<usize>>,
    /// The resources whose links lead to each.
    back: Vec<Vec<usize>>,
}

/// The slugs of resources that become components.
pub(super) fn in_circles(resources: &BTreeMap<String, &Resource>) -> BTreeSet<String> {
    let graph = Graph::new(resources);
    let (leaves, reaching) = peel(&graph.links, &graph.back, None);
    // What is left reaches a circle; what is left after this as well is in one, or between two.
    let (roots, circles) = peel(&graph.back, &graph.links, Some(&reaching));
    let mut components = circles;
    // How many links lead on from each, one to the next, up to a component. Each comes after those that its own links lead to.
    let mut heights = vec![0; graph.links.len()];
    for at in leaves.into_iter().chain(roots.into_iter().rev()) {
        let links = graph.links.get(at).into_iter().flatten();
        let height = links.map(|&to| match components.get(to) {
            Some(true) => 0,
            _ => heights.get(to).copied().unwrap_or(0) + 1,
        });
        let height = height.max().unwrap_or(0);
        if let (Some(slot), Some(component)) = (heights.get_mut(at), components.get_mut(at)) {
            (*slot, *component) = (height, height >= MAX_LINKS);
        }
    }
    resources
        .keys()
        .zip(components)
        .filter(|(_, component)| *component)
        .map(|(slug, _)| slug.clone())
        .collect()
}

impl Graph {
    fn new(resources: &BTreeMap<String, &Resource>) -> Self {
        let places: HashMap<&str, usize> =
            resources.keys().enumerate().map(|(at, slug)| (slug.as_str(), at)).collect();
        let links: Vec<Vec<usize>> = resources
            .values()
            .map(|resource| {
                let open = resource.schema.all().filter(|schema| schema.ty == Type::Any);
                let targets = open.filter_map(|schema: &Schema| schema.resource.as_ref());
                let targets = targets.filter_map(|link| places.get(link.slug.to_lowercase().as_str()));
                targets.copied().collect::<BTreeSet<usize>>().into_iter().collect()
            })
            .collect();
        let mut back = vec![Vec::new(); links.len()];
        for (from, targets) in links.iter().enumerate() {
            for &to in targets {
                if let Some(back) = back.get_mut(to) {
                    back.push(from);
                }
            }
        }
        Self { links, back }
    }
}

/// Takes away what nothing leads on from, again and again, of those that `among` has. Gives what was taken away, each
/// after those that it led to, and which are left.
fn peel(on: &[Vec<usize>], back: &[Vec<usize>], among: Option<&[bool]>) -> (Vec<usize>, Vec<bool>) {
    let is_among = |at: usize| among.is_none_or(|among| among.get(at) == Some(&true));
    let mut left: Vec<bool> = (0..on.len()).map(is_among).collect();
    let mut counts: Vec<usize> =
        on.iter().map(|targets| targets.iter().filter(|to| is_among(**to)).count()).collect();
    let mut order: Vec<usize> =
        (0..on.len()).filter(|&at| is_among(at) && counts.get(at) == Some(&0)).collect();
    let mut next = 0;
    while let Some(&at) = order.get(next) {
        next += 1;
        if let Some(left) = left.get_mut(at) {
            *left = false;
        }
        for &from in back.get(at).into_iter().flatten().filter(|from| is_among(**from)) {
            if let Some(count) = counts.get_mut(from) {
                *count -= 1;
                if *count == 0 {
                    order.push(from);
                }
            }
        }
    }
    (order, left)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        model::{Object, Property, ResourceLink, Text},
        source::Span,
    };

    /// A resource whose members link to those of the slugs.
    fn resource(slugs: &[&str]) -> Resource {
        let (span, mut object) = (Span::default(), Object::default());
        for slug in slugs {
            let link = ResourceLink { name: Text::new(*slug, span), slug: (*slug).to_owned() };
            let schema = Schema { resource: Some(Box::new(link)), ..Schema::default() };
            object
                .properties
                .insert((*slug).to_owned(), Property { required: false, inferred: false, schema, span });
        }
        Resource { name: Text::default(), schema: Schema::new(Type::Object(object), span) }
    }

    #[track_caller]
    fn check(links: &[(&str, &[&str])], expected: &[&str]) {
        let resources: Vec<_> = links.iter().map(|(slug, to)| ((*slug).to_owned(), resource(to))).collect();
        let resources = resources.iter().map(|(slug, resource)| (slug.clone(), resource)).collect();
        assert_eq!(in_circles(&resources).into_iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn only_what_links_in_a_circle_is_a_component() {
        check(&[("a", &["b"]), ("b", &["a", "c"]), ("c", &[])], &["a", "b"]);
        check(&[("a", &["a"]), ("b", &["a"])], &["a"]);
        check(&[("a", &["B", "missing"]), ("b", &["A"]), ("c", &["a"]), ("d", &["c"])], &["a", "b"]);
    }

    #[test]
    fn what_leads_further_than_links_are_followed_is_a_component() {
        let chain: &[(&str, &[&str])] =
            &[("a", &["b"]), ("b", &["c"]), ("c", &["d"]), ("d", &["e"]), ("e", &["f"]), ("f", &[])];
        check(chain, &["c"]);
        check(&chain[2..], &["c"]);
        check(&chain[3..], &[]);
        let towards: &[(&str, &[&str])] =
            &[("a", &["b"]), ("b", &["c"]), ("c", &["d"]), ("d", &["e"]), ("e", &["e"])];
        check(towards, &["a", "e"]);
    }
}
