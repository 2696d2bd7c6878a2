use cognito_op::{cognito_op, cognito_shape};

type Flag = bool;

#[cognito_shape]
struct Inner {
    #[len(1, 5)]
    one: Flag,
}

#[cognito_op(target = "Future", unmodeled, response = ())]
struct Future {
    client_id: String,
    username: String,
    #[pattern("[a-z]+")]
    #[len(max = 3)]
    inner: Option<Inner>,
    #[range(0, 1)]
    flag: Flag,
    #[secret_hash]
    hash: Option<Inner>,
}

fn main() {}
