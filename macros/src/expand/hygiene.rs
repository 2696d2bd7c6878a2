//! Quoting with spans of the macro.

/// Works as `quote!` with mixed-site spans: local variables of the generated code and of the user's code cannot see each
/// other.
macro_rules! hygienic {
    ($($tokens:tt)*) => { ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
pub(super) use hygienic;

use proc_macro2::{Group, Span, TokenStream, TokenTree};

/// Gives all tokens spans of the macro, so that lints ignore them.
pub(super) fn respanned(tokens: TokenStream) -> TokenStream {
    let respan = |token| match token {
        TokenTree::Group(group) => TokenTree::Group(Group::new(group.delimiter(), respanned(group.stream()))),
        token => token,
    };
    let with_span = |mut token: TokenTree| {
        token.set_span(Span::mixed_site());
        token
    };
    tokens.into_iter().map(respan).map(with_span).collect()
}
