//! Names every operation, by what its own page says.
//!
//! The rule, in order:
//!
//! 0. What the page states as `operationId`, where no other page states the same. That a callback has it too counts for
//!    the callback alone.
//! 1. A title of two to seven words, all of them ASCII, names the operation; articles are left out:
//!    “Update a User” is `updateUser`. What the path says and the title does not is added: “List rules” of
//!    `/zones/{id}/rules` is `listRulesOfZones`, and of `/v2/rules` `listRulesV2`. What lies before a version is
//!    where the service is, and version 1 goes without saying. A title that is a method and a path is none.
//! 2. A title of one word is completed in the same way: “update” of `/user/{id}` is `updateUser`.
//! 3. Where the title names nothing, a slug that is as good as a title does.
//! 4. Everything else is named by method and path: `PUT /users/{id}.json` is `putUsersById`.
//!
//! So a name depends on its own page alone, and another page never changes it, with one exception: operations
//! that 1 to 3 would give one name are all named by method and path, so that a name never comes to mean another
//! operation. They have the same title and, but for the method, parameters and the first version, the same path.
//! Should even these names meet (`/a-b` and `/a/b`), a number that is made of method and path follows.

use std::collections::HashMap;

use heck::ToLowerCamelCase;

use crate::{
    diagnostic::Diagnostic,
    model::{Api, HttpMethod, Operation},
};

/// The longest title that names an operation, in words.
const MAX_WORDS: usize = 7;

/// Fills [`Operation::id`], where the page does not state one that no other operation has.
pub(super) fn resolve_operation_ids(api: &mut Api, _diagnostics: &mut Vec<Diagnostic>) {
    let all = counts(&api.operations);
    let own = counts(api.operations.iter().filter(|operation| operation.callback.is_none()));
    let mut open = Vec::new();
    for (at, operation) in api.operations.iter_mut().enumerate() {
        let known = if operation.callback.is_some() { &all } else { &own };
        if known.get(&plain(&operation.id)) != Some(&1) {
            operation.id.clear();
            // Callbacks are named after their operations.
            open.extend(operation.callback.is_none().then_some(at));
        }
    }
    // The first rule names all that are open, a later one those that meet another name.
    for rule in [from_words, from_path, from_everything] {
        let known = counts(&api.operations);
        for &at in &open {
            let Some(operation) = api.operations.get_mut(at) else { continue };
            if known.get(&plain(&operation.id)) != Some(&1) {
                operation.id = rule(operation);
            }
        }
    }
}

/// How many operations have each id. No id is none that an operation has.
fn counts<'o>(operations: impl IntoIterator<Item = &'o Operation>) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for operation in operations.into_iter().filter(|operation| !operation.id.is_empty()) {
        *counts.entry(plain(&operation.id)).or_default() += 1;
    }
    counts
}

