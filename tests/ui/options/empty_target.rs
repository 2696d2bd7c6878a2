use cognito_op::cognito_op;

#[cognito_op(target = "")]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
