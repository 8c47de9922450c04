//! Path templates, segment by segment.
//!
//! A template such as `/users/{id}.json` comes in, one [`Segment`] for each part between slashes goes out. Any
//! text is a template: braces that enclose nothing, or do not close, are text.

/// A segment of a template.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Segment {
    /// Text as it is.
    Literal(&'static str),
    /// Parameters between texts, and the parameters' names.
    Pattern(Pattern, Vec<&'static str>),
}

/// What a segment with parameters looks like: texts, with one parameter between each two of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Pattern {
    texts: Vec<&'static str>,
}

impl Pattern {
    /// How much of a segment the pattern fixes: what fixes more is tried first.
    pub(super) fn fixed(&self) -> usize {
        self.texts.iter().map(|text| text.len()).sum()
    }

    /// The values of the parameters, none of which is empty, and where in the segment they begin, if the segment fits. Where
    /// a text between two parameters occurs several times, the first parameter is as short as it can be.
    pub(super) fn captures<'s>(&self, segment: &'s str) -> Option<Vec<(usize, &'s str)>> {
        let (first, rest) = self.texts.split_first()?;
        let (last, between) = rest.split_last()?;
        let mut segment = segment.strip_prefix(first)?.strip_suffix(last)?;
        let mut begin = first.len();
        let mut values = Vec::with_capacity(rest.len());
        for text in between {
            let start = segment.chars().next()?.len_utf8();
            let at = start + segment.get(start..)?.find(text)?;
            values.push((begin, segment.get(..at)?));
            begin += at + text.len();
            segment = segment.get(at + text.len()..)?;
        }
        values.push((begin, segment));
        (!segment.is_empty()).then_some(values)
    }
}

/// The segments of a template. A server before the path, and a query or fragment behind it, are no part of it.
pub(super) fn segments(template: &'static str) -> impl Iterator<Item = Segment> {
    let path = template.split(['?', '#']).next().unwrap_or_default();
    let path = match path.split_once("://") {
        Some((_, rest)) => rest.split_once('/').map_or("", |(_, path)| path),
        None => path.strip_prefix('/').unwrap_or(path),
    };
    path.split('/').map(segment)
}

fn segment(text: &'static str) -> Segment {
    let mut texts = Vec::new();
    let mut names = Vec::new();
    let mut from = 0;
    let mut rest = text;
    while let Some((before, name, after)) = placeholder(rest) {
        let end = text.len() - rest.len() + before.len();
        texts.push(text.get(from..end).unwrap_or_default());
        names.push(name);
        from = text.len() - after.len();
        rest = after;
    }
    if names.is_empty() {
        return Segment::Literal(text);
    }
    texts.push(rest);
    Segment::Pattern(Pattern { texts }, names)
}

/// The first `{name}` of a text: what is before it, the name, and what is behind it.
fn placeholder(text: &'static str) -> Option<(&'static str, &'static str, &'static str)> {
    text.match_indices('}').find_map(|(close, _)| {
        let (before, name) = text.get(..close)?.rsplit_once('{')?;
        let named = !name.is_empty() && !name.contains('}');
        named.then_some((before, name, text.get(close + 1..)?))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captures(template: &'static str, segment: &str) -> Option<Vec<String>> {
        let found = segments(template).next()?;
        let Segment::Pattern(pattern, _) = found else { return None };
        let values = pattern.captures(segment)?;
        assert!(values.iter().all(|(at, value)| segment[*at..].starts_with(value)), "{values:?}");
        Some(values.into_iter().map(|(_, value)| value.to_owned()).collect())
    }

    #[test]
    fn prefix_and_suffix_stay_outside_of_the_value() {
        assert_eq!(captures("/{id}.json", "7.json"), Some(vec!["7".to_owned()]));
        assert_eq!(captures("/{id}.json", "a.json.json"), Some(vec!["a.json".to_owned()]));
        assert_eq!(captures("/v{id}", "v7"), Some(vec!["7".to_owned()]));
        for other in ["7", ".json", "7.xml", ""] {
            assert_eq!(captures("/{id}.json", other), None, "{other}");
        }
        assert_eq!(captures("/ab{id}ba", "aba"), None);
    }

    #[test]
    fn several_parameters_share_a_segment() {
        assert_eq!(captures("/{a}-{b}", "x-y-z"), Some(vec!["x".to_owned(), "y-z".to_owned()]));
        assert_eq!(captures("/{a}-{b}", "--z"), Some(vec!["-".to_owned(), "z".to_owned()]));
        assert_eq!(captures("/{a}{b}", "äb"), Some(vec!["ä".to_owned(), "b".to_owned()]));
        for other in ["x-", "-y", "xy", "x"] {
            assert_eq!(captures("/{a}-{b}", other), None, "{other}");
        }
    }

    #[test]
    fn braces_without_a_name_are_text() {
        for text in ["/{", "/}", "/{}", "/}{", "/a{}b", "/*", "/:id", "/{{", "/"] {
            let found: Vec<Segment> = segments(text).collect();
            assert_eq!(found, [Segment::Literal(text.get(1..).unwrap_or_default())], "{text}");
        }
        assert_eq!(captures("/{{id}}", "{7}"), Some(vec!["7".to_owned()]));
        assert_eq!(captures("/{}{id}", "{}7"), Some(vec!["7".to_owned()]));
    }

    #[test]
    fn a_template_is_its_path_alone() {
        let count = |template| segments(template).count();
        assert_eq!(segments("users").next(), Some(Segment::Literal("users")));
        assert_eq!(segments("https://a.example/users?x={y}").next(), Some(Segment::Literal("users")));
        assert_eq!((count("/a/b#c/d"), count(""), count("https://a.example")), (2, 1, 1));
    }
}
