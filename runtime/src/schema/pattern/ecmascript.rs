//! Translates a pattern to ECMAScript, for the attribute `pattern` of an HTML form.
//!
//! The macro has parsed the pattern already and accepts only what Java, ECMAScript and Rust read alike. Four
//! differences remain: `\s` is ASCII, as in Java; a category also matches unassigned code points; `\b` and `\B` also match
//! next to a character that is not ASCII; and the flag `v` reserves more punctuation within a class.

use std::fmt::Write as _;
use std::iter::Peekable;
use std::str::Chars;

/// Returns the pattern for `new RegExp("^(?:…)$", "v")`, or `None` if ECMAScript cannot express it.
pub(super) fn translate(text: &str) -> Option<String> {
    let beyond_ascii = [".", "[^", r"\D", r"\P", r"\S", r"\W", r"\p", r"\u", r"\x"];
    let mut translation = Translation {
        rest: text.chars().peekable(),
        written: String::with_capacity(text.len()),
        dot_all: vec![false],
        is_ascii: text.is_ascii() && !beyond_ascii.iter().any(|part| text.contains(part)),
    };
    while let Some(c) = translation.rest.next() {
        translation.part(c)?;
    }
    Some(translation.written)
}

struct Translation<'t> {
    rest: Peekable<Chars<'t>>,
    written: String,
    /// Whether `.` matches line terminators, for each open group.
    dot_all: Vec<bool>,
    /// Whether the pattern certainly matches ASCII values only.
    is_ascii: bool,
}

/// The white space of Java's `\s`, for a class.
const SPACE: &str = r"\t-\r\x20";

