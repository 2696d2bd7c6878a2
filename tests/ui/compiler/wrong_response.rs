use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ResendConfirmationCode", response = i32)]
struct Resend {
    client_id: String,
    username: String,
}

#[cognito_op(target = "GetUser", response = ResendConfirmationCodeResponse)]
struct GetUser {
    access_token: String,
}

#[cognito_shape]
struct ResendConfirmationCodeResponse {}

fn main() {}
