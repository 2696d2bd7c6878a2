use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[pattern(r"[a-z.]*(?<!\.)")]
    one: Option<String>,
    #[pattern("(?=.*[0-9]).*")]
    two: Option<String>,
}

fn main() {}
