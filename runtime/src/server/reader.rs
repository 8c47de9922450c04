//! What a route reads of a request: the caller, then parameters, then the body.
//!
//! Each reader gives one argument, whose type the service's function says. Limits are checked when all is read, the body
//! included (`payload.rs`).

use std::{future::Future, marker::PhantomData, str::FromStr};

use serde::de::DeserializeOwned;

use super::{
    auth::{self, Accepted, Credentials, Denied},
    incoming::Incoming,
    limits::Limits,
    parameters::{In, Parameters},
    problem::Problem,
};
use crate::{Checker, Validate};

/// A function that checks credentials, such as `Service::authenticate` of a generated server.
pub trait Authenticate<'s, S> {
    /// Who sends a request.
    type Caller: Send;
    /// What it awaits.
    type Future: Future<Output = Result<Self::Caller, Denied>> + Send;

    /// Checks credentials, together with the documented permissions.
    fn check(&self, service: &'s S, sent: Credentials, permissions: &'static [&'static str]) -> Self::Future;
}

impl<'s, S: 's, F, R, C> Authenticate<'s, S> for F
where
    F: Fn(&'s S, Credentials, &'static [&'static str]) -> R,
    R: Future<Output = Result<C, Denied>> + Send,
    C: Send,
{
    type Caller = C;
    type Future = R;

    fn check(&self, service: &'s S, sent: Credentials, permissions: &'static [&'static str]) -> R {
        self(service, sent, permissions)
    }
}

/// Who sends a request, as the first arguments of a function.
pub trait Caller<S>: Send + Sync + 'static {
    /// The arguments: none, or the caller.
    type Arguments: Send;

    /// The credentials that are asked for.
    fn accepted(&self) -> &'static [Accepted] {
        &[]
    }

    /// Has the credentials of a request checked.
    fn ask(
        &self,
        service: &S,
        request: &Incoming,
    ) -> impl Future<Output = Result<Self::Arguments, Problem>> + Send;
}

/// Anyone.
impl<S> Caller<S> for () {
    type Arguments = ();

    fn ask(&self, _: &S, _: &Incoming) -> impl Future<Output = Result<(), Problem>> + Send {
        std::future::ready(Ok(()))
    }
}

/// Those whose credentials are accepted.
#[derive(Debug)]
pub struct Secured<A, C> {
    pub(super) authenticate: A,
    pub(super) accepted: &'static [Accepted],
    pub(super) caller: PhantomData<fn() -> C>,
}

impl<S, A, C> Caller<S> for Secured<A, C>
where
    S: Sync,
    A: for<'s> Authenticate<'s, S, Caller = C> + Send + Sync + 'static,
    C: Send + 'static,
{
    type Arguments = ((), C);

    fn accepted(&self) -> &'static [Accepted] {
        self.accepted
    }

    // What is awaited does not hold the request, whose body cannot be shared.
    fn ask(&self, service: &S, request: &Incoming) -> impl Future<Output = Result<((), C), Problem>> + Send {
        let asked = auth::present(&request.parts, self.accepted, request.realm);
        async move {
            let check = |sent, permissions| self.authenticate.check(service, sent, permissions);
            Ok(((), asked?.check(check).await?))
        }
    }
}

/// A parameter, or all that are optional.
pub trait Reader: Send + Sync + 'static {
    /// The argument.
    type Argument: Send;

    /// Reads it.
    fn read(&self, request: &Incoming) -> Result<Self::Argument, Problem>;

    /// Checks its documented limits.
    fn check(&self, _: &Self::Argument, limits: Limits) -> Limits {
        limits
    }
}

/// A parameter that must be there once.
#[derive(Debug)]
pub struct Parameter<T> {
    pub(super) place: In,
    pub(super) name: &'static str,
    pub(super) ty: PhantomData<fn() -> T>,
}

impl<T: FromStr + Send + 'static> Reader for Parameter<T> {
    type Argument = T;

    fn read(&self, request: &Incoming) -> Result<T, Problem> {
        request.required(self.place, self.name)
    }
}

