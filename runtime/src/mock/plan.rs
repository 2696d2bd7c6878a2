//! The planned responses of a mock.

use super::Shared;
use crate::codec::{Body, InputValue, read_output, written};
use crate::error::{ErrorKind, TransportError};
use crate::request::Operation;
use crate::validation::{Violation, ViolationKind, Violations};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

/// A fault between the client and the service.
///
/// ```
/// # use cognito_op::cognito_op;
/// # #[cognito_op(target = "ResendConfirmationCode", response = ())]
/// # struct ResendConfirmationCode { client_id: String, username: String }
/// use cognito_op::ErrorKind;
/// use cognito_op::mock::{Mock, NetworkFault};
///
/// let mock = Mock::new();
/// mock.on::<ResendConfirmationCode>()
///     // The first attempt was not sent and is retried. The second may have been sent.
///     .fault(NetworkFault::ConnectionRefused)
///     .fault(NetworkFault::NoResponse);
///
/// let operation = ResendConfirmationCode::new("1example23456789", "alice");
/// let error = operation.send_blocking(&mock.blocking_client()).unwrap_err();
/// assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
/// assert!(error.may_have_executed());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// The connection is refused. The request is not sent.
    #[doc(alias = "unsent")]
    ConnectionRefused,
    /// The connection breaks after the request was sent. The operation may have executed.
    #[doc(alias = "disconnect")]
    ConnectionReset,
    /// No response arrives until a timeout ends the attempt. The operation may have executed.
    #[doc(alias = "timeout")]
    NoResponse,
    /// The response has status 200 and a truncated body.
    TruncatedResponse,
}

/// Plans the responses to an operation; see [`Mock::on`](super::Mock::on).
///
/// ```
/// # use cognito_op::{cognito_op, cognito_shape};
/// # #[cognito_op(target = "GetUser")]
/// # struct GetUser { access_token: String }
/// # #[cognito_shape]
/// # struct GetUserResponse { username: Option<String> }
/// use cognito_op::mock::{Mock, NetworkFault};
/// use cognito_op::{ErrorKind, Retries};
///
/// let mock = Mock::new();
/// mock.on::<GetUser>()
///     .output_json(r#"{"Username": "alice"}"#)
///     .times(2)
///     .fault(NetworkFault::TruncatedResponse)
///     .fail(ErrorKind::NotAuthorized)
///     .succeed()
///     .any_times();
///
/// let client = mock.blocking_client();
/// let user = || GetUser::new("token").send_blocking(&client).map(|user| user.username);
/// assert_eq!(user().unwrap().as_deref(), Some("alice"));
/// assert_eq!(user().unwrap().as_deref(), Some("alice"));
/// assert_eq!(user().unwrap_err().kind(), ErrorKind::Unreadable);
/// assert_eq!(user().unwrap_err().kind(), ErrorKind::NotAuthorized);
/// assert_eq!(user().unwrap(), None);
/// ```
pub struct Plan<'m, O> {
    shared: &'m Shared,
    /// The index of the response that was planned last through this value.
    last: Option<usize>,
    operation: PhantomData<fn() -> O>,
}

/// The planned responses to an operation.
pub(super) struct Expected {
    pub(super) operation: &'static str,
    planned: Vec<Planned>,
    /// The number of responses so far.
    given: u64,
}

struct Planned {
    outcome: Outcome,
    times: Times,
    /// The number of uses so far.
    given: u32,
    /// The location of the call that planned it.
    place: &'static Location<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Any,
    Just(u32),
}

#[derive(Clone)]
pub(super) enum Outcome {
    Response(Response<Body>),
    Fault(NetworkFault),
    /// The service's message about the violations of the request.
    Violations,
}

#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "a response is planned immediately; the returned plan takes further ones"
)]
impl<'m, O: Operation> Plan<'m, O> {
    pub(super) fn new(shared: &'m Shared) -> Self {
        Self { shared, last: None, operation: PhantomData }
    }

