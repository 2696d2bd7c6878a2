//! Text from elsewhere, made fit for a log.

/// The text that replaces a sensitive value.
pub(crate) const REDACTED: &str = "[redacted]";

/// Returns the text with a space for each character that is not plain.
pub(crate) fn single_line(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// Returns the character, or a space if it is not plain.
pub(crate) fn plain(c: char) -> char {
    if is_plain(c) { c } else { ' ' }
}

/// Whether a character is visible and leaves the text around it alone. Line breaks and other control characters would
/// forge lines of a log, and direction marks would reorder them.
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
