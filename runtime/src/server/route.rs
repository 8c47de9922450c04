//! An operation's route: what is read of a request, in order, and the function of the service that is called with it.
//!
//! [`At`] collects readers, each of them for one argument; the last call names the function. The types of the
//! arguments are those of the function's signature, so that a route that does not read what its function wants does
//! not compile. Whatever the order of the calls, credentials are checked first, then parameters, and the body last: the
//! [module's documentation](super) has the whole order. Parameters are read in the order of the calls.

use std::{fmt, future::Future, marker::PhantomData, pin::Pin};

use axum::{
    body::{Body, Bytes},
    response::Response,
};
use serde::Serialize;

use super::{
    auth::Accepted,
    handler::Handler,
    incoming::Incoming,
    limits::Limits,
    parameters::In,
    payload::{Form, Json, Optional, Payload, Raw, Required, Whole},
    problem::Problem,
    reader::{
        Authenticate, Caller, Limited, Named, Object, Parameter, Params, Readers, Secured, Several, Validated,
    },
    reply::Answer,
    routes::Routes,
    with_headers::IntoReply,
};
use crate::{Checker, Responses, Validate};

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

/// An operation that is to be handled: who may call it, what is read, and how.
#[must_use]
pub struct At<'r, S, A, C = (), P = (), B = ()> {
    pub(super) routes: &'r mut Routes<S, A>,
    pub(super) method: &'static str,
    pub(super) template: &'static str,
    /// Who may call it.
    pub(super) caller: C,
    /// The parameters.
    pub(super) readers: P,
    /// The body.
    pub(super) payload: B,
}

impl<S, A, C, P, B> fmt::Debug for At<'_, S, A, C, P, B> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("At")
            .field("method", &self.method)
            .field("template", &self.template)
            .finish_non_exhaustive()
    }
}