    /// Responds with an output.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "AssociateSoftwareToken")]
    /// # struct AssociateSoftwareToken { access_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct AssociateSoftwareTokenResponse { secret_code: Option<String>, session: Option<String> }
    /// let mock = cognito_op::mock::Mock::new();
    /// let outcome = AssociateSoftwareTokenResponse::new().secret_code("ABCDEFGHIJKLMNOP");
    /// mock.on::<AssociateSoftwareToken>().output(&outcome);
    /// # AssociateSoftwareToken::new().send_blocking(&mock.blocking_client()).unwrap();
    /// ```
    #[track_caller]
    pub fn output(self, output: &O::Output) -> Self
    where
        O::Output: InputValue,
    {
        self.output_json(written(output))
    }

    /// Responds with JSON, given as text or as a `serde_json::Value`.
    ///
    /// # Panics
    ///
    /// Panics if the operation's output cannot be read from it. Plan an unreadable response with
    /// [`respond`](Self::respond).
    #[track_caller]
    pub fn output_json(self, json: impl fmt::Display) -> Self {
        let json = json.to_string();
        if let Err(why) = read_output::<O::Output>(json.as_bytes()) {
            refuse(&format!("the response to {} cannot be read: {why}", O::NAME));
        }
        self.add(Outcome::Response(response(StatusCode::OK, json)))
    }

    /// Responds with an empty object, as operations without output do.
    ///
    /// # Panics
    ///
    /// Panics if the operation's output has a required member.
    #[track_caller]
    pub fn succeed(self) -> Self {
        self.output_json("{}")
    }

    /// Responds with the exception of the given kind.
    ///
    /// # Panics
    ///
    /// Panics if no exception has that kind. Plan a fault of the network with [`fault`](Self::fault).
    #[track_caller]
    pub fn fail(self, kind: ErrorKind) -> Self {
        self.fail_with(kind, "The mock was configured to fail.")
    }

    /// Responds with the exception of the given kind and with a message, which determines the
    /// [`Reason`](crate::Reason).
    ///
    /// ```
    /// # use cognito_op::{ErrorKind, Reason, cognito_op};
    /// # #[cognito_op(target = "GlobalSignOut", response = ())]
    /// # struct GlobalSignOut { access_token: String }
    /// let mock = cognito_op::mock::Mock::new();
    /// mock.on::<GlobalSignOut>().fail_with(ErrorKind::NotAuthorized, "Access Token has expired");
    /// let error = GlobalSignOut::new("token").send_blocking(&mock.blocking_client()).unwrap_err();
    /// assert_eq!(error.reason(), Reason::AccessTokenExpired);
    /// ```
    ///
    /// # Panics
    ///
    /// Panics if no exception has that kind.
    #[track_caller]
    pub fn fail_with(self, kind: ErrorKind, message: &str) -> Self {
        let Some(code) = kind.code() else {
            refuse(&format!(
                "no exception of the service has the kind `ErrorKind::{kind:?}`; see `fault` and `respond`"
            ));
        };
        self.add(Outcome::Response(error(status(kind), code, message)))
    }

    /// Responds as the service does to a request that violates its constraints: with an `InvalidParameterException`
    /// whose message lists the violations that [`validate`](crate::Operation::validate) finds, without the values. The
    /// client needs [`Validation::Off`](crate::Validation::Off), since other clients do not send such a request.
    ///
    /// A request without a violation fails the test.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "ForgotPassword", response = ())]
    /// # struct ForgotPassword { #[len] client_id: String, #[len] username: String }
    /// use cognito_op::Validation;
    /// use cognito_op::mock::Mock;
    ///
    /// let mock = Mock::new();
    /// mock.on::<ForgotPassword>().fail_validation();
    /// let client = mock.blocking_client();
    /// let operation = ForgotPassword::new("1example23456789", "");
    /// let error = client.call(&operation).validation(Validation::Off).send().unwrap_err();
    /// assert!(error.to_string().contains("1 validation error detected"));
    /// ```
    #[track_caller]
    pub fn fail_validation(self) -> Self {
        self.add(Outcome::Violations)
    }

    /// Fails with a fault of the network.
    #[track_caller]
    pub fn fault(self, fault: NetworkFault) -> Self {
        self.add(Outcome::Fault(fault))
    }

