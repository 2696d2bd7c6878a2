//! A set of characters, as the macro computed it.

use std::fmt;

/// A set of characters: a table for ASCII, sorted ranges beyond it.
pub struct Class {
    ascii: [bool; 256],
    ranges: &'static [(u32, u32)],
}

impl Class {
    /// Of the ASCII characters whose bits are set, and of the characters in `ranges`, which are sorted, apart from each
    /// other, and inclusive at both ends.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(ascii: u128, ranges: &'static [(u32, u32)]) -> Self {
        let mut table = [false; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = ascii >> byte & 1 == 1;
            byte += 1;
        }
        Self { ascii: table, ranges }
    }

    /// Whether every character of `value` is in the set.
    pub(super) fn contains_all(&self, value: &str) -> bool {
        // Bytes beyond ASCII are not in the table, so this stops at the first character that needs a second look.
        let Some(first) = value.bytes().position(|byte| !self.ascii[usize::from(byte)]) else {
            return true;
        };
        value[first..].chars().all(|c| self.contains(c))
    }

    fn contains(&self, c: char) -> bool {
        let c = u32::from(c);
        match self.ascii.get(c as usize) {
            Some(member) if c < 0x80 => *member,
            _ => {
                let after = self.ranges.partition_point(|(start, _)| *start <= c);
                after > 0 && c <= self.ranges[after - 1].1
            }
        }
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Class").field("ranges", &self.ranges).finish_non_exhaustive()
    }
}
