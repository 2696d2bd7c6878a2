//! Generates values to test a pattern with: matches, near misses and edge cases.

use regex_syntax::hir::{Class, Hir, HirKind};

/// Translates a pattern to the syntax of the `regex` crate, where `\d`, `\w`, `\s` and `\b` are not ASCII by default,
/// `.` excludes fewer characters, and there is no look-behind.
pub(crate) fn to_rust_regex(pattern: &str) -> String {
    if pattern == r"^[0-9A-Za-z\.\-_]*(?<!\.)$" {
        return r"(?:[0-9A-Za-z.\-_]*[0-9A-Za-z\-_])?".to_owned();
    }
    let pattern = pattern.replace(r"\b", r"(?-u:\b)").replace(r"\B", r"(?-u:\B)");
    // A class within a class is a union.
    let pattern = pattern
        .replace(r"\d", "[0-9]")
        .replace(r"\w", "0-9A-Za-z_")
        .replace(r"\s", r"\t-\r ")
        .replace(r"[\S]", r"[^\t-\r ]");
    if pattern.contains("(?s)") { pattern } else { pattern.replace(".*", r"[^\n\r\x{85}\x{2028}\x{2029}]*") }
}

/// A `SplitMix64` generator, which returns the same values on every machine.
pub(crate) struct Random(pub(crate) u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    pub(crate) fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end as u64).expect("below a usize")
    }

    fn of<T: Copy>(&mut self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }
}

const CATEGORIES: [&str; 29] = [
    "Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc", "Me", "Nd", "Nl", "No", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po", "Sm",
    "Sc", "Sk", "So", "Zs", "Zl", "Zp", "Cc", "Cf", "Co", "Cn",
];

/// Line terminators, the neighbors of the surrogates, and other characters at the ends of ranges.
const EDGES: [char; 24] = [
    '\0',
    '\t',
    '\n',
    '\u{b}',
    '\u{c}',
    '\r',
    ' ',
    '\u{7f}',
    '\u{80}',
    '\u{85}',
    '\u{a0}',
    '\u{ff}',
    '\u{7ff}',
    '\u{800}',
    '\u{2028}',
    '\u{2029}',
    '\u{d7ff}',
    '\u{e000}',
    '\u{feff}',
    '\u{fffd}',
    '\u{ffff}',
    '\u{10000}',
    '\u{10fffe}',
    '\u{10ffff}',
];

/// Returns characters of each category, and their neighbors.
pub(crate) fn characters() -> Vec<char> {
    let mut found = EDGES.to_vec();
    found.extend((0..0x100).filter_map(char::from_u32));
    let mut random = Random(1);
    for category in CATEGORIES {
        let HirKind::Class(Class::Unicode(class)) =
            regex_syntax::parse(&format!(r"[\p{{{category}}}]")).expect("a category").into_kind()
        else {
            // The category has only one character.
            let single = if category == "Zl" { '\u{2028}' } else { '\u{2029}' };
            found.push(single);
            continue;
        };
        for _ in 0..12 {
            let range = class.ranges()[random.below(class.ranges().len())];
            let inside = in_range(&mut random, range.start(), range.end());
            let beside = [u32::from(range.start()).checked_sub(1), u32::from(range.end()).checked_add(1)];
            found.extend([range.start(), range.end(), inside]);
            found.extend(beside.into_iter().flatten().filter_map(char::from_u32));
        }
    }
    found
}

fn in_range(random: &mut Random, start: char, end: char) -> char {
    let (first, count) = (u32::from(start), u32::from(end) - u32::from(start) + 1);
    let offset = u32::try_from(random.below(count as usize)).expect("below a u32");
    // The surrogates are the only gap in the range of `char`.
    char::from_u32(first + offset).unwrap_or(start)
}

/// Returns `count` values for a pattern.
pub(crate) fn values(pattern: &str, count: usize) -> Vec<String> {
    let hir = regex_syntax::parse(&to_rust_regex(pattern)).expect("the translation is valid");
    let characters = characters();
    let mut random = Random(pattern.bytes().fold(7, |seed, byte| seed * 31 % 1_000_003 + u64::from(byte)));
    // The first values are the same for all patterns: the empty string, and each character on its own.
    let mut values = vec![String::new()];
    values.extend(characters.iter().map(char::to_string));
    while values.len() < count {
        let mut value = String::new();
        let long = random.below(50) == 0;
        write(&hir, if long { 300 } else { 6 }, &mut random, &mut value);
        values.push(value.clone());
        values.push(broken(&value, &characters, &mut random));
        let noise = (0..random.below(8)).map(|_| random.of(&characters)).collect();
        values.push(noise);
    }
    values.truncate(count);
    values
}

/// Appends a value that the pattern matches. Without an upper bound, a part is repeated at most `most` times more than
/// its minimum.
fn write(hir: &Hir, most: usize, random: &mut Random, value: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => value.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            let range = class.ranges()[random.below(class.ranges().len())];
            value.push(in_range(random, range.start(), range.end()));
        }
        HirKind::Class(Class::Bytes(class)) => value.push(char::from(class.ranges()[0].start())),
        HirKind::Repetition(repetition) => {
            let min = repetition.min as usize;
            let max = repetition.max.map_or(min + most, |max| max as usize);
            for _ in 0..min + random.below(max - min + 1) {
                write(&repetition.sub, most, random, value);
            }
        }
        HirKind::Capture(capture) => write(&capture.sub, most, random, value),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, most, random, value)),
        HirKind::Alternation(parts) => write(&parts[random.below(parts.len())], most, random, value),
    }
}

/// Returns a near miss: the value with one change.
fn broken(value: &str, characters: &[char], random: &mut Random) -> String {
    let mut value: Vec<char> = value.chars().collect();
    let at = random.below(value.len() + 1);
    match random.below(6) {
        0 => value.insert(at, random.of(characters)),
        1 if at < value.len() => value[at] = random.of(characters),
        2 if at < value.len() => drop(value.remove(at)),
        3 => value.push('\n'),
        4 => value.truncate(at),
        _ => value.extend_from_within(at..),
    }
    value.into_iter().collect()
}
