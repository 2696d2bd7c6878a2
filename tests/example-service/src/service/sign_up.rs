//! Signing up, and new passwords for forgotten ones: what is done with codes that are sent.

use super::pool::{Pool, User, random};
use super::request::Members;
use super::{Answer, Refusal, refusal};
use serde_json::{Value, json};

impl Pool {
    pub(super) fn sign_up(&mut self, members: &Members) -> Answer {
        let username = members.username()?;
        if self.users.contains_key(username) {
            return Err(refusal("UsernameExistsException", "User already exists"));
        }
        let password = checked(members.text("Password"))?;
        let missing = "Attributes did not conform to the schema: email: The attribute is required\n";
        let email = members.attribute("email").ok_or_else(|| refusal("InvalidParameterException", missing))?;
        let user = User::new(email, password);
        let sub = user.sub.clone();
        self.users.insert(username.to_owned(), user);
        let details = self.send_code(username, "Your confirmation code is")?;
        Ok(json!({ "UserConfirmed": false, "UserSub": sub, "CodeDeliveryDetails": details }))
    }

    pub(super) fn resend_confirmation_code(&mut self, members: &Members) -> Answer {
        let username = members.username()?;
        if self.user(username)?.confirmed {
            return Err(refusal("InvalidParameterException", "User is already confirmed."));
        }
        let details = self.send_code(username, "Your confirmation code is")?;
        Ok(json!({ "CodeDeliveryDetails": details }))
    }

    pub(super) fn confirm_sign_up(&mut self, members: &Members) -> Answer {
        let user = self.user(members.username()?)?;
        if user.confirmed {
            let message = "User cannot be confirmed. Current status is CONFIRMED";
            return Err(refusal("NotAuthorizedException", message));
        }
        take_code(user, members)?;
        user.confirmed = true;
        Ok(json!({}))
    }

    pub(super) fn forgot_password(&mut self, members: &Members) -> Answer {
        let username = members.username()?;
        if !self.user(username)?.confirmed {
            let message = "Cannot reset password for the user as there is no registered/verified email or phone_number";
            return Err(refusal("InvalidParameterException", message));
        }
        let details = self.send_code(username, "Your password reset code is")?;
        Ok(json!({ "CodeDeliveryDetails": details }))
    }

    pub(super) fn confirm_forgot_password(&mut self, members: &Members) -> Answer {
        let user = self.user(members.username()?)?;
        let password = checked(members.text("Password"))?;
        take_code(user, members)?;
        password.clone_into(&mut user.password);
        Ok(json!({}))
    }

    /// Sends a new code, and says where to.
    fn send_code(&mut self, username: &str, text: &str) -> Answer {
        let [a, b, c, d, ..] = random();
        let code = format!("{:06}", u32::from_be_bytes([a, b, c, d]) % 1_000_000);
        let user = self.user(username)?;
        let email = user.email.clone();
        user.code = Some(code.clone());
        self.send(format!("An email to {email}: {text}"), &code);
        Ok(json!({ "AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": masked(&email) }))
    }
}

/// Checks a code, which is good once.
fn take_code(user: &mut User, members: &Members) -> Result<(), Refusal> {
    match &user.code {
        None => Err(refusal("ExpiredCodeException", "Invalid code provided, please request a code again.")),
        Some(code) if code != members.text("ConfirmationCode") => {
            Err(refusal("CodeMismatchException", "Invalid verification code provided, please try again."))
        }
        Some(_) => {
            user.code = None;
            Ok(())
        }
    }
}

fn checked(password: &str) -> Result<&str, Refusal> {
    let has = |kind: fn(char) -> bool| password.contains(kind);
    let lack = if password.chars().count() < 8 {
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
    Err(refusal("InvalidPasswordException", format!("Password did not conform with policy: {lack}")))
}

/// The first letters of an address: `a***@e***`.
fn masked(email: &str) -> Value {
    let first = |part: &str| part.chars().take(1).collect::<String>();
    let (name, domain) = email.split_once('@').unwrap_or_default();
    format!("{}***@{}***", first(name), first(domain)).into()
}
