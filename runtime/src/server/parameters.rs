//! Parameters of a request: in its path, query, headers and cookies.
//!
//! Values are percent-decoded once. A value that is not UTF-8 is `None`: it is there, and cannot be read.

use std::str::FromStr;

use http::{StatusCode, header::COOKIE, request::Parts};
use percent_encoding::percent_decode_str;

use super::{
    incoming::Incoming,
    problem::{Problem, Reason},
    table::PathValue,
};

/// Where a parameter travels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum In {
    Path,
    Query,
    /// In the query, with this delimiter between several values: `,`, a space or `|`.
    QueryList(char),
    /// In the query, an object: see [`Incoming::query_object`].
    QueryObject(char),
    Header,
    /// In a header, as JSON.
    HeaderJson,
    Cookie,
}

impl In {
    fn word(self) -> &'static str {
        match self {
            Self::Path => "path",
            Self::Query | Self::QueryList(_) | Self::QueryObject(_) => "query",
            Self::Header | Self::HeaderJson => "header",
            Self::Cookie => "cookie",
        }
    }

    pub(super) fn problem(self, name: &'static str, what: &str) -> Problem {
        let detail = format!("the {} parameter `{name}` {what}", self.word());
        Problem::new(StatusCode::BAD_REQUEST, Reason::Parameter).with_parameter(name).with_detail(detail)
    }

    fn parse<T: FromStr + 'static>(self, name: &'static str, text: Option<String>) -> Result<T, Problem> {
        let value = text.and_then(|text| crate::parse(&text));
        value.ok_or_else(|| self.problem(name, "is not of the documented type"))
    }
}

/// Optional parameters of an operation, which know where each of them travels: see
/// [`parameters!`](crate::parameters).
pub trait Parameters: Sized {
    /// The documented names.
    const NAMES: &'static [&'static str];

    /// Reads the parameters.
    ///
    /// # Errors
    ///
    /// 400 that names the parameter, where one is there more often than it may be, or not of its type.
    fn read(request: &Incoming) -> Result<Self, Problem>;
}

/// The type of an optional parameter: an `Option`, or a `Vec` where it may be there several times.
pub trait OptionalParameter: Sized {
    /// Reads the parameter.
    ///
    /// # Errors
    ///
    /// Those of [`Incoming::optional`] and [`Incoming::repeated`].
    fn read(request: &Incoming, place: In, name: &'static str) -> Result<Self, Problem>;
}

impl<T: FromStr + 'static> OptionalParameter for Option<T> {
    fn read(request: &Incoming, place: In, name: &'static str) -> Result<Self, Problem> {
        request.optional(place, name)
    }
}

impl<T: FromStr + 'static> OptionalParameter for Vec<T> {
    fn read(request: &Incoming, place: In, name: &'static str) -> Result<Self, Problem> {
        request.repeated(place, name)
    }
}

/// What [`parameters!`](crate::parameters) calls: an optional parameter, by its place.
impl Incoming {
    /// In the query.
    ///
    /// # Errors
    ///
    /// Those of [`OptionalParameter::read`].
    pub fn query<T: OptionalParameter>(&self, name: &'static str) -> Result<T, Problem> {
        T::read(self, In::Query, name)
    }

    /// In the query, with a delimiter between several values.
    ///
    /// # Errors
    ///
    /// Those of [`OptionalParameter::read`].
    pub fn query_list<T: OptionalParameter>(
        &self,
        name: &'static str,
        delimiter: char,
    ) -> Result<T, Problem> {
        T::read(self, In::QueryList(delimiter), name)
    }

    /// In headers.
    ///
    /// # Errors
    ///
    /// Those of [`OptionalParameter::read`].
    pub fn header<T: OptionalParameter>(&self, name: &'static str) -> Result<T, Problem> {
        T::read(self, In::Header, name)
    }

    /// In headers, as a list.
    ///
    /// # Errors
    ///
    /// Those of [`OptionalParameter::read`].
    pub fn header_list<T: OptionalParameter>(&self, name: &'static str) -> Result<T, Problem> {
        self.header(name)
    }

    /// In cookies.
    ///
    /// # Errors
    ///
    /// Those of [`OptionalParameter::read`].
    pub fn cookie<T: OptionalParameter>(&self, name: &'static str) -> Result<T, Problem> {
        T::read(self, In::Cookie, name)
    }
}

impl Incoming {
    /// The optional parameters.
    ///
    /// # Errors
    ///
    /// Those of [`Parameters::read`].
    pub fn params<T: Parameters>(&self) -> Result<T, Problem> {
        T::read(self)
    }

