//! The trait of operations.

use crate::codec::{InputStructure, OutputValue, check_structure};
use crate::validation::{Checker, Violations};

/// An operation of the service: a struct with [`#[cognito_op]`](macro@crate::cognito_op).
///
/// ```
/// use cognito_op::{Operation, cognito_op};
///
/// #[cognito_op(target = "RevokeToken", response = ())]
/// struct RevokeToken {
///     #[len]
///     client_id: String,
///     token: String,
/// }
///
/// /// Describes an operation in a log.
/// fn describe<O: Operation>(operation: &O) -> String {
///     let idempotent = if O::IDEMPOTENT { "idempotent" } else { "not idempotent" };
///     let valid = if operation.validate().is_ok() { "valid" } else { "invalid" };
///     format!("{} for {:?}, {valid}, {idempotent}", O::NAME, operation.client_id())
/// }
///
/// let operation = RevokeToken::new("1example23456789", "the refresh token");
/// assert_eq!(
///     describe(&operation),
///     r#"RevokeToken for Some("1example23456789"), valid, idempotent"#
/// );
/// assert!(!RevokeToken::SIGNED);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    note = "put `#[cognito_op(target = \"…\")]` on it"
)]
pub trait Operation: InputStructure {
    /// The output; `()` where the operation has none.
    type Output: OutputValue;

    /// The operation's name in the API, such as `SignUp`. It is part of the header `X-Amz-Target`.
    const NAME: &'static str;

    /// Whether the operation is idempotent: executing it twice has the same effect as executing it once. The client
    /// retries an idempotent operation even when the outcome of an attempt is unknown.
    const IDEMPOTENT: bool = false;

    /// Whether the request is signed with AWS credentials.
    const SIGNED: bool = false;

    /// The codes of exceptions that usually mean that an operation was not executed, but that the service may return
    /// after it has executed this operation.
    #[doc(hidden)]
    const EXECUTED_DESPITE: &'static [&'static str] = &[];

    /// Returns the id of the app client that the operation is called for, as the request contains it.
    fn client_id(&self) -> Option<&str> {
        None
    }

    /// Returns the input of the secret hash, if the request can contain the hash and omits it.
    #[doc(hidden)]
    fn hashed(&self) -> Option<Hashed<'_>> {
        None
    }

    /// Checks every constraint without sending the request.
    ///
    /// # Errors
    ///
    /// Returns all violations. Each contains the path of its member, but not the value.
    #[inline]
    fn validate(&self) -> Result<(), Violations> {
        let mut found = Vec::new();
        check_structure(self, &mut Checker::new(&mut found));
        Violations::of(found)
    }
}

/// The input of a secret hash: the values of it that the request contains.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Hashed<'o> {
    pub username: Option<&'o str>,
    pub client_id: Option<&'o str>,
}
