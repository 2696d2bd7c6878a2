//! The filter of [`ListUsers`](super::ListUsers).

use std::fmt;
use std::str::FromStr;

/// A filter for [`ListUsers`](super::ListUsers): it compares one attribute of the users with a value.
///
/// The value is quoted and escaped, so it can be any text that a person entered. Attributes that the service cannot
/// search do not exist as a [`SearchableAttribute`].
///
/// ```
/// use cognito_userpools::admin::{Filter, ListUsers, SearchableAttribute};
///
/// let filter = Filter::equals(SearchableAttribute::Email, "alice@example.com");
/// assert_eq!(filter.as_str(), r#"email = "alice@example.com""#);
/// let operation = ListUsers::new("eu-west-1_Ab12Cd34").filter(filter);
///
/// // The text cannot end the value and add conditions.
/// let filter = Filter::starts_with(SearchableAttribute::Name, r#"" or status = "Enabled"#);
/// assert_eq!(filter.as_str(), r#"name ^= "\" or status = \"Enabled""#);
/// ```
///
/// The compiler rejects other attributes:
///
/// ```compile_fail,E0599
/// use cognito_userpools::admin::{Filter, SearchableAttribute};
///
/// let filter = Filter::equals(SearchableAttribute::Birthdate, "2000-01-01"); // error: no variant `Birthdate`
/// ```
///
/// The filter has at most 256 characters, including the attribute and the quotation marks. `ListUsers` validates this
/// when it is sent.
///
/// The API reference states whether the comparison is case-sensitive for three attributes only, as their variants
/// document. For the others, do not rely on either. The reference does not define the effect of an empty value either.
/// To list all users, pass no filter:
///
/// ```
/// use cognito_userpools::admin::{Filter, ListUsers, SearchableAttribute};
///
/// /// Lists the users whose name starts with the text from a search field.
/// fn search(text: &str) -> ListUsers {
///     let filter =
///         (!text.is_empty()).then(|| Filter::starts_with(SearchableAttribute::Name, text));
///     ListUsers::new("eu-west-1_Ab12Cd34").filter(filter)
/// }
/// assert_eq!(search("").filter, None);
/// ```
///
/// The form of a filter is that of the [API
/// reference](https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_ListUsers.html). `Debug`
/// redacts the value.
#[derive(Clone, PartialEq, Eq)]
pub struct Filter {
    attribute: SearchableAttribute,
    comparison: &'static str,
    text: String,
}

impl Filter {
    /// Creates a filter for the users whose attribute equals the value.
    #[must_use]
    pub fn equals(attribute: SearchableAttribute, value: impl AsRef<str>) -> Self {
        Self::new(attribute, "=", value.as_ref())
    }

    /// Creates a filter for the users whose attribute starts with the value.
    ///
    /// ```
    /// use cognito_userpools::admin::{Filter, SearchableAttribute};
    ///
    /// let filter = Filter::starts_with(SearchableAttribute::PhoneNumber, "+49");
    /// assert_eq!(filter.as_str(), r#"phone_number ^= "+49""#);
    /// ```
    #[must_use]
    pub fn starts_with(attribute: SearchableAttribute, value: impl AsRef<str>) -> Self {
        Self::new(attribute, "^=", value.as_ref())
    }

    fn new(attribute: SearchableAttribute, comparison: &'static str, value: &str) -> Self {
        let mut text = format!("{attribute} {comparison} \"");
        for character in value.chars() {
            if matches!(character, '"' | '\\') {
                text.push('\\');
            }
            text.push(character);
        }
        text.push('"');
        Self { attribute, comparison, text }
    }

    /// Returns the filter as the service expects it. It contains the value.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl From<Filter> for String {
    fn from(filter: Filter) -> Self {
        filter.text
    }
}

impl fmt::Debug for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Filter")
            .field("attribute", &self.attribute.as_str())
            .field("comparison", &self.comparison)
            .finish_non_exhaustive()
    }
}

