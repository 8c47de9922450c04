//! What stands under `Authorization`.
//!
//! A line comes in, an [`Authorization`] goes out ([`read_authorization`]): `None`, or a scheme's name with
//! the permissions that it must carry, as in `Access JSON Web Token (ManageUser)`. `None` of it where the
//! line is a sentence.

use crate::model::SchemeKind;

/// What an authorization line says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Authorization {
    /// No credentials are needed.
    Open,
    /// Credentials of a scheme.
    Scheme {
        /// The scheme's name as the page has it.
        name: String,
        /// What kind the name tells; `None` where it does not.
        kind: Option<SchemeKind>,
        /// What they must permit.
        permissions: Vec<String>,
    },
}

/// The longest name of a scheme, in words.
const MAX_WORDS: usize = 6;

/// Reads one line under `Authorization`.
pub(super) fn read_authorization(line: &str) -> Option<Authorization> {
    let line = line.trim().trim_end_matches('.').trim();
    if line.eq_ignore_ascii_case("none") || line.eq_ignore_ascii_case("not required") {
        return Some(Authorization::Open);
    }
    let (name, permissions) = match line.strip_suffix(')').and_then(|line| line.split_once('(')) {
        Some((name, inside)) => (name.trim(), permissions(inside)?),
        None => (line, Vec::new()),
    };
    let words = name.split_whitespace().count();
    let kind = kind(name);
    let sentence = name.contains(['.', ':', ',', '!', '?']) || words > MAX_WORDS;
    // A name that tells nothing is taken for one only where permissions follow.
    if name.is_empty() || sentence || (kind.is_none() && permissions.is_empty()) {
        return None;
    }
    Some(Authorization::Scheme { name: name.to_owned(), kind, permissions })
}

fn permissions(inside: &str) -> Option<Vec<String>> {
    let names: Vec<String> =
        inside.split(',').map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()).collect();
    let plain = |name: &String| !name.contains(char::is_whitespace) && name.len() <= 100;
    names.iter().all(plain).then_some(names)
}

fn kind(name: &str) -> Option<SchemeKind> {
    let name = name.to_lowercase();
    let has = |word: &str| name.contains(word);
    let http = |scheme: &str| Some(SchemeKind::Http { scheme: scheme.to_owned() });
    if has("json web token")
        || has("bearer")
        || name.split(|c: char| !c.is_alphanumeric()).any(|w| w == "jwt")
    {
        http("bearer")
    } else if has("basic") {
        http("basic")
    } else if has("oauth") {
        Some(SchemeKind::OAuth2)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_and_their_permissions() {
        let bearer = |permissions: &[&str]| {
            Some(Authorization::Scheme {
                name: "Access JSON Web Token".to_owned(),
                kind: Some(SchemeKind::Http { scheme: "bearer".to_owned() }),
                permissions: permissions.iter().map(|&p| p.to_owned()).collect(),
            })
        };
        assert_eq!(read_authorization("Access JSON Web Token (ManageLamp)"), bearer(&["ManageLamp"]));
        assert_eq!(read_authorization("Access JSON Web Token (A, B)"), bearer(&["A", "B"]));
        assert_eq!(read_authorization("Access JSON Web Token"), bearer(&[]));
        assert_eq!(read_authorization("None"), Some(Authorization::Open));
    }

    #[test]
    fn sentences_are_no_schemes() {
        for line in
            ["Ask support for a key.", "You need a bearer token, which you get from us.", "Any user", ""]
        {
            assert_eq!(read_authorization(line), None, "{line}");
        }
    }
}
