//! What is answered.

use super::Shared;
use crate::Body;
use crate::constraint::account;
use crate::error::ErrorKind;
use crate::operation::{Member, Operation};
use crate::transport::TransportError;
use crate::value::InputValue;
use crate::wire::{read_output, written};
use http::{HeaderName, HeaderValue, Response, StatusCode};
use std::fmt;
use std::marker::PhantomData;
use std::panic::Location;

/// What goes wrong on the way.
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
///     // The first certainly did not leave, and is tried again. The second may have.
///     .fault(NetworkFault::ConnectionRefused)
///     .fault(NetworkFault::NoAnswer);
///
/// let operation = ResendConfirmationCode::new("1example23456789", "alice");
/// let error = operation.send_blocking(&mock.blocking_client()).unwrap_err();
/// assert_eq!((error.kind(), error.attempts()), (ErrorKind::Timeout, 2));
/// assert!(error.may_have_executed());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// There is no connection, so that the request is certainly not sent.
    #[doc(alias = "unsent")]
    ConnectionRefused,
    /// The connection breaks after the request was sent; the service may have carried it out.
    #[doc(alias = "disconnect")]
    ConnectionReset,
    /// No answer comes until a time limit ends the attempt; the service may have carried it out.
    #[doc(alias = "timeout")]
    NoAnswer,
    /// The answer reports success and ends in the middle.
    TruncatedAnswer,
}

/// Sets up the answers to an operation; see [`Mock::on`](super::Mock::on).
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
///     .answer_json(r#"{"Username": "alice"}"#)
///     .times(2)
///     .fault(NetworkFault::TruncatedAnswer)
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
    /// Which of the operation's answers this set up last.
    last: Option<usize>,
    operation: PhantomData<fn() -> O>,
}

/// The answers to an operation.
pub(super) struct Expected {
    pub(super) operation: &'static str,
    answers: Vec<Planned>,
    /// How many answers were given so far.
    given: u64,
}

struct Planned {
    answer: Answer,
    times: Times,
    /// How often it was given so far.
    given: u32,
    /// Where in the test it was set up.
    place: &'static Location<'static>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Times {
    Any,
    Just(u32),
}

#[derive(Clone)]
pub(super) enum Answer {
    Response(Response<Body>),
    Fault(NetworkFault),
    /// What the service says of a request that violates its constraints.
    Violations,
}

#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "an answer is set up when it is given; what is returned only takes further ones"
)]
impl<'m, O: Operation> Plan<'m, O> {
    pub(super) fn new(shared: &'m Shared) -> Self {
        Self { shared, last: None, operation: PhantomData }
    }

    /// Answers with that.
    ///
    /// ```
    /// # use cognito_op::{cognito_op, cognito_shape};
    /// # #[cognito_op(target = "AssociateSoftwareToken")]
    /// # struct AssociateSoftwareToken { access_token: Option<String> }
    /// # #[cognito_shape]
    /// # struct AssociateSoftwareTokenResponse { secret_code: Option<String>, session: Option<String> }
    /// let mock = cognito_op::mock::Mock::new();
    /// let answer = AssociateSoftwareTokenResponse::new().secret_code("ABCDEFGHIJKLMNOP");
    /// mock.on::<AssociateSoftwareToken>().answer(&answer);
    /// # AssociateSoftwareToken::new().send_blocking(&mock.blocking_client()).unwrap();
    /// ```
    #[track_caller]
    pub fn answer(self, output: &O::Output) -> Self
    where
        O::Output: InputValue,
    {
        self.answer_json(written(output))
    }

    /// Answers with that JSON, which is text or a `serde_json::Value`.
    ///
    /// # Panics
    ///
    /// If it is no JSON, or cannot be read as the operation's output; an answer that is meant to be so is one for
    /// [`respond`](Self::respond).
    #[track_caller]
    pub fn answer_json(self, json: impl fmt::Display) -> Self {
        let json = json.to_string();
        if let Err(why) = read_output::<O::Output>(json.as_bytes()) {
            refuse(&format!("the answer to {} cannot be read: {why}", O::NAME));
        }
        self.add(Answer::Response(response(StatusCode::OK, json)))
    }

    /// Answers with success and nothing else, as operations without output do.
    ///
    /// # Panics
    ///
    /// If the operation's output has a required member.
    #[track_caller]
    pub fn succeed(self) -> Self {
        self.answer_json("{}")
    }

    /// Answers with the exception of that kind and a message that says so.
    ///
    /// # Panics
    ///
    /// If it is not the service that errors of that kind come from: what goes wrong on the way is a
    /// [`fault`](Self::fault).
    #[track_caller]
    pub fn fail(self, kind: ErrorKind) -> Self {
        self.fail_with(kind, "The mock was told to fail.")
    }

    /// Answers with the exception of that kind and that message, from which [`Reason`](crate::Reason) is read.
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
    /// As [`fail`](Self::fail).
    #[track_caller]
    pub fn fail_with(self, kind: ErrorKind, message: &str) -> Self {
        let Some(code) = kind.code() else {
            refuse(&format!("no answer of the service leads to `ErrorKind::{kind:?}`; see `fault` and `respond`"));
        };
        self.add(Answer::Response(error(kind.status(), code, message)))
    }

