//! Deterministic automata over classes of characters.
//!
//! The alphabet of an automaton consists of classes of characters that no set of the pattern distinguishes. There are few of
//! them, even if a pattern uses large parts of Unicode; an automaton over the bytes of UTF-8 would be a hundred times larger.

use super::dialect::{Expression, Set, boundary_classes};
use crate::diagnostic::Message;
use regex_syntax::hir::ClassUnicode;
use std::collections::{BTreeMap, BTreeSet};

/// The classes of characters, as runs of code points that belong to one class.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Alphabet {
    /// The first code point and the class of each run, sorted. The first run begins at 0, the last ends at `char::MAX`.
    pub(crate) runs: Vec<(u32, usize)>,
    pub(crate) classes: usize,
}

impl Alphabet {
    /// Returns the classes that the sets distinguish, and for each class the sets that contain it.
    fn of(sets: &[&ClassUnicode]) -> (Self, Vec<Vec<bool>>) {
        let mut starts = BTreeSet::from([0]);
        for range in sets.iter().flat_map(|set| set.ranges()) {
            starts.extend([u32::from(range.start()), after(range.end())]);
        }
        starts.retain(|start| char::from_u32(*start).is_some());
        // Runs that are in the same sets belong to one class.
        let (mut runs, mut known) = (Vec::<(u32, usize)>::new(), BTreeMap::<Vec<bool>, usize>::new());
        for start in starts {
            let within = sets.iter().map(|set| contains(set, start)).collect();
            let fresh = known.len();
            let class = *known.entry(within).or_insert(fresh);
            if runs.last().is_none_or(|(_, last)| *last != class) {
                runs.push((start, class));
            }
        }
        let mut classes: Vec<(Vec<bool>, usize)> = known.into_iter().collect();
        classes.sort_by_key(|(_, class)| *class);
        (Self { runs, classes: classes.len() }, classes.into_iter().map(|(within, _)| within).collect())
    }
}

/// Returns the code point after a character, skipping surrogates.
fn after(end: char) -> u32 {
    if end == '\u{d7ff}' { 0xe000 } else { u32::from(end) + 1 }
}

fn contains(set: &ClassUnicode, c: u32) -> bool {
    let ranges = set.ranges();
    let next = ranges.partition_point(|range| u32::from(range.start()) <= c);
    next > 0 && c <= u32::from(ranges[next - 1].end())
}

/// The state from which no value matches any more.
pub(super) const DEAD: usize = 0;
pub(super) const START: usize = 1;

/// An automaton as consecutive rows of offsets, with the rows of accepting states last.
pub(crate) struct Table {
    /// The entries, of two bytes in little-endian order. A row has an entry for each class, the offset of the next row counted
    /// in entries, and then the set of classes that lead back to the row itself.
    pub(crate) rows: Vec<u8>,
    pub(crate) start: usize,
    /// The offset of the first row of an accepting state.
    pub(crate) accepting: usize,
}

/// An automaton that accepts the values that match as a whole.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) struct Automaton {
    pub(crate) alphabet: Alphabet,
    /// The next state, for each state and class.
    pub(crate) next: Vec<Vec<usize>>,
    pub(crate) accepting: Vec<bool>,
}

impl Automaton {
    /// The maximum number of entries, which take 64 kB. The patterns of the service need far less.
    const ENTRIES: usize = 0x7fff;
    /// The maximum number of nodes before the automaton is made deterministic.
    const POSITIONS: usize = 4_000;
    /// The maximum number of classes. The runtime stores a class in one byte and reserves one value.
    const CLASSES: usize = 255;
    /// The number of classes in the set at the end of a row. The runtime has a fast path for them.
    const MARKED: usize = 15;

