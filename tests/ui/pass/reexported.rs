//! The option `crate`, with the path of a re-export.

#![deny(warnings)]

mod pools {
    pub mod inner {
        pub use cognito_op::*;
    }
}

use pools::inner::{cognito_op, cognito_shape};

#[cognito_op(target = "ResendConfirmationCode", crate = crate::pools::inner, response = Response)]
struct Resend {
    client_id: String,
    username: String,
}

#[cognito_shape(ResendConfirmationCodeResponse, crate = crate::pools::inner, output)]
struct Response {
    code_delivery_details: Option<CodeDeliveryDetails>,
}

#[cognito_shape(crate = crate::pools::inner, output, CodeDeliveryDetailsType)]
#[allow(dead_code)]
struct CodeDeliveryDetails {
    #[member("DeliveryMedium")]
    medium: Option<Medium>,
    #[member("Destination")]
    to: Option<String>,
}

#[cognito_shape(crate = crate::pools::inner, DeliveryMediumType)]
enum Medium {
    #[member("SMS")]
    Text,
    Other(String),
}

fn main() {
    let client = pools::inner::Client::builder().region("eu-west-1").build();
    assert!(client.is_ok());
    let response = Response::new();
    let _ = (Resend::new("id", "alice").validate(), response.code_delivery_details);
    assert_eq!(Medium::from("SMS").as_str(), Medium::Text.to_string());
    assert!(matches!("x".parse(), Ok(Medium::Other(value)) if value == "x"));
}
