//! What generated servers share.
