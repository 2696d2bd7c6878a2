use cognito_op::{cognito_op, cognito_shape};

#[cognito_shape]
struct Tag {
    #[len]
    #[pattern]
    name: String,
    #[each(len)]
    values: Option<Vec<String>>,
}

/// The unknown member is the only error. Its constraint causes no other one.
#[cognito_shape]
struct Attribute {
    name: String,
    #[len]
    valeu: Option<String>,
}

#[cognito_shape(unmodeled)]
struct AttributeType {
    #[len]
    name: String,
}

#[cognito_op(target = "ResendConfirmationCode", response = ())]
struct ResendConfirmationCode {
    client_id: String,
    username: String,
    #[len]
    #[unmodeled]
    colour: Option<String>,
}

#[cognito_op(target = "NewOperation", response = (), unmodeled)]
struct NewOperation {
    #[len]
    client_id: String,
}

fn main() {}
