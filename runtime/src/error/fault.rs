//! The party at fault.

/// The party at fault: the one that can correct the error.
///
/// A violated constraint is the caller's fault, whether the client or the service found the violation, since a program
/// can validate a request before it sends it. Only the program knows which members a person has typed. It therefore
/// checks [`Error::violations`](crate::Error::violations) first, and shows the violations of these members to that
/// person.
///
/// The service returns some exceptions both for wrong input and for wrong settings. For these, the fault is derived
/// from the [`Reason`](crate::Reason), and is [`Unknown`](Fault::Unknown) if the reason is unknown.
///
/// ```
/// use cognito_op::{Error, Fault};
///
/// /// The log level of an error.
/// fn level(error: &Error) -> &'static str {
///     match error.fault() {
///         Fault::User => "debug",
///         Fault::Throttled | Fault::Network => "warn",
///         _ => "error",
///     }
/// }
/// # let error = cognito_op::Config::builder().build().unwrap_err();
/// # assert_eq!(level(&error), "error");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The calling program or the settings of the user pool: a bug, or a wrong setting.
    Caller,
    /// The person who entered a value: a wrong password, an expired code, a name that is taken. Show the error to that
    /// person. For an operation that is called with AWS credentials, this is whoever entered the value, such as an
    /// operator, and not the user of the pool.
    User,
    /// The rate of requests is too high, or a quota is exhausted.
    Throttled,
    /// The service, or a Lambda trigger of the pool.
    Service,
    /// The network.
    Network,
    /// The caller or the user. The service has one exception for the faults of both, and [`Reason`](crate::Reason) does
    /// not list its message; or this version does not know the exception.
    Unknown,
}