    /// Responds with any HTTP response.
    ///
    /// ```
    /// # use cognito_op::cognito_op;
    /// # #[cognito_op(target = "GlobalSignOut")]
    /// # struct GlobalSignOut { access_token: String }
    /// use cognito_op::mock::Mock;
    /// use cognito_op::{Body, ErrorKind};
    /// use http::Response;
    ///
    /// let mock = Mock::new();
    /// let portal = Response::builder().status(302).body(Body::from("<html>…</html>")).unwrap();
    /// mock.on::<GlobalSignOut>().respond(portal);
    ///
    /// let error = GlobalSignOut::new("token").send_blocking(&mock.blocking_client()).unwrap_err();
    /// assert_eq!((error.kind(), error.code()), (ErrorKind::Unknown, None));
    /// ```
    #[track_caller]
    pub fn respond(self, response: Response<Body>) -> Self {
        self.add(Outcome::Response(response))
    }

    /// Sets how often the preceding response is used. The default is 1.
    ///
    /// # Panics
    ///
    /// Panics if there is no preceding response.
    #[track_caller]
    pub fn times(self, times: u32) -> Self {
        self.repeat(Times::Just(times))
    }

    /// Allows the preceding response to be used any number of times, including zero. It must be the last one.
    ///
    /// # Panics
    ///
    /// Panics if there is no preceding response, or another one follows.
    #[track_caller]
    pub fn any_times(self) -> Self {
        self.repeat(Times::Any)
    }

    #[track_caller]
    fn add(self, outcome: Outcome) -> Self {
        let response = Planned { outcome, times: Times::Just(1), given: 0, place: Location::caller() };
        let mut state = self.shared.lock();
        let at = state.expected.iter().position(|expected| expected.operation == O::NAME).unwrap_or_else(|| {
            state.expected.push(Expected { operation: O::NAME, planned: Vec::new(), given: 0 });
            state.expected.len() - 1
        });
        let planned = &mut state.expected[at].planned;
        if let Some(Planned { times: Times::Any, place, .. }) = planned.last() {
            refuse(&format!(
                "the response planned at {place} is repeated any number of times, so no further response can follow"
            ));
        }
        planned.push(response);
        let last = Some(planned.len() - 1);
        drop(state);
        Self { last, ..self }
    }

    #[track_caller]
    fn repeat(self, times: Times) -> Self {
        let mut state = self.shared.lock();
        let expected = state.expected.iter_mut().find(|expected| expected.operation == O::NAME);
        match self.last.and_then(|last| expected?.planned.get_mut(last..)) {
            Some([_, next, ..]) if times == Times::Any => refuse(&format!(
                "the response planned at {} could not follow one that is repeated any number of times",
                next.place
            )),
            Some([last, ..]) => last.times = times,
            _ => refuse(&format!("{} has no preceding response to repeat", O::NAME)),
        }
        drop(state);
        self
    }
}

impl<O> fmt::Debug for Plan<'_, O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Plan").finish_non_exhaustive()
    }
}

impl Expected {
    /// Uses the next response.
    pub(super) fn next(&mut self) -> Option<Outcome> {
        let planned = self
            .planned
            .iter_mut()
            .find(|planned| !matches!(planned.times, Times::Just(times) if planned.given >= times))?;
        planned.given += 1;
        self.given += 1;
        Some(planned.outcome.clone())
    }

    /// The message about a request after the last response was used.
    pub(super) fn exhausted(&self) -> String {
        let Self { operation, given, .. } = self;
        let plural = if *given == 1 { "" } else { "s" };
        format!("{operation} was called once more than its {given} response{plural}")
    }

    /// The messages about responses that were not used.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> + '_ {
        self.planned.iter().filter_map(|Planned { outcome, times, given, place }| {
            let Times::Just(times) = times else { return None };
            let often = match (given, times) {
                (given, times) if given >= times => return None,
                (0, 1) => "was not used".to_owned(),
                (given, times) => format!("was used {given} of {times} times"),
            };
            let why = match outcome {
                Outcome::Violations => " (a client validates before it sends, unless it has `Validation::Off`)",
                _ => "",
            };
            Some(format!("{}: the response planned at {place} {often}{why}", self.operation))
        })
    }
}

/// Returns the service's response to a request with violations.
pub(super) fn violations(violations: &Violations) -> Response<Body> {
    error(StatusCode::BAD_REQUEST, "InvalidParameterException", &message(violations))
}

