use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut")]
#[cognito_shape]
#[cognito_op(target = "GetUser")]
struct GlobalSignOut {
    access_token: String,
}

fn main() {}
