//! Conversions between names in Rust and names in the API.

/// Converts `client_id` to `ClientId`.
#[must_use]
pub fn pascal_case(field: &str) -> String {
    let words = field.split('_').filter(|word| !word.is_empty());
    words
        .flat_map(|word| {
            let mut letters = word.chars();
            letters.next().into_iter().flat_map(char::to_uppercase).chain(letters)
        })
        .collect()
}

/// Converts `UserMFASettingList` to `user_mfa_setting_list`.
#[must_use]
pub fn snake_case(name: &str) -> String {
    // Words of which the letter case alone does not show where they end.
    let name = name.replace("OAuth", "Oauth").replace("URLs", "Urls");
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
#[must_use]
pub fn fold(name: &str) -> String {
    name.chars().filter(|c| !matches!(c, '_' | '-' | '.')).flat_map(char::to_lowercase).collect()
}

/// Converts a value of an enum, such as `SMS_MFA` or `admin_only`, to the name of a variant: `SmsMfa`, `AdminOnly`.
#[must_use]
pub fn variant_case(value: &str) -> String {
    let words = value.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let mut name = String::with_capacity(value.len());
    for word in words {
        let is_upper = !word.chars().any(|c| c.is_ascii_lowercase());
        for (index, letter) in word.chars().enumerate() {
            name.push(match index {
                0 => letter.to_ascii_uppercase(),
                _ if is_upper => letter.to_ascii_lowercase(),
                _ => letter,
            });
        }
    }
    name
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
        assert_eq!(snake_case("AllowedOAuthFlows"), "allowed_oauth_flows");
        assert_eq!(snake_case("CallbackURLs"), "callback_urls");
        assert_eq!(snake_case("ClientMetadataURLs"), "client_metadata_urls");
        assert_eq!(snake_case("DefaultRedirectURI"), "default_redirect_uri");
        assert_eq!(variant_case("SOFTWARE_TOKEN_MFA"), "SoftwareTokenMfa");
        assert_eq!(variant_case("admin_only"), "AdminOnly");
        assert_eq!(variant_case("LoginWithAmazon"), "LoginWithAmazon");
    }
}
