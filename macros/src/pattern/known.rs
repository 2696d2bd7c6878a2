//! The classes of the published patterns. The runtime has their tables, so that all fields of a program with the same class
//! share one.

use super::matcher::{Matcher, Repeated, compile};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The names of the classes in the runtime, and their text in the patterns.
const CLASSES: [(&str, &str); 22] = [
    ("DIGIT", "[0-9]"),
    ("HEX", "[0-9a-fA-F]"),
    ("ALPHANUMERIC", "[A-Za-z0-9]"),
    ("LOWER_ALPHANUMERIC", "[a-z0-9]"),
    ("TOKEN", "[A-Za-z0-9-_=.]"),
    ("TOKEN_OR_BASE64", "[A-Za-z0-9-_+/=.]"),
    ("WORD", r"[\w]"),
    ("WORD_HYPHEN", "[a-zA-Z0-9_-]"),
    ("WORD_HYPHEN_SPACE", r"[\w\- ]"),
    ("WORD_PLUS", r"[\w+]"),
    ("WORD_PLUS_HYPHEN", r"[\w+-]"),
    ("WORD_BASE64", r"[\w+=/]"),
    ("WORD_PATH", r"[\w\s+=,.@-]"),
    ("WORD_ADDRESS", r"[\w\s+=.@-]"),
    ("NOT_SPACE", r"[\S]"),
    ("SCOPE", r"[\x21\x23-\x5B\x5D-\x7E]"),
    ("SCOPE_NO_SLASH", r"[\x21\x23-\x2E\x30-\x5B\x5D-\x7E]"),
    ("VISIBLE", r"[\p{L}\p{M}\p{S}\p{N}\p{P}]"),
    ("VISIBLE_SPACE", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s]"),
    ("VISIBLE_SPACE_STAR", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]"),
    ("VISIBLE_LINES", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\t\n\r ]"),
    ("VISIBLE_SEPARATOR", r"[\p{L}\p{M}\p{S}\p{N}\p{P}\p{Z}]"),
];

/// Returns the name of a class in the runtime, if it is a published one.
pub(crate) fn known_class(repeated: &Repeated) -> Option<&'static str> {
    CLASSES.iter().find(|(_, text)| *text == repeated.set.text).map(|(name, _)| *name)
}

/// Returns the definitions of the classes, for the runtime.
pub(crate) fn known_classes() -> TokenStream {
    let definition = |(name, text): &(&str, &str)| {
        let Ok(Matcher::Repeated(repeated)) = compile(text) else { return TokenStream::new() };
        let (name, doc, class) =
            (Ident::new(name, Span::call_site()), format!("`{text}`"), repeated.class().arguments());
        quote! {
            #[doc = #doc]
            pub static #name: Class = Class::new(#class);
        }
    };
    CLASSES.iter().map(definition).collect()
}
