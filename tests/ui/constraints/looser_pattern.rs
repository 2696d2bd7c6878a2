use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    #[pattern(r"[\w+-]+")]
    client_id: String,
    #[pattern(r"[\p{L}\p{Z}]+")]
    username: String,
    #[pattern("[a-z]+")]
    secret_hash: Option<String>,
}

#[cognito_op(target = "DeleteUserPool", signed)]
struct DeleteUserPool {
    #[len(3, 55)]
    #[pattern(r"[\w-]+_[0-9a-zA-Z]*")]
    user_pool_id: String,
}

#[cognito_op(target = "RevokeToken", response = ())]
struct RevokeToken {
    #[pattern("[A-Za-z0-9-_=.]*")]
    token: String,
    #[pattern(r"[\w\x07+]+")]
    client_id: String,
}

/// Not looser within its length.
#[cognito_op(target = "DeleteUser", response = ())]
struct DeleteUser {
    #[len(1, 4096)]
    #[pattern("[A-Za-z0-9-_=.]*")]
    access_token: String,
}

fn main() {}
