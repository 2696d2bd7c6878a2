//! Quoting with spans of the macro.

/// Works as `quote!` with mixed-site spans: local variables of the generated code and of the user's code cannot see each
/// other.
macro_rules! hygienic {
    ($($tokens:tt)*) => { ::quote::quote_spanned!(::proc_macro2::Span::mixed_site()=> $($tokens)*) };
}
pub(super) use hygienic;
