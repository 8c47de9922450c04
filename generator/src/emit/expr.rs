//! Expressions as syntax trees: what is written for each operation. See [`super::syntax`].

use proc_macro2::{Ident, Span, TokenStream};
use syn::{
    Expr, ExprArray, ExprAwait, ExprCall, ExprField, ExprLit, ExprMethodCall, ExprPath, ExprReference,
    ExprTuple, Lit, LitChar, LitInt, LitStr, Local, LocalInit, LocalModifiers, Path, PathSegment, Stmt,
    Token, punctuated::Punctuated,
};

use super::{signature::pattern, syntax::ident};

/// So many calls of a chain are one statement: they are nested in each other, and whoever prints or parses them follows
/// them down.
pub(super) const MOST_STEPS: usize = 64;

/// The expression that tokens are.
///
/// # Panics
///
/// Where they are none: emission has a bug.
#[expect(
    clippy::expect_used,
    reason = "emission gives expressions; anything else is a bug, and no input can cause it"
)]
pub(super) fn parsed(tokens: TokenStream) -> Expr {
    syn::parse2(tokens).expect("emission gives expressions")
}

/// `name`.
pub(super) fn name(name: Ident) -> Expr {
    path(name.into())
}

/// `scope::name`.
pub(super) fn scoped(scope: &str, name: Ident) -> Expr {
    let segments = [ident(scope), name].into_iter().map(PathSegment::from).collect();
    path(Path { leading_colon: None, segments })
}

fn path(path: Path) -> Expr {
    Expr::Path(ExprPath { attrs: Vec::new(), qself: None, path })
}

/// `"text"`.
pub(super) fn text(text: &str) -> Expr {
    literal(Lit::Str(LitStr::new(text, Span::call_site())))
}

/// `'c'`.
pub(super) fn character(c: char) -> Expr {
    literal(Lit::Char(LitChar::new(c, Span::call_site())))
}

/// `number`.
pub(super) fn integer(number: u16) -> Expr {
    literal(Lit::Int(LitInt::new(&number.to_string(), Span::call_site())))
}

fn literal(lit: Lit) -> Expr {
    Expr::Lit(ExprLit { attrs: Vec::new(), lit })
}

/// `function(arguments)`.
pub(super) fn call(function: Expr, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Call(ExprCall {
        attrs: Vec::new(),
        func: Box::new(function),
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `receiver.name(arguments)`.
pub(super) fn method(receiver: Expr, name: &str, arguments: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::MethodCall(ExprMethodCall {
        attrs: Vec::new(),
        receiver: Box::new(receiver),
        dot_token: Default::default(),
        method: ident(name),
        turbofish: None,
        paren_token: Default::default(),
        args: arguments.into_iter().collect(),
    })
}

/// `base.index`.
pub(super) fn field(base: Expr, index: usize) -> Expr {
    Expr::Field(ExprField {
        attrs: Vec::new(),
        base: Box::new(base),
        dot_token: Default::default(),
        member: index.into(),
    })
}

/// `base.await`.
pub(super) fn awaited(base: Expr) -> Expr {
    Expr::Await(ExprAwait {
        attrs: Vec::new(),
        base: Box::new(base),
        dot_token: Default::default(),
        await_token: Default::default(),
    })
}

/// `let name = value;`.
pub(super) fn variable(name: Ident, value: Expr) -> Stmt {
    Stmt::Local(Local {
        attrs: Vec::new(),
        modifiers: LocalModifiers::default(),
        let_token: Default::default(),
        pat: pattern(name),
        init: Some(LocalInit { eq_token: Default::default(), expr: Box::new(value), diverge: None }),
        semi_token: Default::default(),
    })
}

/// `&inner`.
pub(super) fn reference(inner: Expr) -> Expr {
    Expr::Reference(ExprReference {
        attrs: Vec::new(),
        and_token: Default::default(),
        mutability: None,
        expr: Box::new(inner),
    })
}

/// `[elements]`.
pub(super) fn array(elements: impl IntoIterator<Item = Expr>) -> Expr {
    Expr::Array(ExprArray {
        attrs: Vec::new(),
        bracket_token: Default::default(),
        elems: elements.into_iter().collect(),
    })
}

/// `(first, second)`.
pub(super) fn pair(first: Expr, second: Expr) -> Expr {
    let elems: Punctuated<Expr, Token![,]> = [first, second].into_iter().collect();
    Expr::Tuple(ExprTuple { attrs: Vec::new(), paren_token: Default::default(), elems })
}
