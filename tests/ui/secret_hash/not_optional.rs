use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    #[secret_hash]
    secret_hash: String,
}

fn main() {}
