use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut")]
#[len(1, 128)]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_shape]
struct AnalyticsMetadata {
    #[secret_hash]
    analytics_endpoint_id: Option<String>,
}

#[cognito_shape]
enum DeliveryMedium {
    #[sensitive]
    Sms,
    Other(String),
}

fn main() {}
