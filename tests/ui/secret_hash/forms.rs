use cognito_op::cognito_op;
use std::collections::BTreeMap;

#[cognito_op(target = "InitiateAuth", response = ())]
struct InitiateAuth {
    auth_flow: String,
    client_id: String,
    #[secret_hash(name = "SECRET_HASH")]
    auth_parameters: Option<BTreeMap<String, String>>,
}

#[cognito_op(target = "RevokeToken")]
struct RevokeToken {
    token: String,
    client_id: String,
    #[client_secret(true)]
    client_secret: String,
}

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    client_id: String,
    username: String,
    #[secret_hash(key = "SECRET_HASH")]
    secret_hash: Option<String>,
    #[client_secret]
    one: Option<String>,
    #[client_secret]
    two: Option<String>,
}

fn main() {}
