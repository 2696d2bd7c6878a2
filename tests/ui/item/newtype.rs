use cognito_op::{cognito_op, cognito_shape};

#[cognito_shape]
struct Username(String);

struct Plain(String);

#[cognito_op(target = "ForgotPassword", response = ())]
struct ForgotPassword {
    client_id: String,
    username: Plain,
}

#[cognito_op(target = "SignUp", response = ())]
struct SignUp {
    client_id: String,
    username: String,
    user_attributes: Option<Vec<(String, String)>>,
    #[unmodeled]
    pair: (String, String),
}

fn main() {}
