//! Draws diagnostics over the page they are about.
