//! The shape of the file, as serde reads it.
//!
//! What is wrong is said while the value is read, because only then the YAML library knows the place.

use std::{fmt, path::PathBuf};

use indexmap::IndexMap;
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeSeed, Error, MapAccess, SeqAccess, Visitor},
};

use super::{
    limits::FileLimits,
    name::check_api_name,
    overrides::{OperationOverride, Scheme, Security, Servers, UniqueMap},
};
use crate::pipeline::{self, RootFile};

/// The file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a map with the keys `out` and `apis`")]
pub(super) struct File {
    pub(super) out: FilePath,
    #[serde(default)]
    pub(super) root: Root,
    #[serde(default)]
    pub(super) limits: FileLimits,
    pub(super) apis: Apis,
}

/// The root file, as it is written.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
pub(super) enum Root {
    #[serde(rename = "lib.rs")]
    Lib,
    #[default]
    #[serde(rename = "mod.rs")]
    Mod,
}

impl From<Root> for RootFile {
    fn from(root: Root) -> Self {
        match root {
            Root::Lib => Self::LibRs,
            Root::Mod => Self::ModRs,
        }
    }
}

/// One API.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, expecting = "a map with the key `pages`")]
pub(super) struct Api {
    pub(super) pages: Pages,
    #[serde(default)]
    pub(super) duplicates: Duplicates,
    #[serde(alias = "server")]
    pub(super) servers: Option<Servers>,
    pub(super) security: Option<Security>,
    #[serde(default)]
    pub(super) security_schemes: UniqueMap<String, Scheme>,
    #[serde(default)]
    pub(super) overrides: UniqueMap<String, OperationOverride>,
}

/// What becomes of pages that document one operation differently.
#[derive(Debug, Default, Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Duplicates {
    #[default]
    Error,
    Newest,
}

impl From<Duplicates> for pipeline::Duplicates {
    fn from(duplicates: Duplicates) -> Self {
        match duplicates {
            Duplicates::Error => Self::Error,
            Duplicates::Newest => Self::Newest,
        }
    }
}

/// A path: a string that is not empty.
#[derive(Debug)]
pub(super) struct FilePath(pub(super) PathBuf);

impl<'de> Deserialize<'de> for FilePath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Path;
        impl Visitor<'_> for Path {
            type Value = FilePath;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a path")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<FilePath, E> {
                if text.trim().is_empty() {
                    return Err(E::custom("a path is empty"));
                }
                Ok(FilePath(text.into()))
            }
        }
        // `any`, so that a number is not quietly taken as a file's name.
        deserializer.deserialize_any(Path)
    }
}

/// At least one path.
#[derive(Debug)]
pub(super) struct Pages(pub(super) Vec<PathBuf>);

impl<'de> Deserialize<'de> for Pages {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Paths;
        impl<'de> Visitor<'de> for Paths {
            type Value = Pages;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a sequence of paths")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Pages, A::Error> {
                let mut paths = Vec::new();
                while let Some(FilePath(path)) = items.next_element()? {
                    paths.push(path);
                }
                if paths.is_empty() {
                    return Err(A::Error::custom("an API needs at least one page"));
                }
                Ok(Pages(paths))
            }
        }
        deserializer.deserialize_seq(Paths)
    }
}

/// The APIs by name.
#[derive(Debug)]
pub(super) struct Apis(pub(super) IndexMap<String, Api>);

impl<'de> Deserialize<'de> for Apis {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Named;
        impl<'de> Visitor<'de> for Named {
            type Value = Apis;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from the names of APIs to their pages")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Apis, A::Error> {
                let mut apis = IndexMap::new();
                while let Some(name) = entries.next_key_seed(NewName(&apis))? {
                    let api = entries.next_value()?;
                    apis.insert(name, api);
                }
                Ok(Apis(apis))
            }
        }
        deserializer.deserialize_map(Named)
    }
}

/// Reads a name that none of the APIs has yet.
struct NewName<'a>(&'a IndexMap<String, Api>);

impl<'de> DeserializeSeed<'de> for NewName<'_> {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for NewName<'_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the name of an API")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<String, E> {
        check_api_name(name).map_err(E::custom)?;
        if self.0.contains_key(name) {
            return Err(E::custom(format_args!("the API `{name}` is named twice")));
        }
        Ok(name.to_owned())
    }
}
