//! The runtime through the re-export of another crate, and serde's derives on the same struct.

#![deny(warnings)]

use cognito_op_tests_renamed::pools::{Config, cognito_op, cognito_shape};

#[derive(serde::Serialize)]
#[cognito_op(target = "UpdateUserAttributes", response = (), crate = ::cognito_op_tests_renamed::pools)]
#[derive(serde::Deserialize)]
struct UpdateUserAttributes {
    #[serde(rename = "token")]
    access_token: String,
    #[serde(default, skip_serializing)]
    user_attributes: Vec<AttributeType>,
}

#[cognito_shape(crate = ::cognito_op_tests_renamed::pools)]
#[derive(serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
struct AttributeType {
    name: String,
    #[serde(skip)]
    value: Option<String>,
}

/// The attribute `length` is not reported on a field that `cfg` removes. The tests that do not run the compiler do not
/// apply `cfg`, so a macro hides the struct from them.
macro_rules! without_field {
    () => {
        #[cognito_shape(crate = ::cognito_op_tests_renamed::pools)]
        struct AnalyticsMetadata {
            analytics_endpoint_id: Option<String>,
            #[cfg(any())]
            #[length(1)]
            absent: String,
        }
    };
}
without_field!();

fn main() {
    let attributes = vec![AttributeType::new("email").value("a@example.com")];
    let operation = UpdateUserAttributes::new("t", attributes);
    let config = Config::builder().region("eu-west-1").build().unwrap();
    let (request, _) = config.prepare(&operation).unwrap();
    assert_eq!(
        request.body().as_bytes(),
        br#"{"AccessToken":"t","UserAttributes":[{"Name":"email","Value":"a@example.com"}]}"#
    );
}
