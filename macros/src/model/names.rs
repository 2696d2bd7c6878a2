//! Conversions between names in Rust and names in the API.

/// Converts `client_id` to `ClientId`.
pub(crate) fn pascal_case(field: &str) -> String {
    let words = field.split('_').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect()
}

/// Converts `UserMFASettingList` to `user_mfa_setting_list`.
pub(crate) fn snake_case(name: &str) -> String {
    let letters: Vec<char> = name.chars().collect();
    let mut converted = String::with_capacity(name.len() + 4);
    for (i, letter) in letters.iter().enumerate() {
        let after_lower = i > 0 && !letters[i - 1].is_uppercase();
        let before_lower = letters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if letter.is_uppercase() && i > 0 && (after_lower || before_lower) {
            converted.push('_');
        }
        converted.extend(letter.to_lowercase());
    }
    converted
}

/// Removes separators and letter case, so that `user_mfa_setting_list` equals `UserMFASettingList`.
pub(super) fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_conversions() {
        assert_eq!(pascal_case("client_id"), "ClientId");
        assert_eq!(pascal_case("type"), "Type");
        assert_eq!(snake_case("ClientId"), "client_id");
        assert_eq!(snake_case("UserMFASettingList"), "user_mfa_setting_list");
        assert_eq!(snake_case("CSVHeader"), "csv_header");
    }
}