impl Translation<'_> {
    /// Translates the part of the pattern that begins with `c`.
    fn part(&mut self, c: char) -> Option<()> {
        match c {
            '\\' => self.escape()?,
            '[' => self.class()?,
            '(' => self.group()?,
            ')' => {
                self.dot_all.pop();
                self.written.push(')');
            }
            '.' if self.dot_all.last() == Some(&true) => self.written.push_str(r"[\s\S]"),
            '.' => self.written.push_str(r"[^\n\r\x85\u2028\u2029]"),
            '{' => {
                self.written.push('{');
                self.copy_through('}');
            }
            // Literals, since a class and a repetition consume theirs.
            ']' | '}' => self.written.extend(['\\', c]),
            c => self.written.push(c),
        }
        Some(())
    }

    fn copy_through(&mut self, end: char) {
        for c in self.rest.by_ref() {
            self.written.push(c);
            if c == end {
                break;
            }
        }
    }

    /// Translates an opening parenthesis with its flags. A name is omitted, since nothing can refer to it.
    fn group(&mut self) -> Option<()> {
        let mut dot_all = self.dot_all.last() == Some(&true);
        self.written.push('(');
        if self.rest.next_if_eq(&'?').is_none() {
            self.dot_all.push(dot_all);
            return Some(());
        }
        if self.rest.next_if_eq(&'<').is_some() {
            match self.rest.next_if(|c| matches!(c, '!' | '=')) {
                // The table has a published pattern that looks behind.
                Some(c) => self.written.extend(['?', '<', c]),
                None => drop(self.rest.by_ref().find(|c| *c == '>')),
            }
            self.dot_all.push(dot_all);
            return Some(());
        }
        let mut on = true;
        loop {
            match self.rest.next()? {
                '-' => on = false,
                's' => dot_all = on,
                ':' => {
                    self.written.push_str("?:");
                    self.dot_all.push(dot_all);
                    return Some(());
                }
                // The flags apply to the rest of the enclosing group.
                ')' => {
                    self.written.pop();
                    *self.dot_all.last_mut()? = dot_all;
                    return Some(());
                }
                _ => return None,
            }
        }
    }

    /// Translates an escape outside a class.
    fn escape(&mut self) -> Option<()> {
        match self.rest.next()? {
            's' => self.written.extend(["[", SPACE, "]"]),
            'S' => self.written.extend(["[^", SPACE, "]"]),
            c @ ('p' | 'P') => {
                let category = self.category(c)?;
                if category.complement {
                    self.written.push_str(&category.text);
                } else {
                    self.written.extend(["[", &category.text, r"\p{Cn}]"]);
                }
            }
            c @ ('b' | 'B') => {
                // ECMAScript does not allow a repetition of an assertion, only of a group.
                let is_repeated = matches!(self.rest.peek(), Some('*' | '+' | '?' | '{'));
                let _ = if self.is_ascii && !is_repeated {
                    write!(self.written, r"\{c}")
                } else {
                    write!(self.written, r"(?:\{c}|(?<=[^\0-\x7F])|(?=[^\0-\x7F]))")
                };
            }
            c @ ('d' | 'D' | 'w' | 'W' | 't' | 'n' | 'r' | 'f' | 'x' | 'u') => self.written.extend(['\\', c]),
            c if is_syntax(c) => self.written.extend(['\\', c]),
            c => self.written.push(c),
        }
        Some(())
    }

    /// Translates a class.
    fn class(&mut self) -> Option<()> {
        let negated = self.rest.next_if_eq(&'^').is_some();
        self.written.push_str(if negated { "[^" } else { "[" });
        let (mut unassigned, mut last, mut is_first) = (false, None, true);
        let (mut category, mut complement) = (false, false);
        while self.rest.next_if_eq(&']').is_none() {
            match self.member()? {
                ClassMember::Character(first) => {
                    self.character(&first, last.as_deref());
                    let mut after = self.rest.clone();
                    // Before the end of the class or another `-`, it is a literal.
                    let is_range = after.next() == Some('-') && !matches!(after.next(), Some(']' | '-'));
                    last = Some(first);
                    if is_range {
                        self.written.extend(self.rest.next());
                        let ClassMember::Character(end) = self.member()? else { return None };
                        self.character(&end, None);
                        last = Some(end);
                    }
                }
                ClassMember::NotSpace if !negated && is_first && self.rest.peek() == Some(&']') => {
                    self.written.extend(["^", SPACE]);
                }
                ClassMember::NotSpace => {
                    complement = true;
                    self.written.extend(["[^", SPACE, "]"]);
                }
                ClassMember::Class(text) => {
                    complement |= matches!(text.as_str(), "\\D" | "\\W");
                    self.written.push_str(&text);
                }
                ClassMember::Category(found) => {
                    if negated && !found.is_separator {
                        return None;
                    }
                    category = true;
                    complement |= found.complement;
                    unassigned |= !negated && !found.complement;
                    self.written.push_str(&found.text);
                }
            }
            is_first = false;
        }
        // The complement of a category and a complement depends on the version of Unicode.
        if negated && category && complement {
            return None;
        }
        self.written.push_str(if unassigned { r"\p{Cn}]" } else { "]" });
        Some(())
    }

    /// Reads a member of a class, or one end of a range.
    fn member(&mut self) -> Option<ClassMember> {
        let c = self.rest.next()?;
        if c != '\\' {
            return Some(ClassMember::Character(c.into()));
        }
        let escaped = self.rest.next()?;
        Some(match escaped {
            's' => ClassMember::Class(SPACE.to_owned()),
            'S' => ClassMember::NotSpace,
            'p' | 'P' => ClassMember::Category(self.category(escaped)?),
            'd' | 'D' | 'w' | 'W' => ClassMember::Class(format!("\\{escaped}")),
            't' | 'n' | 'r' | 'f' => ClassMember::Character(format!("\\{escaped}")),
            'x' | 'u' => {
                let digits = if escaped == 'x' { 2 } else { 4 };
                let digits: String = self.rest.by_ref().take(digits).collect();
                ClassMember::Character(format!("\\{escaped}{digits}"))
            }
            c => ClassMember::Character(c.into()),
        })
    }

    /// Writes a character of a class. The flag `v` reserves pairs of equal punctuation, such as `&&`.
    fn character(&mut self, text: &str, last: Option<&str>) {
        match *text.as_bytes() {
            [byte] if is_syntax(char::from(byte)) || byte == b'-' => self.written.extend(["\\", text]),
            [byte] if byte.is_ascii_punctuation() && last == Some(text) => {
                let _ = write!(self.written, "\\x{byte:02X}");
            }
            _ => self.written.push_str(text),
        }
    }

    /// Reads a category after `\p` or `\P`.
    fn category(&mut self, escape: char) -> Option<Category> {
        let mut name = String::new();
        match self.rest.next()? {
            '{' => name.extend(self.rest.by_ref().take_while(|c| *c != '}')),
            letter => name.push(letter),
        }
        let is_separator = name.starts_with('Z');
        let complement = escape == 'P';
        // A newer version of Unicode can move code points out of a complement. It has not done so for separators.
        if (complement && !is_separator) || name == "C" {
            return None;
        }
        Some(Category { text: format!("\\{escape}{{{name}}}"), complement, is_separator })
    }
}

