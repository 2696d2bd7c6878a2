use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut", retry = 3, "loud")]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_shape(target = "AnalyticsMetadata")]
struct AnalyticsMetadata {
    analytics_endpoint_id: Option<String>,
}

fn main() {}
