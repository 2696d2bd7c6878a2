//! The responses of the endpoints.

use super::error::{OAuthError, OAuthReason};
use crate::sign_in::Tokens;
use crate::verify::{Value, read_object};
use cognito_op::http::{Response, StatusCode};
use cognito_op::{Body, Redactor};
use std::time::Duration;

/// Returns the text of a response with status 200. Any other response is an error.
pub(super) fn success<'r>(response: &'r Response<Body>, sensitive: &Redactor) -> Result<&'r str, OAuthError> {
    let status = response.status();
    let text = str::from_utf8(response.body().as_bytes()).ok();
    match (status, text) {
        (StatusCode::OK, Some(text)) => Ok(text),
        (StatusCode::OK, None) => Err(OAuthError::unreadable("it is not UTF-8", status)),
        (_, text) => Err(text
            .and_then(|text| rejected(status, text, sensitive))
            .unwrap_or_else(|| OAuthError::unreadable("the status is not 200, and there is no error in JSON", status))),
    }
}

/// Reads an error response.
fn rejected(status: StatusCode, json: &str, sensitive: &Redactor) -> Option<OAuthError> {
    let values = read_object(json, ["error", "error_description"]).ok()?;
    let [code, description] = values.each_ref().map(|value| match value {
        Some(Value::Text(text)) => Some(text.of(json)),
        _ => None,
    });
    Some(OAuthError::coded(OAuthReason::Rejected, code?, description, Some(status), sensitive))
}

/// The tokens of a response.
pub(super) struct Issued {
    pub(super) tokens: Tokens,
    /// The scopes, if the response contains them.
    pub(super) scopes: Option<Vec<String>>,
}

