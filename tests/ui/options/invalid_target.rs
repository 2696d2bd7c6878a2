use cognito_op::cognito_op;

#[cognito_op(target = "Global Sign\nOut", unmodeled)]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
