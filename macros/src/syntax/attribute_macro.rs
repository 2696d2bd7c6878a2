//! The two attribute macros.

use crate::diagnostic::Message;
use cognito_op_model::{did_you_mean, nearest};

/// `#[cognito_op]` or `#[cognito_shape]`.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum AttributeMacro {
    Operation,
    Shape,
}

impl AttributeMacro {
    pub(crate) const ALL: [Self; 2] = [Self::Operation, Self::Shape];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Operation => "cognito_op",
            Self::Shape => "cognito_shape",
        }
    }

    /// The name of the hidden derive macro that the attribute adds to an item.
    pub(crate) fn derive(self) -> &'static str {
        match self {
            Self::Operation => "CognitoOp",
            Self::Shape => "CognitoShape",
        }
    }

    /// The message for an item that the attribute cannot be applied to.
    pub(crate) fn wrong_item(self) -> Message {
        let items = match self {
            Self::Operation => "a struct with named fields, one for each member of the request",
            Self::Shape => "a struct with named fields or an enum of string values",
        };
        Message::WrongItem { attribute: self.name().to_owned(), items: items.to_owned() }
    }

    pub(super) fn unknown_option(self, option: &str) -> Message {
        let (names, known): (&[&str], _) = match self {
            Self::Operation => (
                &["target", "response", "signed", "paginated", "idempotent", "crate", "debug", "unmodeled"],
                "`target = \"…\"`, `response = Type`, `signed`, `paginated`, `idempotent = true`, `crate = path`, \
                 `debug = false` and `unmodeled`",
            ),
            Self::Shape => (
                &["input", "output", "crate", "debug", "unmodeled"],
                "the name of a shape in the API, `input`, `output`, `crate = path`, `debug = false` and `unmodeled`",
            ),
        };
        let suggestion = match nearest(option, names.iter().copied()).as_slice() {
            [] => format!("; `#[{}]` accepts {known}", self.name()),
            near => did_you_mean(near),
        };
        Message::UnknownOption { option: option.to_owned(), suggestion }
    }
}
