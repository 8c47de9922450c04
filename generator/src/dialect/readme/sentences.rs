//! The sentences that decide what a body is.
//!
//! The Markdown of a paragraph comes in, a [`Statement`] goes out ([`request_statement`],
//! [`response_statement`]); `None` where the paragraph decides nothing. English, as all pages with such
//! sentences are.

use crate::markdown;

/// What a sentence says of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Statement {
    /// There is none.
    NoBody,
    /// An object without members.
    EmptyObject,
    /// A resource that a page of its own describes.
    Resource {
        /// The link's text.
        name: String,
        /// The slug of the resource's page.
        slug: String,
        /// Whether it is an array of them.
        array: bool,
    },
}

/// What a paragraph says of the request's body.
pub(super) fn request_statement(paragraph: &str) -> Option<Statement> {
    let sentence = Sentence::read(paragraph);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.text.contains(phrase));
    if says(&[
        "not supply a request body",
        "n't supply a request body",
        "not send a request body",
        "no request body",
    ]) || says(&["not require a request body", "not accept a request body", "not take a request body"])
    {
        return Some(Statement::NoBody);
    }
    if says(&[
        "supply the empty object",
        "supply an empty object",
        "send an empty object",
        "supply the empty json object",
    ]) {
        return Some(Statement::EmptyObject);
    }
    if says(&["supply ", "send ", "provide ", "pass "]) { sentence.resource() } else { None }
}

/// What a paragraph says of the response's body.
pub(super) fn response_statement(paragraph: &str) -> Option<Statement> {
    let sentence = Sentence::read(paragraph);
    let says = |phrases: &[&str]| phrases.iter().any(|phrase| sentence.text.contains(phrase));
    if says(&[
        "empty response body",
        "no response body",
        "empty body",
        "not return a response body",
        "returns no content",
    ]) {
        return Some(Statement::NoBody);
    }
    if says(&["return", "responds with", "response contains", "response is"]) {
        sentence.resource()
    } else {
        None
    }
}

/// The slug of a link to another page of the same documentation: `doc:user`, `ref:user`, `/docs/user`,
/// `/reference/user`, `../user.md`. A link to another site has none.
pub(super) fn slug(link: &str) -> Option<&str> {
    let link = link.split(['#', '?']).next().unwrap_or_default().trim();
    let slug = match ["doc:", "ref:", "page:"].iter().find_map(|scheme| link.strip_prefix(scheme)) {
        Some(slug) => slug,
        None if link.contains(':') || link.starts_with("//") => return None,
        None => {
            let last = link.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
            [".md", ".mdx", ".txt"].iter().find_map(|ending| last.strip_suffix(ending)).unwrap_or(last)
        }
    };
    (!slug.is_empty() && !slug.trim_matches('.').is_empty()).then_some(slug)
}

struct Sentence {
    /// The whole text, lower case, single blanks.
    text: String,
    /// The first link to a page: what stands before, its text, its slug, what follows.
    link: Option<(String, String, String, String)>,
}

impl Sentence {
    fn read(paragraph: &str) -> Self {
        let document = markdown::parse(paragraph);
        let mut text = String::new();
        let mut link: Option<(String, String, String, String)> = None;
        for inline in document.blocks.iter().flat_map(|block| document.inlines(block)) {
            let piece = inline.text.as_str();
            match (inline.link.as_deref().and_then(slug), &mut link) {
                (Some(slug), None) => {
                    link = Some((lower(&text), piece.trim().to_owned(), slug.to_owned(), String::new()));
                }
                (None, Some((.., after))) => after.push_str(piece),
                _ => {}
            }
            text.push_str(piece);
        }
        Self { text: lower(&text), link }
    }

    /// The linked resource, if the body is one or an array of them: what stands between the verb and the
    /// link decides, because `the count of [User](doc:user) resources` is no user.
    fn resource(self) -> Option<Statement> {
        let (before, name, slug, after) = self.link?;
        let after = lower(&after);
        if name.is_empty()
            || !(after.is_empty() || after.starts_with("resource") || after.starts_with("object"))
        {
            return None;
        }
        let before = before.trim();
        let array =
            ["array of", "arrays of", "list of", "collection of"].iter().any(|end| before.ends_with(end));
        let last = before.rsplit(' ').next().unwrap_or_default();
        let single = matches!(last, "a" | "an" | "the" | "one" | "supply" | "send" | "provide" | "pass")
            || last.starts_with("return")
            || last == "with";
        (array || single).then_some(Statement::Resource { name, slug, array })
    }
}

fn lower(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resource(array: bool) -> Option<Statement> {
        Some(Statement::Resource { name: "Lamp".to_owned(), slug: "lamp".to_owned(), array })
    }

    #[test]
    fn requests() {
        assert_eq!(
            request_statement("Do not supply a request body with this method."),
            Some(Statement::NoBody)
        );
        assert_eq!(
            request_statement("In the request body, supply the empty object."),
            Some(Statement::EmptyObject)
        );
        assert_eq!(
            request_statement("In the request body, supply a [Lamp](doc:lamp)  resource."),
            resource(false)
        );
        assert_eq!(
            request_statement("In the request body, supply an array of [Lamp](doc:lamp) resources."),
            resource(true)
        );
        assert_eq!(request_statement("See [Lamp](doc:lamp) for details."), None);
    }

    #[test]
    fn responses() {
        let check = |text: &str, expected| assert_eq!(response_statement(text), expected, "{text}");
        check("If successful, this method returns an empty response body.", Some(Statement::NoBody));
        check(
            "If successful, this method returns array of [Lamp](doc:lamp)  resources in the response body.",
            resource(true),
        );
        check(
            "If successful, this method returns a [Lamp](doc:lamp) resource in the response body.",
            resource(false),
        );
        check(
            "If successful, this method returns the count of [Lamp](doc:lamp) resources in the response body.",
            None,
        );
        check("This method returns the following structure.", None);
        check("Returns a [Lamp](https://example.com) resource.", None);
    }

    #[test]
    fn slugs_are_those_of_the_same_documentation() {
        assert_eq!(slug("doc:lamp#fields"), Some("lamp"));
        assert_eq!(slug("ref:get-lamp"), Some("get-lamp"));
        for same in ["/docs/lamp", "/reference/lamp/", "../lamp.md", "lamp?x=1#y"] {
            assert_eq!(slug(same), Some("lamp"), "{same}");
        }
        for other in ["https://example.com", "//example.com/lamp", "mailto:a", "#lamp", "..", "/"] {
            assert_eq!(slug(other), None, "{other}");
        }
        assert_eq!(slug("doc:"), None);
    }
}
