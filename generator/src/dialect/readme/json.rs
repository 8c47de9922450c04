//! JSON with the place of every member.
//!
//! The text of a JSON object comes in, its members with their ranges go out ([`members`]). The reader is
//! lenient: line breaks inside of strings and a missing end are taken as they are, because pages are
//! copied by hand. It is iterative and looks at each byte once.

use std::ops::Range;

/// A member of an object: its name, and the range of its value in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Member {
    /// The name, unescaped.
    pub(super) name: String,
    /// The value's range, quotes included.
    pub(super) value: Range<usize>,
}

/// The members of the object in `range` of `text`, and whether the object was well-formed.
pub(super) fn members(text: &str, range: Range<usize>) -> (Vec<Member>, bool) {
    let mut scanner = Scanner { text, at: range.start, end: range.end.min(text.len()) };
    let mut found = Vec::new();
    if !scanner.take(b'{') {
        return (found, false);
    }
    if scanner.take(b'}') {
        return (found, true);
    }
    loop {
        scanner.blanks();
        let name = if scanner.peek() == Some(b'"') { scanner.value() } else { None };
        let (Some(name), true) = (name, scanner.take(b':')) else { return (found, false) };
        let Some(value) = scanner.value() else { return (found, false) };
        found.push(Member { name: string(text, name), value });
        if scanner.take(b'}') {
            return (found, true);
        }
        if !scanner.take(b',') {
            return (found, false);
        }
    }
}

/// The ranges of an array's elements.
pub(super) fn elements(text: &str, range: Range<usize>) -> Vec<Range<usize>> {
    let mut scanner = Scanner { text, at: range.start, end: range.end.min(text.len()) };
    let mut found = Vec::new();
    if !scanner.take(b'[') {
        return found;
    }
    while let Some(value) = scanner.value() {
        found.push(value);
        if !scanner.take(b',') {
            break;
        }
    }
    found
}

/// The text of a string value, unescaped; of another value, the value as it stands.
pub(super) fn string(text: &str, value: Range<usize>) -> String {
    let raw = text.get(value).unwrap_or_default();
    let Some(inner) = raw.strip_prefix('"') else { return raw.to_owned() };
    let inner = inner.strip_suffix('"').unwrap_or(inner);
    if !inner.contains('\\') {
        return inner.to_owned();
    }
    let mut out = String::with_capacity(inner.len());
    let mut rest = inner;
    while let Some(at) = rest.find('\\') {
        let (before, after) = rest.split_at(at);
        out.push_str(before);
        let mut chars = after.chars();
        chars.next();
        let escaped = chars.next();
        rest = chars.as_str();
        match escaped {
            Some('n') => out.push('\n'),
            Some('t') => out.push('\t'),
            Some('r') => {}
            Some('b' | 'f') => out.push(' '),
            Some('u') => rest = unicode(rest, &mut out),
            Some(c) => out.push(c),
            None => {}
        }
    }
    out.push_str(rest);
    out
}

/// Reads what follows `\u`, a surrogate pair included, and gives the rest.
fn unicode<'t>(rest: &'t str, out: &mut String) -> &'t str {
    let unit = |text: &str| text.get(..4).and_then(|digits| u16::from_str_radix(digits, 16).ok());
    let Some(first) = unit(rest) else { return rest };
    let mut after = rest.get(4..).unwrap_or_default();
    let mut units = vec![first];
    if (0xd800..0xdc00).contains(&first)
        && let Some(second) = after.strip_prefix("\\u").and_then(unit)
    {
        units.push(second);
        after = after.get(6..).unwrap_or_default();
    }
    let decoded = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER));
    // The source stage has no control character left but these.
    out.extend(decoded.map(|c| if c.is_control() && c != '\n' && c != '\t' { '\u{fffd}' } else { c }));
    after
}

struct Scanner<'t> {
    text: &'t str,
    at: usize,
    end: usize,
}

impl Scanner<'_> {
    fn peek(&self) -> Option<u8> {
        if self.at < self.end { self.text.as_bytes().get(self.at).copied() } else { None }
    }

    fn blanks(&mut self) {
        while self.peek().is_some_and(|byte| byte.is_ascii_whitespace()) {
            self.at += 1;
        }
    }

    fn take(&mut self, wanted: u8) -> bool {
        self.blanks();
        let found = self.peek() == Some(wanted);
        self.at += usize::from(found);
        found
    }

    /// Passes over one value, whatever its nesting. A container without an end reaches to the text's.
    fn value(&mut self) -> Option<Range<usize>> {
        self.blanks();
        let start = self.at;
        let mut depth = 0_usize;
        loop {
            let Some(byte) = self.peek() else {
                return (depth > 0).then_some(start..self.end);
            };
            match byte {
                b'"' if self.string().is_none() => {
                    return (depth > 0).then_some(start..self.end);
                }
                b'"' => {}
                b'{' | b'[' => {
                    depth += 1;
                    self.at += 1;
                }
                b'}' | b']' => {
                    depth = depth.checked_sub(1)?;
                    self.at += 1;
                }
                b',' | b':' if depth == 0 => return None,
                byte if byte.is_ascii_whitespace() || matches!(byte, b',' | b':') => self.at += 1,
                _ => {
                    let delimits =
                        |byte: u8| matches!(byte, b',' | b':' | b'}' | b']') || byte.is_ascii_whitespace();
                    while self.peek().is_some_and(|byte| !delimits(byte)) {
                        self.at += 1;
                    }
                }
            }
            if depth == 0 {
                return Some(start..self.at);
            }
        }
    }

    /// Passes over a string, from its quote on.
    fn string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            match self.peek()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => self.at += 2,
                _ => self.at += 1,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(json: &str, expected: &[(&str, &str)], whole: bool) {
        let (members, well_formed) = members(json, 0..json.len());
        let found: Vec<_> =
            members.iter().map(|m| (m.name.as_str(), string(json, m.value.clone()))).collect();
        let expected: Vec<_> = expected.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
        assert_eq!((found, well_formed), (expected, whole));
    }

    #[test]
    fn members_have_their_places() {
        check(
            r#"{"a": "b\n\"c\"", "d": {"e": [1, "}"]}, "f": 2}"#,
            &[("a", "b\n\"c\""), ("d", r#"{"e": [1, "}"]}"#), ("f", "2")],
            true,
        );
        check("{}", &[], true);
    }

    #[test]
    fn what_is_broken_gives_what_is_whole() {
        check(r#"{"a": "b", "c": "d"#, &[("a", "b")], false);
        check(r#"{"a": {"b": "c", "d": "e"#, &[("a", r#"{"b": "c", "d": "e"#)], false);
        check(r#"{"a": "b" "c": "d"}"#, &[("a", "b")], false);
        check("{\"a\": \"b\nc\"}", &[("a", "b\nc")], true);
        check("nonsense", &[], false);
        check(r#"{"a": }"#, &[], false);
    }

    #[test]
    fn escapes_become_characters() {
        check(r#"{"a": "\u00e9\ud83d\ude00\ud83d \u0000 \/"}"#, &[("a", "é😀\u{fffd} \u{fffd} /")], true);
    }

    #[test]
    fn deep_nesting_costs_no_stack() {
        let json = format!("{{\"a\": {}}}", "[".repeat(100_000));
        assert!(!members(&json, 0..json.len()).1);
    }

    #[test]
    fn elements_are_found() {
        let json = r#"[{"a": 1}, "b"]"#;
        let found: Vec<_> = elements(json, 0..json.len()).into_iter().map(|e| &json[e]).collect();
        assert_eq!(found, [r#"{"a": 1}"#, r#""b""#]);
    }
}
