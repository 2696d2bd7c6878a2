use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
enum GlobalSignOut {
    AccessToken(String),
}

fn main() {}