/// Declares the attributes, with their names in a filter.
macro_rules! searchable_attributes {
    ($($(#[$doc:meta])+ $variant:ident = $name:literal)+) => {
        /// An attribute by which [`ListUsers`](super::ListUsers) can search. Custom attributes are not searchable.
        ///
        /// A program that gets the name of the attribute at run time parses it:
        ///
        /// ```
        /// use cognito_userpools::admin::{Filter, SearchableAttribute, UnsearchableAttribute};
        ///
        /// /// The filter for the fields of a form.
        /// fn filter(attribute: &str, value: &str) -> Result<Filter, UnsearchableAttribute> {
        ///     Ok(Filter::starts_with(attribute.parse()?, value))
        /// }
        ///
        /// assert_eq!(filter("email", "alice").unwrap().as_str(), r#"email ^= "alice""#);
        /// let error = filter("custom:plan", "free").unwrap_err().to_string();
        /// assert!(error.contains("`username`, `email`, `phone_number`"), "{error}");
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum SearchableAttribute {
            $($(#[$doc])+ $variant,)+
        }

        impl SearchableAttribute {
            /// All searchable attributes.
            ///
            /// ```
            /// use cognito_userpools::admin::SearchableAttribute;
            ///
            /// for attribute in SearchableAttribute::ALL {
            ///     println!("<option>{attribute}</option>");
            /// }
            /// ```
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// Returns the name of the attribute.
            ///
            /// ```
            /// use cognito_userpools::admin::SearchableAttribute;
            ///
            /// assert_eq!(SearchableAttribute::GivenName.as_str(), "given_name");
            /// ```
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $name,)+
                }
            }
        }
    };
}

// The list of the API reference of ListUsers, in its order.
searchable_attributes! {
    /// The user name. The comparison is case-sensitive.
    Username = "username"
    /// The email address.
    Email = "email"
    /// The phone number.
    PhoneNumber = "phone_number"
    /// The full name.
    Name = "name"
    /// The given name.
    GivenName = "given_name"
    /// The family name.
    FamilyName = "family_name"
    /// The preferred user name.
    PreferredUsername = "preferred_username"
    /// The status of the account, such as `CONFIRMED`. The comparison is not case-sensitive.
    UserStatus = "cognito:user_status"
    /// Whether the account is enabled: `Enabled` or `Disabled`. The comparison is case-sensitive.
    Status = "status"
    /// The unique identifier, the claim `sub` of the tokens.
    Sub = "sub"
}

impl fmt::Display for SearchableAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SearchableAttribute {
    type Err = UnsearchableAttribute;

    fn from_str(name: &str) -> Result<Self, UnsearchableAttribute> {
        let found = Self::ALL.iter().find(|attribute| attribute.as_str() == name);
        found.copied().ok_or(UnsearchableAttribute(()))
    }
}

/// The error for the name of an attribute that is not a [`SearchableAttribute`].
///
/// ```
/// use cognito_userpools::admin::SearchableAttribute;
///
/// let error = "birthdate".parse::<SearchableAttribute>().unwrap_err();
/// assert!(error.to_string().starts_with("the attribute is not searchable"));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsearchableAttribute(());

impl fmt::Display for UnsearchableAttribute {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the attribute is not searchable: use one of ")?;
        for (index, attribute) in SearchableAttribute::ALL.iter().enumerate() {
            let separator = if index == 0 { "" } else { ", " };
            write!(f, "{separator}`{attribute}`")?;
        }
        Ok(())
    }
}

