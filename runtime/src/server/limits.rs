//! Documented limits of a request: checked when all of it is read, before the handler runs.

use super::{
    parameters::Parameters,
    problem::{Broken, Problem},
};
use crate::{Checker, Validate};

/// Collects what breaks a limit.
#[derive(Debug, Default)]
pub struct Limits {
    broken: Vec<Broken>,
}

impl Limits {
    /// Checks a parameter.
    #[must_use]
    pub fn parameter<T>(self, name: &'static str, value: &T, check: impl Fn(&T, &mut Checker)) -> Self {
        self.add(Some(name), value, check)
    }

    /// Checks optional parameters.
    #[must_use]
    pub fn parameters<T: Parameters + Validate>(mut self, value: &T) -> Self {
        if let Err(violations) = value.validate() {
            for violation in violations.as_slice() {
                let parameter = T::NAMES.iter().copied().find(|name| violation.is_of(name));
                self.broken.push(Broken { parameter, violation: violation.clone() });
            }
        }
        self
    }

    /// Checks the body of a type that has limits.
    #[must_use]
    pub fn body(self, value: &impl Validate) -> Self {
        self.add(None, value, Validate::check)
    }

    /// Checks a body of another type.
    #[must_use]
    pub fn body_by<T>(self, value: &T, check: impl Fn(&T, &mut Checker)) -> Self {
        self.add(None, value, check)
    }

    /// The outcome.
    ///
    /// # Errors
    ///
    /// 422 that names the limits, where one is broken.
    pub fn check(self) -> Result<(), Problem> {
        if self.broken.is_empty() { Ok(()) } else { Err(Problem::limits(self.broken)) }
    }

    fn add<T>(
        mut self,
        parameter: Option<&'static str>,
        value: &T,
        check: impl Fn(&T, &mut Checker),
    ) -> Self {
        if let Err(violations) = By(value, check).validate() {
            let broken = violations.as_slice().iter().cloned();
            self.broken.extend(broken.map(|violation| Broken { parameter, violation }));
        }
        self
    }
}

/// A value, and what checks it.
struct By<'v, T, F>(&'v T, F);

impl<T, F: Fn(&T, &mut Checker)> Validate for By<'_, T, F> {
    fn check(&self, checker: &mut Checker) {
        (self.1)(self.0, checker);
    }
}
