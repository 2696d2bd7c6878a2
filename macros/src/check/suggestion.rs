//! Suggestions for misspelt names.

/// The fix for a name that the service does not have: the nearest names, or all names if there are few, and otherwise
/// `fallback`.
pub(super) fn suggest<S: AsRef<str>>(written: &str, known: &[S], fallback: &str) -> String {
    let near = did_you_mean(&nearest(written, known.iter().map(AsRef::as_ref)));
    if !near.is_empty() {
        return near;
    }
    if known.is_empty() || known.len() > 20 {
        return format!("; {fallback}");
    }
    let known: Vec<String> = known.iter().map(|name| format!("`{}`", name.as_ref())).collect();
    format!("; available: {}; {fallback}", known.join(", "))
}

/// Returns up to three known names that are similar to `written`, the nearest first.
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let mut near: Vec<(usize, &str)> = known
        .into_iter()
        .map(|name| (distance(written, name), name))
        .filter(|(distance, name)| *distance <= name.len().max(written.len()).div_ceil(3))
        .collect();
    near.sort_unstable();
    near.into_iter().take(3).map(|(_, name)| name).collect()
}

fn did_you_mean(names: &[&str]) -> String {
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
    fn at_most_twenty_names_are_listed() {
        let names: Vec<String> = (0..21).map(|number| format!("Name{number}Here")).collect();
        let listed = suggest("zzz", &names[..20], "fallback");
        assert!(
            listed.starts_with("; available: `Name0Here`") && listed.ends_with("`Name19Here`; fallback"),
            "{listed}"
        );
        assert_eq!(suggest("zzz", &names, "fallback"), "; fallback");
        assert_eq!(suggest::<&str>("zzz", &[], "fallback"), "; fallback");
        let near = suggest("Name3Her", &names, "fallback");
        assert!(near.contains("did you mean `Name3Here`"), "{near}");
    }
}
