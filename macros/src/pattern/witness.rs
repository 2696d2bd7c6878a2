//! The search for a value of a given length that one pattern matches and another does not.

use super::automaton::{Automaton, DEAD, START};
use super::dialect::Expression;
use super::matcher::{Matcher, Repeated};
use crate::diagnostic::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A number of characters, with inclusive bounds.
#[derive(Clone, Copy, Default)]
pub(crate) struct Length {
    pub(crate) min: u64,
    pub(crate) max: Option<u64>,
}

impl fmt::Display for Length {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {
            Self { min: 1, max: Some(1) } => f.write_str("of one character"),
            Self { min, max: Some(max) } if min == max => write!(f, "of exactly {min} characters"),
            Self { min, max: Some(max) } => write!(f, "of {min} to {max} characters"),
            Self { min: 0, max: None } => f.write_str("of any length"),
            Self { min, max: None } => write!(f, "of at least {min} characters"),
        }
    }
}

/// The result of a search.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// A value that was found. Only the end of a long value is given.
    Value(String),
    None,
    /// The search was given up.
    Unknown,
}

impl Matcher {
    /// Returns whether no value of a length matches.
    pub(crate) fn excludes(&self, length: Length) -> bool {
        match self {
            // A class always has members, so only the length matters.
            Self::Repeated(repeated) => {
                let (_, length) = repeated.unbounded(length);
                length.max.is_some_and(|max| max < length.min)
            }
            Self::Automaton(automaton) => Search::new(automaton, None).run(length) == Witness::None,
        }
    }

    /// Searches a value of a length that `self` matches and `other` does not.
    pub(crate) fn beyond(&self, other: &Self, length: Length) -> Witness {
        // The bounds of a repetition are bounds of the length, so that `[a-z]{1,2048}` needs no table of 2,048 rows.
        let (mine, length) = match self {
            Self::Repeated(repeated) => {
                let (expression, length) = repeated.unbounded(length);
                (Automaton::new(&expression), length)
            }
            Self::Automaton(automaton) => (Ok(automaton.clone()), length),
        };
        match (mine, other.automaton()) {
            (Ok(mine), Ok(other)) => Search::new(&mine, Some(&other)).run(length),
            _ => Witness::Unknown,
        }
    }

    fn automaton(&self) -> Result<Automaton, Message> {
        match self {
            Self::Repeated(repeated) => Automaton::new(&repeated.expression(repeated.min, repeated.max)),
            Self::Automaton(automaton) => Ok(automaton.clone()),
        }
    }
}

impl Repeated {
    fn expression(&self, min: u32, max: Option<u32>) -> Expression {
        Expression::Repeat { of: Box::new(Expression::Set(self.set.clone())), min, max }
    }

    /// Returns the class with an unbounded repetition, and the length that bounds it.
    fn unbounded(&self, length: Length) -> (Expression, Length) {
        let max = [length.max, self.max.map(u64::from)].into_iter().flatten().min();
        (self.expression(0, None), Length { min: length.min.max(self.min.into()), max })
    }
}

/// A state, or a class, of each of the two automata.
type Pair = (usize, usize);

/// A breadth-first search through both automata at once, one character at a time.
struct Search<'a> {
    mine: &'a Automaton,
    other: Option<&'a Automaton>,
    /// An example character for each pair of classes that have a character in common.
    letters: Vec<(Pair, char)>,
}

impl<'a> Search<'a> {
    /// The maximum number of steps, which take a fraction of a second. No pattern of the service comes near it.
    const WORK: usize = 500_000;
    /// The number of characters at the end of a value that are given.
    const SHOWN: usize = 40;

