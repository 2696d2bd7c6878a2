use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[len(1, 128)]
    one: bool,
    #[len(max = 5)]
    two: Option<i64>,
}

fn main() {}
