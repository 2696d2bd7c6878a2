//! What the attributes make of a struct: its description, and the walk over its members.

pub(crate) mod expected;

use crate::constraint::{Checker, Constraints, Violations};
use crate::value::{InputValue, OutputValue};

/// What a value is on the wire. Kinds and names are those of [Smithy](https://smithy.io/2.0/spec/model.html#shapes).
///
/// ```
/// use cognito_op::Shape;
///
/// /// Which field of a form it takes.
/// fn input(shape: &Shape) -> &'static str {
///     match shape {
///         Shape::Boolean => "checkbox",
///         Shape::Integer | Shape::Long => "number",
///         Shape::Enum { .. } => "select",
///         Shape::List(_) | Shape::Map(_) | Shape::Structure { .. } => "fieldset",
///         _ => "text",
///     }
/// }
/// assert_eq!(input(&Shape::List(&Shape::String)), "fieldset");
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Shape {
    /// A string.
    String,
    /// A string of an open enum.
    Enum {
        /// The shape's name in the API, or the type's own where the API has none of that name; `None` for one that stands
        /// for any.
        name: Option<&'static str>,
        /// The values known to this program.
        values: &'static [&'static str],
    },
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A point in time, in seconds since 1970.
    Timestamp,
    /// Bytes, in Base64.
    Blob,
    /// Any JSON.
    Document,
    /// A list of that shape.
    List(&'static Shape),
    /// A map from strings to that shape.
    Map(&'static Shape),
    /// An object.
    Structure {
        /// The shape's name in the API, or the type's own where the API has none of that name; `None` for one that stands
        /// for any.
        name: Option<&'static str>,
        /// Its members.
        members: &'static [Member],
    },
}

/// A member of an operation or structure.
///
/// ```
/// use cognito_op::{AutoFill, Structure, cognito_op};
///
/// #[cognito_op(target = "ForgotPassword", response = ())]
/// struct ForgotPassword {
///     client_id: String,
///     username: String,
///     secret_hash: Option<String>,
/// }
///
/// let [client_id, username, secret_hash] = ForgotPassword::MEMBERS else {
///     panic!("there are three")
/// };
/// assert_eq!(
///     (client_id.field, client_id.name, client_id.required),
///     ("client_id", "ClientId", true)
/// );
/// assert!(username.sensitive);
/// assert_eq!(secret_hash.auto_fill, Some(AutoFill::SecretHash));
/// ```
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Member {
    /// The field's name, without `r#`.
    pub field: &'static str,
    /// The name on the wire.
    pub name: &'static str,
    /// Whether it is always sent; an optional member is left out when it is `None`.
    pub required: bool,
    /// Whether its value is never shown.
    pub sensitive: bool,
    /// What the client fills in where the caller leaves it out.
    pub auto_fill: Option<AutoFill>,
    /// What its value is.
    pub shape: Shape,
    /// What is checked before it is sent.
    pub constraints: Constraints,
}

impl Member {
    /// An optional member of that shape.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, name: &'static str, shape: Shape) -> Self {
        Self { field, name, required: false, sensitive: false, auto_fill: None, shape, constraints: Constraints::NONE }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn required(mut self) -> Self {
        self.required = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn sensitive(mut self) -> Self {
        self.sensitive = true;
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn auto_fill(mut self, auto_fill: AutoFill) -> Self {
        self.auto_fill = Some(auto_fill);
        self
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn constrained(mut self, constraints: Constraints) -> Self {
        self.constraints = constraints;
        self
    }
}

/// What the client fills in where the caller leaves it out.
///
/// ```
/// use cognito_op::{AutoFill, Structure, cognito_op};
///
/// #[cognito_op(target = "RevokeToken", response = ())]
/// struct RevokeToken {
///     client_id: String,
///     token: String,
///     #[client_secret]
///     client_secret: Option<String>,
/// }
///
/// // A form asks for nothing that the client fills in.
/// let asked = RevokeToken::MEMBERS.iter().filter(|member| member.auto_fill.is_none());
/// assert_eq!(asked.map(|member| member.field).collect::<Vec<_>>(), ["client_id", "token"]);
/// assert_eq!(RevokeToken::MEMBERS[2].auto_fill, Some(AutoFill::ClientSecret));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AutoFill {
    /// The secret hash of the user, in a member that is `None`.
    SecretHash,
    /// The secret hash of the user, in a map that has no entry of that key.
    SecretHashEntry(&'static str),
    /// The app client's secret itself, in a member that is `None`.
    ClientSecret,
}

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
/// /// What a program could say of an operation before it sends it.
/// fn about<O: Operation>(operation: &O) -> String {
///     let again = if O::IDEMPOTENT { "can be repeated" } else { "is not to be repeated" };
///     let valid = if operation.validate().is_ok() { "valid" } else { "not valid" };
///     format!("{} for {:?}, {valid}, {again}", O::NAME, operation.client_id())
/// }
///
/// let operation = RevokeToken::new("1example23456789", "the refresh token");
/// assert_eq!(
///     about(&operation),
///     r#"RevokeToken for Some("1example23456789"), valid, can be repeated"#
/// );
/// assert!(!RevokeToken::SIGNED);
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an operation",
    note = "put `#[cognito_op(target = \"…\")]` on it"
)]
pub trait Operation: InputStructure {
    /// What the service answers with on success; `()` where that is nothing.
    type Output: OutputValue;

    /// The operation's name in the API, as it stands in `X-Amz-Target`.
    const NAME: &'static str;

    /// Whether carrying it out twice does no more than once, so that it may be sent again when nobody knows whether it was.
    const IDEMPOTENT: bool = false;

    /// Whether it is called with AWS credentials.
    const SIGNED: bool = false;

    /// The exceptions that come although it was carried out, and that otherwise say that it was not.
    #[doc(hidden)]
    const EXECUTED_DESPITE: &'static [&'static str] = &[];

    /// The id of the app client that the request names.
    fn client_id(&self) -> Option<&str> {
        None
    }

    /// What the secret hash is computed over, if the request leaves room for one.
    #[doc(hidden)]
    fn hashed(&self) -> Option<Hashed<'_>> {
        None
    }

    /// Checks every constraint without sending anything.
    ///
    /// # Errors
    ///
    /// All violations, each with the path of its member and never with a value.
    fn validate(&self) -> Result<(), Violations> {
        let mut found = Vec::new();
        check_structure(self, &mut Checker::new(&mut found));
        Violations::of(found)
    }
}

