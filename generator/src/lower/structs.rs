//! Objects become structs and maps.

use super::{
    docs,
    examples::{self, Examples},
    limits,
    names::{Kind, Name, Scope},
    place::{Called, Place},
    plan::{Access, Check, ExtraPlan, FieldPlan, RustType, StructPlan, TypeBody},
    rename,
    types::Types,
};
use crate::model::{Object, Property, Schema};

impl Types<'_> {
    /// The type of an object: a struct where it has named members, a map where it has none.
    pub(super) fn lower_object(
        &mut self,
        schema: &Schema,
        object: &Object,
        place: Place<'_>,
    ) -> (RustType, Vec<Check>) {
        if !object.properties.is_empty() {
            let ty = self.lower_struct(schema, object, place);
            let checks = self.nested(&ty).into_iter().collect();
            return (ty, checks);
        }
        match &object.values {
            Some(values) => self.lower_holder(schema, values, RustType::Map, place),
            None => (RustType::FreeForm, limits::checks(schema, &RustType::FreeForm)),
        }
    }

    /// The struct of an object's members, and their examples.
    pub(super) fn struct_body(&mut self, object: &Object, place: Place<'_>) -> (TypeBody, Examples) {
        let mut examples = Examples::default();
        let mut scope = Scope::default();
        let mut fields: Vec<FieldPlan> = Vec::with_capacity(object.properties.len());
        let wanted = |property: &Property| property.schema.rename.is_some();
        let names = object
            .properties
            .iter()
            .map(|(wire, property)| (property.schema.rename.as_deref().unwrap_or(wire), wanted(property)));
        let names = scope.names(Kind::Value, names);
        for ((wire, property), name) in object.properties.iter().zip(names) {
            let (field, shown) = self.lower_field(wire, name, property, place);
            examples.extend(shown.into_iter().map(|example| (fields.len(), example)));
            fields.push(field);
        }
        let extra = object.values.as_ref().map(|values| {
            let name = Called::Part(&place.name, "value");
            let (ty, checks) = self.lower_inner(values, Place { name, field: "", ..place });
            ExtraPlan { name: scope.name(Kind::Value, "other"), ty, checks }
        });
        let rename_all = rename::fields(&mut fields);
        (TypeBody::Struct(StructPlan { rename_all, fields, extra }), examples)
    }

    /// The field of a member, and the examples that are no part of what it is known by.
    fn lower_field(
        &mut self,
        wire: &str,
        name: Name,
        property: &Property,
        place: Place<'_>,
    ) -> (FieldPlan, Vec<String>) {
        let schema = &property.schema;
        let called = match &schema.resource {
            Some(resource) => Called::Words(&resource.name.value),
            None => Called::Part(&place.name, wire),
        };
        let inside = Place { name: called, field: wire, ..place };
        let (ty, checks) = self.lower(schema, inside);
        let described = self.components.described(schema);
        let target = self.components.target(schema);
        let access = match (schema.read_only || target.read_only, schema.write_only || target.write_only) {
            (true, false) => Access::ReadOnly,
            (false, true) => Access::WriteOnly,
            _ => Access::Both,
        };
        let mut docs = docs::property(&described, property.inferred, access, &mut self.rendered);
        let shown = examples::shown(&described, &mut docs);
        let field = FieldPlan {
            name,
            wire: wire.to_owned(),
            rename: None,
            docs,
            ty,
            required: property.required,
            nullable: self.components.is_nullable(schema),
            access,
            checks,
        };
        (field, shown)
    }
}
