//! Patterns with word boundaries, which are also compared with Python. The service publishes no such patterns.

use super::generate::values;
use cognito_op::{Pattern, Structure, cognito_shape};
use std::process::Command;

#[cognito_shape(input)]
struct Boundaries {
    #[pattern(r"\b[\w-]+\b")]
    ends: Option<String>,
    #[pattern(r"[a-z]+(?:\b[^a-z]|\B[a-z])*")]
    alternatives: Option<String>,
    #[pattern(r"(?s).*\bcode\b.*")]
    word: Option<String>,
    #[pattern(r"\B[\S]*\B")]
    inside: Option<String>,
    #[pattern(r"(?:\b|-){2,4}[\w]*(?:\b)?")]
    repeated: Option<String>,
    #[pattern(r"([\w]+\b[\s]?)*")]
    words: Option<String>,
    #[pattern(r"[^a]\b[^b]\B[^c]{1,2}")]
    complements: Option<String>,
}

pub(crate) fn patterns() -> Vec<Pattern> {
    Boundaries::MEMBERS.iter().map(|member| member.constraints.pattern.expect("a pattern")).collect()
}

/// Returns whether engines may disagree on a value: they differ in which non-ASCII characters are word characters.
pub(crate) fn is_undecided(pattern: &Pattern, value: &str) -> bool {
    !value.is_ascii() && [r"\b", r"\B"].iter().any(|boundary| pattern.as_str().contains(boundary))
}

const SCRIPT: &str = r"
import json, re, sys
given = json.load(sys.stdin.buffer)
matches = lambda pattern, values: [re.fullmatch(pattern, value, re.ASCII) is not None for value in values]
print(json.dumps([matches(pattern, values) for pattern, values in given]))
";

#[test]
fn python_agrees_on_word_boundaries() {
    let patterns = patterns();
    let given: Vec<_> = patterns
        .iter()
        .map(|pattern| {
            let mut values = values(pattern.as_str(), 4_000);
            // In Python before version 3.14, `\B` does not match in an empty string.
            values.retain(|value| !value.is_empty());
            (pattern.as_str().to_owned(), values)
        })
        .collect();
    let verdicts = super::ask(Command::new("python3").args(["-c", SCRIPT]), &given);
    for ((pattern, (_, values)), verdicts) in patterns.iter().zip(&given).zip(verdicts) {
        assert_eq!(values.len(), verdicts.len());
        assert!(verdicts.contains(&true) && verdicts.contains(&false), "{}", pattern.as_str());
        for (value, python) in values.iter().zip(verdicts) {
            let here = pattern.is_match(value);
            let agrees = here == python || (here && is_undecided(pattern, value));
            assert!(agrees, "{} on {value:?}: {python} in Python", pattern.as_str());
        }
    }
}
