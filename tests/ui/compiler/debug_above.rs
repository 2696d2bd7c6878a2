use cognito_op::cognito_op;

#[derive(Debug)]
#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
