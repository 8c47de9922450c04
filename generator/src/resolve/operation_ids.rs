//! Names every operation.
//!
//! The rule, in order:
//!
//! 0. An operation whose definition states an `operationId` that no other states has it.
//! 1. A title of two to seven words, all of them ASCII, names the operation; articles are left out:
//!    “Update a User” is `updateUser`. A title that is a method and a path is none.
//! 2. A title of one word is completed by the path's fixed segments: “update” of `/user/{id}` is
//!    `updateUser`.
//! 3. Everything else is named by method and path: `PUT /users/{id}.json` is `putUsersById`. So are all
//!    operations that 1 or 2 would give one name, so that no name depends on the order of pages; should
//!    these meet as well, the later ones are numbered.

use std::collections::HashMap;

use heck::ToLowerCamelCase;

use crate::{
    diagnostic::Diagnostic,
    model::{Api, HttpMethod, Operation},
};

/// The longest title that names an operation, in words.
const MAX_WORDS: usize = 7;

/// Fills [`Operation::id`].
pub(super) fn resolve_operation_ids(api: &mut Api, _diagnostics: &mut Vec<Diagnostic>) {
    let mut stated: HashMap<String, usize> = HashMap::new();
    for operation in api.operations.iter().filter(|operation| !operation.id.is_empty()) {
        *stated.entry(operation.id.clone()).or_default() += 1;
    }
    let is_stated = |operation: &Operation| stated.get(&operation.id) == Some(&1);
    let mut wanted: Vec<String> = api.operations.iter().map(from_title).collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, id) in api.operations.iter().zip(&wanted).filter(|(operation, _)| !is_stated(operation)) {
        *counts.entry(id.clone()).or_default() += 1;
    }
    for (operation, id) in api.operations.iter().zip(&mut wanted) {
        let meets = counts.get(id.as_str()).is_some_and(|&count| count > 1) || stated.contains_key(id);
        if meets && !is_stated(operation) {
            *id = from_path(operation);
        }
    }
    let ids = api.operations.iter().filter(|operation| is_stated(operation));
    let mut taken: HashMap<String, usize> = ids.map(|operation| (operation.id.clone(), 1)).collect();
    for (operation, id) in api.operations.iter_mut().zip(wanted) {
        if stated.get(&operation.id) == Some(&1) {
            continue;
        }
        let seen = taken.entry(id.clone()).or_default();
        *seen += 1;
        operation.id = if *seen == 1 { id } else { format!("{id}{seen}") };
    }
}

fn from_title(operation: &Operation) -> String {
    let title = operation.title.as_ref().map_or("", |title| title.value.as_str());
    let words = words(title);
    let is_path =
        title.contains('/') || title.split(' ').next().is_some_and(|w| w.parse::<HttpMethod>().is_ok());
    if !title.is_ascii() || is_path || words.is_empty() || words.len() > MAX_WORDS {
        return from_path(operation);
    }
    if words.len() == 1 {
        let fixed = segments(&operation.path.value)
            .filter(|segment| !segment.is_parameter && !is_version(&segment.text))
            .map(|segment| segment.text);
        let joined: Vec<String> = words.into_iter().chain(fixed).collect();
        return joined.join(" ").to_lower_camel_case();
    }
    words.join(" ").to_lower_camel_case()
}

/// Words of a title: letters and digits, split at everything else and where the case rises.
fn words(title: &str) -> Vec<String> {
    let recased = heck::AsSnakeCase(title.replace(['\'', '’'], "")).to_string();
    let words = recased.split('_').filter(|word| !word.is_empty());
    words.filter(|word| !matches!(*word, "a" | "an" | "the")).map(str::to_owned).collect()
}

struct Segment {
    text: String,
    is_parameter: bool,
}

