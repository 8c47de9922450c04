//! Macros whose tokens are entries, `Name { what, is, said }`, as `parameters!` and `responses!` have them. Printers fill
//! lines with tokens of macros, whatever they mean; here an entry has lines of its own, and breaks where something ends.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, ItemMacro, MacroDelimiter};

/// How long lines are: what prettyplease keeps to.
pub(super) const WIDTH: usize = 89;

/// An entry: its name, and what is said of it.
type Entry = (String, Vec<String>);

/// The lines of an item that is a macro of entries; of any other, none.
pub(super) fn lines(item: &Item, depth: usize) -> Option<Vec<String>> {
    let Item::Macro(item) = item else { return None };
    let MacroDelimiter::Brace(_) = item.mac.delimiter else { return None };
    let entries: Vec<Entry> =
        parts(item.mac.tokens.clone()).map(|part| entry(&part)).collect::<Option<_>>()?;
    let mut lines = vec![head(item)];
    let width = WIDTH.saturating_sub(4 * depth);
    let last = entries.len().saturating_sub(1);
    for (at, (name, said)) in entries.iter().enumerate() {
        let comma = if at < last { "," } else { "" };
        let line = format!("    {name} {{ {} }}{comma}", said.join(", "));
        if line.chars().count() <= width {
            lines.push(line);
            continue;
        }
        lines.push(format!("    {name} {{"));
        lines.extend(filled(said, width));
        lines.push(format!("    }}{comma}"));
    }
    lines.push("}".to_owned());
    Some(lines)
}

/// The first line of a macro in braces.
pub(super) fn head(item: &ItemMacro) -> String {
    let segments = item.mac.path.segments.iter().map(|segment| segment.ident.to_string());
    let path = segments.collect::<Vec<_>>().join("::");
    let leading = item.mac.path.leading_colon.map_or("", |_| "::");
    format!("{leading}{path}! {{")
}

fn entry(part: &[TokenTree]) -> Option<Entry> {
    match part {
        [TokenTree::Ident(name), TokenTree::Group(group)] if group.delimiter() == Delimiter::Brace => {
            Some((name.to_string(), parts(group.stream()).map(|part| spaced(&part)).collect()))
        }
        _ => None,
    }
}

/// What is between commas.
fn parts(tokens: TokenStream) -> impl Iterator<Item = Vec<TokenTree>> {
    let mut tokens = tokens.into_iter().peekable();
    std::iter::from_fn(move || {
        tokens.peek()?;
        let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(punct) if punct.as_char() == ',');
        Some(tokens.by_ref().take_while(|token| !is_comma(token)).collect())
    })
}

/// Tokens with a space between two of them, but before what is in parentheses.
fn spaced(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                let inner: Vec<String> = parts(group.stream()).map(|part| spaced(&part)).collect();
                text.push_str(&format!("({})", inner.join(", ")));
            }
            token if text.is_empty() => text = token.to_string(),
            token => text.push_str(&format!(" {token}")),
        }
    }
    text
}

/// Lines with as many parts as there is room for.
fn filled(parts: &[String], width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for part in parts {
        match lines.last_mut() {
            // A space and a comma more.
            Some(line) if line.chars().count() + part.chars().count() + 2 <= width => {
                line.push_str(&format!(" {part},"));
            }
            _ => lines.push(format!("        {part},")),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse2;

    use super::*;

    fn printed(tokens: TokenStream) -> Option<String> {
        lines(&parse2(tokens).unwrap(), 0).map(|lines| lines.join("\n"))
    }

    #[test]
    fn entries_have_lines_of_their_own() {
        let long: Vec<TokenStream> = (10..22).map(|_| quote!(query abcdef)).collect();
        let text =
            printed(quote!(::a::b! { A { header x as "X, y", list ',' ids, 4 C(d, e) }, B { #(#long),* } }));
        let expected = r#"::a::b! {
    A { header x as "X, y", list ',' ids, 4 C(d, e) },
    B {
        query abcdef, query abcdef, query abcdef, query abcdef, query abcdef,
        query abcdef, query abcdef, query abcdef, query abcdef, query abcdef,
        query abcdef, query abcdef,
    }
}"#;
        assert_eq!(text.as_deref(), Some(expected));
    }

    #[test]
    fn other_macros_are_none_of_it() {
        for tokens in [
            quote!(a! { A, B }),
            quote!(a! { A, value "x", { B } }),
            quote!(a!(A { b });),
            quote!(
                type A = b;
            ),
        ] {
            assert_eq!(printed(tokens), None);
        }
    }
}
