//! What responses are called.

use crate::model::Status;

/// Whether a status says that all went well.
pub(crate) fn is_success(status: Status) -> bool {
    matches!(status, Status::Code(200..=299) | Status::Class(2))
}

/// The reason phrase of RFC 9110 and its kin, or the number.
pub(crate) fn status_name(status: Status) -> String {
    let name = match status {
        Status::Default => "default",
        Status::Class(1) => "informational",
        Status::Class(2) => "success",
        Status::Class(3) => "redirection",
        Status::Class(4) => "client error",
        Status::Class(_) => "server error",
        Status::Code(code) => match code {
            200 => "ok",
            201 => "created",
            202 => "accepted",
            204 => "no content",
            206 => "partial content",
            207 => "multi status",
            304 => "not modified",
            400 => "bad request",
            401 => "unauthorized",
            402 => "payment required",
            403 => "forbidden",
            404 => "not found",
            405 => "method not allowed",
            406 => "not acceptable",
            408 => "request timeout",
            409 => "conflict",
            410 => "gone",
            412 => "precondition failed",
            413 => "content too large",
            415 => "unsupported media type",
            422 => "unprocessable content",
            429 => "too many requests",
            500 => "internal server error",
            501 => "not implemented",
            502 => "bad gateway",
            503 => "service unavailable",
            504 => "gateway timeout",
            other => return format!("status {other}"),
        },
    };
    name.to_owned()
}
