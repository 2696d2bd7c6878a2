//! The attribute macros. They add the hidden derive to the item and replace the user's `derive(Debug)`.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{AttributeMacro, Options, chunks};
use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Meta, Visibility};

/// The item up to its keyword. The rest is not parsed, so that incomplete fields reach the derive as they are.
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

/// Expands an attribute macro: the item, with the hidden derive.
pub(crate) fn expand(
    attribute: AttributeMacro,
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
            Some(keyword) => diagnostics.push(keyword, attribute.wrong_item()),
            None => diagnostics.push(&item.rest, attribute.wrong_item()),
        }
        return tokens;
    }

    // The derive parses the options again and reports their errors.
    let mut ignored = Diagnostics::default();
    let parsed = Options::parse(attribute, options.clone(), &mut ignored);
    ignored.discard();
    let (seconds, attrs): (Vec<_>, Vec<_>) = item.attrs.into_iter().partition(is_attribute_macro);
    for second in seconds {
        let attribute = second.path().segments.last().map_or_else(String::new, |last| last.ident.to_string());
        diagnostics.push(&second, Message::SecondAttribute { attribute });
    }
    let attrs = attrs.into_iter().map(|attr| {
        if parsed.debug {
            without_debug(attr)
        } else {
            if let Some(debug) = derived_debug(&attr) {
                diagnostics.push(debug, Message::DerivedDebug {});
            }
            attr.into_token_stream()
        }
    });
    let attrs = attrs.collect::<TokenStream>();
    if let Some(name) = parsed.renamed() {
        diagnostics.push(TokenStream::new(), Message::RenamedCrate { name });
    }
    let (vis, keyword, rest) = (item.vis, item.keyword, without_incomplete_fields(item.rest));
    let private = parsed.private();
    let derive = Ident::new(attribute.derive(), Span::call_site());
    quote! {
        #[derive(#private::#derive)]
        #[__cognito(#options)]
        #attrs
        #vis #keyword #rest
    }
}

/// Removes fields whose type is missing. The compiler has reported them already; the other fields and the methods stay.
fn without_incomplete_fields(rest: TokenStream) -> TokenStream {
    let is_complete = |field: &TokenStream| {
        let last = field.clone().into_iter().last();
        !matches!(last, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
    };
    let mut tokens: Vec<TokenTree> = rest.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let fields = chunks(body.stream());
        if !fields.iter().all(is_complete) {
            let complete = fields.into_iter().filter(is_complete);
            *body = Group::new(Delimiter::Brace, quote!(#(#complete,)*));
        }
    }
    tokens.into_iter().collect()
}

/// Returns `Debug` among the paths of a `#[derive(…)]`. A `cfg_attr` has been expanded before.
fn derived_debug(attr: &Attribute) -> Option<TokenStream> {
    let Meta::List(list) = &attr.meta else { return None };
    if is_derive(&list.path) { chunks(list.tokens.clone()).into_iter().find(is_debug) } else { None }
}

/// Removes `Debug` from a `#[derive(…)]`, since an implementation that redacts is generated.
fn without_debug(attr: Attribute) -> TokenStream {
    match &attr.meta {
        Meta::List(list) if derived_debug(&attr).is_some() => {
            let path = &list.path;
            let kept = chunks(list.tokens.clone()).into_iter().filter(|path| !is_debug(path));
            quote!(#[#path(#(#kept),*)])
        }
        _ => attr.into_token_stream(),
    }
}

/// Returns whether a path is `derive`, possibly in full.
fn is_derive(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "derive")
}

fn is_attribute_macro(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| AttributeMacro::ALL.iter().any(|attribute| last.ident == attribute.name()))
}

fn is_debug(path: &TokenStream) -> bool {
    path.clone().into_iter().last().is_some_and(|token| matches!(token, TokenTree::Ident(ident) if ident == "Debug"))
}
