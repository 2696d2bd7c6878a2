use cognito_op::cognito_op;
use std::collections::BTreeMap;

#[cognito_op(target = "GetUser", response = ())]
struct GetUser {
    #[secret_hash]
    access_token: String,
}

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    #[secret_hash]
    client_metadata: Option<BTreeMap<String, String>>,
    #[client_secret]
    secret_hash: Option<String>,
}

fn main() {}
