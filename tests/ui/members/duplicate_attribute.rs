use cognito_op::cognito_op;

#[cognito_op(target = "GlobalSignOut")]
struct GlobalSignOut {
    #[len(1, 128)]
    #[sensitive]
    #[sensitive]
    #[len(max = 64)]
    access_token: String,
}

fn main() {}
