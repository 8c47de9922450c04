//! Functions as syntax trees: what is written for each operation. See [`super::syntax`].

use proc_macro2::{Ident, TokenStream};
use syn::{
    FnArg, Generics, Pat, PatIdent, PatType, Path, Receiver, ReceiverKind, ReturnType, Safety, Signature,
    Token, TraitBound, TraitBoundModifiers, Type, TypeImplTrait, TypeParamBound, TypeReference, TypeSlice,
    TypeTuple, punctuated::Punctuated,
};

/// The type that tokens are.
///
/// # Panics
///
/// Where they are none: emission has a bug.
#[expect(
    clippy::expect_used,
    reason = "emission gives types; anything else is a bug, and no input can cause it"
)]
pub(super) fn parsed(tokens: TokenStream) -> Type {
    syn::parse2(tokens).expect("emission gives types")
}

/// `fn name(&self, arguments) -> output`.
pub(super) fn method(name: Ident, arguments: impl IntoIterator<Item = FnArg>, output: Type) -> Signature {
    let receiver = FnArg::Receiver(Receiver {
        attrs: Vec::new(),
        mutability: None,
        self_token: Default::default(),
        kind: ReceiverKind::Reference(Default::default(), None, None),
    });
    Signature {
        constness: None,
        asyncness: None,
        safety: Safety::Default,
        abi: None,
        fn_token: Default::default(),
        ident: name,
        generics: Generics::default(),
        paren_token: Default::default(),
        inputs: std::iter::once(receiver).chain(arguments).collect(),
        variadic: None,
        output: ReturnType::Type(Default::default(), Box::new(output)),
    }
}

/// `name: ty`.
pub(super) fn argument(name: Ident, ty: Type) -> FnArg {
    let pat = PatIdent { attrs: Vec::new(), by_ref: None, mutability: None, ident: name, subpat: None };
    FnArg::Typed(PatType {
        attrs: Vec::new(),
        pat: Box::new(Pat::Ident(pat)),
        colon_token: Default::default(),
        ty: Box::new(ty),
    })
}

/// `&inner`.
pub(super) fn reference(inner: Type) -> Type {
    Type::Reference(TypeReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        lifetime: None,
        mutability: None,
        elem: Box::new(inner),
    })
}

/// `[item]`.
pub(super) fn slice(item: Type) -> Type {
    Type::Slice(TypeSlice { attrs: Vec::new(), bracket_token: Default::default(), elem: Box::new(item) })
}

/// `(types)`.
pub(super) fn tuple(types: impl IntoIterator<Item = Type>) -> Type {
    let elems: Punctuated<Type, Token![,]> = types.into_iter().collect();
    Type::Tuple(TypeTuple { attrs: Vec::new(), paren_token: Default::default(), elems })
}

/// `impl bound`.
pub(super) fn implements(bound: Path) -> Type {
    let bound = TypeParamBound::Trait(TraitBound {
        paren_token: None,
        lifetimes: None,
        modifiers: TraitBoundModifiers::default(),
        maybe: None,
        path: bound,
    });
    let bounds = std::iter::once(bound).collect();
    Type::ImplTrait(TypeImplTrait { attrs: Vec::new(), impl_token: Default::default(), bounds })
}