    /// Answers as the service does to a request that violates its constraints: with an `InvalidParameterException` whose
    /// message names each violation. For a client with [`Validation::Off`](crate::Validation::Off), since another does not
    /// send such a request.
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
        self.add(Answer::Violations)
    }

    /// Does not answer, or not whole.
    #[track_caller]
    pub fn fault(self, fault: NetworkFault) -> Self {
        self.add(Answer::Fault(fault))
    }

    /// Answers with just that, whatever it is.
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
        self.add(Answer::Response(response))
    }

    /// The answer before this is given so many times in all; once, unless this says otherwise.
    ///
    /// # Panics
    ///
    /// If there is no answer before this.
    #[track_caller]
    pub fn times(self, times: u32) -> Self {
        self.repeat(Times::Just(times))
    }

    /// The answer before this is given as often as it is asked for, which may be never. It is the last.
    ///
    /// # Panics
    ///
    /// If there is no answer before this. A further answer panics too.
    #[track_caller]
    pub fn any_times(self) -> Self {
        self.repeat(Times::Any)
    }

    #[track_caller]
    fn add(self, answer: Answer) -> Self {
        let planned = Planned { answer, times: Times::Just(1), given: 0, place: Location::caller() };
        let mut state = self.shared.lock();
        let at = state.expected.iter().position(|expected| expected.operation == O::NAME).unwrap_or_else(|| {
            state.expected.push(Expected { operation: O::NAME, answers: Vec::new(), given: 0 });
            state.expected.len() - 1
        });
        let answers = &mut state.expected[at].answers;
        if let Some(Planned { times: Times::Any, place, .. }) = answers.last() {
            refuse(&format!("the answer of {place} is given as often as it is asked for; none after it ever is"));
        }
        answers.push(planned);
        let last = Some(answers.len() - 1);
        drop(state);
        Self { last, ..self }
    }

    #[track_caller]
    fn repeat(self, times: Times) -> Self {
        let mut state = self.shared.lock();
        let expected = state.expected.iter_mut().find(|expected| expected.operation == O::NAME);
        match self.last.and_then(|last| expected?.answers.get_mut(last..)) {
            Some([_, next, ..]) if times == Times::Any => refuse(&format!(
                "the answer of {} would never be given after one that is given as often as it is asked for",
                next.place
            )),
            Some([last, ..]) => last.times = times,
            _ => refuse(&format!("there is no answer to {} before this that could be repeated", O::NAME)),
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
    /// The next answer, if there is one.
    pub(super) fn next(&mut self) -> Option<Answer> {
        let planned = self
            .answers
            .iter_mut()
            .find(|planned| !matches!(planned.times, Times::Just(times) if planned.given >= times))?;
        planned.given += 1;
        self.given += 1;
        Some(planned.answer.clone())
    }

    /// Why there is none.
    pub(super) fn exhausted(&self) -> String {
        let Self { operation, given, .. } = self;
        let plural = if *given == 1 { "" } else { "s" };
        format!("{operation} was called once more than its {given} answer{plural}")
    }

    /// The answers that nobody asked for.
    pub(super) fn unused(&self) -> impl Iterator<Item = String> + '_ {
        self.answers.iter().filter_map(|Planned { answer, times, given, place }| {
            let Times::Just(times) = times else { return None };
            let often = match (given, times) {
                (given, times) if given >= times => return None,
                (0, 1) => "was not asked for".to_owned(),
                (given, times) => format!("was asked for {given} of {times} times"),
            };
            let why = match answer {
                Answer::Violations => " (a client checks before it sends, unless it has `Validation::Off`)",
                _ => "",
            };
            Some(format!("{}: the answer of {place} {often}{why}", self.operation))
        })
    }
}

/// The service's answer to a request that violates its constraints; `None` where it violates none.
pub(super) fn violations(body: &Body, members: &'static [Member]) -> Option<Response<Body>> {
    let body = serde_json::from_slice(body.as_bytes()).unwrap_or_default();
    let message = account(&body, members)?;
    Some(error(StatusCode::BAD_REQUEST, "InvalidParameterException", &message))
}

/// What a fault looks like to a client; `None` where nothing ever comes.
pub(super) fn faulty(fault: NetworkFault) -> Option<Result<Response<Body>, TransportError>> {
    match fault {
        NetworkFault::ConnectionRefused => Some(Err(TransportError::unsent("the mock refuses connections"))),
        NetworkFault::ConnectionReset => Some(Err(TransportError::sent("the mock has reset the connection"))),
        NetworkFault::TruncatedAnswer => Some(Ok(response(StatusCode::OK, r#"{"Trunc"#.to_owned()))),
        NetworkFault::NoAnswer => None,
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

/// Says that a test is set up wrongly.
#[track_caller]
#[allow(clippy::panic, reason = "this is how a test learns of its own mistakes")]
fn refuse(why: &str) -> ! {
    panic!("{why}")
}
