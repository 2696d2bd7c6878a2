//! A set of characters, computed by the macro.

use super::pages::Pages;
use std::fmt;

/// A set of characters: a table for ASCII, and sorted ranges for other characters.
pub struct Class {
    /// By byte: 1 for an ASCII character of the set, 0 for any other byte.
    ascii: [u8; 256],
    ranges: &'static [(u32, u32)],
    pages: Pages,
}

impl Class {
    /// Creates a set of the ASCII characters whose bits are set, and of the characters in `ranges`, which must be
    /// sorted, disjoint and inclusive at both ends.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(ascii: u128, ranges: &'static [(u32, u32)]) -> Self {
        let mut table = [0; 256];
        let mut byte = 0;
        while byte < 128 {
            table[byte] = (ascii >> byte & 1) as u8;
            byte += 1;
        }
        Self { ascii: table, ranges, pages: Pages::new(ranges) }
    }

    /// Returns the number of characters of `value`, if all of them are in the set.
    #[inline]
    pub(super) fn count(&self, value: &str) -> Option<u64> {
        let bytes = value.as_bytes();
        if self.contains_all(bytes) { Some(bytes.len() as u64) } else { self.count_any(value) }
    }

    /// Returns whether all bytes are ASCII characters of the set.
    #[inline]
    pub(super) fn contains_all(&self, bytes: &[u8]) -> bool {
        // Several bytes are checked at once, since a branch for each byte costs more than its look-up. An incomplete
        // last chunk is checked together with bytes before it.
        if let Some(last) = bytes.last_chunk::<16>() {
            let (many, rest) = bytes.as_chunks::<16>();
            many.iter().all(|bytes| self.contains(bytes)) && (rest.is_empty() || self.contains(last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            self.contains(first) && (bytes.len() == 8 || self.contains(last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            self.contains(first) && self.contains(last)
        } else {
            bytes.iter().all(|byte| self.ascii[usize::from(*byte)] != 0)
        }
    }

    #[inline]
    fn contains<const N: usize>(&self, bytes: &[u8; N]) -> bool {
        bytes.iter().fold(1, |all, byte| all & self.ascii[usize::from(*byte)]) != 0
    }

    /// Returns the same as [`Class::count`], for a value that does not consist only of ASCII characters of the set.
    fn count_any(&self, value: &str) -> Option<u64> {
        let (mut count, mut range) = (0, (1, 0));
        for c in value.chars().map(u32::from) {
            match self.ascii.get(c as usize) {
                Some(member) if c < 0x80 => {
                    if *member == 0 {
                        return None;
                    }
                }
                // Usually, the character is in the same range as the one before it.
                _ if range.0 <= c && c <= range.1 => {}
                _ => range = self.range(c)?,
            }
            count += 1;
        }
        Some(count)
    }

    /// Returns the range that contains a character.
    fn range(&self, c: u32) -> Option<(u32, u32)> {
        let range = self.ranges.get(self.pages.find(self.ranges, c)?);
        range.copied().filter(|(start, end)| (*start..=*end).contains(&c))
    }
}

impl fmt::Debug for Class {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Class").field("ranges", &self.ranges).finish_non_exhaustive()
    }
}

/// The classes of the published patterns. They are `static`, so that a program contains each at most once.
pub mod known {
    use super::Class;

    cognito_op_macros::known_classes! {}
}
