//! A deterministic automaton over classes of characters, as the macro computed it.

use std::fmt;

/// Accepts the values that match a pattern, a table look-up for each character.
pub struct Automaton {
    /// The class of each ASCII character.
    ascii: [u16; 128],
    /// The class of every other character, by where a run of one class begins; the first run begins at 0.
    runs: &'static [(u32, u16)],
    /// A row for each state, an entry for each class: the offset of the row of the next state.
    rows: &'static [u16],
    width: usize,
    start: u16,
    /// The rows from this offset on accept.
    accepting: u16,
}

/// The row that leads nowhere else and does not accept.
const DEAD: u16 = 0;

impl Automaton {
    /// An automaton whose every step stays within its table, or the crate does not compile.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        width: usize,
        rows: &'static [u16],
        start: u16,
        accepting: u16,
        runs: &'static [(u32, u16)],
    ) -> Self {
        let mut entry = 0;
        while entry < rows.len() {
            assert!((rows[entry] as usize) < rows.len() && (rows[entry] as usize).is_multiple_of(width));
            entry += 1;
        }
        assert!(
            rows.len().is_multiple_of(width) && (start as usize) < rows.len() && (start as usize).is_multiple_of(width)
        );
        assert!(runs[0].0 == 0);
        let (mut ascii, mut run) = ([0; 128], 0);
        while run < runs.len() {
            assert!((runs[run].1 as usize) < width && (run == 0 || runs[run].0 > runs[run - 1].0));
            let mut c = runs[run].0 as usize;
            while c < ascii.len() {
                ascii[c] = runs[run].1;
                c += 1;
            }
            run += 1;
        }
        Self { ascii, runs, rows, width, start, accepting }
    }

    /// The rows, from the bytes that the macro writes.
    #[doc(hidden)]
    #[must_use]
    pub const fn rows<const ENTRIES: usize>(bytes: &[u8]) -> [u16; ENTRIES] {
        let (mut rows, mut entry) = ([0; ENTRIES], 0);
        while entry < ENTRIES {
            rows[entry] = u16::from_le_bytes([bytes[2 * entry], bytes[2 * entry + 1]]);
            entry += 1;
        }
        rows
    }

    /// Whether the whole value matches, and how many characters it has if that took looking at all of them.
    pub(super) fn scan(&self, value: &str) -> (bool, Option<u64>) {
        let mut class = Classes { automaton: self, run: (0, 0, 0) };
        let (mut state, mut count, mut characters) = (self.start, 0, value.chars());
        loop {
            // Most characters lead from a state to itself. Within this loop the row stays, so that no look-up has to wait
            // for the one before it.
            let row = &self.rows[usize::from(state)..][..self.width];
            let mut next = state;
            for c in characters.by_ref() {
                count += 1;
                next = row[usize::from(class.of(c))];
                if next != state {
                    break;
                }
            }
            if next == state {
                return (state >= self.accepting, Some(count));
            }
            if next == DEAD {
                return (false, None);
            }
            state = next;
        }
    }
}

/// Looks up classes, and remembers the run of the last character beyond ASCII: the next is mostly of the same script.
struct Classes<'a> {
    automaton: &'a Automaton,
    run: (u32, u32, u16),
}

impl Classes<'_> {
    #[inline]
    fn of(&mut self, c: char) -> u16 {
        let c = u32::from(c);
        if let Some(class) = self.automaton.ascii.get(c as usize) {
            return *class;
        }
        if !(self.run.0..self.run.1).contains(&c) {
            self.run = self.automaton.run(c);
        }
        self.run.2
    }
}

impl Automaton {
    /// Where the run of a character begins, where the next one does, and its class.
    fn run(&self, c: u32) -> (u32, u32, u16) {
        let after = self.runs.partition_point(|(start, _)| *start <= c);
        let end = self.runs.get(after).map_or(u32::MAX, |(start, _)| *start);
        // The first run begins at 0, so that one is always before.
        let (start, class) = self.runs[after - 1];
        (start, end, class)
    }
}

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Automaton").field("rows", &(self.rows.len() / self.width)).finish_non_exhaustive()
    }
}
