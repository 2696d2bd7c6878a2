use cognito_op::cognito_op;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    usrename: String,
    client_meta_data: Option<std::collections::BTreeMap<String, String>>,
    colour: Option<String>,
    #[member("secretHash")]
    hash: Option<String>,
}

fn main() {}