/// A parameter that must be there once or more often.
#[derive(Debug)]
pub struct Several<T>(pub(super) Parameter<T>);

impl<T: FromStr + Send + 'static> Reader for Several<T> {
    type Argument = Vec<T>;

    fn read(&self, request: &Incoming) -> Result<Vec<T>, Problem> {
        request.several(self.0.place, self.0.name)
    }
}

/// A parameter that must be there, and is an object.
#[derive(Debug)]
pub struct Object<T>(pub(super) Parameter<T>);

impl<T: DeserializeOwned + Send + 'static> Reader for Object<T> {
    type Argument = T;

    fn read(&self, request: &Incoming) -> Result<T, Problem> {
        request.object(self.0.place, self.0.name)
    }
}

/// The optional parameters.
#[derive(Debug)]
pub struct Params<T>(pub(super) PhantomData<fn() -> T>);

impl<T: Parameters + Send + 'static> Reader for Params<T> {
    type Argument = T;

    fn read(&self, request: &Incoming) -> Result<T, Problem> {
        T::read(request)
    }
}

/// A parameter that has a name of its own.
pub trait Named: Reader {
    /// The name.
    fn name(&self) -> &'static str;
}

impl<T: FromStr + Send + 'static> Named for Parameter<T> {
    fn name(&self) -> &'static str {
        self.name
    }
}

impl<T: FromStr + Send + 'static> Named for Several<T> {
    fn name(&self) -> &'static str {
        self.0.name
    }
}

impl<T: DeserializeOwned + Send + 'static> Named for Object<T> {
    fn name(&self) -> &'static str {
        self.0.name
    }
}

/// A parameter with limits, or a body with limits that its type does not say.
#[derive(Debug)]
pub struct Limited<R, F> {
    pub(super) name: &'static str,
    pub(super) reader: R,
    pub(super) check: F,
}

impl<R, F> Reader for Limited<R, F>
where
    R: Reader,
    F: Fn(&R::Argument, &mut Checker) + Send + Sync + 'static,
{
    type Argument = R::Argument;

    fn read(&self, request: &Incoming) -> Result<R::Argument, Problem> {
        self.reader.read(request)
    }

    fn check(&self, argument: &R::Argument, limits: Limits) -> Limits {
        limits.parameter(self.name, argument, &self.check)
    }
}

/// Optional parameters, or a body, whose type has limits.
#[derive(Debug)]
pub struct Validated<R>(pub(super) R);

impl<T: Parameters + Validate + Send + 'static> Reader for Validated<Params<T>> {
    type Argument = T;

    fn read(&self, request: &Incoming) -> Result<T, Problem> {
        self.0.read(request)
    }

    fn check(&self, argument: &T, limits: Limits) -> Limits {
        limits.parameters(argument)
    }
}

/// Readers in a row: pairs of those before and the last one. `B` is what was read before all of them.
pub trait Readers<B>: Send + Sync + 'static {
    /// The arguments: pairs of those before and the last one.
    type Arguments: Send;

    /// Reads them in order, behind what was read before.
    fn read(&self, before: B, request: &Incoming) -> Result<Self::Arguments, Problem>;

    /// Checks their documented limits.
    fn check(&self, arguments: &Self::Arguments, limits: Limits) -> Limits;
}

impl<B: Send> Readers<B> for () {
    type Arguments = B;

    fn read(&self, before: B, _: &Incoming) -> Result<B, Problem> {
        Ok(before)
    }

    fn check(&self, _: &B, limits: Limits) -> Limits {
        limits
    }
}

impl<B, P: Readers<B>, R: Reader> Readers<B> for (P, R) {
    type Arguments = (P::Arguments, R::Argument);

    fn read(&self, before: B, request: &Incoming) -> Result<Self::Arguments, Problem> {
        Ok((self.0.read(before, request)?, self.1.read(request)?))
    }

    fn check(&self, (before, last): &Self::Arguments, limits: Limits) -> Limits {
        self.1.check(last, self.0.check(before, limits))
    }
}
