//! Functions of a service, called with what a route read.

use std::future::Future;

/// A function of a service with arguments of these types: `A` is a list of them in pairs, each of what is before an
/// argument and the argument, so that a route can collect them one by one. Functions have up to sixteen, as
/// the generator knows (`MAX_ARGUMENTS` of its `emit::server::crowded`); an operation with
/// more reads the [request](crate::server::At::request) itself.
pub trait Handler<'s, S, A>: Send + Sync + 'static {
    /// What the function gives.
    type Output;
    /// What is awaited.
    type Future: Future<Output = Self::Output> + Send;

    /// Calls the function.
    fn call(&self, service: &'s S, arguments: A) -> Self::Future;
}

/// Implements [`Handler`] for functions with arguments of one number after the other: how many a function has is
/// nothing that one implementation could be generic over.
macro_rules! handlers {
    ($arguments:ty, $pattern:tt, [$($value:ident: $ty:ident)*] $(, $next:ident: $next_ty:ident)*) => {
        impl<'s, S: 's, F, R, $($ty),*> Handler<'s, S, $arguments> for F
        where
            F: Fn(&'s S, $($ty),*) -> R + Send + Sync + 'static,
            R: Future + Send,
        {
            type Output = R::Output;
            type Future = R;

            fn call(&self, service: &'s S, $pattern: $arguments) -> R {
                self(service, $($value),*)
            }
        }

        handlers! { @next $arguments, $pattern, [$($value: $ty)*] $(, $next: $next_ty)* }
    };
    (@next $arguments:ty, $pattern:tt, [$($known:tt)*]) => {};
    (@next $arguments:ty, $pattern:tt, [$($known:tt)*], $value:ident: $ty:ident $($rest:tt)*) => {
        handlers! { ($arguments, $ty), ($pattern, $value), [$($known)* $value: $ty] $($rest)* }
    };
}

handlers! {
    (), (), [], a: A, b: B, c: C, d: D, e: E, f: G, g: H, h: I, i: J, j: K, k: L, l: M, m: N, n: O, o: P, p: Q
}
