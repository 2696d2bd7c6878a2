//! A value of a given length that one pattern matches, and another does not.

use super::Matcher;
use super::automaton::{Automaton, DEAD, START};
use super::dialect::Expression;
use crate::diagnostic::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// How many characters; both ends are inclusive.
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
            Self { min, max: None } => write!(f, "of at least {min} characters"),
        }
    }
}

/// Whether there is such a value.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Witness {
    /// Such as this; of a long one, the end.
    Value(String),
    None,
    /// It would take too long to tell.
    Unknown,
}

impl Matcher {
    /// Whether no value of that length matches.
    pub(crate) fn excludes(&self, length: Length) -> bool {
        match self {
            // Its class has members.
            Self::Repeated(repeated) => {
                let (_, length) = repeated.free(length);
                length.max.is_some_and(|max| max < length.min)
            }
            Self::Automaton(automaton) => Search::new(automaton, None).run(length) == Witness::None,
        }
    }

    /// A value of that length that this matches and the other does not.
    pub(crate) fn beyond(&self, other: &Self, length: Length) -> Witness {
        // How often a class is repeated is a matter of length, so that `[a-z]{1,2048}` needs no table of 2,048 rows.
        let (mine, length) = match self {
            Self::Repeated(repeated) => {
                let (expression, length) = repeated.free(length);
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

impl super::Repeated {
    fn expression(&self, min: u32, max: Option<u32>) -> Expression {
        Expression::Repeat { of: Box::new(Expression::Set(self.set.clone())), min, max }
    }

    /// The class as often as one likes, and how often that is.
    fn free(&self, length: Length) -> (Expression, Length) {
        let max = [length.max, self.max.map(u64::from)].into_iter().flatten().min();
        (self.expression(0, None), Length { min: length.min.max(self.min.into()), max })
    }
}

/// A state of the one automaton, and of the other.
type Pair = (usize, usize);

/// Goes through both automata at once, a character at a time.
struct Search<'a> {
    mine: &'a Automaton,
    other: Option<&'a Automaton>,
    /// For each pair of classes that some character is in, the character.
    letters: Vec<(Pair, char)>,
}

impl<'a> Search<'a> {
    /// How many steps are taken at most: a fraction of a second, which no pattern of the service comes near.
    const WORK: usize = 500_000;
    /// Of a longer value the end is shown.
    const SHOWN: usize = 40;

    fn new(mine: &'a Automaton, other: Option<&'a Automaton>) -> Self {
        let theirs = other.map_or(&[(0, 0)][..], |other| &other.alphabet.runs);
        let starts = mine.alphabet.runs.iter().chain(theirs).map(|(start, _)| *start).collect::<BTreeSet<_>>();
        let class = |runs: &[(u32, usize)], c| runs[runs.partition_point(|(start, _)| *start <= c) - 1].1;
        // Letters and digits are the best examples, then what can be seen at all.
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
        // The pairs that values of each length lead to.
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
            // There are finitely many, so that they repeat from some length on.
            if let Some(from) = known.get(&next) {
                break *from;
            }
            known.insert(next.clone(), layers.len());
            layers.push(next);
        };
        // Whatever comes later is like one of the last period, of which the first that is long enough is looked for.
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

    /// A value that leads to a pair, put together backwards.
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
