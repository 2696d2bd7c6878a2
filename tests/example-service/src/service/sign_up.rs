//! Sign-up and password reset: the operations with codes.

use super::pool::{Pool, User, random};
use super::request::Members;
use super::{Exception, Response, exception};
use serde_json::{Value, json};

impl Pool {
    pub(super) fn sign_up(&mut self, members: &Members) -> Response {
        let username = members.username(self.client)?;
        if self.users.contains_key(username) {
            return Err(exception("UsernameExistsException", "User already exists"));
        }
        let password = check_password(members.text("Password"))?;
        let missing = "Attributes did not conform to the schema: email: The attribute is required\n";
        let email = members.attribute("email").ok_or_else(|| exception("InvalidParameterException", missing))?;
        let user = User::new(email, password);
        let sub = user.sub.clone();
        self.users.insert(username.to_owned(), user);
        let details = self.send_code(username, "Your confirmation code is")?;
        Ok(json!({ "UserConfirmed": false, "UserSub": sub, "CodeDeliveryDetails": details }))
    }

    pub(super) fn resend_confirmation_code(&mut self, members: &Members) -> Response {
        let username = members.username(self.client)?;
        if self.user(username)?.confirmed {
            return Err(exception("InvalidParameterException", "User is already confirmed."));
        }
        let details = self.send_code(username, "Your confirmation code is")?;
        Ok(json!({ "CodeDeliveryDetails": details }))
    }

    pub(super) fn confirm_sign_up(&mut self, members: &Members) -> Response {
        let user = self.user(members.username(self.client)?)?;
        if user.confirmed {
            let message = "User cannot be confirmed. Current status is CONFIRMED";
            return Err(exception("NotAuthorizedException", message));
        }
        take_code(user, members)?;
        user.confirmed = true;
        Ok(json!({}))
    }

    pub(super) fn forgot_password(&mut self, members: &Members) -> Response {
        let username = members.username(self.client)?;
        if !self.user(username)?.confirmed {
            let message = "Cannot reset password for the user as there is no registered/verified email or phone_number";
            return Err(exception("InvalidParameterException", message));
        }
        let details = self.send_code(username, "Your password reset code is")?;
        Ok(json!({ "CodeDeliveryDetails": details }))
    }

    pub(super) fn confirm_forgot_password(&mut self, members: &Members) -> Response {
        let user = self.user(members.username(self.client)?)?;
        let password = check_password(members.text("Password"))?;
        take_code(user, members)?;
        password.clone_into(&mut user.password);
        Ok(json!({}))
    }

    /// Sends a new code and returns its destination.
    fn send_code(&mut self, username: &str, text: &str) -> Response {
        let [a, b, c, d, ..] = random();
        let code = format!("{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000);
        let user = self.user(username)?;
        let email = user.email.clone();
        user.code = Some(code.clone());
        self.send(format!("An email to {email}: {text}"), &code);
        Ok(json!({ "AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": masked(&email) }))
    }
}

/// Checks a code and removes it: each code is accepted once.
fn take_code(user: &mut User, members: &Members) -> Result<(), Exception> {
    match &user.code {
        None => Err(exception("ExpiredCodeException", "Invalid code provided, please request a code again.")),
        Some(code) if code != members.text("ConfirmationCode") => {
            Err(exception("CodeMismatchException", "Invalid verification code provided, please try again."))
        }
        Some(_) => {
            user.code = None;
            Ok(())
        }
    }
}

fn check_password(password: &str) -> Result<&str, Exception> {
    let has = |kind: fn(char) -> bool| password.contains(kind);
    let problem = if password.chars().count() < 8 {
        "Password not long enough"
    } else if !has(|c| c.is_ascii_lowercase()) {
        "Password must have lowercase characters"
    } else if !has(|c| c.is_ascii_uppercase()) {
        "Password must have uppercase characters"
    } else if !has(|c| c.is_ascii_digit()) {
        "Password must have numeric characters"
    } else {
        return Ok(password);
    };
    Err(exception("InvalidPasswordException", format!("Password did not conform with policy: {problem}")))
}

/// Masks an address: `a***@e***`.
fn masked(email: &str) -> Value {
    let first = |part: &str| part.chars().take(1).collect::<String>();
    let (name, domain) = email.split_once('@').unwrap_or_default();
    format!("{}***@{}***", first(name), first(domain)).into()
}
