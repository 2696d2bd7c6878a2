use cognito_op::cognito_op;

struct Token(String);

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    access_token: Token,
}

fn main() {}
