//! From a request to a response.
//!
//! [`Routes`] collects operations and becomes an [`axum::Router`] that answers every request below the path
//! it is nested at: with an operation's response or with a [`Problem`]. Nothing that comes in, neither
//! templates nor requests, makes it panic.

use std::{fmt, panic::AssertUnwindSafe, sync::Arc};

use axum::{
    Router,
    extract::Request,
    response::{IntoResponse, Response},
};
use futures_util::FutureExt;
use http::{
    HeaderValue, Method, StatusCode,
    header::{ALLOW, WWW_AUTHENTICATE},
};

use super::{
    answer::{Operation, Outcome},
    auth::{self, Accepted},
    incoming::Incoming,
    problem::{Problem, Reason},
    reader::{Authenticate, Secured},
    route::At,
    table::{Found, PathValue, Table},
    with_headers::describe_body,
};

/// The operations of a service.
///
/// ```
/// use docwright_runtime::server::{Problem, Reply, Routes, Undocumented};
/// use axum::response::IntoResponse;
///
/// struct Greeter {
///     greeting: &'static str,
/// }
///
/// impl Greeter {
///     async fn hello(&self, name: String) -> Reply<String, Undocumented> {
///         Ok(format!("{}, {name}!", self.greeting))
///     }
/// }
///
/// let service = Greeter { greeting: "Hello" };
/// let mut app = Routes::new("greeter", service, |_, problem: Problem| problem.into_response());
/// app.at("GET /hello/{name}").path("name").json(200, Greeter::hello);
/// let router: axum::Router = app.into_router();
/// ```
pub struct Routes<S, A = ()> {
    realm: &'static str,
    service: Arc<S>,
    problem: fn(&S, Problem) -> Response,
    /// What checks credentials.
    pub(super) authenticate: A,
    /// The credentials that most operations ask for.
    usual: &'static [Accepted],
    table: Table<Box<dyn Operation<S>>>,
}

impl<S, A> fmt::Debug for Routes<S, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Routes").field("realm", &self.realm).finish_non_exhaustive()
    }
}

impl<S: Send + Sync + 'static> Routes<S> {
    /// No operations yet. The realm is the one of `WWW-Authenticate` (RFC 9110, section 11.5); `problem` gives
    /// refusals their form.
    #[must_use]
    pub fn new(realm: &'static str, service: S, problem: fn(&S, Problem) -> Response) -> Self {
        Self {
            realm,
            service: Arc::new(service),
            problem,
            authenticate: (),
            usual: &[],
            table: Table::default(),
        }
    }

    /// Has credentials checked by a function of the service: those of one of the alternatives, where an operation
    /// does not ask for others.
    #[must_use]
    pub fn authenticated_by<A>(self, authenticate: A, usual: &'static [Accepted]) -> Routes<S, A>
    where
        A: for<'s> Authenticate<'s, S>,
    {
        let Self { realm, service, problem, table, .. } = self;
        Routes { realm, service, problem, authenticate, usual, table }
    }
}

