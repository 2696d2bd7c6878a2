use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut", signed, idempotent)]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
