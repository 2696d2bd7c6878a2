use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    #[pattern("[a-z")]
    access_token: String,
}

fn main() {}
