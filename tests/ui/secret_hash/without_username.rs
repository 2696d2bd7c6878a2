use cognito_op::cognito_op;

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    #[secret_hash]
    secret_hash: Option<String>,
}

fn main() {}
