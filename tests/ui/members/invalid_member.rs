use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: String,
    #[unmodeled]
    #[member("Re\"ason")]
    reason: Option<String>,
}

fn main() {}
