//! The OpenAPI definition at the end of a page, set beside what the page says itself.

use super::PageReader;
use crate::{
    diagnostic::{Diagnostic, codes},
    dialect::definition::{compare_description, compare_title},
    model::{Operation, Text},
};

impl PageReader<'_, '_> {
    /// Puts the operations of the definition in the place of those that the page's own text gives, and reports where
    /// the two differ. `description` is that of a page which names no operation itself.
    pub(super) fn define(&mut self, description: Option<Text>) {
        let mut defined = std::mem::take(&mut self.definition);
        if defined.is_empty() {
            return;
        }
        let said = std::mem::take(&mut self.page.operations);
        // A page is about operations, not about what they make the vendor call.
        let mut own = defined.iter_mut().filter(|operation| operation.callback.is_none());
        if let (Some(only), None, true) = (own.next(), own.next(), said.is_empty()) {
            compare_title(self.cx, only, self.page.title.as_ref());
            compare_description(self.cx, only, description.as_ref());
        }
        for operation in said {
            let same =
                |it: &&mut Operation| it.method == operation.method && it.path.value == operation.path.value;
            match defined.iter_mut().find(same) {
                Some(known) => self.compare(known, operation),
                None => self.cx.report(
                    Diagnostic::new(
                        codes::DEFINITION_DISAGREES,
                        operation.span,
                        format!(
                            "`{} {}` that the definition does not have",
                            operation.method, operation.path.value
                        ),
                    )
                    .label("left out; the definition counts"),
                ),
            }
        }
        for operation in defined.iter_mut().filter(|operation| operation.callback.is_none()) {
            operation.slug.clone_from(&self.page.slug);
        }
        self.page.operations = defined;
    }

    fn compare(&mut self, defined: &mut Operation, said: Operation) {
        compare_title(self.cx, defined, said.title.as_ref());
        compare_description(self.cx, defined, said.description.as_ref());
        for parameter in &said.parameters {
            let known = |it: &crate::model::Parameter| it.name.value == parameter.name.value;
            if !defined.parameters.iter().any(known) {
                self.cx.report(
                    Diagnostic::new(
                        codes::DEFINITION_DISAGREES,
                        parameter.span,
                        format!("parameter `{}` that the definition does not have", parameter.name.value),
                    )
                    .label("left out; the definition counts")
                    .related(defined.span, "the operation there"),
                );
            }
        }
        if said.request_body.is_some() && defined.request_body.is_none() {
            self.cx.report(
                Diagnostic::new(
                    codes::DEFINITION_DISAGREES,
                    said.span,
                    "request body that the definition does not have",
                )
                .label("left out; the definition counts"),
            );
        }
        defined.samples.extend(said.samples);
    }
}
