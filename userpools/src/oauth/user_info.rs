//! The response of the userInfo endpoint.

use super::error::OAuthError;
use crate::verify::read_object;
use cognito_op::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use std::fmt;

/// The attributes of a user, as the userInfo endpoint returns them. `Debug` redacts them.
///
/// ```
/// use cognito_userpools::oauth::UserInfo;
///
/// /// Returns an address to which the program may send messages.
/// fn address(user: &UserInfo) -> Option<&str> {
///     user.email().filter(|_| user.email_verified() == Some(true))
/// }
/// ```
#[derive(Clone, PartialEq)]
pub struct UserInfo(Map<String, Value>);

impl UserInfo {
    /// Reads a response with status 200.
    pub(super) fn read(json: &str) -> Result<Self, OAuthError> {
        let wrong = |detail| OAuthError::unreadable(detail, StatusCode::OK);
        let not_an_object = || wrong("it is not a JSON object, or contains a name twice");
        let [] = read_object(json, []).map_err(|_| not_an_object())?;
        let info = Self(serde_json::from_str(json).map_err(|_| not_an_object())?);
        if info.sub().is_empty() { Err(wrong("it contains no `sub`")) } else { Ok(info) }
    }

    /// Returns the user's id. It is that of the identity token; see [`IdToken::sub`](crate::verify::IdToken::sub).
    #[must_use]
    pub fn sub(&self) -> &str {
        self.text("sub").unwrap_or_default()
    }

    /// Returns the user name in the pool.
    #[must_use]
    pub fn username(&self) -> Option<&str> {
        self.text("username")
    }

    /// Returns the email address. Without [`email_verified`](Self::email_verified), anyone may have entered it.
    #[must_use]
    pub fn email(&self) -> Option<&str> {
        self.text("email")
    }

    /// Returns whether the email address is verified.
    #[must_use]
    pub fn email_verified(&self) -> Option<bool> {
        self.flag("email_verified")
    }

    /// Returns the phone number.
    #[must_use]
    pub fn phone_number(&self) -> Option<&str> {
        self.text("phone_number")
    }

    /// Returns whether the phone number is verified.
    #[must_use]
    pub fn phone_number_verified(&self) -> Option<bool> {
        self.flag("phone_number_verified")
    }

    /// Returns an attribute that is a text, such as `given_name` or `custom:tenant`.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name)?.as_str()
    }

    /// Returns an attribute that is true or false. The service returns it as the text `"true"` or `"false"`; the values
    /// of [OpenID Connect](https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims), `true` and `false`,
    /// are accepted too. Any other value is `None`.
    #[must_use]
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.0.get(name)? {
            Value::Bool(flag) => Some(*flag),
            Value::String(text) => text.parse().ok(),
            _ => None,
        }
    }

    /// Deserializes the attributes. `T` can be a struct or a [`serde_json::Value`].
    ///
    /// # Errors
    ///
    /// Returns an error if an attribute is missing or has another type. The text of the error can quote an attribute.
    pub fn claims<T: DeserializeOwned>(&self) -> Result<T, serde_json::Error> {
        serde_json::from_value(Value::Object(self.0.clone()))
    }
}

impl fmt::Debug for UserInfo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UserInfo").finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_texts_or_booleans() {
        let json = r#"{"sub":"1","a":"true","b":"false","c":true,"d":false,"e":"TRUE","f":"","g":1,"h":null}"#;
        let info = UserInfo::read(json).expect("a user");
        let flags = ["a", "b", "c", "d", "e", "f", "g", "h", "i"].map(|name| info.flag(name));
        let (yes, no) = (Some(true), Some(false));
        assert_eq!(flags, [yes, no, yes, no, None, None, None, None, None]);
        assert_eq!((info.sub(), info.email_verified(), info.username()), ("1", None, None));
        assert_eq!(info.claims::<Value>().expect("claims")["g"], 1);
    }

    #[test]
    fn attributes_have_methods() {
        let json = r#"{"sub":"1","username":"alice","email":"a@example.com","email_verified":"true",
            "phone_number":"+4912345","phone_number_verified":"false"}"#;
        let info = UserInfo::read(json).expect("a user");
        assert_eq!((info.username(), info.email()), (Some("alice"), Some("a@example.com")));
        assert_eq!((info.email_verified(), info.phone_number_verified()), (Some(true), Some(false)));
        assert_eq!(info.phone_number(), Some("+4912345"));
        assert_eq!(format!("{info:?}"), "UserInfo { .. }");
        let info = UserInfo::read(r#"{"sub":"1","phone_number_verified":true}"#).expect("a user");
        assert_eq!((info.email(), info.phone_number(), info.phone_number_verified()), (None, None, Some(true)));
    }

    #[test]
    fn others_are_errors() {
        for wrong in ["", "[]", "{}", r#"{"sub":1}"#, r#"{"sub":""}"#, r#"{"sub":"1","sub":"2"}"#, r#"{"sub":"1""#] {
            assert!(UserInfo::read(wrong).is_err(), "{wrong}");
        }
    }
}