    pub(super) fn new(expression: &Expression) -> Result<Self, Message> {
        let mut sets = Vec::new();
        gather(expression, &mut sets);
        if positions(expression) > Self::POSITIONS {
            return Err(Message::PatternTooLarge {});
        }
        let mut steps = Steps { sets, nodes: Vec::new(), neighbours: &[Neighbour::Other] };
        let end = steps.node();
        let start = steps.add(expression, end);
        let mut members: Vec<&ClassUnicode> = steps.sets.iter().map(|set| &set.members).collect();
        let distinguished;
        if steps.nodes.iter().any(|node| node.boundary.is_some()) {
            steps.neighbours = &Neighbour::ALL;
            distinguished = boundary_classes();
            members.extend(&distinguished);
        }
        let (alphabet, classes) = Alphabet::of(&members);
        if alphabet.classes > Self::CLASSES {
            return Err(Message::PatternTooLarge {});
        }
        let mut automaton = Self { next: vec![vec![DEAD; alphabet.classes]], accepting: vec![false], alphabet };
        // Each state stands for the sets of nodes that a value may have reached, for each kind of the next character.
        let mut known = BTreeMap::new();
        let mut waiting = Vec::new();
        automaton.state(steps.closures(&[start], Neighbour::Other), end, &mut known, &mut waiting);
        while let Some((state, closures)) = waiting.pop() {
            for (class, within) in classes.iter().enumerate() {
                let neighbour = Neighbour::of(&within[steps.sets.len()..]);
                let on = closures[neighbour as usize].iter().filter_map(|node| steps.nodes[*node].on);
                let targets: Vec<usize> = on.filter(|(set, _)| within[*set]).map(|(_, to)| to).collect();
                if !targets.is_empty() {
                    let to = automaton.state(steps.closures(&targets, neighbour), end, &mut known, &mut waiting);
                    automaton.next[state][class] = to;
                }
            }
            if automaton.next.len() * (automaton.alphabet.classes + 1) > Self::ENTRIES {
                return Err(Message::PatternTooLarge {});
            }
        }
        Ok(automaton)
    }

    /// Returns the table, in the format of the runtime.
    pub(crate) fn table(&self) -> Table {
        // The dead state stays first, since it does not accept and the sort is stable.
        let mut order: Vec<usize> = (0..self.next.len()).collect();
        order.sort_by_key(|state| self.accepting[*state]);
        let mut offsets = vec![0; order.len()];
        for (row, state) in order.iter().enumerate() {
            offsets[*state] = row * (self.alphabet.classes + 1);
        }
        let mut rows = Vec::new();
        for state in order {
            let next = &self.next[state];
            rows.extend(next.iter().flat_map(|to| u16::try_from(offsets[*to]).unwrap_or_default().to_le_bytes()));
            let staying = (0..Self::MARKED).filter(|class| next.get(*class) == Some(&state));
            rows.extend(staying.fold(0_u16, |set, class| set | 1 << class).to_le_bytes());
        }
        let rejecting = self.accepting.iter().filter(|accepting| !**accepting).count();
        Table { rows, start: offsets[START], accepting: rejecting * (self.alphabet.classes + 1) }
    }

    fn state(
        &mut self,
        closures: Vec<Vec<usize>>,
        end: usize,
        known: &mut BTreeMap<Vec<Vec<usize>>, usize>,
        waiting: &mut Vec<(usize, Vec<Vec<usize>>)>,
    ) -> usize {
        if let Some(state) = known.get(&closures) {
            return *state;
        }
        let state = self.next.len();
        self.next.push(vec![DEAD; self.alphabet.classes]);
        self.accepting.push(closures[Neighbour::Other as usize].contains(&end));
        known.insert(closures.clone(), state);
        waiting.push((state, closures));
        state
    }
}

fn gather<'e>(expression: &'e Expression, sets: &mut Vec<&'e Set>) {
    match expression {
        Expression::Set(set) => {
            if !sets.contains(&set) {
                sets.push(set);
            }
        }
        Expression::Sequence(parts) | Expression::Either(parts) => parts.iter().for_each(|part| gather(part, sets)),
        Expression::Repeat { of, .. } => gather(of, sets),
        Expression::WordBoundary { .. } => {}
    }
}

