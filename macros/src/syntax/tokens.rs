//! Token streams: splitting them at commas, parsing `name = value`, and rendering them as source text.

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Ident, Token};

/// Splits `tokens` at the commas of the outermost level.
///
/// The arguments of an attribute and lists of derives are split before they are parsed, so that one malformed part does
/// not hide the others.
pub(crate) fn chunks(tokens: TokenStream) -> Vec<TokenStream> {
    let mut chunks = Vec::new();
    let mut chunk = TokenStream::new();
    // Commas within `<…>` belong to a type.
    let mut depth = 0_usize;
    let mut arrow = false;
    for token in tokens {
        if let TokenTree::Punct(punct) = &token {
            match punct.as_char() {
                '<' => depth += 1,
                '>' if !arrow => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    chunks.push(std::mem::take(&mut chunk));
                    continue;
                }
                _ => {}
            }
            arrow = matches!(punct.as_char(), '-' | '=');
        } else {
            arrow = false;
        }
        chunk.extend(Some(token));
    }
    chunks.push(chunk);
    chunks.retain(|chunk| !chunk.is_empty());
    chunks
}

/// Parses a name and returns the tokens after it.
pub(super) fn name_and_rest(tokens: TokenStream) -> Option<(Ident, TokenStream)> {
    let parser = |input: ParseStream<'_>| Ok((input.call(Ident::parse_any)?, input.parse()?));
    parser.parse2(tokens).ok()
}

/// Parses `= value`.
pub(super) fn assigned<T: Parse>(tokens: TokenStream) -> Option<T> {
    let parser = |input: ParseStream<'_>| {
        input.parse::<Token![=]>()?;
        input.parse()
    };
    parser.parse2(tokens).ok()
}

/// Parses `name = value`.
pub(super) fn named<T: Parse>(tokens: TokenStream) -> Option<(Ident, T)> {
    let (name, rest) = name_and_rest(tokens)?;
    Some((name, assigned(rest)?))
}

/// Renders a type, path or other piece of syntax as a user would write it: `BTreeMap<String, String>`.
pub(crate) fn source(tokens: &impl ToTokens) -> String {
    let mut text = String::new();
    let mut previous = '(';
    for part in tokens.to_token_stream().to_string().split(' ') {
        let first = part.chars().next().unwrap_or(' ');
        let tight = matches!(first, '<' | '>' | ',' | ':' | ')' | ']' | ';')
            || matches!(previous, '<' | '(' | '[' | '&' | ':' | '\'');
        if !text.is_empty() && !tight {
            text.push(' ');
        }
        text.push_str(part);
        previous = part.chars().last().unwrap_or(' ');
    }
    text
}
