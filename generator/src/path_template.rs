//! Path templates: the parameters that stand between braces.

/// The parameters of a path template in its order: where each one's brace opens, and its name. Braces that enclose nothing, or
/// do not close, are text, and of several that open one after the other the last counts, as in the server's routes. A
/// query template behind the path is no part of it.
pub(crate) fn placeholders(template: &str) -> impl Iterator<Item = (usize, &str)> {
    let path = template.split('?').next().unwrap_or_default();
    let mut start = 0;
    path.split_inclusive('}').filter_map(move |part| {
        let before = start;
        start += part.len();
        let (text, name) = part.strip_suffix('}')?.rsplit_once('{')?;
        (!name.is_empty()).then_some((before + text.len(), name))
    })
}

#[cfg(test)]
mod tests {
    use super::placeholders;

    fn check(template: &str, expected: &[(usize, &str)]) {
        assert_eq!(placeholders(template).collect::<Vec<_>>(), expected, "{template}");
    }

    #[test]
    fn names_stand_between_braces() {
        check("/users/{id}.json", &[(7, "id")]);
        check("/a/{b}-{c}/{b}?d={d}", &[(3, "b"), (7, "c"), (11, "b")]);
        check("/é/{ü}{a}", &[(4, "ü"), (8, "a")]);
    }

    #[test]
    fn other_braces_are_text() {
        check("/a/{}/}{/{b}/{", &[(9, "b")]);
        check("/a/{{b}}", &[(4, "b")]);
        check("", &[]);
    }
}
