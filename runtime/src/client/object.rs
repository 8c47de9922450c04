//! Objects in the query, whose members are written in the way that the page documents, and parameters in JSON.

use serde::Serialize;

use super::{call::Call, error::RequestError, finite::to_json, path::push_query};
use crate::{Secret, form::members};

impl Call<'_> {
    /// A query parameter that is an object, with how its members are written: `[` for a pair `name[member]=value` each,
    /// `&` for a pair `member=value` each; `,`, a space or `|` where they are one pair, with this between names and values;
    /// `{` where it is one pair with whatever it is as JSON.
    #[must_use]
    pub fn query_object<'v, T: Serialize + ?Sized + 'v>(
        mut self,
        name: &'static str,
        delimiter: char,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        for value in values {
            if delimiter == '{' {
                match to_json(value).map(String::from_utf8) {
                    Ok(Ok(json)) => push_query(&mut self.query, name, &json),
                    _ => self.fail(RequestError::Query { name }),
                }
                continue;
            }
            let Ok(members) = members(value) else {
                self.fail(RequestError::Query { name });
                return self;
            };
            for (at, (member, text)) in members.iter().enumerate() {
                match delimiter {
                    '[' => push_query(&mut self.query, &format!("{name}[{member}]"), text),
                    '&' => push_query(&mut self.query, member, text),
                    _ => {
                        self.push_item(name, delimiter, at == 0, member);
                        self.push_item(name, delimiter, false, text);
                    }
                }
            }
        }
        self
    }

    /// A header parameter in JSON: a line for each value, in which what is not ASCII is escaped. It is treated like a
    /// credential, for any of its members can be a secret.
    #[must_use]
    pub fn header_json<'v, T: Serialize + ?Sized + 'v>(
        mut self,
        name: &'static str,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        for value in values {
            match to_json(value).map(String::from_utf8) {
                Ok(Ok(json)) => self = self.header(name, [&Secret::from(ascii(&json))]),
                _ => self.fail(RequestError::Header { name }),
            }
        }
        self
    }
}

/// JSON in ASCII. Outside of strings it is that anyway.
fn ascii(json: &str) -> String {
    let mut text = String::with_capacity(json.len());
    for c in json.chars() {
        match c {
            ' '..='~' => text.push(c),
            _ => text.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}"))),
        }
    }
    text
}
