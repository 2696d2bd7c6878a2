//! The constants beside the description of a structure: tables of patterns and constraints of entries.

use super::hygiene::hygienic;
use crate::check::{Bounds, Constraints};
use crate::pattern::{Automaton, Matcher, Repeated, Table, known_class};
use proc_macro2::{Ident, Literal, Span, TokenStream};
use quote::{ToTokens, format_ident};

/// The constants of one structure. Patterns with the same matcher share a table.
#[derive(Default)]
pub(super) struct Constants {
    pub(super) tokens: Vec<TokenStream>,
    tables: Vec<(Matcher, Ident)>,
}

impl Constants {
    /// Returns the path of the table of a pattern: one of the runtime, or a `static` beside the description.
    fn table(&mut self, matcher: &Matcher) -> TokenStream {
        if let Matcher::Repeated(repeated) = matcher
            && let Some(known) = known_class(repeated)
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

    pub(super) fn constraints(&mut self, constraints: &Constraints) -> TokenStream {
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

/// Expands the rows of an automaton as one byte string, which the compiler parses faster than numbers.
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

fn option(value: Option<Literal>) -> TokenStream {
    value.map_or_else(|| hygienic!(__c::None), |value| hygienic!(__c::Some(#value)))
}
