//! The description of the members and the walk over them that writes and checks a request.

use super::hygienic;
use crate::check::{Asked, AutoFill, Constraints, Expected, Head, Member, Structure};
use crate::pattern::{Automaton, Matcher, Repeated, Table};
use crate::syntax::{Bounds, mentions};
use proc_macro2::{Ident, Literal, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote_spanned};
use syn::spanned::Spanned;
use syn::{Generics, Type, parse_quote};

/// Which of the runtime's traits the members need.
#[derive(Clone, Copy)]
pub(super) enum Bound {
    Input,
    Output,
    Debug,
}

impl Bound {
    pub(super) fn path(self) -> TokenStream {
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

/// The generics with a bound on the type of each member for which it depends on a parameter whether it holds.
pub(super) fn bounded(structure: &Structure, bounds: &[Bound]) -> Generics {
    let mut generics = structure.head.generics.clone();
    let paths: Vec<_> = bounds.iter().map(|bound| bound.path()).collect();
    for member in &structure.members {
        let shown = !matches!(bounds, [Bound::Debug]) || !member.sensitive;
        if shown && !structure.head.broken && is_generic(&member.ty, &structure.head.generics) {
            let ty = &member.ty;
            generics.make_where_clause().predicates.push(parse_quote!(#ty: #(#paths)+*));
        }
    }
    generics
}

/// The walk over the members of an input, which writes and checks it.
pub(super) fn walk(structure: &Structure) -> TokenStream {
    let ident = &structure.head.ident;
    let generics = bounded(structure, &[Bound::Input]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let steps = structure.members.iter().enumerate().map(|(index, member)| {
        let (field, index) = (&member.ident, Literal::usize_unsuffixed(index));
        let trait_ = Bound::Input.of(member);
        if member.optional {
            hygienic! {
                match &self.#field {
                    __c::Some(__value) => #trait_::visit(__value, &__members[#index], __visitor),
                    __c::None => __c::Visitor::absent(__visitor, &__members[#index]),
                }
            }
        } else {
            hygienic!(#trait_::visit(&self.#field, &__members[#index], __visitor);)
        }
    });
    let body = if structure.members.is_empty() || structure.head.broken {
        hygienic!(let _ = __visitor;)
    } else {
        hygienic! {
            let __members = <Self as __c::Structure>::MEMBERS;
            #(#steps)*
        }
    };
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputStructure for #ident #type_generics #clause {
            fn visit<__V: __c::Visitor>(&self, __visitor: &mut __V) {
                #body
            }
        }
    }
}

/// What a structure is as the value of a member.
pub(super) fn shape(structure: &Structure) -> TokenStream {
    let name = compared_by(&structure.head);
    hygienic! {
        const SHAPE: __c::Shape = __c::Shape::Structure { name: #name, members: <Self as __c::Structure>::MEMBERS };
    }
}

/// The name that a shape is compared by.
pub(super) fn compared_by(head: &Head) -> TokenStream {
    head.name.as_ref().map_or_else(|| hygienic!(__c::None), |name| hygienic!(__c::Some(#name)))
}

/// A shape as the value of a member.
pub(super) fn input_value(structure: &Structure) -> TokenStream {
    let (ident, shape) = (&structure.head.ident, shape(structure));
    let generics = bounded(structure, &[Bound::Input]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    hygienic! {
        #[automatically_derived]
        impl #impl_generics __c::InputValue for #ident #type_generics #clause {
            #shape
            fn write(&self, __writer: &mut __c::Writer<'_>) {
                __c::write_structure(self, __writer);
            }
            fn check(&self, _: &__c::Constraints, __checker: &mut __c::Checker<'_>) {
                __c::check_structure(self, __checker);
            }
        }
    }
}

/// The members as they are published, constraints and all, and what the compiler is asked about them.
pub(super) fn describe(structure: &Structure, input: bool, response: Option<Question<'_>>) -> TokenStream {
    let ident = &structure.head.ident;
    let bound = if input { Bound::Input } else { Bound::Output };
    let generics = bounded(structure, &[bound]);
    let (impl_generics, type_generics, clause) = generics.split_for_impl();
    let (mut constants, mut members, mut questions) = (Constants::default(), Vec::new(), Vec::new());
    if !structure.head.broken {
        members.extend(structure.members.iter().map(|member| describe_member(member, bound, &mut constants)));
        for member in &structure.members {
            let question = |asked| Question { asked, ty: member.ty.to_token_stream(), bound };
            questions.extend(member.asked.iter().map(question));
        }
        questions.extend(response);
    }
    let consts = constants.tokens;
    let Questions { apart, within, evaluated } = ask(structure, bound, &questions);
    hygienic! {
        #(#consts)*
        #(#apart)*
        #within
        #[automatically_derived]
        impl #impl_generics __c::Structure for #ident #type_generics #clause {
            const MEMBERS: &'static [__c::Member] = {
                #(#evaluated)*
                &[#(#members),*]
            };
        }
    }
}

/// A question to the compiler about a type that stands somewhere as a value of the wire.
pub(super) struct Question<'a> {
    pub(super) asked: &'a Asked,
    pub(super) ty: TokenStream,
    pub(super) bound: Bound,
}

/// The questions as constants: each by itself, so that all answers come at once.
#[derive(Default)]
struct Questions {
    /// Beside the impls.
    apart: Vec<TokenStream>,
    /// In an impl, for types that name its lifetimes or `Self`.
    within: TokenStream,
    /// Where the members are, for types that depend on what only their user knows.
    evaluated: Vec<TokenStream>,
}

fn ask(structure: &Structure, bound: Bound, questions: &[Question<'_>]) -> Questions {
    let head = &structure.head;
    let (mut asked, mut constants) = (Questions::default(), Vec::new());
    let is_generic = head.generics.params.len() > head.generics.lifetimes().count();
    for (index, question) in questions.iter().enumerate() {
        let assertion = assertion(question);
        if !is_generic && !depends_on_impl(&question.ty) {
            asked.apart.push(hygienic!(const _: () = #assertion;));
            continue;
        }
        let name = format_ident!("__ASK_{index}", span = Span::mixed_site());
        constants.push(hygienic!(const #name: () = #assertion;));
        if is_generic {
            asked.evaluated.push(hygienic!(let () = Self::#name;));
        } else {
            let (ident, lifetimes) = (&head.ident, head.generics.lifetimes().map(|_| hygienic!('_)));
            asked.apart.push(hygienic!(const _: () = <#ident<#(#lifetimes),*>>::#name;));
        }
    }
    if !constants.is_empty() {
        let generics = bounded(structure, &[bound]);
        let ((impl_generics, type_generics, clause), ident) = (generics.split_for_impl(), &head.ident);
        asked.within = hygienic!(impl #impl_generics #ident #type_generics #clause { #(#constants)* });
    }
    asked
}

/// Asks whether a type is what it has to be.
fn assertion(question: &Question<'_>) -> TokenStream {
    let Question { asked: Asked { expected, message, entry }, ty, bound } = question;
    let (expected, path) = (expect(expected), bound.path());
    let place = ty.clone().into_iter().next().map_or_else(Span::mixed_site, |token| token.span());
    let place = syn::parse2::<Type>(ty.clone()).map_or(place, |ty| ty.span());
    let span = Span::mixed_site().located_at(place);
    let mut shape = quote_spanned!(span=> &<#ty as #path>::SHAPE);
    if let Some(which) = entry.map(Literal::usize_unsuffixed) {
        shape = quote_spanned!(span=> __c::entry(#shape, #which));
    }
    quote_spanned!(span=> __c::assert!(__c::fits(#shape, &#expected), #message))
}

/// Whether a type names a lifetime or `Self`, which have a meaning only in an impl.
fn depends_on_impl(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| match token {
        TokenTree::Punct(punct) => punct.as_char() == '\'',
        TokenTree::Ident(ident) => ident == "Self",
        TokenTree::Group(group) => depends_on_impl(&group.stream()),
        TokenTree::Literal(_) => false,
    })
}

pub(super) fn expect(expected: &Expected) -> TokenStream {
    match expected {
        Expected::Measured => hygienic!(__c::Expected::Measured),
        Expected::AnyList => hygienic!(__c::Expected::AnyList),
        Expected::AnyMap => hygienic!(__c::Expected::AnyMap),
        Expected::String => hygienic!(__c::Expected::String),
        Expected::Enum(name) => hygienic!(__c::Expected::Enum(#name)),
        Expected::Boolean => hygienic!(__c::Expected::Boolean),
        Expected::Integer => hygienic!(__c::Expected::Integer),
        Expected::Timestamp => hygienic!(__c::Expected::Timestamp),
        Expected::Blob => hygienic!(__c::Expected::Blob),
        Expected::Document => hygienic!(__c::Expected::Document),
        Expected::List(entry) => {
            let entry = expect(entry);
            hygienic!(__c::Expected::List(&#entry))
        }
        Expected::Map(entry) => {
            let entry = expect(entry);
            hygienic!(__c::Expected::Map(&#entry))
        }
        Expected::Structure(names) => hygienic!(__c::Expected::Structure(&[#(#names),*])),
    }
}

/// Whether a type depends on a type or constant parameter.
fn is_generic(ty: &Type, generics: &Generics) -> bool {
    let types = generics.type_params().map(|parameter| &parameter.ident);
    let mut parameters = types.chain(generics.const_params().map(|parameter| &parameter.ident));
    parameters.any(|parameter| mentions(ty, parameter))
}

/// The constants beside a description: each distinct pattern is one table, and entries have constraints of their own.
#[derive(Default)]
struct Constants {
    tokens: Vec<TokenStream>,
    tables: Vec<(Matcher, Ident)>,
}

impl Constants {
    /// The name of the table of a pattern. One that the runtime does not have is a `static`, so that it is there once.
    fn table(&mut self, matcher: &Matcher) -> TokenStream {
        if let Matcher::Repeated(repeated) = matcher
            && let Some(known) = repeated.known()
        {
            let known = format_ident!("{known}", span = Span::mixed_site());
            return hygienic!(__c::class::#known);
        }
        let same = |(table, _): &&(Matcher, Ident)| match (table, matcher) {
            (Matcher::Repeated(table), Matcher::Repeated(repeated)) => table.same_class(repeated),
            (table, matcher) => table == matcher,
        };
        if let Some((_, name)) = self.tables.iter().find(same) {
            return name.to_token_stream();
        }
        let name = format_ident!("__TABLE_{}", self.tables.len(), span = Span::mixed_site());
        self.tokens.push(match matcher {
            Matcher::Repeated(repeated) => class(&name, repeated),
            Matcher::Automaton(automaton) => table(&name, automaton),
        });
        self.tables.push((matcher.clone(), name.clone()));
        name.to_token_stream()
    }

    fn entries(&mut self, constraints: &Constraints) -> Ident {
        let value = self.constraints(constraints);
        let name = format_ident!("__ENTRIES_{}", self.tokens.len(), span = Span::mixed_site());
        self.tokens.push(hygienic!(const #name: &__c::Constraints = &#value;));
        name
    }

    fn constraints(&mut self, constraints: &Constraints) -> TokenStream {
        let mut tokens = hygienic!(__c::Constraints::NONE);
        if let Some(Bounds { min, max }) = constraints.length {
            let (min, max) = (option(min.map(Literal::u64_unsuffixed)), option(max.map(Literal::u64_unsuffixed)));
            tokens.extend(hygienic!(.length(#min, #max)));
        }
        if let Some(pattern) = &constraints.pattern {
            let (text, table) = (&pattern.text, self.table(&pattern.matcher));
            tokens.extend(match &pattern.matcher {
                Matcher::Repeated(repeated) => {
                    let min = Literal::u32_unsuffixed(repeated.min);
                    let max = option(repeated.max.map(Literal::u32_unsuffixed));
                    hygienic!(.repeated(#text, &#table, #min, #max))
                }
                Matcher::Automaton(_) => hygienic!(.automaton(#text, &#table)),
            });
        }
        if let Some(Bounds { min, max }) = constraints.range {
            let (min, max) = (option(min.map(Literal::i64_unsuffixed)), option(max.map(Literal::i64_unsuffixed)));
            tokens.extend(hygienic!(.range(#min, #max)));
        }
        if let Some(entries) = &constraints.entries {
            let entries = self.entries(entries);
            tokens.extend(hygienic!(.entries(#entries)));
        }
        if let Some(keys) = &constraints.keys {
            let keys = self.entries(keys);
            tokens.extend(hygienic!(.keys(#keys)));
        }
        tokens
    }
}

fn class(name: &Ident, repeated: &Repeated) -> TokenStream {
    let arguments = repeated.class().arguments();
    hygienic!(static #name: __c::Class = __c::Class::new(#arguments);)
}

/// The rows of the automaton as the bytes of one literal, which the compiler reads faster than numbers.
fn table(name: &Ident, automaton: &Automaton) -> TokenStream {
    let Automaton { alphabet, .. } = automaton;
    let runs = alphabet.runs.iter().map(|(start, class)| {
        let (start, class) = (Literal::u32_unsuffixed(*start), Literal::usize_unsuffixed(*class));
        hygienic!((#start, #class))
    });
    let Table { rows, start, accepting } = automaton.table();
    let number = Literal::usize_unsuffixed;
    let (entries, width) = (number(rows.len() / 2), number(alphabet.classes));
    let (rows, start, accepting) = (Literal::byte_string(&rows), number(start), number(accepting));
    hygienic! {
        static #name: __c::Automaton = {
            static __ROWS: [__c::u16; #entries] = __c::Automaton::rows(#rows);
            __c::Automaton::new(#width, &__ROWS, #start, #accepting, &[#(#runs),*])
        };
    }
}

fn describe_member(member: &Member, bound: Bound, constants: &mut Constants) -> TokenStream {
    let (name, wire, trait_) = (&member.name, &member.wire, bound.of(member));
    let mut tokens = hygienic!(__c::Member::new(#name, #wire, #trait_::SHAPE));
    if !member.optional {
        tokens.extend(hygienic!(.required()));
    }
    if member.sensitive {
        tokens.extend(hygienic!(.sensitive()));
    }
    match &member.filled {
        Some(AutoFill::SecretHash(_)) => tokens.extend(hygienic!(.auto_fill(__c::AutoFill::SecretHash))),
        Some(AutoFill::SecretHashEntry { key, .. }) => {
            tokens.extend(hygienic!(.auto_fill(__c::AutoFill::SecretHashEntry(#key))));
        }
        Some(AutoFill::ClientSecret(_)) => tokens.extend(hygienic!(.auto_fill(__c::AutoFill::ClientSecret))),
        None => {}
    }
    if !member.constraints.is_empty() {
        let constraints = constants.constraints(&member.constraints);
        tokens.extend(hygienic!(.constrained(#constraints)));
    }
    tokens
}

fn option(value: Option<Literal>) -> TokenStream {
    value.map_or_else(|| hygienic!(__c::None), |value| hygienic!(__c::Some(#value)))
}
