//! The attributes themselves: they hand the item on to the hidden derive and take the user's `derive(Debug)` away.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::Options;
use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Meta, Visibility};

/// One of the two attributes.
#[derive(Clone, Copy)]
pub(crate) struct Kind {
    pub(crate) name: &'static str,
    derive: &'static str,
    fits: &'static str,
}

impl Kind {
    /// The message for an item that the attribute does not fit.
    pub(crate) fn misfit(self) -> Message {
        Message::NotAStruct { attribute: self.name.to_owned(), fits: self.fits.to_owned() }
    }
}

pub(crate) const OPERATION: Kind = Kind {
    name: "cognito_op",
    derive: "CognitoOp",
    fits: "a struct with named fields, one for each member of the request",
};

pub(crate) const SHAPE: Kind = Kind {
    name: "cognito_shape",
    derive: "CognitoShape",
    fits: "a struct with named fields, or on an enum of string values",
};

/// The item up to its keyword. The rest is not parsed here, so that half-typed fields reach the derive as they are.
struct Item {
    attrs: Vec<Attribute>,
    vis: Visibility,
    keyword: Option<Ident>,
    rest: TokenStream,
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Ok(Self {
            attrs: input.call(Attribute::parse_outer)?,
            vis: input.parse()?,
            keyword: input.call(Ident::parse_any).ok(),
            rest: input.parse()?,
        })
    }
}

pub(crate) fn emit(kind: Kind, options: &TokenStream, tokens: TokenStream) -> TokenStream {
    let mut diagnostics = Diagnostics::default();
    let emitted = hand_on(kind, options, tokens, &mut diagnostics);
    let errors = diagnostics.into_tokens();
    quote!(#errors #emitted)
}

pub(crate) fn hand_on(
    kind: Kind,
    options: &TokenStream,
    tokens: TokenStream,
    diagnostics: &mut Diagnostics,
) -> TokenStream {
    let item = match syn::parse2::<Item>(tokens.clone()) {
        Ok(item) => item,
        Err(error) => {
            diagnostics.push_syntax(error);
            return tokens;
        }
    };
    let is_type =
        item.keyword.as_ref().is_some_and(|keyword| keyword == "struct" || keyword == "enum" || keyword == "union");
    if !is_type {
        match &item.keyword {
            Some(keyword) => diagnostics.push(keyword, kind.misfit()),
            None => diagnostics.push(&item.rest, kind.misfit()),
        }
        return tokens;
    }

    let mut ignored = Diagnostics::default();
    let parsed = Options::parse(kind, options.clone(), &mut ignored);
    ignored.reported_elsewhere();
    let attrs = item.attrs.into_iter().map(|attr| {
        if parsed.debug {
            without_debug(attr)
        } else {
            if let Some(debug) = derived_debug(&attr) {
                diagnostics.push(debug, Message::DebugKept {});
            }
            attr.into_token_stream()
        }
    });
    let attrs = attrs.collect::<TokenStream>();
    let (vis, keyword, rest) = (item.vis, item.keyword, item.rest);
    let private = parsed.private();
    let derive = Ident::new(kind.derive, proc_macro2::Span::call_site());
    quote! {
        #[derive(#private::#derive)]
        #[__cognito(#options)]
        #attrs
        #vis #keyword #rest
    }
}

/// The paths of `#[derive(…)]`, also of one in a `cfg_attr`, that are `Debug`.
fn derived_debug(attr: &Attribute) -> Option<TokenStream> {
    let Meta::List(list) = &attr.meta else { return None };
    if list.path.is_ident("derive") {
        paths(&list.tokens).into_iter().find(is_debug)
    } else if list.path.is_ident("cfg_attr") {
        let derive = nested_derive(&list.tokens)?;
        paths(&derive).into_iter().find(is_debug)
    } else {
        None
    }
}

/// The attribute without `Debug` among its derives; the redacting implementation takes that place.
fn without_debug(attr: Attribute) -> TokenStream {
    if derived_debug(&attr).is_none() {
        return attr.into_token_stream();
    }
    let Meta::List(list) = &attr.meta else {
        return attr.into_token_stream();
    };
    let path = &list.path;
    if list.path.is_ident("derive") {
        let kept = paths(&list.tokens).into_iter().filter(|path| !is_debug(path));
        return quote!(#[#path(#(#kept),*)]);
    }
    // `cfg_attr(predicate, derive(Debug, …), …)`
    let mut in_derive = false;
    let tokens = list.tokens.clone().into_iter().map(|token| match token {
        TokenTree::Ident(ident) => {
            in_derive = ident == "derive";
            TokenTree::Ident(ident)
        }
        TokenTree::Group(group) if in_derive => {
            in_derive = false;
            let kept = paths(&group.stream()).into_iter().filter(|path| !is_debug(path));
            TokenTree::Group(proc_macro2::Group::new(group.delimiter(), quote!(#(#kept),*)))
        }
        other => {
            in_derive = false;
            other
        }
    });
    let tokens = tokens.collect::<TokenStream>();
    quote!(#[#path(#tokens)])
}

fn nested_derive(tokens: &TokenStream) -> Option<TokenStream> {
    let tokens: Vec<TokenTree> = tokens.clone().into_iter().collect();
    tokens.windows(2).find_map(|pair| match pair {
        [TokenTree::Ident(ident), TokenTree::Group(group)] if ident == "derive" => Some(group.stream()),
        _ => None,
    })
}

fn paths(tokens: &TokenStream) -> Vec<TokenStream> {
    crate::syntax::chunks(tokens.clone())
}

fn is_debug(path: &TokenStream) -> bool {
    path.clone().into_iter().last().is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == "Debug"))
}
