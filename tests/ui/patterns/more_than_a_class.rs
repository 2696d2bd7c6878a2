use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[pattern("arn:[a-z]+")]
    arn: Option<String>,
    #[pattern("yes|no")]
    answer: Option<String>,
}

fn main() {}
