//! What a route does with a request: it is read, the function of the service is called, and what that gives becomes the
//! response that the page documents.

use std::{future::Future, marker::PhantomData, pin::Pin};

use axum::{body::Body, response::Response};
use serde::Serialize;

use super::{
    auth::Accepted,
    handler::Handler,
    incoming::Incoming,
    limits::Limits,
    payload::Payload,
    problem::Problem,
    reader::{Caller, Readers},
    reply::Answer,
    route::At,
    with_headers::IntoReply,
};
use crate::Responses;

/// What becomes of a request.
pub(super) type Outcome = Result<Response, Problem>;

/// What answers the requests of an operation.
pub(super) trait Operation<S>: Send + Sync {
    /// The credentials that it asks for.
    fn accepted(&self) -> &'static [Accepted];

    /// The response.
    fn answer<'s>(
        &'s self,
        service: &'s S,
        request: Incoming,
    ) -> Pin<Box<dyn Future<Output = Outcome> + Send + 's>>;
}

/// What becomes of what the function gives: its documented success. Each of them adds the operation.
impl<S, A, C, P, B> At<'_, S, A, C, P, B>
where
    S: Send + Sync + 'static,
    C: Caller<S>,
    P: Readers<C::Arguments>,
    B: Payload,
{
    /// A JSON body.
    pub fn json<F, O, T, E>(self, status: u16, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<T, E> + 'static,
        T: Serialize + 'static,
        E: Responses + 'static,
    {
        self.json_as(status, "application/json", handler);
    }

    /// A JSON body of another media type, such as `application/scim+json`.
    pub fn json_as<F, O, T, E>(self, status: u16, media_type: &'static str, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<T, E> + 'static,
        T: Serialize + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().json_as(status, media_type));
    }

    /// A JSON body with a status that the service chooses, within a class (`2` for `2XX`) or of all (0).
    pub fn open_json<F, O, T, E>(self, class: u16, media_type: &'static str, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<(u16, T), E> + 'static,
        T: Serialize + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().open_json(class, media_type));
    }

    /// A body that is not JSON.
    pub fn body<F, O, E>(self, status: u16, media_type: &'static str, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<Body, E> + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().body(status, media_type));
    }

    /// A body that is not JSON, with a status that the service chooses.
    pub fn open_body<F, O, E>(self, class: u16, media_type: &'static str, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<(u16, Body), E> + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().open_body(class, media_type));
    }

    /// No body.
    pub fn empty<F, O, E>(self, status: u16, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<(), E> + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().empty(status));
    }

    /// No body, with a status that the service chooses.
    pub fn open_empty<F, O, E>(self, class: u16, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<u16, E> + 'static,
        E: Responses + 'static,
    {
        self.add(handler, move |reply: O| reply.into_reply().open_empty(class));
    }

    /// One of several documented successes.
    pub fn documented<F, O, T, E>(self, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<T, E> + 'static,
        T: Responses + 'static,
        E: Responses + 'static,
    {
        self.add(handler, |reply: O| reply.into_reply().documented());
    }

    /// Any response, where errors are documented and no success is.
    pub fn open<F, O, E>(self, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: IntoReply<Response, E> + 'static,
        E: Responses + 'static,
    {
        self.add(handler, |reply: O| reply.into_reply().open());
    }

    /// Any response, where none is documented.
    pub fn response<F>(self, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = Response>,
    {
        self.add(handler, Ok);
    }

    /// A response, or the problem of a request: of a function that reads the [`request`](Self::request) itself.
    pub fn outcome<F>(self, handler: F)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = Result<Response, Problem>>,
    {
        self.add(handler, |outcome| outcome);
    }

    fn add<F, O, N>(self, handler: F, answer: N)
    where
        F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
        O: 'static,
        N: Fn(O) -> Outcome + Send + Sync + 'static,
    {
        let Self { routes, method, template, caller, readers, payload } = self;
        let route = Route { caller, readers, payload, handler, answer, output: PhantomData };
        routes.insert(method, template, Box::new(route));
    }
}

struct Route<C, P, B, F, N, O> {
    caller: C,
    readers: P,
    payload: B,
    handler: F,
    answer: N,
    output: PhantomData<fn() -> O>,
}

impl<S, C, P, B, F, N, O> Operation<S> for Route<C, P, B, F, N, O>
where
    S: Send + Sync + 'static,
    C: Caller<S>,
    P: Readers<C::Arguments>,
    B: Payload,
    F: for<'s> Handler<'s, S, B::Arguments<P::Arguments>, Output = O>,
    N: Fn(O) -> Outcome + Send + Sync + 'static,
    O: 'static,
{
    fn accepted(&self) -> &'static [Accepted] {
        self.caller.accepted()
    }

    fn answer<'s>(
        &'s self,
        service: &'s S,
        request: Incoming,
    ) -> Pin<Box<dyn Future<Output = Outcome> + Send + 's>> {
        Box::pin(async move {
            let caller = self.caller.ask(service, &request).await?;
            let arguments = self.readers.read(caller, &request)?;
            let body = self.payload.read(request).await?;
            let limits = self.readers.check(&arguments, Limits::default());
            self.payload.check(&body, limits).check()?;
            (self.answer)(self.handler.call(service, B::join(arguments, body)).await)
        })
    }
}
