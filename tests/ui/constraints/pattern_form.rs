use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[pattern = "[a-z]+"]
    one: Option<String>,
    #[pattern([a-z]+)]
    two: Option<String>,
    #[pattern("[a-z]+", "[0-9]+")]
    three: Option<String>,
    #[pattern("[a-z]+")]
    four: Option<Vec<String>>,
    #[pattern("[0-9]+")]
    five: Option<i32>,
}

fn main() {}