impl std::error::Error for UnsearchableAttribute {}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a filter as the API reference describes it: the name of an attribute, the type of the filter, and the
    /// value in quotation marks, in which a backslash escapes the next character.
    fn read(filter: &str) -> Option<(&str, &str, String)> {
        let (attribute, rest) = filter.split_once(' ')?;
        let (comparison, rest) = rest.split_once(' ')?;
        let mut rest = rest.strip_prefix('"')?.chars();
        let mut value = String::new();
        loop {
            match rest.next()? {
                '"' => break,
                '\\' => value.push(rest.next().filter(|escaped| matches!(escaped, '"' | '\\'))?),
                character => value.push(character),
            }
        }
        rest.as_str().is_empty().then_some((attribute, comparison, value))
    }

    /// Values of people who try to search for something else.
    const INJECTIONS: &[&str] = &[
        "",
        " ",
        "\"",
        "\"\"",
        "\\",
        "\\\\",
        "\\\"",
        "\"\\",
        "\\\\\"",
        "alice\\",
        "alice\"",
        "\" or username = \"alice",
        "\" or \"\" = \"",
        "\" OR status = \"Enabled\" OR name = \"",
        "\\\" or username ^= \"\\",
        "\"; username ^= \"",
        "\" and sub ^= \"",
        "\")) or ((\"1\" = \"1",
        "x\"\nusername = \"alice",
        "x\r\n\"",
        "\0",
        "x\0\" or username = \"alice",
        "\t\u{b}\u{c}\u{1b}",
        "\u{201c}alice\u{201d}",
        "\u{201c} or username = \u{201c}alice",
        "\u{ff02}\u{ff3c}\u{2033}\u{2018}\u{2019}",
        "\u{5c}\u{22}\u{2028}\u{2029}\u{85}",
        "\u{301}\u{200d}\u{202e}\"",
        "😀\\😀\"😀",
        "%22%5C\\u0022&quot;'`$(id)",
    ];

    #[test]
    fn the_value_that_is_read_is_the_value_that_was_given() {
        let attribute = SearchableAttribute::Name;
        for &value in INJECTIONS {
            let equals = String::from(Filter::equals(attribute, value));
            assert_eq!(read(&equals), Some(("name", "=", value.to_owned())), "{equals}");
            let starts_with = String::from(Filter::starts_with(attribute, value));
            assert_eq!(read(&starts_with), Some(("name", "^=", value.to_owned())), "{starts_with}");
        }
        // Every text of up to six of the characters that matter.
        let mut texts = vec![String::new()];
        for _ in 0..6 {
            texts = texts.iter().flat_map(|text| ["", "\\", "\"", "a"].map(|next| format!("{text}{next}"))).collect();
            for text in &texts {
                let filter = Filter::equals(attribute, text);
                assert_eq!(read(filter.as_str()), Some(("name", "=", text.clone())), "{}", filter.as_str());
            }
        }
    }

    #[test]
    fn the_reader_of_this_test_rejects_unescaped_values() {
        for value in ["\"", "\\", "a\\b", "\" or username = \"alice"] {
            assert_eq!(read(&format!("name = \"{value}\"")), None, "{value}");
        }
    }

    #[test]
    fn names_of_attributes() {
        let names = [
            "username",
            "email",
            "phone_number",
            "name",
            "given_name",
            "family_name",
            "preferred_username",
            "cognito:user_status",
            "status",
            "sub",
        ];
        let all: Vec<&str> = SearchableAttribute::ALL.iter().map(|attribute| attribute.as_str()).collect();
        assert_eq!(all, names);
        for attribute in SearchableAttribute::ALL {
            assert_eq!(attribute.as_str().parse(), Ok(*attribute));
        }
        for name in ["", "custom:plan", "Email", " email", "email ", "birthdate", "email = \"a\" or name", "\0"] {
            let error = name.parse::<SearchableAttribute>().expect_err("not searchable");
            let text = error.to_string();
            let list = names.map(|name| format!("`{name}`")).join(", ");
            assert_eq!(text, format!("the attribute is not searchable: use one of {list}"));
        }
    }

    #[test]
    fn debug_redacts_the_value() {
        let filter = Filter::starts_with(SearchableAttribute::Email, "alice@example.com");
        assert_eq!(format!("{filter:?}"), r#"Filter { attribute: "email", comparison: "^=", .. }"#);
        let operation = crate::admin::ListUsers::new("eu-west-1_Ab12Cd34").filter(filter);
        let shown = format!("{operation:?}");
        assert!(shown.contains("filter") && !shown.contains("alice"), "{shown}");
    }

    #[test]
    fn the_operation_takes_a_filter() {
        use crate::admin::ListUsers;
        let filter = || Filter::equals(SearchableAttribute::Sub, "0a1b");
        let set = ListUsers::new("eu-west-1_Ab12Cd34").filter(filter());
        assert_eq!(set.filter.as_deref(), Some("sub = \"0a1b\""));
        assert_eq!(ListUsers::new("eu-west-1_Ab12Cd34").filter(Some(filter())).filter, set.filter);
        assert_eq!(ListUsers::new("eu-west-1_Ab12Cd34").filter(None::<Filter>).filter, None);
        // 256 characters, of which 8 are not the value.
        for (length, valid) in [(248, true), (249, false)] {
            let filter = Filter::equals(SearchableAttribute::Sub, "x".repeat(length));
            let operation = ListUsers::new("eu-west-1_Ab12Cd34").filter(filter);
            assert_eq!(operation.validate().is_ok(), valid, "{length}");
        }
    }
}
