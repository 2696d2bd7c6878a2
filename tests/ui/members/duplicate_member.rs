use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: String,
    #[member("AccessToken")]
    token: String,
}

fn main() {}
