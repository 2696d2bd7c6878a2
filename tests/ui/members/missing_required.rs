use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ConfirmSignUp")]
struct ConfirmSignUp {
    username: String,
}

#[cognito_shape]
struct ConfirmSignUpResponse {
    session: Option<String>,
}

fn main() {}
