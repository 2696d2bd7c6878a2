use cognito_op::{cognito_op, cognito_shape};
use std::collections::BTreeMap;

#[cognito_op(target = "DeleteUserAttributes")]
struct DeleteUserAttributes {
    access_token: String,
    #[each(len(1, 64), pattern)]
    user_attribute_names: Vec<String>,
}

#[cognito_shape]
struct Own {
    #[each]
    one: Option<Vec<String>>,
    #[each(length(1, 32))]
    two: Option<Vec<String>>,
    #[each(len(1, 32), len(6))]
    three: Option<Vec<String>>,
    #[each(len(1, 32))]
    four: Option<String>,
    #[keys(len(1, 32))]
    five: Option<Vec<String>>,
    #[values(range(1, 2))]
    six: Option<BTreeMap<String, String>>,
    #[keys = 3]
    seven: Option<BTreeMap<String, String>>,
}

fn main() {}
