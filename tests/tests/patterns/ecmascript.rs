//! The ECMAScript translations of the patterns, compiled by Node with the flag `v`, as browsers do.

use super::generate::values;
use std::process::Command;

/// Reads an array of `[pattern, values]` and writes for each value whether it matches.
const SCRIPT: &str = r"
    const given = JSON.parse(require('fs').readFileSync(0, 'utf8'));
    const verdicts = given.map(([pattern, values]) => {
        const compiled = new RegExp('^(?:' + pattern + ')$', 'v');
        return values.map(value => compiled.test(value));
    });
    console.log(JSON.stringify(verdicts));
";

/// A translation accepts exactly the values that the matcher accepts.
#[test]
fn browsers_read_the_patterns_as_the_matcher() {
    let patterns = super::patterns();
    let given: Vec<_> = patterns
        .iter()
        .map(|pattern| {
            let form = pattern.to_ecmascript();
            (form.unwrap_or_else(|| panic!("{} has no form", pattern.as_str())), values(pattern.as_str(), 2_000))
        })
        .collect();
    let (mut tried, mut accepted) = (0, 0);
    let verdicts = super::ask(Command::new(cognito_op_tests_provision::node()).args(["-e", SCRIPT]), &given);
    for ((pattern, (form, values)), verdicts) in patterns.iter().zip(&given).zip(verdicts) {
        assert_eq!(values.len(), verdicts.len());
        for (value, browser) in values.iter().zip(verdicts) {
            let matches = pattern.is_match(value);
            (tried, accepted) = (tried + 1, accepted + usize::from(matches));
            assert!(browser == matches, "{} as {form} on {value:?}: {browser}", pattern.as_str());
        }
    }
    println!("{tried} values of {} patterns, of which {accepted} match", patterns.len());
    assert!(accepted > tried / 10 && accepted < tried, "{accepted} of {tried}");
}
