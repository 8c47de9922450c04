//! Names in Rust that an override gives and a neighbour has already.
//!
//! Generating would number one of the two, so that a rename of the one would rename the other.

use super::{
    Apply,
    route::{Root, is_whole, owner},
};
use crate::{
    config::overrides::{Fields, OperationOverride},
    model::{Operation, ParameterLocation, Schema},
};

/// Names are compared as Rust recases them.
pub(super) fn plain(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The name in Rust, as far as the page and the configuration give it.
fn called<'s>(wire: &'s str, schema: &'s Schema) -> String {
    plain(schema.rename.as_deref().unwrap_or(wire))
}

impl Apply<'_> {
    /// Parameters of all locations are members of one function.
    pub(super) fn renamed_parameters(
        &mut self,
        operation: &Operation,
        name: &str,
        wanted: &OperationOverride,
    ) {
        let called_so = |rename: &str| {
            let parameters = operation.parameters.iter();
            let rename = plain(rename);
            parameters.filter(|it| called(&it.name.value, &it.schema) == rename).count()
        };
        for (part, location, fields) in [
            ("path", ParameterLocation::Path, &wanted.path),
            ("query", ParameterLocation::Query, &wanted.query),
            ("header", ParameterLocation::Header, &wanted.header),
            ("cookie", ParameterLocation::Cookie, &wanted.cookie),
        ] {
            for (place, field) in &fields.0 {
                let Some(rename) = &field.rename else { continue };
                let mut parameters = operation.parameters.iter().filter(|it| it.location == location);
                if parameters.any(|parameter| is_whole(parameter, place)) && called_so(&rename.0) > 1 {
                    let keys = ["overrides", name, part, place.as_str(), "rename"];
                    self.misfit(&keys, format!("another parameter is called `{}` too", rename.0), None);
                }
            }
        }
    }

    /// Members of one object.
    pub(super) fn renamed_fields(&mut self, roots: &mut [Root<'_>], keys: &[&str], fields: &Fields) {
        for (place, wanted) in &fields.0 {
            let Some(rename) = &wanted.rename else { continue };
            let own = plain(&rename.0);
            let has_namesake = roots.iter_mut().any(|root| {
                owner(root, place).is_some_and(|(object, member)| {
                    let mut others = object.properties.iter().filter(|(name, _)| **name != member);
                    others.any(|(name, property)| called(name, &property.schema) == own)
                })
            });
            if has_namesake {
                let keys: Vec<&str> = keys.iter().copied().chain([place.as_str(), "rename"]).collect();
                self.misfit(&keys, format!("another field beside it is called `{}` too", rename.0), None);
            }
        }
    }
}
