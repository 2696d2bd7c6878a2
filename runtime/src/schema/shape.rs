//! The shapes of values, and the members of operations and structures.

use super::constraints::Constraints;

/// The shape of a value on the wire. The kinds and their names follow
/// [Smithy](https://smithy.io/2.0/spec/model.html#shapes).
///
/// ```
/// use cognito_op::Shape;
///
/// /// The form field for a shape.
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
    /// A string enum. It is open: it can hold other values.
    Enum {
        /// The shape's name in the API, or the type's name where the API has no such shape; `None` for an unmodeled
        /// type.
        name: Option<&'static str>,
        /// The known values.
        values: &'static [&'static str],
    },
    /// `true` or `false`.
    Boolean,
    /// A 32-bit integer.
    Integer,
    /// A 64-bit integer.
    Long,
    /// A timestamp, in seconds since 1970.
    Timestamp,
    /// Bytes, encoded as Base64.
    Blob,
    /// Any JSON value.
    Document,
    /// A list of values of a shape.
    List(&'static Shape),
    /// A map from strings to values of a shape.
    Map(&'static Shape),
    /// A structure.
    Structure {
        /// The shape's name in the API, or the type's name where the API has no such shape; `None` for an unmodeled
        /// type.
        name: Option<&'static str>,
        /// Its members.
        members: &'static [Member],
    },
}

/// A member of an operation or a structure.
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
///     panic!("there are three members")
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
    /// The field's name in serde's derives for the struct, with `#[serde(rename_all = "…")]` and `#[serde(rename =
    /// "…")]` applied; `None` if `#[serde(skip)]` omits the field. If the names for the two directions differ, this is
    /// the name for deserialization.
    pub serde_name: Option<&'static str>,
    /// The name on the wire.
    pub name: &'static str,
    /// Whether the member must be sent. A required member is an argument of `new`, or the client fills it in. An
    /// optional member is omitted when it is `None`.
    pub required: bool,
    /// Whether the value is redacted.
    pub sensitive: bool,
    /// The value that the client fills in when the member is `None`.
    pub auto_fill: Option<AutoFill>,
    /// The shape of the value.
    pub shape: Shape,
    /// The constraints on the value.
    pub constraints: Constraints,
}

impl Member {
    /// Creates an optional member.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(field: &'static str, name: &'static str, shape: Shape) -> Self {
        Self {
            field,
            serde_name: Some(field),
            name,
            required: false,
            sensitive: false,
            auto_fill: None,
            shape,
            constraints: Constraints::NONE,
        }
    }

    #[doc(hidden)]
    #[must_use]
    pub const fn serde_name(mut self, serde_name: Option<&'static str>) -> Self {
        self.serde_name = serde_name;
        self
    }

    /// Returns the name in a path for serde.
    pub(crate) fn path_name(&self) -> &'static str {
        self.serde_name.unwrap_or(self.field)
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

/// A value that the client fills in when the member is `None`.
///
/// ```
/// use cognito_op::{AutoFill, Structure, cognito_op};
///
/// #[cognito_op(target = "RevokeToken", response = ())]
/// struct RevokeToken {
///     #[client_id]
///     client_id: Option<String>,
///     token: String,
///     #[client_secret]
///     client_secret: Option<String>,
/// }
///
/// // A form has no fields for values that the client fills in.
/// let fields = RevokeToken::MEMBERS.iter().filter(|member| member.auto_fill.is_none());
/// assert_eq!(fields.map(|member| member.field).collect::<Vec<_>>(), ["token"]);
/// assert_eq!(RevokeToken::MEMBERS[0].auto_fill, Some(AutoFill::ClientId));
/// assert_eq!(RevokeToken::MEMBERS[2].auto_fill, Some(AutoFill::ClientSecret));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AutoFill {
    /// The secret hash.
    SecretHash,
    /// The secret hash, as an entry of a map under this key.
    SecretHashEntry(&'static str),
    /// The app client's id.
    ClientId,
    /// The app client's secret.
    ClientSecret,
}

/// A struct with known members: an operation or a structure. The members are sufficient to build a form.
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
    /// The members, in the order of the fields.
    const MEMBERS: &'static [Member];
}
