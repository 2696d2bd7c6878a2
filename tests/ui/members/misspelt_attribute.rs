use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ResendConfirmationCode", response = ())]
#[derive(Clone, serde::Deserialize)]
struct ResendConfirmationCode {
    client_id: String,
    #[length(1, 128)]
    #[regex(r"[\w.-]+")]
    username: String,
}

#[cognito_shape]
struct AnalyticsMetadata {
    #[lenght(1, 128)]
    #[patern]
    analytics_endpoint_id: Option<String>,
}

#[cognito_shape]
enum AuthFlowType {
    #[regex("USER_AUTH")]
    UserAuth,
    Other(String),
}

fn main() {}