impl<'r, S, A: Copy> At<'r, S, A> {
    /// Asks for credentials: those of one of the alternatives. The caller is the first argument.
    pub fn secured<C>(self, accepted: &'static [Accepted]) -> At<'r, S, A, Secured<A, C>>
    where
        A: for<'s> Authenticate<'s, S, Caller = C>,
    {
        let caller = Secured { authenticate: self.routes.authenticate, accepted, caller: PhantomData };
        let Self { routes, method, template, readers, payload, .. } = self;
        At { routes, method, template, caller, readers, payload }
    }
}

/// Readers of parameters.
impl<'r, S, A, C, P> At<'r, S, A, C, P> {
    /// A parameter of the path.
    pub fn path<T>(self, name: &'static str) -> At<'r, S, A, C, (P, Parameter<T>)> {
        self.required(In::Path, name)
    }

    /// A parameter of the query that must be there, once.
    pub fn query<T>(self, name: &'static str) -> At<'r, S, A, C, (P, Parameter<T>)> {
        self.required(In::Query, name)
    }

    /// A header that must be there, once.
    pub fn header<T>(self, name: &'static str) -> At<'r, S, A, C, (P, Parameter<T>)> {
        self.required(In::Header, name)
    }

    /// A cookie that must be there, once.
    pub fn cookie<T>(self, name: &'static str) -> At<'r, S, A, C, (P, Parameter<T>)> {
        self.required(In::Cookie, name)
    }

    /// A parameter that must be there once or more often, for an argument that is a `Vec`.
    pub fn several<T>(self, place: In, name: &'static str) -> At<'r, S, A, C, (P, Several<T>)> {
        self.read(Several(Parameter { place, name, ty: PhantomData }))
    }

    /// A parameter that must be there, and is an object, or JSON.
    pub fn object<T>(self, place: In, name: &'static str) -> At<'r, S, A, C, (P, Object<T>)> {
        self.read(Object(Parameter { place, name, ty: PhantomData }))
    }

    /// The optional parameters.
    pub fn params<T>(self) -> At<'r, S, A, C, (P, Params<T>)> {
        self.read(Params(PhantomData))
    }

    fn required<T>(self, place: In, name: &'static str) -> At<'r, S, A, C, (P, Parameter<T>)> {
        self.read(Parameter { place, name, ty: PhantomData })
    }

    fn read<R>(self, reader: R) -> At<'r, S, A, C, (P, R)> {
        let Self { routes, method, template, caller, readers, payload } = self;
        At { routes, method, template, caller, readers: (readers, reader), payload }
    }
}

/// Readers of bodies. A request has no other body than one of the documented media type.
impl<'r, S, A, C, P> At<'r, S, A, C, P> {
    /// JSON that must be there.
    pub fn json_body<T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Required<Json, T>> {
        self.body_of(media_type)
    }

    /// JSON that may be there.
    pub fn optional_json_body<T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Optional<Json, T>> {
        self.optional_body_of(media_type)
    }

    /// A form that must be there.
    pub fn form_body<T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Required<Form, T>> {
        self.body_of(media_type)
    }

    /// A form that may be there.
    pub fn optional_form_body<T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Optional<Form, T>> {
        self.optional_body_of(media_type)
    }

    /// Bytes that must be there.
    pub fn raw_body(self, media_type: &'static str) -> At<'r, S, A, C, P, Required<Raw, Bytes>> {
        self.body_of(media_type)
    }

    /// Bytes that may be there.
    pub fn optional_raw_body(self, media_type: &'static str) -> At<'r, S, A, C, P, Optional<Raw, Bytes>> {
        self.optional_body_of(media_type)
    }

    /// The request itself, for a function that reads all but its credentials.
    pub fn request(self) -> At<'r, S, A, C, P, Whole> {
        self.take(Whole)
    }

    fn body_of<F, T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Required<F, T>> {
        self.take(Required(Optional { media_type, ty: PhantomData }))
    }

    fn optional_body_of<F, T>(self, media_type: &'static str) -> At<'r, S, A, C, P, Optional<F, T>> {
        self.take(Optional { media_type, ty: PhantomData })
    }

    fn take<B>(self, payload: B) -> At<'r, S, A, C, P, B> {
        let Self { routes, method, template, caller, readers, .. } = self;
        At { routes, method, template, caller, readers, payload }
    }
}

/// A parameter with documented limits.
impl<'r, S, A, C, P, R: Named> At<'r, S, A, C, (P, R)> {
    /// Says how they are checked.
    pub fn limit<F>(self, check: F) -> At<'r, S, A, C, (P, Limited<R, F>)>
    where
        F: Fn(&R::Argument, &mut Checker),
    {
        let Self { routes, method, template, caller, readers: (before, reader), payload } = self;
        let readers = (before, Limited { name: reader.name(), reader, check });
        At { routes, method, template, caller, readers, payload }
    }
}

/// Optional parameters with documented limits.
impl<'r, S, A, C, P, T: Validate> At<'r, S, A, C, (P, Params<T>)> {
    /// Has them checked.
    pub fn validated(self) -> At<'r, S, A, C, (P, Validated<Params<T>>)> {
        let Self { routes, method, template, caller, readers: (before, reader), payload } = self;
        At { routes, method, template, caller, readers: (before, Validated(reader)), payload }
    }
}

/// A body that must be there, with documented limits.
impl<'r, S, A, C, P, K, T> At<'r, S, A, C, P, Required<K, T>> {
    /// Says how they are checked.
    pub fn limit<F>(self, check: F) -> At<'r, S, A, C, P, Limited<Required<K, T>, F>>
    where
        F: Fn(&T, &mut Checker),
    {
        self.limited(check)
    }

    /// Has them checked as the type says.
    pub fn validated(self) -> At<'r, S, A, C, P, Validated<Required<K, T>>>
    where
        T: Validate,
    {
        self.valid()
    }
}

/// A body that may be there, with documented limits.
impl<'r, S, A, C, P, K, T> At<'r, S, A, C, P, Optional<K, T>> {
    /// Says how they are checked.
    pub fn limit<F>(self, check: F) -> At<'r, S, A, C, P, Limited<Optional<K, T>, F>>
    where
        F: Fn(&Option<T>, &mut Checker),
    {
        self.limited(check)
    }

    /// Has them checked as the type says.
    pub fn validated(self) -> At<'r, S, A, C, P, Validated<Optional<K, T>>>
    where
        T: Validate,
    {
        self.valid()
    }
}

impl<'r, S, A, C, P, B> At<'r, S, A, C, P, B> {
    fn limited<F>(self, check: F) -> At<'r, S, A, C, P, Limited<B, F>> {
        let Self { routes, method, template, caller, readers, payload: reader } = self;
        At { routes, method, template, caller, readers, payload: Limited { name: "", reader, check } }
    }

    fn valid(self) -> At<'r, S, A, C, P, Validated<B>> {
        let Self { routes, method, template, caller, readers, payload } = self;
        At { routes, method, template, caller, readers, payload: Validated(payload) }
    }
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
