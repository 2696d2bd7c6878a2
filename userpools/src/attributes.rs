//! The attributes of a user, by name.

#[cfg(feature = "admin-users")]
use crate::admin::{AdminGetUserResponse, UserType};
use crate::operations::{AttributeType, GetUserResponse};

/// Returns the value of the first attribute with that name.
fn value<'a>(attributes: impl IntoIterator<Item = &'a AttributeType>, name: &str) -> Option<&'a str> {
    attributes.into_iter().find(|attribute| attribute.name == name)?.value.as_deref()
}

impl GetUserResponse {
    /// Returns the value of the attribute with that name, such as `email` or `custom:plan`.
    ///
    /// ```
    /// use cognito_userpools::operations::GetUserResponse;
    ///
    /// let user = GetUserResponse::new([("email", "alice@example.com")], "alice");
    /// assert_eq!(user.attribute("email"), Some("alice@example.com"));
    /// assert_eq!(user.attribute("phone_number"), None);
    /// ```
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        value(&self.user_attributes, name)
    }
}

#[cfg(feature = "admin-users")]
impl AdminGetUserResponse {
    /// Returns the value of the attribute with that name, such as `email` or `custom:plan`.
    ///
    /// ```
    /// use cognito_userpools::admin::AdminGetUserResponse;
    ///
    /// let user = AdminGetUserResponse::new("alice");
    /// assert_eq!(user.attribute("email"), None);
    /// let user = user.user_attributes([("email", "alice@example.com")]);
    /// assert_eq!(user.attribute("email"), Some("alice@example.com"));
    /// ```
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        value(self.user_attributes.iter().flatten(), name)
    }
}

#[cfg(feature = "admin-users")]
impl UserType {
    /// Returns the value of the attribute with that name, such as `email` or `custom:plan`.
    ///
    /// ```
    /// use cognito_userpools::admin::UserType;
    ///
    /// let user = UserType::new().attributes([("sub", "7a1f"), ("custom:plan", "free")]);
    /// assert_eq!(user.attribute("custom:plan"), Some("free"));
    /// assert_eq!(user.attribute("email"), None);
    /// ```
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        value(self.attributes.iter().flatten(), name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_exactly() {
        let user = GetUserResponse::new([("Email", "1"), ("email", "2"), ("email", "3"), ("", "4")], "alice");
        assert_eq!((user.attribute("email"), user.attribute(""), user.attribute("mail")), (Some("2"), Some("4"), None));
        let mut user = user;
        user.user_attributes.insert(0, AttributeType::new("email"));
        assert_eq!(user.attribute("email"), None, "an attribute without a value");
    }
}
