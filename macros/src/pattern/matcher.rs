//! Compiled patterns.

use super::automaton::Automaton;
use super::dialect::{self, Expression, Set};
use crate::diagnostic::Message;
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A compiled pattern, which is matched against the whole value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Matcher {
    Repeated(Repeated),
    Automaton(Automaton),
}

/// One repeated class, as in nearly all patterns of the service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Repeated {
    pub(super) set: Set,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
}

impl Repeated {
    pub(crate) fn class(&self) -> Class {
        Class::of(&self.set)
    }

    pub(crate) fn same_class(&self, other: &Self) -> bool {
        self.set.members == other.set.members
    }
}

/// The members of a class: a bit for each ASCII character, and sorted, inclusive ranges of other characters.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Class {
    pub(crate) ascii: u128,
    pub(crate) ranges: Vec<(u32, u32)>,
}

impl Class {
    fn of(set: &Set) -> Self {
        let mut class = Self { ascii: 0, ranges: Vec::new() };
        for range in set.members.ranges() {
            let (start, end) = (u32::from(range.start()), u32::from(range.end()));
            for ascii in start..=end.min(0x7f) {
                class.ascii |= 1 << ascii;
            }
            if end > 0x7f {
                class.ranges.push((start.max(0x80), end));
            }
        }
        class
    }

    /// Returns the arguments of the constructor in the runtime.
    pub(crate) fn arguments(&self) -> TokenStream {
        let ascii = Literal::u128_unsuffixed(self.ascii);
        let ranges = self.ranges.iter().map(|(start, end)| {
            let (start, end) = (Literal::u32_unsuffixed(*start), Literal::u32_unsuffixed(*end));
            quote!((#start, #end))
        });
        quote!(#ascii, &[#(#ranges),*])
    }
}

/// The published pattern with look-behind, and the same without: a value that does not end in a full stop.
const REWRITTEN: [(&str, &str); 1] = [(r"^[0-9A-Za-z\.\-_]*(?<!\.)$", r"(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];

/// The maximum length of a pattern in bytes. The longest published one has 150.
const MAX_LENGTH: usize = 2_000;

fn expression(pattern: &str) -> Result<Expression, Vec<Message>> {
    if pattern.len() > MAX_LENGTH {
        return Err(vec![Message::PatternTooLarge {}]);
    }
    let rewritten = REWRITTEN.iter().find(|(published, _)| *published == pattern);
    dialect::parse(rewritten.map_or(pattern, |(_, rewritten)| rewritten))
}

/// Compiles a pattern, or returns all errors in it.
pub(crate) fn compile(pattern: &str) -> Result<Matcher, Vec<Message>> {
    let expression = match expression(pattern)? {
        Expression::Set(set) => return Ok(Matcher::Repeated(Repeated { set, min: 1, max: Some(1) })),
        Expression::Repeat { of, min, max } => match *of {
            Expression::Set(set) => return Ok(Matcher::Repeated(Repeated { set, min, max })),
            of => Expression::Repeat { of: Box::new(of), min, max },
        },
        expression => expression,
    };
    Automaton::new(&expression).map(Matcher::Automaton).map_err(|message| vec![message])
}
