use cognito_op::cognito_op;

#[cognito_op(target = "ListDevices", response = ())]
struct ListDevices {
    access_token: Vec<String>,
    limit: Option<String>,
    pagination_token: Option<bool>,
}

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: u64,
    username: String,
    analytics_metadata: Option<String>,
    client_metadata: Option<Vec<String>>,
}

fn main() {}
