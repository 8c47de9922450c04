//! An operation's route: what is read of a request, in order, and the function of the service that is called with it
//! ([`answer`](super::answer)).
//!
//! [`At`] collects readers, each of them for one argument; the last call names the function. The types of the
//! arguments are those of the function's signature, so that a route that does not read what its function wants does
//! not compile. Whatever the order of the calls, credentials are checked first, then parameters, and the body last: the
//! [module's documentation](super) has the whole order. Parameters are read in the order of the calls.

use std::{fmt, marker::PhantomData};

use axum::body::Bytes;

use super::{
    auth::Accepted,
    parameters::In,
    payload::{Form, Json, Optional, Raw, Required, Whole},
    reader::{Authenticate, Limited, Named, Object, Parameter, Params, Secured, Several, Validated},
    routes::Routes,
};
use crate::{Checker, Validate};

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
