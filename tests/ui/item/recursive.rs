use cognito_op::cognito_shape;

#[cognito_shape]
struct Node {
    children: Option<Vec<Node>>,
}

fn main() {}
