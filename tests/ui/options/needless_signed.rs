use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut", signed, replay)]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
