//! How much is read before docwright says that it is too much.
//!
//! Pages come from the network. What bounds time and memory whatever the page is fixed where it is used; these are the
//! bounds that an honest page may reach, so each can be set, and each has an error of its own.

use std::fmt;

use crate::yaml;

/// How much is read. [`Limits::default`] is far beyond what vendors publish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// The largest page, in bytes: 16 MiB. A larger one is not read.
    pub page_bytes: usize,
    /// The most pages of an API: 20,000. With more of them, nothing is read.
    pub pages: usize,
    /// How deep fields may nest: 48 levels. Deeper ones are left out.
    pub nesting: usize,
    /// The most fields of an operation, with its parameters and all their members: 20,000. An operation with more is
    /// left out.
    pub fields: usize,
    /// The largest YAML front matter, in bytes: 64 KiB. A larger one is ignored.
    pub front_matter_bytes: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            page_bytes: 16 << 20,
            pages: 20_000,
            nesting: 48,
            fields: 20_000,
            front_matter_bytes: 64 << 10,
        }
    }
}

/// How deep fields can nest, whatever the limit is set to.
pub(crate) const DEEPEST: usize = 128;

/// Why a limit can't be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the limit `{name}` has to be from 1 to {most}, not {value}")]
pub struct LimitError {
    /// Which limit.
    pub name: LimitName,
    /// What it was set to.
    pub value: usize,
    /// The most that it can be set to.
    pub most: usize,
}

/// Which limit, as the configuration calls it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LimitName {
    /// [`Limits::page_bytes`].
    PageBytes,
    /// [`Limits::pages`].
    Pages,
    /// [`Limits::nesting`].
    Nesting,
    /// [`Limits::fields`].
    Fields,
    /// [`Limits::front_matter_bytes`].
    FrontMatterBytes,
}

impl LimitName {
    /// The most that it can be set to: offsets are 32 bits wide, later stages recurse once for each level, and
    /// the YAML library reads no more.
    fn most(self) -> usize {
        match self {
            Self::PageBytes => 1 << 30,
            Self::Pages | Self::Fields => 1 << 24,
            Self::Nesting => DEEPEST,
            Self::FrontMatterBytes => yaml::MAX_BYTES,
        }
    }

    /// The value, if the limit can be set to it.
    pub(crate) fn check(self, value: usize) -> Result<usize, LimitError> {
        let most = self.most();
        if (1..=most).contains(&value) { Ok(value) } else { Err(LimitError { name: self, value, most }) }
    }
}

impl fmt::Display for LimitName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::PageBytes => "page_bytes",
            Self::Pages => "pages",
            Self::Nesting => "nesting",
            Self::Fields => "fields",
            Self::FrontMatterBytes => "front_matter_bytes",
        })
    }
}

impl Limits {
    /// Whether each can be what it is set to.
    ///
    /// # Errors
    ///
    /// Names the first one that can't.
    pub fn check(&self) -> Result<(), LimitError> {
        LimitName::PageBytes.check(self.page_bytes)?;
        LimitName::Pages.check(self.pages)?;
        LimitName::Nesting.check(self.nesting)?;
        LimitName::Fields.check(self.fields)?;
        LimitName::FrontMatterBytes.check(self.front_matter_bytes)?;
        Ok(())
    }
}

/// What to do about a limit.
pub(crate) fn raise(name: LimitName) -> String {
    format!("raise `limits.{name}` in `docwright.yaml` if that is how it should be")
}
