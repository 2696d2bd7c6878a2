use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    #[len(0, 256)]
    client_id: String,
    #[len(max = 2048)]
    username: String,
    #[len(min = 1)]
    #[unmodeled]
    session: Option<String>,
}

fn main() {}
