//! A call is sent, by the method that says what a success holds. A response is read by its status alone ([`choose`]),
//! never by trying.

use http::HeaderValue;
use serde::de::DeserializeOwned;

use super::{
    Outcome,
    call::Call,
    error::{Error, Fault, RequestError},
    exchange,
    response::Received,
    variant::find,
};
use crate::{RawBody, Responses};

impl Call<'_> {
    /// Sends the call. A success, of one of the statuses, has a body in JSON. A status is a code, or the first digit of
    /// a class of codes.
    ///
    /// # Errors
    ///
    /// Those of [`Error`].
    pub async fn json<T: DeserializeOwned, E: Responses>(self, statuses: &[u16]) -> Outcome<T, E> {
        let received = self.send(true).await?;
        match choose::<E>(received.status(), statuses) {
            Choice::Success => received.json().map_err(Error::Body),
            Choice::Failure(index) => Err(fail(received, index)),
            Choice::Undocumented => Err(Error::Undocumented(Box::new(received.into_raw()))),
        }
    }

    /// Sends the call. A success, of one of the statuses, has no body; one that comes nevertheless is left alone.
    ///
    /// # Errors
    ///
    /// Those of [`Error`].
    pub async fn empty<E: Responses>(self, statuses: &[u16]) -> Outcome<(), E> {
        Ok(self.raw(statuses).await?.map(|_| ()))
    }

    /// Sends the call. The body of a success, of one of the statuses, is not JSON, or not documented.
    ///
    /// # Errors
    ///
    /// Those of [`Error`].
    pub async fn raw<E: Responses>(self, statuses: &[u16]) -> Outcome<RawBody, E> {
        let received = self.send(!E::STATUSES.is_empty()).await?;
        match choose::<E>(received.status(), statuses) {
            Choice::Success => Ok(received.into_raw()),
            Choice::Failure(index) => Err(fail(received, index)),
            Choice::Undocumented => Err(Error::Undocumented(Box::new(received.into_raw()))),
        }
    }

    /// Sends the call. A success is one of several that are documented.
    ///
    /// # Errors
    ///
    /// Those of [`Error`].
    pub async fn documented<T: Responses, E: Responses>(self) -> Outcome<T, E> {
        let received = self.send(true).await?;
        let status = received.status();
        match choose::<E>(status, T::STATUSES) {
            Choice::Success => {
                let index = find::<T>(status).or_else(|| find::<T>(status / 100));
                received.variant(index.unwrap_or_default()).map_err(Error::Body)
            }
            Choice::Failure(index) => Err(fail(received, index)),
            Choice::Undocumented => Err(Error::Undocumented(Box::new(received.into_raw()))),
        }
    }

    /// Sends the call; `json` says whether responses are documented in JSON, unless other media types are.
    async fn send(mut self, json: bool) -> Result<Received, Fault> {
        if let Some(accept) = self.accept.or(json.then_some("application/json")) {
            self.default_header("accept", accept);
        }
        if let Some(content_type) = self.content_type.take() {
            self.default_header("content-type", &content_type);
        }
        self.path.push_literal(self.template);
        exchange::send(self).await
    }

    /// A header of this call, unless it is there.
    fn default_header(&mut self, name: &'static str, value: &str) {
        match HeaderValue::from_str(value) {
            Ok(value) => drop(self.headers.entry(name).or_insert(value)),
            Err(_) => self.fail(RequestError::Header { name }),
        }
    }
}

/// What a status is.
enum Choice {
    Success,
    /// The index of the variant.
    Failure(usize),
    Undocumented,
}

/// A code that is documented comes before a class, a class before what is documented for all others.
fn choose<E: Responses>(status: u16, successes: &[u16]) -> Choice {
    for documented in [status, status / 100] {
        if successes.contains(&documented) {
            return Choice::Success;
        }
        if let Some(index) = find::<E>(documented) {
            return Choice::Failure(index);
        }
    }
    find::<E>(0).map_or(Choice::Undocumented, Choice::Failure)
}

fn fail<E: Responses>(received: Received, index: usize) -> Error<E> {
    match received.variant(index) {
        Ok(response) => Error::Documented(Box::new(response)),
        Err(error) => Error::Body(error),
    }
}
