use cognito_op::cognito_shape;

#[cognito_shape]
union AnalyticsMetadata {
    id: u32,
}

fn main() {}
