//! The macros that define enumerations, `text_enum!` and `integer_enum!`: documentation and an enum, whose variants have
//! values. Printers leave tokens of macros as they come; here lines are filled with variants, and a documented one has
//! lines of its own.

use std::iter::Peekable;

use proc_macro2::{Delimiter, Literal, TokenTree, token_stream::IntoIter};
use syn::{Item, Lit, MacroDelimiter};

use super::entries::{WIDTH, head};

/// The lines of an item that is a macro of an enum; of any other, none.
pub(super) fn lines(item: &Item, depth: usize) -> Option<Vec<String>> {
    let Item::Macro(item) = item else { return None };
    let MacroDelimiter::Brace(_) = item.mac.delimiter else { return None };
    let mut tokens = item.mac.tokens.clone().into_iter().peekable();
    let docs = documentation(&mut tokens)?;
    let mut declaration = String::new();
    let variants = loop {
        match tokens.next()? {
            TokenTree::Ident(word) => declaration.push_str(&format!("{word} ")),
            TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => break group.stream(),
            _ => return None,
        }
    };
    if tokens.next().is_some() || !declaration.contains("enum ") {
        return None;
    }
    let variants = variants_of(variants.into_iter().peekable())?;
    let width = WIDTH.saturating_sub(4 * depth);
    let mut lines = vec![head(item)];
    lines.extend(docs.into_iter().map(|line| format!("    {line}")));
    lines.extend(body(&declaration, &variants, width));
    lines.push("}".to_owned());
    Some(lines)
}

/// A variant: its documentation, and what stands behind that, with what ends it.
struct Variant {
    docs: Vec<String>,
    text: String,
}

/// The enum: on one line, where there is room for it.
fn body(declaration: &str, variants: &[Variant], width: usize) -> Vec<String> {
    let documented = variants.iter().any(|variant| !variant.docs.is_empty());
    let length: usize = variants.iter().map(|variant| variant.text.chars().count() + 1).sum();
    // Four blanks, two braces and a blank between.
    if !documented && declaration.chars().count() + length + 7 <= width {
        let texts: Vec<&str> = variants.iter().map(|variant| variant.text.as_str()).collect();
        return vec![format!("    {declaration}{{ {} }}", texts.join(" "))];
    }
    let mut lines = vec![format!("    {declaration}{{")];
    let mut filling = false;
    for Variant { docs, text } in variants {
        lines.extend(docs.iter().map(|line| format!("        {line}")));
        match lines.last_mut() {
            Some(line)
                if filling && docs.is_empty() && line.chars().count() + text.chars().count() < width =>
            {
                line.push(' ');
                line.push_str(text);
            }
            _ => lines.push(format!("        {text}")),
        }
        filling = docs.is_empty();
    }
    lines.push("    }".to_owned());
    lines
}

fn variants_of(mut tokens: Peekable<IntoIter>) -> Option<Vec<Variant>> {
    let mut variants = Vec::new();
    while tokens.peek().is_some() {
        let docs = documentation(&mut tokens)?;
        let mut text = String::new();
        for token in tokens.by_ref() {
            match token {
                TokenTree::Punct(mark) if matches!(mark.as_char(), ',' | ';') => {
                    text.push(mark.as_char());
                    break;
                }
                TokenTree::Punct(mark) if mark.as_char() == '-' => text.push('-'),
                TokenTree::Punct(mark) => text.push_str(&format!(" {} ", mark.as_char())),
                token => text.push_str(&token.to_string()),
            }
        }
        variants.push(Variant { docs, text });
    }
    Some(variants)
}

/// Documentation in front of something, line by line; `None` where something else stands behind a `#`.
fn documentation(tokens: &mut Peekable<IntoIter>) -> Option<Vec<String>> {
    let mut lines = Vec::new();
    while let Some(TokenTree::Punct(mark)) = tokens.peek() {
        if mark.as_char() != '#' {
            return None;
        }
        tokens.next();
        let Some(TokenTree::Group(group)) = tokens.next() else { return None };
        let attribute: Vec<TokenTree> = group.stream().into_iter().collect();
        match attribute.as_slice() {
            [TokenTree::Ident(name), TokenTree::Punct(_), TokenTree::Literal(text)] if name == "doc" => {
                lines.push(comment(text)?);
            }
            _ => return None,
        }
    }
    Some(lines)
}

