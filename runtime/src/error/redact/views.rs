//! A text as what it may stand for: with escapes read, letter case and invisible characters put aside.

use std::iter::once;

/// A letter as it is compared, and where in the text it stands.
#[derive(Clone, Copy)]
pub(super) struct Letter {
    pub(super) folded: char,
    pub(super) from: usize,
    pub(super) to: usize,
}

/// The text as it is, and for each way of escaping that it may be written in, as that reads.
pub(super) fn views(text: &[char]) -> Vec<Vec<Letter>> {
    let plain = view(text, |_| None);
    let has = |c: char| text.contains(&c);
    let mut views = vec![plain];
    if has('%') {
        views.push(view(text, percent));
    }
    if has('+') {
        // As in forms.
        views.push(view(text, |rest| if rest.first() == Some(&'+') { Some((' ', 1)) } else { percent(rest) }));
    }
    if has('&') {
        views.push(view(text, entity));
    }
    if has('\\') {
        views.push(view(text, json));
    }
    views
}

/// A value as it is compared with a view.
pub(super) fn folded(value: &str) -> Vec<char> {
    value.chars().flat_map(fold).collect()
}

/// What a text begins with, if that is an escape, and how long it is.
type Escape = (char, usize);

fn view(text: &[char], escape: impl Fn(&[char]) -> Option<Escape>) -> Vec<Letter> {
    let mut letters = Vec::with_capacity(text.len());
    let mut from = 0;
    while let Some(rest) = text.get(from..).filter(|rest| !rest.is_empty()) {
        let (c, length) = escape(rest).unwrap_or((rest[0], 1));
        letters.extend(fold(c).map(|folded| Letter { folded, from, to: from + length }));
        from += length;
    }
    letters
}

/// A character of UTF-8 bytes in hexadecimal, as in addresses.
fn percent(rest: &[char]) -> Option<Escape> {
    let byte = |at: usize| match rest.get(at..at + 3) {
        Some(['%', high, low]) => u8::try_from(high.to_digit(16)? * 16 + low.to_digit(16)?).ok(),
        _ => None,
    };
    let first = byte(0)?;
    let length = match first {
        0..0x80 => 1,
        0xc0..0xe0 => 2,
        0xe0..0xf0 => 3,
        _ => 4,
    };
    let bytes: Vec<u8> = (0..length).map_while(|index| byte(3 * index)).collect();
    let c = str::from_utf8(&bytes).ok()?.chars().next()?;
    Some((c, 3 * length))
}

/// An entity of HTML or XML, by number or one of the five that both have.
fn entity(rest: &[char]) -> Option<Escape> {
    let end = rest.iter().take(LONGEST_ESCAPE).position(|c| *c == ';')?;
    let name: String = rest.get(..end)?.strip_prefix(&['&'])?.iter().collect();
    let number = |digits: &str, radix| u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    let c = match name.as_str() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        name => match name.strip_prefix('#')? {
            digits if digits.starts_with(['x', 'X']) => number(&digits[1..], 16)?,
            digits => number(digits, 10)?,
        },
    };
    Some((c, end + 1))
}

/// Numbers may begin with zeros.
pub(super) const LONGEST_ESCAPE: usize = 24;

/// An escape of JSON.
fn json(rest: &[char]) -> Option<Escape> {
    let unit = |at: usize| match rest.get(at..at + 6) {
        Some(['\\', 'u', digits @ ..]) => u16::from_str_radix(&digits.iter().collect::<String>(), 16).ok(),
        _ => None,
    };
    let ['\\', c, ..] = rest else { return None };
    Some(match c {
        '"' | '\\' | '/' => (*c, 2),
        'b' => ('\u{8}', 2),
        'f' => ('\u{c}', 2),
        'n' => ('\n', 2),
        'r' => ('\r', 2),
        't' => ('\t', 2),
        'u' => {
            let units = once(unit(0)?).chain(unit(6));
            let c = char::decode_utf16(units).next()?.ok()?;
            (c, 6 * c.len_utf16())
        }
        _ => return None,
    })
}

/// A character as it is compared: whatever its letter case, and nothing of what cannot be seen.
fn fold(c: char) -> impl Iterator<Item = char> {
    let seen = match c {
        c if c.is_control() => Some(' '),
        // Its lower case is two characters, of which nobody types the second.
        'İ' => Some('i'),
        '\u{ad}' => None,
        c => is_plain(c).then_some(c),
    };
    // Some have an upper case in common with others, or one of several letters.
    seen.into_iter().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// What is said by others, as it may stand in a log.
pub(crate) fn in_one_line(text: &str) -> String {
    text.chars().map(plain).collect()
}

/// A character as it may stand there.
pub(super) fn plain(c: char) -> char {
    if is_plain(c) { c } else { ' ' }
}

/// Line breaks and other control characters would forge lines of a log, marks of direction would turn them around, and what
/// cannot be seen would hide in them.
fn is_plain(c: char) -> bool {
    !c.is_control()
        && !matches!(
            c,
            '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, escape: fn(&[char]) -> Option<Escape>) -> String {
        let text: Vec<char> = text.chars().collect();
        view(&text, escape).iter().map(|letter| letter.folded).collect()
    }

    #[test]
    fn addresses() {
        assert_eq!(read("a%40b%2fc%C3%A9%e2%82%ac%F0%9f%98%80", percent), "a@b/cé€😀");
        for odd in ["%", "%4", "%zz", "%c3%", "%c3é", "%ff", "%e2%82", "%80", "%+4"] {
            assert_eq!(read(odd, percent), odd);
        }
        assert_eq!(read("%c3%41", percent), "%c3a", "what follows is read by itself");
    }

    #[test]
    fn entities() {
        assert_eq!(read("&amp;&lt;&gt;&quot;&apos;&#34;&#x2F;&#Xe9;&#0233;", entity), "&<>\"'\"/éé");
        for odd in [
            "&",
            "&;",
            "&#;",
            "&#x;",
            "&#xd800;",
            "&nosuch;",
            "&#12345678901;",
            "&#x00000000000000000000000069;",
            "&amp",
        ] {
            assert_eq!(read(odd, entity), odd);
        }
    }

    #[test]
    fn json_strings() {
        assert_eq!(read(r#"\"\\\/\u00e9\u003D\ud83d\ude00"#, json), "\"\\/é=😀");
        assert_eq!(read(r"a\nb\tc\r\b\f", json), "a b c   ");
        for odd in [r"\", r"\x", r"\u", r"\u00e", r"\ud83d", r"\ude00\ud83d"] {
            assert_eq!(read(odd, json), odd);
        }
        assert_eq!(read(r"\ud83d\u0041", json), r"\ud83da");
    }

    #[test]
    fn letter_case_and_what_cannot_be_seen() {
        for (one, other) in [
            ("Άρης", "ΆΡΗΣ"),
            ("Işıl", "IŞIL"),
            ("İ", "i"),
            ("Weiß", "WEISS"),
            ("ſ", "S"),
            ("al\u{200b}i\u{ad}ce\u{61c}", "ALICE"),
            ("a\tb\u{7f}", "a b "),
        ] {
            assert_eq!(folded(one), folded(other), "{one}");
        }
        assert_ne!(folded("a"), folded("b"));
    }

    #[test]
    fn letters_know_where_they_stand() {
        let text: Vec<char> = "x&amp;ß".chars().collect();
        let places: Vec<_> = view(&text, entity).iter().map(|letter| (letter.folded, letter.from, letter.to)).collect();
        assert_eq!(places, [('x', 0, 1), ('&', 1, 6), ('s', 6, 7), ('s', 6, 7)]);
    }
}
