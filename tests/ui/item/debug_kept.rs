use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut", debug = false)]
#[derive(Clone, Debug)]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
