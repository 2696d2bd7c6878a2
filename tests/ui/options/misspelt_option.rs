use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = "GlobalSignOut", responce = (), unmodelled)]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_op(target = "ListDevices", response = (), paginate)]
struct ListDevices {
    access_token: String,
}

#[cognito_shape(outputs)]
struct AnalyticsMetadata {
    analytics_endpoint_id: Option<String>,
}

fn main() {}
