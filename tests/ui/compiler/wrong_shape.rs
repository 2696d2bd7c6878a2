use cognito_op::{cognito_op, cognito_shape};

type Metadata = Vec<String>;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode<'a> {
    client_id: String,
    username: String,
    analytics_metadata: Option<UserContextData<'a>>,
    user_context_data: Option<Own>,
    client_metadata: Option<Metadata>,
}

#[cognito_shape]
struct UserContextData<'a> {
    ip_address: Option<&'a str>,
}

// An unmodeled type fits every structure.
#[cognito_shape(unmodeled)]
struct Own {
    encoded_data: Option<String>,
}

#[cognito_shape]
struct CodeDeliveryDetails {
    delivery_medium: Option<AuthFlow>,
}

#[cognito_shape(AuthFlowType)]
enum AuthFlow {
    UserAuth,
    Other(String),
}

fn main() {}
