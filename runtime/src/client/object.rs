//! Objects in the query, whose members are written in the way that the page documents.

use serde::Serialize;

use super::{call::Call, error::RequestError, path::push_query};
use crate::form::members;

impl Call<'_> {
    /// A query parameter that is an object, with how its members are written: `[` for a pair `name[member]=value` each,
    /// `&` for a pair `member=value` each; `,`, a space or `|` where they are one pair, with this between names and values.
    #[must_use]
    pub fn query_object<'v, T: Serialize + 'v>(
        mut self,
        name: &'static str,
        delimiter: char,
        values: impl IntoIterator<Item = &'v T>,
    ) -> Self {
        for value in values {
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
}
