use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: Option<String>,
}

fn main() {}