/// An id without what recasing changes: Rust wants it in several cases.
pub(super) fn plain(id: &str) -> String {
    id.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

/// The name that title or slug give, or else method and path.
fn from_words(operation: &Operation) -> String {
    let title = operation.title.as_ref().map_or("", |title| title.value.as_str());
    let named = words_of_title(title).or_else(|| words_of_slug(operation));
    let Some(mut name) = named else { return from_path(operation) };
    let path = Path::of(&operation.path.value);
    let unsaid: Vec<String> = path.words().filter(|word| !says(&name, word)).collect();
    if name.len() > 1 && !unsaid.is_empty() {
        name.push("of".to_owned());
    }
    name.extend(unsaid);
    name.extend(path.versions.iter().filter(|version| !is_first(version)).map(ToString::to_string));
    name.join(" ").to_lower_camel_case()
}

/// The words of a title, if it names an operation.
fn words_of_title(title: &str) -> Option<Vec<String>> {
    let is_path =
        title.contains('/') || title.split(' ').next().is_some_and(|w| w.parse::<HttpMethod>().is_ok());
    let words = words(title);
    (title.is_ascii() && !is_path && (1..=MAX_WORDS).contains(&words.len())).then_some(words)
}

/// The words of a slug, if it is as good as a title: one that ends in a number only tells pages apart.
fn words_of_slug(operation: &Operation) -> Option<Vec<String>> {
    let slug = &operation.slug.as_ref()?.value;
    let words = words(slug);
    let numbered = words.last().is_some_and(|word| word.bytes().all(|byte| byte.is_ascii_digit()));
    // A slug that was made of method and path is no title either.
    let from_path = words.first().is_some_and(|word| word.to_ascii_uppercase().parse::<HttpMethod>().is_ok());
    (slug.is_ascii() && !numbered && !from_path && (2..=MAX_WORDS).contains(&words.len())).then_some(words)
}

/// Whether a title has a word of the path, in the singular or the plural, or written in several words.
fn says(title: &[String], word: &str) -> bool {
    // `shelves` and `shelf`.
    let irregular = |many: &str, one: &str| {
        many.strip_suffix("ves")
            .is_some_and(|bare| one.strip_suffix('f').or(one.strip_suffix("fe")) == Some(bare))
    };
    title.iter().any(|said| stem(said) == stem(word) || irregular(said, word) || irregular(word, said))
        || word.len() > 3 && title.concat().contains(stem(word))
}

/// A word without the ending of a plural.
fn stem(word: &str) -> &str {
    let endings = ["ies", "es", "s"];
    // `address` and `status` are no plurals.
    let endings = if word.ends_with("ss") || word.ends_with("us") { &[][..] } else { &endings };
    let ending = endings.iter().find(|ending| word.len() > ending.len() + 2 && word.ends_with(*ending));
    let bare = ending.and_then(|ending| word.strip_suffix(ending)).unwrap_or(word);
    // `category` and `categories`, `box` and `boxes`, `file` and `files` are one each.
    bare.strip_suffix(['y', 'e']).filter(|bare| bare.len() > 2).unwrap_or(bare)
}

/// A path as a name needs it.
struct Path<'p> {
    /// The fixed segments behind the last version.
    fixed: Vec<&'p str>,
    versions: Vec<&'p str>,
}

impl<'p> Path<'p> {
    fn of(path: &'p str) -> Self {
        let mut this = Self { fixed: Vec::new(), versions: Vec::new() };
        let path = path.split('?').next().unwrap_or_default();
        for segment in segments(path).filter(|segment| !segment.is_parameter) {
            if is_version(segment.text) {
                this.versions.push(segment.text);
                this.fixed.clear();
            } else {
                this.fixed.push(segment.text);
            }
        }
        this
    }

    /// The words of the fixed segments, but for those that every path could have.
    fn words(&self) -> impl Iterator<Item = String> {
        let bare = |segment: &&str| -> String {
            [".json", ".xml"].iter().find_map(|end| segment.strip_suffix(end)).unwrap_or(segment).to_owned()
        };
        let words = self.fixed.iter().map(bare).collect::<Vec<_>>().into_iter().flat_map(|s| words(&s));
        words.filter(|word| !matches!(word.as_str(), "api" | "rest"))
    }
}

/// Words of a title: letters and digits, split at everything else and where the case rises.
fn words(title: &str) -> Vec<String> {
    let recased = heck::AsSnakeCase(title.replace(['\'', '’'], "")).to_string();
    let words = recased.split('_').filter(|word| !word.is_empty());
    words.filter(|word| !matches!(*word, "a" | "an" | "the")).map(str::to_owned).collect()
}

struct Segment<'p> {
    text: &'p str,
    is_parameter: bool,
}

/// The fixed words and the parameters of a path template, in order. A suffix such as `.json`
/// after a parameter says nothing of the operation and is left out.
fn segments(path: &str) -> impl Iterator<Item = Segment<'_>> {
    path.split('/').filter(|part| !part.is_empty()).flat_map(|part| {
        let mut found = Vec::new();
        let mut rest = part;
        while let Some((before, after)) = rest.split_once('{') {
            let (name, after) = after.split_once('}').unwrap_or((after, ""));
            if !before.is_empty() && found.is_empty() {
                found.push(Segment { text: before, is_parameter: false });
            }
            found.push(Segment { text: name, is_parameter: true });
            rest = after;
        }
        if found.is_empty() {
            found.push(Segment { text: part, is_parameter: false });
        }
        found
    })
}

