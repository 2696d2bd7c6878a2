//! Patterns, compiled while the macro runs: `dialect` parses the text, `automaton` makes it deterministic, and `witness` finds
//! values that one pattern matches and another does not. The runtime has only tables and a loop over the value.

mod automaton;
mod dialect;
mod known;
mod matcher;
mod witness;

pub(crate) use automaton::{Automaton, Table};
pub(crate) use known::{known_class, known_classes};
pub(crate) use matcher::{Matcher, Repeated, compile};
pub(crate) use witness::{Length, Witness};

#[cfg(test)]
mod tests;
