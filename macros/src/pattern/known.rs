//! The classes of the published patterns, which the runtime holds once for a whole program: fields with the same pattern
//! share a table, in whichever module or crate they are.

use super::{Matcher, compile};
use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

/// The runtime's names for them, and each as it is written.
const CLASSES: [(&str, &str); 21] = [
    ("DIGIT", "[0-9]"),
    ("HEX", "[0-9a-fA-F]"),
    ("ALPHANUMERIC", "[A-Za-z0-9]"),
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

pub(super) fn name(class: &str) -> Option<&'static str> {
    CLASSES.iter().find(|(_, text)| *text == class).map(|(name, _)| *name)
}

/// The definitions, for the runtime.
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
