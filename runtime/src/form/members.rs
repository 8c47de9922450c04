//! An object of scalars becomes the texts of its members, as they stand in a query.

use serde::{Serialize, ser::Error as _};
use serde_json::Error;

use super::field::{Field, field};

/// The members of an object as texts: those that are `None` are left out.
///
/// # Errors
///
/// Where the value is no object, or a member is no scalar.
pub(crate) fn members<T: Serialize + ?Sized>(value: &T) -> Result<Vec<(String, String)>, Error> {
    let Field::Members(members) = field(value)? else {
        return Err(Error::custom("no object"));
    };
    let texts = members.into_iter().filter_map(|(name, field)| match field {
        Field::Nothing => None,
        Field::Text(text) => Some(Ok((name, text))),
        _ => Some(Err(Error::custom("a member that is no scalar"))),
    });
    texts.collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn scalars_are_texts_and_nothing_else_is() {
        let texts = members(&json!({ "a": 1, "b": "x y", "c": true, "d": null, "e": 0.5 })).unwrap();
        let texts: Vec<String> = texts.iter().map(|(name, text)| format!("{name}={text}")).collect();
        assert_eq!(texts, ["a=1", "b=x y", "c=true", "e=0.5"]);
        for other in [json!(1), json!([1]), json!({ "a": [1] }), json!({ "a": {} })] {
            assert!(members(&other).is_err(), "{other}");
        }
    }
}
