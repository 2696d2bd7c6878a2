//! Errors that the service reports.

use super::exception::Exception;
use super::kind::ErrorKind;
use super::meta::shown_request_id;
use super::reason::Reason;
use super::redact::Sensitive;
use super::retryability::Retryability;
use crate::codec::Body;
use crate::schema::Member;
use crate::validation::Violations;
use http::{HeaderMap, Response, StatusCode};
use std::fmt;
use std::time::Duration;

pub(crate) struct ServiceError {
    pub(super) status: StatusCode,
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
    pub(super) reason_code: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) violations: Option<Violations>,
    /// The delay that the service requests before another attempt.
    pub(super) retry_after: Option<Duration>,
    /// The message with the request's sensitive values redacted; `None` if it is withheld.
    shown: Option<String>,
    /// Whether the response has a code, even an invalid one, or a body that cannot be read and may have one.
    named: bool,
    /// Whether the operation can return this exception after it has executed.
    despite: bool,
}

impl ServiceError {
    /// Reads a response with a status other than 200. `members` and `sensitive` are those of the request.
    pub(crate) fn read(
        response: &Response<Body>,
        members: &'static [Member],
        sensitive: &Sensitive,
        executed_despite: &[&str],
    ) -> Self {
        let body = response.body().as_bytes();
        let exception = Exception::read(body);
        // An object that cannot be read, for example because it is truncated or in UTF-16, may have a code.
        let unread = exception.is_none() && !body.trim_ascii_start().starts_with(b"<") && body.contains(&b'{');
        let header = response.headers().get("x-amzn-errortype").and_then(|value| value.to_str().ok());
        let Exception { code: in_body, r#type, message, reason_code } = exception.unwrap_or_default();
        let codes = [header, in_body.as_deref(), r#type.as_deref()].into_iter().flatten();
        // A code that quotes the request is not a code of the service.
        let known = |code: &str| ErrorKind::of_code(code) != ErrorKind::Unknown || !sensitive.is_quoted_in(code);
        let code = codes.clone().filter_map(code).find(|code| known(code));
        let named = unread || codes.clone().any(|text| !text.trim().is_empty());
        let text = message.as_deref();
        // The canonical string of a wrong signature contains the session token.
        let shown = text.and_then(|text| text.split("The Canonical String").next()).unwrap_or_default();
        Self {
            despite: code.is_some_and(|code| executed_despite.contains(&code)),
            status: response.status(),
            code: code.map(str::to_owned),
            shown: sensitive.redact(shown),
            violations: text.and_then(|message| {
                Violations::from_message_without(message, members, &|text| sensitive.occurs_in(text))
            }),
            message,
            reason_code,
            request_id: shown_request_id(response.headers(), |id| sensitive.is_quoted_in(id)),
            retry_after: retry_after(response.headers()),
            named,
        }
    }

    pub(super) fn reason(&self) -> Reason {
        Reason::of(self.kind(), self.message.as_deref().unwrap_or_default())
    }

    pub(super) fn kind(&self) -> ErrorKind {
        self.code.as_deref().map_or(ErrorKind::Unknown, ErrorKind::of_code)
    }

    /// Returns whether the failed attempt can be retried.
    pub(super) fn retryability(&self) -> Retryability {
        let transient = match self.kind() {
            ErrorKind::Unknown => self.status.is_server_error(),
            // The code takes precedence over the status.
            kind => kind.is_transient(),
        };
        match (self.is_throttled(), transient) {
            (true, _) => Retryability::Throttled,
            (false, true) => Retryability::Transient,
            (false, false) => Retryability::Permanent,
        }
    }

    /// Returns whether the service throttled the request and did not execute the operation.
    fn is_throttled(&self) -> bool {
        let by_status = !self.named && self.status == StatusCode::TOO_MANY_REQUESTS;
        by_status || (self.kind().is_throttling() && !self.despite)
    }

    /// Returns whether the operation may have executed. The result is `false` only if the service itself rejected the
    /// request. A gateway can return the same code with a 5xx status.
    pub(super) fn may_have_executed(&self) -> bool {
        let rejected = self.kind().precedes_execution() && !self.despite && self.status.is_client_error();
        !(self.is_throttled() || rejected)
    }
}

impl fmt::Display for ServiceError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{code} (HTTP {}", self.status.as_u16())?,
            None => write!(f, "a response without an error code (HTTP {}", self.status.as_u16())?,
        }
        if let Some(id) = &self.request_id {
            write!(f, ", request {id}")?;
        }
        f.write_str(")")?;
        match &self.shown {
            Some(text) if text.trim().is_empty() => Ok(()),
            Some(text) => write!(f, ": {text}"),
            None if self.message.is_none() => Ok(()),
            None => f.write_str(" with a message withheld because it may quote the request"),
        }
    }
}

