use cognito_op::{cognito_op, cognito_shape};

// The names of these types are not in the API, so that they are compared by the names that their attributes give.
#[cognito_op(target = "UpdateUserAttributes")]
struct ChangeEmail {
    access_token: String,
    user_attributes: Vec<Attr>,
}

#[cognito_shape]
struct Attr {
    nme: String,
    valeu: String,
}

#[cognito_shape]
struct ChangeEmailResponse {
    code_delivery_list: Option<bool>,
}

#[cognito_shape(CodeDeliveryDetailsType)]
struct Delivery {
    delivery_medium: Option<Medium>,
}

#[cognito_shape]
enum Medium {
    Sms,
    Other(String),
}

fn main() {}
