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

fn main() {}
