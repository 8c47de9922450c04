//! Credentials are compared without telling how much of them is right.

use docwright_runtime::server::{Credentials, Denied};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq;

use crate::args::Basic;

/// What is kept of a secret. The time that a comparison takes tells nothing: not the length either, because
/// all digests have the same.
#[derive(Clone)]
pub(crate) struct Digest([u8; 32]);

impl Digest {
    /// The digest of a secret.
    pub(crate) fn of(secret: &str) -> Self {
        Self(Sha256::digest(secret.as_bytes()).into())
    }

    /// Whether this is the digest of what was sent.
    pub(crate) fn is_of(&self, sent: &str) -> bool {
        self.0.ct_eq(&Self::of(sent).0).into()
    }
}

impl std::fmt::Debug for Digest {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("[redacted]")
    }
}

/// Whether a request has the token.
pub(crate) fn check_bearer(token: &Digest, credentials: &Credentials) -> Result<(), Denied> {
    match credentials {
        Credentials::Bearer(sent) if token.is_of(sent.expose()) => Ok(()),
        _ => Err(Denied::Unauthorized),
    }
}

/// Whether a request has the user and the password. Both are compared, whatever becomes of the first.
pub(crate) fn check_basic(basic: &Basic, credentials: &Credentials) -> Result<(), Denied> {
    match credentials {
        Credentials::Basic { user, password }
            if basic.user.is_of(user) & basic.password.is_of(password.expose()) =>
        {
            Ok(())
        }
        _ => Err(Denied::Unauthorized),
    }
}
