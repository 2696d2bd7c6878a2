use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
fn global_sign_out() {}

fn main() {}
