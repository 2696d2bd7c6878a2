use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut", crate = cognito_op)]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
