use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ForgotPassword", response = ())]
struct ForgotPassword {
    #[client_id]
    client_id: String,
    username: String,
}

#[cognito_op(target = "ConfirmSignUp", response = ())]
struct ConfirmSignUp {
    #[client_id(true)]
    #[client_id]
    client_id: Option<String>,
    username: String,
    #[client_id]
    confirmation_code: Option<String>,
}

#[cognito_op(target = "RevokeToken")]
struct RevokeToken {
    client_id: Option<String>,
    token: String,
}

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    #[client_id]
    one: Option<String>,
    #[client_id]
    two: Option<String>,
    #[client_id]
    #[client_secret]
    #[secret_hash]
    three: Option<i32>,
}

#[cognito_shape]
struct ForgotPasswordResponse {
    #[client_id]
    client_id: Option<String>,
}

fn main() {}
