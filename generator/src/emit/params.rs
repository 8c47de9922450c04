//! Structs of optional parameters.

use quote::quote;
use syn::{Field, Item};

use super::{
    emit_rust_type,
    syntax::{self, docs, generic, list, structure},
};
use crate::lower::plan::{OperationPlan, ParameterPlan, TypePlan};

/// The optional parameters of an operation, if it has any.
pub(super) fn emit_params(operation: &OperationPlan, all: &[TypePlan]) -> Option<Item> {
    let params = operation.params.as_ref().filter(|params| !params.shared)?;
    let fields = operation.parameters.iter().filter(|p| !p.required).map(|p| emit_field(p, all));
    let derives = list("derive", quote!(Debug, Clone, Default, PartialEq));
    Some(structure(vec![derives], params.name.ident(), fields))
}

fn emit_field(parameter: &ParameterPlan, all: &[TypePlan]) -> Field {
    let container = if parameter.repeated { "Vec" } else { "Option" };
    let ty = generic(container, [emit_rust_type(&parameter.ty, all)]);
    syntax::field(docs(&parameter.docs), parameter.name.ident(), ty)
}