/// Returns the requested delay, which the service sends in milliseconds.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    headers.get("x-amz-retry-after")?.to_str().ok()?.trim().parse().ok().map(Duration::from_millis)
}

/// Returns the code in `aws.protocoltests.json#FooError:http://…`: the part after the first `#` and before the first
/// `:`. A code must be an identifier.
fn code(text: &str) -> Option<&str> {
    let text = text.split(':').next().unwrap_or(text);
    let code = text.split_once('#').map_or(text, |(_, code)| code).trim();
    let valid = (1..=128).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'));
    valid.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(status: u16, headers: &[(&str, &str)], body: &'static str) -> ServiceError {
        despite(status, headers, body, &[])
    }

    fn despite(status: u16, headers: &[(&str, &str)], body: &'static str, executed: &[&str]) -> ServiceError {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        let response = response.body(Body::from(body)).expect("a response");
        ServiceError::read(&response, &[], &Sensitive::of(&Body::from("{}"), &[], [None; 2]), executed)
    }

    #[test]
    fn sources_of_the_code() {
        for (header, body, code, kind) in [
            (Some("NotAuthorizedException:"), "", Some("NotAuthorizedException"), ErrorKind::NotAuthorized),
            (
                Some("UserNotFoundException:http://x/"),
                r#"{"__type":"A"}"#,
                Some("UserNotFoundException"),
                ErrorKind::UserNotFound,
            ),
            (
                None,
                r#"{"__type":"CognitoLocal#LimitExceededException"}"#,
                Some("LimitExceededException"),
                ErrorKind::LimitExceeded,
            ),
            (None, r#"{"code":"SlowDown","__type":"B"}"#, Some("SlowDown"), ErrorKind::Throttling),
            (None, r#"{"__type":"a.b#C:http://x#y"}"#, Some("C"), ErrorKind::Unknown),
            (
                Some(""),
                r#"{"__type":"InternalErrorException"}"#,
                Some("InternalErrorException"),
                ErrorKind::InternalError,
            ),
            (Some("<html>"), "<html>", None, ErrorKind::Unknown),
            (None, "", None, ErrorKind::Unknown),
            (None, "[1]", None, ErrorKind::Unknown),
            (None, r#"{"__type":7}"#, None, ErrorKind::Unknown),
            (None, "{\"__type\":\"a\\nb\"}", None, ErrorKind::Unknown),
        ] {
            let headers: Vec<_> = header.map(|value| ("x-amzn-errortype", value)).into_iter().collect();
            let error = error(400, &headers, body);
            assert_eq!((error.code.as_deref(), error.kind()), (code, kind), "{header:?} {body}");
        }
    }

    #[test]
    fn empty_messages_are_not_shown() {
        for body in [r#"{"__type":"InternalErrorException"}"#, r#"{"__type":"InternalErrorException","message":" \n"}"#]
        {
            assert_eq!(error(500, &[], body).to_string(), "InternalErrorException (HTTP 500)");
        }
    }

    #[test]
    fn possible_execution() {
        let executed = |status, body| error(status, &[], body).may_have_executed();
        assert!(!executed(400, r#"{"__type":"LimitExceededException"}"#));
        assert!(!executed(400, r#"{"__type":"TooManyRequestsException"}"#));
        assert!(executed(504, r#"{"__type":"UserNotFoundException"}"#), "a gateway");
        assert!(executed(202, r#"{"__type":"NotAuthorizedException"}"#));
        assert!(!executed(503, r#"{"__type":"SlowDown"}"#));
        for body in [
            r#"{"__type":"UnknownOperationException"}"#,
            r#"{"__type":"SerializationException"}"#,
            r#"{"__type":"MalformedHttpRequestException"}"#,
            r#"{"__type":"RequestEntityTooLargeException"}"#,
            r#"{"__type":"OptInRequired"}"#,
            r#"{"__type":"ValidationException"}"#,
        ] {
            assert!(!executed(400, body) && !executed(404, body) && executed(502, body), "{body}");
        }
        for body in [
            r#"{"__type":"AccessDeniedException"}"#,
            r#"{"__type":"RequestAbortedException"}"#,
            r#"{"__type":"RequestTimeoutException"}"#,
            r#"{"__type":"UsernameExistsException"}"#,
        ] {
            assert!(executed(400, body), "{body}");
        }
        let quota = despite(400, &[], r#"{"__type":"LimitExceededException"}"#, &["LimitExceededException"]);
        assert!(quota.may_have_executed(), "SignUp may have created the user");
        assert!(!executed(429, ""));
        assert!(executed(429, r#"{"__type":"CodeDeliveryFailureException"}"#));
        assert!(executed(400, r#"{"__type":"CodeDeliveryFailureException"}"#));
        for unread in ["{\"__type\":\"CodeDeliveryFail", "\u{feff}{\"__type\":\"X\"}", "{\0\"\0"] {
            assert!(executed(429, unread), "{unread}");
        }
        for without_code in ["<html>Too Many Requests</html>", "<style>b{}</style>", "Too Many Requests", "[1]"] {
            assert!(!executed(429, without_code), "{without_code}");
        }
        assert!(executed(500, ""));
        assert!(executed(302, ""));
        assert!(executed(400, ""));
    }

    #[test]
    fn the_code_decides_about_retries() {
        let retryability = |status, body| error(status, &[], body).retryability();
        for status in [400, 500, 503] {
            assert_eq!(
                retryability(status, r#"{"__type":"LimitExceededException"}"#),
                Retryability::Permanent,
                "{status}"
            );
            assert_eq!(
                retryability(status, r#"{"__type":"NotAuthorizedException"}"#),
                Retryability::Permanent,
                "{status}"
            );
            assert_eq!(
                retryability(status, r#"{"__type":"InternalErrorException"}"#),
                Retryability::Transient,
                "{status}"
            );
            assert_eq!(
                retryability(status, r#"{"__type":"TooManyRequestsException"}"#),
                Retryability::Throttled,
                "{status}"
            );
        }
        for body in [r#"{"__type":"NewException"}"#, "", "<html>"] {
            assert_eq!(retryability(400, body), Retryability::Permanent, "{body}");
            assert_eq!(retryability(502, body), Retryability::Transient, "{body}");
        }
        assert_eq!(retryability(429, ""), Retryability::Throttled);
        for named in [r#"{"__type":"CodeDeliveryFail"#, r#"{"__type":"no identifier"}"#, r#"{"code":"NewException"}"#] {
            assert_eq!(retryability(429, named), Retryability::Permanent, "{named}");
        }
        assert_eq!(retryability(429, r#"{"__type":"","code":" "}"#), Retryability::Throttled, "no code");
    }

    #[test]
    fn message_reason_and_request_id() {
        let body = r#"{"Message":"m","reasonCode":"r"}"#;
        let error = error(400, &[("x-amzn-requestid", "id-1")], body);
        assert_eq!(error.message.as_deref(), Some("m"));
        assert_eq!(error.reason_code.as_deref(), Some("r"));
        assert_eq!(error.request_id.as_deref(), Some("id-1"));
        assert_eq!(error.to_string(), "a response without an error code (HTTP 400, request id-1): m");
    }

    #[test]
    fn every_code_has_a_kind() {
        for code in ErrorKind::CODES {
            assert_ne!(ErrorKind::of_code(code), ErrorKind::Unknown, "{code}");
        }
    }
}
