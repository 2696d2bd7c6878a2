use cognito_op::{OutputValue, cognito_shape};

#[cognito_shape(output)]
struct CodeDeliveryDetails<'a> {
    destination: Option<&'a str>,
}

/// A struct without lifetime parameters can contain a reference.
#[cognito_shape(output)]
struct DeviceSecretVerifier {
    salt: Option<&'static str>,
}

fn assert_readable<T: OutputValue>() {}

fn main() {
    assert_readable::<CodeDeliveryDetails<'_>>();
}
