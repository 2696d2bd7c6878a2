//! The options between the parentheses of an attribute.

use super::{chunks, source};
use crate::attribute::{self, Kind};
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream, Parser};
use syn::{Ident, LitBool, LitStr, Path, Token, Type};

/// The options of either attribute; those that only one of them knows stay at their default on the other.
pub(crate) struct Options {
    pub(crate) target: Option<LitStr>,
    /// Whether there is a target, though it may not be readable.
    pub(crate) has_target: bool,
    pub(crate) response: Option<Type>,
    pub(crate) krate: Option<Path>,
    pub(crate) debug: bool,
    pub(crate) unmodeled: bool,
    /// The word `signed`, if it is there.
    pub(crate) signed: Option<Ident>,
    /// Whether it may be sent again, where that is said.
    pub(crate) idempotent: Option<bool>,
    /// The service's name of a shape, where the struct's differs.
    pub(crate) shape: Option<Ident>,
    input: Option<Ident>,
    pub(crate) output: Option<Ident>,
}

impl Options {
    pub(crate) fn parse(kind: Kind, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut options = Self {
            target: None,
            has_target: false,
            response: None,
            krate: None,
            debug: true,
            unmodeled: false,
            signed: None,
            idempotent: None,
            shape: None,
            input: None,
            output: None,
        };
        let mut seen: Vec<String> = Vec::new();
        for chunk in chunks(tokens) {
            if kind.name == attribute::OPERATION.name && syn::parse2::<LitStr>(chunk.clone()).is_ok() {
                let (option, form) = ("target".to_owned(), format!("target = {}", source(&chunk)));
                diagnostics.push(&chunk, Message::OptionForm { option, form });
                seen.push("target".to_owned());
                continue;
            }
            let Ok((name, rest)) = split.parse2(chunk.clone()) else {
                diagnostics.push(&chunk, kind.unknown(&source(&chunk)));
                continue;
            };
            let text = name.to_string();
            if seen.contains(&text) {
                diagnostics.push(&name, Message::DuplicateOption { option: text });
                continue;
            }
            let form = options.set(kind, &name, &rest, diagnostics);
            match form {
                Ok(()) => {}
                Err(form) if form == text => diagnostics.push(&chunk, Message::OptionFlag { option: text.clone() }),
                Err(form) => {
                    let (option, form) = (text.clone(), form.to_owned());
                    diagnostics.push(&chunk, Message::OptionForm { option, form });
                }
            }
            seen.push(text);
        }
        options.has_target = seen.iter().any(|option| option == "target");
        options
    }

    /// Takes one option over, or says how it is written.
    fn set(
        &mut self,
        kind: Kind,
        name: &Ident,
        rest: &TokenStream,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), &'static str> {
        let operation = kind.name == attribute::OPERATION.name;
        match name.to_string().as_str() {
            "target" if operation => self.target = Some(value(rest).ok_or("target = \"ResendConfirmationCode\"")?),
            "response" if operation => self.response = Some(value(rest).ok_or("response = MyResponse")?),
            "crate" => {
                let path: Path = value(rest).ok_or("crate = ::my_name_for_cognito_op")?;
                let anchored = path.leading_colon.is_some()
                    || path.segments.first().is_some_and(|first| first.ident == "crate" || first.ident == "$crate");
                if !anchored {
                    diagnostics.push(&path, Message::RelativeCrate { path: source(&path) });
                }
                self.krate = Some(path);
            }
            "debug" => {
                let debug: LitBool = value(rest).ok_or("debug = false")?;
                self.debug = debug.value;
            }
            "unmodeled" => self.unmodeled = flag(rest).ok_or("unmodeled")?,
            "signed" if operation => self.signed = Some(flag(rest).map(|_| name.clone()).ok_or("signed")?),
            "idempotent" if operation => {
                let idempotent: LitBool = value(rest).ok_or("idempotent = true")?;
                self.idempotent = Some(idempotent.value);
            }
            "input" if !operation => self.input = Some(flag(rest).map(|_| name.clone()).ok_or("input")?),
            "output" if !operation => self.output = Some(flag(rest).map(|_| name.clone()).ok_or("output")?),
            _ if !operation && rest.is_empty() && name.to_string().starts_with(char::is_uppercase) => {
                if self.shape.replace(name.clone()).is_some() {
                    diagnostics.push(name, Message::DuplicateOption { option: "the shape's name".to_owned() });
                }
            }
            other => diagnostics.push(name, kind.unknown(other)),
        }
        Ok(())
    }

    /// Whether a shape can stand in a request: it is said, or neither direction is.
    pub(crate) fn is_input(&self) -> bool {
        self.input.is_some() || self.output.is_none()
    }

    /// Whether a shape can be read from an answer: it is said, or neither direction is.
    pub(crate) fn is_output(&self) -> bool {
        self.output.is_some() || self.input.is_none()
    }

    /// The runtime, as the user's crate names it.
    pub(crate) fn krate(&self) -> TokenStream {
        self.krate.as_ref().map_or_else(|| quote!(::cognito_op), ToTokens::to_token_stream)
    }

    /// The part of the runtime that is there for generated code.
    pub(crate) fn private(&self) -> TokenStream {
        let krate = self.krate();
        quote!(#krate::__private)
    }
}

impl Kind {
    fn unknown(self, option: &str) -> Message {
        let known = if self.name == attribute::OPERATION.name {
            "`target = \"…\"`, `response = Type`, `signed`, `idempotent = true`, `crate = path`, `debug = false` and `unmodeled`"
        } else {
            "the shape's name in the API, `input`, `output`, `crate = path`, `debug = false` and `unmodeled`"
        };
        Message::UnknownOption { option: option.to_owned(), attribute: self.name.to_owned(), known: known.to_owned() }
    }
}

fn split(input: ParseStream<'_>) -> syn::Result<(Ident, TokenStream)> {
    Ok((input.call(Ident::parse_any)?, input.parse()?))
}

/// What follows the `=`.
fn value<T: Parse>(rest: &TokenStream) -> Option<T> {
    let parser = |input: ParseStream<'_>| {
        input.parse::<Token![=]>()?;
        input.parse::<T>()
    };
    parser.parse2(rest.clone()).ok()
}

fn flag(rest: &TokenStream) -> Option<bool> {
    rest.is_empty().then_some(true)
}
