use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    #[len]
    #[pattern]
    client_id: String,
    username: String,
    #[len]
    client_metadata: Option<std::collections::BTreeMap<String, String>>,
}

#[cognito_shape]
struct AnalyticsMetadata {
    #[pattern]
    analytics_endpoint_id: Option<String>,
}

fn main() {}
