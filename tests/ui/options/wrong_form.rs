use cognito_op::{cognito_op, cognito_shape};

#[cognito_op(target = GlobalSignOut, response, crate, debug = "no", unmodeled = true)]
struct GlobalSignOut {
    access_token: String,
}

#[cognito_shape(input = true, output())]
struct AnalyticsMetadata {
    analytics_endpoint_id: Option<String>,
}

fn main() {}
