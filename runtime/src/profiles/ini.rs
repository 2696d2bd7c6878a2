//! The parser of the config and credentials files.
//!
//! The format is that of Python's [`configparser`](https://docs.python.org/3/library/configparser.html), with which the
//! AWS CLI reads the files: keys in upper or lower case, `=` or `:`, comments on lines of their own, and values that
//! continue on indented lines. A value that begins on an indented line consists of nested keys.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use zeroize::Zeroizing;

/// The values of a section. The lines of a value are joined with line breaks.
pub(super) type Section = BTreeMap<String, Zeroizing<String>>;

/// The number of an invalid line, and the problem.
pub(super) type Fault = (usize, &'static str);

/// Parses a file to its sections, in their order.
pub(super) fn parse(bytes: &[u8]) -> Result<Vec<(String, Section)>, Fault> {
    let text = str::from_utf8(bytes).map_err(|error| {
        let valid = bytes.iter().take(error.valid_up_to());
        (valid.filter(|byte| **byte == b'\n').count() + 1, "the file is not UTF-8")
    })?;
    let mut sections: Vec<(&str, BTreeMap<String, Vec<&str>>)> = Vec::new();
    // The places of the sections, and that of the current one.
    let (mut places, mut current) = (BTreeMap::new(), None::<usize>);
    // The key whose value the next line may continue, and the indentation of its line.
    let (mut key, mut indentation) = (None::<String>, 0);
    for (number, line) in (1..).zip(text.strip_prefix('\u{feff}').unwrap_or(text).lines()) {
        let content = line.trim();
        if content.starts_with(['#', ';']) {
            continue;
        }
        let indented = line.chars().take_while(|c| c.is_whitespace()).count();
        let section = current.and_then(|at| sections.get_mut(at));
        let lines = section.and_then(|(_, section)| section.get_mut(key.as_ref()?));
        if let Some(lines) = lines.filter(|_| content.is_empty() || indented > indentation) {
            let is_nested = lines.first().is_none_or(|first| first.is_empty());
            if is_nested && !content.is_empty() && !content.contains('=') {
                return Err((number, "the nested line is not `key = value`"));
            }
            lines.push(content);
            continue;
        }
        if content.is_empty() {
            continue;
        }
        (key, indentation) = (None, indented);
        if let Some(name) = header(content) {
            let place = *places.entry(name).or_insert(sections.len());
            if place == sections.len() {
                sections.push((name, BTreeMap::new()));
            } else if name != DEFAULTS {
                return Err((number, "the section occurs a second time"));
            }
            current = Some(place);
            continue;
        }
        let Some((_, section)) = current.and_then(|at| sections.get_mut(at)) else {
            return Err((number, "the line is in no section"));
        };
        let Some((name, value)) = content.split_once(['=', ':']).filter(|(name, _)| !name.is_empty()) else {
            return Err((number, "the line is neither `[section]` nor `key = value`"));
        };
        let name = name.trim_end().to_lowercase();
        match section.entry(name.clone()) {
            Entry::Vacant(entry) => entry.insert(vec![value.trim_start()]),
            Entry::Occupied(_) => return Err((number, "the key occurs a second time in its section")),
        };
        key = Some(name);
    }
    let joined = |(name, section): (&str, BTreeMap<_, Vec<_>>)| {
        let values = section.into_iter().map(|(key, lines)| (key, Zeroizing::new(lines.join("\n"))));
        (name.to_owned(), values.collect())
    };
    Ok(with_defaults(sections.into_iter().map(joined).collect()))
}

/// Returns the name of the section that a line begins. Text after the last bracket is ignored.
fn header(line: &str) -> Option<&str> {
    let (name, _) = line.strip_prefix('[')?.rsplit_once(']')?;
    Some(name).filter(|name| !name.is_empty())
}

/// The section whose values apply to all sections. Unlike the others, it can occur several times.
const DEFAULTS: &str = "DEFAULT";

/// Adds the values of the section [`DEFAULTS`] to all sections.
fn with_defaults(mut sections: Vec<(String, Section)>) -> Vec<(String, Section)> {
    if let Some(at) = sections.iter().position(|(name, _)| name == DEFAULTS) {
        let (_, defaults) = sections.remove(at);
        for (_, section) in &mut sections {
            for (key, value) in &defaults {
                section.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
    }
    sections
}

/// Returns the value of a nested key. If the key occurs twice, the last one applies.
pub(super) fn nested<'v>(value: &'v str, key: &str) -> Option<&'v str> {
    let mut pairs = value.strip_prefix('\n')?.lines().rev().filter_map(|line| line.split_once('='));
    pairs.find(|(known, _)| known.trim_end() == key).map(|(_, value)| value.trim_start())
}

/// Splits the name of a section into words, as a shell does. Returns `None` if a quote is not closed.
pub(super) fn words(name: &str) -> Option<Vec<String>> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    let mut rest = name.chars();
    while let Some(c) = rest.next() {
        match (quote, c) {
            (None, c) if c.is_ascii_whitespace() => words.extend(word.take()),
            (None, '"' | '\'') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (Some(open), c) if c == open => quote = None,
            (None, '\\') => word.get_or_insert_default().push(rest.next()?),
            (Some('"'), '\\') => {
                let escaped = rest.next()?;
                if !matches!(escaped, '"' | '\\') {
                    word.get_or_insert_default().push(c);
                }
                word.get_or_insert_default().push(escaped);
            }
            _ => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    quote.is_none().then_some(words)
}
