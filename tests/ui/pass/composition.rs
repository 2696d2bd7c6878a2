//! Other derives, modules, and members with the names of generated items.

#![deny(warnings)]

use cognito_op::{cognito_op, cognito_shape};

/// Derives of other crates above and below the attribute.
#[derive(bon::Builder, Clone)]
#[cognito_op(target = "GlobalSignOut")]
#[derive(PartialEq, Eq, Hash)]
pub struct GlobalSignOut {
    #[builder(into)]
    #[len(min = 1)]
    pub access_token: String,
}

#[cognito_shape]
#[derive(bon::Builder)]
pub struct Names {
    pub r#type: Option<String>,
    pub headers: Option<String>,
    pub request: Option<String>,
    pub client: Option<String>,
    pub error: Option<String>,
    pub send: Option<String>,
    pub validate: Option<String>,
    pub value: Option<String>,
    pub members: Option<String>,
    pub visitor: Option<String>,
    pub formatter: Option<String>,
    pub shown: Option<String>,
    pub slot0: Option<String>,
    pub index: Option<String>,
}

mod inner {
    use cognito_op::{cognito_op, cognito_shape};

    type String = std::string::String;
    #[allow(dead_code)]
    struct Result;

    #[cognito_op(target = "Future", unmodeled, response = Client)]
    #[derive(Default)]
    pub(super) struct Future {
        pub(super) new: String,
        #[cfg_attr(all(), len(max = 3))]
        pub(super) short: Option<String>,
        #[cfg_attr(any(), len(max = 0))]
        private: Option<String>,
    }

    #[cognito_shape]
    pub(crate) struct Client {
        error: Option<Error>,
    }

    #[cognito_shape]
    pub(crate) enum Error {
        r#Try,
        Other(String),
    }
}

#[allow(clippy::missing_panics_doc)]
pub fn main() {
    let operation = GlobalSignOut::builder().access_token("token").build();
    assert!(operation.validate().is_ok());
    let names = Names::new().r#type("a").headers("b").send("c").validate("d");
    assert_eq!(names.r#type.as_deref(), Some("a"));
    let violations = inner::Future::new("n").short("long").private("x").validate();
    assert_eq!(violations.map_err(|violations| violations.iter().count()), Err(1));
}