/// The fixed words and the parameters of a path template, in order. A suffix such as `.json`
/// after a parameter says nothing of the operation and is left out.
fn segments(path: &str) -> impl Iterator<Item = Segment> {
    path.split('/').filter(|part| !part.is_empty()).flat_map(|part| {
        let mut found = Vec::new();
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if !before.is_empty() && found.is_empty() {
                found.push(Segment { text: before.to_owned(), is_parameter: false });
            }
            found.push(Segment { text: name.to_owned(), is_parameter: true });
            rest = after;
        }
        if found.is_empty() {
            found.push(Segment { text: part.to_owned(), is_parameter: false });
        }
        found
    })
}

fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or_default();
    digits.starts_with(|c: char| c.is_ascii_digit())
}

fn from_path(operation: &Operation) -> String {
    let mut name = operation.method.as_str().to_ascii_lowercase();
    let mut parameters = Vec::new();
    for segment in segments(&operation.path.value) {
        if segment.is_parameter {
            parameters.push(segment.text);
        } else {
            name.push(' ');
            name.push_str(&segment.text);
        }
    }
    if !parameters.is_empty() {
        name.push_str(" by ");
        name.push_str(&parameters.join(" and "));
    }
    name.to_lower_camel_case()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{model::Text, source::Span};

    fn ids(operations: &[(&str, HttpMethod, &str)]) -> Vec<String> {
        let mut api = Api::default();
        for (title, method, path) in operations {
            let span = Span::default();
            let mut operation = Operation::new(*method, Text::new(*path, span), span);
            operation.title = Some(Text::new(*title, span)).filter(|title| !title.value.is_empty());
            api.operations.push(operation);
        }
        resolve_operation_ids(&mut api, &mut Vec::new());
        api.operations.into_iter().map(|operation| operation.id).collect()
    }

    #[test]
    fn titles_name_operations() {
        assert_eq!(ids(&[("Update a User", HttpMethod::Put, "/users/{user_id}")]), ["updateUser"]);
        assert_eq!(ids(&[("getCurrent", HttpMethod::Get, "/user/current")]), ["getCurrent"]);
    }

    #[test]
    fn a_stated_id_stands_and_others_give_way() {
        let mut api = Api::default();
        for (id, title, path) in [
            ("", "Get user", "/users/{id}"),
            ("getUser", "Fetch", "/v2/users/{id}"),
            ("list", "Users", "/users"),
            ("list", "Teams", "/teams"),
        ] {
            let span = Span::default();
            let mut operation = Operation::new(HttpMethod::Get, Text::new(path, span), span);
            (operation.id, operation.title) = (id.to_owned(), Some(Text::new(title, span)));
            api.operations.push(operation);
        }
        resolve_operation_ids(&mut api, &mut Vec::new());
        let ids: Vec<&str> = api.operations.iter().map(|operation| operation.id.as_str()).collect();
        assert_eq!(ids, ["getUsersById", "getUser", "usersUsers", "teamsTeams"]);
    }

    #[test]
    fn one_word_is_completed_by_the_path() {
        assert_eq!(ids(&[("update", HttpMethod::Put, "/user/{id}")]), ["updateUser"]);
        assert_eq!(ids(&[("Create", HttpMethod::Post, "/v1/roles")]), ["createRoles"]);
    }

    #[test]
    fn method_and_path_name_the_rest() {
        assert_eq!(ids(&[("PUT /users/{id}.json", HttpMethod::Put, "/users/{id}.json")]), ["putUsersById"]);
        assert_eq!(ids(&[("更新", HttpMethod::Get, "/a/{b}/c/{d}")]), ["getACByBAndD"]);
        assert_eq!(ids(&[("", HttpMethod::Get, "/")]), ["get"]);
    }

    #[test]
    fn operations_of_one_title_are_named_by_their_paths() {
        let both = [
            ("Get user", HttpMethod::Get, "/v1/users/{id}"),
            ("Get user", HttpMethod::Get, "/v2/users/{id}"),
        ];
        assert_eq!(ids(&both), ["getV1UsersById", "getV2UsersById"]);
        let meeting = [("", HttpMethod::Get, "/a-b"), ("", HttpMethod::Get, "/a/b")];
        assert_eq!(ids(&meeting), ["getAB", "getAB2"]);
    }
}
