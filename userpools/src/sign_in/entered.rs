//! The validation of the values that a person entered.

use crate::operations::VerifySoftwareToken;
use cognito_op::{Violations, cognito_op};
use std::collections::BTreeMap;

type Entries = Option<BTreeMap<String, String>>;

/// The values in the maps of `InitiateAuth` and `RespondToAuthChallenge`, which have no published constraints. The
/// fields have the names of the parameters of this module, and violations have their paths.
#[cognito_op(target = "InitiateAuth", response = (), unmodeled)]
struct Entered<'r> {
    // The bounds of user names in other operations.
    #[len(1, 128)]
    username: Option<&'r str>,
    #[len(min = 1)]
    password: Option<&'r str>,
    #[len(min = 1)]
    code: Option<&'r str>,
    #[len(min = 1)]
    refresh_token: Option<&'r str>,
    #[len(min = 1)]
    session: Option<&'r str>,
}

/// The code of an authenticator app, with its published constraints.
#[cognito_op(target = "VerifySoftwareToken", response = ())]
struct EnteredAppCode<'r> {
    #[member("UserCode")]
    #[len]
    #[pattern]
    code: &'r str,
    #[len]
    friendly_device_name: Option<&'r str>,
    #[unmodeled]
    #[len(min = 1)]
    session: Option<&'r str>,
}

/// Validates the entries of a request and its session. `username` and `password` are those that the request depends on
/// and the entries do not contain.
pub(super) fn validate_entries(
    entries: &Entries,
    session: Option<&str>,
    username: Option<&str>,
    password: Option<&str>,
) -> Result<(), Violations> {
    let mut entered = Entered { username, password, code: None, refresh_token: None, session };
    for (name, value) in entries.iter().flatten() {
        let field = match name.as_str() {
            "USERNAME" => &mut entered.username,
            "PASSWORD" | "NEW_PASSWORD" => &mut entered.password,
            "EMAIL_OTP_CODE" | "SMS_MFA_CODE" | "SMS_OTP_CODE" | "SOFTWARE_TOKEN_MFA_CODE" => &mut entered.code,
            "REFRESH_TOKEN" => &mut entered.refresh_token,
            _ => continue,
        };
        *field = Some(value);
    }
    entered.validate()
}

/// Validates the session of a request without entries.
pub(super) fn validate_session(session: Option<&str>) -> Result<(), Violations> {
    validate_entries(&None, session, None, None)
}

/// Validates the request that verifies a code of an authenticator app.
pub(super) fn validate_app_code(operation: &VerifySoftwareToken) -> Result<(), Violations> {
    let VerifySoftwareToken { user_code, friendly_device_name, session, .. } = operation;
    let (friendly_device_name, session) = (friendly_device_name.as_deref(), session.as_deref());
    EnteredAppCode { code: user_code, friendly_device_name, session }.validate()
}
