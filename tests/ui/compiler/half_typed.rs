use cognito_op::cognito_op;

#[cognito_op(target = )]
struct GlobalSignOut {
    #[len(1, m)]
    access_token: String,
    #[pattern(r"[a-z]+" x)]
    other: Option<String>,
}

fn main() {
    let operation = GlobalSignOut::new("token").other("other");
    let _ = operation.validate();
}
