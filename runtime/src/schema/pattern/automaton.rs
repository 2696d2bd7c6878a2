//! A deterministic automaton over classes of characters, as the macro computed it.

use super::pages::Pages;
use std::fmt;

/// Accepts the values that match a pattern, a table look-up for each character.
pub struct Automaton {
    /// The class of each ASCII character; [`NONE`] for the bytes of others, which need a closer look.
    classes: [u8; 256],
    /// The same as sets of one class each, in which only the first few classes are told apart.
    sets: [u16; 256],
    /// The class of every character, by where a run of one class begins; the first run begins at 0.
    runs: &'static [(u32, u32)],
    pages: Pages,
    /// A row for each state: for each class the offset of the row of the next state, and at the end the set of the classes
    /// that lead back to the same state.
    rows: &'static [u16],
    /// The number of classes.
    width: usize,
    start: u16,
    /// The rows from this offset on accept.
    accepting: u16,
}

/// The row that leads nowhere else and does not accept.
const DEAD: u16 = 0;

const NONE: u8 = u8::MAX;

/// How many characters that may lead back to a state are looked at together.
const MANY: usize = 16;

/// The number of classes with a bit of their own in a set. Other classes share one bit, which no row has.
const MARKED: u8 = 15;

impl Automaton {
    /// An automaton whose every step stays within its table, or the crate does not compile.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        width: usize,
        rows: &'static [u16],
        start: u16,
        accepting: u16,
        runs: &'static [(u32, u32)],
    ) -> Self {
        let stride = width + 1;
        assert!(width <= NONE as usize);
        assert!(rows.len().is_multiple_of(stride) && is_row(start, rows.len(), stride));
        let mut row = 0;
        while row < rows.len() {
            let (mut class, mut bit, mut stays) = (0, 1_u16, 0);
            while class < width {
                let next = rows[row + class];
                assert!(is_row(next, rows.len(), stride));
                if next as usize == row && class < MARKED as usize {
                    stays |= bit;
                }
                (class, bit) = (class + 1, bit << (class < MARKED as usize) as u32);
            }
            assert!(rows[row + width] == stays);
            row += stride;
        }
        assert!(runs[0].0 == 0);
        let (mut classes, mut sets, mut run) = ([NONE; 256], [1 << MARKED; 256], 0);
        while run < runs.len() {
            let (start, class) = runs[run];
            assert!((class as usize) < width && (run == 0 || start > runs[run - 1].0));
            let mut c = start as usize;
            while c < 0x80 {
                classes[c] = class.to_le_bytes()[0];
                sets[c] = 1 << if class < MARKED as u32 { class } else { MARKED as u32 };
                c += 1;
            }
            run += 1;
        }
        Self { classes, sets, runs, pages: Pages::new(runs), rows, width, start, accepting }
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
        let bytes = value.as_bytes();
        let (mut at, mut state, mut continuing) = (0, self.start, 0);
        let mut row = self.row(state);
        // Whether a stretch of characters that lead back to this state was looked for from here on.
        let mut looked = false;
        while let Some(byte) = bytes.get(at) {
            // Bytes that are not ASCII have no class.
            let next = if let Some(next) = row.get(usize::from(self.classes[usize::from(*byte)])) {
                at += 1;
                *next
            } else {
                let stretch = self.beyond(&value[at..], state);
                at += stretch.bytes;
                continuing += stretch.bytes - stretch.characters;
                looked = false;
                stretch.state
            };
            // As long as the state stays, no look-up waits for the one before it: the branch is foretold.
            if next != state {
                if next == DEAD {
                    return (false, None);
                }
                (state, row, looked) = (next, self.row(next), false);
            } else if !looked {
                looked = true;
                if bytes.len() - at >= MANY {
                    at += self.staying(&bytes[at..], self.rows[usize::from(state) + self.width]);
                }
            }
        }
        (state >= self.accepting, Some((bytes.len() - continuing) as u64))
    }

    #[inline]
    fn row(&self, state: u16) -> &[u16] {
        let start = usize::from(state);
        &self.rows[start..start + self.width]
    }

    /// How many bytes at the beginning are ASCII characters of those classes; a few at the end are left.
    #[inline]
    pub(super) fn staying(&self, bytes: &[u8], classes: u16) -> usize {
        let (many, _) = bytes.as_chunks();
        let all = |bytes: &[u8; MANY]| bytes.iter().fold(0, |all, byte| all | self.sets[usize::from(*byte)]);
        MANY * many.iter().take_while(|bytes| all(bytes) & !classes == 0).count()
    }

    /// Goes on by characters as long as they are not ASCII.
    fn beyond(&self, value: &str, mut state: u16) -> Stretch {
        let (mut rest, mut characters, mut run) = (value.chars(), 0, (1, 0, 0));
        let mut row = self.row(state);
        loop {
            let bytes = value.len() - rest.as_str().len();
            let c = match rest.next() {
                Some(c) if !c.is_ascii() => u32::from(c),
                _ => return Stretch { state, bytes, characters },
            };
            // Mostly of the same script as the one before.
            if !(run.0..=run.1).contains(&c) {
                run = self.run(c);
            }
            let next = row[run.2];
            if next != state {
                if next == DEAD {
                    return Stretch { state: DEAD, bytes, characters };
                }
                (state, row) = (next, self.row(next));
            }
            characters += 1;
        }
    }

    /// Where the run of a character begins and ends, and its class.
    #[inline]
    pub(super) fn run(&self, c: u32) -> (u32, u32, usize) {
        // The first run begins at 0, so that one is always found.
        let found = self.pages.find(self.runs, c).unwrap_or_default();
        let (start, class) = self.runs[found];
        let end = self.runs.get(found + 1).map_or(u32::MAX, |(next, _)| next - 1);
        (start, end, class as usize)
    }
}

/// Characters that led to a state.
struct Stretch {
    state: u16,
    bytes: usize,
    characters: usize,
}

const fn is_row(offset: u16, entries: usize, stride: usize) -> bool {
    (offset as usize) < entries && (offset as usize).is_multiple_of(stride)
}

impl fmt::Debug for Automaton {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Automaton").field("states", &(self.rows.len() / (self.width + 1))).finish_non_exhaustive()
    }
}
