//! The attribute macros. They add the hidden derive to the item and replace the user's `derive(Debug)`.

use crate::diagnostic::{Diagnostics, Message};
use crate::syntax::{AttributeMacro, FieldAttribute, Options, chunks, source};
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
    if attribute == AttributeMacro::Shape && item.keyword.as_ref().is_some_and(|keyword| keyword == "enum") {
        check_serde(&attrs, diagnostics);
    }
    let is_other = is_attributed(&attrs, &item.rest);
    let all_known = attrs.iter().all(is_known);
    let mut debug = DerivedDebug { generated: parsed.debug, is_other, conflicts: false };
    let attrs: TokenStream = attrs.into_iter().map(|attr| debug.check(attr, diagnostics)).collect();
    // The conflicting derive stays, since its attributes on fields would be further errors.
    let without_debug = debug.conflicts.then(|| quote!(, debug = false));
    if let Some(name) = parsed.renamed() {
        diagnostics.push(TokenStream::new(), Message::RenamedCrate { name });
    }
    let (vis, keyword, mut rest) = (item.vis, item.keyword, without_incomplete_fields(item.rest));
    if all_known && keyword.as_ref().is_some_and(|keyword| keyword == "struct") {
        rest = with_marked_attributes(rest);
    }
    let private = parsed.private();
    let derive = Ident::new(attribute.derive(), Span::call_site());
    quote! {
        #[derive(#private::#derive)]
        #[__cognito(#options #without_debug)]
        // The service chooses the names.
        #[allow(clippy::struct_field_names)]
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

/// Wraps field attributes with the names that other crates use, such as `#[length(1)]`, in `#[__cognito(…)]`. The
/// derive then reports them with a suggestion, instead of the compiler.
fn with_marked_attributes(rest: TokenStream) -> TokenStream {
    let marked = |(hash, token): (&TokenTree, &TokenTree)| {
        let TokenTree::Group(group) = token else { return None };
        let attribute = group.stream();
        let Some(TokenTree::Ident(name)) = attribute.clone().into_iter().next() else { return None };
        let is_attribute = matches!(hash, TokenTree::Punct(punct) if punct.as_char() == '#')
            && group.delimiter() == Delimiter::Bracket
            && FieldAttribute::of_foreign(&name).is_some();
        is_attribute.then(|| TokenTree::Group(Group::new(Delimiter::Bracket, quote!(__cognito(#attribute)))))
    };
    let mut tokens: Vec<TokenTree> = rest.into_iter().collect();
    if let Some(TokenTree::Group(body)) = tokens.last_mut()
        && body.delimiter() == Delimiter::Brace
    {
        let mut fields: Vec<TokenTree> = body.stream().into_iter().collect();
        let mut is_changed = false;
        for at in 1..fields.len() {
            if let Some(token) = marked((&fields[at - 1], &fields[at])) {
                fields[at] = token;
                is_changed = true;
            }
        }
        if is_changed {
            let span = body.span();
            *body = Group::new(Delimiter::Brace, fields.into_iter().collect());
            body.set_span(span);
        }
    }
    tokens.into_iter().collect()
}

/// Returns whether an attribute of the item is a known one that reads no field attributes, except those of serde.
fn is_known(attr: &Attribute) -> bool {
    const ATTRIBUTES: [&str; 9] =
        ["allow", "deny", "deprecated", "doc", "expect", "must_use", "non_exhaustive", "repr", "serde"];
    const DERIVES: [&str; 11] = [
        "Clone",
        "Copy",
        "Debug",
        "Default",
        "Deserialize",
        "Eq",
        "Hash",
        "Ord",
        "PartialEq",
        "PartialOrd",
        "Serialize",
    ];
    match &attr.meta {
        Meta::List(list) if is_derive(&list.path) => chunks(list.tokens.clone()).into_iter().all(|derive| {
            let path = syn::parse2::<syn::Path>(derive).ok();
            path.is_some_and(|path| {
                path.segments.last().is_some_and(|last| DERIVES.iter().any(|name| last.ident == name))
            })
        }),
        meta => ATTRIBUTES.iter().any(|name| meta.path().is_ident(name)),
    }
}

/// Checks that a serde derive of an enum uses the values of the service. With an attribute `#[serde(…)]`, the names are the
/// user's choice, but `from` alone does not affect `Serialize`, nor `into` alone `Deserialize`.
fn check_serde(attrs: &[Attribute], diagnostics: &mut Diagnostics) {
    let options = attrs.iter().filter(|attr| attr.path().is_ident("serde")).filter_map(|attr| match &attr.meta {
        Meta::List(list) => Some(chunks(list.tokens.clone())),
        _ => None,
    });
    let options: Vec<String> = options
        .flatten()
        .map(|option| option.into_iter().next().map_or_else(String::new, |first| first.to_string()))
        .collect();
    let is_chosen = |other: &[&str]| options.iter().any(|option| !other.contains(&option.as_str()));
    for attr in attrs {
        let Meta::List(list) = &attr.meta else { continue };
        for derive in chunks(list.tokens.clone()).into_iter().filter(|_| is_derive(&list.path)) {
            let path = syn::parse2::<syn::Path>(derive.clone()).ok();
            let name = path.and_then(|path| path.segments.last().map(|last| last.ident.to_string()));
            match name.as_deref() {
                Some("Serialize") if !is_chosen(&["from", "try_from"]) => {
                    diagnostics.push(derive, Message::SerializedEnum {});
                }
                Some("Deserialize") if !is_chosen(&["into"]) => diagnostics.push(derive, Message::DeserializedEnum {}),
                _ => {}
            }
        }
    }
}

/// The derives called `Debug` on an item.
struct DerivedDebug {
    /// Whether an implementation that redacts is generated.
    generated: bool,
    /// Whether the name `Debug` is that of another crate's derive.
    is_other: bool,
    /// Whether another crate's derive conflicts with the generated implementation.
    conflicts: bool,
}

impl DerivedDebug {
    /// Removes the `Debug` of the standard library from a `#[derive(…)]` where an implementation is generated. A `cfg_attr` has
    /// been expanded before.
    fn check(&mut self, attr: Attribute, diagnostics: &mut Diagnostics) -> TokenStream {
        let list = match &attr.meta {
            Meta::List(list) if is_derive(&list.path) => list,
            _ => return attr.into_token_stream(),
        };
        let (path, mut derives) = (&list.path, chunks(list.tokens.clone()));
        derives.retain(|derive| {
            let Some(debug) = syn::parse2::<syn::Path>(derive.clone()).ok().filter(is_debug) else { return true };
            match (self.is_other || !is_standard(&debug), self.generated) {
                (true, true) => {
                    self.conflicts = true;
                    diagnostics.push(debug, Message::OtherDebug { path: source(derive) });
                    true
                }
                (true, false) => true,
                (false, true) => false,
                (false, false) => {
                    diagnostics.push(debug, Message::DerivedDebug {});
                    true
                }
            }
        });
        quote!(#[#path(#(#derives),*)])
    }
}

/// Returns whether there are attributes `#[debug(…)]`, as other crates have them for their derive of `Debug`.
fn is_attributed(attrs: &[Attribute], rest: &TokenStream) -> bool {
    let mut tokens = rest.clone().into_iter().peekable();
    let mut in_rest = false;
    while let Some(token) = tokens.next() {
        in_rest |= match (token, tokens.peek()) {
            (TokenTree::Punct(punct), Some(TokenTree::Group(group))) if punct.as_char() == '#' => {
                let name = group.stream().into_iter().next();
                matches!(name, Some(TokenTree::Ident(name)) if name == "debug")
            }
            (TokenTree::Group(group), _) => is_attributed(&[], &group.stream()),
            _ => false,
        };
    }
    in_rest || attrs.iter().any(|attr| attr.path().is_ident("debug"))
}

/// Returns whether a path is `derive`, possibly in full.
fn is_derive(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "derive")
}

fn is_attribute_macro(attr: &Attribute) -> bool {
    let last = attr.path().segments.last();
    last.is_some_and(|last| AttributeMacro::ALL.iter().any(|attribute| last.ident == attribute.name()))
}

fn is_debug(path: &syn::Path) -> bool {
    path.segments.last().is_some_and(|last| last.ident == "Debug")
}

/// Returns whether a path to `Debug` is one of the standard library, as far as the path tells.
fn is_standard(path: &syn::Path) -> bool {
    let first = path.segments.first().map(|first| first.ident.to_string());
    path.segments.len() == 1
        || matches!(first.as_deref(), Some("std" | "core"))
        || (path.segments.len() == 2 && first.as_deref() == Some("fmt"))
}

#[cfg(test)]
mod tests {
    use super::with_marked_attributes;
    use crate::tests::diagnose;
    use quote::quote;

    /// Returns the errors about a struct with a derive.
    fn errors(options: &str, derive: &str, field: &str) -> Vec<String> {
        let source = format!(
            "#[cognito_op(target = \"GlobalSignOut\"{options})] #[derive({derive})] struct S {{ {field} access_token: String }}"
        );
        diagnose(&source).1.into_iter().map(|(text, _)| text).collect()
    }

    #[test]
    fn the_debug_of_the_standard_library_is_replaced() {
        for derive in ["Debug", "Clone, Debug", "fmt::Debug", "std::fmt::Debug", "::core::fmt::Debug"] {
            assert_eq!(errors("", derive, ""), [""; 0], "{derive}");
            let kept = errors(", debug = false", derive, "");
            assert!(kept.len() == 1 && kept[0].starts_with("a derived `Debug` shows"), "{kept:?}");
        }
    }

    /// Another macro may read the attribute, so the compiler decides whether it is an error.
    #[test]
    fn attributes_of_other_derives_are_left_alone() {
        let of = |attrs: &str| {
            let source = format!(
                "#[cognito_op(target = \"GlobalSignOut\")] {attrs} struct S {{ #[length(1)] access_token: String }}"
            );
            diagnose(&source).1.len()
        };
        for own in ["", "#[derive(Clone, ::serde::Deserialize)]", "#[serde(default)] #[allow(dead_code)] /** Docs. */"]
        {
            assert_eq!(of(own), 1, "{own}");
        }
        for other in ["#[derive(Clone, Validate)]", "#[derive(own::Measured)]", "#[measured]", "#[own::measured]"] {
            assert_eq!(of(other), 0, "{other}");
        }
    }

    /// The name of a type in brackets is no attribute.
    #[test]
    fn types_with_the_names_of_attributes_of_other_crates_are_kept() {
        let kept = quote!(S { x: Own<[Length; 2]>, y: &'static [regex], #[pattern] z: String });
        assert_eq!(with_marked_attributes(kept.clone()).to_string(), kept.to_string());
        let marked = with_marked_attributes(quote!(S {
            #[regex]
            z: String
        }));
        assert_eq!(
            marked.to_string(),
            quote!(S {
                #[__cognito(regex)]
                z: String
            })
            .to_string()
        );
    }

    #[test]
    fn the_debug_of_another_crate_is_refused_or_kept() {
        for (derive, field) in
            [("Clone, derive_more::Debug", ""), ("::derive_more::Debug", ""), ("Debug", "#[debug(skip)]")]
        {
            let refused = errors("", derive, field);
            assert!(refused.len() == 1 && refused[0].contains("debug = false"), "{refused:?}");
            assert_eq!(errors(", debug = false", derive, field), [""; 0], "{derive}");
        }
    }
}
