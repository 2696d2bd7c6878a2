//! Suggestions for misspelt names.

/// Returns up to three known names that are similar to `written`, the nearest first.
#[must_use]
pub fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| *distance <= name.len().max(written.len()).div_ceil(3))
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

/// Returns the question that a message about a misspelt name ends with: "; did you mean `SignUp`?". Without names, it is empty.
#[must_use]
pub fn did_you_mean(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    match names.as_slice() {
        [] => String::new(),
        [one] => format!("; did you mean {one}?"),
        [first @ .., last] => format!("; did you mean {} or {last}?", first.join(", ")),
    }
}

/// Returns the Levenshtein distance, ignoring letter case.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().flat_map(char::to_lowercase).collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().flat_map(char::to_lowercase).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_names_come_first() {
        let names = ["SignUp", "SignUps", "ConfirmSignUp", "GetUser"];
        assert_eq!(nearest("SignUpp", names), ["SignUp", "SignUps"]);
        assert_eq!(nearest("getuser", names), ["GetUser"]);
        assert_eq!(nearest("Pigeon", names), [""; 0]);
    }

    #[test]
    fn distances_count_insertions_deletions_and_substitutions() {
        for (a, b, expected) in [
            ("", "abc", 3),
            ("abc", "", 3),
            ("xabc", "abc", 1),
            ("abc", "xabc", 1),
            ("ABC", "axc", 1),
            ("kitten", "sitting", 3),
        ] {
            assert_eq!(distance(a, b), expected, "{a} {b}");
        }
    }

    #[test]
    fn questions_name_all_suggestions() {
        assert_eq!(did_you_mean(&[]), "");
        assert_eq!(did_you_mean(&["A"]), "; did you mean `A`?");
        assert_eq!(did_you_mean(&["A", "B", "C"]), "; did you mean `A`, `B` or `C`?");
    }
}
