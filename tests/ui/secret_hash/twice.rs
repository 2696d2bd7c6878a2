use cognito_op::cognito_op;

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    client_id: String,
    username: String,
    #[secret_hash]
    secret_hash: Option<String>,
    #[secret_hash]
    another: Option<String>,
}

fn main() {}
