use cognito_op::{cognito_op, cognito_shape};

#[derive(Debug)]
struct AttributeType {
    name: String,
}

#[cognito_op(target = "SignUp", response = ())]
struct SignUp {
    client_id: String,
    username: String,
    user_attributes: Option<Vec<AttributeType>>,
}

#[cognito_shape]
struct Own {
    attribute: Option<AttributeType>,
}

fn main() {}
