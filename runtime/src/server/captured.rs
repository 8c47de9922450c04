//! An enum of documented responses becomes a status and a body.

use crate::responses::{Responses, Shown, ShownBody};

/// The status, the media type and the body of a value; `None` where it has no JSON form, or a status that is not its
/// own.
pub(super) fn capture<T: Responses>(value: &T) -> Option<(u16, &'static str, Option<Vec<u8>>)> {
    let Shown { documented, media_type, status, body } = value.show();
    let status = match status {
        Some(status) if documented == 0 || status / 100 == documented => status,
        Some(_) => return None,
        None => documented,
    };
    let body = match body {
        ShownBody::None => None,
        ShownBody::Json(body) => Some(body.to_json().ok()?),
        ShownBody::Raw(body) => Some(body.to_vec()),
    };
    Some((status, media_type, body))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::RawBody;

    enum Failure {
        NotFound(String),
        Gone,
        Teapot(RawBody),
        ClientError(u16),
        Default(u16, Vec<i64>),
    }

    crate::responses! {
        Failure {
            404 NotFound(body), 410 Gone, 418 "text/plain" Teapot(raw), 4 ClientError(status),
            0 Default(status, body),
        }
    }

    #[track_caller]
    fn check(failure: &Failure, status: u16, media_type: &str, body: Option<&str>) {
        let (found, of, written) = capture(failure).expect("a documented response");
        assert_eq!((found, of, written.as_deref()), (status, media_type, body.map(str::as_bytes)));
    }

    #[test]
    fn a_variant_has_a_status_and_a_body() {
        check(&Failure::NotFound("where?".to_owned()), 404, "application/json", Some("\"where?\""));
        check(&Failure::Gone, 410, "application/json", None);
        check(&Failure::Teapot(RawBody::from("short and stout")), 418, "text/plain", Some("short and stout"));
        check(&Failure::ClientError(451), 451, "application/json", None);
        check(&Failure::Default(599, vec![1]), 599, "application/json", Some("[1]"));
    }

    #[test]
    fn a_status_of_another_class_is_not_documented() {
        assert!(capture(&Failure::ClientError(500)).is_none());
    }
}
