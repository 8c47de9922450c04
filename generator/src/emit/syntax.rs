//! Syntax trees, built piece by piece. What is there for each field and each operation is most of the code: as
//! tokens it would have to be parsed again, which takes longer than all else that emission does. What is rare is
//! quoted, and [`parsed`].

use std::str::FromStr;

use proc_macro2::{Ident, Literal, Span, TokenStream};
use syn::{
    AngleBracketedGenericArguments, AttrStyle, Attribute, Expr, ExprLit, Field, FieldModifiers, Fields,
    FieldsNamed, FieldsUnnamed, GenericArgument, Generics, Item, ItemEnum, ItemMacro, ItemStruct, Lit,
    LitStr, Macro, MacroDelimiter, Meta, MetaList, MetaNameValue, Path, PathArguments, PathSegment, Token,
    Type, TypePath, Variant, Visibility, punctuated::Punctuated,
};

/// The item that tokens are.
///
/// # Panics
///
/// Where they are none: emission has a bug.
#[expect(
    clippy::expect_used,
    reason = "emission gives items; anything else is a bug, and no input can cause it"
)]
pub(super) fn parsed(tokens: TokenStream) -> Item {
    syn::parse2(tokens).expect("emission gives items")
}

/// An identifier of ours.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// Documentation, one attribute a line: prettyplease prints each as `///`.
pub(super) fn docs(lines: &[String]) -> Vec<Attribute> {
    lines.iter().map(|line| doc(line)).collect()
}

fn doc(line: &str) -> Attribute {
    attribute(Meta::NameValue(MetaNameValue {
        path: ident("doc").into(),
        eq_token: Default::default(),
        value: Expr::Lit(ExprLit { attrs: Vec::new(), lit: doc_text(line) }),
    }))
}

/// The text of a line of documentation. It is a raw literal, unless it could not be one: text is most of the code,
/// and escaping it here for the printer to undo it takes longer than all else that emission does.
fn doc_text(line: &str) -> Lit {
    if line.is_empty() {
        return Lit::Str(LitStr::new("", Span::call_site()));
    }
    // Text that would end the literal early is more than one token, and refused.
    match Literal::from_str(&format!("r##\" {line}\"##")) {
        Ok(raw) => Lit::new(raw),
        Err(_) => Lit::Str(LitStr::new(&format!(" {line}"), Span::call_site())),
    }
}

/// `#[name(tokens)]`.
pub(super) fn list(name: &str, tokens: TokenStream) -> Attribute {
    let delimiter = MacroDelimiter::Paren(Default::default());
    attribute(Meta::List(MetaList { path: ident(name).into(), delimiter, tokens }))
}

/// `#[path]`.
pub(super) fn word(path: Path) -> Attribute {
    attribute(Meta::Path(path))
}

fn attribute(meta: Meta) -> Attribute {
    Attribute {
        pound_token: Default::default(),
        style: AttrStyle::Outer,
        bracket_token: Default::default(),
        meta,
    }
}

/// `pub struct name { fields }`.
pub(super) fn structure(attrs: Vec<Attribute>, name: Ident, fields: impl Iterator<Item = Field>) -> Item {
    let named = separated(fields);
    Item::Struct(ItemStruct {
        attrs,
        vis: public(),
        struct_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        fields: Fields::Named(FieldsNamed { brace_token: Default::default(), named }),
        semi_token: None,
    })
}

/// `pub name: ty`.
pub(super) fn field(attrs: Vec<Attribute>, name: Ident, ty: Type) -> Field {
    Field { vis: public(), ident: Some(name), colon_token: Some(Default::default()), ..unnamed(attrs, ty) }
}

fn unnamed(attrs: Vec<Attribute>, ty: Type) -> Field {
    Field {
        attrs,
        vis: Visibility::Inherited,
        modifiers: FieldModifiers::default(),
        ident: None,
        colon_token: None,
        ty,
        default: None,
    }
}

/// `pub enum name { variants }`.
pub(super) fn enumeration(
    attrs: Vec<Attribute>,
    name: Ident,
    variants: impl Iterator<Item = Variant>,
) -> Item {
    Item::Enum(ItemEnum {
        attrs,
        vis: public(),
        enum_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        brace_token: Default::default(),
        variants: separated(variants),
    })
}

/// `name(types)`, or `name` where there are none.
pub(super) fn variant(attrs: Vec<Attribute>, name: Ident, types: impl IntoIterator<Item = Type>) -> Variant {
    let unnamed: Punctuated<Field, Token![,]> = types.into_iter().map(|ty| unnamed(Vec::new(), ty)).collect();
    let fields = if unnamed.is_empty() {
        Fields::Unit
    } else {
        Fields::Unnamed(FieldsUnnamed { paren_token: Default::default(), unnamed })
    };
    Variant { attrs, ident: name, fields, discriminant: None }
}

/// `::path! { tokens }`.
pub(super) fn call(path: &[&str], tokens: TokenStream) -> Item {
    let delimiter = MacroDelimiter::Brace(Default::default());
    let mac = Macro { path: global(path), bang_token: Default::default(), delimiter, tokens };
    Item::Macro(ItemMacro { attrs: Vec::new(), ident: None, mac, semi_token: None })
}

fn public() -> Visibility {
    Visibility::Public(Default::default())
}

/// Items that end with a comma each.
fn separated<T>(items: impl Iterator<Item = T>) -> Punctuated<T, Token![,]> {
    let mut all: Punctuated<T, Token![,]> = items.collect();
    if !all.is_empty() {
        all.push_punct(Default::default());
    }
    all
}

/// `name`.
pub(super) fn named(name: Ident) -> Type {
    type_path(name.into())
}

/// `scope::name`.
pub(super) fn scoped(scope: &str, name: Ident) -> Type {
    let segments = [ident(scope), name].into_iter().map(PathSegment::from).collect();
    type_path(Path { leading_colon: None, segments })
}

/// `Vec<argument>` and the like.
pub(super) fn generic(name: &str, arguments: impl IntoIterator<Item = Type>) -> Type {
    type_path(applied(ident(name).into(), arguments))
}

/// `::a::b`.
pub(super) fn global(segments: &[&str]) -> Path {
    Path {
        leading_colon: Some(Default::default()),
        segments: segments.iter().map(|segment| PathSegment::from(ident(segment))).collect(),
    }
}

/// `path<arguments>`.
pub(super) fn applied(mut path: Path, arguments: impl IntoIterator<Item = Type>) -> Path {
    if let Some(last) = path.segments.last_mut() {
        last.arguments = PathArguments::AngleBracketed(AngleBracketedGenericArguments {
            colon2_token: None,
            lt_token: Default::default(),
            args: arguments.into_iter().map(GenericArgument::Type).collect(),
            gt_token: Default::default(),
        });
    }
    path
}

/// The type at a path.
pub(super) fn type_path(path: Path) -> Type {
    Type::Path(TypePath { attrs: Vec::new(), qself: None, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_documentation_is_what_it_was() {
        for line in
            ["", "a", "\"", "\"#", "\"##", "\"##suffix", "\\", "a\"", "\r", "\0", "r##\"a\"##", "\u{2028}"]
        {
            let Lit::Str(text) = doc_text(line) else { panic!("{line:?} is no text") };
            assert_eq!(text.value().trim_start_matches(' '), line);
            assert_eq!(text.suffix(), "", "{line:?}");
        }
    }
}
