use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "ForgotPassword", response = ())]
struct ForgotPassword {
    client_id: &str,
    username: &str,
    client_metadata: Option<std::collections::BTreeMap<&str, &str>>,
}

#[cognito_op(target = "DeleteUserAttributes", response = ())]
struct DeleteUserAttributes<'a> {
    access_token: &'a str,
    user_attribute_names: &'a [&str],
}

#[cognito_shape]
struct AnalyticsMetadata {
    analytics_endpoint_id: Option<&str>,
}

fn main() {
    let username = "alice".to_owned();
    let _ = ForgotPassword::new("1example23456789", username.as_str());
    let _ = DeleteUserAttributes::new("token", &["nickname"]);
    let _ = AnalyticsMetadata::new().analytics_endpoint_id(username.as_str());
}
