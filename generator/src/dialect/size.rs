//! Leaves out what has more fields than are read of one operation.

use super::Context;
use crate::{
    diagnostic::{Diagnostic, codes},
    limits::{LimitName, raise},
    model::{Page, Schema, Type},
    source::Span,
};

/// Leaves out the operations of a page, and its resource, that are too large.
pub(super) fn leave_out(cx: &mut Context<'_>, page: &mut Page) {
    let most = cx.limits().fields;
    page.operations.retain(|operation| {
        let what = || format!("{} {}", operation.method, operation.path.value);
        fits(cx, count(operation.schemas().collect(), operation.parameters.len()), most, operation.span, what)
    });
    page.resource = page.resource.take().filter(|resource| {
        fits(cx, count(vec![&resource.schema], 0), most, resource.name.span, || resource.name.value.clone())
    });
}

fn fits(cx: &mut Context<'_>, count: usize, most: usize, span: Span, what: impl Fn() -> String) -> bool {
    if count > most {
        cx.report(
            Diagnostic::new(codes::TOO_MANY_FIELDS, span, format!("{count} fields, the limit is {most}"))
                .label(format!("`{}` is left out", what()))
                .help(raise(LimitName::Fields)),
        );
    }
    count <= most
}

/// How many members schemas have, on all levels. Without recursion: nothing has bounded their depth yet.
fn count(mut pending: Vec<&Schema>, mut count: usize) -> usize {
    while let Some(schema) = pending.pop() {
        match &schema.ty {
            Type::Array(items) => pending.push(items),
            Type::Union(alternatives) => pending.extend(alternatives),
            Type::Object(object) => {
                count += object.properties.len() + object.unnamed.len();
                pending.extend(object.properties.values().map(|property| &property.schema));
                pending.extend(object.unnamed.iter().map(|member| &member.property.schema));
                pending.extend(object.values.as_deref());
            }
            _ => {}
        }
    }
    count
}