/// Whether a segment is a version: `v2`, `v1beta1`, `2022-02-01`.
fn is_version(segment: &str) -> bool {
    let digits = segment.strip_prefix(['v', 'V']).unwrap_or_default();
    let date = segment.len() > 6 && segment.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
    digits.starts_with(|c: char| c.is_ascii_digit()) || date && segment.contains('-')
}

/// Whether a version is the first one, which names leave out.
fn is_first(version: &str) -> bool {
    matches!(version.get(1..), Some("1" | "1.0"))
}

fn from_path(operation: &Operation) -> String {
    let mut name = operation.method.as_str().to_ascii_lowercase();
    let mut parameters = Vec::new();
    for segment in segments(&operation.path.value) {
        if segment.is_parameter {
            parameters.push(segment.text);
        } else {
            name.push(' ');
            name.push_str(segment.text);
        }
    }
    if !parameters.is_empty() {
        name.push_str(" by ");
        name.push_str(&parameters.join(" and "));
    }
    name.to_lower_camel_case()
}

/// The name from method and path, and what their exact text makes (FNV-1a), in hexadecimal.
fn from_everything(operation: &Operation) -> String {
    let text = format!("{} {} {}", operation.webhook, operation.method, operation.path.value);
    let hash =
        text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{}X{hash:08x}", from_path(operation))
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
        assert_eq!(ids(&[("getCurrent", HttpMethod::Get, "/user/current")]), ["getCurrentOfUser"]);
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
        assert_eq!(ids, ["getUsersById", "getUser", "users", "teams"]);
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
            ("Update user", HttpMethod::Put, "/users/{id}"),
            ("Update user", HttpMethod::Patch, "/users/{id}"),
        ];
        assert_eq!(ids(&both), ["putUsersById", "patchUsersById"]);
        // Whatever the order, and whatever the case in Rust.
        let meeting = [("", HttpMethod::Get, "/a-b"), ("", HttpMethod::Get, "/a/b")];
        assert_eq!(ids(&meeting), ["getABX50db7db7", "getABX60e01415"]);
        assert_eq!(ids(&[meeting[1], meeting[0]]), ["getABX60e01415", "getABX50db7db7"]);
    }

    #[test]
    fn titles_are_completed_by_what_only_the_path_says() {
        for (title, path, id) in [
            ("Get user", "/v1/users/{id}", "getUser"),
            ("Get user", "/users/v1.0/{id}", "getUser"),
            ("Get user", "/v2/users/{id}", "getUserV2"),
            ("Get user", "/identity/v2beta1/scim/v2/Users/{id}", "getUserV2beta1V2"),
            ("Get user", "/2022-02-01/users/{id}", "getUser20220201"),
            ("Get user", "/admin/users/{id}.json", "getUserOfAdmin"),
            ("List the device types", "/user/{id}/devicetype", "listDeviceTypesOfUser"),
            ("List all categories", "/api/category.json", "listAllCategories"),
            ("Move a shelf", "/shelves/{id}", "moveShelf"),
            ("Delete boxes", "/box/{id}", "deleteBoxes"),
            ("Get the status of addresses", "/address/statuses", "getStatusOfAddresses"),
            ("Read the news", "/news?page={page}", "readNews"),
        ] {
            assert_eq!(ids(&[(title, HttpMethod::Get, path)]), [id], "{title} {path}");
        }
    }

    #[test]
    fn a_slug_names_what_no_title_does() {
        for (slug, id) in
            [("update-user", "updateUser"), ("update-user-2", "putUsersById"), ("put_users", "putUsersById")]
        {
            let span = Span::default();
            let mut operation = Operation::new(HttpMethod::Put, Text::new("/users/{id}", span), span);
            operation.title = Some(Text::new("ユーザー更新", span));
            operation.slug = Some(Text::new(slug, span));
            let mut api = Api { operations: vec![operation], ..Api::default() };
            resolve_operation_ids(&mut api, &mut Vec::new());
            assert_eq!(api.operations.first().map(|operation| operation.id.as_str()), Some(id));
        }
    }
}
