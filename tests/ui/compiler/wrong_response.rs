use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ResendConfirmationCode", response = i32)]
struct Resend {
    client_id: String,
    username: String,
}

#[cognito_op(target = "ForgotPassword", response = ResendConfirmationCodeResponse)]
struct ForgotPassword {
    client_id: String,
    username: String,
}

#[cognito_shape]
struct ResendConfirmationCodeResponse {}

fn main() {}
