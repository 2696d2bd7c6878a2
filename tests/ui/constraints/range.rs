use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: String,
    #[range(-1, 100)]
    limit: Option<i32>,
}

#[cognito_shape]
struct Own {
    #[range = 5]
    one: Option<i32>,
    #[range(60, 0)]
    two: Option<i32>,
    #[range(0, 60)]
    three: Option<String>,
    #[range(0u8, 60)]
    four: Option<i64>,
    #[range(0, 99999999999999999999)]
    five: Option<i64>,
}

fn main() {}
