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
    /// No pattern of the service comes near it.
    const LAYERS: usize = 20_000;
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
        // The pairs that values of each length lead to. They repeat from some length on, since there are finitely many.
        let mut layers = vec![BTreeSet::from([(START, START)])];
        let mut known = BTreeMap::from([(layers[0].clone(), 0)]);
        let repeats_from = loop {
            let last = &layers[layers.len() - 1];
            let next: BTreeSet<Pair> = last
                .iter()
                .flat_map(|pair| self.letters.iter().map(|(by, _)| self.step(*pair, *by)))
                .filter(|(mine, _)| *mine != DEAD)
                .collect();
            if let Some(from) = known.get(&next) {
                break *from;
            }
            if layers.len() == Self::LAYERS {
                return Witness::Unknown;
            }
            known.insert(next.clone(), layers.len());
            layers.push(next);
        };
        let period = layers.len() - repeats_from;
        let at = |length: usize| {
            let repeated = length.checked_sub(repeats_from).map(|beyond| repeats_from + beyond % period);
            &layers[repeated.unwrap_or(length)]
        };
        let Ok(min) = usize::try_from(length.min) else { return Witness::Unknown };
        // Beyond one period after the layers begin to repeat, nothing new comes.
        let end = min.max(repeats_from) + period;
        let max = length.max.and_then(|max| usize::try_from(max).ok()).map_or(end, |max| max.min(end));
        let found = (min..=max).find_map(|length| {
            let pair = at(length).iter().copied().find(|pair| self.is_found(*pair))?;
            Some((length, pair))
        });
        let Some((length, mut pair)) = found else { return Witness::None };
        // Backwards, from where it is accepted.
        let mut value = Vec::new();
        for length in (length.saturating_sub(Self::SHOWN)..length).rev() {
            let before =
                at(length).iter().flat_map(|before| self.letters.iter().map(move |(by, c)| (*before, *by, *c)));
            let Some((before, _, c)) = before.into_iter().find(|(before, by, _)| self.step(*before, *by) == pair)
            else {
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
