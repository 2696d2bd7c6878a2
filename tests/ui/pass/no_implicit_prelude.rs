//! Generated code uses neither the prelude nor names in the user's scope.

#![deny(warnings)]

#[allow(clippy::missing_const_for_fn)]
pub fn main() {}

pub mod bare {
    #![no_implicit_prelude]
    #![allow(dead_code)]

    use ::std::option::Option;
    use ::std::string::String;

    struct Ok;
    struct Some;
    struct None;
    struct Result;
    struct Into;
    struct Vec;

    #[::cognito_op::cognito_op(target = "ResendConfirmationCode")]
    pub struct ResendConfirmationCode {
        #[len(1, 128)]
        #[pattern(r"[\w+]+")]
        pub client_id: String,
        pub username: String,
        #[secret_hash]
        pub secret_hash: Option<String>,
    }

    #[::cognito_op::cognito_shape]
    pub struct ResendConfirmationCodeResponse {
        pub code_delivery_details: Option<CodeDeliveryDetails>,
    }

    #[::cognito_op::cognito_shape]
    pub struct CodeDeliveryDetails {
        pub delivery_medium: Option<DeliveryMedium>,
    }

    #[::cognito_op::cognito_shape]
    pub enum DeliveryMedium {
        Sms,
        Email,
        Other(String),
    }

    #[::cognito_op::cognito_op(target = "ListDevices", paginated)]
    pub struct ListDevices {
        pub access_token: String,
        pub pagination_token: Option<String>,
    }

    #[::cognito_op::cognito_shape]
    pub struct ListDevicesResponse {
        pub devices: Option<::std::vec::Vec<Device>>,
        pub pagination_token: Option<String>,
    }

    #[::cognito_op::cognito_shape]
    pub struct Device {
        pub device_key: Option<String>,
    }
}
