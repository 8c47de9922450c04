//! The reason phrases of statuses (RFC 9110, section 15).

/// The reason phrases of RFC 9110 for success: a response that is described by nothing else has the code.
const REASONS: &[(&str, u16)] = &[
    ("OK", 200),
    ("Created", 201),
    ("Accepted", 202),
    ("Non-Authoritative Information", 203),
    ("No Content", 204),
    ("Reset Content", 205),
    ("Partial Content", 206),
];

/// The status that a line of a vendor's own begins with, with its reason phrase: `200 OK: the berth is free`.
pub(in crate::dialect::mintlify) fn status_with_reason(line: &str) -> Option<u16> {
    let (code, rest) = line.trim_matches('*').split_once(' ')?;
    let (_, known) = REASONS.iter().find_map(|(reason, known)| Some((rest.strip_prefix(reason)?, known)))?;
    (code.parse() == Ok(*known)).then_some(*known)
}

/// The status whose reason phrase a description is.
pub(in crate::dialect::mintlify) fn status_of_reason(description: &str) -> Option<u16> {
    let phrase = description.trim().trim_end_matches('.');
    REASONS.iter().find(|(reason, _)| *reason == phrase).map(|(_, code)| *code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_stands_with_its_reason_phrase() {
        assert_eq!(status_with_reason("200 OK: the berth is free"), Some(200));
        assert_eq!(status_with_reason("**204 No Content**"), Some(204));
        for line in ["200 berths", "200 Created", "OK", "404 Not Found", ""] {
            assert_eq!(status_with_reason(line), None, "{line}");
        }
    }
}