/// What a secret hash is computed over; the parts that the request itself has.
#[doc(hidden)]
#[derive(Clone, Copy)]
pub struct Hashed<'o> {
    pub username: Option<&'o str>,
    pub client_id: Option<&'o str>,
}

/// A struct whose members are known: an operation or a structure. They say enough to build a form from.
///
/// ```
/// use cognito_op::{Structure, cognito_op};
///
/// #[cognito_op(target = "ConfirmSignUp", response = ())]
/// struct ConfirmSignUp {
///     client_id: String,
///     username: String,
///     #[len(6)]
///     #[pattern("[0-9]+")]
///     confirmation_code: String,
/// }
///
/// let code =
///     ConfirmSignUp::MEMBERS.iter().find(|member| member.field == "confirmation_code").unwrap();
/// let length = code.constraints.length.unwrap();
/// let rule = format!(
///     "{}{}: {} to {} characters like {}",
///     code.field,
///     if code.required { " (required)" } else { "" },
///     length.min.unwrap(),
///     length.max.unwrap(),
///     code.constraints.pattern.unwrap().as_str(),
/// );
/// assert_eq!(rule, "confirmation_code (required): 6 to 6 characters like [0-9]+");
/// ```
pub trait Structure {
    /// The members, in the order in which they are written.
    const MEMBERS: &'static [Member];
}

/// A [`Structure`] that can stand in a request.
#[doc(hidden)]
pub trait InputStructure: Structure {
    /// Shows every member to the visitor, in order.
    fn visit<V: Visitor>(&self, visitor: &mut V);
}

/// What is done to each member of a structure.
#[doc(hidden)]
pub trait Visitor {
    /// A member that has a value.
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T);

    /// An optional member that has none.
    fn absent(&mut self, member: &'static Member) {
        let _ = member;
    }
}

struct Check<'v, 'c>(&'v mut Checker<'c>);

impl Visitor for Check<'_, '_> {
    fn member<T: InputValue + ?Sized>(&mut self, member: &'static Member, value: &T) {
        self.0.at_member(member, |checker| value.check(&member.constraints, checker));
    }
}

/// Checks the members of a structure.
#[doc(hidden)]
pub fn check_structure<T: InputStructure + ?Sized>(structure: &T, checker: &mut Checker<'_>) {
    structure.visit(&mut Check(checker));
}
