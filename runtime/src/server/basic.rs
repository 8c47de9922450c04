//! Credentials of the `Authorization` header (RFC 9110, section 11.6.2).

use base64::{
    Engine,
    alphabet::STANDARD,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use http::{HeaderMap, header::AUTHORIZATION};

use super::Credentials;

/// Padding is RFC 4648's, and some clients leave it out.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// A bearer token (RFC 6750): one word of visible ASCII. The RFC allows fewer characters, vendors use more.
pub(super) fn bearer(headers: &HeaderMap) -> Option<Credentials> {
    let token = authorization(headers, "bearer")?;
    Some(Credentials::Bearer(token.into()))
}

/// User and password (RFC 7617): base64 of UTF-8 without control characters, parted by the first colon.
pub(super) fn basic(headers: &HeaderMap) -> Option<Credentials> {
    let decoded = BASE64.decode(authorization(headers, "basic")?).ok()?;
    let decoded = String::from_utf8(decoded).ok()?;
    if decoded.chars().any(char::is_control) {
        return None;
    }
    let (user, password) = decoded.split_once(':')?;
    Some(Credentials::Basic { user: user.to_owned(), password: password.into() })
}

/// What follows the scheme, whose case does not matter. Two `Authorization` headers are none: who decides
/// which one holds is not HTTP.
fn authorization<'h>(headers: &'h HeaderMap, scheme: &str) -> Option<&'h str> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next()?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let (found, word) = value.trim().split_once(' ')?;
    let word = word.trim_start();
    let visible = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_graphic());
    (found.eq_ignore_ascii_case(scheme) && visible).then_some(word)
}