/// Returns the service's message about violations, without the values.
pub(super) fn message(violations: &Violations) -> String {
    let item = |violation: &Violation| {
        let constraint = match violation.kind() {
            ViolationKind::Missing => "not be null".to_owned(),
            ViolationKind::Pattern { pattern } => format!("satisfy regular expression pattern: {pattern}"),
            ViolationKind::NotAMember { values } => format!("satisfy enum value set: [{}]", values.join(", ")),
            ViolationKind::TooShort { min, .. } => format!("have length greater than or equal to {min}"),
            ViolationKind::TooLong { max, .. } => format!("have length less than or equal to {max}"),
            ViolationKind::Below { min, .. } => format!("have value greater than or equal to {min}"),
            ViolationKind::Above { max, .. } => format!("have value less than or equal to {max}"),
        };
        format!("Value at '{}' failed to satisfy constraint: Member must {constraint}", violation.wire_path())
    };
    let items: Vec<String> = violations.iter().map(item).collect();
    let plural = if items.len() == 1 { "" } else { "s" };
    format!("{} validation error{plural} detected: {}", items.len(), items.join("; "))
}

/// Returns the HTTP status of an exception.
fn status(kind: ErrorKind) -> StatusCode {
    match kind {
        ErrorKind::InternalError | ErrorKind::InternalFailure | ErrorKind::InternalServer => {
            StatusCode::INTERNAL_SERVER_ERROR
        }
        ErrorKind::ServiceUnavailable => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::BAD_REQUEST,
    }
}

/// Returns the outcome of a fault, or `None` if no response arrives.
pub(super) fn faulty(fault: NetworkFault) -> Option<Result<Response<Body>, TransportError>> {
    match fault {
        NetworkFault::ConnectionRefused => Some(Err(TransportError::unsent("the mock refused the connection"))),
        NetworkFault::ConnectionReset => Some(Err(TransportError::sent("the mock reset the connection"))),
        NetworkFault::TruncatedResponse => Some(Ok(response(StatusCode::OK, r#"{"Trunc"#.to_owned()))),
        NetworkFault::NoResponse => None,
    }
}

fn response(status: StatusCode, json: String) -> Response<Body> {
    let mut response = Response::new(Body::from(json));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    headers.insert(http::header::CONTENT_TYPE, HeaderValue::from_static("application/x-amz-json-1.1"));
    let id = HeaderValue::from_static("00000000-0000-0000-0000-000000000000");
    headers.insert(HeaderName::from_static("x-amzn-requestid"), id);
    response
}

fn error(status: StatusCode, code: &'static str, message: &str) -> Response<Body> {
    let json = serde_json::json!({ "__type": code, "message": message });
    let mut response = response(status, json.to_string());
    response.headers_mut().insert(HeaderName::from_static("x-amzn-errortype"), HeaderValue::from_static(code));
    response
}

/// Reports a mistake in the test.
#[track_caller]
#[allow(clippy::panic, reason = "a mistake in a test fails the test")]
fn refuse(why: &str) -> ! {
    panic!("{why}")
}

#[cfg(test)]
mod tests {
    use super::message;
    use crate::{Violations, cognito_op};

    #[cognito_op(target = "ListDevices", response = (), unmodeled)]
    struct Listed {
        #[range(1, 9)]
        limit: i32,
        #[each(len(max = 1), pattern("[a-z]"))]
        names: Vec<String>,
    }

    #[test]
    fn the_message_of_the_service() {
        let one = Listed::new(10, Vec::<String>::new()).validate().expect_err("a violation");
        let failed = "failed to satisfy constraint: Member must";
        let expected =
            format!("1 validation error detected: Value at 'limit' {failed} have value less than or equal to 9");
        assert_eq!(message(&one), expected);

        let many = Listed::new(0, ["bb".to_owned()]).validate().expect_err("violations");
        let expected = [
            format!("3 validation errors detected: Value at 'limit' {failed} have value greater than or equal to 1"),
            format!("Value at 'names.1.member' {failed} have length less than or equal to 1"),
            format!("Value at 'names.1.member' {failed} satisfy regular expression pattern: [a-z]"),
        ];
        assert_eq!(message(&many).split("; ").collect::<Vec<_>>(), expected);
        let read = Violations::from_message(&message(&many), &[]).expect("the message is read");
        assert_eq!(read.iter().count(), 3);
    }
}
