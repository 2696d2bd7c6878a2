//! Suggestions for misspelt names.

use cognito_op_model::{did_you_mean, nearest};

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
