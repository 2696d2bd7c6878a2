//! The description of the members and the walk over them that writes and checks a request.

use super::hygienic;
use crate::check::{Member, Structure};
use crate::pattern::Matcher;
use crate::syntax::Length;
use proc_macro2::{Literal, Span, TokenStream};
use quote::{ToTokens, quote_spanned};
use syn::{Generics, parse_quote};

/// Which of the runtime's traits the members need.
#[derive(Clone, Copy)]
pub(super) enum Bound {
    Input,
    Output,
    Debug,
}

impl Bound {
    fn path(self) -> TokenStream {
        match self {
            Self::Input => hygienic!(__c::InputValue),
            Self::Output => hygienic!(__c::OutputValue),
            Self::Debug => hygienic!(__c::fmt::Debug),
        }
    }

    /// `<Type as Trait>`, with the type's own place: what the compiler has to say about the type points there, and says it
    /// once however often it is needed.
    pub(super) fn of(self, member: &Member) -> TokenStream {
        let (ty, path) = (&member.ty, self.path());
        quote_spanned!(Span::mixed_site().located_at(member.type_span())=> <#ty as #path>)
    }
}

/// The generics with a bound on the type of each member, where there are type parameters for one to hold or not.
pub(super) fn bounded(structure: &Structure, bound: Bound) -> Generics {
    let mut generics = structure.generics.clone();
    if generics.type_params().next().is_some() && !structure.broken {
        let path = bound.path();
        let shown = |member: &&Member| !matches!(bound, Bound::Debug) || !member.sensitive;
        let types: Vec<_> = structure.members.iter().filter(shown).map(|member| &member.ty).collect();
        let clause = generics.make_where_clause();
        for ty in types {
            clause.predicates.push(parse_quote!(#ty: #path));
        }
    }
    generics
}

/// The walk over the members of an input, which writes and checks it.
pub(super) fn walk(structure: &Structure) -> TokenStream {
    let ident = &structure.ident;
    let generics = bounded(structure, Bound::Input);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let steps = structure.members.iter().enumerate().map(|(index, member)| {
        let (field, index) = (&member.ident, Literal::usize_unsuffixed(index));
        let trait_ = Bound::Input.of(member);
        if member.optional {
            hygienic! {
                match &self.#field {
                    __c::Some(value) => #trait_::visit(value, &members[#index], visitor),
                    __c::None => __c::Visitor::absent(visitor, &members[#index]),
                }
            }
        } else {
            hygienic!(#trait_::visit(&self.#field, &members[#index], visitor);)
        }
    });
    let body = if structure.members.is_empty() || structure.broken {
        hygienic!(let _ = visitor;)
    } else {
        hygienic! {
            let members = <Self as __c::Structure>::MEMBERS;
            #(#steps)*
        }
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputStructure for #ident #type_generics #clause {
            fn visit<__V: __c::Visitor>(&self, visitor: &mut __V) {
                #body
            }
        }
    }
}

/// A shape as the value of a member.
pub(super) fn input_value(structure: &Structure) -> TokenStream {
    let ident = &structure.ident;
    let generics = bounded(structure, Bound::Input);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputValue for #ident #type_generics #clause {
            const SHAPE: __c::Shape = __c::Shape::Structure(<Self as __c::Structure>::MEMBERS);
            fn write(&self, writer: &mut __c::Writer<'_>) {
                __c::write_structure(self, writer);
            }
            fn check(&self, _: &__c::Constraints, checker: &mut __c::Checker<'_>) {
                __c::check_structure(self, checker);
            }
        }
    }
}

/// The members as they are published, constraints and all.
pub(super) fn describe(structure: &Structure, input: bool) -> TokenStream {
    let ident = &structure.ident;
    let bound = if input { Bound::Input } else { Bound::Output };
    let generics = bounded(structure, bound);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let mut classes = Classes::default();
    let mut members = Vec::new();
    if !structure.broken {
        members.extend(structure.members.iter().map(|member| describe_member(member, bound, &mut classes)));
    }
    let consts = classes.0.iter().enumerate().map(|(index, matcher)| class(index, matcher));
    hygienic! {
        #(#consts)*
        #[automatically_derived]
        impl #impl_generics __c::Structure for #ident #type_generics #clause {
            const MEMBERS: &'static [__c::Member] = &[#(#members),*];
        }
    }
}

/// The distinct classes of a structure, each of which is one table.
#[derive(Default)]
struct Classes(Vec<Matcher>);

impl Classes {
    fn index(&mut self, matcher: &Matcher) -> usize {
        let same = |known: &Matcher| known.ascii == matcher.ascii && known.ranges == matcher.ranges;
        self.0.iter().position(same).unwrap_or_else(|| {
            self.0.push(matcher.clone());
            self.0.len() - 1
        })
    }
}

fn class_name(index: usize) -> proc_macro2::Ident {
    quote::format_ident!("__CLASS_{index}", span = Span::mixed_site())
}

fn class(index: usize, matcher: &Matcher) -> TokenStream {
    let name = class_name(index);
    let ascii = Literal::u128_unsuffixed(matcher.ascii);
    let bounds = matcher.ranges.iter().map(|(start, end)| {
        let (start, end) = (Literal::u32_unsuffixed(*start), Literal::u32_unsuffixed(*end));
        hygienic!((#start, #end))
    });
    hygienic!(const #name: &__c::Class = &__c::Class::new(#ascii, &[#(#bounds),*]);)
}

fn describe_member(member: &Member, bound: Bound, classes: &mut Classes) -> TokenStream {
    let (name, wire, trait_) = (&member.name, &member.wire, bound.of(member));
    let mut tokens = hygienic!(__c::Member::new(#name, #wire, #trait_::SHAPE));
    if !member.optional {
        tokens.extend(hygienic!(.required()));
    }
    if member.sensitive {
        tokens.extend(hygienic!(.sensitive()));
    }
    if member.secret_hash.is_some() {
        tokens.extend(hygienic!(.secret_hash()));
    }
    if let Some(Length { min, max }) = member.length {
        let (min, max) = (option(min), option(max));
        tokens.extend(hygienic!(.length(#min, #max)));
    }
    if let Some(pattern) = &member.pattern {
        let text = &pattern.text;
        let class = class_name(classes.index(&pattern.matcher));
        let min = Literal::u32_unsuffixed(pattern.matcher.min);
        let max = option(pattern.matcher.max);
        tokens.extend(hygienic!(.pattern(#text, #class, #min, #max)));
    }
    tokens
}

fn option<T: Into<u64>>(value: Option<T>) -> TokenStream {
    match value {
        Some(value) => {
            let value = Literal::u64_unsuffixed(value.into());
            hygienic!(__c::Some(#value))
        }
        None => hygienic!(__c::None).into_token_stream(),
    }
}