/// A line of documentation as a comment, or as an attribute where it cannot be one.
fn comment(literal: &Literal) -> Option<String> {
    let Lit::Str(text) = Lit::new(literal.clone()) else { return None };
    let text = text.value();
    Some(match text.starts_with('/') || text.contains(['\n', '\r']) {
        true => format!("#[doc = {literal}]"),
        false => format!("///{}", text.trim_end_matches(' ')),
    })
}

#[cfg(test)]
mod tests {
    use proc_macro2::TokenStream;
    use quote::quote;
    use syn::parse2;

    use super::*;

    fn printed(tokens: TokenStream, depth: usize) -> Option<String> {
        lines(&parse2(tokens).unwrap(), depth).map(|lines| lines.join("\n"))
    }

    #[test]
    fn variants_fill_lines_and_documented_ones_have_their_own() {
        let long: Vec<TokenStream> = (10..19).map(|_| quote!(Abc = "abc-abc")).collect();
        let text = printed(
            quote!(::a::b! {
                #[doc = " A"] #[doc = ""] #[doc = r##" "b" "##]
                pub enum E { #(#long),*, #[doc = " D"] D = ",;\n", #[doc = " E"] E = "", F = "🦀", G = "g"; U(String) }
            }),
            0,
        );
        let expected = r#"::a::b! {
    /// A
    ///
    /// "b"
    pub enum E {
        Abc = "abc-abc", Abc = "abc-abc", Abc = "abc-abc", Abc = "abc-abc",
        Abc = "abc-abc", Abc = "abc-abc", Abc = "abc-abc", Abc = "abc-abc",
        Abc = "abc-abc",
        /// D
        D = ",;\n",
        /// E
        E = "",
        F = "🦀", G = "g"; U(String)
    }
}"#;
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn a_short_enum_is_one_line_if_there_is_room() {
        let text = "a".repeat(44);
        let tokens = quote!(a! { pub enum E { A = #text, B = "b"; U(String) } });
        let line = format!("    pub enum E {{ A = \"{text}\", B = \"b\"; U(String) }}");
        assert_eq!(line.len(), WIDTH);
        assert_eq!(printed(tokens.clone(), 0), Some(format!("a! {{\n{line}\n}}")));
        let lines = format!("    pub enum E {{\n        A = \"{text}\", B = \"b\"; U(String)\n    }}");
        assert_eq!(printed(tokens, 1), Some(format!("a! {{\n{lines}\n}}")));
    }

    #[test]
    fn values_may_be_integers() {
        let (low, high) = (Literal::i64_unsuffixed(-1), Literal::i64_unsuffixed(2));
        let text = printed(quote!(a! { pub enum E { A = #low, B = #high; U(i64) } }), 0);
        assert_eq!(text.as_deref(), Some("a! {\n    pub enum E { A = -1, B = 2; U(i64) }\n}"));
    }

    #[test]
    fn documentation_that_is_no_comment_stays_an_attribute() {
        let text =
            printed(quote!(a! { #[doc = "/x"] #[doc = " a\rb"] pub enum E { A = "a"; U(String) } }), 0);
        let expected =
            "a! {\n    #[doc = \"/x\"]\n    #[doc = \" a\\rb\"]\n    pub enum E { A = \"a\"; U(String) }\n}";
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn other_macros_are_none_of_it() {
        for tokens in [
            quote!(a! { A, B }),
            quote!(a! { A { b } }),
            quote!(a! { #[cfg(b)] pub enum A { B = "b"; U(String) } }),
            quote!(a! { pub enum A { B = "b"; U(String) } c }),
            quote!(a!(pub enum A { B = "b"; U(String) });),
            quote!(
                pub enum A {
                    B,
                }
            ),
        ] {
            assert_eq!(printed(tokens, 0), None);
        }
    }
}
