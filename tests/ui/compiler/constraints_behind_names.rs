use cognito_op::{cognito_op, cognito_shape};

type Flag = bool;
type Flags = Vec<bool>;

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
    #[len(1)]
    flag: Flag,
    #[each(len(3), pattern("[a]+"))]
    flags: Vec<Flag>,
    #[keys(len(1))]
    named: Option<Flags>,
    #[secret_hash]
    hash: Option<Inner>,
}

fn main() {}
