//! Compares what a page says in prose with what its definition says. The definition counts.

use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::Context,
    model::{Operation, Text},
};

/// Takes the page's title where the definition has none, and reports one that differs.
pub(crate) fn compare_title(cx: &mut Context<'_>, operation: &mut Operation, title: Option<&Text>) {
    let Some(title) = title else { return };
    match &operation.title {
        None => operation.title = Some(title.clone()),
        Some(defined) if plain(&defined.value) != plain(&title.value) => {
            differ(cx, "title", title, "`summary`", defined);
        }
        Some(_) => {}
    }
}

/// Takes the page's description where the definition has none, or only a part of it, and reports one that differs.
pub(crate) fn compare_description(
    cx: &mut Context<'_>,
    operation: &mut Operation,
    description: Option<&Text>,
) {
    let Some(said) = description else { return };
    let Some(defined) = &operation.description else {
        operation.description = Some(said.clone());
        return;
    };
    let (short, long) = (plain(&defined.value), plain(&said.value));
    if short.contains(&long) {
        return;
    }
    if long.contains(&short) {
        operation.description = Some(said.clone());
    } else {
        differ(cx, "description", said, "`description`", defined);
    }
}

fn differ(cx: &mut Context<'_>, what: &str, said: &Text, keyword: &str, defined: &Text) {
    cx.report(
        Diagnostic::new(
            codes::DEFINITION_DISAGREES,
            said.span,
            format!("{what} that differs from the definition's"),
        )
        .label("the definition counts")
        .related(defined.span, format!("its {keyword}")),
    );
}

/// A text without what its layout adds: white space, marks of Markdown, the full stop.
fn plain(text: &str) -> String {
    let kept = |c: &char| c.is_alphanumeric();
    text.chars().filter(kept).flat_map(char::to_lowercase).collect()
}
