// An `Option` or `Result` of a single entry is an iterator, and would replace `None` by an empty list.
use cognito_op::cognito_op;
use std::collections::BTreeMap;

#[cognito_op(target = "UpdateUserPoolClient", signed, response = ())]
struct UpdateUserPoolClient {
    user_pool_id: String,
    client_id: String,
    #[member("CallbackURLs")]
    callback_urls: Option<Vec<String>>,
}

#[cognito_op(target = "ForgotPassword", response = ())]
struct ForgotPassword {
    client_id: String,
    username: String,
    client_metadata: Option<BTreeMap<String, String>>,
}

fn main() {
    let operation = || UpdateUserPoolClient::new("eu-west-1_Ab12Cd34", "1example23456789");
    let _ = operation().callback_urls(None::<&str>);
    let _ = operation().callback_urls(std::env::var("URL"));
    let _ = ForgotPassword::new("1example23456789", "alice").client_metadata(Some(("key", "value")));
}