/// Returns the number of nodes of an expression, so that `{1000}{1000}` is rejected before they are created.
fn positions(expression: &Expression) -> usize {
    match expression {
        Expression::Set(_) | Expression::WordBoundary { .. } => 1,
        Expression::Sequence(parts) | Expression::Either(parts) => {
            parts.iter().fold(parts.len(), |sum, part| sum.saturating_add(positions(part)))
        }
        Expression::Repeat { of, min, max } => {
            let times = max.unwrap_or(min.saturating_add(1)).max(1);
            positions(of).saturating_add(1).saturating_mul(times.try_into().unwrap_or(usize::MAX))
        }
    }
}

/// A character next to a word boundary.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Neighbour {
    /// An ASCII character that is not a word character, or an end of the value.
    Other,
    Word,
    /// A character that is not ASCII. Versions of Java differ on which of these are word characters.
    Undecided,
}

impl Neighbour {
    const ALL: [Self; 3] = [Self::Other, Self::Word, Self::Undecided];

    /// Returns the kind of a character, given the classes of `boundary_classes` that contain it.
    fn of(within: &[bool]) -> Self {
        match within {
            [true, _] => Self::Word,
            [_, true] => Self::Undecided,
            _ => Self::Other,
        }
    }
}

/// The nondeterministic automaton.
struct Steps<'e> {
    sets: Vec<&'e Set>,
    nodes: Vec<Node>,
    /// The kinds of characters that are distinguished.
    neighbours: &'static [Neighbour],
}

#[derive(Default)]
struct Node {
    /// The index of a set and the node that a character in it leads to.
    on: Option<(usize, usize)>,
    /// The nodes that are reached without a character.
    empty: Vec<usize>,
    /// Whether a word boundary is negated, and the node that it leads to.
    boundary: Option<(bool, usize)>,
}

impl Steps<'_> {
    fn node(&mut self) -> usize {
        self.nodes.push(Node::default());
        self.nodes.len() - 1
    }

    /// Adds nodes that lead through an expression to `to`, and returns the first one.
    fn add(&mut self, expression: &Expression, to: usize) -> usize {
        match expression {
            Expression::Set(set) => {
                let from = self.node();
                let index = self.sets.iter().position(|known| *known == set);
                self.nodes[from].on = index.map(|index| (index, to));
                from
            }
            Expression::Sequence(parts) => parts.iter().rev().fold(to, |to, part| self.add(part, to)),
            Expression::Either(parts) => {
                let from = self.node();
                for part in parts {
                    let start = self.add(part, to);
                    self.nodes[from].empty.push(start);
                }
                from
            }
            Expression::Repeat { of, min, max } => {
                let mut from = to;
                if let Some(max) = max {
                    // Each optional repetition may be the last one.
                    for _ in *min..*max {
                        let next = from;
                        from = self.node();
                        let start = self.add(of, next);
                        self.nodes[from].empty.extend([start, to]);
                    }
                } else {
                    from = self.node();
                    let start = self.add(of, from);
                    self.nodes[from].empty.extend([start, to]);
                }
                (0..*min).fold(from, |to, _| self.add(of, to))
            }
            Expression::WordBoundary { negated } => {
                let from = self.node();
                self.nodes[from].boundary = Some((*negated, to));
                from
            }
        }
    }

    /// Returns the closures of some nodes for each kind of the next character.
    fn closures(&self, from: &[usize], before: Neighbour) -> Vec<Vec<usize>> {
        self.neighbours.iter().map(|after| self.closure(from, before, *after)).collect()
    }

    /// Returns the nodes that are reached between two characters, as far as they have an edge with a character or are the end.
    fn closure(&self, from: &[usize], before: Neighbour, after: Neighbour) -> Vec<usize> {
        let undecided = before == Neighbour::Undecided || after == Neighbour::Undecided;
        let (mut reached, mut waiting) = (BTreeSet::new(), from.to_vec());
        while let Some(node) = waiting.pop() {
            if reached.insert(node) {
                let Node { empty, boundary, .. } = &self.nodes[node];
                waiting.extend(empty);
                if let Some((negated, to)) = boundary
                    && (undecided || (before == after) == *negated)
                {
                    waiting.push(*to);
                }
            }
        }
        // Node 0 is the end.
        reached.into_iter().filter(|node| *node == 0 || self.nodes[*node].on.is_some()).collect()
    }
}
