use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    #[len(128, 1)]
    access_token: String,
}

fn main() {}