enum ClassMember {
    /// A character, as it is written, without the backslash of punctuation.
    Character(String),
    /// `\S`.
    NotSpace,
    /// Another class.
    Class(String),
    Category(Category),
}

/// A general category of Unicode.
struct Category {
    text: String,
    complement: bool,
    is_separator: bool,
}

/// Returns whether a character is escaped with a backslash, inside and outside classes, with the flags `u` and `v`.
fn is_syntax(c: char) -> bool {
    matches!(c, '^' | '$' | '\\' | '.' | '*' | '+' | '?' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '/')
}

#[cfg(test)]
mod tests {
    use super::translate;

    #[test]
    fn translations() {
        for (pattern, expected) in [
            (r"[\w+]+", r"[\w\+]+"),
            (r"[\S]+", r"[^\t-\r\x20]+"),
            (r"[\w\S]", r"[\w[^\t-\r\x20]]"),
            (r"[\S_]", r"[[^\t-\r\x20]_]"),
            (r"\s\S\d", r"[\t-\r\x20][^\t-\r\x20]\d"),
            (r"[A-Za-z0-9-_=.]+", r"[A-Za-z0-9\-_=\.]+"),
            (r"[a-\-b]", r"[a-\-b]"),
            (r"[\w\- ]+", r"[\w\- ]+"),
            (r"[\x21\x23-\x5B\x5D-\x7E]+", r"[\x21\x23-\x5B\x5D-\x7E]+"),
            (r"[\u00e9-\u00ff\t]", r"[\u00e9-\u00ff\t]"),
            (r"[\p{L}\p{M}\s*]*\{##\}", r"[\p{L}\p{M}\t-\r\x20\*\p{Cn}]*\{##\}"),
            (r"\p{L}\pN\P{Z}", r"[\p{L}\p{Cn}][\p{N}\p{Cn}]\P{Z}"),
            (r"[^_\p{Z}]", r"[^_\p{Z}]"),
            (r"[^\S]", r"[^[^\t-\r\x20]]"),
            (r"(?s).*(a.)", r"[\s\S]*(a[\s\S])"),
            (r"(?s:.)(?:.)", r"(?:[\s\S])(?:[^\n\r\x85\u2028\u2029])"),
            (r"(?s)((?-s).)(?-s:.).", r"([^\n\r\x85\u2028\u2029])(?:[^\n\r\x85\u2028\u2029])[\s\S]"),
            (r"(?<year>[0-9]{4,})?", r"([0-9]{4,})?"),
            (r"[\w.]*(?<!\.)", r"[\w\.]*(?<!\.)"),
            (r"^a\@b\-c/}]$", r"^a@b-c/\}\]$"),
            (r"[&\&@@/|(]", r"[&\x26@\x40\/\|\(]"),
            (r"[!-##]", r"[!-#\x23]"),
            ("[é-ü]é", "[é-ü]é"),
            ("", ""),
            (r"^[0-9a-f]{8}\b-\w\B\w", r"^[0-9a-f]{8}\b-\w\B\w"),
            (r"\b{2}a", r"(?:\b|(?<=[^\0-\x7F])|(?=[^\0-\x7F])){2}a"),
            (r"\S\B", r"[^\t-\r\x20](?:\B|(?<=[^\0-\x7F])|(?=[^\0-\x7F]))"),
            (r"é\b", r"é(?:\b|(?<=[^\0-\x7F])|(?=[^\0-\x7F]))"),
        ] {
            assert_eq!(translate(pattern).as_deref(), Some(expected), "{pattern}");
        }
        for pattern in [
            r"\P{L}",
            r"[^\p{L}]",
            r"[\P{Lu}]",
            r"\p{C}",
            r"[\p{C}]",
            r"[^\P{Zs}\p{N}]",
            r"[^\P{Z}]",
            r"[^\p{Zs}\D]",
            r"[^\S\p{Z}]",
        ] {
            assert_eq!(translate(pattern), None, "{pattern}");
        }
    }
}
