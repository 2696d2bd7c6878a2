use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut(String);

fn main() {}
