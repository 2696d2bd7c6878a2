use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range]
    limit: Option<u32>,
}

#[cognito_op(target = "ConfirmDevice", response = ())]
struct ConfirmDevice {
    access_token: String,
    device_key: String,
    #[unmodeled]
    #[range(0, 5)]
    trust: u8,
}

#[cognito_shape(UserPoolType, output)]
struct UserPool {
    estimated_number_of_users: Option<usize>,
}

#[cognito_shape]
struct Own {
    one: Option<u32>,
    two: Vec<f64>,
    three: Option<BTreeMap<String, Vec<i16>>>,
}

fn main() {
    let _ = ListDevices::new("token").limit(60_u32);
    let _ = ConfirmDevice::new("token", "key", 1);
}
