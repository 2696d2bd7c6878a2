//! A deterministic finite automaton over character classes, computed by the macro.

use super::pages::Pages;
use std::fmt;

/// A deterministic finite automaton that accepts the values of a pattern, with one table look-up for each character.
pub struct Automaton {
    /// By byte: the class of an ASCII character, or [`NONE`] for a byte of another character.
    classes: [u8; 256],
    /// By byte: a bit set that contains the class. Classes from [`MARKED`] on share one bit.
    sets: [u16; 256],
    /// The runs of characters of one class, in order: the first character and the class of each. The first run begins
    /// at 0.
    runs: &'static [(u32, u32)],
    pages: Pages,
    /// A row for each state. It contains for each class the offset of the next state's row, and at the end the bit set
    /// of the classes that lead back to the same state.
    rows: &'static [u16],
    /// The number of classes.
    width: usize,
    start: u16,
    /// The offset of the first row that accepts. All rows after it accept as well.
    accepting: u16,
}

/// The row of the dead state, which does not accept and cannot be left.
const DEAD: u16 = 0;

const NONE: u8 = u8::MAX;

/// The number of bytes that are checked at once for leading back to the same state.
const MANY: usize = 16;

/// The number of classes that have a bit in a set. The other classes share one further bit, which no row contains.
const MARKED: u8 = 15;

impl Automaton {
    /// Creates an automaton. It panics if a step could leave the table, which is a compile error in a constant.
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

    /// Decodes the rows from the bytes that the macro generates.
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

    /// Returns whether the whole value matches, and its number of characters if all of them were read.
    pub(super) fn scan(&self, value: &str) -> (bool, Option<u64>) {
        let bytes = value.as_bytes();
        let (mut at, mut state, mut continuing) = (0, self.start, 0);
        let mut row = self.row(state);
        // Whether `staying` was already called for this visit to the state.
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
            // While the state does not change, the processor predicts this branch, and no look-up waits for the one
            // before it.
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

    /// Returns the number of leading bytes that are ASCII characters of those classes, rounded down to a multiple of
    /// [`MANY`].
    #[inline]
    pub(super) fn staying(&self, bytes: &[u8], classes: u16) -> usize {
        let (many, _) = bytes.as_chunks();
        let all = |bytes: &[u8; MANY]| bytes.iter().fold(0, |all, byte| all | self.sets[usize::from(*byte)]);
        MANY * many.iter().take_while(|bytes| all(bytes) & !classes == 0).count()
    }

    /// Continues character by character up to the next ASCII character.
    fn beyond(&self, value: &str, mut state: u16) -> Stretch {
        let (mut rest, mut characters, mut run) = (value.chars(), 0, (1, 0, 0));
        let mut row = self.row(state);
        loop {
            let bytes = value.len() - rest.as_str().len();
            let c = match rest.next() {
                Some(c) if !c.is_ascii() => u32::from(c),
                _ => return Stretch { state, bytes, characters },
            };
            // Usually, the character is in the same run as the one before it.
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

    /// Returns the first and the last character of a character's run, and its class.
    #[inline]
    pub(super) fn run(&self, c: u32) -> (u32, u32, usize) {
        // There is always a run, since the first one begins at 0.
        let found = self.pages.find(self.runs, c).unwrap_or_default();
        let (start, class) = self.runs[found];
        let end = self.runs.get(found + 1).map_or(u32::MAX, |(next, _)| next - 1);
        (start, end, class as usize)
    }
}

/// A stretch of characters that are not ASCII, and the state after it.
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
