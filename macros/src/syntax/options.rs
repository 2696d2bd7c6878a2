//! The options in the parentheses of an attribute macro.

use super::attribute_macro::AttributeMacro;
use super::crate_name;
use super::tokens::{assigned, chunks, name_and_rest, source};
use crate::diagnostic::{Diagnostics, Message};
use proc_macro2::{Span, TokenStream};
use quote::{ToTokens, quote};
use syn::{Ident, LitBool, LitStr, Path, Type};

/// The options of either attribute. Options that an attribute does not have keep their default.
pub(crate) struct Options {
    /// A token with the span of the attribute.
    pub(crate) at: TokenStream,
    pub(crate) target: Option<LitStr>,
    /// Whether there is a target, possibly a malformed one.
    pub(crate) has_target: bool,
    pub(crate) response: Option<Type>,
    krate: Option<Path>,
    pub(crate) debug: bool,
    pub(crate) unmodeled: bool,
    /// The word `signed`.
    pub(crate) signed: Option<Ident>,
    /// The word `paginated`.
    pub(crate) paginated: Option<Ident>,
    pub(crate) idempotent: Option<bool>,
    /// The name of the shape in the API.
    pub(crate) shape: Option<Ident>,
    input: Option<Ident>,
    pub(crate) output: Option<Ident>,
}

/// The direction in which a shape is sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// In requests.
    Input,
    /// In responses.
    Output,
    Both,
}

impl Options {
    pub(crate) fn parse(attribute: AttributeMacro, tokens: TokenStream, diagnostics: &mut Diagnostics) -> Self {
        let mut options = Self {
            at: TokenStream::new(),
            target: None,
            has_target: false,
            response: None,
            krate: None,
            debug: true,
            unmodeled: false,
            signed: None,
            paginated: None,
            idempotent: None,
            shape: None,
            input: None,
            output: None,
        };
        let mut seen: Vec<String> = Vec::new();
        for chunk in chunks(tokens) {
            if let Some(target) = bare_target(&chunk).filter(|_| attribute == AttributeMacro::Operation) {
                let (option, form) = ("target".to_owned(), format!("target = {target}"));
                diagnostics.push(&chunk, Message::OptionForm { option, form });
                seen.push("target".to_owned());
                continue;
            }
            let Some((name, rest)) = name_and_rest(chunk.clone()) else {
                diagnostics.push(&chunk, attribute.unknown_option(&source(&chunk)));
                continue;
            };
            let text = name.to_string();
            if seen.contains(&text) {
                diagnostics.push(&name, Message::DuplicateOption { option: text });
                continue;
            }
            match options.set(attribute, &name, rest, diagnostics) {
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

    /// Sets one option, or returns the form in which it must be written.
    fn set(
        &mut self,
        attribute: AttributeMacro,
        name: &Ident,
        rest: TokenStream,
        diagnostics: &mut Diagnostics,
    ) -> Result<(), &'static str> {
        let is_operation = attribute == AttributeMacro::Operation;
        match name.to_string().as_str() {
            "target" if is_operation => {
                self.target = Some(assigned(rest).ok_or("target = \"ResendConfirmationCode\"")?);
            }
            "response" if is_operation => self.response = Some(assigned(rest).ok_or("response = MyResponse")?),
            "crate" => {
                let path: Path = assigned(rest).ok_or("crate = ::my_name_for_cognito_op")?;
                let is_absolute = path.leading_colon.is_some()
                    || path.segments.first().is_some_and(|first| first.ident == "crate" || first.ident == "$crate");
                if !is_absolute {
                    diagnostics.push(&path, Message::RelativeCrate { path: source(&path) });
                }
                self.krate = Some(path);
            }
            "debug" => {
                let debug: LitBool = assigned(rest).ok_or("debug = false")?;
                self.debug = debug.value;
            }
            "unmodeled" => {
                flag(name, &rest).ok_or("unmodeled")?;
                self.unmodeled = true;
            }
            "signed" if is_operation => self.signed = Some(flag(name, &rest).ok_or("signed")?),
            "paginated" if is_operation => self.paginated = Some(flag(name, &rest).ok_or("paginated")?),
            "idempotent" if is_operation => {
                let idempotent: LitBool = assigned(rest).ok_or("idempotent = true")?;
                self.idempotent = Some(idempotent.value);
            }
            "input" if !is_operation => self.input = Some(flag(name, &rest).ok_or("input")?),
            "output" if !is_operation => self.output = Some(flag(name, &rest).ok_or("output")?),
            shape if !is_operation && rest.is_empty() && shape.starts_with(char::is_uppercase) => {
                if self.shape.replace(name.clone()).is_some() {
                    diagnostics.push(name, Message::DuplicateShape { shape: shape.to_owned() });
                }
            }
            other => diagnostics.push(name, attribute.unknown_option(other)),
        }
        Ok(())
    }

    /// The direction of a shape: as written, or both by default.
    pub(crate) fn direction(&self) -> Direction {
        match (&self.input, &self.output) {
            (Some(_), None) => Direction::Input,
            (None, Some(_)) => Direction::Output,
            _ => Direction::Both,
        }
    }

    /// Returns the path of the runtime in the user's crate, if it is not `cognito_op` and the option `crate` is missing.
    pub(crate) fn renamed(&self) -> Option<String> {
        if self.krate.is_none() { crate_name::renamed() } else { None }
    }

    /// Returns the path of the runtime crate in the user's crate.
    pub(crate) fn krate(&self) -> TokenStream {
        match (&self.krate, self.renamed()) {
            (Some(path), _) => path.to_token_stream(),
            // The attribute reports the missing option. With the right path, there are no further errors.
            (None, Some(name)) => {
                let names = name.split("::").map(|name| Ident::new(name, Span::call_site()));
                quote!(#(::#names)*)
            }
            (None, None) => quote!(::cognito_op),
        }
    }

    /// The path of the runtime's module for generated code.
    pub(crate) fn private(&self) -> TokenStream {
        let krate = self.krate();
        quote!(#krate::__private)
    }
}

/// Returns the string literal of a target without `target =`. The target may also be an identifier that begins with an
/// uppercase letter.
fn bare_target(chunk: &TokenStream) -> Option<String> {
    let name = syn::parse2::<Ident>(chunk.clone()).ok().map(|name| name.to_string());
    match name.filter(|name| name.starts_with(char::is_uppercase)) {
        Some(name) => Some(format!("\"{name}\"")),
        None => syn::parse2::<LitStr>(chunk.clone()).ok().map(|literal| source(&literal)),
    }
}

/// Returns the name of an option that has no value.
fn flag(name: &Ident, rest: &TokenStream) -> Option<Ident> {
    rest.is_empty().then(|| name.clone())
}
