//! Finds the bytes of a string that JSON escapes.

/// Returns the number of bytes before the first one that JSON escapes: a control character, a quotation mark or a
/// backslash.
pub(super) fn unescaped(bytes: &[u8]) -> usize {
    let (chunks, _) = bytes.as_chunks();
    for (index, chunk) in chunks.iter().enumerate() {
        let found = escapes(u64::from_le_bytes(*chunk));
        if found != 0 {
            return 8 * index + found.trailing_zeros() as usize / 8;
        }
    }
    if let Some(last) = bytes.last_chunk() {
        // It overlaps the previous chunk, which contains no byte that JSON escapes.
        let found = escapes(u64::from_le_bytes(*last));
        return if found == 0 { bytes.len() } else { bytes.len() - 8 + found.trailing_zeros() as usize / 8 };
    }
    bytes.iter().position(|byte| matches!(byte, ..0x20 | b'"' | b'\\')).unwrap_or(bytes.len())
}

/// Returns a word whose first byte other than zero is at the place of the first byte that JSON escapes. The test is that
/// of [Bit Twiddling Hacks](https://graphics.stanford.edu/~seander/bithacks.html#HasLessInWord), which is exact up to
/// that byte. A byte with the highest bit is not escaped.
fn escapes(word: u64) -> u64 {
    const ONES: u64 = u64::MAX / 0xff;
    let is_less = |word: u64, bound: u64| word.wrapping_sub(ONES * bound);
    let is = |byte: u8| is_less(word ^ (ONES * u64::from(byte)), 1);
    (is_less(word, 0x20) | is(b'"') | is(b'\\')) & !word & (ONES << 7)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_byte_at_each_place() {
        for byte in 0..=u8::MAX {
            for around in [b'x', 0x7f, 0x80, 0xff, b'!', b'#', b'[', b']', 0x20] {
                for length in 1..=20_usize {
                    for place in 0..length {
                        let mut bytes = vec![around; length];
                        bytes[place] = byte;
                        let expected = if byte < 0x20 || b"\"\\".contains(&byte) { place } else { length };
                        assert_eq!(unescaped(&bytes), expected, "{bytes:?}");
                    }
                }
            }
        }
    }
}