/// Reads the tokens of a response with status 200, as in
/// [RFC 6749, section 5.1](https://www.rfc-editor.org/rfc/rfc6749#section-5.1).
pub(super) fn read_tokens(json: &str) -> Result<Issued, OAuthError> {
    let wrong = |detail| OAuthError::unreadable(detail, StatusCode::OK);
    let wrong_type = || wrong("a member of the response has another type than in OAuth 2.0");
    let names = ["access_token", "id_token", "refresh_token", "token_type", "scope", "expires_in"];
    let [access, id, refresh, token_type, scope, expires_in] =
        read_object(json, names).map_err(|_| wrong("it is not a JSON object, or contains a name twice"))?;
    let text = |value: Option<Value>| match value {
        None => Ok(None),
        Some(Value::Text(text)) => Ok(Some(text.of(json).to_owned()).filter(|text| !text.is_empty())),
        Some(_) => Err(wrong_type()),
    };
    let (access, id, refresh) = (text(access)?, text(id)?, text(refresh)?);
    let token_type = text(token_type)?;
    let scopes = match scope {
        None | Some(Value::Null) => None,
        // Separated by spaces: RFC 6749, section 3.3.
        Some(Value::Text(text)) => {
            Some(text.of(json).split(' ').filter(|scope| !scope.is_empty()).map(str::to_owned).collect())
        }
        Some(Value::Texts(texts)) => Some(texts.iter().map(|text| text.of(json).to_owned()).collect()),
        Some(_) => return Err(wrong_type()),
    };
    let expires_in = match expires_in {
        None => None,
        Some(Value::Number(seconds)) => Some(seconds),
        Some(_) => return Err(wrong_type()),
    };
    // A token of another type must not be used as a bearer token: RFC 6749, section 7.1.
    if !token_type.is_some_and(|token_type| token_type.eq_ignore_ascii_case("Bearer")) {
        return Err(wrong("the type of the token is not `Bearer`"));
    }
    let lifetime = |seconds: f64| Duration::try_from_secs_f64(seconds).ok();
    let expires_in = match expires_in.map(lifetime) {
        Some(None) => return Err(wrong("the lifetime of the token is not valid")),
        lifetime => lifetime.flatten(),
    };
    let mut tokens = Tokens::new(access.ok_or_else(|| wrong("it contains no access token"))?);
    tokens.id_token = id;
    tokens.refresh_token = refresh;
    tokens.expires_in = expires_in;
    tokens.token_type = Some("Bearer".to_owned());
    Ok(Issued { tokens, scopes })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::oauth::error::ErrorCode;
    use cognito_op::Fault;

    fn response(status: u16, body: &str) -> Response<Body> {
        let mut response = Response::new(Body::from(body.to_owned()));
        *response.status_mut() = StatusCode::from_u16(status).expect("a status");
        response
    }

    fn error(status: u16, body: &str) -> OAuthError {
        success(&response(status, body), &Redactor::from_iter(["the-secret"])).map(drop).expect_err("an error")
    }

    #[test]
    fn error_responses_are_typed() {
        let body = r#"{"error":"invalid_grant","error_description":"no the-secret","error_uri":"x"}"#;
        let found = error(400, body);
        assert_eq!((found.reason(), found.code()), (OAuthReason::Rejected, Some(&ErrorCode::InvalidGrant)));
        assert_eq!((found.status(), found.fault()), (Some(StatusCode::BAD_REQUEST), Fault::User));
        assert_eq!(found.to_string(), "the server rejected the request: invalid_grant (status 400): no [redacted]");
        for (status, body, fault) in [
            (401, r#"{"error":"invalid_client"}"#, Fault::Caller),
            (429, r#"{"error":"invalid_request"}"#, Fault::Throttled),
            (500, r#"{"error":"server_error"}"#, Fault::Service),
            (400, r#"{"error":"something_else"}"#, Fault::Unknown),
        ] {
            let found = error(status, body);
            assert_eq!((found.reason(), found.fault()), (OAuthReason::Rejected, fault));
            assert_eq!(found.may_have_executed(), status == 500);
        }
    }

    #[test]
    fn other_responses_are_not_quoted() {
        for (status, body) in [
            (400, ""),
            (502, "<html>the-secret</html>"),
            (400, r#"{"error":"invalid_gr"#),
            (400, r#"{"error":5}"#),
            (400, r#"{"message":"the-secret"}"#),
            (400, r#"{"error":"a","error":"b"}"#),
            (302, ""),
            (204, ""),
            (201, r#"{"access_token":"a","token_type":"Bearer"}"#),
        ] {
            let found = error(status, body);
            assert_eq!((found.reason(), found.status().map(|s| s.as_u16())), (OAuthReason::Unreadable, Some(status)));
            assert!(!format!("{found} {found:?}").contains("the-secret"));
        }
    }

    #[test]
    fn tokens_are_read_strictly() {
        let issued = read_tokens(
            r#"{"access_token":"\u0061","token_type":"bearer","expires_in":3600,"id_token":"i","scope":"x y","o":[1]}"#,
        );
        let Issued { tokens, scopes } = issued.expect("tokens");
        assert_eq!(scopes.expect("scopes"), ["x", "y"]);
        assert_eq!((tokens.access_token.as_str(), tokens.id_token.as_deref()), ("a", Some("i")));
        assert_eq!((tokens.refresh_token, tokens.expires_in), (None, Some(Duration::from_secs(3600))));
        assert_eq!(tokens.token_type.as_deref(), Some("Bearer"));
        let scopes = |scope: &str| {
            let json = format!(r#"{{"access_token":"a","token_type":"Bearer"{scope}}}"#);
            read_tokens(&json).expect("tokens").scopes.map(|scopes| scopes.join("+"))
        };
        // An absent scope is the requested one, and an empty scope is none.
        for (scope, expected) in [
            ("", None),
            (r#","scope":null"#, None),
            (r#","scope":"""#, Some("")),
            (r#","scope":[]"#, Some("")),
            (r#","scope":" orders/read  openid""#, Some("orders/read+openid")),
            (r#","scope":["orders/read","openid"]"#, Some("orders/read+openid")),
        ] {
            assert_eq!(scopes(scope).as_deref(), expected, "{scope}");
        }
        for wrong in [
            "",
            r#"{"access_token":"a","token_type":"Bearer","scope":5}"#,
            r#"{"access_token":"a","token_type":"Bearer","scope":[5]}"#,
            "null",
            "[]",
            r#"{"access_token":"a","token_type":"Bearer""#,
            r#"{"access_token":"a","token_type":"Bearer"} x"#,
            r#"{"access_token":"a","token_type":"Bearer","access_token":"b"}"#,
            r#"{"access_token":"a","token_type":"Bearer","x":{"y":1,"y":2}}"#,
            r#"{"access_token":"a"}"#,
            r#"{"access_token":"a","token_type":"mac"}"#,
            r#"{"token_type":"Bearer"}"#,
            r#"{"access_token":"","token_type":"Bearer"}"#,
            r#"{"access_token":["a"],"token_type":"Bearer"}"#,
            r#"{"access_token":"a","token_type":"Bearer","expires_in":"3600"}"#,
            r#"{"access_token":"a","token_type":"Bearer","expires_in":-1}"#,
            r#"{"access_token":"a","token_type":"Bearer","expires_in":1e300}"#,
            r#"{"access_token":"a","token_type":"Bearer","id_token":null}"#,
        ] {
            assert_eq!(read_tokens(wrong).map(drop).expect_err(wrong).reason(), OAuthReason::Unreadable, "{wrong}");
        }
    }
}
