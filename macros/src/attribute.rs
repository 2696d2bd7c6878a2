//! The attributes themselves: they hand the item on to the hidden derive and take the user's `derive(Debug)` away.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::Options;
use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};
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
    let (seconds, attrs): (Vec<_>, Vec<_>) = item.attrs.into_iter().partition(is_ours);
    for second in seconds {
        let attribute = second.path().segments.last().map_or_else(String::new, |last| last.ident.to_string());
        diagnostics.push(&second, Message::SecondAttribute { attribute });
    }
    let attrs = attrs.into_iter().map(|attr| {
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
    let (vis, keyword, rest) = (item.vis, item.keyword, without_half_typed(item.rest));
    let private = parsed.private();
    let derive = Ident::new(kind.derive, proc_macro2::Span::call_site());
    quote! {
        #[derive(#private::#derive)]
        #[__cognito(#options)]
        #attrs
        #vis #keyword #rest
    }
}

/// The item without the fields whose type is not there yet. The compiler has said so already; the others and the methods stay.
fn without_half_typed(rest: TokenStream) -> TokenStream {
    let whole = |field: &TokenStream| {
        let last = field.clone().into_iter().last();
        !matches!(last, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
    };
    let mut tokens: Vec<TokenTree> = rest.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let fields = crate::syntax::chunks(body.stream());
        if !fields.iter().all(whole) {
            let kept = fields.into_iter().filter(whole);
            *body = Group::new(Delimiter::Brace, quote!(#(#kept,)*));
        }
    }
    tokens.into_iter().collect()
}

/// `Debug` among the paths of a `#[derive(…)]`. One in a `cfg_attr` has been expanded before this is.
fn derived_debug(attr: &Attribute) -> Option<TokenStream> {
    let Meta::List(list) = &attr.meta else { return None };
    if is_derive(&list.path) { paths(&list.tokens).into_iter().find(is_debug) } else { None }
}

/// The attribute without `Debug` among its derives; the redacting implementation takes that place.
fn without_debug(attr: Attribute) -> TokenStream {
    match &attr.meta {
        Meta::List(list) if derived_debug(&attr).is_some() => {
            let path = &list.path;
            let kept = paths(&list.tokens).into_iter().filter(|path| !is_debug(path));
            quote!(#[#path(#(#kept),*)])
        }
        _ => attr.into_token_stream(),
    }
}

/// `derive`, also by its full path.
fn is_derive(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "derive")
}

/// Whether it is one of the two attributes.
fn is_ours(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| last.ident == OPERATION.name || last.ident == SHAPE.name)
}

fn paths(tokens: &TokenStream) -> Vec<TokenStream> {
    crate::syntax::chunks(tokens.clone())
}

fn is_debug(path: &TokenStream) -> bool {
    path.clone().into_iter().last().is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == "Debug"))
}
