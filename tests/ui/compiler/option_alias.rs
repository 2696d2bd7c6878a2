use cognito_op::{cognito_op, cognito_shape};

type Maybe = Option<String>;

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    secret_hash: Maybe,
}

#[cognito_shape(output)]
struct CodeDeliveryDetails {
    destination: Maybe,
}

fn main() {}
