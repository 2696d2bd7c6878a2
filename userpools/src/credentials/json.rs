//! Credentials in JSON. The secrets are moved out of the value, so that no copy remains in it.

use cognito_op::Credentials;
use serde_json::{Map, Value};

/// The names of the members.
pub(super) struct Names {
    pub(super) id: &'static str,
    pub(super) secret: &'static str,
    pub(super) token: &'static str,
    /// A time as in RFC 3339.
    pub(super) expiry: &'static str,
}

/// The names in the responses of the metadata services.
pub(super) const METADATA: Names =
    Names { id: "AccessKeyId", secret: "SecretAccessKey", token: "Token", expiry: "Expiration" };

/// Parses an object. The error contains no part of it.
pub(super) fn object(bytes: &[u8]) -> Result<Map<String, Value>, String> {
    match serde_json::from_slice(bytes) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("is not a JSON object".to_owned()),
        Err(_) => Err("is not JSON".to_owned()),
    }
}

/// Removes a string, if there is one.
pub(super) fn optional(object: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match object.remove(name) {
        Some(Value::String(text)) if !text.is_empty() => Ok(Some(text)),
        None | Some(Value::Null | Value::String(_)) => Ok(None),
        Some(_) => Err(format!("has a member `{name}` that is not a string")),
    }
}

/// Removes a string.
pub(super) fn required(object: &mut Map<String, Value>, name: &str) -> Result<String, String> {
    optional(object, name)?.ok_or_else(|| format!("has no `{name}`"))
}

/// Removes the credentials. The token and the expiry are optional.
pub(super) fn credentials(object: &mut Map<String, Value>, names: &Names) -> Result<Credentials, String> {
    let (id, secret) = (required(object, names.id)?, required(object, names.secret)?);
    let credentials = Credentials::new(id, secret).session_token(optional(object, names.token)?);
    match optional(object, names.expiry)? {
        Some(expiry) => {
            credentials.expiration(&expiry).map_err(|_| format!("has a member `{}` that is not a time", names.expiry))
        }
        None => Ok(credentials),
    }
}

/// Removes temporary credentials.
pub(super) fn temporary(object: &mut Map<String, Value>, names: &Names) -> Result<Credentials, String> {
    let credentials = credentials(object, names)?;
    match (credentials.token(), credentials.expiry()) {
        (None, _) => Err(format!("has no `{}`", names.token)),
        (_, None) => Err(format!("has no `{}`", names.expiry)),
        _ => Ok(credentials),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_of_temporary_credentials() {
        let id = |text: &str| {
            let found = temporary(&mut object(text.as_bytes())?, &METADATA)?;
            Ok::<_, String>(found.access_key_id().to_owned())
        };
        let members = [
            ("AccessKeyId", "\"id\""),
            ("SecretAccessKey", "\"secret\""),
            ("Token", "\"token\""),
            ("Expiration", "\"2099-01-01T00:00:00Z\""),
        ];
        let text = members.map(|(name, value)| format!("\"{name}\":{value}")).join(",");
        assert_eq!(id(&format!("{{{text}}}")), Ok("id".to_owned()));
        for (name, value) in members {
            for other in ["\"\"", "null"] {
                let text = text.replace(value, other);
                assert_eq!(id(&format!("{{{text}}}")), Err(format!("has no `{name}`")));
            }
            let text = text.replace(value, "1");
            assert_eq!(id(&format!("{{{text}}}")), Err(format!("has a member `{name}` that is not a string")));
        }
    }
}
