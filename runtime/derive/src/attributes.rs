//! The attributes of serde that are understood.

use syn::{Attribute, LitStr, Path, Result, meta::ParseNestedMeta, parse_quote};

use crate::rename::RenameRule;

/// Those of a struct.
#[derive(Default)]
pub(crate) struct StructAttributes {
    rename_all: RenameRule,
}

impl StructAttributes {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut read = Self::default();
        read_each(attributes, |meta| {
            if !meta.path.is_ident("rename_all") {
                return Err(unknown(&meta));
            }
            let rule = text(&meta)?;
            read.rename_all = RenameRule::named(&rule.value())
                .ok_or_else(|| syn::Error::new_spanned(&rule, "serde has no such rule"))?;
            Ok(())
        })?;
        Ok(read)
    }

    /// The name on the wire of a field that has no other.
    pub(crate) fn name(&self, field: &str) -> String {
        self.rename_all.apply(field)
    }
}

/// Those of a field.
#[derive(Default)]
pub(crate) struct FieldAttributes {
    pub(crate) rename: Option<String>,
    pub(crate) default: bool,
    /// The function that reads it.
    pub(crate) read_with: Option<Path>,
}

impl FieldAttributes {
    pub(crate) fn read(attributes: &[Attribute]) -> Result<Self> {
        let mut read = Self::default();
        read_each(attributes, |meta| {
            let is = |name| meta.path.is_ident(name);
            if is("rename") {
                read.rename = Some(text(&meta)?.value());
            } else if is("default") && !meta.input.peek(syn::Token![=]) {
                read.default = true;
            } else if is("deserialize_with") {
                read.read_with = Some(text(&meta)?.parse()?);
            } else if is("with") {
                let module: Path = text(&meta)?.parse()?;
                read.read_with = Some(parse_quote!(#module::deserialize));
            } else if is("skip_serializing_if") || is("serialize_with") {
                text(&meta)?;
            } else {
                return Err(unknown(&meta));
            }
            Ok(())
        })?;
        Ok(read)
    }
}

/// Calls `read` for each part of each attribute of serde.
fn read_each(
    attributes: &[Attribute],
    mut read: impl FnMut(ParseNestedMeta<'_>) -> Result<()>,
) -> Result<()> {
    let of_serde = attributes.iter().filter(|attribute| attribute.path().is_ident("serde"));
    for attribute in of_serde {
        attribute.parse_nested_meta(&mut read)?;
    }
    Ok(())
}

/// The text behind the `=`.
fn text(meta: &ParseNestedMeta<'_>) -> Result<LitStr> {
    meta.value()?.parse()
}

fn unknown(meta: &ParseNestedMeta<'_>) -> syn::Error {
    meta.error("this attribute is not understood here: derive `serde::Deserialize`")
}
