//! Patterns, compiled while the macro runs: `dialect` reads the text, `automaton` makes it deterministic, `witness` finds
//! values that tell two of them apart. At run time there is a table left, and a loop over the value.

mod automaton;
mod dialect;
mod known;
mod witness;

pub(crate) use automaton::{Automaton, Table};
pub(crate) use known::known_classes;
pub(crate) use witness::{Length, Witness};

use crate::diagnostic::Message;
use dialect::{Expression, Set};
use proc_macro2::{Literal, TokenStream};
use quote::quote;

/// A pattern as it will be matched, always against the whole value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Matcher {
    Repeated(Repeated),
    Automaton(Automaton),
}

/// One class, repeated: nearly all patterns of the service.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Repeated {
    set: Set,
    pub(crate) min: u32,
    pub(crate) max: Option<u32>,
}

impl Repeated {
    /// The runtime's own name of the class, if it has it.
    pub(crate) fn known(&self) -> Option<&'static str> {
        known::name(&self.set.text)
    }

    pub(crate) fn class(&self) -> Class {
        Class::of(&self.set)
    }

    pub(crate) fn same_class(&self, other: &Self) -> bool {
        self.set.members == other.set.members
    }
}

/// The members of a class: a bit for each ASCII character, and ranges beyond, sorted and inclusive at both ends.
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

    /// What the runtime's constructor takes.
    pub(crate) fn arguments(&self) -> TokenStream {
        let ascii = Literal::u128_unsuffixed(self.ascii);
        let ranges = self.ranges.iter().map(|(start, end)| {
            let (start, end) = (Literal::u32_unsuffixed(*start), Literal::u32_unsuffixed(*end));
            quote!((#start, #end))
        });
        quote!(#ascii, &[#(#ranges),*])
    }
}

/// The published pattern that looks behind, and what it says without that: a value that does not end in a full stop.
const REWRITTEN: [(&str, &str); 1] = [(r"^[0-9A-Za-z\.\-_]*(?<!\.)$", r"(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?")];

/// The longest text that is read, in bytes. The longest published pattern has 150.
const LONGEST: usize = 2_000;

fn expression(pattern: &str) -> Result<Expression, Vec<Message>> {
    if pattern.len() > LONGEST {
        return Err(vec![Message::PatternTooLarge {}]);
    }
    let rewritten = REWRITTEN.iter().find(|(published, _)| *published == pattern);
    dialect::read(rewritten.map_or(pattern, |(_, rewritten)| rewritten))
}

/// Compiles a pattern; the errors are everything that is wrong with it.
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

#[cfg(test)]
mod tests;
