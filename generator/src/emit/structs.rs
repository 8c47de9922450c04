//! Structs with serde attributes.

use quote::quote;
use syn::{Attribute, Field, Item};

use super::{
    emit_rust_type, map,
    syntax::{self, docs, generic, global, list, structure, word},
};
use crate::lower::plan::{FieldPlan, Presence, RenameRule, StructPlan, TypePlan};

pub(super) fn emit_struct(ty: &TypePlan, plan: &StructPlan, all: &[TypePlan]) -> Item {
    let mut attrs = docs(&ty.docs);
    // Where it saves attributes, the struct says for all fields that what is absent is not written.
    let skipped =
        plan.fields.iter().filter(|field| field.presence(ty.in_request).is_skipped()).take(2).count() == 2;
    attrs.extend(skipped.then(|| word(global(&["docwright_runtime", "skip_serializing_none"]))));
    let default = ty.default.then(|| quote!(Default,));
    // Members beside the documented ones are read by serde's own derive.
    let deserialize = match plan.extra {
        Some(_) => quote!(::serde::Deserialize),
        None => quote!(Deserialize),
    };
    attrs.push(list("derive", quote!(Debug, Clone, #default PartialEq, Serialize, #deserialize)));
    attrs.extend(rename_all(plan.rename_all));
    let fields = plan.fields.iter().map(|field| emit_field(field, ty.in_request, skipped, all));
    let extra = plan.extra.iter().map(|extra| {
        let mut attrs = docs(&["All other members.".to_owned()]);
        attrs.push(list("serde", quote!(flatten)));
        syntax::field(attrs, extra.name.ident(), map(emit_rust_type(&extra.ty, all)))
    });
    structure(attrs, ty.name.ident(), fields.chain(extra))
}

/// `#[serde(rename_all = …)]`, where there is a rule.
fn rename_all(rule: Option<RenameRule>) -> Option<Attribute> {
    let rule = match rule? {
        RenameRule::Camel => "camelCase",
        RenameRule::Kebab => "kebab-case",
        RenameRule::Pascal => "PascalCase",
        RenameRule::ScreamingSnake => "SCREAMING_SNAKE_CASE",
        RenameRule::ScreamingKebab => "SCREAMING-KEBAB-CASE",
        RenameRule::Snake => "snake_case",
        RenameRule::Lower => "lowercase",
        RenameRule::Upper => "UPPERCASE",
    };
    Some(list("serde", quote!(rename_all = #rule)))
}

fn emit_field(field: &FieldPlan, in_request: bool, skipped: bool, all: &[TypePlan]) -> Field {
    let inner = emit_rust_type(&field.ty, all);
    let presence = field.presence(in_request);
    let ty = match presence {
        Presence::Required => inner,
        Presence::Nullable | Presence::Optional | Presence::Present => generic("Option", [inner]),
        Presence::DoubleOption => generic("Option", [generic("Option", [inner])]),
    };
    // Serde takes an absent `Option` for `None`, unless it is told how to read it.
    let read = match presence {
        Presence::Required | Presence::Optional => None,
        Presence::Nullable => Some(quote!(deserialize_with = "nullable")),
        Presence::Present => Some(quote!(default, deserialize_with = "present")),
        Presence::DoubleOption => Some(quote!(default, with = "double_option")),
    };
    let skip = (presence.is_skipped() && !skipped).then(|| quote!(skip_serializing_if = "Option::is_none"));
    let rename = field.rename.as_ref().map(|wire| quote!(rename = #wire));
    let mut serde = [rename, read, skip].into_iter().flatten().peekable();
    let mut attrs = docs(&field.docs);
    if presence == Presence::Nullable && skipped {
        attrs.push(word(syntax::ident("serialize_always").into()));
    }
    if serde.peek().is_some() {
        attrs.push(list("serde", quote!(#(#serde),*)));
    }
    syntax::field(attrs, field.name.ident(), ty)
}