    /// A parameter that must be there, once.
    ///
    /// # Errors
    ///
    /// 400 where it is missing, there several times, or not a `T`.
    pub fn required<T: FromStr + 'static>(&self, place: In, name: &'static str) -> Result<T, Problem> {
        self.optional(place, name)?.ok_or_else(|| place.problem(name, "is missing"))
    }

    /// A parameter that may be there, once.
    ///
    /// # Errors
    ///
    /// 400 where it is there several times, or not a `T`.
    pub fn optional<T: FromStr + 'static>(
        &self,
        place: In,
        name: &'static str,
    ) -> Result<Option<T>, Problem> {
        let mut values = self.values(place, name);
        let Some(value) = values.next() else { return Ok(None) };
        if values.next().is_some() {
            return Err(place.problem(name, "is there more than once"));
        }
        place.parse(name, value).map(Some)
    }

    /// A parameter that must be there, once or more often.
    ///
    /// # Errors
    ///
    /// 400 where it is missing, or a value is not a `T`.
    pub fn several<T: FromStr + 'static>(&self, place: In, name: &'static str) -> Result<Vec<T>, Problem> {
        let values = self.repeated(place, name)?;
        if values.is_empty() { Err(place.problem(name, "is missing")) } else { Ok(values) }
    }

    /// A parameter that may be there any number of times; in a header also as a list (RFC 9110, section 5.6.1), in a
    /// path as one (RFC 6570, section 3.2.2), in which a comma that is percent-encoded is part of a value.
    ///
    /// # Errors
    ///
    /// 400 where a value is not a `T`.
    pub fn repeated<T: FromStr + 'static>(&self, place: In, name: &'static str) -> Result<Vec<T>, Problem> {
        let unfit = || place.problem(name, "is not of the documented type");
        match place {
            In::Path => {
                let Some(value) = self.path_value(name) else { return Ok(Vec::new()) };
                let items = value.items().ok_or_else(unfit)?;
                items.into_iter().map(|item| place.parse(name, Some(item.to_owned()))).collect()
            }
            In::Header => {
                let lists: Option<Vec<String>> = self.values(place, name).collect();
                let lists = lists.ok_or_else(unfit)?;
                let items = lists.iter().flat_map(|list| list.split(',')).map(str::trim);
                let items = items.filter(|item| !item.is_empty());
                items.map(|item| place.parse(name, Some(item.to_owned()))).collect()
            }
            In::Query | In::QueryList(_) | In::QueryObject(_) | In::HeaderJson | In::Cookie => {
                self.values(place, name).map(|value| place.parse(name, value)).collect()
            }
        }
    }

    /// A parameter of the path. A template that has a name twice has its value at the first place.
    fn path_value(&self, name: &str) -> Option<&PathValue> {
        self.path.iter().find(|value| value.name == name)
    }

    fn values(&self, place: In, name: &'static str) -> Box<dyn Iterator<Item = Option<String>> + '_> {
        match place {
            In::Path => Box::new(self.path_value(name).map(|value| value.text.clone()).into_iter()),
            In::Query | In::QueryObject(_) => Box::new(query(&self.parts, name)),
            In::QueryList(delimiter) => Box::new(query_list(&self.parts, name, delimiter)),
            In::Header | In::HeaderJson => Box::new(
                self.parts
                    .headers
                    .get_all(name)
                    .iter()
                    .map(|value| String::from_utf8(value.as_bytes().to_vec()).ok()),
            ),
            In::Cookie => Box::new(cookie(&self.parts, name)),
        }
    }
}

/// The values of a query parameter, as forms write them: `+` is a space.
pub(super) fn query<'p>(parts: &'p Parts, name: &'p str) -> impl Iterator<Item = Option<String>> + use<'p> {
    encoded(parts, name).map(decode)
}

/// The values of a query parameter that is a list. A comma that is percent-encoded is part of a value (RFC 6570, section
/// 2.4.2); a space and `|` cannot be written otherwise.
pub(super) fn query_list<'p>(
    parts: &'p Parts,
    name: &'p str,
    delimiter: char,
) -> impl Iterator<Item = Option<String>> + use<'p> {
    encoded(parts, name).flat_map(move |list| match (delimiter, decode(list)) {
        _ if list.is_empty() => Vec::new(),
        (',', _) => list.split(',').map(decode).collect(),
        (_, Some(list)) => list.split(delimiter).map(|value| Some(value.to_owned())).collect(),
        (_, None) => vec![None],
    })
}

fn encoded<'p>(parts: &'p Parts, name: &'p str) -> impl Iterator<Item = &'p str> + use<'p> {
    pairs(parts)
        .filter(move |(key, _)| decode(key).as_deref() == Some(name) && !key.is_empty())
        .map(|(_, value)| value)
}

/// The pairs of the query, as they are.
pub(super) fn pairs(parts: &Parts) -> impl Iterator<Item = (&str, &str)> {
    let query = parts.uri.query().unwrap_or_default();
    query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")))
}

/// The values of a cookie, as they are (RFC 6265).
pub(super) fn cookie<'p>(parts: &'p Parts, name: &'p str) -> impl Iterator<Item = Option<String>> + use<'p> {
    let headers = parts.headers.get_all(COOKIE).iter().filter_map(|header| header.to_str().ok());
    let pairs = headers.flat_map(|header| header.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.filter(move |(key, _)| *key == name).map(|(_, value)| Some(value.to_owned()))
}

pub(super) fn decode(text: &str) -> Option<String> {
    let text = text.replace('+', " ");
    percent_decode_str(&text).decode_utf8().ok().map(|text| text.into_owned())
}
