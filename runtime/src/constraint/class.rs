//! A set of characters, as the macro computed it.

use std::fmt;

/// A set of characters: a table for ASCII, sorted ranges beyond it.
pub struct Class {
    /// By byte: those of other characters are not in it.
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

    /// How many characters `value` has, if all of them are in the set.
    pub(super) fn count(&self, value: &str) -> Option<u64> {
        let ascii = self.ascii_prefix(value.as_bytes());
        let (mut count, mut range) = (ascii as u64, (1, 0));
        // What follows begins with a character: all before it are one byte long.
        for c in value[ascii..].chars().map(u32::from) {
            match self.ascii.get(c as usize) {
                Some(member) if c < 0x80 => {
                    if !*member {
                        return None;
                    }
                }
                // Mostly of the same script as the one before.
                _ if range.0 <= c && c <= range.1 => {}
                _ => range = self.range(c)?,
            }
            count += 1;
        }
        Some(count)
    }

    /// How many bytes at the beginning are ASCII characters of the set.
    fn ascii_prefix(&self, bytes: &[u8]) -> usize {
        // Eight at a time, since a branch for each byte costs more than its look-up.
        let within = |eight: &&[u8; 8]| eight.iter().fold(true, |all, byte| all & self.ascii[usize::from(*byte)]);
        let (eights, _) = bytes.as_chunks();
        let whole = 8 * eights.iter().take_while(within).count();
        whole + bytes[whole..].iter().take_while(|byte| self.ascii[usize::from(**byte)]).count()
    }

    /// The range that a character is in.
    fn range(&self, c: u32) -> Option<(u32, u32)> {
        let after = self.ranges.partition_point(|(start, _)| *start <= c);
        self.ranges.get(after.checked_sub(1)?).copied().filter(|(_, end)| c <= *end)
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Class").field("ranges", &self.ranges).finish_non_exhaustive()
    }
}

/// The classes of the published patterns. They are `static`, so that a program holds each at most once.
pub mod known {
    use super::Class;

    cognito_op_macros::known_classes! {}
}
