//! The body of a request as a form.

use axum::body::Bytes;
use futures_util::stream;
use http::{StatusCode, header::CONTENT_TYPE};
use multer::Multipart;
use serde::de::DeserializeOwned;
use url::form_urlencoded;

use super::{
    body::{check_media_type, missing},
    incoming::Incoming,
    problem::{Problem, Reason},
    shape::read_form,
};
use crate::form::{Field, is_multipart};

/// How many fields a form may have. What they hold is bounded by the size of the body.
const MAX_FIELDS: usize = 1_000;

impl Incoming {
    /// The body, which must be there, from a form of a documented media type. Fields that are not documented are
    /// left alone.
    ///
    /// # Errors
    ///
    /// Those of [`optional_form`](Self::optional_form), and 400 where there is no body.
    pub async fn form<T: DeserializeOwned>(&mut self, media_type: &'static str) -> Result<T, Problem> {
        self.optional_form(media_type).await?.ok_or_else(missing)
    }

    /// The body, if there is one, from a form of a documented media type. A body of pairs without a byte, whose media type
    /// is sent, is a form without fields where `T` needs none.
    ///
    /// # Errors
    ///
    /// 415 where it is of another media type, 413 where it is too large or has too many fields, 400 where it is no such
    /// form, 422 where its fields are not those of `T`.
    pub async fn optional_form<T: DeserializeOwned>(
        &mut self,
        media_type: &'static str,
    ) -> Result<Option<T>, Problem> {
        let Some(bytes) = self.optional_raw(media_type).await? else {
            // Of pairs none are left where all is null or empty: then that type is all that is sent.
            let is_form =
                !is_multipart(media_type) && check_media_type(&self.parts.headers, media_type).is_ok();
            return Ok(is_form.then(|| read_form(&[]).ok()).flatten());
        };
        let fields = if is_multipart(media_type) {
            // What is awaited does not hold the request, whose body cannot be shared.
            let sent = self.parts.headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let boundary = multer::parse_boundary(sent.unwrap_or_default()).map_err(malformed)?;
            multipart(boundary, bytes).await?
        } else {
            urlencoded(&bytes)?
        };
        read_form(&fields).map(Some)
    }
}

fn urlencoded(bytes: &[u8]) -> Result<Vec<Field>, Problem> {
    let mut fields = Vec::new();
    for (name, text) in form_urlencoded::parse(bytes) {
        let bytes = text.into_owned().into_bytes();
        push(&mut fields, Field { name: name.into_owned(), bytes, ..Field::default() })?;
    }
    Ok(fields)
}

fn malformed(_: multer::Error) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, Reason::Syntax).with_detail("the body is no multipart form")
}

async fn multipart(boundary: String, bytes: Bytes) -> Result<Vec<Field>, Problem> {
    let mut parts = Multipart::new(stream::iter([Ok::<_, std::convert::Infallible>(bytes)]), boundary);
    let mut fields = Vec::new();
    while let Some(part) = parts.next_field().await.map_err(malformed)? {
        let Some(name) = part.name().map(str::to_owned) else { continue };
        let file_name = part.file_name().map(str::to_owned);
        let content_type = part.content_type().map(ToString::to_string);
        let bytes = part.bytes().await.map_err(malformed)?;
        push(&mut fields, Field { name, file_name, content_type, bytes: bytes.into() })?;
    }
    Ok(fields)
}

fn push(fields: &mut Vec<Field>, field: Field) -> Result<(), Problem> {
    if fields.len() == MAX_FIELDS {
        let problem = Problem::new(StatusCode::PAYLOAD_TOO_LARGE, Reason::Size);
        return Err(problem.with_detail("the form has too many fields"));
    }
    fields.push(field);
    Ok(())
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, extract::Request};
    use serde::{Deserialize, Serialize};

    use super::*;

    const PAIRS: &str = "application/x-www-form-urlencoded";

    #[derive(Debug, Deserialize, PartialEq)]
    struct Filter {
        limit: Option<i64>,
        rows: Vec<i64>,
    }

    #[derive(Debug, Deserialize, PartialEq)]
    struct Page {
        number: i64,
    }

    /// What a body without a byte is read as.
    async fn read<T: DeserializeOwned>(
        documented: &'static str,
        sent: Option<&str>,
    ) -> Result<T, StatusCode> {
        let request =
            sent.into_iter().fold(Request::builder(), |request, ty| request.header(CONTENT_TYPE, ty));
        let mut incoming = Incoming::new(request.body(Body::empty()).unwrap(), Vec::new(), "");
        incoming.form(documented).await.map_err(|problem| problem.status())
    }

    #[tokio::test]
    async fn a_form_of_pairs_without_a_byte_is_there_where_its_type_needs_no_field() {
        assert_eq!(read(PAIRS, Some(PAIRS)).await, Ok(Filter { limit: None, rows: Vec::new() }));
        let missing = Err(StatusCode::BAD_REQUEST);
        assert_eq!(read::<Page>(PAIRS, Some(PAIRS)).await, missing);
        // Without its media type there is no body.
        assert_eq!(read(PAIRS, None).await.map(|filter: Filter| filter.limit), Err(StatusCode::BAD_REQUEST));
        let multipart = "multipart/form-data";
        assert_eq!(read::<Page>(multipart, Some("multipart/form-data; boundary=B")).await, missing);
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Crate {
        kind: i64,
        #[serde(default)]
        sizes: Vec<i64>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Oil {
        litres: Option<f64>,
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Sand {
        #[serde(default, with = "crate::double_option")]
        kind: Option<Option<i64>>,
        dry: Option<bool>,
    }

    #[derive(Debug, PartialEq)]
    enum Load {
        Crate(Crate),
        Sand(Sand),
        Oil(Oil),
        Other(Oil),
    }

    crate::one_of! { Load, value "kind", { "1" => Crate, "2" => Sand }, ["oil" => Oil], Other }

    #[derive(Debug, PartialEq)]
    enum Either {
        Crate(Crate),
        Oil(Oil),
    }

    crate::one_of! { Either, members, { "sizes" => Crate }, Oil }

    #[test]
    fn what_one_of_several_is_told_by_is_read_first() {
        let read =
            |form: &str| urlencoded(form.as_bytes()).and_then(|fields| read_form::<Load>(&fields)).ok();
        let load = Crate { kind: 1, sizes: vec![2, 3] };
        assert_eq!(read("sizes=2&kind=1&sizes=3"), Some(Load::Crate(load)));
        let sand = Sand { kind: Some(Some(2)), dry: Some(true) };
        assert_eq!(read("dry=true&kind=2"), Some(Load::Sand(sand)));
        assert_eq!(read("litres=0.5&kind=oil"), Some(Load::Oil(Oil { litres: Some(0.5) })));
        assert_eq!(read("litres=7"), Some(Load::Other(Oil { litres: Some(7.0) })));
        assert_eq!(read(""), Some(Load::Other(Oil { litres: None })));
        assert_eq!(read("kind=1&sizes=x"), None);
        let read =
            |form: &str| urlencoded(form.as_bytes()).and_then(|fields| read_form::<Either>(&fields)).ok();
        assert_eq!(read("kind=2&sizes=4"), Some(Either::Crate(Crate { kind: 2, sizes: vec![4] })));
        assert_eq!(read("litres=1"), Some(Either::Oil(Oil { litres: Some(1.0) })));
    }
}
