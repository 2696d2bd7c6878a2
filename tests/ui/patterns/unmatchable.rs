use cognito_op::{cognito_op, cognito_shape};

#[cognito_shape]
struct Own {
    #[len(1, 5)]
    #[pattern("[0-9]{6}")]
    code: Option<String>,
    #[len(10, 10)]
    #[pattern("Level[1-4]")]
    level: Option<String>,
    #[len(min = 3)]
    #[pattern("a|bc")]
    short: Option<String>,
    #[pattern(r"[a-z]+\b[0-9]+")]
    boundary: Option<String>,
    #[each(len(1), pattern("ab"))]
    entries: Option<Vec<String>>,
}

#[cognito_op(target = "DeleteUserPool", signed)]
struct DeleteUserPool {
    #[len(1, 2)]
    #[pattern]
    user_pool_id: String,
}

fn main() {}
