//! Makes text from other parties safe for a log.

/// The text that replaces a sensitive value.
pub(crate) const REDACTED: &str = "[redacted]";

/// Returns the text with each character that is not plain replaced by a space.
pub(crate) fn single_line(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// Returns whether a text that should be an identifier can be shown: it has 1 to 128 visible ASCII characters.
pub(crate) fn is_printable(text: &str) -> bool {
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_graphic())
}

/// Returns the fault of a value with a comment after it. In a file of profiles, such a comment is a part of the value.
pub(crate) fn comment(value: &str) -> Option<&'static str> {
    let mut pairs = value.chars().zip(value.chars().skip(1));
    pairs.find_map(|pair| match pair {
        (space, '#') if space.is_whitespace() => Some("contains ` #`; a comment needs a line of its own"),
        (space, ';') if space.is_whitespace() => Some("contains ` ;`; a comment needs a line of its own"),
        _ => None,
    })
}

/// Returns the character, or a space if it is not plain.
pub(crate) fn plain(c: char) -> char {
    if is_plain(c) { c } else { ' ' }
}

/// Returns whether a character is visible and does not affect the text around it. Line breaks and other control
/// characters could forge lines of a log, and direction marks could reorder them.
pub(crate) fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}
