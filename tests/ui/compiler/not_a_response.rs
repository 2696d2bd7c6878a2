use cognito_op::cognito_op;

struct ResendConfirmationCodeResponse;

#[cognito_op(target = "ResendConfirmationCode")]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
}

fn main() {}
