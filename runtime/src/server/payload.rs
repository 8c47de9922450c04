//! The body of a request, as the last argument of a route.

use std::{future::Future, marker::PhantomData};

use axum::body::Bytes;
use serde::de::DeserializeOwned;

use super::{
    body::missing,
    incoming::Incoming,
    limits::Limits,
    problem::Problem,
    reader::{Limited, Validated},
};
use crate::{Checker, Validate};

/// What a route reads of a body.
pub trait Payload: Send + Sync + 'static {
    /// What it is read as.
    type Body: Send;
    /// The arguments, behind those before.
    type Arguments<B: Send>: Send;

    /// Reads it.
    fn read(&self, request: Incoming) -> impl Future<Output = Result<Self::Body, Problem>> + Send;

    /// Checks its documented limits.
    fn check(&self, _: &Self::Body, limits: Limits) -> Limits {
        limits
    }

    /// Puts it behind the other arguments.
    fn join<B: Send>(before: B, body: Self::Body) -> Self::Arguments<B>;
}

/// Nothing.
impl Payload for () {
    type Body = ();
    type Arguments<B: Send> = B;

    fn read(&self, _: Incoming) -> impl Future<Output = Result<(), Problem>> + Send {
        std::future::ready(Ok(()))
    }

    fn join<B: Send>(before: B, (): ()) -> B {
        before
    }
}

/// What a body is read as, where it is there.
pub trait Format<T>: 'static {
    /// Reads it.
    fn read(
        request: &mut Incoming,
        media_type: &'static str,
    ) -> impl Future<Output = Result<Option<T>, Problem>> + Send;
}

/// JSON.
#[derive(Debug)]
pub struct Json;

impl<T: DeserializeOwned + Send> Format<T> for Json {
    async fn read(request: &mut Incoming, media_type: &'static str) -> Result<Option<T>, Problem> {
        request.optional_json(media_type).await
    }
}

/// A form.
#[derive(Debug)]
pub struct Form;

impl<T: DeserializeOwned + Send> Format<T> for Form {
    async fn read(request: &mut Incoming, media_type: &'static str) -> Result<Option<T>, Problem> {
        request.optional_form(media_type).await
    }
}

/// Bytes as they are.
#[derive(Debug)]
pub struct Raw;

impl Format<Bytes> for Raw {
    async fn read(request: &mut Incoming, media_type: &'static str) -> Result<Option<Bytes>, Problem> {
        request.optional_raw(media_type).await
    }
}

/// A body that may be there.
#[derive(Debug)]
pub struct Optional<F, T> {
    pub(super) media_type: &'static str,
    pub(super) ty: PhantomData<fn() -> (F, T)>,
}

impl<F: Format<T>, T: Send + 'static> Payload for Optional<F, T> {
    type Body = Option<T>;
    type Arguments<B: Send> = (B, Option<T>);

    async fn read(&self, mut request: Incoming) -> Result<Option<T>, Problem> {
        F::read(&mut request, self.media_type).await
    }

    fn join<B: Send>(before: B, body: Option<T>) -> (B, Option<T>) {
        (before, body)
    }
}

/// A body that must be there.
#[derive(Debug)]
pub struct Required<F, T>(pub(super) Optional<F, T>);

impl<F: Format<T>, T: Send + 'static> Payload for Required<F, T> {
    type Body = T;
    type Arguments<B: Send> = (B, T);

    async fn read(&self, request: Incoming) -> Result<T, Problem> {
        self.0.read(request).await?.ok_or_else(missing)
    }

    fn join<B: Send>(before: B, body: T) -> (B, T) {
        (before, body)
    }
}

/// The request itself.
#[derive(Debug)]
pub struct Whole;

impl Payload for Whole {
    type Body = Incoming;
    type Arguments<B: Send> = (B, Incoming);

    fn read(&self, request: Incoming) -> impl Future<Output = Result<Incoming, Problem>> + Send {
        std::future::ready(Ok(request))
    }

    fn join<B: Send>(before: B, request: Incoming) -> (B, Incoming) {
        (before, request)
    }
}

impl<P: Payload<Body: Validate>> Payload for Validated<P> {
    type Body = P::Body;
    type Arguments<B: Send> = P::Arguments<B>;

    fn read(&self, request: Incoming) -> impl Future<Output = Result<P::Body, Problem>> + Send {
        self.0.read(request)
    }

    fn check(&self, body: &P::Body, limits: Limits) -> Limits {
        limits.body(body)
    }

    fn join<B: Send>(before: B, body: P::Body) -> P::Arguments<B> {
        P::join(before, body)
    }
}

impl<P: Payload, F: Fn(&P::Body, &mut Checker) + Send + Sync + 'static> Payload for Limited<P, F> {
    type Body = P::Body;
    type Arguments<B: Send> = P::Arguments<B>;

    fn read(&self, request: Incoming) -> impl Future<Output = Result<P::Body, Problem>> + Send {
        self.reader.read(request)
    }

    fn check(&self, body: &P::Body, limits: Limits) -> Limits {
        limits.body_by(body, &self.check)
    }

    fn join<B: Send>(before: B, body: P::Body) -> P::Arguments<B> {
        P::join(before, body)
    }
}