    fn new(mine: &'a Automaton, other: Option<&'a Automaton>) -> Self {
        let theirs = other.map_or(&[(0, 0)][..], |other| &other.alphabet.runs);
        let starts = mine.alphabet.runs.iter().chain(theirs).map(|(start, _)| *start).collect::<BTreeSet<_>>();
        let class = |runs: &[(u32, usize)], c| runs[runs.partition_point(|(start, _)| *start <= c) - 1].1;
        // Letters and digits are the best examples, followed by other visible characters.
        let legible = ('a'..='z').chain('0'..='9').chain('A'..='Z').chain('!'..='~').map(u32::from);
        let mut letters = BTreeMap::new();
        for c in legible.chain(starts) {
            if let Some(example) = char::from_u32(c) {
                letters.entry((class(&mine.alphabet.runs, c), class(theirs, c))).or_insert(example);
            }
        }
        let mut letters: Vec<_> = letters.into_iter().collect();
        letters.sort_by_key(|(_, c)| !c.is_ascii_alphanumeric());
        Self { mine, other, letters }
    }

    fn step(&self, (mine, other): Pair, by: Pair) -> Pair {
        (self.mine.next[mine][by.0], self.other.map_or(DEAD, |automaton| automaton.next[other][by.1]))
    }

    fn is_found(&self, (mine, other): Pair) -> bool {
        self.mine.accepting[mine] && !self.other.is_some_and(|automaton| automaton.accepting[other])
    }

    fn run(&self, length: Length) -> Witness {
        let number = |length: u64| usize::try_from(length).unwrap_or(usize::MAX);
        let (min, max) = (number(length.min), length.max.map_or(usize::MAX, number));
        // The pairs of states that values of each length lead to.
        let mut layers = vec![BTreeSet::from([(START, START)])];
        let mut known = BTreeMap::from([(layers[0].clone(), 0)]);
        let mut work = 0;
        let repeats_from = loop {
            let (length, last) = (layers.len() - 1, &layers[layers.len() - 1]);
            if (min..=max).contains(&length)
                && let Some(pair) = last.iter().find(|pair| self.is_found(**pair))
            {
                return self.value(*pair, length, |length| &layers[length]);
            }
            work += last.len() * self.letters.len();
            if work > Self::WORK {
                return Witness::Unknown;
            }
            let steps = last.iter().flat_map(|pair| self.letters.iter().map(|(by, _)| self.step(*pair, *by)));
            let next: BTreeSet<Pair> = steps.filter(|(mine, _)| *mine != DEAD).collect();
            // The number of sets of pairs is finite, so that they repeat from some length on.
            if let Some(from) = known.get(&next) {
                break *from;
            }
            known.insert(next.clone(), layers.len());
            layers.push(next);
        };
        // All later layers repeat the last period; its layers are searched from the minimum length on.
        let period = layers.len() - repeats_from;
        let at = |length: usize| match length.checked_sub(repeats_from) {
            Some(beyond) => &layers[repeats_from + beyond % period],
            None => &layers[length],
        };
        let beyond = min.max(layers.len());
        let found = (beyond..beyond.saturating_add(period)).take_while(|length| *length <= max).find_map(|length| {
            let pair = at(length).iter().copied().find(|pair| self.is_found(*pair))?;
            Some((length, pair))
        });
        found.map_or(Witness::None, |(length, pair)| self.value(pair, length, at))
    }

    /// Reconstructs, from its end, a value that leads to a pair.
    fn value<'l>(&self, mut pair: Pair, length: usize, at: impl Fn(usize) -> &'l BTreeSet<Pair>) -> Witness {
        let mut value = Vec::new();
        for length in (length.saturating_sub(Self::SHOWN)..length).rev() {
            let mut before =
                at(length).iter().flat_map(|before| self.letters.iter().map(move |(by, c)| (*before, *by, *c)));
            let Some((before, _, c)) = before.find(|(before, by, _)| self.step(*before, *by) == pair) else {
                return Witness::Unknown;
            };
            value.push(c);
            pair = before;
        }
        if length > Self::SHOWN {
            value.push('…');
        }
        Witness::Value(value.into_iter().rev().collect())
    }
}
