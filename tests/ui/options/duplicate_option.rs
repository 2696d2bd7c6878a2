use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut", target = "GetUser")]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
