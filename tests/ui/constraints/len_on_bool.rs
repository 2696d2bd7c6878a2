use cognito_op::{cognito_op, cognito_shape};

#[cognito_shape]
struct Own {
    #[len(1, 128)]
    one: bool,
    #[len(max = 5)]
    two: Option<i64>,
}

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    #[len(1, 5)]
    #[pattern("[a-z]+")]
    #[range(1, 2)]
    analytics_metadata: Option<AnalyticsMetadata>,
}

#[cognito_shape]
struct AnalyticsMetadata {}

fn main() {}
