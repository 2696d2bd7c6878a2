use cognito_op::cognito_shape;

#[cognito_shape]
struct Own {
    #[len = 6]
    one: Option<String>,
    #[len()]
    two: Option<String>,
    #[len(1, 2, 3)]
    three: Option<String>,
    #[len(at_least = 1)]
    four: Option<String>,
    #[len(-1, 5)]
    five: Option<String>,
    #[len(min = 1, min = 2)]
    six: Option<String>,
    #[len(1..=128)]
    seven: Option<String>,
}

fn main() {}
