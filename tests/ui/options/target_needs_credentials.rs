use cognito_op::cognito_op;

#[cognito_op(target = "AdminConfirmSignUp", response = ())]
struct AdminConfirmSignUp {
    user_pool_id: String,
    username: String,
}

fn main() {}