impl<S: Send + Sync + 'static, A: Send + Sync + 'static> Routes<S, A> {
    /// Names an operation by its method and template, such as `GET /users/{id}`. Any text is a template: `{name}` is a
    /// parameter within its segment, all else is text. Of several operations with one method and one shape of
    /// template the first is the one that answers.
    pub fn at(&mut self, operation: &'static str) -> At<'_, S, A> {
        let (method, template) = operation.split_once(' ').unwrap_or(("GET", operation));
        self.webhook(method, template)
    }

    /// Names an operation that asks for the usual credentials. The caller is the first argument.
    pub fn secured<C>(&mut self, operation: &'static str) -> At<'_, S, A, Secured<A, C>>
    where
        A: for<'s> Authenticate<'s, S, Caller = C> + Copy,
    {
        let usual = self.usual;
        self.at(operation).secured(usual)
    }

    /// Names a webhook by its method, and by the path that its receiver chose: any template.
    pub fn webhook(&mut self, method: &'static str, path: &'static str) -> At<'_, S, A> {
        At { routes: self, method, template: path, caller: (), readers: (), payload: () }
    }

    /// A router that answers every path below the one it is nested at, unknown ones included: two of them are
    /// nested, not merged. [`Router::nest`] at `/base` leaves `/base/` to the outer router, alone of all paths
    /// that begin so; [`Router::nest_service`] does not.
    pub fn into_router(self) -> Router {
        let routes = Arc::new(self);
        Router::new().fallback(move |request: Request| {
            let routes = Arc::clone(&routes);
            async move { routes.answer(request).await }
        })
    }

    async fn answer(&self, request: Request) -> Response {
        // What a panic leaves behind is the service's own: whoever shares it unguarded hears of poisoned locks.
        let outcome = AssertUnwindSafe(self.dispatch(request)).catch_unwind().await;
        outcome.unwrap_or_else(|_| Err(Problem::internal())).unwrap_or_else(|problem| self.refuse(problem))
    }

    async fn dispatch(&self, request: Request) -> Outcome {
        let path = request.uri().path();
        let others = match self.table.find(request.method(), path) {
            Found::Operation(operation, path) => {
                let is_head = *request.method() == Method::HEAD;
                let mut response = self.handle(&**operation, path, request).await?;
                if is_head {
                    describe_body(&mut response);
                }
                return Ok(response);
            }
            Found::Nothing => return Err(Problem::new(StatusCode::NOT_FOUND, Reason::Path)),
            Found::OtherMethods(others) => others,
        };
        // RFC 9110, section 9.1: who supports GET supports HEAD; whoever sends the response drops its body.
        if *request.method() == Method::HEAD
            && let Found::Operation(operation, path) = self.table.find(&Method::GET, path)
        {
            return self.handle(&**operation, path, request).await;
        }
        let allow = allow(&others);
        if *request.method() == Method::OPTIONS {
            let mut response = Response::default();
            *response.status_mut() = StatusCode::NO_CONTENT;
            response.headers_mut().insert(ALLOW, allow);
            return Ok(response);
        }
        Err(Problem::new(StatusCode::METHOD_NOT_ALLOWED, Reason::Method).with_header(ALLOW, allow))
    }

    async fn handle(&self, operation: &dyn Operation<S>, path: Vec<PathValue>, request: Request) -> Outcome {
        let request = Incoming::new(request, path, self.realm);
        let mut response = operation.answer(&self.service, request).await?;
        // RFC 9110, section 15.5.2: a 401 has a challenge, whoever replies it.
        if response.status() == StatusCode::UNAUTHORIZED && !response.headers().contains_key(WWW_AUTHENTICATE)
        {
            for challenge in auth::challenges(operation.accepted(), self.realm, "") {
                response.headers_mut().append(WWW_AUTHENTICATE, challenge);
            }
        }
        Ok(response)
    }

    /// A problem's response: the service's form, with the headers that HTTP requires of it.
    fn refuse(&self, problem: Problem) -> Response {
        let headers = problem.headers().to_vec();
        let status = problem.status();
        let formed = std::panic::catch_unwind(AssertUnwindSafe(|| (self.problem)(&self.service, problem)));
        let mut response = formed.unwrap_or_else(|_| Problem::new(status, Reason::Internal).into_response());
        let missing: Vec<_> =
            headers.into_iter().filter(|(name, _)| !response.headers().contains_key(name)).collect();
        for (name, value) in missing {
            response.headers_mut().append(name, value);
        }
        response
    }
}

impl<S, A> Routes<S, A> {
    /// Adds an operation. A method that HTTP does not have is no request's.
    pub(super) fn insert(
        &mut self,
        method: &'static str,
        template: &'static str,
        operation: Box<dyn Operation<S>>,
    ) {
        if let Ok(method) = Method::from_bytes(method.as_bytes()) {
            self.table.insert(method, template, operation);
        }
    }
}

/// The value of `Allow`: each method once, in alphabetical order, with those that come by themselves.
fn allow(methods: &[&Method]) -> HeaderValue {
    let mut names: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
    names.push("OPTIONS");
    if names.contains(&"GET") {
        names.push("HEAD");
    }
    names.sort_unstable();
    names.dedup();
    HeaderValue::from_str(&names.join(", ")).unwrap_or(HeaderValue::from_static(""))
}
